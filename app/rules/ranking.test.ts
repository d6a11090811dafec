import { describe, expect, test } from 'vitest';
import type { Moment } from './engine/types.ts';
import { weakestFigure } from './evidence.ts';
import { finishFacts } from './facts/parse.ts';
import { yearsBack } from './prejudge.ts';
import { chanceOf, chancesOf, closenessClass, rankKey, tabOf, type PastCase } from './ranking.ts';

describe('a chance of success', () => {
  test('is shown from twenty comparable cases on', () => {
    expect(chanceOf(19, 19)).toBeNull();
    expect(chanceOf(20, 20)).not.toBeNull();
    expect(chanceOf(0, 0)).toBeNull();
  });

  // Bounds of the Wilson score interval at 95 %, as tables give them.
  test.each([
    { cases: 20, certified: 10, low: 0.2993, high: 0.7007 },
    { cases: 20, certified: 20, low: 0.8389, high: 1 },
    { cases: 20, certified: 0, low: 0, high: 0.1611 },
    { cases: 100, certified: 80, low: 0.7112, high: 0.8666 },
  ])('$certified of $cases lie between $low and $high', ({ cases, certified, low, high }) => {
    const chance = chanceOf(cases, certified)!;
    expect(chance.low).toBeCloseTo(low, 4);
    expect(chance.high).toBeCloseTo(high, 4);
    expect([chance.cases, chance.certified]).toEqual([cases, certified]);
  });

  test('counts only cases that stood as close', () => {
    const cases = (n: number, closeness: PastCase['closeness'], certified: boolean) =>
      Array.from({ length: n }, () => ({ closeness, certified }));
    const history = [
      ...cases(15, 'eligible', true),
      ...cases(5, 'eligible', false),
      ...cases(19, 'one', true),
    ];
    const chances = chancesOf(history);
    expect(Object.keys(chances)).toEqual(['eligible']);
    expect(chances.eligible).toMatchObject({ cases: 20, certified: 15 });
    expect(Object.keys(chancesOf([...history, ...cases(1, 'one', false)]))).toEqual(['eligible', 'one']);
  });
});

describe('closeness', () => {
  test.each([
    [{ outcome: 'eligible', unmet: 0, vetoes: 0 }, 'eligible', 'eligible'],
    [{ outcome: 'undetermined', unmet: 0, vetoes: 0 }, 'open', 'undetermined'],
    [{ outcome: 'ineligible', unmet: 1, vetoes: 0 }, 'one', 'near'],
    [{ outcome: 'ineligible', unmet: 2, vetoes: 0 }, 'two', 'near'],
    [{ outcome: 'ineligible', unmet: 3, vetoes: 0 }, 'more', 'blocked'],
    [{ outcome: 'ineligible', unmet: 1, vetoes: 1 }, 'vetoed', 'blocked'],
  ] as const)('%j is compared as %s and listed as %s', (verdict, expected, tab) => {
    expect(closenessClass(verdict)).toBe(expected);
    expect(tabOf(verdict)).toBe(tab);
  });
});

describe('the order of candidates', () => {
  const on = '2026-05-06';
  const weak = (source: 'official' | 'inferred' | null) =>
    ({ year: 2025, figure: 'rdExpense', source }) as const;
  const key = (distance: number, source: 'official' | 'inferred' | null, pressing: string | null) =>
    rankKey({ distance, weakest: weak(source), pressing, on });

  test('is by closeness, then by evidence, then by time', () => {
    const order = [
      key(0.1, 'official', '2026-06-01'),
      key(0.1, 'official', '2027-06-01'),
      key(0.1, 'official', null),
      key(0.1, 'inferred', '2026-05-06'),
      key(0.1, null, '2026-05-06'),
      key(0.12, 'official', '2026-05-06'),
    ];
    expect(order.toSorted((a, b) => a - b)).toEqual(order);
    expect(new Set(order).size).toBe(order.length);
  });

  test('does not let a window of long ago or a far one outweigh evidence', () => {
    expect(key(0.1, 'official', '2199-12-31')).toBeLessThan(key(0.1, 'inferred', '1999-01-01'));
    expect(key(0.1, 'official', '1999-01-01')).toBe(key(0.1, 'official', on));
  });
});

describe('the weakest figure', () => {
  const moment: Moment = { on: '2026-05-06', year: 2026, action: 'new' };
  const input = (key: 'rdExpense' | 'salesRevenue', offset: number) =>
    ({ kind: 'figure', key, offset }) as const;
  const facts = finishFacts(
    { years: { 2025: { rdExpense: 5, salesRevenue: 100 }, 2024: { rdExpense: 4 } } },
    {
      'years.2025.rdExpense': { source: 'audit', knownAt: null },
      'years.2025.salesRevenue': { source: 'self', knownAt: null },
    },
  );

  test('is the least trusted of those known; one without a source is the weakest of all', () => {
    expect(weakestFigure([input('rdExpense', -1), input('salesRevenue', -1)], facts, moment)).toEqual({
      year: 2025,
      figure: 'salesRevenue',
      source: 'self',
    });
    expect(weakestFigure([input('salesRevenue', -1), input('rdExpense', -2)], facts, moment)).toEqual({
      year: 2024,
      figure: 'rdExpense',
      source: null,
    });
    expect(weakestFigure([input('salesRevenue', -2)], facts, moment)).toBeNull();
  });
});

describe('judging before the last year is there', () => {
  const years = (...reported: number[]) => ({
    years: Object.fromEntries(reported.map((year) => [year, { salesRevenue: 1 }])),
  });

  test.each([
    { known: [2025, 2026], back: 0 },
    { known: [2024, 2025], back: 1 },
    { known: [2023, 2024], back: 2 },
    { known: [2022, 2023], back: 0 },
    { known: [], back: 0 },
  ])('with figures of $known an application of 2027 goes $back years back', ({ known, back }) => {
    expect(yearsBack(years(...known), '2027-04-25')).toBe(back);
  });

  test('turns with the year of the day, and takes a year without a revenue as missing', () => {
    expect(yearsBack(years(2025), '2026-12-31')).toBe(0);
    expect(yearsBack(years(2025), '2027-01-01')).toBe(1);
    const facts = { years: { 2026: { rdExpense: 9, developmentScore: 60 }, 2025: { totalIncome: 1 } } };
    expect(yearsBack(facts, '2027-04-25')).toBe(1);
    expect(yearsBack({ years: { ...facts.years, 2026: { mainRevenue: 0 } } }, '2027-04-25')).toBe(0);
  });
});
