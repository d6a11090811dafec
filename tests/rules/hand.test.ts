/**
 * Twenty invented companies whose numeric conditions of 高企 (国科发火〔2016〕32号 第十一条) were worked out by hand; the
 * arithmetic is in the name. Amounts in 万元, years 2023 to 2025, application on 2026-05-06. The kinds of cases are
 * those of real annual reports: missing years, R&D above revenue, negative revenue, edges of bands, young companies.
 */
import { describe, expect, test } from 'vitest';
import { conditionOf, facts, verdictOf, type Json } from './company.ts';

type Amount = number | string | null;
type Three = readonly [Amount?, Amount?, Amount?];
interface Case {
  readonly name: string;
  readonly sales: Three;
  readonly rd: Three;
  readonly domestic?: Three;
  readonly registeredOn?: string;
  /** techStaff and employees of 2025 */
  readonly staff?: readonly [number, number];
  /** hiTechIncome and totalIncome of 2025 */
  readonly income?: readonly [Amount, Amount];
  readonly last?: Record<string, unknown>;
  /** Share expected, as dividend and divisor in 万元. */
  readonly share?: readonly [number, number];
  /** Required share. */
  readonly line?: number;
  /** What is not met; everything else is. */
  readonly but?: Readonly<Record<string, string>>;
  readonly flagged?: string;
}

const NUMERIC = [
  'registered-days',
  'tech-staff-share',
  'rd-intensity',
  'rd-domestic-share',
  'hi-tech-income-share',
];

const CASES: readonly Case[] = [
  {
    name: '150+220+300 = 670 of 2400+3200+4200 = 9800 is 6.837 %; 4200 ≤ 5000 asks 5 %; domestic 603/670 = 90 %; staff 24/80 = 30 %; income 3444/4400 = 78.27 %',
    sales: [2400, 3200, 4200],
    rd: [150, 220, 300],
    domestic: [135, 198, 270],
    staff: [24, 80],
    income: [3444, 4400],
    share: [670, 9800],
    line: 0.05,
  },
  {
    name: '40+50+60 = 150 of 900+1000+1100 = 3000 is 5 % exactly: met',
    sales: [900, 1000, 1100],
    rd: [40, 50, 60],
    share: [150, 3000],
    line: 0.05,
  },
  {
    name: '40+50+59.999999 = 149.999999 of 3000: one 分 below 5 %, unmet',
    sales: [900, 1000, 1100],
    rd: [40, 50, '59.999999'],
    line: 0.05,
    but: { 'rd-intensity': 'unmet' },
  },
  {
    name: '2025 sales 5000.00 still ask 5 % of 13500 = 675; 600 is 4.44 %: unmet',
    sales: [4000, 4500, 5000],
    rd: [200, 200, 200],
    share: [600, 13_500],
    line: 0.05,
    but: { 'rd-intensity': 'unmet' },
  },
  {
    name: '2025 sales one 分 above 5000 ask 4 % of 13500.000001 = 540.00000004; 600 is met',
    sales: [4000, 4500, '5000.000001'],
    rd: [200, 200, 200],
    line: 0.04,
  },
  {
    name: '2025 sales 20000.00 still ask 4 % of 53000 = 2120; 2119.999999 is one 分 short: unmet',
    sales: [15_000, 18_000, 20_000],
    rd: [700, 700, '719.999999'],
    line: 0.04,
    but: { 'rd-intensity': 'unmet' },
  },
  {
    name: '2025 sales one 分 above 20000 ask 3 % of 53000.000001 = 1590.00000003; 1590.000001 is met',
    sales: [15_000, 18_000, '20000.000001'],
    rd: [500, 500, '590.000001'],
    line: 0.03,
  },
  {
    name: '2025 sales one 分 above 20000 ask 3 % of 53000.000001 = 1590.00000003; 1590.00 is 0.0003 分 short: unmet',
    sales: [15_000, 18_000, '20000.000001'],
    rd: [500, 500, 590],
    line: 0.03,
    but: { 'rd-intensity': 'unmet' },
  },
  {
    name: 'R&D of 2024 not reported: not known, though 900 of 9800 would be 9.2 %',
    sales: [2400, 3200, 4200],
    rd: [400, null, 500],
    but: { 'rd-intensity': 'unknown', 'rd-domestic-share': 'unknown' },
  },
  {
    name: 'no report for 2023 at all, registered 2015: not known',
    sales: [undefined, 3200, 4200],
    rd: [undefined, 220, 300],
    but: { 'rd-intensity': 'unknown', 'rd-domestic-share': 'unknown' },
  },
  {
    name: 'registered in June 2024: 60+40 = 100 of 500+1500 = 2000 is 5 % by actual operation, met',
    registeredOn: '2024-06-18',
    sales: [undefined, 500, 1500],
    rd: [undefined, 60, 40],
    share: [100, 2000],
    line: 0.05,
  },
  {
    name: 'registered on 2025-05-07, 364 days before: one year of 39/800 = 4.875 %, both unmet',
    registeredOn: '2025-05-07',
    sales: [undefined, undefined, 800],
    rd: [undefined, undefined, 39],
    share: [39, 800],
    but: { 'registered-days': 'unmet', 'rd-intensity': 'unmet' },
  },
  {
    name: 'registered on 2025-05-06, 365 days before: 40/800 = 5 %, both met',
    registeredOn: '2025-05-06',
    sales: [undefined, undefined, 800],
    rd: [undefined, undefined, 40],
    share: [40, 800],
  },
  {
    name: 'R&D above revenue: 500+700+900 = 2100 of 100+200+300 = 600 is 350 %, met and flagged',
    sales: [100, 200, 300],
    rd: [500, 700, 900],
    share: [2100, 600],
    flagged: 'years.2023.rdExpense',
  },
  {
    name: 'negative revenue in 2023 cannot be: not known and flagged',
    sales: [-12.5, 3200, 4200],
    rd: [150, 220, 300],
    but: { 'rd-intensity': 'unknown' },
    flagged: 'years.2023.salesRevenue',
  },
  {
    name: 'R&D known to be none: 0 of 3000 is 0 %, unmet; 0/0 domestic is for a person',
    sales: [1000, 1000, 1000],
    rd: [0, 0, 0],
    share: [0, 3000],
    but: { 'rd-intensity': 'unmet', 'rd-domestic-share': 'manual' },
  },
  {
    name: 'the mean of 20 %, 3 % and 4 % would be 9 %, but 20+30+160 = 210 of 100+1000+4000 = 5100 is 4.118 %: unmet',
    sales: [100, 1000, 4000],
    rd: [20, 30, 160],
    share: [210, 5100],
    but: { 'rd-intensity': 'unmet' },
  },
  {
    name: 'averages 8.05/80.5 = 10 % exactly, met; domestic 40+60+80 = 180 of 300 = 60 % exactly, met; income 2640/4400 = 60 %, met',
    sales: [900, 1000, 1100],
    rd: [100, 100, 100],
    domestic: [40, 60, 80],
    staff: [8.05, 80.5],
    income: [2640, 4400],
    share: [300, 3000],
  },
  {
    name: '8.04/80.5 = 9.988 %, domestic 179.999999 of 300, income 2639.999999 of 4400: each the smallest unit short, unmet',
    sales: [900, 1000, 1100],
    rd: [100, 100, 100],
    domestic: [40, 60, '79.999999'],
    staff: [8.04, 80.5],
    income: ['2639.999999', 4400],
    but: { 'tech-staff-share': 'unmet', 'rd-domestic-share': 'unmet', 'hi-tech-income-share': 'unmet' },
  },
  {
    name: 'by the eight items 900 + 125 × 80 % = 1000, other min(400, 250) = 250: 1250 of 8000+8000+9000 = 25000 is 5 %; 9000 asks 4 %, met',
    sales: [8000, 8000, 9000],
    rd: [0, 0, 5000],
    domestic: [0, 0, 1250],
    last: {
      rdItems: {
        labour: '6000000',
        direct: '1000000',
        depreciation: '500000',
        amortisation: '500000',
        design: '500000',
        testing: '500000',
        commissionedDomestic: '1250000',
        commissionedAbroad: '0',
        other: '4000000',
      },
    },
    share: [1250, 25_000],
    line: 0.04,
  },
];

