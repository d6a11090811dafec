/** Addresses with their query: filters, dates and switches all live there. Pure. */

/** The two switches that hold on every page. */
export const SWITCHES = ['park', 'asOf'] as const;

export type Changes = Readonly<Record<string, string | number | null | undefined>>;

/** The query with some keys set (or dropped when null or empty), others kept in order; leading `?` or ''. */
export function withQuery(search: string | URLSearchParams, changes: Changes): string {
  const query = new URLSearchParams(search);
  for (const [key, value] of Object.entries(changes)) {
    query.delete(key);
    if (value !== null && value !== undefined && value !== '') query.set(key, String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** An address inside the program with the switches of the present one added, unless it sets them itself. */
export function keepSwitches(to: string, search: string | URLSearchParams): string {
  if (!to.startsWith('/') && !to.startsWith('?')) return to;
  const [, path = '', query = '', hash = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/.exec(to) ?? [];
  const here = new URLSearchParams(search);
  const there = new URLSearchParams(query);
  for (const key of SWITCHES) {
    const value = here.get(key);
    if (value && !there.has(key)) there.set(key, value);
  }
  const text = there.toString();
  return path + (text === '' ? '' : `?${text}`) + hash;
}

/** The column sorted by and whether downwards, from `sort=-name`; the fallback when absent or not among `allowed`. */
export function readSort<K extends string>(
  text: string | null,
  allowed: readonly K[],
  fallback: { key: K; down: boolean },
): { key: K; down: boolean } {
  const key = text?.replace(/^-/, '') as K | undefined;
  return key && allowed.includes(key) ? { key, down: text!.startsWith('-') } : fallback;
}
