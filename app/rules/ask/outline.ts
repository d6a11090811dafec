/** Verdicts in outline, for every keystroke: standing, what is missed and what would do. No explanation is made. */
import { inputId, type CompiledRule } from '../engine/compile.ts';
import { inverseOf, placesOf } from '../engine/inverse.ts';
import type { Judged } from '../engine/judged.ts';
import { roundedGap } from '../engine/explain.ts';
import { MET, OUTCOMES, UNKNOWN, UNMET, WAIVED } from '../engine/sheet.ts';
import { momentOf, schemeLabel } from '../index.ts';
import { boardOf, type AskInput } from './ask.ts';
import { inputsIn } from './reach.ts';
import { standingFrom, type Standing } from './standing.ts';

export interface Outline {
  readonly scheme: string;
  readonly label: string;
  readonly standing: Standing;
  /** Conditions missed, the first few, with the one figure that would do. */
  readonly missed: readonly {
    readonly id: string;
    readonly label: string;
    readonly inverse: string | null;
  }[];
}

/** So many conditions missed are named. */
const MOST_NAMED = 4;

/** The same standings as the full verdicts give, in the order of the schemes: nothing jumps while one types. */
export function outlinesOf(input: Omit<AskInput, 'answered' | 'thorough'>): Outline[] {
  const { facts, on, operatorValues } = input;
  const { panel, targets, slots } = boardOf(input);
  const moment = momentOf(on, 'new', operatorValues);
  panel.fill(facts, moment, slots);
  return targets.map(({ scheme, compiled, sheet }): Outline => {
    const { rows, conditionRows } = compiled;
    compiled.judge(slots, sheet);
    const of = (...results: number[]) => conditionRows.filter((row) => results.includes(sheet.result[row]!));
    const unmet = of(UNMET);
    const judged = { panel, compiled, facts, moment, slots, sheet };
    return {
      scheme,
      label: schemeLabel(scheme),
      standing: standingFrom({
        outcome: OUTCOMES[sheet.outcome]!,
        vetoed: unmet.some((row) => rows[row]!.condition.veto),
        unmet: unmet.map((row) => {
          const { unit } = rows[row]!;
          const required = sheet.required[row]!;
          return {
            gap: roundedGap('unmet', sheet.gap[row]!, unit),
            required: unit === 'boolean' || Number.isNaN(required) ? null : required,
          };
        }),
        fine: of(MET, WAIVED).length,
        unknown: of(UNKNOWN).length,
      }),
      missed: unmet.slice(0, MOST_NAMED).map((row) => {
        const { id, label } = rows[row]!.condition;
        return { id, label, inverse: inverseText(judged, row) };
      }),
    };
  });
}

/** What was last found for a row, and the values that it was found with. */
interface Last {
  readonly slots: readonly number[];
  readonly values: Float64Array;
  text: string | null;
}
const lastOf = new WeakMap<CompiledRule, Map<number, Last>>();

/** What would meet a row, found anew only where something that it reads has changed. */
function inverseText(judged: Judged, row: number): string | null {
  const { compiled, panel, slots } = judged;
  const rows = lastOf.get(compiled) ?? new Map<number, Last>();
  lastOf.set(compiled, rows);
  let last = rows.get(row);
  if (!last) {
    const places = placesOf(panel);
    const own = inputsIn(compiled.rows[row]!.part.test).map((input) => places.get(inputId(input))!);
    last = { slots: own, values: new Float64Array(own.length).fill(-1), text: null };
    rows.set(row, last);
  }
  const { slots: own, values } = last;
  if (own.every((slot, i) => Object.is(values[i], slots[slot]))) return last.text;
  own.forEach((slot, i) => (values[i] = slots[slot]!));
  return (last.text = inverseOf(judged, row)?.text ?? null);
}
