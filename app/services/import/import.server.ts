/** Importing a file: read, understand, write in batches, hand back what was refused. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Source } from '../../rules/facts/schema.ts';
import type { Clock, Db, Tx } from '../database.server.ts';
import { AppError } from '../errors.ts';
import { chooseTable, unitMissing, type ChosenTable } from './choose.ts';
import type { ImportKind, Mapping } from './headers.ts';
import { finishJob, progressJob, startJob } from './job.server.ts';
import { createRejectedWorkbook } from './rejected.server.ts';
import { createRemarks, type RowRemark } from './remarks.ts';
import { createRepeatCheck } from './repeats.ts';
import { createRowReader, type RowResult } from './rows.ts';
import { schemeNamed } from './schemes.ts';
import { openSource, type TableRow, type TableSource } from './source.server.ts';
import { writeStatements, type RowOutcome, type WriteContext } from './write.server.ts';

export interface ImportInput {
  readonly file: string;
  /** Name shown where the file itself lies under another (an upload). */
  readonly fileName?: string;
  /** Guessed from the headers when missing. */
  readonly kind?: ImportKind | null;
  readonly mapping?: Mapping | null;
  /** Places by which amounts are moved whose unit neither table nor mapping gives (万元: 4). */
  readonly unit?: number | null;
  /** Refuses a table with amounts of no known unit; without this they are read as 元. */
  readonly unitRequired?: boolean;
  /** Park to which the enterprises of the file belong: its name or code. */
  readonly park?: string | null;
  readonly source?: Source | null;
  /** When the source knew it, `YYYY-MM-DD`. */
  readonly knownAt?: string | null;
  readonly actor: string;
  /** Where rejected rows go; default `FILE.rejected.xlsx`. */
  readonly rejectedFile?: string | null;
  /** Reads and judges everything, writes nothing. */
  readonly dryRun?: boolean;
  readonly batchSize?: number;
  /** Rows read so far and rows at most; called after every batch. */
  readonly onProgress?: (read: number, total: number) => void;
  /** Called once the import is on record, for a page that follows it. */
  readonly onStart?: (jobId: number) => void;
}

/** Counts of rows; flagged and empty ones are also in one of the first three. */
export interface ImportCounts {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  flagged: number;
  empty: number;
}

export interface ImportReport extends ImportCounts {
  readonly jobId: number | null;
  readonly kind: ImportKind;
  readonly sheet: string | null;
  /** Headers that were kept without being understood. */
  readonly unknownHeaders: readonly string[];
  readonly otherSheets: readonly string[];
  readonly rejectedFile: string | null;
  /** Headers of amounts whose unit nobody gave: read as 元. */
  readonly unitless: readonly string[];
  /** The first reasons, for a summary. */
  readonly reasons: readonly RowRemark[];
}

export const BATCH_SIZE = 500;

/**
 * Imports one file. Each batch is one transaction: a process killed at any moment leaves every batch wholly written
 * or not at all, and the same file imported again completes what is missing and changes nothing else.
 * @throws AppError `invalid` when the file, its kind or the mapping cannot be understood; nothing is written then
 */
export async function importFile(db: Db, clock: Clock, input: ImportInput): Promise<ImportReport> {
  const source = await openSource(input.file);
  try {
    const table = chooseTable(source.sheets, input.kind ?? null, input.mapping ?? null, input.unit ?? null);
    if (input.unitRequired && table.unitless.length > 0) throw unitMissing(table.unitless);
    return await importTable(db, clock, input, source, table);
  } finally {
    await source.close();
  }
}

const noCounts = (): ImportCounts => ({
  read: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  rejected: 0,
  flagged: 0,
  empty: 0,
});

