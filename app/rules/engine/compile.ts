/**
 * Rule versions compiled into a panel: every input any of them reads gets one slot of a Float64Array (NaN = not
 * known), filled once per enterprise; each rule then judges those slots into a reusable sheet. Nothing is allocated
 * per enterprise. The explanation is rendered on demand from the same sheet (explain.ts).
 */
import type { Facts } from '../facts/parse.ts';
import type { Param } from '../source.ts';
import { ceilAt, type Rational } from './exact.ts';
import { compileQuantity, OK, PERSON, type Allocate, type Slots } from './quantity.ts';
import { compileScore, type CompiledScore } from './score.ts';
import { holds, MANUAL, MET, UNKNOWN, UNMET, WAIVED, type Sheet } from './sheet.ts';
import type { Condition, Input, Moment, Part, RuleVersion, Test, Threshold } from './types.ts';

export interface Row {
  readonly part: Part;
  readonly condition: Condition;
  /** Index of the row of the part it belongs to; −1 for a condition itself. */
  readonly parent: number;
  readonly children: readonly number[];
  readonly kind: 'condition' | 'advice';
  readonly score: CompiledScore | null;
}

export interface CompiledRule {
  readonly rule: RuleVersion;
  readonly rows: readonly Row[];
  /** Rows of the conditions that decide the outcome, in the order of the text. */
  readonly conditionRows: readonly number[];
  /** Slots of the panel that this rule reads. */
  readonly slots: readonly number[];
  sheet(): Sheet;
  /** Judges filled slots; returns the outcome's index in OUTCOMES. */
  judge(slots: Slots, sheet: Sheet): number;
}

export interface Panel {
  readonly inputs: readonly Input[];
  readonly rules: readonly CompiledRule[];
  /** The value of a parameter as judged with: overridden, entered by an operator, or the text's own. */
  readonly valueOf: (param: Param) => Rational | null;
  slots(): Slots;
  fill(facts: Facts, moment: Moment, slots: Slots): void;
}

export interface PanelOptions {
  /** Values entered by operators, by parameter id. */
  readonly operatorValues?: Readonly<Record<string, Rational>>;
  /** What-if: other values for the text's own parameters, by id. */
  readonly overrides?: Readonly<Record<string, Rational>>;
}

type Eval = (s: Slots, sheet: Sheet) => number;

/** Compiles rule versions that are to be judged over the same facts and moment. */
export function compilePanel(rules: readonly RuleVersion[], options: PanelOptions = {}): Panel {
  const inputs: Input[] = [];
  const index = new Map<string, number>();
  const allocate: Allocate = (input) => {
    const id = inputId(input);
    const known = index.get(id);
    if (known !== undefined) return known;
    index.set(id, inputs.length);
    inputs.push(input);
    return inputs.length - 1;
  };
  const valueOf = (param: Param) =>
    options.overrides?.[param.id] ?? param.value ?? options.operatorValues?.[param.id] ?? null;
  const compiled = rules.map((rule) => compileRule(rule, allocate, valueOf));
  return {
    inputs,
    rules: compiled,
    valueOf,
    slots: () => new Float64Array(inputs.length),
    fill: (facts, moment, slots) => {
      for (let i = 0; i < inputs.length; i += 1) slots[i] = read(inputs[i]!, facts, moment);
    },
  };
}

/** A stable name of an input, such as `rdExpense[-1]` or a feature's id. */
export function inputId(input: Input): string {
  return input.kind === 'figure' ? `${input.key}[${input.offset}]` : input.feature.id;
}

/** The value of one input: a scaled integer, NaN when not known, 0 for a year before the enterprise existed. */
export function read(input: Input, facts: Facts, moment: Moment): number {
  if (input.kind === 'feature') return input.feature.of(facts, moment);
  const year = moment.year + input.offset;
  const value = facts.years?.[year]?.[input.key];
  if (value != null) return value;
  return facts.registeredOn != null && Number(facts.registeredOn.slice(0, 4)) > year ? 0 : Number.NaN;
}

