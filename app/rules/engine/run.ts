/**
 * A rule as a flat list of operations of one shape, children before their parents: one loop runs them all, so that
 * judging costs a few nanoseconds a row. What is rare (growth, bands, scores) is an operation that calls a closure.
 */
import { compareProducts } from './exact.ts';
import type { Slots } from './quantity.ts';
import { MANUAL, MET, UNKNOWN, UNMET, WAIVED, type Sheet } from './sheet.ts';
import type { Comparison } from './types.ts';

export const LINEAR = 0;
export const RATIO = 1;
export const FLAG = 2;
export const ALL = 3;
export const ANY = 4;
export const WAIVABLE = 5;
export const CALL = 6;

/** Judges one row by itself and writes its numbers; returns the result. */
export type Call = (s: Slots, sheet: Sheet) => number;

/** One operation; the same fields in the same order for every kind, all numbers small and plain, unused ones neutral. */
export interface Op {
  readonly kind: number;
  readonly row: number;
  /** Slots of up to three terms of the sum (of the numerator); −1 for none. */
  readonly a0: number;
  readonly a1: number;
  readonly a2: number;
  /** The same of the denominator. */
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  /** The threshold p/q. */
  readonly p: number;
  readonly q: number;
  readonly scale: number;
  readonly required: number;
  /** Index in COMPARISONS. */
  readonly comparison: number;
  readonly absent: number;
  /** Slots of a count's open entries, −1 where nothing can be open. */
  readonly person: number;
  readonly possible: number;
  readonly children: readonly number[];
  /** Thresholds by the band into which a slot falls; null for a fixed one. */
  readonly bands: Bands | null;
  /** A ratio above one is not believed. */
  readonly partOfWhole: boolean;
  readonly call: Call | null;
}

/** A threshold for each band; the last band is open above. */
export interface Bands {
  readonly slot: number;
  /** Upper bounds, included, in the slot's scaled integers. */
  readonly upTo: readonly number[];
  readonly p: readonly number[];
  readonly q: readonly number[];
}

const SAFE = Number.MAX_SAFE_INTEGER;
const COMPARISONS: readonly Comparison[] = ['>=', '>', '<=', '<'];

interface OpFields {
  readonly kind: number;
  readonly row: number;
  readonly a?: readonly number[];
  readonly b?: readonly number[];
  readonly p?: number;
  readonly q?: number;
  readonly scale?: number;
  readonly required?: number;
  readonly comparison?: Comparison;
  readonly absent?: number;
  readonly person?: number;
  readonly possible?: number;
  readonly children?: readonly number[];
  readonly bands?: Bands | null;
  readonly partOfWhole?: boolean;
  readonly call?: Call;
}

/** An operation from the fields that matter to it. */
export function op(fields: OpFields): Op {
  const { a = [], b = [] } = fields;
  return {
    kind: fields.kind,
    row: fields.row,
    a0: a[0] ?? -1,
    a1: a[1] ?? -1,
    a2: a[2] ?? -1,
    b0: b[0] ?? -1,
    b1: b[1] ?? -1,
    b2: b[2] ?? -1,
    p: fields.p ?? 0,
    q: fields.q ?? 1,
    scale: fields.scale ?? 1,
    required: fields.required ?? 0,
    comparison: COMPARISONS.indexOf(fields.comparison ?? '>='),
    absent: fields.absent ?? UNKNOWN,
    person: fields.person ?? -1,
    possible: fields.possible ?? -1,
    children: fields.children ?? [],
    bands: fields.bands ?? null,
    partOfWhole: fields.partOfWhole ?? false,
    call: fields.call ?? null,
  };
}

function sum(s: Slots, one: number, two: number, three: number): number {
  let total = s[one]!;
  if (two >= 0) {
    total += s[two]!;
    if (three >= 0) total += s[three]!;
  }
  return total;
}

/** Whether num/den stands to p/q as the comparison asks, exact. */
function reached(comparison: number, num: number, q: number, p: number, den: number): boolean {
  const left = num * q;
  const right = p * den;
  const small = left <= SAFE && left >= -SAFE && right <= SAFE && right >= -SAFE;
  const sign = small ? left - right : compareProducts(num, q, p, den);
  return comparison === 0 ? sign >= 0 : comparison === 1 ? sign > 0 : comparison === 2 ? sign <= 0 : sign < 0;
}

