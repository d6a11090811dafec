/** 创新型, 专精特新: worked examples and the points where versions differ. */
import { describe, expect, test } from 'vitest';
import { assess } from '../index.ts';
import {
  companyJson,
  conditionOf,
  facts,
  right,
  verdictOf,
  wan,
  type Ip,
  type Json,
} from '../../../tests/rules/company.ts';

const pointsOf = (json: Json, rule: string) =>
  Object.fromEntries(
    verdictOf(json, rule).score!.items.map((i) => [i.id, i.min === i.max ? i.min : [i.min, i.max]]),
  );
const groupsOf = (json: Json, rule: string) => verdictOf(json, rule).score!.groups.map((g) => g.min);
/** Nothing that meets a direct condition. */
const nothingDirect = { titles: [], awards: [], rdInstitutions: [], financing: [] } satisfies Json;

describe('创新型 (63号 annex 1)', () => {
  const company = (
    ip: Ip[],
    rd: number,
    before: number,
    debt: number,
    emerging: boolean,
    main: number,
  ): Json => ({
    ...companyJson(),
    ...nothingDirect,
    intellectualProperty: ip,
    niche: { ...companyJson().niche, strategicEmerging: emerging },
    years: {
      '2024': { mainRevenue: wan(before) },
      '2025': {
        employees: 100,
        operatingRevenue: wan(1000),
        mainRevenue: wan(main),
        rdExpense: wan(rd),
        totalAssets: wan(1000),
        totalLiabilities: wan(debt),
      },
    },
  });

  test('I1: IP 0 + R&D 5 % 20; growth 15 % 20 + debt 80 % 0; field 5 + main 55 % 10: 55 < 60', () => {
    // 550 / (550 / 1.15) − 1 = 15 %: 632.5 / 550.
    const json = company([], 57.5, 550, 920, false, 632.5);
    json.years!['2025']!.operatingRevenue = wan(1150);
    json.years!['2025']!.totalAssets = wan(1150);
    expect(groupsOf(json, 'isme@2022')).toEqual([20, 20, 15]);
    const verdict = verdictOf(json, 'isme@2022');
    expect(verdict.score!.min).toBe(55);
    expect(verdict.outcome).toBe('ineligible');
  });

  test('I3: 20 + 20; growth −1 % 0 + debt 50 % 10; 10 + 20: 80 ≥ 60, but 成长性 10 < 15', () => {
    const json = company([right({ highValue: true })], 60, 808.08, 500, true, 800);
    expect(groupsOf(json, 'isme@2022')).toEqual([40, 10, 30]);
    expect(verdictOf(json, 'isme@2022').score!.min).toBe(80);
    expect(verdictOf(json, 'isme@2022').outcome).toBe('ineligible');
  });

  test.each<[string, Partial<Json>, string]>([
    [
      'a valid 高企 title',
      {
        titles: [
          { scheme: 'hnte', grantedOn: '2024-01-01', validUntil: '2026-12-31', status: 'valid' as const },
        ],
      },
      'eligible',
    ],
    [
      'equity of 500.00 万元',
      {
        financing: [
          {
            closedOn: '2025-01-01',
            amount: wan(500),
            currency: 'CNY',
            qualifiedInvestor: true,
            cededShare: 0.3,
          },
        ],
      },
      'eligible',
    ],
    [
      'equity with 30.0001 % ceded',
      {
        financing: [
          {
            closedOn: '2025-01-01',
            amount: wan(500),
            currency: 'CNY',
            qualifiedInvestor: true,
            cededShare: 0.300001,
          },
        ],
      },
      'ineligible',
    ],
    [
      'equity by an unqualified investor',
      {
        financing: [
          {
            closedOn: '2025-01-01',
            amount: wan(500),
            currency: 'CNY',
            qualifiedInvestor: false,
            cededShare: 0.1,
          },
        ],
      },
      'ineligible',
    ],
    [
      'equity of which nothing is said of the investor',
      { financing: [{ closedOn: '2025-01-01', amount: wan(500), currency: 'CNY', cededShare: 0.1 }] },
      'undetermined',
    ],
  ])('a score of 0 with %s', (_name, more, outcome) => {
    const json = { ...company([], 0, 2000, 990, false, 100), ...more };
    expect(verdictOf(json, 'isme@2022').outcome).toBe(outcome);
  });

  test('2026-07 is judged by 63号 annex 1 still (2号文 art. 30)', () => {
    const done = assess(facts(companyJson()), { scheme: 'isme', action: 'new', on: '2026-07-15' });
    expect(done.ok ? done.verdict.rule : done.reason).toBe('isme@2022');
  });
});

