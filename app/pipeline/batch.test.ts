import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RowState } from '../../machines/batch-states.ts';
import { FAMILIES, SCHEME_FAMILIES, type Family } from '../../machines/families.ts';
import { initialLife, step } from '../../machines/step.ts';
import { NO_SIGNALS } from '../../machines/title.ts';
import { batchOutcome } from './batch-outcome.ts';
import {
  beyondQuota,
  inBatchOrder,
  isRecommended,
  isUnderReview,
  nextInLine,
  ranksOf,
  recommendation,
} from './batch.ts';
import type { LogEvent } from './log.ts';

const row = (id: number, over: object = {}) => ({
  id,
  position: id,
  uscc: `C${String(id).padStart(3, '0')}`,
  outcome: 'eligible' as string | null,
  distance: 0 as number | null,
  met: 5 as number | null,
  state: 'in' as RowState,
  ...over,
});

const anyRows = fc.uniqueArray(
  fc.record({
    id: fc.nat(99),
    outcome: fc.constantFrom('eligible', 'undetermined', 'ineligible', null),
    distance: fc.option(fc.constantFrom(0, 0.02, 0.05, 1)),
    met: fc.option(fc.nat(3)),
    state: fc.constantFrom<RowState>('in', 'supplement', 'cut', 'held_back', 'not_nominated'),
  }),
  { selector: ({ id }) => id, maxLength: 40 },
);

describe('the order of a batch', () => {
  test.each([
    ['the verdict first', { outcome: 'eligible', distance: 9 }, { outcome: 'undetermined', distance: 0 }],
    ['no rule last', { outcome: 'ineligible', distance: 9 }, { outcome: null, distance: null }],
    ['then the gap', { distance: 0.1, met: 0 }, { distance: 0.2, met: 9 }],
    ['then what is met', { met: 6, uscc: 'Z' }, { met: 5, uscc: 'A' }],
    ['then the code', { uscc: 'A' }, { uscc: 'B' }],
  ])('%s', (_, better, worse) => {
    const compare = inBatchOrder('closeness');
    expect(compare(row(2, better), row(1, worse))).toBeLessThan(0);
    expect(compare(row(1, worse), row(2, better))).toBeGreaterThan(0);
  });

  test('is total: whatever order the rows come in, the ranks are the same, 1 to n without a tie', () => {
    fc.assert(
      fc.property(anyRows, fc.constantFrom('closeness', 'listed'), fc.nat(), (some, orderBy, turn) => {
        const rows = some.map((each) => row(each.id, each));
        const shift = rows.length > 0 ? turn % rows.length : 0;
        const turned = [...rows.slice(shift), ...rows.slice(0, shift)].reverse();
        const ranks = ranksOf(rows, orderBy);
        expect([...ranksOf(turned, orderBy)].sort((a, b) => a[1] - b[1])).toEqual([...ranks]);
        expect([...ranks.values()]).toEqual(Array.from({ length: ranks.size }, (_, i) => i + 1));
      }),
    );
  });

  test('what is cut and what moves up never overlap, and the quota is never passed', () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 45 }), (some, quota) => {
        const rows = some.map((each) => row(each.id, each));
        const held = rows.filter(({ state }) => state === 'in' || state === 'supplement').length;
        const cut = beyondQuota(rows, 'closeness', quota);
        // One that supplements is not cut meanwhile; whoever is listed stays within the quota.
        const listed = rows.filter(({ state }) => state === 'in').length;
        expect(listed - cut.length).toBeLessThanOrEqual(quota);
        if (held <= quota) expect(cut).toEqual([]);
        const next = nextInLine(rows, 'closeness', quota);
        expect(held + next.length).toBeLessThanOrEqual(Math.max(quota, held));
        if (cut.length > 0) expect(next).toEqual([]);
      }),
    );
  });

  test('without a limit nobody is cut and everybody may come back', () => {
    const rows = [row(1), row(2, { state: 'cut' }), row(3, { state: 'cut' })];
    expect(beyondQuota(rows, 'closeness', null)).toEqual([]);
    expect(nextInLine(rows, 'closeness', null)).toEqual([2, 3]);
  });
});

describe('the step by which a park recommends', () => {
  test.each(Object.values(FAMILIES) as Family[])(
    '$id: is possible from the beginning and leads there',
    (family) => {
      const { type, state } = recommendation(family);
      expect(step(family, initialLife(family), type, NO_SIGNALS)?.value.application).toBe(state);
      const scheme = Object.keys(SCHEME_FAMILIES).find((id) => SCHEME_FAMILIES[id] === family.id)!;
      expect(isRecommended(scheme, state)).toBe(true);
      expect([isRecommended(scheme, 'idle'), isRecommended(scheme, 'submitted')]).toEqual([false, false]);
      for (const reviewed of family.review) expect(isUnderReview(scheme, reviewed)).toBe(true);
      for (const before of ['idle', 'refused', ...family.preparation])
        expect(isUnderReview(scheme, before)).toBe(false);
    },
  );
});

describe('what became of a submission', () => {
  const event = (id: number, type: string, payload: LogEvent['payload'] = {}): LogEvent => ({
    id,
    scheme: 'hnte',
    type,
    effectiveOn: `2026-10-${String(id).padStart(2, '0')}`,
    knownAt: '2026-10-01T00:00:00.000Z',
    payload,
  });
  const said = (...events: LogEvent[]) => batchOutcome(events, 'hnte', 2)?.type ?? null;

  test.each<[string, LogEvent[], string | null]>([
    ['nothing yet', [], null],
    ['the latest news', [event(3, 'accept'), event(4, 'publicise')], 'publicise'],
    ['a reminder is no news', [event(3, 'accept'), event(4, 'duty_open'), event(5, 'due')], 'accept'],
    ['the end stays', [event(3, 'certify'), event(4, 'return')], 'certify'],
    ['the first end stays', [event(3, 'refuse'), event(4, 'certify')], 'refuse'],
    ['an announcement corrected away', [event(3, 'certify'), event(4, 'void', { eventId: 3 })], null],
    ['the submission corrected away', [event(3, 'accept'), event(4, 'void', { eventId: 2 })], null],
    ['another title', [{ ...event(3, 'certify'), scheme: 'srdi' }], null],
  ])('%s', (_, events, type) => {
    expect(said(event(1, 'certify'), event(2, 'submit'), ...events)).toBe(type);
  });
});
