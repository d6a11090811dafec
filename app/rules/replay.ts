/**
 * A loaded park under two readings of the law: who stays, gains, loses, never had it, and which condition decides.
 * Either two rule versions, or one version with other thresholds. Pure; the park is loaded once and kept warm.
 */
import type { Columns } from './engine/columns.ts';
import { compilePanel, inputId, type CompiledRule, type PanelOptions } from './engine/compile.ts';
import { testParams } from './engine/walk.ts';
import type { Slots } from './engine/quantity.ts';
import { UNKNOWN, UNMET } from './engine/sheet.ts';
import type { RuleVersion } from './engine/types.ts';

/** Outcomes as in OUTCOMES: 0 eligible, 1 ineligible, 2 undetermined. */
export interface Reading {
  readonly rule: RuleVersion;
  /** Result of each condition of each enterprise, enterprise by enterprise. */
  readonly results: Uint8Array;
  readonly outcomes: Uint8Array;
}

/** Judges the whole park under one version. */
export function readPark(columns: Columns, rule: RuleVersion, options: PanelOptions = {}): Reading {
  const { compiled, each } = overColumns(columns, rule, options);
  const width = compiled.conditionRows.length;
  const results = new Uint8Array(columns.count * width);
  const outcomes = new Uint8Array(columns.count);
  const sheet = compiled.sheet();
  each((slots, i) => {
    outcomes[i] = compiled.judge(slots, sheet);
    for (let c = 0; c < width; c += 1) results[i * width + c] = sheet.result[compiled.conditionRows[c]!]!;
  });
  return { rule, results, outcomes };
}

/**
 * The park under the same version with other thresholds (by parameter id): only the conditions that compare with
 * them are judged again, so that the answer comes while one moves a slider.
 */
export function whatIf(
  columns: Columns,
  before: Reading,
  overrides: NonNullable<PanelOptions['overrides']>,
  operatorValues?: PanelOptions['operatorValues'],
): Reading {
  const { rule } = before;
  const changed = rule.conditions.flatMap((condition, c) =>
    testParams(condition.test).some((param) => param.id in overrides) ? [c] : [],
  );
  if (changed.length === 0) return before;
  const width = rule.conditions.length;
  const partial = overColumns(
    columns,
    { ...rule, conditions: changed.map((c) => rule.conditions[c]!), advice: [] },
    { overrides, operatorValues },
  );
  const results = before.results.slice();
  const outcomes = new Uint8Array(columns.count);
  const sheet = partial.compiled.sheet();
  partial.each((slots, i) => {
    partial.compiled.judge(slots, sheet);
    for (let k = 0; k < changed.length; k += 1)
      results[i * width + changed[k]!] = sheet.result[partial.compiled.conditionRows[k]!]!;
    outcomes[i] = outcomeOf(results, i * width, width);
  });
  return { rule, results, outcomes };
}

function outcomeOf(results: Uint8Array, from: number, width: number): number {
  let open = 0;
  for (let at = from; at < from + width; at += 1) {
    const code = results[at]!;
    if (code === UNMET) return 1;
    if (code >= UNKNOWN) open = 2;
  }
  return open;
}

/** Compiles a version so that it reads the columns it needs straight out of the loaded ones. */
function overColumns(
  columns: Columns,
  rule: RuleVersion,
  options: PanelOptions,
): { compiled: CompiledRule; each: (visit: (slots: Slots, i: number) => void) => void } {
  const panel = compilePanel([rule], options);
  const place = new Map(columns.panel.inputs.map((input, slot) => [inputId(input), slot]));
  const from = panel.inputs.map((input) => {
    const slot = place.get(inputId(input));
    if (slot === undefined) throw new Error(`the loaded park lacks ${inputId(input)}`);
    return slot;
  });
  return { compiled: panel.rules[0]!, each: (visit) => columns.gather(from, visit) };
}

export type Movement = 'stays' | 'gains' | 'loses' | 'never';

export interface Deciding {
  readonly id: string;
  readonly label: string;
  readonly loses: number;
  readonly gains: number;
  /** Of these, how many for which it is the only one. */
  readonly losesAlone: number;
  readonly gainsAlone: number;
}

export interface Replay {
  readonly counts: Readonly<Record<Movement, number>>;
  /** Movement of each enterprise, in the order of the columns; null for those left out. */
  readonly movements: readonly (Movement | null)[];
  /** Conditions that alone or with others keep the losing out, or kept the gaining out before, with how many. */
  readonly deciding: readonly Deciding[];
}

export interface Comparing {
  /** Only what is sure counts: eligible, not merely without anything unmet. */
  readonly strict?: boolean;
  /** Which enterprises are looked at; all where absent. */
  readonly include?: (index: number) => boolean;
}

/**
 * Compares two readings of one park. An enterprise "has it" while nothing is unmet (eligible or undetermined), or
 * only when eligible (`strict`).
 */
export function compareReadings(before: Reading, after: Reading, comparing: Comparing = {}): Replay {
  const { strict = false, include } = comparing;
  const has = (outcome: number) => (strict ? outcome === 0 : outcome !== 1);
  const counts = { stays: 0, gains: 0, loses: 0, never: 0 };
  const movements: (Movement | null)[] = [];
  const deciding = new Map<string, { -readonly [K in keyof Deciding]: Deciding[K] }>();
  const decide = (reading: Reading, i: number, key: 'loses' | 'gains') => {
    const places = decidingPlaces(reading, i, strict);
    for (const place of places) {
      const { id, label } = reading.rule.conditions[place]!;
      let entry = deciding.get(id);
      if (!entry) deciding.set(id, (entry = { id, label, loses: 0, gains: 0, losesAlone: 0, gainsAlone: 0 }));
      entry[key] += 1;
      if (places.length === 1) entry[`${key}Alone`] += 1;
    }
  };
  for (let i = 0; i < before.outcomes.length; i += 1) {
    if (include && !include(i)) {
      movements.push(null);
      continue;
    }
    const [had, hasNow] = [has(before.outcomes[i]!), has(after.outcomes[i]!)];
    const movement: Movement = had ? (hasNow ? 'stays' : 'loses') : hasNow ? 'gains' : 'never';
    counts[movement] += 1;
    movements.push(movement);
    if (movement === 'loses') decide(after, i, 'loses');
    if (movement === 'gains') decide(before, i, 'gains');
  }
  return {
    counts,
    movements,
    deciding: [...deciding.values()].sort((a, b) => b.loses + b.gains - (a.loses + a.gains)),
  };
}

/** Places (in the rule's conditions) of what keeps an enterprise out under a reading. */
export function decidingPlaces(reading: Reading, index: number, strict = false): number[] {
  const width = reading.rule.conditions.length;
  const places: number[] = [];
  for (let c = 0; c < width; c += 1) {
    const code = reading.results[index * width + c]!;
    if (code === UNMET || (strict && code >= UNKNOWN)) places.push(c);
  }
  return places;
}
