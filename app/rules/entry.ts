/** Numbers of rules as people type them: 万元, per cent, whole years. Pure. */
import { scaleDecimal } from './facts/decimal.ts';
import type { Unit } from './source.ts';

interface Look {
  /** As written after the number. */
  readonly suffix: string;
  /** Decimal places between the typed number and the unit's own. */
  readonly shift: number;
  /** Most decimals in the unit's own. */
  readonly digits: number;
}

const ENTRY: Readonly<Record<Unit, Look>> = {
  CNY: { suffix: '万元', shift: 4, digits: 2 },
  USD: { suffix: '万美元', shift: 4, digits: 2 },
  ratio: { suffix: '%', shift: -2, digits: 6 },
  persons: { suffix: '人', shift: 0, digits: 2 },
  points: { suffix: '分', shift: 0, digits: 2 },
  years: { suffix: '年', shift: 0, digits: 0 },
  days: { suffix: '天', shift: 0, digits: 0 },
  count: { suffix: '项', shift: 0, digits: 0 },
  rank: { suffix: '名', shift: 0, digits: 0 },
  level: { suffix: '级', shift: 0, digits: 0 },
  boolean: { suffix: '', shift: 0, digits: 0 },
};

/** What a number of this unit is typed in: 万元, %, 人. */
export const entrySuffix = (unit: Unit): string => ENTRY[unit].suffix;

export type Entry =
  { readonly ok: true; readonly value: string } | { readonly ok: false; readonly reason: string };

/** A typed number as a decimal text in the unit itself (元, fraction): `1,200` 万元 → `12000000`, `3` % → `0.03`. */
export function readEntry(typed: string, unit: Unit): Entry {
  const { suffix, shift } = ENTRY[unit];
  const text = typed.normalize('NFKC').replace(/[\s,]/g, '');
  const bare = suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
  const moved = movePoint(bare, shift);
  return moved === null
    ? { ok: false, reason: `应为数字${suffix ? `，单位${suffix}` : ''}` }
    : plainValue(moved, unit);
}

/** A decimal text already in the unit itself, checked. */
export function plainValue(text: string, unit: Unit): Entry {
  const { digits } = ENTRY[unit];
  const read = scaleDecimal(text, digits);
  if (!read.ok) return { ok: false, reason: digits === 0 ? '应为整数' : read.reason };
  if (read.value < 0) return { ok: false, reason: '不能为负数' };
  return { ok: true, value: text };
}

/** A decimal text in the unit as it is typed: `12000000` 元 → `1200`. */
export const entryText = (value: string, unit: Unit): string => movePoint(value, -ENTRY[unit].shift) ?? value;

/** A plain decimal text with its point moved right; null for anything else. */
function movePoint(text: string, places: number): string | null {
  const found = /^(-?)(\d{1,20})(?:\.(\d{1,20}))?$/.exec(text);
  if (!found) return null;
  const [, sign = '', whole = '', fraction = ''] = found;
  const left = whole.length + places;
  const digits = (whole + fraction).padEnd(left, '0').padStart(fraction.length - places + 1, '0');
  const point = digits.length - Math.max(0, fraction.length - places);
  const head = digits.slice(0, point).replace(/^0+(?=\d)/, '');
  const tail = digits.slice(point).replace(/0+$/, '');
  return `${sign}${head}${tail === '' ? '' : `.${tail}`}`;
}

/** A number of a rule in words: 1,200 万元, 5%, 3 年, 第 3 名. */
export function entryWords(value: number, unit: Unit): string {
  const text = entryText(String(value), unit).replace(/^\d+/, (whole) =>
    whole.replace(/\B(?=(\d{3})+$)/g, ','),
  );
  if (unit === 'rank') return `第 ${text} 名`;
  return unit === 'ratio' ? `${text}%` : `${text} ${ENTRY[unit].suffix}`.trim();
}
