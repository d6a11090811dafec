/** The verdict in short, for whole populations: outcome, counts, distance and gaps, without the explanation. Pure. */
import type { Day } from './day.ts';
import { closeness, type Closeness } from './engine/closeness.ts';
import { compilePanel, type CompiledRule, type Panel } from './engine/compile.ts';
import { ceilAt } from './engine/exact.ts';
import { holdsUntil } from './engine/explain.ts';
import { OUTCOMES, RESULTS, type Sheet } from './engine/sheet.ts';
import type { Action, Outcome, Result, Test, Threshold } from './engine/types.ts';
import type { Facts } from './facts/parse.ts';
import { momentOf } from './index.ts';
import { RULE_BY_ID } from './registry.ts';
import { selectionHoldsUntil, selectRule } from './selection/select.ts';
import type { Unit } from './source.ts';

/** A condition that is not met. */
export interface Gap {
  readonly id: string;
  readonly result: Result;
  /** What is missing in the unit; null where it has no measure or is not known. */
  readonly gap: number | null;
  readonly unit: Unit | null;
}

export interface Summary extends Closeness {
  readonly rule: string;
  readonly outcome: Outcome;
  readonly gaps: readonly Gap[];
  readonly holdsUntil: Day;
}

/** The unit in which a test measures; null where it does not. */
export function unitOfTest(test: Test): Unit | null {
  switch (test.kind) {
    case 'compare':
      return thresholdUnit(test.threshold);
    case 'waivable':
      return unitOfTest(test.test.test);
    case 'all':
    case 'any':
      return test.of[0] ? unitOfTest(test.of[0].test) : null;
    case 'score':
      return 'points';
    default:
      return null;
  }
}

function thresholdUnit(threshold: Threshold): Unit | null {
  if (threshold.kind === 'fixed') return threshold.param.unit;
  const first = threshold.kind === 'banded' ? threshold.bands[0]?.param : threshold.of[0];
  return first?.unit ?? null;
}

interface Bench {
  panel: Panel;
  compiled: CompiledRule;
  slots: ReturnType<Panel['slots']>;
  sheet: Sheet;
  units: readonly (Unit | null)[];
}

function benchOf(rule: string): Bench {
  const panel = compilePanel([RULE_BY_ID.get(rule)!]);
  const compiled = panel.rules[0]!;
  const units = compiled.rows.map((row) => unitOfTest(row.part.test));
  return { panel, compiled, slots: panel.slots(), sheet: compiled.sheet(), units };
}

const DIGITS: Partial<Record<Unit, number>> = { ratio: 6 };

function gapsOf({ compiled, sheet, units }: Bench): Gap[] {
  const gaps: Gap[] = [];
  for (const row of compiled.conditionRows) {
    const result = RESULTS[sheet.result[row]!]!;
    if (result === 'met' || result === 'waived') continue;
    const unit = units[row] ?? null;
    const gap = sheet.gap[row]!;
    const measured = result === 'unmet' && unit !== null && gap > 0;
    const { id } = compiled.rows[row]!.condition;
    gaps.push({ id, result, gap: measured ? ceilAt(gap, DIGITS[unit] ?? 2) : null, unit });
  }
  return gaps;
}

/**
 * A judge of many enterprises under one scheme, action and day. The rule version is chosen for each by its place;
 * null where none applies. Working memory is reused from one enterprise to the next.
 */
export function summariser(scheme: string, action: Action, on: Day): (facts: Facts) => Summary | null {
  const benches = new Map<string, Bench>();
  const moment = momentOf(on, action);
  const until = selectionHoldsUntil(scheme, action, on);
  return (facts) => {
    const selected = selectRule(scheme, action, on, facts.division ?? null);
    if (!selected.ok) return null;
    let bench = benches.get(selected.rule);
    if (!bench) benches.set(selected.rule, (bench = benchOf(selected.rule)));
    const { panel, compiled, slots, sheet } = bench;
    panel.fill(facts, moment, slots);
    compiled.judge(slots, sheet);
    const holds = holdsUntil({ panel, compiled, facts, moment });
    return {
      rule: selected.rule,
      outcome: OUTCOMES[sheet.outcome]!,
      ...closeness(compiled, sheet),
      gaps: gapsOf(bench),
      holdsUntil: until !== null && until < holds ? until : holds,
    };
  };
}
