import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atLeast, ENOUGH, forecastOf, successes, type OpenCase, type Track } from './forecast.ts';

/** All 2^n outcomes, one by one. */
function byHand(chances: readonly number[]): number[] {
  const table = Array.from({ length: chances.length + 1 }, () => 0);
  for (let outcome = 0; outcome < 2 ** chances.length; outcome += 1) {
    let weight = 1;
    let count = 0;
    chances.forEach((chance, i) => {
      const won = ((outcome >> i) & 1) === 1;
      weight *= won ? chance : 1 - chance;
      count += Number(won);
    });
    table[count]! += weight;
  }
  return table;
}

const chance = fc.double({ min: 0, max: 1, noNaN: true });
const close = (a: number, b: number) => Math.abs(a - b) < 1e-12;

describe('the distribution', () => {
  test('agrees with all 2^n outcomes', () => {
    fc.assert(
      fc.property(fc.array(chance, { maxLength: 10 }), (chances) => {
        const [dp, hand] = [successes(chances), byHand(chances)];
        expect(dp.length).toBe(hand.length);
        hand.forEach((weight, k) => expect(close(dp[k]!, weight)).toBe(true));
        for (let least = -1; least <= chances.length + 1; least += 1) {
          const tail = hand.slice(Math.max(0, least)).reduce((a, b) => a + b, 0);
          expect(close(atLeast(dp, least), least > chances.length ? 0 : tail)).toBe(true);
        }
      }),
    );
  });

  test('certain cases leave no doubt', () => {
    expect([...successes([1, 1, 0])]).toEqual([0, 0, 1, 0]);
    expect([...successes([])]).toEqual([1]);
  });

  test('a thousand even chances still sum to one, with the mean in the middle', () => {
    const table = successes(Array.from({ length: 1000 }, () => 0.5));
    expect(table.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(atLeast(table, 500)).toBeCloseTo(0.5 + table[500]! / 2, 12);
  });
});

const track = (id: string, won: number, trials: number): Track => ({
  id,
  label: id,
  trials,
  successes: won,
});
const cases = (id: string, count: number, start = 0): OpenCase[] =>
  Array.from({ length: count }, (_, i) => ({
    id: start + i,
    track: id,
    on: `2026-11-${String(i + 1).padStart(2, '0')}`,
  }));

describe('the forecast', () => {
  test('19 comparable cases give a range, 20 a distribution', () => {
    const thin = forecastOf({
      sure: 100,
      cases: cases('review', 3),
      tracks: [track('review', 10, 19)],
      target: 102,
    });
    expect(thin).toMatchObject({ kind: 'range', lowest: 100, highest: 103 });
    expect(thin.kind === 'range' && thin.thin.map(({ id }) => id)).toEqual(['review']);
    const enough = forecastOf({
      sure: 100,
      cases: cases('review', 3),
      tracks: [track('review', 10, ENOUGH)],
      target: 102,
    });
    // Three even chances: two or three of them, 4 of 8.
    expect(enough).toMatchObject({
      kind: 'distribution',
      expected: 101.5,
      reach: 0.5,
      lowest: 100,
      highest: 103,
    });
  });

  test('thin cases widen the range by their own number; the others stay within their middle', () => {
    const open = [...cases('known', 100), ...cases('thin', 2, 200)];
    const tracks = [track('known', 10, 20), track('thin', 1, 2)];
    const mixed = forecastOf({ sure: 0, cases: open, tracks, target: 60 });
    const alone = forecastOf({ sure: 0, cases: open.slice(0, 100), tracks, target: 60 });
    if (mixed.kind !== 'range' || alone.kind !== 'distribution') throw new Error('other kinds were expected');
    expect([mixed.low, mixed.high, mixed.lowest, mixed.highest]).toEqual([alone.low, alone.high + 2, 0, 102]);
    expect(mixed.deciding.slice(0, 2).map(({ open: each }) => each.track)).toEqual(['thin', 'thin']);
  });

  test('a track nobody went before is thin; one without open cases does not matter', () => {
    expect(forecastOf({ sure: 1, cases: cases('new', 1), tracks: [], target: null })).toMatchObject({
      kind: 'range',
      thin: [{ id: 'new', trials: 0 }],
    });
    const idle = forecastOf({ sure: 5, cases: [], tracks: [track('x', 0, 3)], target: 5 });
    expect(idle).toMatchObject({ kind: 'distribution', low: 5, median: 5, high: 5, reach: 1 });
    expect(forecastOf({ sure: 5, cases: [], tracks: [], target: 6 })).toMatchObject({ reach: 0 });
  });

  test('the weight of a case is what its outcome changes, as all outcomes show', () => {
    const tracks = [track('a', 5, 20), track('b', 15, 20)];
    const open = [...cases('a', 3), ...cases('b', 3, 10)];
    const chances = open.map((each) => (each.track === 'a' ? 0.25 : 0.75));
    const result = forecastOf({ sure: 10, cases: open, tracks, target: 13 });
    if (result.kind !== 'distribution') throw new Error('a distribution was expected');
    const reach = (given: readonly number[]) =>
      byHand(given)
        .slice(3)
        .reduce((a, b) => a + b, 0);
    expect(close(result.reach!, reach(chances))).toBe(true);
    for (const { open: each, weight } of result.deciding) {
      const i = open.indexOf(each);
      const fixed = (to: number) => reach(chances.map((own, j) => (i === j ? to : own)));
      expect(close(weight!, fixed(1) - fixed(0))).toBe(true);
    }
    const weights = result.deciding.map(({ weight }) => weight!);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
  });

  test('ten cases at most, the earliest day first among equals', () => {
    const many = forecastOf({
      sure: 0,
      cases: cases('a', 25).reverse(),
      tracks: [track('a', 10, 20)],
      target: 12,
    });
    expect(many.deciding.map(({ open }) => open.id)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('more cases that count never lower the chance, a higher target never raises it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 20 }), (count, won) => {
        const run = (n: number, target: number) => {
          const given = { sure: 3, cases: cases('a', n), tracks: [track('a', won, 20)], target };
          const result = forecastOf(given);
          return result.kind === 'distribution' ? result.reach! : -1;
        };
        expect(run(count + 1, 6)).toBeGreaterThanOrEqual(run(count, 6) - 1e-12);
        expect(run(count, 7)).toBeLessThanOrEqual(run(count, 6) + 1e-12);
      }),
    );
  });
});
