import { describe, expect, test } from 'vitest';
import { parseFacts } from '../facts/parse.ts';
import { assess } from '../index.ts';
import { populationJudge } from '../population.ts';

/** 专精特新 2026 asks 100 万元 and 3 % of R&D in each of two years: four parts in two units. */
const ON = '2026-05-06';
function rd(last: [rd: number, revenue: number], before: [rd: number, revenue: number]) {
  const year = ([rdExpense, operatingRevenue]: [number, number]) => ({ rdExpense, operatingRevenue });
  const parsed = parseFacts({ registeredOn: '2015-01-01', years: { 2025: year(last), 2024: year(before) } });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.facts;
}
function eachYear(facts: ReturnType<typeof rd>) {
  const assessed = assess(facts, { scheme: 'srdi', action: 'new', on: ON });
  if (!assessed.ok) throw new Error(assessed.reason);
  return assessed.verdict.conditions.find(({ id }) => id === 'rd-each-year')!;
}
/** The same as it is stored for lists. */
function stored(facts: ReturnType<typeof rd>) {
  const [judgement] = populationJudge(ON, { schemes: ['srdi'] })(facts, 'new');
  return judgement!.gaps.find(({ id }) => id === 'rd-each-year')!;
}

describe('of parts that must all hold, the first that does not says what is missing', () => {
  test('another year than the first: 1,000,000 − 916,894.74 = 83,105.26 元', () => {
    const facts = rd([1_095_443.75, 12_000_000], [916_894.74, 11_000_000]);
    expect(eachYear(facts)).toMatchObject({
      result: 'unmet',
      actual: 916_894.74,
      required: 1_000_000,
      gap: 83_105.26,
      unit: 'CNY',
      formula: 'rdExpense[2024]',
    });
    expect(stored(facts)).toMatchObject({ gap: 83_105.26, unit: 'CNY' });
  });

  test('a share among amounts keeps its own unit: 3 % − 2.5 % = 0.5 percentage points', () => {
    const facts = rd([1_000_000, 40_000_000], [1_200_000, 20_000_000]);
    expect(eachYear(facts)).toMatchObject({
      result: 'unmet',
      actual: 0.025,
      required: 0.03,
      gap: 0.005,
      unit: 'ratio',
    });
    expect(stored(facts)).toMatchObject({ gap: 0.005, unit: 'ratio' });
  });

  test('where all hold, the first stands; the judge forgets the enterprise before', () => {
    const judge = populationJudge(ON, { schemes: ['srdi'] });
    const gapOf = (facts: ReturnType<typeof rd>) =>
      judge(facts, 'new')[0]!.gaps.find(({ id }) => id === 'rd-each-year')?.gap ?? 0;
    const unmet = rd([1_000_000, 20_000_000], [900_000, 20_000_000]);
    const met = rd([1_000_000, 20_000_000], [1_000_000, 20_000_000]);
    expect([gapOf(unmet), gapOf(met), gapOf(unmet)]).toEqual([100_000, 0, 100_000]);
    expect(eachYear(met)).toMatchObject({ result: 'met', actual: 1_000_000, gap: 0, unit: 'CNY' });
  });
});
