/** 小巨人, 制造业单项冠军: worked examples and the points where versions differ. */
import { describe, expect, test } from 'vitest';
import { assess } from '../index.ts';
import {
  companyJson,
  conditionOf,
  facts,
  right,
  type Json,
  verdictOf,
  wan,
} from '../../../tests/rules/company.ts';

describe('小巨人 (2号文 annex 2)', () => {
  const withRevenue = (last: number): Json => {
    const json = companyJson();
    json.years!['2023']!.operatingRevenue = wan(5000);
    json.years!['2025']!.operatingRevenue = wan(last);
    return json;
  };
  test.each([
    ['J1: √(5512.5/5000) − 1 = 5 % exactly', 5512.5, 'met'],
    ['J1: one 分 less', 5512.499999, 'unmet'],
    ['J1: √(5500/5000) − 1 = 4.88 %', 5500, 'unmet'],
    ['J1: √(6000/5000) − 1 = 9.54 %', 6000, 'met'],
  ] as const)('%s', (_name, last, result) => {
    expect(conditionOf(verdictOf(withRevenue(last), 'giant@2026'), 'revenue-cagr').result).toBe(result);
  });

  test('J3: four Ⅰ类 of which one was transferred in count as three', () => {
    const json = { ...companyJson(), awards: [] };
    json.intellectualProperty = [right(), right(), right(), right({ obtainedBy: 'transfer' })];
    const condition = conditionOf(verdictOf(json, 'giant@2026'), 'ip');
    expect(condition).toMatchObject({ result: 'unmet', actual: 3, required: 4, gap: 1 });
  });
  test.each([
    ['the third right holder counts', { rightHolderRank: 3 }, 'met'],
    ['the fourth does not', { rightHolderRank: 4 }, 'unmet'],
    ['whether it is in use is not on record', { applied: null }, 'manual'],
    ['its kind of acquisition is not known', { obtainedBy: null }, 'unknown'],
  ] as const)('%s', (_name, more, result) => {
    const json = { ...companyJson(), awards: [] };
    json.intellectualProperty = [right(), right(), right(), right(more)];
    expect(conditionOf(verdictOf(json, 'giant@2026'), 'ip').result).toBe(result);
  });
  test.each([
    ['new', 50, 75, 'unmet'],
    ['renewal', 50, 75, 'met'],
    ['new', 75, 50, 'met'],
  ] as const)('%s: %d points this year, %d last year', (action, now, last, result) => {
    const json = companyJson();
    json.years!['2026'] = { developmentScore: now };
    json.years!['2025']!.developmentScore = last;
    expect(conditionOf(verdictOf(json, 'giant@2026', { action }), 'development-score').result).toBe(result);
  });
});

