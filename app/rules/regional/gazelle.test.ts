import { describe, expect, test } from 'vitest';
import { conditionOf, type Json, verdictOf } from '../../../tests/rules/company.ts';

const wan = (value: number) => Math.round(value * 1_000_000) / 100;
/** Revenues in 万元 by year. */
const company = (
  revenues: Record<string, number>,
  registeredOn = '2010-01-01',
  more: Partial<Json> = {},
): Json => ({
  registeredOn,
  titles: [{ scheme: 'hnte', grantedOn: '2024-01-01', validUntil: '2026-12-31', status: 'valid' }],
  financing: [],
  years: Object.fromEntries(
    Object.entries(revenues).map(([year, value]) => [year, { operatingRevenue: wan(value), netProfit: 1 }]),
  ),
  ...more,
});
const result = (json: Json, rule: string, id = 'growth-or-scale') =>
  conditionOf(verdictOf(json, rule), id).result;

describe('黄埔', () => {
  const RULE = 'gazelle@huangpu-undated';
  test.each([
    [
      '1,000 to 1,728 in three years is 20 %, growing',
      { '2022': 1000, '2024': 1500, '2025': 1728 },
      '2010-01-01',
      'met',
    ],
    ['a 分 less', { '2022': 1000, '2024': 1500, '2025': 1727.999999 }, '2010-01-01', 'unmet'],
    ['a base of 999.99', { '2022': 999.99, '2024': 1500, '2025': 3000 }, '2010-01-01', 'unmet'],
    ['20 %, but flat in the last year', { '2022': 1000, '2024': 1728, '2025': 1728 }, '2010-01-01', 'unmet'],
    ['5亿 at five years, growing', { '2022': 0, '2024': 49999, '2025': 50000 }, '2021-05-06', 'met'],
    ['5亿 at five years and a day', { '2022': 49000, '2024': 49999, '2025': 50000 }, '2021-05-05', 'unmet'],
    ['10亿 at ten years, growing', { '2022': 90000, '2024': 99999, '2025': 100000 }, '2016-05-06', 'met'],
    [
      '10亿 at ten years, shrinking',
      { '2022': 90000, '2024': 100001, '2025': 100000 },
      '2016-05-06',
      'unmet',
    ],
  ] as const)('%s', (_name, revenues, registeredOn, expected) => {
    expect(result(company(revenues, registeredOn), RULE)).toBe(expected);
  });
  test('高企 is asked for', () => {
    const json = company({ '2022': 1000, '2024': 1500, '2025': 1728 }, '2010-01-01', { titles: [] });
    expect(verdictOf(json, RULE).outcome).toBe('ineligible');
  });

  const round = { closedOn: '2025-01-01', amount: wan(5000), currency: 'CNY', qualifiedInvestor: true };
  test.each([
    ['500 to 864 in three years is 20 %', company({ '2022': 500, '2024': 800, '2025': 864 }), 'met'],
    ['500 this year, 50 % more than last', company({ '2022': 499, '2024': 333, '2025': 500 }), 'met'],
    ['499.99 this year, 50 % more than last', company({ '2022': 499, '2024': 333, '2025': 499.99 }), 'unmet'],
    [
      '5,000 万元 invested at five years: of which rounds is for a person',
      company({ '2022': 1, '2024': 2, '2025': 2 }, '2021-05-06', { financing: [round] }),
      'manual',
    ],
    [
      '4,999.99 万元 invested',
      company({ '2022': 1, '2024': 2, '2025': 2 }, '2021-05-06', {
        financing: [{ ...round, amount: wan(4999.99) }],
      }),
      'unmet',
    ],
    [
      '5,000 万元 invested up to round A, on record',
      company({ '2022': 1, '2024': 2, '2025': 2 }, '2021-05-06', {
        financing: [round],
        expertScores: { gazelle: { upToRoundA: 1 } },
      }),
      'met',
    ],
  ] as const)('培育: %s', (_name, json, expected) => {
    expect(result(json, 'gazelleSeedling@huangpu-undated', 'growth-or-investment')).toBe(expected);
  });
});

