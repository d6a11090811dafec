/** Values of entered indicators from a table: a template to fill in, and its rows written through the one door. */
import fs from 'node:fs';
import type { Clock, Db, Tx } from '../database.server.ts';
import { AppError } from '../errors.ts';
import { readDefinitionRows, type DefinitionRow } from '../../db/indicator-rows.server.ts';
import { readerOf } from '../../db/fact-rows.server.ts';
import type { Option } from '../../rules/facts/fields.ts';
import { typedNumber } from '../indicator-forms.server.ts';
import { enterValueIn, type NewValue, type ValueErrors } from '../indicator-values.server.ts';
import { isBuiltin } from '../indicators.server.ts';
import { parkTree } from '../parks.server.ts';
import { COMMON_REMARK } from '../template.server.ts';
import { templateWorkbook } from '../template-sheet.server.ts';
import { cellText, isBlank, readDay, readOption, type Cell, type CellValue } from './cells.ts';
import { INDICATOR_VALUES } from './choose.ts';
import { headersOf } from './head-lines.ts';
import { headerKey, IGNORED } from './headers.ts';
import { digest, type ImportCounts } from './import.server.ts';
import {
  ABSENCE_OPTIONS,
  QUALIFIER_OPTIONS,
  UNIT_OPTIONS,
  VALUE_COLUMNS,
  VALUE_KEYS,
} from './indicator-columns.ts';
import { finishJob, progressJob, startJob } from './job.server.ts';
import { createRejectedWorkbook } from './rejected.server.ts';
import type { RowRemark } from './remarks.ts';
import { openSource, type Sheet, type TableRow } from './source.server.ts';
import { keepUpload } from './upload.server.ts';

type Key = keyof NewValue;
type Choices = Readonly<Partial<Record<Key, readonly Option[]>>>;

/** Indicators of which values are entered. */
const enteredDefinitions = (db: Db): DefinitionRow[] =>
  readDefinitionRows(readerOf(db.raw)).filter(({ id, nature }) => !isBuiltin(id) && nature !== 'rate');

/** Their labels, in the order of the register. */
export const enteredLabels = (db: Db): string[] => enteredDefinitions(db).map(({ label }) => label);

const choicesOf = (db: Db, definitions: readonly DefinitionRow[]): Choices => ({
  indicator: definitions.map(({ id, label }) => ({ value: id, label, aliases: [id] })),
  parkId: parkTree(db).map(({ id, name, code }) => ({
    value: String(id),
    label: name,
    aliases: code ? [code] : [],
  })),
  unit: UNIT_OPTIONS,
  qualifier: QUALIFIER_OPTIONS,
  absence: ABSENCE_OPTIONS,
});

/** The template with the park's own indicators and parks to choose from. */
export function valueTemplate(db: Db): Promise<Buffer> {
  const choices = choicesOf(db, enteredDefinitions(db));
  return templateWorkbook({
    name: '指标数值',
    columns: VALUE_KEYS.map((key) => {
      const { label, required, form, hint } = VALUE_COLUMNS[key];
      const options = choices[key]?.map((option) => option.label) ?? null;
      return { header: label, required, form, hint, options, format: key === 'value' ? 'General' : '@' };
    }),
    remarks: [
      '指标数值导入模板。一行一个指标的一期数值；指标须先在口径登记簿登记。',
      '更正已录入的数值须写明“更正理由”，原数值留存；不写明的行退回。',
      COMMON_REMARK,
    ],
  });
}

interface Table {
  readonly sheet: number;
  readonly headerRow: number;
  readonly headers: readonly string[];
  /** Place of each field's column. */
  readonly at: ReadonlyMap<Key, number>;
}

const KEY_OF = new Map(
  VALUE_KEYS.flatMap((key) => {
    const { label, aliases } = VALUE_COLUMNS[key];
    return [label, ...aliases].map((name) => [headerKey(name), key] as const);
  }),
);

/** The first row that names indicator and value. @throws AppError `invalid` where there is none */
function findTable(sheets: readonly Sheet[]): Table {
  for (const [sheet, { head }] of sheets.entries()) {
    for (const [headerRow, row] of head.entries()) {
      const headers = headersOf(row);
      const at = new Map<Key, number>();
      headers.forEach((header, i) => {
        const key = KEY_OF.get(headerKey(header));
        if (key && !at.has(key)) at.set(key, i);
      });
      if (at.has('indicator') && at.has('value')) return { sheet, headerRow, headers, at };
    }
  }
  throw new AppError('invalid', '没有找到表头：须有“指标”“数值”等列，请用模板填写');
}

type ReadRow =
  | { readonly ok: true; readonly input: NewValue }
  | { readonly ok: false; readonly reasons: readonly string[] };

