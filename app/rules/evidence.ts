/** How well founded the figures are that a verdict rests on. */
import type { Input, Moment } from './engine/types.ts';
import type { FigureKey } from './facts/figures.ts';
import type { Facts } from './facts/parse.ts';
import { SOURCES, type Source } from './facts/vocabulary.ts';

export interface WeakFigure {
  readonly year: number;
  readonly figure: FigureKey;
  /** Null where the figure does not say where it comes from, which is the weakest of all. */
  readonly source: Source | null;
}

/** Place of a source from the most trusted (0) on; unstated comes after all of them. */
export const trustOf = (source: Source | null): number =>
  source === null ? SOURCES.length : SOURCES.indexOf(source);

/** The least trusted of the yearly figures among these inputs that are known; null when none of them is. */
export function weakestFigure(inputs: readonly Input[], facts: Facts, moment: Moment): WeakFigure | null {
  let found: WeakFigure | null = null;
  let worst = -1;
  for (const input of inputs) {
    if (input.kind !== 'figure') continue;
    const year = moment.year + input.offset;
    if (facts.years?.[year]?.[input.key] == null) continue;
    const source = facts.provenance[`years.${year}.${input.key}`]?.source ?? null;
    const trust = trustOf(source);
    if (trust > worst) {
      worst = trust;
      found = { year, figure: input.key, source };
    }
  }
  return found;
}
