/**
 * Exact comparison of integers and ratios. Doubles decide where their error cannot reach; where the two sides are
 * too close or too large, BigInt does, so that the result at a threshold is always right.
 */
export interface Rational {
  /** Numerator, a safe integer. */
  readonly p: number;
  /** Denominator, a positive safe integer. */
  readonly q: number;
}

function gcd(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return Math.abs(a);
}

/** A decimal text such as '0.05' or '-12.5' as a reduced fraction. Throws on anything else. */
export function rational(text: string): Rational {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!found) throw new Error(`not a decimal: ${text}`);
  const q = 10 ** (found[3]?.length ?? 0);
  const p = Number(`${found[2]}${found[3] ?? ''}`) * (found[1] ? -1 : 1);
  if (!Number.isSafeInteger(p)) throw new Error(`too long a decimal: ${text}`);
  const divisor = gcd(p, q) || 1;
  return { p: p / divisor, q: q / divisor };
}

/** The value of a fraction as a double, for showing. */
export function toNumber(r: Rational): number {
  return r.p / r.q;
}

const SAFE = Number.MAX_SAFE_INTEGER;

/** Sign of a·b − c·d for safe integers, exact. */
export function compareProducts(a: number, b: number, c: number, d: number): number {
  const left = a * b;
  const right = c * d;
  if (left <= SAFE && left >= -SAFE && right <= SAFE && right >= -SAFE) return Math.sign(left - right);
  const difference = left - right;
  // Each product carries at most one rounding of 2^-53 relative; four of them bound the difference's error.
  if (Math.abs(difference) > (Math.abs(left) + Math.abs(right)) * 4.5e-16) return Math.sign(difference);
  const exact = BigInt(a) * BigInt(b) - BigInt(c) * BigInt(d);
  return exact > 0n ? 1 : exact < 0n ? -1 : 0;
}

/** Sign of num/den − p/q, exact; den and q must be positive. */
export function compareRatio(num: number, den: number, p: number, q: number): number {
  return compareProducts(num, q, p, den);
}

/**
 * Sign of the mean of v2/v1 and v3/v2, less one, minus p/q; exact. All of v1, v2 and q positive.
 * (v2² + v1·v3) / (2·v1·v2) − 1 against p/q.
 */
export function compareMeanGrowth(v1: number, v2: number, v3: number, p: number, q: number): number {
  const estimate = (v2 / v1 + v3 / v2) / 2 - 1;
  const threshold = p / q;
  const difference = estimate - threshold;
  if (Math.abs(difference) > (Math.abs(v2 / v1) + Math.abs(v3 / v2) + Math.abs(threshold) + 1) * 1e-14) {
    return Math.sign(difference);
  }
  const [a, b, c, P, Q] = [BigInt(v1), BigInt(v2), BigInt(v3), BigInt(p), BigInt(q)];
  const exact = (b * b + a * c) * Q - 2n * a * b * (P + Q);
  return exact > 0n ? 1 : exact < 0n ? -1 : 0;
}

/** Sign of (last/first) − (1 + p/q)^periods, exact; first and q positive, periods a small positive integer. */
export function compareCompound(last: number, first: number, periods: number, p: number, q: number): number {
  const exact =
    BigInt(last) * BigInt(q) ** BigInt(periods) - BigInt(first) * BigInt(q + p) ** BigInt(periods);
  return exact > 0n ? 1 : exact < 0n ? -1 : 0;
}

/** The greatest integer not above num/den (den > 0). */
export function floorDivide(num: bigint, den: bigint): bigint {
  const quotient = num / den;
  return num % den < 0n ? quotient - 1n : quotient;
}

/** The least integer not below num/den (den > 0). */
export function ceilDivide(num: bigint, den: bigint): bigint {
  return -floorDivide(-num, den);
}

/** A double rounded up (away from zero for a positive amount) at the given decimal digit, tolerant of binary noise below it. */
export function ceilAt(value: number, digits: number): number {
  const scale = 10 ** digits;
  const scaled = value * scale;
  const nearest = Math.round(scaled);
  const up =
    Math.abs(scaled - nearest) < Math.max(1e-9, Math.abs(scaled) * 1e-12) ? nearest : Math.ceil(scaled);
  return up / scale;
}
