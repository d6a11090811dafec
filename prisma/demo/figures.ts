/** The statements of a year, made from an enterprise's proportions; money in 分, persons in hundredths. */
import type { YearFacts } from '../../app/rules/facts/schema.ts';
import type { Profile } from './profile.ts';
import type { Random } from './random.ts';

const yuan = (amount: number) => Math.round(amount * 100);
/** The part of an amount, cut off so that a share never comes out above what was meant. */
const partOf = (amount: number, share: number) => Math.floor(amount * share);
const persons = (count: number) => Math.max(1, Math.round(count)) * 100;

/** Revenue of each fiscal year in 元, from the last one back as far as the company existed. */
export function revenues(profile: Profile, last: number, first: number): Map<number, number> {
  const list = new Map<number, number>();
  let revenue = profile.revenue;
  for (let year = last; year >= first; year -= 1) {
    list.set(year, revenue);
    revenue /= 1 + (profile.growth[last - year] ?? 0.1);
  }
  return list;
}

/** Every figure of one year, from the audited statements. */
export function yearFigures(random: Random, p: Profile, revenue: number, age: number): YearFacts {
  const vary = (share: number) => share * (1 + random.normal(0, p.variation));
  const operatingRevenue = yuan(revenue);
  const other = random.chance(0.2) ? partOf(operatingRevenue, random.between(0, 0.004)) : 0;
  const salesRevenue = operatingRevenue - other;
  const mainRevenue = partOf(operatingRevenue, p.main);
  const totalIncome = operatingRevenue + partOf(operatingRevenue, random.between(0, 0.035));
  const rdExpense = partOf(salesRevenue, Math.min(0.9, Math.max(0, vary(p.research))));
  const employees = persons(Math.max(4, vary(revenue / p.perHead)));
  const techStaff = Math.floor((employees * p.techStaff) / 100) * 100;
  const totalAssets = yuan(revenue * (0.7 + 0.12 * Math.min(10, age)) * random.logNormal(1, 0.3));
  const netProfit = partOf(operatingRevenue, p.margin + random.normal(0, 0.015));
  return {
    employees,
    techStaff,
    rdStaff: Math.floor((techStaff * random.between(0.7, 1)) / 100) * 100,
    operatingRevenue,
    salesRevenue,
    mainRevenue,
    mainProductRevenue: partOf(mainRevenue, random.between(0.72, 0.99)),
    totalIncome,
    hiTechIncome: partOf(totalIncome, p.hiTech),
    rdExpense,
    rdExpenseDomestic: partOf(rdExpense, p.domestic),
    costAndExpenses: Math.max(1, operatingRevenue - Math.round(netProfit * 1.12)),
    netProfit,
    totalAssets,
    totalLiabilities: partOf(totalAssets, p.debt),
  };
}