describe('专精特新 (63号 annex 2)', () => {
  const base = (): Json => ({
    ...companyJson(),
    ...nothingDirect,
    operatorScores: { srdi: { local: 0 } },
    expertScores: {},
  });

  test('Z1: direct ② mean R&D of two years 1,000 万元 passes a low score; one 分 less does not', () => {
    const json = base();
    json.operatorScores = { srdi: { local: 0 } };
    json.expertScores = { srdi: { productField: 0 } };
    json.intellectualProperty = [];
    json.niche = { ...json.niche, since: '2024-05-06', ownBrand: false };
    json.management = { certificates: [], digitalLevel: 1 };
    const year = {
      ...json.years!['2025']!,
      mainRevenue: wan(12000),
      netProfit: 0,
      totalLiabilities: wan(13000),
    };
    json.years = {
      '2023': year,
      '2024': { ...year, operatingRevenue: wan(13000), rdExpense: wan(800) },
      '2025': { ...year, operatingRevenue: wan(13000), rdExpense: wan(1200) },
    };
    const verdict = verdictOf(json, 'srdi@2022');
    expect(verdict.score!.max).toBeLessThan(60);
    expect(verdict.outcome).toBe('eligible');
    json.years['2025']!.rdExpense = wan(1200) - 0.01;
    expect(verdictOf(json, 'srdi@2022').outcome).toBe('ineligible');
  });

  test('Z2: R&D 150 of 1,000: amount band 2, share 15 % ≥ 10 % band 10: the higher, 10', () => {
    const json = base();
    Object.assign(json.years!['2025']!, { operatingRevenue: wan(1000), rdExpense: wan(150) });
    expect(pointsOf(json, 'srdi@2022').rd).toBe(10);
  });

  describe('广东 2024', () => {
    /** 95 % main, growth > 10 %, ten niche years, field 5 … with the local points as wanted. */
    const scored = (local: number): Json => {
      const json = companyJson();
      json.awards = [];
      json.financing = [];
      json.operatorScores = { srdi: { local } };
      // R&D share 4 % of 1.3亿 = 520 万元 → 10; mean of two years below 1,000 万元, so no direct condition.
      json.years!['2025']!.rdExpense = wan(520);
      json.years!['2024']!.rdExpense = wan(520);
      // 5 + 10 + 5 + 0 | 5 + 5 + 10 + 5 | local | 8 + 10 + 5 + 0 without field and body
      json.expertScores = { srdi: { productField: 0 } };
      json.rdInstitutions = [];
      json.intellectualProperty = [right()];
      return json;
    };
    test('the score without local points is 68', () => {
      expect(verdictOf(scored(0), 'srdi@2022').score!.min).toBe(68);
    });
    test.each([
      [1, 'srdi@2022', 'met'],
      [1, 'srdi@guangdong-2024', 'unmet'],
      [2, 'srdi@guangdong-2024', 'met'],
    ] as const)('with %d local points under %s: %s', (local, rule, result) => {
      expect(conditionOf(verdictOf(scored(local), rule), 'score-or-direct').result).toBe(result);
    });
    test('growth is not asked of a renewal; the points are', () => {
      const json = scored(2);
      json.years!['2025']!.mainRevenue = json.years!['2024']!.mainRevenue;
      json.years!['2023']!.mainRevenue = json.years!['2024']!.mainRevenue;
      expect(conditionOf(verdictOf(json, 'srdi@guangdong-2024'), 'main-revenue-growth').result).toBe('unmet');
      expect(
        conditionOf(verdictOf(json, 'srdi@guangdong-2024', { action: 'renewal' }), 'main-revenue-growth')
          .result,
      ).toBe('waived');
    });
    test('the text is marked as to be verified', () => {
      const condition = conditionOf(verdictOf(scored(2), 'srdi@guangdong-2024'), 'score-or-direct');
      expect(condition.ruleConfidence).toBe('M-m');
    });
  });
});

describe('专精特新 (2号文 annex 1)', () => {
  /** N1: everything just at its number. */
  const n1 = (): Json => ({
    ...companyJson(),
    ...nothingDirect,
    titles: [{ scheme: 'isme', grantedOn: '2024-01-01', validUntil: '2026-12-31', status: 'valid' }],
    intellectualProperty: [right()],
    niche: { since: '2023-01-01' },
    years: {
      '2024': { employees: 50, operatingRevenue: wan(1500), rdExpense: wan(100) },
      '2025': {
        employees: 50,
        operatingRevenue: wan(1500),
        mainRevenue: wan(1200),
        rdExpense: wan(100),
        totalAssets: wan(1000),
        totalLiabilities: wan(800),
      },
      '2026': { developmentScore: 50 },
    },
  });

  test('N1: 3 years, 1,500, 80 %, 80 %, 100 and 100 (6.7 %), one Ⅰ类, score 50: all numbers met, the position for a human', () => {
    const verdict = verdictOf(n1(), 'srdi@2026');
    const open = verdict.conditions.filter((c) => c.result !== 'met').map((c) => [c.id, c.result]);
    expect(open).toEqual([['market-position', 'manual']]);
    expect(verdict.outcome).toBe('undetermined');
  });

  test('N4: two years in the niche: met by the old rule on 2026-03-31, unmet by the new on 2026-04-01', () => {
    const known = facts({ ...n1(), niche: { since: '2024-01-01' } });
    const results = ['2026-03-31', '2026-04-01'].map((on) => {
      const done = assess(known, { scheme: 'srdi', action: 'new', on });
      if (!done.ok) throw new Error(done.reason);
      return [done.verdict.rule, conditionOf(done.verdict, 'niche-years').result];
    });
    expect(results).toEqual([
      ['srdi@2022', 'met'],
      ['srdi@2026', 'unmet'],
    ]);
  });

  test.each([
    ['wellKnown, 9.99 %, rank 3', { wellKnown: true, marketShare: 0.0999, nationalRank: 3 }, 'met'],
    ['wellKnown, 10 %, rank 4', { wellKnown: true, marketShare: 0.1, nationalRank: 4 }, 'met'],
    ['not well known', { wellKnown: false, marketShare: 0.5, nationalRank: 1 }, 'unmet'],
    [
      'wellKnown, 9.99 %, rank 4: for a human',
      { wellKnown: true, marketShare: 0.0999, nationalRank: 4 },
      'manual',
    ],
    ['reputation not on record', { marketShare: 0.5, nationalRank: 1 }, 'manual'],
  ] as const)('market position: %s', (_name, niche, result) => {
    const json = { ...n1(), niche: { since: '2023-01-01', ...niche } };
    expect(conditionOf(verdictOf(json, 'srdi@2026'), 'market-position').result).toBe(result);
  });
});