/** 万元 as the contract's 元: the point moved four places, as text. */
function yuan(amount: Amount | undefined): string | null {
  if (amount == null) return null;
  const [whole, decimals = ''] = String(amount).split('.') as [string, string?];
  const digits = decimals.padEnd(6, '0');
  return `${whole}${digits.slice(0, 4)}.${digits.slice(4)}`;
}

function jsonOf(c: Case): Json {
  const years: Record<string, Record<string, unknown>> = {};
  c.sales.forEach((sales, i) => {
    if (sales === undefined) return;
    const year: Record<string, unknown> = {
      salesRevenue: yuan(sales),
      rdExpense: yuan(c.rd[i]),
      rdExpenseDomestic: yuan(c.domestic ? c.domestic[i] : c.rd[i]),
    };
    if (i === 2) {
      const [techStaff, employees] = c.staff ?? [20, 100];
      const [hiTechIncome, totalIncome] = c.income ?? [80, 100];
      Object.assign(year, {
        techStaff,
        employees,
        hiTechIncome: yuan(hiTechIncome),
        totalIncome: yuan(totalIncome),
        ...c.last,
      });
    }
    years[2023 + i] = year;
  });
  return { registeredOn: c.registeredOn ?? '2015-03-12', years } as Json;
}

describe('高企 by hand', () => {
  test('there are twenty', () => expect(CASES).toHaveLength(20));

  test.each(CASES.map((c) => [c.name, c] as const))('%s', (_name, c) => {
    const verdict = verdictOf(facts(jsonOf(c)), 'hnte@2016');
    const results = Object.fromEntries(NUMERIC.map((id) => [id, conditionOf(verdict, id).result]));
    expect(results).toEqual({ ...Object.fromEntries(NUMERIC.map((id) => [id, 'met'])), ...c.but });
    const intensity = conditionOf(verdict, 'rd-intensity');
    if (c.share) expect(intensity.actual).toBeCloseTo(c.share[0] / c.share[1], 12);
    if (c.line !== undefined) expect(intensity.required).toBe(c.line);
    if (c.flagged !== undefined) expect(verdict.flags.map(({ path }) => path)).toContain(c.flagged);
  });
});
