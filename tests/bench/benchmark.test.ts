import { expect, test } from 'vitest';
import { median, meets } from './benchmark.ts';

test.each([
  { values: [3], expected: 3 },
  { values: [10, 9, 1], expected: 9 },
  { values: [4, 1, 2, 3], expected: 2.5 },
])('median of $values is $expected', ({ values, expected }) => {
  expect(median(values)).toBe(expected);
});

test('there is no median of nothing', () => {
  expect(() => median([])).toThrow();
});

test.each([
  { goal: '>=200', ratio: 200, expected: true },
  { goal: '>=200', ratio: 199.9, expected: false },
  { goal: '<=1.5', ratio: 1.5, expected: true },
  { goal: '<=1.5', ratio: 1.51, expected: false },
  { goal: '<1', ratio: 1, expected: false },
  { goal: 'none', ratio: 1, expected: null },
])('a ratio of $ratio against $goal: $expected', ({ goal, ratio, expected }) => {
  expect(meets(goal, ratio)).toBe(expected);
});
