/** A complete enterprise of which every fact is known; tests change what they are about. */
import { parseFacts, type Facts } from '../../app/rules/facts/parse.ts';
import type { FactsInput } from '../../app/rules/facts/schema.ts';
import { assess, type AssessInput } from '../../app/rules/index.ts';
import type { Verdict } from '../../app/rules/verdict.ts';

export const ON = '2026-05-06';
export type Json = FactsInput;
type YearJson = NonNullable<NonNullable<Json['years']>[string]>;

const year = (revenue: number, more: YearJson = {}): YearJson => ({
  employees: 120,
  techStaff: 48,
  rdStaff: 48,
  salesRevenue: revenue,
  operatingRevenue: revenue,
  mainRevenue: revenue * 0.95,
  mainProductRevenue: revenue * 0.9,
  totalIncome: revenue,
  hiTechIncome: revenue * 0.8,
  rdExpense: revenue * 0.1,
  rdExpenseDomestic: revenue * 0.1,
  costAndExpenses: revenue * 0.8,
  netProfit: revenue * 0.12,
  totalAssets: revenue,
  totalLiabilities: revenue * 0.4,
  developmentScore: 75,
  ...more,
});

/** Facts of a company that meets what 高企, 科小, 创新型, 专精特新 and 小巨人 ask for. */
export function companyJson(): Json {
  return {
    name: '样例科技有限公司',
    registeredOn: '2016-03-12',
    division: '110108',
    legalPerson: true,
    residentEnterprise: true,
    industry: '3913',
    sizeIndustry: 'industry',
    techField: '1.1',
    restrictedProducts: false,
    listing: { status: 'unlisted' },
    years: {
      '2021': year(50_000_000),
      '2022': year(60_000_000),
      '2023': year(80_000_000),
      '2024': year(100_000_000),
      '2025': year(130_000_000),
      '2026': { developmentScore: 75 },
    },
    intellectualProperty: Array.from({ length: 5 }, () => ({
      kind: 'invention',
      appliedOn: '2018-01-01',
      grantedOn: '2020-01-01',
      obtainedBy: 'own',
      rightHolderRank: 1,
      relatedToMainProduct: true,
      applied: true,
      highValue: true,
    })),
    conversions: { '2023': 5, '2024': 5, '2025': 5 },
    titles: [
      { scheme: 'tsme', grantedOn: '2025-12-01', validUntil: '2026-12-31', status: 'valid' },
      { scheme: 'isme', grantedOn: '2024-12-01', validUntil: '2027-11-30', status: 'valid' },
      { scheme: 'hnte', grantedOn: '2024-12-01', validUntil: '2027-11-30', status: 'valid' },
      { scheme: 'srdi', grantedOn: '2024-12-01', validUntil: '2027-11-30', status: 'valid' },
    ],
    financing: [
      {
        closedOn: '2025-06-01',
        amount: 100_000_000,
        currency: 'CNY',
        postMoney: 1_000_000_000,
        qualifiedInvestor: true,
        cededShare: 0.1,
      },
    ],
    niche: {
      since: '2016-03-12',
      marketShare: 0.2,
      nationalRank: 1,
      globalRank: 2,
      keyField: true,
      wellKnown: true,
      ownBrand: true,
      strategicEmerging: true,
    },
    rdInstitutions: [{ level: 'provincial', recognisedOn: '2020-01-01' }],
    awards: [],
    standards: [],
    management: { informationSystem: true, certificates: ['ISO9001'], digitalLevel: 3 },
    conduct: [],
    expertScores: {
      hnte: {
        technologyAdvancement: 7,
        productSupport: 7,
        acquisition: 6,
        standards: 0,
        conversion: 28,
        rdSystem: 6,
        rdBody: 5,
        incentives: 4,
        talent: 4,
      },
      srdi: { productField: 5 },
      giant: { chain: 1 },
      champion: { newProduct: 1, technology: 1, international: 1, innovation: 1, management: 1 },
    },
    operatorScores: { srdi: { local: 10 } },
  };
}

/** The facts as rules read them; throws with the problems where they are refused. */
export function facts(json: Json): Facts {
  const parsed = parseFacts(structuredClone(json));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.facts;
}

/** The verdict on facts under one rule version. */
export function verdictOf(
  json: Json | Facts,
  rule: string,
  { on = ON, action = 'new', ...more }: Partial<AssessInput> = {},
): Verdict {
  const known = 'provenance' in json ? (json as Facts) : facts(json as Json);
  const done = assess(known, { scheme: rule.slice(0, rule.indexOf('@')), action, on, rule, ...more });
  if (!done.ok) throw new Error(done.reason);
  return done.verdict;
}

/** The result of one condition. */
export function conditionOf(verdict: Verdict, id: string): Verdict['conditions'][number] {
  const found = verdict.conditions.find((condition) => condition.id === id);
  if (!found) throw new Error(`no condition ${id}`);
  return found;
}

export type Ip = NonNullable<Json['intellectualProperty']>[number];
/** A right of class Ⅰ that the company made itself and uses. */
export const right = (more: Partial<Ip> = {}): Ip => ({
  kind: 'invention',
  grantedOn: '2020-01-01',
  obtainedBy: 'own',
  rightHolderRank: 1,
  relatedToMainProduct: true,
  applied: true,
  highValue: false,
  ...more,
});
/** So many 万元 in 元. */
export const wan = (value: number) => Math.round(value * 1_000_000) / 100;
