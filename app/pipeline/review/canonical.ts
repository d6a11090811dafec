/**
 * Canonical text of plain data: keys in the order of their code units, no spaces, so that equal data give equal
 * bytes. What the seal signs.
 */

/** @throws TypeError on what is not plain JSON: a number that is no safe integer, undefined in a list, a function */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    // Decimals print differently in different places; the tables hold fractions of whole numbers instead.
    if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is no whole number`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`${typeof value} is no plain data`);
  const entries = Object.entries(value)
    .filter(([, own]) => own !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, own]) => `${JSON.stringify(key)}:${canonicalJson(own)}`);
  return `{${entries.join(',')}}`;
}
