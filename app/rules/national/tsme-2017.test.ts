import { describe, expect, test } from 'vitest';
import { conditionOf, type Json, verdictOf } from '../../../tests/rules/company.ts';

const RULE = 'tsme@2017';
type Ip = NonNullable<Json['intellectualProperty']>[number];
const rights = (one: number, two: number): Ip[] =>
  [...Array<Ip['kind']>(one).fill('invention'), ...Array<Ip['kind']>(two).fill('utilityModel')].map(
    (kind) => ({
      kind,
      grantedOn: '2020-01-01',
      obtainedBy: 'own',
      relatedToMainProduct: true,
    }),
  );

/** A company of which everything is known and nothing confirms directly. */
const company = (year: NonNullable<Json['years']>[string], ip: Ip[]): Json => ({
  residentEnterprise: true,
  restrictedProducts: false,
  conduct: [],
  titles: [],
  awards: [],
  standards: [],
  rdInstitutions: [],
  intellectualProperty: ip,
  years: { '2025': { totalAssets: 63_000_000, ...year } },
});
const points = (json: Json) =>
  Object.fromEntries(
    verdictOf(json, RULE).score!.items.map((i) => [i.id, i.min === i.max ? i.min : [i.min, i.max]]),
  );

const companyA = () =>
  company(
    {
      employees: 80,
      techStaff: 24,
      salesRevenue: 42_000_000,
      rdExpense: 3_000_000,
      costAndExpenses: 33_600_000,
    },
    rights(2, 3),
  );

test('T1: 24/80 = 30 % → 20; 300/4200 = 7.14 % → 50; Ⅰ ≥ 1 → 30; 100 in all', () => {
  const verdict = verdictOf(companyA(), RULE);
  expect(points(companyA())).toEqual({
    'tech-staff': 20,
    'rd-per-sales': 50,
    'rd-per-cost': 0,
    achievements: 30,
  });
  expect([verdict.score!.min, verdict.score!.max]).toEqual([100, 100]);
  expect(verdict.outcome).toBe('eligible');
});

test('T3: technical staff 9 %: 0 + 50 + 30 = 80 ≥ 60, but the item is 0, so it fails', () => {
  const verdict = verdictOf(
    company(
      {
        employees: 100,
        techStaff: 9,
        salesRevenue: 50_000_000,
        rdExpense: 3_000_000,
        costAndExpenses: 40_000_000,
      },
      rights(1, 0),
    ),
    RULE,
  );
  expect(verdict.score!.min).toBe(80);
  expect(conditionOf(verdict, 'score-or-direct').result).toBe('unmet');
  expect(verdict.outcome).toBe('ineligible');
});

describe('T4: the better of the two R&D items counts, both are shown', () => {
  // 250/10000 = 2.5 % of sales; 250/1562.5 = 16 % of cost.
  const figures = { employees: 100, techStaff: 25, salesRevenue: 100_000_000, rdExpense: 2_500_000 };
  test('with cost 1,562.5 万元: 16 + max(10, 20) + 24 = 60, passes', () => {
    const json = company({ ...figures, costAndExpenses: 15_625_000 }, rights(0, 4));
    expect(points(json)).toEqual({
      'tech-staff': 16,
      'rd-per-sales': 10,
      'rd-per-cost': 20,
      achievements: 24,
    });
    const verdict = verdictOf(json, RULE);
    expect(verdict.score!.min).toBe(60);
    expect(verdict.outcome).toBe('eligible');
  });
  test('with cost 10,000 万元 (2.5 % → 0): 16 + max(10, 0) + 24 = 50, fails', () => {
    const verdict = verdictOf(company({ ...figures, costAndExpenses: 100_000_000 }, rights(0, 4)), RULE);
    expect(verdict.score!.max).toBe(50);
    expect(verdict.outcome).toBe('ineligible');
  });
  test('with cost unknown: at least 50, at most 90, so for a person or a figure', () => {
    const verdict = verdictOf(company(figures, rights(0, 4)), RULE);
    expect([verdict.score!.min, verdict.score!.max]).toEqual([50, 90]);
    expect(verdict.outcome).toBe('undetermined');
  });
});

