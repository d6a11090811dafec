/** Decimal texts and JSON numbers as exact scaled integers; no floating-point arithmetic on the way. */

/** Largest amount accepted: ten trillion 元; keeps every figure a safe integer of 分. */
export const MAX_UNITS = 1e13;

export type Scaled =
  { readonly ok: true; readonly value: number } | { readonly ok: false; readonly reason: string };

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads a plain decimal as an integer count of 10^-digits. More decimals than that are refused (trailing zeros
 * aside), as is whatever is no plain decimal. Exponents such as 1e7 are read when they come from a JSON number.
 */
export function scaleDecimal(input: number | string, digits: number): Scaled {
  const text = typeof input === 'number' ? plain(input) : input.trim();
  const found = text === null ? null : DECIMAL.exec(text);
  if (!found) return { ok: false, reason: '不是数字' };
  const fraction = (found[3] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) return { ok: false, reason: `最多 ${digits} 位小数` };
  const units = Number(found[2]);
  if (units > MAX_UNITS) return { ok: false, reason: `超出范围（绝对值大于 ${MAX_UNITS}）` };
  const value = Number(found[2] + fraction.padEnd(digits, '0'));
  if (!Number.isSafeInteger(value)) return { ok: false, reason: '超出可精确表示的范围' };
  return { ok: true, value: found[1] === '-' && value !== 0 ? -value : value };
}

/** Shortest decimal of a double without exponent; null when not finite. */
function plain(value: number): string | null {
  if (!Number.isFinite(value)) return null;
  const text = String(value);
  if (!text.includes('e')) return text;
  if (Math.abs(value) >= 1) return BigInt(value).toString();
  const [mantissa, exponent] = text.split('e') as [string, string];
  const sign = mantissa.startsWith('-') ? '-' : '';
  const figures = mantissa.replace('-', '').replace('.', '');
  return `${sign}0.${'0'.repeat(-Number(exponent) - 1)}${figures}`;
}

/** A scaled integer as a plain decimal text, without trailing zeros. */
export function unscale(value: number, digits: number): string {
  const text = String(Math.abs(value)).padStart(digits + 1, '0');
  const fraction = digits > 0 ? text.slice(-digits).replace(/0+$/, '') : '';
  const whole = digits > 0 ? text.slice(0, -digits) : text;
  return `${value < 0 ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}