/** Runs all operations over filled slots. The gap written is not rounded; see explain.ts. */
export function run(ops: readonly Op[], s: Slots, sheet: Sheet): void {
  const { result, actual, required, gap, from } = sheet;
  for (let i = 0; i < ops.length; i += 1) {
    const o = ops[i]!;
    const row = o.row;
    switch (o.kind) {
      case LINEAR: {
        const value = sum(s, o.a0, o.a1, o.a2);
        required[row] = o.required;
        if (value !== value) {
          actual[row] = gap[row] = Number.NaN;
          result[row] = o.absent;
          break;
        }
        actual[row] = value / o.scale;
        if (reached(o.comparison, value, o.q, o.p, o.scale)) {
          gap[row] = 0;
          result[row] = MET;
        } else if (o.possible >= 0 && reached(o.comparison, s[o.possible]!, o.q, o.p, o.scale)) {
          gap[row] = Number.NaN;
          result[row] = reached(o.comparison, s[o.person]!, o.q, o.p, o.scale) ? MANUAL : UNKNOWN;
        } else {
          gap[row] = Math.abs(o.required - actual[row]!);
          result[row] = UNMET;
        }
        break;
      }
      case RATIO: {
        const num = sum(s, o.a0, o.a1, o.a2);
        const den = sum(s, o.b0, o.b1, o.b2);
        let { p, q, required: line } = o;
        if (o.bands !== null) {
          const band = bandOf(o.bands, s);
          p = band < 0 ? Number.NaN : o.bands.p[band]!;
          q = band < 0 ? 1 : o.bands.q[band]!;
          line = p / q;
        }
        required[row] = line;
        if (num !== num || den !== den || den <= 0 || (o.partOfWhole && num > den)) {
          actual[row] = gap[row] = Number.NaN;
          result[row] = den <= 0 && num === num ? MANUAL : o.absent;
          break;
        }
        const value = num / den;
        actual[row] = value;
        if (line !== line) {
          gap[row] = Number.NaN;
          result[row] = UNKNOWN;
        } else if (reached(o.comparison, num, q, p, den)) {
          gap[row] = 0;
          result[row] = MET;
        } else {
          gap[row] = Math.abs(line - value);
          result[row] = UNMET;
        }
        break;
      }
      case FLAG: {
        const value = s[o.a0]!;
        actual[row] = value;
        required[row] = o.required;
        const code = value !== value ? o.absent : value === o.required ? MET : UNMET;
        gap[row] = code === MET ? 0 : code === UNMET ? 1 : Number.NaN;
        result[row] = code;
        break;
      }
      case CALL:
        result[row] = o.call!(s, sheet);
        break;
      default: {
        const code =
          o.kind === WAIVABLE
            ? waived(result[o.children[0]!]!, result[o.children[1]!]!)
            : composed(o, result);
        const part = o.children[o.kind === ALL && code === UNMET ? firstUnmet(o.children, result) : 0]!;
        actual[row] = actual[part]!;
        required[row] = required[part]!;
        gap[row] = gap[part]!;
        from[row] = from[part]!;
        result[row] = code;
      }
    }
  }
}

/** Of parts that must all hold, the first that does not: its numbers say what is missing. */
function firstUnmet(children: readonly number[], result: Uint8Array): number {
  let at = 0;
  while (result[children[at]!] !== UNMET) at += 1;
  return at;
}

/** The band of a slot's value; −1 when it is not known. */
function bandOf(bands: Bands, s: Slots): number {
  const value = s[bands.slot]!;
  if (value !== value) return -1;
  let band = 0;
  while (band < bands.upTo.length && value > bands.upTo[band]!) band += 1;
  return band;
}

/** A test that another part may waive: an open waiver keeps an unmet test open. */
function waived(code: number, by: number): number {
  if (code === MET || code === WAIVED) return code;
  if (by === MET || by === WAIVED) return WAIVED;
  return code === UNMET && by !== UNMET ? by : code;
}

/** Of several parts: `all` needs each of them, `any` is content with one. A known decisive part outweighs open ones. */
function composed(o: Op, result: Uint8Array): number {
  const decisive = o.kind === ALL ? UNMET : MET;
  let unknown = false;
  let manual = false;
  for (let i = 0; i < o.children.length; i += 1) {
    const code = result[o.children[i]!]!;
    if (code === decisive || (code === WAIVED && decisive === MET)) return decisive;
    if (code === UNKNOWN) unknown = true;
    else if (code === MANUAL) manual = true;
  }
  return unknown ? UNKNOWN : manual ? MANUAL : o.kind === ALL ? MET : UNMET;
}
