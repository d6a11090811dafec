/** Quantities compiled to closures over the slots of a panel: built once per rule version, run for every enterprise. */
import type { Unit } from '../source.ts';
import { compareCompound, compareMeanGrowth, compareProducts, compareRatio } from './exact.ts';
import { SCALE, type Input, type Linear, type Quantity, type Ratio } from './types.ts';
import { FIGURE_BY_KEY } from '../facts/figures.ts';

/** State of a quantity after loading: computable, a fact is absent, or not computable and for a person. */
export const OK = 0;
export const ABSENT = 3;
export const PERSON = 4;

export type Slots = Float64Array;
/** Finds or makes the slot of an input. */
export type Allocate = (input: Input) => number;

/** One compiled quantity. `load` reads the slots; the others then speak of what was loaded. */
export interface Loaded {
  readonly unit: Unit;
  load(s: Slots): number;
  /** Sign of the quantity minus p/q (in the quantity's own unit, unscaled). */
  compare(p: number, q: number): number;
  /** The value as a double in its unit, for showing. */
  value(): number;
  /** The sum that other things equal would have to change: the numerator, the last year. */
  readonly leading: Linear;
  /** Its present value, scaled. */
  current(): number;
  /** The exact scaled value of the leading sum at which the quantity equals p/q; null where that has no meaning. */
  bound(p: number, q: number): readonly [num: bigint, den: bigint] | null;
}

/** Unit of an input. */
export function unitOf(input: Input): Unit {
  return input.kind === 'figure' ? FIGURE_BY_KEY[input.key].unit : input.feature.unit;
}

/** A sum over slots; NaN when any is unknown. Short sums are unrolled: they are nearly all there are. */
export function sumOf(linear: Linear, allocate: Allocate): (s: Slots) => number {
  const slots = linear.terms.map((term) => allocate(term.input));
  const factors = linear.terms.map((term) => term.factor);
  if (factors.every((f) => f === 1)) {
    const [a, b, c] = slots as [number, number, number];
    if (slots.length === 1) return (s) => s[a]!;
    if (slots.length === 2) return (s) => s[a]! + s[b]!;
    if (slots.length === 3) return (s) => s[a]! + s[b]! + s[c]!;
  }
  return (s) => {
    let total = 0;
    for (let i = 0; i < slots.length; i += 1) total += factors[i]! * s[slots[i]!]!;
    return total;
  };
}

/** Scale of a sum; throws when its terms are of different ones. */
export function scaleOf(linear: Linear): number {
  const scales = new Set(linear.terms.map((term) => SCALE[unitOf(term.input)]));
  if (scales.size !== 1) throw new Error('a sum must be of one unit');
  return [...scales][0]!;
}

export function compileQuantity(quantity: Quantity, allocate: Allocate): Loaded {
  switch (quantity.kind) {
    case 'linear':
      return linearQuantity(quantity, allocate);
    case 'ratio':
      return ratioQuantity(quantity, allocate);
    case 'compound':
      return compoundQuantity(quantity.last, quantity.first, quantity.periods, allocate);
    case 'mean-growth':
      return growthQuantity(quantity.values, null, allocate);
    case 'guideline-growth':
      return growthQuantity(quantity.values, quantity.years, allocate);
  }
}

function linearQuantity(quantity: Linear, allocate: Allocate): Loaded {
  const sum = sumOf(quantity, allocate);
  const scale = scaleOf(quantity);
  let value = 0;
  return {
    unit: unitOf(quantity.terms[0]!.input),
    load: (s) => {
      value = sum(s);
      return value !== value ? ABSENT : OK;
    },
    compare: (p, q) => compareProducts(value, q, p, scale),
    value: () => value / scale,
    leading: quantity,
    current: () => value,
    bound: (p, q) => [BigInt(p) * BigInt(scale), BigInt(q)],
  };
}