interface Context {
  readonly rows: Row[];
  readonly allocate: Allocate;
  readonly valueOf: (param: Param) => Rational | null;
  items: number;
}

function compileRule(rule: RuleVersion, allocateShared: Allocate, valueOf: Context['valueOf']): CompiledRule {
  const used = new Set<number>();
  const allocate: Allocate = (input) => {
    const slot = allocateShared(input);
    used.add(slot);
    return slot;
  };
  const context: Context = { rows: [], allocate, valueOf, items: 0 };
  const evaluate: Eval[] = [];
  const conditionRows: number[] = [];
  for (const condition of rule.conditions) {
    conditionRows.push(context.rows.length);
    evaluate.push(compilePart(condition, condition, -1, 'condition', context));
  }
  const advice = (rule.advice ?? []).map((condition) =>
    compilePart(condition, condition, -1, 'advice', context),
  );
  const { rows, items } = context;
  return {
    rule,
    rows,
    conditionRows,
    slots: [...used],
    sheet: () => ({
      result: new Uint8Array(rows.length),
      actual: new Float64Array(rows.length),
      required: new Float64Array(rows.length),
      gap: new Float64Array(rows.length),
      pointsMin: new Float64Array(items),
      pointsMax: new Float64Array(items),
      outcome: 2,
    }),
    judge: (s, sheet) => {
      let unmet = false;
      let open = false;
      for (let i = 0; i < evaluate.length; i += 1) {
        const code = evaluate[i]!(s, sheet);
        if (code === UNMET) unmet = true;
        else if (code >= UNKNOWN) open = true;
      }
      for (let i = 0; i < advice.length; i += 1) advice[i]!(s, sheet);
      sheet.outcome = unmet ? 1 : open ? 2 : 0;
      return sheet.outcome;
    },
  };
}

function compilePart(
  part: Part,
  condition: Condition,
  parent: number,
  kind: Row['kind'],
  context: Context,
): Eval {
  const row = context.rows.length;
  const children: number[] = [];
  const entry = { part, condition, parent, children, kind, score: null as CompiledScore | null };
  context.rows.push(entry);
  const child = (of: Part) => {
    children.push(context.rows.length);
    return compilePart(of, condition, row, kind, context);
  };
  const test = compileTest(part.test, row, child, context, (score) => {
    entry.score = score;
  });
  return (s, sheet) => (sheet.result[row] = test(s, sheet));
}

function compileTest(
  test: Test,
  row: number,
  child: (part: Part) => Eval,
  context: Context,
  keep: (score: CompiledScore) => void,
): Eval {
  switch (test.kind) {
    case 'compare':
      return compareTest(test, row, context);
    case 'flag': {
      const slot = context.allocate({ kind: 'feature', feature: test.feature });
      const expected = test.expect ? 1 : 0;
      const absent = test.ifUnknown === 'manual' ? MANUAL : UNKNOWN;
      return (s, sheet) => {
        const value = s[slot]!;
        sheet.actual[row] = value;
        sheet.required[row] = expected;
        const code = value !== value ? absent : value === expected ? MET : UNMET;
        sheet.gap[row] = code === MET ? 0 : code === UNMET ? 1 : Number.NaN;
        return code;
      };
    }
    case 'all':
    case 'any':
      return composed(test.kind, test.of.map(child), row, context);
    case 'waivable': {
      const main = child(test.test);
      const by = child(test.by);
      const copy = copyNumbers(row, row + 1);
      return (s, sheet) => {
        const code = main(s, sheet);
        const waiver = by(s, sheet);
        copy(sheet);
        if (code === MET || code === WAIVED) return code;
        if (waiver === MET || waiver === WAIVED) return WAIVED;
        return code === UNMET && waiver !== UNMET ? waiver : code;
      };
    }
    case 'manual':
      return (_s, sheet) => {
        sheet.actual[row] = sheet.required[row] = sheet.gap[row] = Number.NaN;
        return MANUAL;
      };
    case 'score': {
      const score = compileScore(test.score, context.items, context.allocate, context.valueOf);
      context.items += score.items.length;
      keep(score);
      return (s, sheet) => score.judge(s, sheet, row);
    }
  }
}

