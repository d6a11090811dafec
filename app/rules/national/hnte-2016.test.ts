import { describe, expect, test } from 'vitest';
import { addDays } from '../day.ts';
import { rdFromItems } from '../features/research.ts';
import { conditionOf, type Json, verdictOf } from '../../../tests/rules/company.ts';

const ON = '2026-05-06';
const wan = (value: number) => Math.round(value * 1_000_000) / 100;
const item = (json: Json, id: string, on = ON) => {
  const found = verdictOf(json, 'hnte@2016', { on }).score!.items.find((i) => i.id === id)!;
  return [found.min, found.max];
};

describe('growth: 1/2 (v2/v1 + v3/v2) − 1', () => {
  test.each([
    ['G1: (1200/1000 + 1500/1200)/2 − 1 = 22.5 %, C', [1000, 1200, 1500], [5, 6]],
    ['G2: (1.35 + 1.35)/2 − 1 = 35 % exactly, A', [1000, 1350, 1822.5], [9, 10]],
    ['G4: no growth is F with 0, not E', [1000, 1000, 1000], [0, 0]],
    ['G6: (3200/2400 + 4200/3200)/2 − 1 = 32.29 %, B', [2400, 3200, 4200], [7, 8]],
    ['G8: (1.15 + 1.15)/2 − 1 = 15 % exactly, C', [100, 115, 132.25], [5, 6]],
    ['G10: first value 0: 1500/1200 − 1 = 25 %, B', [0, 1200, 1500], [7, 8]],
    ['second value 0: 0 points', [1000, 0, 1500], [0, 0]],
  ] as const)('%s', (_name, [v1, v2, v3], points) => {
    const json: Json = {
      registeredOn: '2015-01-01',
      years: {
        '2023': { salesRevenue: wan(v1) },
        '2024': { salesRevenue: wan(v2) },
        '2025': { salesRevenue: wan(v3) },
      },
    };
    expect(item(json, 'sales-growth')).toEqual(points);
  });

  test('G12: two operating years, 1200/1000 − 1 = 20 % without the half, C', () => {
    const json: Json = {
      registeredOn: '2024-01-10',
      years: { '2024': { salesRevenue: wan(1000) }, '2025': { salesRevenue: wan(1200) } },
    };
    expect(item(json, 'sales-growth')).toEqual([5, 6]);
  });

  test('G14: net assets −22.3, 58.4, −67.7: a negative denominator is for a person, never +73 %', () => {
    const assets = (net: number) => ({ totalAssets: wan(100 + net), totalLiabilities: wan(100) });
    const json: Json = {
      registeredOn: '2010-01-01',
      years: { '2018': assets(-22.3), '2019': assets(58.4), '2020': assets(-67.7) },
    };
    expect(item(json, 'net-asset-growth', '2021-05-06')).toEqual([0, 10]);
  });
});

/** Company A of the worked examples. */
const companyA = (): Json => ({
  registeredOn: '2020-03-12',
  years: {
    '2023': { salesRevenue: wan(2400), rdExpense: wan(150), rdExpenseDomestic: wan(135) },
    '2024': { salesRevenue: wan(3200), rdExpense: wan(220), rdExpenseDomestic: wan(198) },
    '2025': {
      salesRevenue: wan(4200),
      rdExpense: wan(300),
      rdExpenseDomestic: wan(270),
      employees: 80,
      techStaff: 24,
      totalIncome: wan(4400),
      hiTechIncome: wan(3444),
    },
  },
});

