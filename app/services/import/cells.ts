/**
 * Cells of tables as people write them: full-width digits, thousands separators, ％, units in the cell, dates in
 * many forms. Amounts stay decimal texts from end to end; no floating-point arithmetic touches them.
 */
import { isDay, dayFromNumber } from '../../rules/day.ts';
import type { FieldDefinition, Option } from '../../rules/facts/fields.ts';

/** A cell as read: text, a number of a spreadsheet, a boolean, or nothing. */
export type Cell = string | number | boolean | null;

export type CellValue<T> =
  | { readonly ok: true; readonly value: T; readonly flag?: string }
  | { readonly ok: false; readonly reason: string };

const ok = <T>(value: T, flag?: string): CellValue<T> =>
  flag ? { ok: true, value, flag } : { ok: true, value };
const refuse = (reason: string): CellValue<never> => ({ ok: false, reason });

const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]/g;

/** Ways of writing that nothing is stated; never used for codes and names. */
const NOTHING = new Set([
  '',
  '-',
  '--',
  '—',
  '——',
  '–',
  '/',
  '\\',
  'n/a',
  'na',
  'null',
  '不适用',
  '未报送',
  '未知',
  '未提供',
  '#n/a',
]);

/** Text of a cell with compatibility characters made ordinary and blanks dropped at the ends. */
export function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell.normalize('NFKC').replace(INVISIBLE, '').trim();
  return typeof cell === 'number' ? plainNumber(cell) : String(cell);
}

/** True for a cell that states nothing. */
export function isNothing(cell: Cell): boolean {
  return cell === null || (typeof cell === 'string' && NOTHING.has(cellText(cell).toLowerCase()));
}

/** A double as decimal text of at most 15 significant digits, without exponent. */
function plainNumber(value: number): string {
  const short = String(value);
  // Sixteen characters hold a point and at most fifteen digits: nothing to round.
  if (short.length <= 16 && !short.includes('e')) return short;
  const text = String(Number(value.toPrecision(15)));
  return text.includes('e') ? expand(text) : text;
}

/** True for a cell without anything in it. */
export function isBlank(cell: Cell): boolean {
  return cell === null || (typeof cell === 'string' && cell.replace(INVISIBLE, '').trim() === '');
}

/** Writes `1.2e-7` out. */
function expand(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  return shiftPoint(mantissa, Number(exponent));
}

/** Moves the decimal point of a plain decimal text; exact. */
export function shiftPoint(text: string, places: number): string {
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.replace(/^[+-]/, '').split('.');
  let digits = whole + fraction;
  let point = whole.length + places;
  if (point < 0) {
    digits = '0'.repeat(-point) + digits;
    point = 0;
  }
  if (point > digits.length) digits = digits.padEnd(point, '0');
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, '') || '0';
  const right = digits.slice(point).replace(/0+$/, '');
  return `${negative ? '-' : ''}${left}${right ? `.${right}` : ''}`;
}

/** Rounds a plain decimal text half up (away from zero) at `places`; tells whether anything was lost. */
export function roundDecimal(text: string, places: number): { text: string; lost: boolean } {
  const [whole = '0', fraction = ''] = text.split('.');
  if (fraction.length <= places) return { text, lost: false };
  const negative = whole.startsWith('-');
  const scaled =
    BigInt(whole.replace('-', '') + fraction.slice(0, places)) + (fraction[places]! >= '5' ? 1n : 0n);
  const rounded = shiftPoint(String(scaled), -places);
  return { text: negative && rounded !== '0' ? `-${rounded}` : rounded, lost: true };
}

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/亿元?$/, 8],
  [/百万元?$/, 6],
  [/万元?$/, 4],
  [/千元?$/, 3],
  [/%$/, -2],
  [/[元人项件分名家]$/, 0],
];

interface DecimalText {
  readonly text: string;
  /** Places the cell's own unit moved the point by; null when it names none. */
  readonly ownUnit: number | null;
}

/** A number as written, as plain decimal text; null when it is none. */
function readDecimal(cell: Cell): DecimalText | null {
  if (typeof cell === 'number')
    return Number.isFinite(cell) ? { text: plainNumber(cell), ownUnit: null } : null;
  if (typeof cell !== 'string') return null;
  let text = cellText(cell)
    .replace(/\s/g, '')
    .replace(/[−–]/g, '-')
    .replace(/^([+-]?)[¥￥]/, '$1');
  const bracketed = /^\((.+)\)$/.exec(text);
  if (bracketed) text = `-${bracketed[1]}`;
  let ownUnit: number | null = null;
  for (const [pattern, places] of UNITS) {
    if (!pattern.test(text)) continue;
    text = text.replace(pattern, '');
    ownUnit = places;
    break;
  }
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) text = text.replaceAll(',', '');
  if (/^[+-]?\d+(\.\d+)?e[+-]?\d{1,2}$/i.test(text)) text = expand(text);
  if (/^[+-]?\.\d+$/.test(text)) text = text.replace('.', '0.');
  if (!/^[+-]?\d+(\.\d*)?$/.test(text)) return null;
  return { text: shiftPoint(text.replace(/\.$/, ''), ownUnit ?? 0), ownUnit };
}

/** Decimals that are kept of each type; more are rounded with a flag when a spreadsheet's own number has them. */
const PLACES = { money: 2, points: 2, share: 6 } as const;

/**
 * A number as decimal text in the field's own unit (元, persons, points, a fraction).
 * @param unit places by which the column's unit moves the point (万元: 4); a unit in the cell takes precedence
 */
