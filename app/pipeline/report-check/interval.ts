/**
 * Published figures as intervals: a figure printed with so many places stands for every value that rounds to it.
 * Bounds are widened by a few parts in 10¹², so that arithmetic in floating point never causes a question.
 */

import type { Rounding } from '../figures/exact.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const SLACK = 4e-12;

/** @param low any bound; the two are put in order */
export function interval(low: number, high: number): Interval {
  const [a, b] = low <= high ? [low, high] : [high, low];
  return { low: a - Math.abs(a) * SLACK, high: b + Math.abs(b) * SLACK };
}

/** Values that are printed as `value` when the last place printed is worth `step`. */
export function printedAs(value: number, step: number, rounding: Rounding): Interval {
  const size = Math.abs(value);
  const [low, high] =
    rounding === 'truncate'
      ? [size, size + step]
      : rounding === 'up'
        ? [size - step, size]
        : [size - step / 2, size + step / 2];
  return value < 0 ? interval(-low, -high) : interval(low, high);
}

export const meets = (a: Interval, b: Interval): boolean => a.low <= b.high && b.low <= a.high;
export const plus = (a: Interval, b: Interval): Interval => interval(a.low + b.low, a.high + b.high);
export const minus = (a: Interval, b: Interval): Interval => interval(a.low - b.high, a.high - b.low);
export const negative = (a: Interval): Interval => interval(-a.high, -a.low);
export const magnitude = (a: Interval): Interval =>
  a.low >= 0 ? a : a.high <= 0 ? negative(a) : { low: 0, high: Math.max(-a.low, a.high) };

/** `a / b` in percent; null where the divisor may be 0 or below. */
export const percentOf = (a: Interval, b: Interval): Interval | null => {
  if (b.low <= 0) return null;
  const corners = [a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high].map((x) => x * 100);
  return interval(Math.min(...corners), Math.max(...corners));
};

/** Change from `before` to `now` in percent; null where it cannot be said. */
export function changeOf(now: Interval, before: Interval): Interval | null {
  const ratio = percentOf(now, before);
  return ratio && interval(ratio.low - 100, ratio.high - 100);
}

/** `value` printed with so many decimals, rounded as asked. */
export function printed(value: number, decimals: number, rounding: Rounding): string {
  const scale = 10 ** decimals;
  const size = Math.abs(value) * scale;
  const near = Math.round(size * 1e6) / 1e6;
  const whole =
    rounding === 'truncate'
      ? Math.floor(near)
      : rounding === 'up'
        ? Math.ceil(near)
        : halfWay(near, rounding);
  return ((Math.sign(value) * whole) / scale).toFixed(decimals).replace(/^-(?=[0.]*$)/, '');
}

const halfWay = (size: number, rounding: Rounding): number =>
  rounding === 'halfEven' && size % 1 === 0.5 ? 2 * Math.round(size / 2) : Math.floor(size + 0.5);
