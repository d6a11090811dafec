/**
 * "If next year's figures arrive as planned": the figures of a year that is not known yet, from those of the year
 * before and the growth somebody expects. What is known of that year already stays as it is. Pure.
 */
import type { Facts } from '../facts/parse.ts';
import { FIGURE_BY_KEY, FIGURE_KEYS, type FigureKey } from '../facts/figures.ts';

export interface YearPlan {
  /** The year whose figures are planned. */
  readonly year: number;
  /** Growth of every figure that has none of its own, in hundredths of a per cent; 0 for "same as last year". */
  readonly growth: number;
  /** Growth of single figures, in hundredths of a per cent. */
  readonly figures: Readonly<Partial<Record<FigureKey, number>>>;
}

/** Least and most growth that may be asked for, in hundredths of a per cent: −100 % to +1,000 %. */
export const GROWTH_BOUNDS: readonly [number, number] = [-10_000, 100_000];

/** Hundredths of a per cent in the whole. */
const WHOLE = 10_000;

/**
 * A figure after growth, rounded half away from zero to its own unit. A loss does not grow: it stays what it was, as
 * does a score that an authority gave.
 */
export function grown(key: FigureKey, value: number, growth: number): number {
  if (value < 0 || FIGURE_BY_KEY[key].unit === 'points') return value;
  // In two parts: large amounts times ten thousand would no longer be exact.
  const [whole, rest] = [Math.floor(value / WHOLE), value % WHOLE];
  return whole * (WHOLE + growth) + Math.round((rest * (WHOLE + growth)) / WHOLE);
}

/** The facts with the planned year filled in; the same object where the year before is not known. */
export function planned(facts: Facts, { year, growth, figures }: YearPlan): Facts {
  const last = facts.years?.[String(year - 1)];
  if (!last) return facts;
  const known = facts.years?.[String(year)];
  const next: Record<string, unknown> = { ...known };
  for (const key of FIGURE_KEYS) {
    const value = last[key];
    if (next[key] == null && typeof value === 'number') next[key] = grown(key, value, figures[key] ?? growth);
  }
  return { ...facts, years: { ...facts.years, [String(year)]: next as typeof last } };
}
