/**
 * 预判: judging an application before the figures of its last year are there. The law, the ages and the titles are
 * those of the day of application; only the yearly figures are taken one or two years further back, so that the last
 * complete year stands where the rule asks for the last year. Whoever shows such a verdict says which year it rests on.
 */
import { yearOf, type Day } from './day.ts';
import type { YearFacts } from './facts/schema.ts';
import type { Facts } from './facts/parse.ts';

/** Years looked back for a complete one; older figures say nothing about an application. */
export const MOST_YEARS_BACK = 2;

/** A year counts as reported when a revenue of it is known: every rule on figures reads one. */
const REVENUES = ['salesRevenue', 'operatingRevenue', 'mainRevenue', 'totalIncome'] as const;

const isReported = (year: YearFacts | null | undefined): boolean =>
  year != null && REVENUES.some((key) => year[key] != null);

/** By how many years the figures known lag behind those that the day asks for; 0 where they are there, or none is. */
export function yearsBack(facts: Pick<Facts, 'years'>, on: Day): number {
  const last = yearOf(on) - 1;
  for (let back = 0; back <= MOST_YEARS_BACK; back += 1) {
    if (isReported(facts.years?.[last - back])) return back;
  }
  return 0;
}
