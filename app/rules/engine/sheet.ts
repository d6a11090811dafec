/** What judging writes: numbers only, one row for each condition and each part of one, reused from enterprise to enterprise. */
import type { Comparison, Outcome, Result } from './types.ts';

export const RESULTS = ['met', 'unmet', 'waived', 'unknown', 'manual'] as const satisfies readonly Result[];
export const [MET, UNMET, WAIVED, UNKNOWN, MANUAL] = [0, 1, 2, 3, 4] as const;
export const OUTCOMES = ['eligible', 'ineligible', 'undetermined'] as const satisfies readonly Outcome[];

/** Working memory of one rule: a row for each condition and each part of one. */
export interface Sheet {
  readonly result: Uint8Array;
  readonly actual: Float64Array;
  readonly required: Float64Array;
  /** What is missing in the condition's unit, 0 when met, NaN when not known. */
  readonly gap: Float64Array;
  /** The row whose numbers stand in this one: itself, or of a composed test the part that decides. */
  readonly from: Uint16Array;
  readonly pointsMin: Float64Array;
  readonly pointsMax: Float64Array;
  outcome: number;
}

/** Whether a comparison holds, from the sign of (actual − required). */
export function holds(op: Comparison, sign: number): boolean {
  return op === '>=' ? sign >= 0 : op === '>' ? sign > 0 : op === '<=' ? sign <= 0 : sign < 0;
}
