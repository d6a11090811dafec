/** Values of conditions with their units, as words. Pure. Amounts arrive in 元, ratios as fractions. */
import { decimalText, NOT_KNOWN } from './format.ts';

type Value = number | boolean | null;

/** Unit's suffix, what one displayed unit is in the value's own unit, and places shown. */
const LOOK: Readonly<Record<string, { suffix: string; per: number; places: number; gap?: string }>> = {
  CNY: { suffix: ' 万元', per: 10_000, places: 2 },
  USD: { suffix: ' 万美元', per: 10_000, places: 2 },
  ratio: { suffix: '%', per: 0.01, places: 2, gap: ' 个百分点' },
  persons: { suffix: ' 人', per: 1, places: 1 },
  points: { suffix: ' 分', per: 1, places: 2 },
  years: { suffix: ' 年', per: 1, places: 0 },
  days: { suffix: ' 天', per: 1, places: 0 },
  count: { suffix: ' 项', per: 1, places: 0 },
  rank: { suffix: '', per: 1, places: 0, gap: ' 位' },
  level: { suffix: '', per: 1, places: 0, gap: ' 级' },
};
const PLAIN = { suffix: '', per: 1, places: 2, gap: '' };

const trim = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** Digits are scaled by 10^12 at most here, far inside what a double divides cleanly for the sizes that occur. */
const scaled = (value: number, per: number, places: number) => (value / per) * 10 ** places;

function text(value: number, unit: string | null, places: number, keepZeros: boolean): string {
  const look = LOOK[unit ?? ''] ?? PLAIN;
  const number = decimalText(BigInt(Math.round(scaled(value, look.per, places))), places, places);
  const shown = keepZeros ? number : trim(number);
  return unit === 'rank' ? `第 ${shown} 位` : shown + look.suffix;
}

/** A value in its unit; money keeps two decimals, everything else drops trailing zeros except ratios. */
export function valueText(value: Value, unit: string | null): string {
  if (value === null) return NOT_KNOWN;
  if (typeof value === 'boolean') return value ? '是' : '否';
  const look = LOOK[unit ?? ''] ?? PLAIN;
  return text(value, unit, look.places, unit === 'CNY' || unit === 'ratio');
}

/** A threshold: trailing zeros say nothing here (5%, 1,200 万元). */
export function thresholdText(value: Value, unit: string | null): string {
  if (typeof value !== 'number') return valueText(value, unit);
  const look = LOOK[unit ?? ''] ?? PLAIN;
  return text(value, unit, look.places + 2, false);
}

/**
 * A value beside its threshold: as many more decimals as it takes for the two to look different when they are
 * (4.9996 % against 5 %), six at most.
 */
export function actualText(actual: Value, required: Value, unit: string | null): string {
  if (typeof actual !== 'number' || typeof required !== 'number' || actual === required) {
    return valueText(actual, unit);
  }
  const look = LOOK[unit ?? ''] ?? PLAIN;
  for (let places = look.places; places < 6; places += 1) {
    const own = scaled(actual, look.per, places);
    const line = scaled(required, look.per, places);
    if (Math.round(own) !== Math.round(line)) {
      return text(actual, unit, places, unit === 'CNY' || unit === 'ratio');
    }
  }
  return text(actual, unit, 6, true);
}

/** What is still missing, rounded up at the digit shown, so that the shown amount suffices; '' when nothing is. */
export function gapText(gap: number | null, unit: string | null): string {
  if (gap === null || !(gap > 0)) return '';
  const look = LOOK[unit ?? ''] ?? PLAIN;
  // A hair is taken off first, so that 10000 / 10000 stays 1 and does not become 1.01.
  const up = Math.ceil(scaled(gap, look.per, look.places) - 1e-6);
  return trim(decimalText(BigInt(Math.max(1, up)), look.places, look.places)) + (look.gap ?? look.suffix);
}

const WORDS: Readonly<Record<string, string>> = { '>=': '≥', '>': '＞', '<=': '≤', '<': '＜', '=': '＝' };

/** A comparison with its threshold: `≥ 5%`. */
export function requirementText(comparison: string | null, required: Value, unit: string | null): string {
  if (required === null) return NOT_KNOWN;
  if (typeof required === 'boolean') return required ? '是' : '否';
  return `${WORDS[comparison ?? ''] ?? ''} ${thresholdText(required, unit)}`.trim();
}

/** Whether the number itself counts, in the page's words. */
export const inclusionText = (inclusive: boolean | null): string =>
  inclusive === null ? '' : inclusive ? '含本数' : '不含本数';