describe('hard conditions', () => {
  test.each([
    ['tech-staff-share', '24/80 = 30 % ≥ 10 %', 0.3],
    ['rd-intensity', '670/9800 = 6.837 % ≥ 5 % (4,200 ≤ 5,000)', 670 / 9800],
    ['rd-domestic-share', '603/670 = 90 % ≥ 60 %', 0.9],
    ['hi-tech-income-share', '3444/4400 = 78.27 % ≥ 60 %', 3444 / 4400],
  ] as const)('H1: %s: %s', (id, _arithmetic, actual) => {
    const condition = conditionOf(verdictOf(companyA(), 'hnte@2016'), id);
    expect(condition.result).toBe('met');
    expect(condition.actual).toBeCloseTo(actual, 12);
    expect(condition.gap).toBe(0);
  });

  test.each(['ip', 'tech-field', 'innovation-score'])('H1: %s is for a person', (id) => {
    const verdict = verdictOf(companyA(), 'hnte@2016');
    expect(conditionOf(verdict, id).result).toBe('manual');
    expect(verdict.outcome).toBe('undetermined');
  });

  test('H2: R&D of 2024 missing is not known, not failed', () => {
    const json = companyA();
    json.years!['2024']!.rdExpense = null;
    const condition = conditionOf(verdictOf(json, 'hnte@2016'), 'rd-intensity');
    expect(condition.result).toBe('unknown');
    expect(condition.missing).toEqual(['years.2024.rdExpense']);
  });

  test.each([
    ['H5: 5,000.00 万元 → 5 %', 5000, 0.05],
    ['H5: 5,000.01 万元 → 4 %', 5000.01, 0.04],
    ['H5: 20,000.00 万元 → 4 %', 20000, 0.04],
    ['H5: 20,000.01 万元 → 3 %', 20000.01, 0.03],
  ])('%s', (_name, sales, required) => {
    const json = companyA();
    json.years!['2025']!.salesRevenue = wan(sales);
    expect(conditionOf(verdictOf(json, 'hnte@2016'), 'rd-intensity').required).toBe(required);
  });

  test.each([
    ['H6: 450/9000 = 5 % exactly is enough', 0, 'met'],
    ['H6: one 分 less is not', 0.01, 'unmet'],
  ] as const)('%s', (_name, less, result) => {
    const year = { salesRevenue: wan(3000), rdExpense: wan(150) };
    const json: Json = {
      registeredOn: '2015-01-01',
      years: { '2023': year, '2024': year, '2025': { ...year, rdExpense: wan(150) - less } },
    };
    const condition = conditionOf(verdictOf(json, 'hnte@2016'), 'rd-intensity');
    expect(condition.result).toBe(result);
    if (less) expect(condition.gap).toBeGreaterThan(0);
  });

  test.each([
    ['H8: on the 364th day', 364, 'unmet'],
    ['H8: on the 365th day', 365, 'met'],
  ] as const)('%s', (_name, days, result) => {
    const json: Json = { registeredOn: '2025-03-01' };
    const on = addDays('2025-03-01', days);
    expect(conditionOf(verdictOf(json, 'hnte@2016', { on }), 'registered-days').result).toBe(result);
  });

  test('H10: ①–⑦ 1,000 and other 400: other counts 250, a fifth of 1,250', () => {
    const items = {
      labour: wan(1000) * 100,
      direct: 0,
      depreciation: 0,
      amortisation: 0,
      design: 0,
      testing: 0,
      commissionedDomestic: 0,
      commissionedAbroad: 0,
      other: wan(400) * 100,
    };
    expect(rdFromItems(items)).toBe(wan(1250) * 100);
    expect(rdFromItems({ ...items, commissionedDomestic: wan(100) * 100, other: 0 })).toBe(wan(1080) * 100);
  });

  const right = (kind: 'invention' | 'utilityModel') => ({
    kind,
    grantedOn: '2020-01-01',
    obtainedBy: 'own' as const,
    relatedToMainProduct: true,
  });
  test.each([
    ['H12: Ⅰ 0, Ⅱ 5', 0, 5, [5, 6]],
    ['H12: Ⅰ 0, Ⅱ 4', 0, 4, [3, 4]],
    ['H12: Ⅰ 0, Ⅱ 2', 0, 2, [1, 2]],
    ['H12: Ⅰ 0, Ⅱ 0', 0, 0, [0, 0]],
    ['H12: Ⅰ 1, Ⅱ 0', 1, 0, [7, 8]],
  ])('%s', (_name, one, two, points) => {
    const json: Json = {
      intellectualProperty: [
        ...Array.from({ length: one }, () => right('invention')),
        ...Array.from({ length: two }, () => right('utilityModel')),
      ],
    };
    expect(item(json, 'ip-count')).toEqual(points);
  });
});

describe('H9: the score as an interval against > 70', () => {
  /** Points on record for everything, so that the total is known; one item may stay open. */
  const scored = (total: number, open: number): Json => {
    const fixed: Record<string, number> = {
      technologyAdvancement: 8,
      productSupport: 8,
      ipCount: 8,
      acquisition: 6,
      standards: 0,
      conversion: 30,
      rdSystem: 0,
      rdBody: 0,
      incentives: 0,
      talent: 0,
    };
    // 60 points so far; the rest from management (≤ 20) and growth, which is none here.
    let rest = total - 60;
    for (const [key, most] of [
      ['rdSystem', 6],
      ['rdBody', 6],
      ['incentives', 4],
      ['talent', 4],
    ] as const) {
      fixed[key] = Math.min(most, Math.max(0, rest));
      rest -= fixed[key]!;
    }
    const scores: Record<string, number> = { ...fixed };
    if (open > 0) {
      delete scores.conversion;
      scores.technologyAdvancement = 8;
    }
    const none = { salesRevenue: 100, totalAssets: 100, totalLiabilities: 0 };
    return {
      registeredOn: '2015-01-01',
      years: { '2023': none, '2024': none, '2025': none },
      // 3 a year: 13–18 points while a person has not said which.
      conversions: { '2023': 3, '2024': 3, '2025': 3 },
      expertScores: { hnte: scores },
    };
  };
  test.each([
    ['71 of 71: pass', scored(71, 0), 71, 71, 'met'],
    ['70 of 71: fail, 70 exactly is not more than 70', scored(70, 0), 70, 70, 'unmet'],
    ['conversion open, 13–18 instead of 30: 63–68 fails', scored(80, 1), 63, 68, 'unmet'],
  ] as const)('%s', (_name, json, min, max, result) => {
    const verdict = verdictOf(json, 'hnte@2016');
    expect([verdict.score!.min, verdict.score!.max]).toEqual([min, max]);
    expect(verdict.score!.pass).toBe(71);
    expect(conditionOf(verdict, 'innovation-score').result).toBe(result);
  });

  test('4 a year open, 19–24 instead of 30: 69–74 is for a person', () => {
    const json = { ...scored(80, 1), conversions: { '2023': 4, '2024': 4, '2025': 4 } };
    const verdict = verdictOf(json, 'hnte@2016');
    expect([verdict.score!.min, verdict.score!.max]).toEqual([69, 74]);
    expect(conditionOf(verdict, 'innovation-score').result).toBe('manual');
  });
});
