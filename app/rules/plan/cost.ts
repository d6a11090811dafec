/** What a plan costs, by the prices that its reader entered. Pure. */
import type { Changes, FigureLever } from './levers.ts';
import type { project } from './levers.ts';

/** A ten-thousand 元, in 分: amounts of a plan are whole multiples where nothing limits them. */
export const GRAIN = 1_000_000;

/** Prices in 分: of ten thousand 元 more (or less debt), of one right, of one title applied for. */
export interface Prices {
  readonly rdExpense?: number | null;
  readonly mainRevenue?: number | null;
  readonly totalLiabilities?: number | null;
  readonly equity?: number | null;
  readonly invention?: number | null;
  readonly title?: number | null;
}

export interface Cost {
  /** In 分: what has a price by it, other amounts as they are; without a price a right or a title counts nothing. */
  readonly money: number;
  readonly inventions: number;
  readonly titles: number;
}

/** Of two costs the lower: money, then rights, then titles. Negative where `a` is lower. */
export const compareCosts = (a: Cost, b: Cost): number =>
  a.money - b.money || a.inventions - b.inventions || a.titles - b.titles;

/** How much more (less debt) each figure lever takes in all, in 分. Paid debt is paid once. */
export function amountsOf(
  changes: Changes,
  before: ReturnType<typeof project>,
): Readonly<Record<FigureLever | 'equity', number>> {
  const sums = { rdExpense: 0, mainRevenue: 0, totalLiabilities: 0, equity: 0 };
  for (const [place, to] of Object.entries(changes.figures)) {
    const [year = '', key = ''] = place.split('.');
    const from = before[year]?.[key as FigureLever] ?? (key === 'totalLiabilities' ? to : 0);
    if (key === 'totalLiabilities') sums.totalLiabilities = Math.max(sums.totalLiabilities, from - to);
    else sums[key as FigureLever] += Math.max(0, to - from);
  }
  for (const amount of Object.values(changes.equity)) sums.equity += amount;
  return sums;
}

/** What changes cost over the years that {@link project} gave. */
export function costOf(changes: Changes, before: ReturnType<typeof project>, prices: Prices): Cost {
  const money = Object.entries(amountsOf(changes, before)).reduce((sum, [lever, amount]) => {
    const price = prices[lever as keyof Prices];
    return sum + (price == null ? amount : Math.ceil((amount / GRAIN) * price));
  }, 0);
  return {
    money: money + changes.inventions * (prices.invention ?? 0) + changes.titles.length * (prices.title ?? 0),
    inventions: changes.inventions,
    titles: changes.titles.length,
  };
}
