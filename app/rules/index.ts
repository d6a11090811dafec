/** The door of the rules: facts in, verdict out. Pure: no database, no clock; the day looked at is always given. */
import { yearOf, type Day } from './day.ts';
import { compilePanel, type Panel, type PanelOptions } from './engine/compile.ts';
import { explain } from './engine/explain.ts';
import type { Action, Moment, RuleVersion } from './engine/types.ts';
import type { Facts } from './facts/parse.ts';
import { RULE_BY_ID } from './registry.ts';
import { SCHEMES } from './schemes.ts';
import { selectionHoldsUntil, selectRule } from './selection/select.ts';
import type { Verdict } from './verdict.ts';

export interface AssessInput extends PanelOptions {
  readonly scheme: string;
  readonly action: Action;
  readonly on: Day;
  /** A rule version by id instead of the one that applies. */
  readonly rule?: string;
  /** Years by which the figures lag behind those that the day asks for (see prejudge.ts). */
  readonly yearsBack?: number;
}

export type Assessment =
  { readonly ok: true; readonly verdict: Verdict } | { readonly ok: false; readonly reason: string };

/**
 * The moment of an application.
 * @param yearsBack years by which the figures lag behind those that the day asks for (see prejudge.ts)
 */
export function momentOf(
  on: Day,
  action: Action,
  operatorValues?: PanelOptions['operatorValues'],
  yearsBack = 0,
): Moment {
  return { on, year: yearOf(on) - yearsBack, action, ...(operatorValues ? { operatorValues } : {}) };
}

const panels = new Map<string, Panel>();
/** The same for values entered by operators, as long as those stand. */
const withValues = new WeakMap<NonNullable<PanelOptions['operatorValues']>, Map<string, Panel>>();

/** A panel of one rule, compiled once unless a threshold is overridden. */
function panelOf(rule: RuleVersion, { operatorValues, overrides }: PanelOptions): Panel {
  if (overrides) return compilePanel([rule], { operatorValues, overrides });
  let kept = panels;
  if (operatorValues) {
    kept = withValues.get(operatorValues) ?? new Map<string, Panel>();
    withValues.set(operatorValues, kept);
  }
  const panel = kept.get(rule.id) ?? compilePanel([rule], { operatorValues });
  kept.set(rule.id, panel);
  return panel;
}

/** Judges one enterprise under one scheme and explains it; a reason instead of a verdict where no rule applies. */
export function assess(facts: Facts, input: AssessInput): Assessment {
  const { scheme, action, on } = input;
  const selected = input.rule === undefined ? selectRule(scheme, action, on, facts.division ?? null) : null;
  if (selected && !selected.ok) return selected;
  const id = input.rule ?? selected!.rule;
  const rule = RULE_BY_ID.get(id);
  if (!rule) return { ok: false, reason: `没有名为 ${id} 的规则版本` };
  if (rule.scheme !== scheme)
    return { ok: false, reason: `规则版本 ${id} 属于 ${rule.scheme}，不属于 ${scheme}` };
  const panel = panelOf(rule, input);
  const moment = momentOf(on, action, input.operatorValues, input.yearsBack);
  const slots = panel.slots();
  const compiled = panel.rules[0]!;
  const sheet = compiled.sheet();
  panel.fill(facts, moment, slots);
  compiled.judge(slots, sheet);
  const verdict = explain({ panel, compiled, facts, moment, slots, sheet });
  const until = input.rule === undefined ? selectionHoldsUntil(scheme, action, on) : null;
  return {
    ok: true,
    verdict: until !== null && until < verdict.holdsUntil ? { ...verdict, holdsUntil: until } : verdict,
  };
}

/** Verdicts under every scheme that has a rule for the day and place; the others with the reason. */
export function assessAll(
  facts: Facts,
  input: Omit<AssessInput, 'scheme' | 'rule'>,
): { verdicts: Verdict[]; skipped: { scheme: string; reason: string }[] } {
  const verdicts: Verdict[] = [];
  const skipped: { scheme: string; reason: string }[] = [];
  for (const { id } of SCHEMES) {
    const done = assess(facts, { ...input, scheme: id });
    if (done.ok) verdicts.push(done.verdict);
    else skipped.push({ scheme: id, reason: done.reason });
  }
  return { verdicts, skipped };
}

export { SCHEMES, schemeLabel } from './schemes.ts';
export { RULES, RULE_BY_ID } from './registry.ts';
export { selectRule } from './selection/select.ts';
export { compilePanel } from './engine/compile.ts';
export type { Verdict } from './verdict.ts';
export type { Action } from './engine/types.ts';
