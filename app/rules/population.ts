/** Judging a whole park: every scheme for every enterprise, compiled once, the selection remembered per place. */
import type { Day } from './day.ts';
import { closeness, openConditions, type Closeness, type OpenCondition } from './engine/closeness.ts';
import { compilePanel, type CompiledRule, type PanelOptions } from './engine/compile.ts';
import { dayBefore, nextTurn, yearEnd } from './engine/explain.ts';
import { OUTCOMES } from './engine/sheet.ts';
import type { Action, Outcome } from './engine/types.ts';
import type { Facts } from './facts/parse.ts';
import { momentOf } from './index.ts';
import { RULES } from './registry.ts';
import { SCHEMES } from './schemes.ts';
import { weakestFigure, type WeakFigure } from './evidence.ts';
import { selectionHoldsUntil, selectRule } from './selection/select.ts';

/** One verdict in short; the explanation is rendered anew when somebody looks. */
export interface Judgement extends Closeness {
  readonly scheme: string;
  readonly action: Action;
  readonly rule: string;
  readonly outcome: Outcome;
  /** The conditions that are not met. */
  readonly gaps: readonly OpenCondition[];
  readonly holdsUntil: Day;
  /** Where the least founded of the figures read comes from; only where evidence was asked for. */
  readonly weakest: WeakFigure | null;
}

/**
 * Judges one enterprise under all schemes that have a rule for the day and its place.
 * @param yearsBack years by which its figures lag behind those that the day asks for
 */
export type Judge = (facts: Facts, action: Action, yearsBack?: number) => Judgement[];

export interface PopulationOptions extends PanelOptions {
  /** Only these schemes; all of them where absent. */
  readonly schemes?: readonly string[];
  /** Say which figure is the least founded. */
  readonly evidence?: boolean;
}

/** Compiles every rule that some place may need on the day; the judge returned is for that day only. */
export function populationJudge(on: Day, options: PopulationOptions = {}): Judge {
  const wanted = (scheme: string) => options.schemes === undefined || options.schemes.includes(scheme);
  const panel = compilePanel(
    RULES.filter((rule) => wanted(rule.scheme)),
    options,
  );
  const byId = new Map(panel.rules.map((compiled) => [compiled.rule.id, compiled]));
  const sheets = new Map(panel.rules.map((compiled) => [compiled, compiled.sheet()]));
  const slots = panel.slots();
  const selected = new Map<string, CompiledRule[]>();

  const rulesFor = (division: string | null, action: Action): CompiledRule[] => {
    const key = `${action} ${division ?? ''}`;
    let known = selected.get(key);
    if (!known) {
      known = SCHEMES.filter(({ id }) => wanted(id)).flatMap(({ id }) => {
        const found = selectRule(id, action, on, division);
        return found.ok ? [byId.get(found.rule)!] : [];
      });
      selected.set(key, known);
    }
    return known;
  };
  const until = new Map<string, Day | null>();
  const selectionUntil = (scheme: string, action: Action) => {
    const key = `${scheme} ${action}`;
    if (!until.has(key)) until.set(key, selectionHoldsUntil(scheme, action, on));
    return until.get(key)!;
  };

  // Inputs that turn by themselves, and the day on which each does, found once per enterprise for all rules.
  const turning = panel.inputs.flatMap((input, slot) =>
    input.kind === 'feature' && input.feature.turns ? [{ input, slot }] : [],
  );
  const turnAt: Day[] = panel.inputs.map(() => '');
  const turningOf = new Map(
    panel.rules.map((compiled) => [
      compiled,
      turning.map(({ slot }) => slot).filter((slot) => compiled.slots.includes(slot)),
    ]),
  );

  return (facts, action, yearsBack = 0) => {
    const moment = momentOf(on, action, options.operatorValues, yearsBack);
    panel.fill(facts, moment, slots);
    for (const { input, slot } of turning) turnAt[slot] = nextTurn(input, facts, moment);
    return rulesFor(facts.division ?? null, action).map((compiled) => {
      const sheet = sheets.get(compiled)!;
      const outcome = OUTCOMES[compiled.judge(slots, sheet)]!;
      let turn = yearEnd(moment);
      for (const slot of turningOf.get(compiled)!) if (turnAt[slot]! < turn) turn = turnAt[slot]!;
      const last = dayBefore(turn);
      const selection = selectionUntil(compiled.rule.scheme, action);
      return {
        scheme: compiled.rule.scheme,
        action,
        rule: compiled.rule.id,
        outcome,
        ...closeness(compiled, sheet),
        gaps: openConditions(compiled, sheet),
        holdsUntil: selection !== null && selection < last ? selection : last,
        weakest: options.evidence
          ? weakestFigure(
              compiled.slots.map((slot) => panel.inputs[slot]!),
              facts,
              moment,
            )
          : null,
      };
    });
  };
}

/** A text that changes whenever a rule version does. */
export const rulesText = (): string => JSON.stringify([ENGINE, RULES]);

/** Raised when the engine judges the same rules and facts differently, or more is kept beside a verdict, than before. */
const ENGINE = 3;
