/** Invented enterprises for measuring: deterministic, plain facts as the database would give them. */
import { finishFacts, type Facts } from '../../app/rules/facts/parse.ts';
import type { PlainFacts } from '../../app/rules/facts/schema.ts';

/** A small repeatable generator (mulberry32): numbers in [0, 1). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** One enterprise with three years of figures; about one figure in fifty is not known. */
export function benchFacts(next: () => number, year = 2025): Facts {
  const pick = <T>(items: readonly T[]) => items[Math.floor(next() * items.length)]!;
  const gap = <T>(value: T) => (next() < 0.02 ? null : value);
  const scale = Math.exp(next() * 6) * 1_000_000;
  const years: NonNullable<PlainFacts['years']> = {};
  for (let back = 2; back >= 0; back -= 1) {
    const revenue = Math.round(scale * (1 + (2 - back) * (next() * 0.4 - 0.1)) * 100);
    const assets = Math.round(revenue * (0.5 + next()));
    const employees = Math.round(1000 + next() * 60_000);
    const rd = Math.round(revenue * next() * 0.12);
    years[year - back] = {
      employees: gap(employees),
      techStaff: gap(Math.round(employees * next() * 0.4)),
      rdStaff: gap(Math.round(employees * next() * 0.3)),
      salesRevenue: gap(revenue),
      operatingRevenue: gap(revenue),
      mainRevenue: gap(Math.round(revenue * (0.7 + next() * 0.3))),
      totalIncome: gap(Math.round(revenue * 1.02)),
      hiTechIncome: gap(Math.round(revenue * (0.4 + next() * 0.6))),
      rdExpense: gap(rd),
      rdExpenseDomestic: gap(Math.round(rd * (0.5 + next() * 0.5))),
      totalAssets: gap(assets),
      totalLiabilities: gap(Math.round(assets * next())),
      netProfit: gap(Math.round(revenue * (next() - 0.3))),
    };
  }
  years[year + 1] = { developmentScore: gap(Math.round(3000 + next() * 6000)) };
  const plain: PlainFacts = {
    uscc: null,
    name: '示例企业',
    registeredOn: gap(`${2005 + Math.floor(next() * 20)}-0${1 + Math.floor(next() * 9)}-15`),
    legalPerson: true,
    residentEnterprise: gap(true),
    industry: pick(['3990', '6513', '3670', '7320']),
    techField: gap('1.1'),
    restrictedProducts: false,
    years,
    intellectualProperty: Array.from({ length: Math.floor(next() * 6) }, () => ({
      kind: pick(['invention', 'utilityModel', 'softwareCopyright'] as const),
      appliedOn: '2019-03-01',
      grantedOn: gap('2021-05-01'),
      obtainedBy: pick(['own', 'own', 'transfer'] as const),
      transferredOn: null,
      rightHolderRank: gap(1),
      relatedToMainProduct: gap(true),
      applied: gap(next() < 0.8),
      usedInHnteApplicationOn: null,
    })),
    titles:
      next() < 0.5
        ? []
        : [
            {
              scheme: pick(['tsme', 'isme', 'hnte']),
              grantedOn: '2024-06-01',
              validUntil: '2027-05-31',
              status: 'valid',
            },
          ],
    financing:
      next() < 0.9
        ? []
        : [
            {
              closedOn: '2024-05-01',
              amount: 3_000_000_000,
              currency: 'CNY',
              qualifiedInvestor: true,
              cededShare: 100_000,
            },
          ],
    niche: {
      since: gap('2016-01-01'),
      marketShare: gap(Math.round(next() * 300_000)),
      nationalRank: null,
      keyField: gap(true),
      wellKnown: gap(next() < 0.7),
    },
    rdInstitutions: [],
    awards: [],
    conduct: next() < 0.97 ? [] : [{ kind: 'safety', severity: 'major', on: '2025-10-01', until: null }],
  };
  return finishFacts(plain, {});
}

export function benchPopulation(size: number, seed = 7): Facts[] {
  const next = random(seed);
  return Array.from({ length: size }, () => benchFacts(next));
}