async function importTable(
  db: Db,
  clock: Clock,
  input: ImportInput,
  source: TableSource,
  table: ChosenTable,
): Promise<ImportReport> {
  const rejectedFile = input.rejectedFile ?? `${input.file}.rejected.xlsx`;
  const workbook = createRejectedWorkbook(rejectedFile, table.headers);
  const fileName = input.fileName ?? path.basename(input.file);
  const counts = noCounts();
  const remarks = createRemarks(table);
  const jobId = input.dryRun
    ? null
    : await startJob(db, clock, {
        kind: table.kind,
        fileName,
        sha256: await digest(input.file),
        total: table.total,
        actor: input.actor,
      });
  if (jobId !== null) input.onStart?.(jobId);
  const read = createRowReader(table.plan, table.kind, schemeNamed);
  const agreeing = createRepeatCheck(table.kind);
  const context: WriteContext = {
    clock,
    actor: input.actor,
    fileName,
    sheet: table.sheet.name,
    jobId,
    namesRequired: table.kind === 'enterprises',
    park: input.park ?? null,
    source: input.source ?? null,
    knownAt: input.knownAt ?? null,
  };
  try {
    for await (const batch of inBatches(source.rows(table.sheetIndex, table.headerRow + 1), input)) {
      const outcomes = await writeBatch(
        db,
        context,
        batch,
        batch.map((row) => agreeing(row.line, read(row.cells))),
        counts,
      );
      batch.forEach((row, i) => {
        const outcome = outcomes[i]!;
        if (outcome.outcome === 'rejected') workbook.add(row.cells, outcome.reason);
        remarks.note(row, outcome);
      });
      input.onProgress?.(counts.read, Math.max(table.total, counts.read));
    }
    const written =
      input.dryRun && !input.rejectedFile ? (await workbook.discard(), null) : await workbook.finish();
    if (jobId !== null)
      await finishJob(db, clock, jobId, { status: 'done', rejectedFile: written, remarks: remarks.all });
    return {
      ...counts,
      jobId,
      kind: table.kind,
      sheet: table.sheet.name,
      unknownHeaders: remarks.all.unknownHeaders,
      otherSheets: table.otherSheets,
      rejectedFile: written,
      unitless: table.unitless,
      reasons: remarks.all.rejected,
    };
  } catch (error) {
    await workbook.discard().catch(() => {});
    const message = error instanceof AppError ? error.userMessage : '导入中断';
    if (jobId !== null)
      await finishJob(db, clock, jobId, { status: 'failed', message, remarks: remarks.all }).catch(() => {});
    throw error;
  }
}

async function* inBatches(
  pieces: AsyncIterable<readonly TableRow[]>,
  input: ImportInput,
): AsyncGenerator<TableRow[]> {
  // A dry run is one transaction that is taken back, so that later rows see what earlier ones would have made.
  const size = input.dryRun ? Number.POSITIVE_INFINITY : Math.max(1, input.batchSize ?? BATCH_SIZE);
  let batch: TableRow[] = [];
  for await (const piece of pieces) {
    for (const row of piece) {
      batch.push(row);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** Carries a dry run's outcomes out of the transaction that it takes back. */
class TakenBack extends Error {
  readonly outcomes: RowOutcome[];

  constructor(outcomes: RowOutcome[]) {
    super('dry run');
    this.outcomes = outcomes;
  }
}

async function writeBatch(
  db: Db,
  context: WriteContext,
  rows: readonly TableRow[],
  results: readonly RowResult[],
  counts: ImportCounts,
): Promise<RowOutcome[]> {
  const after = { ...counts };
  const work = (tx: Tx): RowOutcome[] => {
    const outcomes = writeStatements(
      tx,
      context,
      rows.map((row) => row.line),
      results,
    );
    Object.assign(after, counts);
    for (const outcome of outcomes) tally(after, outcome);
    if (context.jobId === null) throw new TakenBack(outcomes);
    progressJob(tx, context.jobId, after);
    return outcomes;
  };
  const outcomes = await db.write(work).catch((error: unknown) => {
    if (error instanceof TakenBack) return error.outcomes;
    throw error;
  });
  Object.assign(counts, after);
  return outcomes;
}

function tally(counts: ImportCounts, outcome: RowOutcome): void {
  counts.read += 1;
  if (outcome.outcome === 'empty') {
    counts.empty += 1;
    counts.unchanged += 1;
    return;
  }
  counts[outcome.outcome satisfies 'created' | 'updated' | 'unchanged' | 'rejected'] += 1;
  if (outcome.outcome !== 'rejected' && outcome.flagged) counts.flagged += 1;
}

/** SHA-256 of a file, in hex. */
export async function digest(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of fs.createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex');
}
