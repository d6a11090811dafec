import { expect, test } from 'vitest';
import { SELECTION } from '../selection/table.ts';
import { PLACES } from './places.ts';

test('every place with rules of its own can be chosen', () => {
  const regions = [...new Set(SELECTION.map(({ region }) => region))];
  expect(regions.length).toBeGreaterThan(2);
  expect(regions.filter((region) => !PLACES.some(({ code }) => code.startsWith(region)))).toEqual([]);
});
