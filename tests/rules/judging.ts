/** All rules judged over one enterprise by one panel, for tests that need many verdicts. */
import { compilePanel } from '../../app/rules/engine/compile.ts';
import { OUTCOMES, RESULTS } from '../../app/rules/engine/sheet.ts';
import type { Moment, Outcome, Result } from '../../app/rules/engine/types.ts';
import type { Facts } from '../../app/rules/facts/parse.ts';
import { RULES } from '../../app/rules/index.ts';
import { MOMENT } from './points.ts';

export interface Judged {
  readonly rule: string;
  readonly outcome: Outcome;
  readonly conditions: Readonly<Record<string, Result>>;
  readonly numbers: readonly number[];
}

const panel = compilePanel(RULES);
const slots = panel.slots();
const sheets = panel.rules.map((rule) => rule.sheet());

/** Outcome, results and numbers of every rule. */
export function judgeAll(facts: Facts, moment: Moment = MOMENT): readonly Judged[] {
  panel.fill(facts, moment, slots);
  return panel.rules.map((compiled, i) => {
    const sheet = sheets[i]!;
    const outcome = OUTCOMES[compiled.judge(slots, sheet)]!;
    return {
      rule: compiled.rule.id,
      outcome,
      conditions: Object.fromEntries(
        compiled.conditionRows.map((row) => [compiled.rows[row]!.condition.id, RESULTS[sheet.result[row]!]!]),
      ),
      numbers: [...sheet.actual, ...sheet.required, ...sheet.pointsMin, ...sheet.pointsMax],
    };
  });
}

/** What a verdict may never say: eligible with an open or unmet condition, or anything but what its conditions say. */
export function contradictions(judged: readonly Judged[]): string[] {
  return judged.flatMap(({ rule, outcome, conditions }) => {
    const results = Object.values(conditions);
    const expected = results.includes('unmet')
      ? 'ineligible'
      : results.every((result) => result === 'met' || result === 'waived')
        ? 'eligible'
        : 'undetermined';
    return outcome === expected ? [] : [`${rule}: ${outcome} instead of ${expected}`];
  });
}
