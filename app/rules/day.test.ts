import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  addYears,
  dayFromNumber,
  dayNumber,
  daysBetween,
  fullYears,
  isDay,
  quarterBounds,
  quarterOf,
} from './day.ts';

const day = fc
  .integer({ min: -25_000, max: 83_000 })
  .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));

describe('days', () => {
  test('numbers agree with the platform, both ways', () => {
    fc.assert(
      fc.property(day, (d) => {
        expect(dayNumber(d)).toBe(Date.parse(d) / 86_400_000);
        expect(dayFromNumber(Date.parse(d) / 86_400_000)).toBe(d);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-4-1', false],
    ['1899-12-31', false],
  ])('%s is a day: %s', (text, expected) => expect(isDay(text)).toBe(expected));

  test.each([
    ['2024-02-29', 1, '2025-02-28'],
    ['2024-02-29', 4, '2028-02-29'],
    ['2023-07-15', -3, '2020-07-15'],
  ])('%s plus %i years is %s', (from, years, to) => expect(addYears(from, years)).toBe(to));

  test('a month that is too short takes its last day', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-03-31', -13)).toBe('2025-02-28');
  });

  test.each([
    ['2016-05-06', '2026-05-05', 9],
    ['2016-05-06', '2026-05-06', 10],
    ['2024-02-29', '2025-02-27', 0],
    ['2024-02-29', '2025-02-28', 1],
    ['2026-05-06', '2020-01-01', 0],
  ])('from %s to %s are %i full years', (from, to, years) => expect(fullYears(from, to)).toBe(years));

  test('full years agree with counting anniversaries', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 20_000 }), (from, after) => {
        const to = addDays(from, after);
        const years = fullYears(from, to);
        expect(addYears(from, years) <= to).toBe(true);
        expect(addYears(from, years + 1) > to).toBe(true);
        expect(daysBetween(from, to)).toBe(after);
      }),
      { numRuns: 2000 },
    );
  });

  test('quarters', () => {
    expect(quarterOf('2026-09-30')).toBe('2026Q3');
    expect(quarterBounds('2024Q1')).toEqual({ from: '2024-01-01', to: '2024-03-31' });
  });
});
