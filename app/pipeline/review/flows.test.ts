import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyDay, anyOtherEvent, anyTitleEvent } from '../../../tests/random-events.ts';
import { size } from '../../../tests/size.ts';
import type { Payload } from '../../../machines/events.ts';
import { HEADLINE_TIERS } from '../../../machines/states.ts';
import { knowledgeInstant, visible, type LogEvent } from '../log.ts';
import { movementTable, staysIn, type MovementRow, type Stay } from '../movement.ts';
import { memberships, project } from '../projection.ts';
import { book, newDeltas } from '../roll-ups.ts';
import { addDays } from '../../rules/day.ts';
import { flowsOf, movementOfFlows, tierFlows } from './flows.ts';

const anyLog = fc
  .array(fc.oneof({ weight: 5, arbitrary: anyTitleEvent(1) }, { weight: 1, arbitrary: anyOtherEvent(1) }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((inputs): LogEvent[] =>
    inputs.map((input, i) => ({
      id: i + 1,
      scheme: input.scheme,
      type: input.type,
      effectiveOn: input.effectiveOn,
      knownAt: knowledgeInstant(input.effectiveOn, 'from'),
      payload: (input.payload ?? {}) as Payload,
    })),
  );
const anyParks = fc.constantFrom(null, new Set([1]), new Set([2, 3]), new Set([1, 2, 3]));
const runs = { numRuns: size(150, 2000) };

/** Roll-ups of some histories, and the stays that the same spans are. */
function counted(logs: readonly LogEvent[][], parks: ReadonlySet<number> | null, lane: string) {
  const deltas = newDeltas();
  const stays: Stay[] = [];
  logs.forEach((log, id) => {
    const { way, spans } = project(visible(log));
    const belonged = memberships(way.moves, 1);
    book(deltas, spans, belonged, 1);
    for (const span of spans) if (span.lane === lane) stays.push(...staysIn(id, span, belonged, parks));
  });
  return { deltas, stays };
}

const openingsOf = (stays: readonly Stay[], on: string) => {
  const counts = new Map<string, number>();
  for (const stay of stays) {
    if (stay.fromOn <= on && (stay.toOn === null || stay.toOn > on))
      counts.set(stay.row, (counts.get(stay.row) ?? 0) + 1);
  }
  return counts;
};
const filled = (rows: readonly MovementRow[]) =>
  rows
    .filter((row) => Object.values(row).some((value) => typeof value === 'number' && value !== 0))
    .sort((a, b) => (a.row < b.row ? -1 : 1));

describe('the roll-up of flows', () => {
  test.each(['held', 'headline'])('gives the movement table that every stay gives: %s', (lane) => {
    fc.assert(
      fc.property(
        fc.array(anyLog, { maxLength: 4 }),
        anyDay,
        fc.nat(400),
        anyParks,
        (logs, from, days, parks) => {
          const to = addDays(from, days);
          const { deltas, stays } = counted(logs, parks, lane);
          const openings = openingsOf(stays, addDays(from, -1));
          const rolled = movementOfFlows(lane, openings, flowsOf(deltas, from, to), parks);
          expect(filled(rolled)).toEqual(filled(movementTable(stays, from, to)));
        },
      ),
      runs,
    );
  });

  test('the picture begins with the openings and ends with the closings', () => {
    fc.assert(
      fc.property(
        fc.array(anyLog, { maxLength: 4 }),
        anyDay,
        fc.nat(400),
        anyParks,
        (logs, from, days, parks) => {
          const to = addDays(from, days);
          const { deltas, stays } = counted(logs, parks, 'headline');
          const flows = flowsOf(deltas, from, to);
          const rows = movementOfFlows('headline', openingsOf(stays, addDays(from, -1)), flows, parks);
          const links = tierFlows(rows, flows, parks);
          const sum = (end: 'from' | 'to', tier: string) =>
            links.reduce((total, link) => total + (link[end] === tier ? link.count : 0), 0);
          for (const tier of HEADLINE_TIERS) {
            const row = rows.find((each) => each.row === tier);
            expect([tier, sum('from', tier)]).toEqual([tier, row?.opening ?? 0]);
            expect([tier, sum('to', tier)]).toEqual([tier, row?.closing ?? 0]);
          }
        },
      ),
      runs,
    );
  });

  test('taking spans out again leaves nothing', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const deltas = newDeltas();
        const { way, spans } = project(visible(log));
        const belonged = memberships(way.moves, 1);
        book(deltas, spans, belonged, 1);
        book(deltas, [...spans].reverse(), belonged, -1);
        for (const tally of [deltas.stock, deltas.flows, deltas.steps])
          for (const own of tally.values()) for (const sum of own.values()) expect(sum).toBe(0);
      }),
      runs,
    );
  });
});
