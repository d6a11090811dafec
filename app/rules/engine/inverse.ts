/** What would just meet a condition, other things equal: one figure changed, rounded so that the shown value suffices. */
import { FIGURE_BY_KEY } from '../facts/figures.ts';
import type { ConditionVerdict } from '../verdict.ts';
import { ceilDivide, floorDivide, type Rational } from './exact.ts';
import { showValue } from './format.ts';
import { compileQuantity, OK, unitOf } from './quantity.ts';
import { inputId, type Panel } from './compile.ts';
import { UNMET } from './sheet.ts';
import type { Judged } from './judged.ts';
import { SCALE, type Input, type Test } from './types.ts';

/** Scaled integers to which an amount still needed is rounded up: the digit that pages show. */
const SHOWN_STEP = { CNY: 10_000n, USD: 10_000n, persons: 100n, points: 1n, ratio: 100n } as const;

const places = new WeakMap<Panel, ReadonlyMap<string, number>>();

/** Where each input of a panel stands. */
export function placesOf(panel: Panel): ReadonlyMap<string, number> {
  let known = places.get(panel);
  if (!known) places.set(panel, (known = new Map(panel.inputs.map((input, i) => [inputId(input), i]))));
  return known;
}

/** The inverse of an unmet numeric condition; null where no single figure decides or it is not unmet. */
export function inverseOf(
  { panel, compiled, facts, moment, slots, sheet }: Judged,
  row: number,
): ConditionVerdict['inverse'] {
  if (sheet.result[row] !== UNMET) return null;
  const test = numericTest(compiled.rows[row]!.part.test);
  if (test === null) return null;
  const index = placesOf(panel);
  const quantity = compileQuantity(test.quantity, (input) => index.get(inputId(input))!);
  const threshold = thresholdOf(test, { panel, slots, index });
  if (threshold === null || quantity.load(slots) !== OK) return null;
  const lever = leverOf(quantity.leading.terms);
  const bound = quantity.bound(threshold.p, threshold.q);
  if (lever === null || bound === null || (lever.kind !== 'figure' && lever.feature.unit === 'boolean'))
    return null;
  const unit = unitOf(lever);
  const [num, den] = bound;
  const raising = test.op === '>=' || test.op === '>';
  const target =
    test.op === '>='
      ? ceilDivide(num, den)
      : test.op === '>'
        ? floorDivide(num, den) + 1n
        : test.op === '<='
          ? floorDivide(num, den)
          : ceilDivide(num, den) - 1n;
  const change = target - BigInt(quantity.current());
  if (raising ? change <= 0n : change >= 0n) return null;
  const step = SHOWN_STEP[unit as keyof typeof SHOWN_STEP] ?? 1n;
  const size = ceilDivide(raising ? change : -change, step) * step;
  const scale = SCALE[unit];
  const value = slots[index.get(inputId(lever))!]!;
  const after = value + (raising ? 1 : -1) * Number(size);
  if (after < 0 && !(lever.kind === 'figure' && FIGURE_BY_KEY[lever.key].signed)) return null;
  const year = lever.kind === 'figure' ? moment.year + lever.offset : lever.feature.years?.(moment)[0];
  const label = `${year === undefined ? '' : `${year}年`}${lever.kind === 'figure' ? FIGURE_BY_KEY[lever.key].label : lever.feature.label}`;
  const amount = Number(size) / scale;
  return {
    fact:
      lever.kind === 'figure'
        ? `years.${year}.${lever.key}`
        : (lever.feature.reads(moment, facts)[0] ?? lever.feature.id),
    label,
    add: raising ? amount : -amount,
    target: after / scale,
    text: `${label}再${raising ? '增' : '减'} ${showValue(amount, unit)}即${raising ? '达' : '不高于'} ${showValue(threshold.p / threshold.q, quantity.unit)}`,
  };
}

function numericTest(test: Test): (Test & { kind: 'compare' }) | null {
  if (test.kind === 'compare') return test;
  if (test.kind === 'waivable') return numericTest(test.test.test);
  return null;
}

function thresholdOf(
  test: Test & { kind: 'compare' },
  { panel, slots, index }: Pick<Judged, 'panel' | 'slots'> & { index: ReadonlyMap<string, number> },
): Rational | null {
  const { threshold } = test;
  if (threshold.kind === 'fixed') return panel.valueOf(threshold.param);
  if (threshold.kind === 'chosen') {
    const param = threshold.of[slots[index.get(threshold.by.id)!]!];
    return param ? panel.valueOf(param) : null;
  }
  const by = compileQuantity(threshold.by, (input) => index.get(inputId(input))!);
  if (by.load(slots) !== OK) return null;
  for (const band of threshold.bands) {
    const upTo = band.upTo === null ? null : panel.valueOf(band.upTo);
    if (upTo === null || by.compare(upTo.p, upTo.q) <= 0) return panel.valueOf(band.param);
  }
  return null;
}

/** The input to change: the last year's, of those that count positively. */
function leverOf(terms: readonly { readonly input: Input; readonly factor: number }[]): Input | null {
  const positive = terms.filter((term) => term.factor > 0).map((term) => term.input);
  return positive.sort((a, b) => offsetOf(b) - offsetOf(a))[0] ?? null;
}

function offsetOf(input: Input): number {
  return input.kind === 'figure' ? input.offset : Number(/\[(-?\d+)\]$/.exec(input.feature.id)?.[1] ?? 0);
}
