/**
 * Rule versions compiled into a panel: every input any of them reads gets one slot of a Float64Array (NaN = not
 * known), filled once per enterprise; each rule then judges those slots into a reusable sheet. Nothing is allocated
 * per enterprise. The explanation is rendered on demand from the same sheet (explain.ts).
 */
import type { FigureKey } from '../facts/figures.ts';
import type { Facts } from '../facts/parse.ts';
import type { Param, Unit } from '../source.ts';
import type { Rational } from './exact.ts';
import { compileQuantity, OK, PERSON, scaleOf, type Allocate, type Slots } from './quantity.ts';
import {
  ALL,
  ANY,
  CALL,
  FLAG,
  LINEAR,
  op,
  RATIO,
  run,
  WAIVABLE,
  type Bands,
  type Call,
  type Op,
} from './run.ts';
import { testUnit } from './principal.ts';
import { compileScore, type CompiledScore } from './score.ts';
import { holds, MANUAL, MET, UNKNOWN, UNMET, type Sheet } from './sheet.ts';
import type {
  Condition,
  Feature,
  Input,
  Linear,
  Moment,
  Part,
  RuleVersion,
  Test,
  Threshold,
} from './types.ts';

export interface Row {
  readonly part: Part;
  readonly condition: Condition;
  /** Index of the row of the part it belongs to; −1 for a condition itself. */
  readonly parent: number;
  readonly children: readonly number[];
  readonly kind: 'condition' | 'advice';
  /** What its numbers are measured in; null for a part without numbers. */
  readonly unit: Unit | null;
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
    fill: compileFill(inputs),
  };
}

/** Reads every input of a panel at once: figures year by year, lists in one pass each. */
function compileFill(inputs: readonly Input[]): Panel['fill'] {
  const years = new Map<number, { slot: number; key: FigureKey }[]>();
  const passes = new Map<NonNullable<Feature['batch']>['pass'], { slot: number; place: number }[]>();
  const singles: { slot: number; feature: Feature }[] = [];
  const addTo = <K, V>(map: Map<K, V[]>, key: K, value: V) =>
    void (map.get(key) ?? map.set(key, []).get(key)!).push(value);
  inputs.forEach((input, slot) => {
    if (input.kind === 'figure') addTo(years, input.offset, { slot, key: input.key });
    else if (input.feature.batch)
      addTo(passes, input.feature.batch.pass, { slot, place: input.feature.batch.place });
    else singles.push({ slot, feature: input.feature });
  });
  const yearPlan = [...years].map(([offset, figures]) => ({ offset, figures }));
  const passPlan = [...passes].map(([pass, places]) => ({ pass, places }));
  const out = new Float64Array(4);
  return (facts, moment, slots) => {
    const registered = facts.registeredOn == null ? 0 : Number(facts.registeredOn.slice(0, 4));
    for (const { offset, figures } of yearPlan) {
      const year = moment.year + offset;
      const known = facts.years?.[year];
      const absent = registered > year ? 0 : Number.NaN;
      for (const { slot, key } of figures) slots[slot] = known?.[key] ?? absent;
    }
    for (const { pass, places } of passPlan) {
      pass(facts, moment, out);
      for (const { slot, place } of places) slots[slot] = out[place]!;
    }
    for (const { slot, feature } of singles) slots[slot] = feature.of(facts, moment);
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
  /** Children before their parents. */
  readonly ops: Op[];
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
  const context: Context = { rows: [], ops: [], allocate, valueOf, items: 0 };
  const conditionRows = rule.conditions.map((condition) =>
    compilePart(condition, condition, -1, 'condition', context),
  );
  for (const condition of rule.advice ?? []) compilePart(condition, condition, -1, 'advice', context);
  const { rows, ops, items } = context;
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
      from: Uint16Array.from(rows.keys()),
      pointsMin: new Float64Array(items),
      pointsMax: new Float64Array(items),
      outcome: 2,
    }),
    judge: (s, sheet) => {
      run(ops, s, sheet);
      let open = false;
      for (let i = 0; i < conditionRows.length; i += 1) {
        const code = sheet.result[conditionRows[i]!]!;
        if (code === UNMET) return (sheet.outcome = 1);
        if (code >= UNKNOWN) open = true;
      }
      return (sheet.outcome = open ? 2 : 0);
    },
  };
}

/** Adds a part's rows and operations; returns its row. */
function compilePart(
  part: Part,
  condition: Condition,
  parent: number,
  kind: Row['kind'],
  context: Context,
): number {
  const row = context.rows.length;
  const children: number[] = [];
  const entry = {
    part,
    condition,
    parent,
    children,
    kind,
    unit: testUnit(part.test),
    score: null as CompiledScore | null,
  };
  context.rows.push(entry);
  const child = (of: Part) => children.push(compilePart(of, condition, row, kind, context));
  const { test } = part;
  if (test.kind === 'all' || test.kind === 'any') test.of.forEach(child);
  else if (test.kind === 'waivable') [test.test, test.by].forEach(child);
  context.ops.push(compileTest(test, row, children, context, (score) => (entry.score = score)));
  return row;
}

