/** The workbook in which rejected rows come back: all columns as they were, and the reason beside each row. */
import fs from 'node:fs';
import exceljs from 'exceljs';
import type { Cell } from './cells.ts';
import { REASON_HEADER } from './headers.ts';

export interface RejectedWorkbook {
  readonly count: number;
  add(cells: readonly Cell[], reason: string): void;
  /** Writes the file; nothing when no row was rejected. */
  finish(): Promise<string | null>;
  discard(): Promise<void>;
}

/** Longest text that a cell of a workbook can hold. */
const CELL_LIMIT = 32_767;

/** Collects rejected rows; the file is begun with the first one and stands complete after `finish`. */
export function createRejectedWorkbook(file: string, headers: readonly string[]): RejectedWorkbook {
  const partial = `${file}.partial`;
  // A corrected workbook that is refused again must not carry the old reasons along.
  const kept = headers
    .map((header, index) => ({ header, index }))
    .filter(({ header }) => header !== REASON_HEADER);
  let writer: exceljs.stream.xlsx.WorkbookWriter | null = null;
  let sheet: exceljs.Worksheet | null = null;
  let count = 0;
  const begin = () => {
    writer = new exceljs.stream.xlsx.WorkbookWriter({
      filename: partial,
      useStyles: true,
      useSharedStrings: false,
    });
    sheet = writer.addWorksheet('未导入的行', { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = [
      ...kept.map(({ header }) => ({ header, width: 18 })),
      { header: REASON_HEADER, width: 60 },
    ];
    const head = sheet.getRow(1);
    head.font = { bold: true };
    head.getCell(kept.length + 1).font = { bold: true, color: { argb: 'FFB42318' } };
    head.commit();
    return sheet;
  };
  return {
    get count() {
      return count;
    },
    add(cells, reason) {
      count += 1;
      const values = kept.map(({ index }) => writable(cells[index] ?? null));
      (sheet ?? begin()).addRow([...values, reason]).commit();
    },
    async finish() {
      if (!writer) return null;
      sheet?.commit();
      await writer.commit();
      fs.renameSync(partial, file);
      return file;
    },
    async discard() {
      if (!writer) return;
      await writer.commit();
      fs.rmSync(partial, { force: true });
    },
  };
}

function writable(cell: Cell): Cell {
  return typeof cell === 'string' && cell.length > CELL_LIMIT ? cell.slice(0, CELL_LIMIT) : cell;
}
