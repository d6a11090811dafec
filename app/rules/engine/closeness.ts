/** How far an enterprise is from a title: the ranking key of candidate lists, with its reasons as data. */
import type { Unit } from '../source.ts';
import type { CompiledRule } from './compile.ts';
import { roundedGap } from './explain.ts';
import { MANUAL, RESULTS, UNKNOWN, UNMET, type Sheet } from './sheet.ts';
import type { Result } from './types.ts';

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

/**
 * What is missing of the measured conditions, in millionths of what is required, summed over the unmet ones (each at
 * most the whole); meaningless where a veto applies.
 */
export function shortfall({
  distance,
  unknown,
  manual,
}: Pick<Closeness, 'distance' | 'unknown' | 'manual'>): number {
  return Math.round((distance - unknown * OPEN - manual * BY_PERSON) * 1e6);
}

function relativeGap(gap: number, required: number): number {
  if (!(gap > 0)) return WHOLE;
  return required === 0 ? WHOLE : Math.min(WHOLE, gap / Math.abs(required));
}

/** A condition that is not met, as it is stored beside a verdict. */
export interface OpenCondition {
  readonly id: string;
  readonly result: Result;
  /** Rounded up at the digit shown; null where it is not known or has no measure. */
  readonly gap: number | null;
  readonly unit: Unit | null;
}

/** The unmet, unknown and person's conditions of a judged sheet, in the order of the text. */
export function openConditions(compiled: CompiledRule, sheet: Sheet): OpenCondition[] {
  const open: OpenCondition[] = [];
  for (const row of compiled.conditionRows) {
    const code = sheet.result[row]!;
    if (code !== UNMET && code < UNKNOWN) continue;
    const { condition } = compiled.rows[row]!;
    const { unit } = compiled.rows[sheet.from[row]!]!;
    const result = RESULTS[code]!;
    open.push({ id: condition.id, result, gap: roundedGap(result, sheet.gap[row]!, unit), unit });
  }
  return open;
}
