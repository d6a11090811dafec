import { describe, expect, test } from 'vitest';
import { occurrences, windowsIn, type WindowEntry } from './windows.ts';

const once: WindowEntry = {
  id: 1,
  scheme: 'isme',
  kind: 'new',
  region: '44',
  label: '评价',
  opensOn: '2026-07-01',
  closesOn: '2026-07-31',
  yearly: false,
  lastYear: null,
  reference: '39号',
  link: null,
  doubt: null,
};
const yearly: WindowEntry = { ...once, id: 2, opensOn: null, closesOn: '2023-04-30', yearly: true };

describe('a window that comes once', () => {
  test.each([
    ['2026-07-31', '2026-08-31', 1],
    ['2026-08-01', '2026-08-31', 0],
    ['2026-06-01', '2026-06-30', 0],
    ['2026-06-01', '2026-07-01', 1],
  ])('%s to %s: %i', (from, to, times) => {
    expect(occurrences(once, from, to)).toHaveLength(times);
  });
});

describe('a window that comes every year', () => {
  test('has its own key and days each year, from its first', () => {
    expect(
      occurrences(yearly, '2020-01-01', '2024-12-31').map(({ key, closesOn }) => [key, closesOn]),
    ).toEqual([
      ['2-2023', '2023-04-30'],
      ['2-2024', '2024-04-30'],
    ]);
  });

  test('ends with its last year', () => {
    const ended = { ...yearly, lastYear: 2025 };
    expect(occurrences(ended, '2025-04-30', '2027-12-31').map(({ closesOn }) => closesOn)).toEqual([
      '2025-04-30',
    ]);
  });

  test('is found where it opens in one year and closes in the next', () => {
    const winter = { ...yearly, opensOn: '2022-12-01', closesOn: '2023-01-31' };
    expect(occurrences(winter, '2024-12-15', '2024-12-31').map(({ closesOn }) => closesOn)).toEqual([
      '2025-01-31',
    ]);
  });

  test('29 February falls to the 28th', () => {
    const leap = { ...yearly, closesOn: '2024-02-29' };
    expect(occurrences(leap, '2025-01-01', '2025-12-31')[0]!.closesOn).toBe('2025-02-28');
  });
});

test('windows stand in the order in which they close', () => {
  expect(windowsIn([once, yearly], '2026-01-01', '2026-12-31').map(({ id }) => id)).toEqual([2, 1]);
});
