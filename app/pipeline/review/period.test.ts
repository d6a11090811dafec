import { describe, expect, test } from 'vitest';
import { periodOf, previousOf, windowsOf, yearBeforeOf } from './period.ts';

const days = (span: { from: string; to: string } | null) => span && [span.from, span.to];

describe('the days of a review', () => {
  test.each([
    ['2026Q1', ['quarter']],
    ['2026Q2', ['quarter', 'half']],
    ['2026Q3', ['quarter', 'cumulative']],
    ['2026Q4', ['quarter', 'half', 'year']],
  ])('windows that end with %s', (quarter, windows) => {
    expect(windowsOf(quarter)).toEqual(windows);
  });

  test.each([
    ['2026Q3', 'quarter', '2026-07-01', '2026-09-30', '2026年三季度'],
    ['2026Q2', 'half', '2026-01-01', '2026-06-30', '2026年上半年'],
    ['2026Q4', 'half', '2026-07-01', '2026-12-31', '2026年下半年'],
    ['2026Q3', 'cumulative', '2026-01-01', '2026-09-30', '2026年1—9月'],
    ['2026Q4', 'year', '2026-01-01', '2026-12-31', '2026年'],
  ] as const)('%s %s', (quarter, window, from, to, label) => {
    expect(periodOf(quarter, window, '2027-01-01')).toMatchObject({ from, to, label, running: false });
  });

  test('the running quarter ends with the day looked at, and is over on its last day', () => {
    expect(periodOf('2026Q4', 'quarter', '2026-12-30')).toMatchObject({ to: '2026-12-30', running: true });
    expect(periodOf('2026Q4', 'quarter', '2026-12-31')).toMatchObject({ to: '2026-12-31', running: false });
    expect(periodOf('2026Q4', 'quarter', '2026-09-30')).toMatchObject({ to: '2026-12-31', running: false });
  });

  test.each([
    ['2026Q1', 'quarter', ['2025-10-01', '2025-12-31'], ['2025-01-01', '2025-03-31']],
    ['2026Q2', 'half', ['2025-07-01', '2025-12-31'], ['2025-01-01', '2025-06-30']],
    ['2026Q3', 'cumulative', null, ['2025-01-01', '2025-09-30']],
    ['2026Q4', 'year', null, ['2025-01-01', '2025-12-31']],
  ] as const)('%s %s is compared with', (quarter, window, previous, year) => {
    const period = periodOf(quarter, window, '2027-01-01');
    expect(days(previousOf(period))).toEqual(previous);
    expect(days(yearBeforeOf(period))).toEqual(year);
  });

  test('a running quarter is compared with as many days', () => {
    const period = periodOf('2026Q4', 'quarter', '2026-11-22');
    expect(days(previousOf(period))).toEqual(['2026-07-01', '2026-08-22']);
    expect(days(yearBeforeOf(period))).toEqual(['2025-10-01', '2025-11-22']);
  });

  test('29 February is compared with 28 February', () => {
    const period = periodOf('2024Q1', 'quarter', '2024-02-29');
    expect(days(yearBeforeOf(period))).toEqual(['2023-01-01', '2023-02-28']);
  });
});
