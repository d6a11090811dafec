/** Random histories for property tests of the log: any event, in any order, on any of some days. */
import fc from 'fast-check';
import { EVENTS, EVENT_TYPES, type EventInput } from '../machines/events.ts';
import { addDays } from '../app/rules/day.ts';

/** The first day of random histories; they span {@link DAYS} days. */
export const FIRST_DAY = '2020-01-01';
export const DAYS = 1600;
export const TEST_SCHEMES = ['hnte', 'srdi', 'giant', 'unicorn', 'tsme', 'ownScheme'] as const;

export const anyDay = fc.integer({ min: 0, max: DAYS }).map((days) => addDays(FIRST_DAY, days));

const titleTypes = EVENT_TYPES.filter(
  (type) => EVENTS[type].about === 'title' && EVENTS[type].by !== 'sweep' && type !== 'void',
);

/** Announcements of titles are what counts: half of all events. */
const anyTitleType = fc.oneof(
  fc.constantFrom(...titleTypes),
  fc.constantFrom('certify' as const, 'certify' as const, 'renew' as const, 'revoke' as const),
);

export const anyTitleEvent = (enterpriseId: number): fc.Arbitrary<EventInput> =>
  fc
    .record({
      scheme: fc.constantFrom(...TEST_SCHEMES),
      type: anyTitleType,
      effectiveOn: anyDay,
      level: fc.constantFrom(null, 'national', 'municipal'),
      no: fc.constantFrom(null, 'A1', 'A2'),
      lasts: fc.option(fc.integer({ min: 0, max: 900 })),
      status: fc.constantFrom(null, null, null, 'valid' as const, 'expired' as const, 'revoked' as const),
    })
    .map(({ scheme, type, effectiveOn, level, no, lasts, status }) => ({
      enterpriseId,
      scheme,
      type,
      effectiveOn,
      actor: 'test',
      reason: 'random',
      payload: {
        verdict: null,
        ...(type === 'certify' ? { grantedOn: effectiveOn, status } : {}),
        ...(type === 'certify' || type === 'renew' || type === 'revoke' ? { level, no } : {}),
        ...(type === 'certify' || type === 'renew'
          ? { validUntil: lasts === null ? null : addDays(effectiveOn, lasts) }
          : {}),
      },
    }));

/** Moves among parks 1 to 3 and outside, deregistration, and corrections of one of the events before. */
export const anyOtherEvent = (enterpriseId: number): fc.Arbitrary<EventInput> =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .record({ effectiveOn: anyDay, from: anyPark, to: anyPark })
        .map(({ effectiveOn, from, to }) => ({
          enterpriseId,
          scheme: null,
          type: 'moved' as const,
          effectiveOn,
          actor: 'test',
          payload: { from, to },
        })),
    },
    {
      weight: 1,
      arbitrary: anyDay.map((effectiveOn) => ({
        enterpriseId,
        scheme: null,
        type: 'deregistered' as const,
        effectiveOn,
        actor: 'test',
      })),
    },
  );

const anyPark = fc.constantFrom(null, 1, 2, 3);
