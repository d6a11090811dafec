/** How far an enterprise is from a title: the ranking key of candidate lists, with its reasons as data. */
import type { CompiledRule } from './compile.ts';
import { MANUAL, UNKNOWN, UNMET, type Sheet } from './sheet.ts';

export interface Closeness {
  /** 0 when nothing is unmet or open; smaller is closer. A veto lifts it above every enterprise without one. */
  readonly distance: number;
  readonly met: number;
  readonly unmet: number;
  readonly unknown: number;
  readonly manual: number;
  readonly vetoes: number;
}

/** Distance added by a condition that cannot be measured as a gap (a missing title, a veto aside). */
const WHOLE = 1;
const OPEN = 0.05;
const BY_PERSON = 0.02;
const VETO = 1000;

/**
 * Distance of a judged sheet: each unmet condition adds its gap relative to what is required (at most 1; 1 where
 * it has no measure), each unknown one 0.05, each left to a person 0.02, each veto 1000.
 */
export function closeness(compiled: CompiledRule, sheet: Sheet): Closeness {
  let distance = 0;
  let [met, unmet, unknown, manual, vetoes] = [0, 0, 0, 0, 0];
  for (const row of compiled.conditionRows) {
    const result = sheet.result[row]!;
    if (result === UNMET) {
      unmet += 1;
      if (compiled.rows[row]!.condition.veto) {
        vetoes += 1;
        distance += VETO;
      } else distance += relativeGap(sheet.gap[row]!, sheet.required[row]!);
    } else if (result === UNKNOWN) {
      unknown += 1;
      distance += OPEN;
    } else if (result === MANUAL) {
      manual += 1;
      distance += BY_PERSON;
    } else met += 1;
  }
  return { distance, met, unmet, unknown, manual, vetoes };
}

function relativeGap(gap: number, required: number): number {
  if (!(gap > 0)) return WHOLE;
  return required === 0 ? WHOLE : Math.min(WHOLE, gap / Math.abs(required));
}
