import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../rules/day.ts';
import { anyDay, anyOtherEvent, anyTitleEvent } from '../../tests/random-events.ts';
import { size } from '../../tests/size.ts';
import type { Payload } from '../../machines/events.ts';
import { foldAsOf } from './fold.ts';
import { knowledgeInstant, visible, type LogEvent } from './log.ts';
import { IN_COLUMNS, movementTable, netOf, OUT_COLUMNS, staysIn } from './movement.ts';
import { headlineOf, memberships, OUTSIDE, project } from './projection.ts';
import { book, newDeltas } from './roll-ups.ts';
import { decodeSnapshot, encodeSnapshot } from './snapshot.ts';
import { inForce } from './titles.ts';

describe('random histories', () => {
  const anyLog = fc
    .array(fc.oneof({ weight: 9, arbitrary: anyTitleEvent(1) }, { weight: 1, arbitrary: anyOtherEvent(1) }), {
      minLength: 1,
      maxLength: 60,
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
  const runs = { numRuns: size(200, 2000) };

  test('the fold at any date is the projection on that date', () => {
    fc.assert(
      fc.property(anyLog, anyDay, (log, on) => {
        const events = visible(log);
        const { spans, way } = project(events);
        for (const scheme of Object.keys(way.regions)) {
          const value = foldAsOf(
            scheme,
            events.filter((e) => e.scheme === scheme),
            on,
          ).value;
          const gone = way.gone !== null && (way.gone.why === 'merged' || way.gone.on <= on);
          for (const lane of ['application', 'title', 'duty'] as const) {
            const there = spans.filter(
              (s) =>
                s.lane === lane && s.scheme === scheme && s.fromOn <= on && (s.toOn === null || on < s.toOn),
            );
            const state =
              gone || ['idle', 'none', 'clear', undefined].includes(value[lane]) ? [] : [value[lane]];
            expect(there.map((s) => s.state)).toEqual(state);
          }
        }
      }),
      runs,
    );
  });

  test('each day counts once in the headline, at the highest title in force', () => {
    fc.assert(
      fc.property(anyLog, anyDay, (log, on) => {
        const { spans, way } = project(visible(log));
        const there = spans.filter(
          (s) => s.lane === 'headline' && s.fromOn <= on && (s.toOn === null || on < s.toOn),
        );
        const highest = ['unicorn', 'giant', 'srdi', 'hnte'].find((tier) =>
          way.regions[tier]?.titles.some((title) => inForce(title, on)),
        );
        const gone = way.gone !== null && way.gone.on <= on;
        expect(there.map((s) => s.state)).toEqual(highest && !gone ? [highest] : []);
        expect(headlineOf(way, on)).toBe(gone ? null : (highest ?? null));
      }),
      runs,
    );
  });

  test('a snapshot survives being stored', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const { way } = project(visible(log));
        expect(decodeSnapshot(encodeSnapshot({ way, park: 3 }), 1)).toEqual({ way, park: 3 });
      }),
      runs,
    );
  });

  const anyPeriod = fc.tuple(anyDay, anyDay, anyDay).map((days) => days.sort() as [string, string, string]);
  const anyParks = fc.constantFrom(null, [1], [2, 3], [1, 2, 3]);

  test('the movement table balances, meets the stock of its days, and periods join', () => {
    fc.assert(
      fc.property(
        fc.array(anyLog, { maxLength: 6 }),
        anyPeriod,
        anyParks,
        (logs, [from, middle, to], parks) => {
          const ways = logs.map((log) => project(visible(log)));
          for (const lane of ['held', 'headline']) {
            const stays = ways.flatMap(({ way, spans }, i) =>
              spans
                .filter((s) => s.lane === lane)
                .flatMap((s) => staysIn(i, s, memberships(way.moves, 1), parks && new Set(parks))),
            );
            const table = (a: string, b: string) =>
              new Map(movementTable(stays, a, b).map((row) => [row.row, row]));
            const stock = (row: string, on: string) =>
              new Set(
                stays
                  .filter((s) => s.row === row && s.fromOn <= on && (s.toOn === null || on < s.toOn))
                  .map((s) => s.enterpriseId),
              ).size;
            const whole = table(from, to);
            for (const row of whole.values()) {
              expect(row.opening + netOf(row)).toBe(row.closing);
              expect(row.opening).toBe(stock(row.row, addDays(from, -1)));
              expect(row.closing).toBe(stock(row.row, to));
              expect([...IN_COLUMNS, ...OUT_COLUMNS].every((column) => row[column] >= 0)).toBe(true);
              if (lane === 'held') expect(row.transferIn + row.transferOut).toBe(0);
            }
            if (lane === 'headline') {
              const all = [...whole.values()];
              const sum = (column: 'transferIn' | 'transferOut') =>
                all.reduce((total, row) => total + row[column], 0);
              const falls = stays.filter((s) => s.began === 'fallback' && s.fromOn >= from && s.fromOn <= to);
              expect(sum('transferIn')).toBe(sum('transferOut') + falls.length);
            }
            if (middle < to) {
              const [first, second] = [table(from, middle), table(addDays(middle, 1), to)];
              for (const [row, { closing }] of first) expect(second.get(row)?.opening ?? 0).toBe(closing);
            }
          }
        },
      ),
      runs,
    );
  });

  test('the roll-up gives the stock of any day and park', () => {
    fc.assert(
      fc.property(fc.array(anyLog, { maxLength: 5 }), anyDay, fc.constantFrom(1, 2, 3), (logs, on, park) => {
        const deltas = newDeltas();
        const counts = new Map<string, number>();
        for (const log of logs) {
          const { way, spans } = project(visible(log));
          const parks = memberships(way.moves, 1);
          book(deltas, spans, parks, 1);
          const there = parks.find((stay) => stay.from <= on && (stay.to === null || on < stay.to))!;
          for (const s of spans) {
            if (
              s.lane === 'park' ||
              there.park !== park ||
              s.fromOn > on ||
              (s.toOn !== null && s.toOn <= on)
            )
              continue;
            const key = `${s.lane}|${s.scheme}|${s.state}`;
            counts.set(key, (counts.get(key) ?? 0) + 1);
          }
        }
        const sums = new Map<string, number>();
        for (const [key, changes] of deltas.stock) {
          const [lane, scheme, state, at] = key.split('|');
          if (Number(at) !== park) continue;
          const until = [...changes].filter(([day]) => day <= on);
          sums.set(
            `${lane}|${scheme}|${state}`,
            until.reduce((sum, [, delta]) => sum + delta, 0),
          );
        }
        const rolled = new Map([...sums].filter(([, sum]) => sum !== 0));
        expect(new Map([...rolled].sort())).toEqual(new Map([...counts].sort()));
        expect(memberships([], null)[0]!.park).not.toBe(OUTSIDE);
      }),
      runs,
    );
  });
});