function ratioQuantity({ num: over, den: under, partOfWhole }: Ratio, allocate: Allocate): Loaded {
  if (scaleOf(over) !== scaleOf(under)) throw new Error('both sides of a ratio must be of one scale');
  const numerator = sumOf(over, allocate);
  const denominator = sumOf(under, allocate);
  let num = 0;
  let den = 0;
  return {
    unit: 'ratio',
    load: (s) => {
      num = numerator(s);
      den = denominator(s);
      if (num !== num || den !== den || (partOfWhole && num > den && den > 0)) return ABSENT;
      return den > 0 ? OK : PERSON;
    },
    compare: (p, q) => compareRatio(num, den, p, q),
    value: () => num / den,
    leading: over,
    current: () => num,
    bound: (p, q) => [BigInt(p) * BigInt(den), BigInt(q)],
  };
}

function compoundQuantity(top: Linear, bottom: Linear, periods: number, allocate: Allocate): Loaded {
  const lastOf = sumOf(top, allocate);
  const firstOf = sumOf(bottom, allocate);
  let last = 0;
  let first = 0;
  return {
    unit: 'ratio',
    load: (s) => {
      last = lastOf(s);
      first = firstOf(s);
      if (last !== last || first !== first) return ABSENT;
      return first > 0 ? OK : PERSON;
    },
    compare: (p, q) => compareCompound(last, first, periods, p, q),
    value: () => Math.pow(last / first, 1 / periods) - 1,
    leading: top,
    current: () => last,
    bound: (p, q) => [BigInt(first) * BigInt(q + p) ** BigInt(periods), BigInt(q) ** BigInt(periods)],
  };
}

/**
 * Mean growth of three values. With `years` the special cases of 国科发火〔2016〕195号 apply: fewer operating years
 * use what there is, a first value of 0 uses the last two, a second value of 0 gives no growth, and a negative
 * denominator, which the text does not provide for, is left to a person. Without it any denominator ≤ 0 is.
 */
function growthQuantity(
  values: readonly [Linear, Linear, Linear],
  years: Input | null,
  allocate: Allocate,
): Loaded {
  const [one, two, three] = values.map((v) => sumOf(v, allocate)) as [
    (s: Slots) => number,
    (s: Slots) => number,
    (s: Slots) => number,
  ];
  const yearSlot = years === null ? -1 : allocate(years);
  let [v1, v2, v3] = [0, 0, 0];
  // 'none' means the text itself says: no growth.
  let mode: 'mean' | 'last' | 'none' = 'mean';
  return {
    unit: 'ratio',
    load: (s) => {
      const operating = yearSlot < 0 ? 3 : s[yearSlot]!;
      if (operating !== operating) return ABSENT;
      mode = 'none';
      if (operating < 2) return OK;
      v2 = two(s);
      v3 = three(s);
      if (v2 !== v2 || v3 !== v3) return ABSENT;
      if (operating === 2) {
        if (v2 < 0) return PERSON;
        if (v2 > 0) mode = 'last';
        return OK;
      }
      v1 = one(s);
      if (v1 !== v1) return ABSENT;
      if (yearSlot < 0) {
        mode = 'mean';
        return v1 > 0 && v2 > 0 ? OK : PERSON;
      }
      if (v1 < 0 || v2 < 0) return PERSON;
      if (v2 > 0) mode = v1 === 0 ? 'last' : 'mean';
      return OK;
    },
    compare: (p, q) => {
      if (mode === 'none') return Math.sign(-p);
      return mode === 'last' ? compareRatio(v3 - v2, v2, p, q) : compareMeanGrowth(v1, v2, v3, p, q);
    },
    value: () => (mode === 'none' ? 0 : mode === 'last' ? v3 / v2 - 1 : (v2 / v1 + v3 / v2) / 2 - 1),
    leading: values[2],
    current: () => v3,
    bound: (p, q) => {
      if (mode === 'none') return null;
      if (mode === 'last') return [BigInt(p + q) * BigInt(v2), BigInt(q)];
      // (v2/v1 + v3/v2)/2 − 1 = p/q, solved for v3.
      return [
        BigInt(v2) * (2n * BigInt(p + q) * BigInt(v1) - BigInt(q) * BigInt(v2)),
        BigInt(q) * BigInt(v1),
      ];
    },
  };
}
