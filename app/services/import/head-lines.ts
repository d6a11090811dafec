/** Headers that stand on more than one line: years over figures, units under them, a unit noted above the table. */
import type { Cell } from './cells.ts';
import { namesUnit, unitPlaces } from './headers.ts';

/** The header texts of one row, blanks within made single. */
export const headersOf = (row: readonly Cell[]): string[] =>
  Array.from(row, (cell) => (cell === null ? '' : String(cell).replace(/\s+/g, ' ').trim()));

/** True for a row that holds nothing but units: （万元）, （人）, %. */
export function isUnitLine(row: readonly Cell[]): boolean {
  const texts = headersOf(row).filter((text) => text !== '');
  return texts.length > 0 && texts.every((text) => unitPlaces(text) !== null);
}

/** Headers with the units of the line under them: 营业收入 and （万元） make 营业收入（万元）. */
export function withUnits(headers: readonly string[], units: readonly Cell[]): string[] {
  const below = headersOf(units);
  return headers.map((header, at) => {
    const unit = (below[at] ?? '').replace(/[()（）]/g, '');
    return header === '' || unit === '' || namesUnit(header) ? header : `${header}（${unit}）`;
  });
}

const YEAR_HEAD = /^(?:19|20)\d\d(?:年度?)?$/;

/**
 * Two lines of headers as one. A merged cell holds its text in its first column alone, so a year reaches to the
 * right as far as the upper line is blank; what stands in the lower line is the header, else the upper one.
 */
export function joinHeads(upper: readonly Cell[], lower: readonly Cell[]): string[] {
  const [top, bottom] = [headersOf(upper), headersOf(lower)];
  let year = '';
  return Array.from({ length: Math.max(top.length, bottom.length) }, (_, at) => {
    const [above = '', below = ''] = [top[at], bottom[at]];
    if (above !== '') year = YEAR_HEAD.test(above.normalize('NFKC')) ? above : '';
    if (below === '') return above;
    return year === '' ? below : `${year}${below}`;
  });
}

const NOTED_UNIT =
  /单位\s*[:：]\s*(?:人民币)?\s*((?:百万|千|万|亿)?元)|[(（]\s*(?:人民币)?((?:百万|千|万|亿)元)\s*[)）]/;

/** The unit that a line above the table gives for all of it (单位：万元); null when none or two differ. */
export function unitAbove(rows: readonly (readonly Cell[])[]): number | null {
  const found = rows.flatMap((row) =>
    headersOf(row).flatMap((text) => {
      const match = NOTED_UNIT.exec(text);
      return match ? [unitPlaces(match[1] ?? match[2]!)!] : [];
    }),
  );
  return new Set(found).size === 1 ? found[0]! : null;
}

/** Units of amounts by the places that they move the point. */
export const UNIT_NAMES: Readonly<Record<number, string>> = {
  0: '元',
  3: '千元',
  4: '万元',
  6: '百万元',
  8: '亿元',
};

/** Headers with the unit that holds for the whole table written into those that need it, so that they stand alone. */
export const withTableUnit = (headers: readonly string[], unitless: readonly string[], unit: number | null) =>
  headers.map((header) =>
    unit !== null && unitless.includes(header) ? `${header}（${UNIT_NAMES[unit]}）` : header,
  );