function compileTest(
  test: Test,
  row: number,
  children: readonly number[],
  context: Context,
  keep: (score: CompiledScore) => void,
): Op {
  switch (test.kind) {
    case 'compare':
      return (
        plainComparison(test, row, context) ?? op({ kind: CALL, row, call: compareTest(test, row, context) })
      );
    case 'flag':
      return op({
        kind: FLAG,
        row,
        a: [context.allocate({ kind: 'feature', feature: test.feature })],
        required: test.expect ? 1 : 0,
        absent: test.ifUnknown === 'manual' ? MANUAL : UNKNOWN,
      });
    case 'all':
      return op({ kind: ALL, row, children });
    case 'any':
      return op({ kind: ANY, row, children });
    case 'waivable':
      return op({ kind: WAIVABLE, row, children });
    case 'manual':
      return op({
        kind: CALL,
        row,
        call: (_s, sheet) => {
          sheet.actual[row] = sheet.required[row] = sheet.gap[row] = Number.NaN;
          return MANUAL;
        },
      });
    case 'score': {
      const score = compileScore(test.score, context.items, context.allocate, context.valueOf);
      context.items += score.items.length;
      keep(score);
      return op({ kind: CALL, row, call: (s, sheet) => score.judge(s, sheet, row) });
    }
  }
}

/** The common comparison (a sum or a ratio of short sums against one number) as an operation without a closure. */
function plainComparison(test: Test & { kind: 'compare' }, row: number, context: Context): Op | null {
  const { quantity, threshold } = test;
  if (quantity.kind !== 'linear' && quantity.kind !== 'ratio') return null;
  const bands =
    threshold.kind === 'banded' && quantity.kind === 'ratio' ? plainBands(threshold, context) : null;
  const value =
    threshold.kind === 'fixed'
      ? context.valueOf(threshold.param)
      : bands && { p: bands.p[0]!, q: bands.q[0]! };
  const sums = quantity.kind === 'linear' ? [quantity] : [quantity.num, quantity.den];
  if (
    value === null ||
    sums.some((sum) => sum.terms.length > 3 || sum.terms.some((term) => term.factor !== 1))
  )
    return null;
  const single = (of: Linear) => (of.terms.length === 1 ? context.allocate(of.terms[0]!.input) : null);
  const person = test.open ? single(test.open.person) : -1;
  const possible = test.open ? single(test.open.possible) : -1;
  if (person === null || possible === null) return null;
  const slotsOf = (sum: Linear) => sum.terms.map((term) => context.allocate(term.input));
  return op({
    kind: quantity.kind === 'linear' ? LINEAR : RATIO,
    row,
    a: slotsOf(sums[0]!),
    ...(sums[1] ? { b: slotsOf(sums[1]) } : {}),
    p: value.p,
    q: value.q,
    scale: scaleOf(sums[0]!),
    required: value.p / value.q,
    bands,
    partOfWhole: quantity.kind === 'ratio' && quantity.partOfWhole === true,
    comparison: test.op,
    absent: test.ifUnknown === 'manual' ? MANUAL : UNKNOWN,
    person,
    possible,
  });
}

/** Bands by one slot whose bounds are whole numbers of its scale; null for any other. */
function plainBands(threshold: Threshold & { kind: 'banded' }, context: Context): Bands | null {
  const [term, more] = threshold.by.terms;
  if (!term || more || term.factor !== 1 || threshold.bands.at(-1)?.upTo !== null) return null;
  const scale = scaleOf(threshold.by);
  const values = threshold.bands.map((band) => context.valueOf(band.param));
  const bounds = threshold.bands.slice(0, -1).map((band) => {
    const bound = band.upTo && context.valueOf(band.upTo);
    return bound && (bound.p * scale) / bound.q;
  });
  if (values.includes(null) || bounds.some((bound) => bound === null || !Number.isSafeInteger(bound)))
    return null;
  return {
    slot: context.allocate(term.input),
    upTo: bounds as number[],
    p: values.map((value) => value!.p),
    q: values.map((value) => value!.q),
  };
}

/** Any comparison, by closures. */
function compareTest(test: Test & { kind: 'compare' }, row: number, context: Context): Call {
  const quantity = compileQuantity(test.quantity, context.allocate);
  const choose = compileThreshold(test.threshold, context);
  const absent = test.ifUnknown === 'manual' ? MANUAL : UNKNOWN;
  const { op: comparison } = test;
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
    if (holds(comparison, quantity.compare(threshold.p, threshold.q))) {
      sheet.gap[row] = 0;
      return MET;
    }
    if (possible?.load(s) === OK && holds(comparison, possible.compare(threshold.p, threshold.q))) {
      sheet.gap[row] = Number.NaN;
      return person?.load(s) === OK && holds(comparison, person.compare(threshold.p, threshold.q))
        ? MANUAL
        : UNKNOWN;
    }
    sheet.gap[row] = Math.abs(required - actual);
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
