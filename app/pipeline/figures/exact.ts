/** Exact arithmetic for figures: fractions of whole numbers, rounded only where they are printed. Pure. */

/** A fraction in lowest terms; `den` is positive. */
export interface Exact {
  readonly num: bigint;
  readonly den: bigint;
}

const size = (n: bigint) => (n < 0n ? -n : n);

function divisor(a: bigint, b: bigint): bigint {
  let [x, y] = [size(a), size(b)];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/**
 * The fraction `num / den`.
 * @throws RangeError where `den` is 0, or a number given is no safe whole one
 */
export function exact(num: bigint | number, den: bigint | number = 1n): Exact {
  const [n, d] = [wholeOf(num), wholeOf(den)];
  if (d === 0n) throw new RangeError('a fraction needs a denominator');
  const common = divisor(n, d) * (d < 0n ? -1n : 1n);
  return { num: n / common, den: d / common };
}

function wholeOf(value: bigint | number): bigint {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new RangeError(`${value} is not exact`);
  return BigInt(value);
}

export const ZERO: Exact = { num: 0n, den: 1n };
export const ONE: Exact = { num: 1n, den: 1n };

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** A decimal text (`42.63`, `-6.8`) as it stands, without a float on the way; null where it is none. */
export function readExact(text: string): Exact | null {
  const found = DECIMAL.exec(text);
  if (!found) return null;
  const [, sign, whole = '', fraction = ''] = found;
  const num = BigInt(whole + fraction);
  return exact(sign === '-' ? -num : num, 10n ** BigInt(fraction.length));
}

export const add = (a: Exact, b: Exact): Exact => exact(a.num * b.den + b.num * a.den, a.den * b.den);
export const negate = (a: Exact): Exact => ({ num: -a.num, den: a.den });
export const subtract = (a: Exact, b: Exact): Exact => add(a, negate(b));
export const multiply = (a: Exact, b: Exact): Exact => exact(a.num * b.num, a.den * b.den);

/** @throws RangeError on a divisor of 0: whoever divides has to say first what that means */
export const divide = (a: Exact, b: Exact): Exact => exact(a.num * b.den, a.den * b.num);

export const sum = (values: readonly Exact[]): Exact => values.reduce(add, ZERO);

/** −1, 0 or 1. */
export const sign = (a: Exact): -1 | 0 | 1 => (a.num < 0n ? -1 : a.num > 0n ? 1 : 0);

/** Negative, 0 or positive, like a comparison for sorting. */
export const compare = (a: Exact, b: Exact): -1 | 0 | 1 => sign(subtract(a, b));

export const absolute = (a: Exact): Exact => (a.num < 0n ? negate(a) : a);

/** 四舍五入 · 截尾 · 进一 · 四舍六入五成双. All act on the size of the number; its sign stays. */
export const ROUNDINGS = ['halfUp', 'truncate', 'up', 'halfEven'] as const;
export type Rounding = (typeof ROUNDINGS)[number];
export const ROUNDING_LABELS: Readonly<Record<Rounding, string>> = {
  halfUp: '四舍五入',
  truncate: '截尾',
  up: '进一',
  halfEven: '四舍六入五成双',
};

/** The number times 10^digits as a whole number, rounded as said. */
export function roundedTo(value: Exact, digits: number, rounding: Rounding): bigint {
  const scaled = size(value.num) * 10n ** BigInt(digits);
  const [floor, rest] = [scaled / value.den, scaled % value.den];
  const twice = rest * 2n;
  const up =
    rounding === 'up'
      ? rest > 0n
      : rounding === 'halfUp'
        ? twice >= value.den
        : rounding === 'halfEven'
          ? twice > value.den || (twice === value.den && floor % 2n === 1n)
          : false;
  const rounded = up ? floor + 1n : floor;
  return value.num < 0n ? -rounded : rounded;
}

export interface DecimalLook {
  /** Places after the point, at most. */
  readonly digits: number;
  readonly rounding?: Rounding;
  /** Zeros at the end are left out: 32.0 is printed 32. */
  readonly trim?: boolean;
  /** Thousands are set apart by commas. */
  readonly group?: boolean;
}

/** The number as printed; a minus is `−` (U+2212), and what rounds to 0 carries none. */
export function decimalOf(value: Exact, { digits, rounding = 'halfUp', trim, group }: DecimalLook): string {
  const rounded = roundedTo(value, digits, rounding);
  const text = size(rounded)
    .toString()
    .padStart(digits + 1, '0');
  const whole = digits > 0 ? text.slice(0, -digits) : text;
  const fraction = digits > 0 ? text.slice(-digits) : '';
  const kept = trim ? fraction.replace(/0+$/, '') : fraction;
  const grouped = group ? whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',') : whole;
  return (rounded < 0n ? '−' : '') + grouped + (kept === '' ? '' : `.${kept}`);
}

/** All places of a number that ends, for storing it as text; null where it does not end within 30 places. */
export function plainText(value: Exact): string | null {
  for (let digits = 0; digits <= 30; digits += 1) {
    if ((value.num * 10n ** BigInt(digits)) % value.den !== 0n) continue;
    return decimalOf(value, { digits }).replace('−', '-');
  }
  return null;
}
