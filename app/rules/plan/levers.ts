/** What an enterprise can still change on its way to a title, and the facts of a year to come if it does. Pure. */
import { addMonths, addYears, yearOf, type Day } from '../day.ts';
import { FIGURE_KEYS, type FigureKey } from '../facts/figures.ts';
import type { Facts } from '../facts/parse.ts';
import type { YearFacts } from '../facts/schema.ts';

/** Figures of years not yet closed that can be raised or lowered by decision. */
export const FIGURE_LEVERS = [
  { key: 'rdExpense', direction: 1 },
  { key: 'mainRevenue', direction: 1 },
  { key: 'totalLiabilities', direction: -1 },
] as const satisfies readonly { key: FigureKey; direction: 1 | -1 }[];
export type FigureLever = (typeof FIGURE_LEVERS)[number]['key'];

/** Everything that a plan changes; the rest stays as it was in the last year, or as forecast. */
export interface Changes {
  /** By `year.key`, in 分. */
  readonly figures: Readonly<Record<string, number>>;
  /** Own class Ⅰ rights (invention patents) added. */
  readonly inventions: number;
  /** New equity by the year in which it is paid in, in 分. */
  readonly equity: Readonly<Record<string, number>>;
  readonly titles: readonly { readonly scheme: string; readonly grantedOn: Day }[];
}

export const NO_CHANGES: Changes = { figures: {}, inventions: 0, equity: {}, titles: [] };

export interface Outlook {
  /** What is known; figures of years to come that stand here are the enterprise's own forecast. */
  readonly facts: Facts;
  /** The day on which the plan is made. */
  readonly on: Day;
  /** Years until an invention applied for now is granted. */
  readonly inventionYears: number;
  /** Months until a round of financing begun now is paid in. */
  readonly equityMonths?: number;
}

/** How long a title lasts that a plan counts on: three years, renewed (复核) as often as the horizon needs. */
const TITLE_YEARS = 3 * 4;
const EQUITY_MONTHS = 6;
/** The most that an investor may take over under 63号 and 2号文: a plan's round stays within it. */
const CEDED_SHARE = 300_000;

export const grantDay = ({ on, inventionYears }: Outlook): Day => addYears(on, inventionYears);

/** The day on which a round that ends in a year is paid in; null where it cannot be done by then. */
export function equityDay({ on, equityMonths = EQUITY_MONTHS }: Outlook, year: number): Day | null {
  const ready = addMonths(on, equityMonths);
  const last: Day = `${year}-12-31`;
  return ready <= last ? last : null;
}

type Years = Readonly<Record<string, YearFacts>>;

/** Figures up to a year to come as they are without any change: forecast, else those last known. */
export function project({ facts, on }: Outlook, until: number): Years {
  const years: Record<string, YearFacts> = {};
  const known = Object.keys(facts.years ?? {}).map(Number);
  const first = Math.min(yearOf(on) - 4, ...known);
  const last: YearFacts = {};
  for (let year = first; year <= until; year += 1) {
    const given = facts.years?.[year];
    for (const key of FIGURE_KEYS) if (given?.[key] != null) last[key] = given[key];
    years[year] = year < yearOf(on) ? { ...given } : { ...last, ...withoutBlanks(given) };
  }
  return years;
}

/** The facts as they would be known with the changes made, on figures that {@link project} gave. */
export function withChanges(of: Outlook, before: Years, changes: Changes): Facts {
  const years: Record<string, YearFacts> = { ...before };
  for (const [place, value] of Object.entries(changes.figures)) change(years, before, place, value);
  const { facts } = of;
  const rounds = Object.entries(changes.equity);
  return {
    ...facts,
    years,
    ...(changes.inventions > 0 ? { intellectualProperty: rights(of, changes.inventions) } : {}),
    ...(rounds.length > 0
      ? { financing: [...(facts.financing ?? []), ...rounds.map(([year, sum]) => round(of, year, sum))] }
      : {}),
    ...(changes.titles.length > 0 ? { titles: [...(facts.titles ?? []), ...changes.titles.map(title)] } : {}),
  };
}

/** The facts of a year to come with the changes made. */
export const outlook = (of: Outlook, changes: Changes, until: number): Facts =>
  withChanges(of, project(of, until), changes);

const withoutBlanks = (figures: YearFacts | null | undefined): YearFacts =>
  Object.fromEntries(Object.entries(figures ?? {}).filter(([, value]) => value != null));

function change(years: Record<string, YearFacts>, before: Years, place: string, value: number): void {
  const [year = '', key = ''] = place.split('.');
  if (!years[year]) return;
  const figures = { ...years[year] };
  // What is spent in addition is spent at home.
  if (key === 'rdExpense' && figures.rdExpenseDomestic != null)
    figures.rdExpenseDomestic += Math.max(0, value - (figures.rdExpense ?? 0));
  figures[key as FigureLever] = value;
  years[year] = figures;
  if (key !== 'totalLiabilities') return;
  // A debt paid back stays paid back.
  const paid = (before[year]!.totalLiabilities ?? value) - value;
  for (let later = Number(year) + 1; years[later]; later += 1) {
    const owed = before[later]!.totalLiabilities;
    if (owed == null) continue;
    const left = Math.max(0, owed - paid);
    if (left < (years[later]!.totalLiabilities ?? 0))
      years[later] = { ...years[later], totalLiabilities: left };
  }
}

function rights(of: Outlook, count: number): NonNullable<Facts['intellectualProperty']> {
  const right = {
    kind: 'invention',
    appliedOn: of.on,
    grantedOn: grantDay(of),
    obtainedBy: 'own',
    transferredOn: null,
    rightHolderRank: 1,
    relatedToMainProduct: true,
    applied: true,
    usedInHnteApplicationOn: null,
  } as const;
  return [...(of.facts.intellectualProperty ?? []), ...Array.from({ length: count }, () => right)];
}

const round = (of: Outlook, year: string, amount: number) => ({
  closedOn: equityDay(of, Number(year)),
  amount,
  currency: 'CNY',
  postMoney: null,
  qualifiedInvestor: true,
  cededShare: CEDED_SHARE,
});

const title = ({ scheme, grantedOn }: Changes['titles'][number]) => ({
  scheme,
  grantedOn,
  validUntil: addYears(grantedOn, TITLE_YEARS),
  status: 'valid' as const,
});
