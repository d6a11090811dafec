/** A price as somebody types it in 万元, in 分; null where nothing or no number stands. Pure. */
import { readEntry } from '../rules/entry.ts';
import { scaleDecimal } from '../rules/facts/decimal.ts';

export function numberOf(typed: string): number | null {
  if (typed.trim() === '') return null;
  const entry = readEntry(typed, 'CNY');
  const read = entry.ok ? scaleDecimal(entry.value, 2) : entry;
  return read.ok ? read.value : null;
}