describe('T7: direct confirmation, art. 8', () => {
  const nothing = () =>
    company(
      { employees: 100, techStaff: 0, salesRevenue: 50_000_000, rdExpense: 0, costAndExpenses: 40_000_000 },
      [],
    );
  const hnte = {
    scheme: 'hnte',
    grantedOn: '2024-12-01',
    validUntil: '2027-11-30',
    status: 'valid' as const,
  };
  const science = { kind: 'scienceAndTechnology' as const, level: 'national' as const, on: '2023-01-01' };

  test.each([
    ['nothing', {}, 'unmet'],
    ['a valid 高企 certificate', { titles: [hnte] }, 'met'],
    [
      'a 高企 certificate that ended the day before',
      { titles: [{ ...hnte, validUntil: '2026-05-05' }] },
      'unmet',
    ],
    ['a 高企 certificate on its last day', { titles: [{ ...hnte, validUntil: '2026-05-06' }] }, 'met'],
    ['a national award, third', { awards: [{ ...science, rank: 3 }] }, 'met'],
    ['a national award, fourth', { awards: [{ ...science, rank: 4 }] }, 'unmet'],
    ['a provincial award', { awards: [{ ...science, level: 'provincial' as const, rank: 1 }] }, 'unmet'],
    [
      'a provincial R&D body',
      { rdInstitutions: [{ level: 'provincial' as const, recognisedOn: '2020-01-01' }] },
      'met',
    ],
    [
      'a municipal R&D body',
      { rdInstitutions: [{ level: 'municipal' as const, recognisedOn: '2020-01-01' }] },
      'unmet',
    ],
    [
      'an industry standard led',
      { standards: [{ level: 'industry' as const, role: 'lead' as const, on: '2024-01-01' }] },
      'met',
    ],
    [
      'a standard only joined',
      { standards: [{ level: 'industry' as const, role: 'participate' as const, on: '2024-01-01' }] },
      'unmet',
    ],
    [
      'a group standard led',
      { standards: [{ level: 'group' as const, role: 'lead' as const, on: '2024-01-01' }] },
      'unmet',
    ],
    ['titles not known', { titles: null }, 'unknown'],
  ])('with %s', (_name, more, result) => {
    const verdict = verdictOf({ ...nothing(), ...more }, RULE);
    expect(verdict.score!.max).toBe(0);
    expect(conditionOf(verdict, 'score-or-direct').result).toBe(result);
  });

  test('art. 6 (一) to (四) are still required: 501 people', () => {
    const json = { ...nothing(), titles: [hnte] };
    json.years!['2025']!.employees = 501;
    const verdict = verdictOf(json, RULE);
    expect(conditionOf(verdict, 'staff-limit')).toMatchObject({ result: 'unmet', gap: 1, comparison: '<=' });
    expect(verdict.outcome).toBe('ineligible');
  });
});

test('the bases of the scheme come first: 加计扣除 R&D and staff of six months', () => {
  const json = companyA();
  Object.assign(json.years!['2025']!, { rdExpenseBy: { deduction: 2_520_000 }, techStaffBy: { tsme: 20 } });
  // 252/4200 = 6 % exactly → 50; 20/80 = 25 % exactly → 16.
  expect(points(json)).toMatchObject({ 'tech-staff': 16, 'rd-per-sales': 50 });
});

describe('art. 6 (四): the filing year and the year before', () => {
  test.each([
    ['on 2024-12-31', '2024-12-31', 'met'],
    ['on 2025-01-01', '2025-01-01', 'unmet'],
    ['in the filing year', '2026-05-01', 'unmet'],
  ] as const)('a major safety accident %s', (_name, on, result) => {
    const json = { ...companyA(), conduct: [{ kind: 'safety' as const, severity: 'major' as const, on }] };
    const verdict = verdictOf(json, RULE);
    expect(conditionOf(verdict, 'clean-record').result).toBe(result);
    expect(verdict.vetoes.map((v) => v.id)).toEqual(result === 'unmet' ? ['clean-record'] : []);
  });
  test.each([
    ['still on the list', null, 'unmet'],
    ['off the list since yesterday', '2026-05-05', 'met'],
  ] as const)('经营异常名录: %s', (_name, until, result) => {
    const json = { ...companyA(), conduct: [{ kind: 'abnormalList' as const, on: '2020-01-01', until }] };
    expect(conditionOf(verdictOf(json, RULE), 'clean-record').result).toBe(result);
  });
});
