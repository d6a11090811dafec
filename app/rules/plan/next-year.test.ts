import { describe, expect, test } from 'vitest';
import { companyJson, facts } from '../../../tests/rules/company.ts';
import { FIGURE_KEYS } from '../facts/figures.ts';
import { grown, planned, type YearPlan } from './next-year.ts';

const plan: YearPlan = { year: 2026, growth: 1000, figures: {} };

describe('a figure that grows', () => {
  test.each([
    ['rdExpense', 1_000_000, 1000, 1_100_000],
    ['rdExpense', 1_000_000, 0, 1_000_000],
    ['rdExpense', 1_000_000, -10_000, 0],
    ['rdExpense', 3, 1667, 4],
    ['rdExpense', 3, 1666, 3],
    ['netProfit', -500, 1000, -500],
    ['netProfit', 0, 1000, 0],
    ['developmentScore', 6000, 1000, 6000],
    ['employees', 12_000, 250, 12_300],
    // 90,071,992,547,409.91 元: as large as an amount may be.
    ['totalAssets', 9_007_199_254_740_991, 0, 9_007_199_254_740_991],
    ['totalAssets', 800_000_000_000_001, 1000, 880_000_000_000_001],
  ] as const)('%s %i by %i gives %i', (key, value, growth, expected) => {
    expect(grown(key, value, growth)).toBe(expected);
  });
});

describe('the planned year', () => {
  const known = facts(companyJson());

  test('has every figure of the year before, grown; own growth goes before the common one', () => {
    const { years } = planned(known, { ...plan, figures: { rdExpense: 2500 } });
    const [last, next] = [years!['2025']!, years!['2026']!];
    expect(next.operatingRevenue).toBe(14_300_000_000);
    expect(next.rdExpense).toBe(1_625_000_000);
    expect(FIGURE_KEYS.filter((key) => (last[key] == null) !== (next[key] == null))).toEqual([]);
  });

  test('what is known of it stays, and nothing else of the facts changes', () => {
    const stated = facts({
      ...companyJson(),
      years: { ...companyJson().years, '2026': { operatingRevenue: 5_000_000, developmentScore: 75 } },
    });
    const made = planned(stated, plan);
    expect(made.years!['2026']!.operatingRevenue).toBe(500_000_000);
    expect({ ...made, years: { ...made.years, '2026': stated.years!['2026'] } }).toEqual(stated);
  });

  test('a figure not known the year before is not known after it; without that year nothing is planned', () => {
    const { years } = companyJson();
    const some = facts({
      ...companyJson(),
      years: { ...years, '2025': { ...years!['2025'], rdExpense: null } },
    });
    expect(planned(some, plan).years!['2026']!.rdExpense ?? null).toBeNull();
    expect(planned(known, { ...plan, year: 2030 })).toBe(known);
  });
});
