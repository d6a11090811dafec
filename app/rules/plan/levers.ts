/** What an enterprise can still change on its way to a title, and the facts of a year to come if it does. Pure. */
import { addYears, yearOf, type Day } from '../day.ts';
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

/** Everything that a plan changes; the rest stays as it was in the last year. */
export interface Changes {
  /** By `year.key`, in 分. */
  readonly figures: Readonly<Record<string, number>>;
  /** Own class Ⅰ rights (invention patents) added. */
  readonly inventions: number;
  readonly titles: readonly { readonly scheme: string; readonly grantedOn: Day }[];
}

export const NO_CHANGES: Changes = { figures: {}, inventions: 0, titles: [] };

export interface Outlook {
  readonly facts: Facts;
  /** The day on which the plan is made. */
  readonly on: Day;
  /** Years until an invention applied for now is granted. */
  readonly inventionYears: number;
}

/** How long a title lasts that a plan counts on: three years, renewed (复核) as often as the horizon needs. */
const TITLE_YEARS = 3 * 4;

export const grantDay = ({ on, inventionYears }: Outlook): Day => addYears(on, inventionYears);

/** The facts as they would be known in a year to come: figures stay at the last known ones unless changed. */
export function outlook(of: Outlook, changes: Changes, until: number): Facts {
  const { facts, on } = of;
  const years: Record<string, YearFacts> = {};
  const known = Object.keys(facts.years ?? {}).map(Number);
  const first = Math.min(yearOf(on) - 4, ...known);
  const last: YearFacts = {};
  for (let year = first; year <= until; year += 1) {
    const given = facts.years?.[year];
    for (const key of FIGURE_KEYS) if (given?.[key] != null) last[key] = given[key];
    years[year] = year < yearOf(on) ? { ...given } : { ...last, ...withoutBlanks(given) };
  }
  for (const [place, value] of Object.entries(changes.figures)) change(years, place, value);
  return {
    ...facts,
    years,
    ...(changes.inventions > 0 ? { intellectualProperty: rights(of, changes.inventions) } : {}),
    ...(changes.titles.length > 0 ? { titles: [...(facts.titles ?? []), ...changes.titles.map(title)] } : {}),
  };
}

const withoutBlanks = (figures: YearFacts | null | undefined): YearFacts =>
  Object.fromEntries(Object.entries(figures ?? {}).filter(([, value]) => value != null));

function change(years: Record<string, YearFacts>, place: string, value: number): void {
  const [year = '', key = ''] = place.split('.');
  const figures = years[year];
  if (!figures) return;
  // What is spent in addition is spent at home.
  if (key === 'rdExpense' && figures.rdExpenseDomestic != null)
    figures.rdExpenseDomestic += Math.max(0, value - (figures.rdExpense ?? 0));
  figures[key as FigureLever] = value;
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

const title = ({ scheme, grantedOn }: Changes['titles'][number]) => ({
  scheme,
  grantedOn,
  validUntil: addYears(grantedOn, TITLE_YEARS),
  status: 'valid' as const,
});