describe('小巨人 (63号 annex 3), for 复核 in 2026', () => {
  test('a renewal on 2026-05-06 is judged by it, a new application is not', () => {
    const rule = (action: 'new' | 'renewal') => {
      const done = assess(facts(companyJson()), { scheme: 'giant', action, on: '2026-05-06' });
      return done.ok ? done.verdict.rule : done.reason;
    };
    expect([rule('renewal'), rule('new')]).toEqual(['giant@2022', 'giant@2026']);
  });

  test('the complete company passes', () => {
    const verdict = verdictOf(companyJson(), 'giant@2022', { action: 'renewal' });
    expect(verdict.conditions.filter((c) => c.result !== 'met').map((c) => c.id)).toEqual([]);
    expect(verdict.outcome).toBe('eligible');
  });

  const rd = (revenue: number, share: number, more: Partial<Json> = {}): Json => {
    const json = { ...companyJson(), awards: [], ...more };
    for (const year of ['2024', '2025'])
      Object.assign(json.years![year]!, {
        operatingRevenue: wan(revenue),
        mainRevenue: wan(revenue),
        rdExpense: wan(revenue * share),
      });
    return json;
  };
  const equity = (amount: number) => [
    {
      closedOn: '2025-06-01',
      amount: wan(amount),
      currency: 'CNY',
      qualifiedInvestor: true,
      cededShare: 0.1,
    },
  ];
  test.each([
    ['1亿 with 3 % each year', rd(10000, 0.03), 'met'],
    ['1亿 less 1 万元 with 3 %: 6 % is asked', rd(9999, 0.03), 'unmet'],
    ['1亿 less 1 万元 with 6 %', rd(9999, 0.06), 'met'],
    ['5,000 万元 with 6 %', rd(5000, 0.06), 'met'],
    [
      '4,999 万元 with 61 % (3,049 万元), half the staff in R&D, but no equity',
      rd(4999, 0.61, { financing: [] }),
      'unmet',
    ],
    [
      '4,999 万元 with 3,049 万元 R&D, 8,000 万元 equity, R&D staff 40 %',
      rd(4999, 0.61, { financing: equity(8000) }),
      'unmet',
    ],
  ] as const)('%s', (_name, json, result) => {
    expect(conditionOf(verdictOf(json, 'giant@2022'), 'innovation').result).toBe(result);
  });
  test.each([
    ['8,000.00 万元', 8000, 'met'],
    ['7,999.99 万元', 7999.99, 'unmet'],
  ] as const)('4,999 万元 with 3,049 万元 R&D, R&D staff 50 %%, equity %s', (_name, amount, result) => {
    const json = rd(4999, 0.61, { financing: equity(amount) });
    Object.assign(json.years!['2025']!, { employees: 100, rdStaff: 50 });
    expect(conditionOf(verdictOf(json, 'giant@2022'), 'innovation').result).toBe(result);
  });
  test('the direct way: 创客中国 Top 50 replaces the general conditions', () => {
    const award = (rank: number) => ({
      awards: [{ kind: 'makerChina' as const, level: 'national' as const, rank, on: '2025-06-01' }],
    });
    const result = (rank: number) =>
      conditionOf(verdictOf({ ...rd(1000, 0), financing: [], ...award(rank) }, 'giant@2022'), 'innovation')
        .result;
    expect([result(50), result(51)]).toEqual(['met', 'unmet']);
  });
});

describe('制造业单项冠军 2023', () => {
  const champion = (main: number, titles: Json['titles']): Json => {
    const json = { ...companyJson(), titles };
    for (const year of ['2023', '2024', '2025']) json.years![year]!.mainRevenue = wan(main);
    return json;
  };
  const srdi = [
    { scheme: 'srdi', grantedOn: '2024-12-01', validUntil: '2027-11-30', status: 'valid' as const },
  ];
  test.each([
    ['4亿 on average, no title', 40000, [], 'met', 1_200_000_000],
    ['just below 4亿, no title', 39999.99, [], 'unmet', 1_200_000_000],
    ['2亿 on average as 专精特新', 20000, srdi, 'met', 600_000_000],
    ['just below 2亿 as 专精特新', 19999.99, srdi, 'unmet', 600_000_000],
  ] as const)('%s', (_name, main, titles, result, required) => {
    const condition = conditionOf(verdictOf(champion(main, [...titles]), 'champion@2023'), 'main-revenue');
    expect(condition).toMatchObject({ result, required });
  });
  test('titles not known: which line applies is not known', () => {
    expect(conditionOf(verdictOf(champion(30000, null), 'champion@2023'), 'main-revenue').result).toBe(
      'unknown',
    );
  });
  test.each([
    ['2016-05-06', null, 'met'],
    ['2016-05-07', null, 'manual'],
    ['2016-05-07', 1, 'met'],
    ['2016-05-07', 0, 'unmet'],
    ['2021-05-06', 1, 'met'],
    ['2021-05-07', 1, 'unmet'],
  ] as const)('in the field since %s, new product %s', (since, newProduct, result) => {
    const json = { ...companyJson(), niche: { since }, expertScores: { champion: { newProduct } } };
    expect(conditionOf(verdictOf(json, 'champion@2023'), 'niche-years').result).toBe(result);
  });
});