export function readNumber(
  cell: Cell,
  type: 'money' | 'points' | 'share' | 'persons' | 'whole',
  unit: number,
): CellValue<string> {
  const read = readDecimal(cell);
  if (!read) return refuse(notANumber(cellText(cell)));
  const text = read.ownUnit === null ? shiftPoint(read.text, unit) : read.text;
  if (type === 'persons' || type === 'whole') return ok(text);
  // A text with too many decimals is refused further on; a share is a quotient and may be written as it came.
  if (typeof cell !== 'number' && type !== 'share') return ok(text);
  const rounded = roundDecimal(text, PLACES[type]);
  return rounded.lost ? ok(rounded.text, `小数位过多，已四舍五入为 ${rounded.text}`) : ok(text);
}

/** Why a cell is no number, and what to do where its formula failed. */
const notANumber = (text: string) =>
  /^#[A-Z0-9/!?]+$/.test(text) ? `公式出错（${text}），请改正公式或填数值` : `“${text}”不是数字`;

/** Days between 1899-12-30, from which spreadsheets count (after their 1900-02-29), and 1970-01-01. */
const SERIAL_EPOCH = 25569;

/** A day in any usual form, or the serial number of a spreadsheet. */
export function readDay(cell: Cell): CellValue<string> {
  const text = cellText(cell).replace(/[日号]$/, '');
  const found =
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:日?[T\s].*)?$/.exec(text);
  if (found) {
    const day = `${found[1]}-${found[2]!.padStart(2, '0')}-${found[3]!.padStart(2, '0')}`;
    return isDay(day) ? ok(day) : refuse(`日期“${text}”不存在`);
  }
  // From 1954 to 2119: below are years and other plain numbers.
  if (/^\d{5}(\.\d+)?$/.test(text) && Number(text) >= 20000 && Number(text) < 80000) {
    return ok(dayFromNumber(Math.floor(Number(text)) - SERIAL_EPOCH));
  }
  if (/^\d{4}(年|\s*[-/.年]\s*\d{1,2}月?)?$/.test(text)) return refuse(`日期“${text}”需写到日`);
  return refuse(`“${text}”不是日期`);
}

/** A fiscal year. */
export function readYear(cell: Cell): CellValue<string> {
  const found = /^((?:19|20|21)\d\d)(?:年度?|-12-31|\.0)?$/.exec(cellText(cell));
  return found ? ok(found[1]!) : refuse(`“${cellText(cell)}”不是年份`);
}

const YES = new Set(['是', '有', '真', '√', '✓', 'y', 'yes', 'true', '1', '属于', '符合']);
const NO = new Set(['否', '无', '假', '×', '✗', 'x', 'n', 'no', 'false', '0', '不属于', '不符合', '没有']);

/** Yes or no. */
export function readFlag(cell: Cell): CellValue<boolean> {
  const text = cellText(cell).toLowerCase();
  if (YES.has(text)) return ok(true);
  if (NO.has(text)) return ok(false);
  return refuse(`“${cellText(cell)}”应为“是”或“否”`);
}

const optionKey = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s()（）“”"'、，,]/g, '');

const optionIndexes = new WeakMap<readonly Option[], Map<string, string>>();

/** The value of a label, one of its other spellings, or the value itself. */
export function readOption(cell: Cell, options: readonly Option[]): CellValue<string> {
  let index = optionIndexes.get(options);
  if (!index) {
    index = new Map();
    for (const o of options)
      for (const text of [o.value, o.label, ...(o.aliases ?? [])]) index.set(optionKey(text), o.value);
    optionIndexes.set(options, index);
  }
  const value = index.get(optionKey(cellText(cell)));
  return value === undefined
    ? refuse(`“${cellText(cell)}”应为：${options.map((o) => o.label).join('、')}`)
    : ok(value);
}

/** A code in a cell; a number of 16 or more digits has already lost some of them. */
function readCode(cell: Cell): CellValue<string> {
  if (typeof cell === 'number' && Math.abs(cell) >= 1e15)
    return refuse('单元格是数字，位数已失真，请改为文本格式后重填');
  return ok(cellText(cell));
}

/** Stock codes have six digits; a spreadsheet's number has lost its leading zeros. */
function readText(cell: Cell, field: FieldDefinition): CellValue<string> {
  if (field.key === 'listing.code') {
    const text = cellText(cell);
    return ok(/^\d{1,5}$/.test(text) ? text.padStart(6, '0') : text);
  }
  if (typeof cell === 'string') return ok(cell.replace(INVISIBLE, '').trim());
  return readCode(cell);
}

const AS_CODE = new Set(['division', 'industry', 'techField', 'currency']);

/**
 * One cell in the form that the facts schema takes (amounts as decimal texts in 元).
 * @param unit see {@link readNumber}
 */
export function readCell(cell: Cell, field: FieldDefinition, unit: number): CellValue<unknown> {
  switch (field.type) {
    case 'money':
    case 'points':
    case 'share':
    case 'persons':
      return readNumber(cell, field.type, unit);
    case 'whole': {
      const read = readNumber(cell, 'whole', unit);
      return read.ok ? ok(Number(read.value)) : read;
    }
    case 'day':
      return readDay(cell);
    case 'year':
      return readYear(cell);
    case 'flag':
      return readFlag(cell);
    case 'option':
      return readOption(cell, field.options ?? []);
    case 'list':
      return ok(
        String(cell)
          .split(/[；;、|\n]/)
          .map((part) => part.replace(INVISIBLE, '').trim())
          .filter((part) => part !== ''),
      );
    case 'uscc':
      return readCode(cell);
    case 'scheme':
      return ok(cellText(cell));
    case 'text':
      return AS_CODE.has(field.key) ? readCode(cell) : readText(cell, field);
  }
}
