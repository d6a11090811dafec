/** Lists as workbooks: labels instead of codes, units in the heads, a sheet that says what the numbers mean. */
import fs from 'node:fs';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import exceljs from 'exceljs';

export type ExportCell = string | number | null;

export interface ExportColumn<Row> {
  /** With the unit, once: 营业收入（万元）. */
  readonly header: string;
  readonly value: (row: Row) => ExportCell;
  /** Excel number format; text where it is missing. */
  readonly format?: string;
  /** In characters. */
  readonly width?: number;
}

export interface ExportList<Row> {
  /** Name of the sheet. */
  readonly name: string;
  readonly columns: readonly ExportColumn<Row>[];
  readonly rows: Iterable<Row> | AsyncIterable<Row>;
  /** Columns that stay in view at the left. */
  readonly frozen?: number;
}

export interface ExportNotes {
  readonly title: string;
  /** 数据截至. */
  readonly asOf: string;
  /** 口径, and the filters in force, line by line. */
  readonly lines: readonly string[];
}

export const MONEY_FORMAT = '#,##0.00';
export const PERCENT_FORMAT = '0.00%';
export const COUNT_FORMAT = '#,##0.##';

/** Rows after which others have their turn. */
const BREATH = 500;
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Writes the list to `target` row by row; memory stays small whatever its length. @returns the number of rows */
export async function writeList<Row>(
  target: Writable,
  list: ExportList<Row>,
  notes: ExportNotes,
): Promise<number> {
  const writer = new exceljs.stream.xlsx.WorkbookWriter({
    stream: target,
    useStyles: true,
    useSharedStrings: false,
  });
  const sheet = writer.addWorksheet(list.name, {
    views: [{ state: 'frozen', ySplit: 1, xSplit: list.frozen ?? 0 }],
    pageSetup: {
      orientation: 'landscape',
      paperSize: 9,
      fitToPage: true,
      fitToHeight: 0,
      printTitlesRow: '1:1',
    },
  });
  sheet.columns = list.columns.map(({ header, width, format }) => ({
    header,
    width: width ?? Math.max(12, [...header].length * 2 + 2),
    ...(format ? { style: { numFmt: format } } : {}),
  }));
  styleHead(sheet.getRow(1));
  let count = 0;
  for await (const row of list.rows) {
    sheet.addRow(list.columns.map((column) => column.value(row))).commit();
    count += 1;
    if (count % BREATH === 0) await breathe();
  }
  sheet.commit();
  addNotes(writer, notes, count);
  await writer.commit();
  return count;
}

function styleHead(head: exceljs.Row): void {
  head.font = { bold: true };
  head.alignment = { vertical: 'middle', wrapText: true };
  head.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF1F3F5' } };
  head.commit();
}

function addNotes(writer: exceljs.stream.xlsx.WorkbookWriter, notes: ExportNotes, count: number): void {
  const sheet = writer.addWorksheet('口径');
  sheet.columns = [{ width: 14 }, { width: 100 }];
  const rows: [string, string][] = [
    ['表名', notes.title],
    ['数据截至', notes.asOf],
    ['行数', String(count)],
  ];
  for (const line of notes.lines) rows.push(['口径', line]);
  for (const row of rows) sheet.addRow(row).commit();
  sheet.commit();
}

/** The workbook as a stream, for a page that hands it out. */
export function listStream<Row>(list: ExportList<Row>, notes: ExportNotes): Readable {
  const through = new PassThrough();
  writeList(through, list, notes).catch((error: Error) => through.destroy(error));
  return through;
}

/** The workbook as a file; complete or not there. @returns the number of rows */
export async function writeListFile<Row>(
  file: string,
  list: ExportList<Row>,
  notes: ExportNotes,
): Promise<number> {
  const partial = `${file}.partial`;
  const through = new PassThrough();
  const written = pipeline(through, fs.createWriteStream(partial));
  try {
    const count = await writeList(through, list, notes);
    await written;
    fs.renameSync(partial, file);
    return count;
  } catch (error) {
    through.destroy();
    await written.catch(() => {});
    fs.rmSync(partial, { force: true });
    throw error;
  }
}