describe('济南 2016', () => {
  test.each([
    ['1,440 from 1,000 is 20 % a year', { '2023': 1000, '2025': 1440 }, '2000-01-01', 'met'],
    ['9,999.99 with 19.9 %', { '2023': 6956, '2025': 9999.99 }, '2000-01-01', 'unmet'],
    ['1亿 exactly needs 15 % only', { '2023': 7561, '2025': 10000 }, '2000-01-01', 'met'],
    ['5亿 exactly needs 10 % only', { '2023': 41322, '2025': 50000 }, '2000-01-01', 'met'],
    ['a 万元 below 5亿 needs 15 %', { '2023': 41322, '2025': 49999 }, '2000-01-01', 'unmet'],
    ['999.99 growing fast', { '2023': 1, '2025': 999.99 }, '2000-01-01', 'unmet'],
    ['5+0: 5亿 at six years without growth', { '2023': 50000, '2025': 50000 }, '2020-05-06', 'met'],
    ['5+0: 5亿 at six years and a day', { '2023': 50000, '2025': 50000 }, '2020-05-05', 'unmet'],
    ['5+5: 10亿 at eleven years', { '2023': 100000, '2025': 100000 }, '2015-05-06', 'met'],
    ['5+5: 10亿 at eleven years and a day', { '2023': 100000, '2025': 100000 }, '2015-05-05', 'unmet'],
  ] as const)('%s', (_name, revenues, registeredOn, expected) => {
    expect(result(company(revenues, registeredOn), 'gazelle@jinan-2016')).toBe(expected);
  });
  test('profit may grow instead of revenue; a loss at the start is for a person', () => {
    const json = (before: number) => {
      const made = company({ '2023': 2000, '2025': 2000 }, '2000-01-01');
      made.years!['2023']!.netProfit = wan(before);
      made.years!['2025']!.netProfit = wan(144);
      return made;
    };
    expect(result(json(100), 'gazelle@jinan-2016')).toBe('met');
    expect(result(json(101), 'gazelle@jinan-2016')).toBe('unmet');
    expect(result(json(-1), 'gazelle@jinan-2016')).toBe('manual');
  });
});

describe('GB/T 41464—2022, to be verified', () => {
  test('an input limit that was not seen keeps it open', () => {
    const verdict = verdictOf(
      company({ '2021': 1000, '2025': 2073.6 }, '2012-01-01'),
      'gazelle@gbt-41464-2022',
    );
    expect(conditionOf(verdict, 'growth-or-scale')).toMatchObject({ result: 'met', ruleConfidence: 'M-m' });
    expect(conditionOf(verdict, 'innovation-input').missing).toContain(
      'operator:gazelle-gbt.innovation-input',
    );
    expect(verdict.outcome).toBe('undetermined');
  });
});

describe('小升规', () => {
  const scale = (
    industry: string | null,
    figure: 'mainRevenue' | 'operatingRevenue',
    value: number,
  ): Json => ({
    industry,
    years: { '2025': { [figure]: wan(value) } },
  });
  test.each([
    ['3913', 'mainRevenue', 2000],
    ['5111', 'operatingRevenue', 2000],
    ['5211', 'operatingRevenue', 500],
    ['6210', 'operatingRevenue', 200],
    ['6513', 'operatingRevenue', 2000],
    ['5430', 'operatingRevenue', 2000],
    ['7721', 'operatingRevenue', 2000],
    ['8411', 'operatingRevenue', 2000],
    ['7211', 'operatingRevenue', 1000],
    ['7511', 'operatingRevenue', 1000],
    ['8391', 'operatingRevenue', 1000],
    ['7020', 'operatingRevenue', 1000],
    ['8010', 'operatingRevenue', 500],
    ['8810', 'operatingRevenue', 500],
    ['8511', 'operatingRevenue', 500],
  ] as const)('industry %s by %s: %d 万元', (industry, figure, line) => {
    const rule = 'scaleUp@statistics-undated';
    expect(verdictOf(scale(industry, figure, line), rule).outcome).toBe('eligible');
    expect(verdictOf(scale(industry, figure, line - 0.000001), rule).outcome).toBe('ineligible');
  });
  test.each([
    ['building needs its qualification, not revenue', '4710', null, 'waived', 'manual'],
    ['building with its qualification', '4710', 1, 'waived', 'met'],
    ['building without', '4710', 0, 'waived', 'unmet'],
    ['real-estate development', '7010', 1, 'waived', 'met'],
    ['finance: no line was seen', '6610', null, 'unknown', 'manual'],
    ['real estate, code too coarse', '70', null, 'unknown', 'manual'],
  ] as const)('%s', (_name, industry, qualification, revenue, expected) => {
    const json: Json = {
      ...scale(industry, 'operatingRevenue', 1),
      expertScores: { scaleUp: { qualification } },
    };
    const verdict = verdictOf(json, 'scaleUp@statistics-undated');
    expect(verdict.conditions.map((c) => c.result)).toEqual([revenue, expected]);
  });
});
