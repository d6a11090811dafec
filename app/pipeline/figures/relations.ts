/**
 * What figures say of each other: change against a base, completion of a target, shares, sums, nested steps. Each
 * either gives an exact result or says why there is none; a rate without a denominator cannot be made. Pure.
 */
import {
  absolute,
  compare,
  decimalOf,
  divide,
  exact,
  multiply,
  ONE,
  sign,
  subtract,
  sum,
  type Exact,
  type Rounding,
} from './exact.ts';
import { inUnit, quantity, type Quantity } from './quantity.ts';
import { dimensionOf } from './units.ts';

/** Why there is no figure: four different cells, none of them 0. */
export const MISSING = {
  base: '无可比基数',
  zeroBase: '基数为 0，不计算',
  negativeBase: '基数为负，不计算增幅',
  denominator: '未报送总数，不计算',
  zeroDenominator: '总数为 0，不计算',
  value: '未报送',
  units: '单位不同，不可比',
} as const;
export type Missing = keyof typeof MISSING;

/** A share as a fraction (0.05 is 5 %), or the reason why there is none. */
export type Rate =
  { readonly ok: true; readonly share: Exact } | { readonly ok: false; readonly why: Missing };

const none = (why: Missing): Rate => ({ ok: false, why });

/**
 * A rate of two figures. It cannot be made without its denominator: an absent one gives the reason instead.
 * Both must be of one dimension where `alike` is asked for (完成率, 占比); 元 per 人 and the like are no rates.
 */
export function rateOf(numerator: Quantity | null, denominator: Quantity | null, alike = true): Rate {
  if (denominator === null) return none('denominator');
  if (numerator === null) return none('value');
  const same = inUnit(numerator, denominator.unit);
  if (!same && alike) return none('units');
  if (sign(denominator.value) === 0) return none('zeroDenominator');
  return { ok: true, share: divide((same ?? numerator).value, denominator.value) };
}

const HUNDRED = exact(100);

/** A share in per cent, as a quantity. */
export const perCent = (share: Exact): Quantity => quantity(multiply(share, HUNDRED), '%');

export interface RateLook {
  readonly digits?: number;
  readonly rounding?: Rounding;
  /** 32.0 % is printed 32 %; the way of running text. */
  readonly trim?: boolean;
}

/** A share as `83.7%`. */
export const printedShare = (share: Exact, look: RateLook = {}): string =>
  `${decimalOf(multiply(share, HUNDRED), { ...look, digits: look.digits ?? 1 })}%`;

/** A rate as `83.7%`, or the reason why there is none. */
export const printedRate = (rate: Rate, look: RateLook = {}): string =>
  rate.ok ? printedShare(rate.share, look) : MISSING[rate.why];

/** A figure against an earlier one of the same length and kind (同比, 环比). */
export type Change =
  /** `rate` is the growth as a fraction. */
  | { readonly kind: 'rate'; readonly rate: Exact; readonly difference: Quantity }
  /** Rates and points differ in percentage points, never in per cent. */
  | { readonly kind: 'points'; readonly difference: Quantity }
  /** No growth rate can be said; the difference still can, except without any base. */
  | { readonly kind: 'none'; readonly why: Missing; readonly difference: Quantity | null };

/** How a figure changed against its base. Base 0 or below gives no rate and says so. */
export function changeOf(now: Quantity | null, base: Quantity | null): Change {
  if (now === null) return { kind: 'none', why: 'value', difference: null };
  if (base === null) return { kind: 'none', why: 'base', difference: null };
  const before = inUnit(base, now.unit);
  if (!before) return { kind: 'none', why: 'units', difference: null };
  const difference = quantity(subtract(now.value, before.value), now.unit);
  if (dimensionOf(now.unit) === 'rate' || dimensionOf(now.unit) === 'points') {
    return { kind: 'points', difference: quantity(difference.value, '百分点') };
  }
  const at = sign(before.value);
  if (at === 0) return { kind: 'none', why: 'zeroBase', difference };
  if (at < 0) return { kind: 'none', why: 'negativeBase', difference };
  return { kind: 'rate', rate: divide(difference.value, before.value), difference };
}