/** Of several parts: `all` needs each of them, `any` is content with one. A known decisive part outweighs open ones. */
function composed(kind: 'all' | 'any', parts: readonly Eval[], row: number, context: Context): Eval {
  const decisive = kind === 'all' ? UNMET : MET;
  const rest = kind === 'all' ? MET : UNMET;
  const first = context.rows[row]!.children[0];
  const copy = first === undefined ? null : copyNumbers(row, first);
  return (s, sheet) => {
    let decided = false;
    let unknown = false;
    let manual = false;
    for (let i = 0; i < parts.length; i += 1) {
      let code = parts[i]!(s, sheet);
      if (code === WAIVED) code = MET;
      if (code === decisive) decided = true;
      else if (code === UNKNOWN) unknown = true;
      else if (code === MANUAL) manual = true;
    }
    copy?.(sheet);
    return decided ? decisive : unknown ? UNKNOWN : manual ? MANUAL : rest;
  };
}

function copyNumbers(to: number, from: number): (sheet: Sheet) => void {
  return (sheet) => {
    sheet.actual[to] = sheet.actual[from]!;
    sheet.required[to] = sheet.required[from]!;
    sheet.gap[to] = sheet.gap[from]!;
  };
}

function compareTest(test: Test & { kind: 'compare' }, row: number, context: Context): Eval {
  const quantity = compileQuantity(test.quantity, context.allocate);
  const choose = compileThreshold(test.threshold, context);
  const absent = test.ifUnknown === 'manual' ? MANUAL : UNKNOWN;
  const { op } = test;
  const digits = quantity.unit === 'ratio' ? 6 : 2;
  const least = 10 ** -digits;
  const direction = op === '>=' || op === '>' ? 1 : -1;
  const person = test.open ? compileQuantity(test.open.person, context.allocate) : null;
  const possible = test.open ? compileQuantity(test.open.possible, context.allocate) : null;
  return (s, sheet) => {
    const state = quantity.load(s);
    const threshold = choose(s);
    const required = threshold === null ? Number.NaN : threshold.p / threshold.q;
    sheet.required[row] = required;
    if (state !== OK) {
      sheet.actual[row] = sheet.gap[row] = Number.NaN;
      return state === PERSON ? MANUAL : absent;
    }
    const actual = quantity.value();
    sheet.actual[row] = actual;
    if (threshold === null) {
      sheet.gap[row] = Number.NaN;
      return UNKNOWN;
    }
    if (holds(op, quantity.compare(threshold.p, threshold.q))) {
      sheet.gap[row] = 0;
      return MET;
    }
    if (possible?.load(s) === OK && holds(op, possible.compare(threshold.p, threshold.q))) {
      sheet.gap[row] = Number.NaN;
      return person?.load(s) === OK && holds(op, person.compare(threshold.p, threshold.q)) ? MANUAL : UNKNOWN;
    }
    sheet.gap[row] = Math.max(least, ceilAt((required - actual) * direction, digits));
    return UNMET;
  };
}

/** Chooses the threshold for filled slots; null when the deciding quantity or the number itself is not known. */
function compileThreshold(threshold: Threshold, context: Context): (s: Slots) => Rational | null {
  if (threshold.kind === 'fixed') {
    const value = context.valueOf(threshold.param);
    return () => value;
  }
  if (threshold.kind === 'chosen') {
    const slot = context.allocate({ kind: 'feature', feature: threshold.by });
    const values = threshold.of.map(context.valueOf);
    return (s) => values[s[slot]!] ?? null;
  }
  const by = compileQuantity(threshold.by, context.allocate);
  const bands = threshold.bands.map((band) => ({
    upTo: band.upTo === null ? null : context.valueOf(band.upTo),
    open: band.upTo === null,
    value: context.valueOf(band.param),
  }));
  return (s) => {
    if (by.load(s) !== OK) return null;
    for (const band of bands) {
      if (band.open) return band.value;
      if (band.upTo === null) return null;
      if (by.compare(band.upTo.p, band.upTo.q) <= 0) return band.value;
    }
    return null;
  };
}
