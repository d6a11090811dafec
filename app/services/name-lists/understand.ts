/** Which column of an official list is what, and its rows; told from the heads, else from what stands below. */
import { tidyName } from '../../rules/facts/name.ts';
import { checkUscc, tidyUscc } from '../../rules/facts/uscc.ts';
import { cellText, isNothing, type Cell } from '../import/cells.ts';
import type { TableRow } from '../import/source.server.ts';

export const COLUMN_ROLES = {
  name: '企业名称',
  code: '统一社会信用代码',
  region: '地区',
  no: '证书编号',
  note: '原因或备注',
} as const;
export type ColumnRole = keyof typeof COLUMN_ROLES;
/** Index of the column of each role; null where there is none. */
export type ListColumns = Readonly<Record<ColumnRole, number | null>>;

export interface ListTable {
  /** Null for a list without a head. */
  readonly headers: readonly string[] | null;
  readonly columns: ListColumns;
  readonly rows: readonly ListRow[];
}

export interface ListRow {
  readonly line: number;
  /** The cells as they were written. */
  readonly cells: readonly string[];
}

export interface ReadRow extends ListRow {
  readonly name: string;
  readonly code: string | null;
  readonly region: string | null;
  readonly certificateNo: string | null;
  readonly note: string | null;
}

const HEADS: readonly (readonly [ColumnRole, RegExp])[] = [
  ['code', /信用代码|社会代码|^uscc$/i],
  ['no', /证书编号|证书号|登记编号|入库编号|^编号$/],
  [
    'name',
    /^(?!.*(推荐|主管|管理|曾用|归口|类型|规模|性质)).*(企业|公司|单位|机构|主体)(全称|名称|名)$|^(名称|企业|单位|公司|申报企业|申报单位|申请企业|申请单位|enterprise_?name|name)$/i,
  ],
  [
    'region',
    /地区|区域|所在|所属(地|区|市|县)|区县|县区|属地|辖区|^(省|省份|省市|市|地市|城市|区|县|city|province)$|注册地/i,
  ],
  ['note', /原因|理由|备注|说明/],
];
const NOBODY: ListColumns = { name: null, code: null, region: null, no: null, note: null };
const COMPANY = /(公司|厂|中心|研究院|研究所|设计院|合作社|事务所|合伙|集团|企业)[)）]?$|有限合伙/;

const text = (cell: Cell | undefined): string =>
  cell === undefined || isNothing(cell) ? '' : cellText(cell);
const headText = (cell: Cell) =>
  text(cell)
    .replace(/\(.*\)|[\s*:：]/g, '')
    .trim();

function rolesOf(heads: readonly string[]): ListColumns {
  const columns: Record<ColumnRole, number | null> = { ...NOBODY };
  heads.forEach((head, index) => {
    const role = HEADS.find(([, pattern]) => pattern.test(head))?.[0];
    if (role) columns[role] ??= index;
  });
  return columns;
}

/** Roles by content, for a list without a head. */
function rolesByContent(rows: readonly (readonly Cell[])[]): ListColumns {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const best = (fits: (cell: string) => boolean) => {
    const counts = Array.from({ length: width }, (_, i) => rows.filter((row) => fits(text(row[i]))).length);
    const most = Math.max(0, ...counts);
    return most === 0 ? null : counts.indexOf(most);
  };
  const code = best((cell) => checkUscc(cell).ok);
  const name = best((cell) => COMPANY.test(cell));
  // A list of one column is a list of names whatever they look like.
  return { ...NOBODY, code, name: name ?? (width === 1 ? 0 : null) };
}

/** Columns after which the heads begin anew: lists set in two or three columns of a page. */
function periodOf(heads: readonly string[]): number | null {
  for (let period = 1; period <= heads.length / 2; period += 1) {
    const named = heads.slice(0, period).some((head) => rolesOf([head]).name !== null);
    if (named && heads.every((head, i) => head === '' || head === heads[i % period])) return period;
  }
  return null;
}

/** A table as a list of names; null where no column reads like names. */
export function understandTable(rows: readonly TableRow[]): ListTable | null {
  const at = rows.slice(0, 12).findIndex((row) => rolesOf(row.cells.map(headText)).name !== null);
  if (at < 0) {
    const columns = rolesByContent(rows.slice(0, 200).map((row) => row.cells));
    return columns.name === null && columns.code === null
      ? null
      : { headers: null, columns, rows: filled(rows) };
  }
  const heads = rows[at]!.cells.map(headText);
  const period = periodOf(heads) ?? heads.length;
  const headers = heads.slice(0, period);
  const below = rows.slice(at + 1).flatMap(({ line, cells }) => {
    const parts: TableRow[] = [];
    for (let from = 0; from < Math.max(cells.length, 1); from += period)
      parts.push({ line, cells: cells.slice(from, from + period) });
    return parts;
  });
  const repeated = (row: ListRow) => row.cells.every((cell, i) => headText(cell) === (headers[i] ?? ''));
  return { headers, columns: rolesOf(headers), rows: filled(below).filter((row) => !repeated(row)) };
}

const filled = (rows: readonly TableRow[]): ListRow[] =>
  rows
    .map(({ line, cells }) => ({ line, cells: cells.map((cell) => (cell === null ? '' : String(cell))) }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));

/** 12、 or (12) or 12 before a name; not the 1. of 1.5. */
const NUMBERING = /^\s*[(（]?\d{1,5}(?:[)）、]|[.．](?!\d)|\s+(?=\D))\s*/;

/** A row as the columns say; null for one that names nobody (a heading within the list, a sum). */
export function readListRow({ line, cells }: ListRow, columns: ListColumns): ReadRow | null {
  const of = (role: ColumnRole) => (columns[role] === null ? '' : text(cells[columns[role]]));
  const name = tidyName(of('name')).replace(NUMBERING, '');
  const code = tidyUscc(of('code')) || null;
  if (name === '' && code === null) return null;
  if (/^(合计|总计|小计)|^共?\s*\d+\s*家$/.test(name)) return null;
  return {
    line,
    cells,
    name: name.slice(0, 200),
    code,
    region: of('region') || null,
    certificateNo: of('no') || null,
    note: of('note') || null,
  };
}

const NARROW = /\s{2,}|　+|[|,，;；、](?!\s*$)/;

/** Text that was pasted, as table rows: cells apart by tabs, wide gaps or marks. */
export function pastedRows(pasted: string): TableRow[] {
  return pasted.split(/\r\n|[\n\r\u2028]/).flatMap((whole, i) => {
    const text = whole.replace(/[\u200b-\u200f\u2060\ufeff]/g, '');
    const number = NUMBERING.exec(text)?.[0] ?? '';
    const parts = text.includes('\t') ? text.split('\t') : text.slice(number.length).trim().split(NARROW);
    const cells = parts.map((cell) => cell.trim() || null);
    // Names one after the other on a line.
    if (cells.length > 1 && cells.every((cell) => cell !== null && COMPANY.test(cell)))
      return cells.map((cell) => ({ line: i + 1, cells: [cell] }));
    if (!text.includes('\t') && cells[0]) cells[0] = number.trimStart() + cells[0];
    return [{ line: i + 1, cells }];
  });
}