/** A change as a table cell: `+6.9%`, `−6.8%`, `+2.1个百分点`, `—`. */
export function printedChange(change: Change, look: RateLook = {}): string {
  if (change.kind === 'none') return '—';
  const digits = look.digits ?? 1;
  const points = change.kind === 'points' ? change.difference.value : multiply(change.rate, HUNDRED);
  const text = decimalOf(points, { ...look, digits });
  const plus = sign(points) > 0 && /[1-9]/.test(text) ? '+' : '';
  return plus + text + (change.kind === 'points' ? '个百分点' : '%');
}

/** A change in words: 同比增长18.7%, 同比下降6.8%, 同比持平, 同比提高2.1个百分点. */
export function changeInWords(name: string, change: Change, look: RateLook = {}): string {
  if (change.kind === 'none') return `${name}${MISSING[change.why]}`;
  const points = change.kind === 'points' ? change.difference.value : multiply(change.rate, HUNDRED);
  const text = decimalOf(absolute(points), { trim: true, ...look, digits: look.digits ?? 1 });
  if (!/[1-9]/.test(text)) return `${name}${sign(points) === 0 ? '持平' : '基本持平'}`;
  const up = sign(points) > 0;
  return change.kind === 'points'
    ? `${name}${up ? '提高' : '下降'}${text}个百分点`
    : `${name}${up ? '增长' : '下降'}${text}%`;
}

export interface Completion {
  readonly rate: Rate;
  /** Target less value: what is still missing, negative where it is passed. Null where either is not known. */
  readonly remaining: Quantity | null;
  readonly reached: boolean | null;
}

/** How far a target is reached. */
export function completionOf(value: Quantity | null, target: Quantity | null): Completion {
  const rate = rateOf(value, target);
  const own = value && target && inUnit(value, target.unit);
  if (!own || !target) return { rate, remaining: null, reached: null };
  const remaining = quantity(subtract(target.value, own.value), target.unit);
  return { rate, remaining, reached: sign(remaining.value) <= 0 };
}

export interface Partition {
  /** True only where every part is known and they sum to the whole. */
  readonly balanced: boolean;
  /** Whole less the sum of the parts known; null where the whole or a part is not known or of another unit. */
  readonly difference: Quantity | null;
  /** Share of the whole by part. */
  readonly shares: readonly Rate[];
}

/** Whether parts make up their whole (34 = 21 + 6 + 7). */
export function partitionOf(whole: Quantity | null, parts: readonly (Quantity | null)[]): Partition {
  const shares = parts.map((part) => rateOf(part, whole));
  if (whole === null || parts.length === 0) return { balanced: false, difference: null, shares };
  const own = parts.map((part) => part && inUnit(part, whole.unit));
  if (own.includes(null)) return { balanced: false, difference: null, shares };
  const total = sum(own.map((part) => part!.value));
  const difference = quantity(subtract(whole.value, total), whole.unit);
  return { balanced: sign(difference.value) === 0, difference, shares };
}

export interface NestedStep {
  readonly label: string;
  readonly value: Quantity;
  /** 占上一步; none for the first step. */
  readonly ofPrevious: Rate | null;
  /** 占首步. */
  readonly ofFirst: Rate;
  /** A step is part of the one before; false where it is larger or counts something else. */
  readonly nested: boolean;
}

/** Steps of which each is part of the one before (400 → 65 → 28 → 20), with both shares. */
export function nestedFunnel(
  steps: readonly { readonly label: string; readonly value: Quantity }[],
): NestedStep[] {
  const first = steps[0]?.value ?? null;
  return steps.map(({ label, value }, index) => {
    const previous = index === 0 ? null : steps[index - 1]!.value;
    const within = previous && inUnit(value, previous.unit);
    return {
      label,
      value,
      ofPrevious: previous && rateOf(value, previous),
      ofFirst: index === 0 ? { ok: true, share: ONE } : rateOf(value, first),
      nested: previous === null || (within !== null && compare(within.value, previous.value) <= 0),
    };
  });
}
