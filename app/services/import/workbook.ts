/** Workbooks (xlsx, xls, and the HTML tables that some systems call xls) as rows of plain cells. */
import fs from 'node:fs';
import * as sheetjs from '@e965/xlsx';
import type { Cell } from './cells.ts';

export interface SheetRows {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

interface RawCell {
  t?: string;
  v?: unknown;
  z?: string | number;
  w?: string;
}

type DenseSheet = { '!data'?: (RawCell[] | undefined)[]; '!ref'?: string };

/** Reads every sheet with its values alone. Synchronous and slow: about 8,000 rows a second. */
export async function readWorkbook(file: string): Promise<SheetRows[]> {
  const bytes = fs.readFileSync(file);
  // Workbooks older than Excel 97 hold text in the code page of their machine.
  if (bytes[0] === 0xd0) sheetjs.set_cptable(await import('@e965/xlsx/dist/cpexcel.full.mjs'));
  const book = sheetjs.read(bytes, {
    dense: true,
    cellNF: true,
    cellText: false,
    cellFormula: false,
    cellHTML: false,
  });
  const from1904 = book.Workbook?.WBProps?.date1904 === true;
  return book.SheetNames.map((name) => {
    const sheet = book.Sheets[name] as unknown as DenseSheet;
    const rows = Array.from(sheet['!data'] ?? [], (row) =>
      row ? Array.from(row, (cell) => plainCell(cell, from1904)) : [],
    );
    return { name, rows };
  });
}

function plainCell(cell: RawCell | undefined, from1904: boolean): Cell {
  if (!cell || cell.v === undefined || cell.v === null) return null;
  if (cell.t === 'n' && typeof cell.v === 'number') return plainNumber(cell.v, cell.z, from1904);
  if (cell.t === 'b') return cell.v === true;
  if (cell.t === 'e') return cell.w ?? '#N/A';
  const text = String(cell.v);
  return text === '' ? null : text;
}

const dateFormats = new Map<string | number, 'date' | 'percent' | 'number'>();

function formatKind(format: string | number): 'date' | 'percent' | 'number' {
  let kind = dateFormats.get(format);
  if (kind === undefined) {
    kind = sheetjs.SSF.is_date(String(format)) ? 'date' : String(format).includes('%') ? 'percent' : 'number';
    dateFormats.set(format, kind);
  }
  return kind;
}

/** A number shown as a date becomes `YYYY-MM-DD`, one shown as a percentage keeps its sign %. */
function plainNumber(value: number, format: string | number | undefined, from1904: boolean): Cell {
  if (format === undefined || format === 'General') return value;
  const kind = formatKind(format);
  if (kind === 'percent') return `${Number((value * 100).toPrecision(15))}%`;
  if (kind === 'number') return value;
  const date = sheetjs.SSF.parse_date_code(value, { date1904: from1904 });
  if (!date || date.y < 1900) return value;
  return `${String(date.y).padStart(4, '0')}-${String(date.m).padStart(2, '0')}-${String(date.d).padStart(2, '0')}`;
}