/** Reads rows of one table; what cannot be read becomes a reason. */
function rowReader({ at }: Table, definitions: readonly DefinitionRow[], choices: Choices) {
  return (cells: readonly Cell[]): ReadRow => {
    const reasons: string[] = [];
    const cellOf = (key: Key): Cell => {
      const place = at.get(key);
      return place === undefined ? null : (cells[place] ?? null);
    };
    const read = (key: Key, reading: (cell: Cell) => CellValue<string>): string | null => {
      const cell = cellOf(key);
      if (isBlank(cell)) return null;
      const found = reading(cell);
      if (found.ok) return found.value;
      reasons.push(`${VALUE_COLUMNS[key].label}：${found.reason}`);
      return null;
    };
    const chosen = (key: Key) => read(key, (cell) => readOption(cell, choices[key] ?? []));
    const text = (key: Key) => (isBlank(cellOf(key)) ? null : cellText(cellOf(key)));

    const indicator = chosen('indicator');
    const definition = definitions.find(({ id }) => id === indicator);
    const inValue = ABSENCE_OPTIONS.find(({ label }) => label === text('value'))?.value ?? null;
    const number = inValue === null ? text('value') : null;
    const toOn = read('toOn', readDay);
    const fromOn = read('fromOn', readDay) ?? (definition?.nature === 'stock' ? toOn : null);
    const park = chosen('parkId');
    const absence = ABSENCE_OPTIONS.find(({ value }) => value === chosen('absence'))?.value ?? inValue;
    const stated = {
      unit: chosen('unit') ?? definition?.unit ?? '',
      qualifier: chosen('qualifier'),
      knownAt: read('knownAt', readDay),
    };
    if (isBlank(cellOf('indicator'))) reasons.push('缺少指标');
    if (reasons.length > 0 || !definition) return { ok: false, reasons };
    const input: NewValue = {
      indicator: definition.id,
      fromOn: fromOn ?? '',
      toOn: toOn ?? '',
      parkId: park === null ? null : Number(park),
      value: number === null ? null : typedNumber(number),
      absence,
      ...stated,
      knownAt: stated.knownAt ?? '',
      source: text('source') ?? '',
      note: text('note'),
    };
    return { ok: true, input };
  };
}

const inWords = (errors: ValueErrors): string =>
  Object.entries(errors)
    .map(([key, message]) => (key === '' ? message : `${VALUE_COLUMNS[key as Key].label}：${message}`))
    .join('；');

/** Rows of one file at most; they are written in one transaction. */
const MOST_ROWS = 5000;
const KEPT_REMARKS = 50;

async function rowsOf(source: Awaited<ReturnType<typeof openSource>>, table: Table): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const piece of source.rows(table.sheet, table.headerRow + 1)) {
    rows.push(...piece);
    if (rows.length > MOST_ROWS) throw new AppError('invalid', `一次最多 ${MOST_ROWS} 行，请分成几个文件`);
  }
  return rows;
}

interface Refused {
  readonly row: TableRow;
  readonly reason: string;
}

/** Writes what can be written, in one transaction; the counts stand in the job. */
function writeRows(
  tx: Tx,
  clock: Clock,
  rows: readonly { row: TableRow; read: ReadRow | null }[],
  actor: string,
  jobId: number,
): Refused[] {
  const refused: Refused[] = [];
  const counts: ImportCounts = {
    read: rows.length,
    created: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    flagged: 0,
    empty: 0,
  };
  const refuse = (row: TableRow, reason: string) => {
    counts.rejected += 1;
    refused.push({ row, reason });
  };
  for (const { row, read } of rows) {
    if (read === null) counts.empty += 1;
    else if (!read.ok) refuse(row, read.reasons.join('；'));
    else {
      const done = enterValueIn(tx, clock, read.input, actor);
      if (!done.ok) refuse(row, inWords(done.errors));
      else if (done.id === null) counts.unchanged += 1;
      else if (done.corrects) counts.updated += 1;
      else counts.created += 1;
    }
  }
  progressJob(tx, jobId, counts);
  return refused;
}

interface Input {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly actor: string;
}

/**
 * Imports a table of values; resolves with the id of its job. Rows that are refused come back in a workbook.
 * @throws AppError `invalid` when the file cannot be understood; nothing is written then
 */
export async function importIndicatorValues(db: Db, clock: Clock, input: Input): Promise<number> {
  const file = await keepUpload(db, input);
  try {
    return await importKept(db, clock, file, input);
  } finally {
    await fs.promises.rm(file, { force: true }).catch(() => {});
  }
}

async function importKept(db: Db, clock: Clock, file: string, { name, actor }: Input): Promise<number> {
  const source = await openSource(file);
  try {
    const table = findTable(source.sheets);
    const rows = await rowsOf(source, table);
    const definitions = enteredDefinitions(db);
    const reader = rowReader(table, definitions, choicesOf(db, definitions));
    const read = rows.map((row) => ({ row, read: row.cells.every(isBlank) ? null : reader(row.cells) }));
    const jobId = await startJob(db, clock, {
      kind: INDICATOR_VALUES,
      fileName: name,
      sha256: await digest(file),
      total: rows.length,
      actor,
    });
    const refused = await db.write((tx) => writeRows(tx, clock, read, actor, jobId));
    const workbook = createRejectedWorkbook(`${file}.rejected.xlsx`, table.headers);
    for (const { row, reason } of refused) workbook.add(row.cells, reason);
    const rejectedFile = await workbook.finish();
    const nameAt = table.at.get('indicator')!;
    const remark = ({ row, reason }: Refused): RowRemark => ({
      line: row.line,
      who: cellText(row.cells[nameAt] ?? null),
      reason,
    });
    const unknownHeaders = table.headers.filter(
      (header) => header !== '' && !KEY_OF.has(headerKey(header)) && !IGNORED.has(header),
    );
    const remarks = {
      rejected: refused.slice(0, KEPT_REMARKS).map(remark),
      doubtful: [],
      unknownHeaders,
      otherSheets: [],
    };
    await finishJob(db, clock, jobId, { status: 'done', rejectedFile, remarks });
    return jobId;
  } finally {
    await source.close();
  }
}
