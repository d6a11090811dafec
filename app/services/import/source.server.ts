/** A file to import as tables, whatever its format; the format is told by its content, not by its name. */
import fs from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import type { Cell } from './cells.ts';
import { JSON_HEADER } from './headers.ts';
import { decodeFile, examineText, readTextRows, type Encoding } from './text-table.ts';
import type { RowsRequest, WorkbookHead, WorkerAnswer } from './workbook-worker.ts';

export type Format = 'workbook' | 'csv' | 'ndjson';

export interface TableRow {
  /** Line or row in the file, from 1. */
  readonly line: number;
  readonly cells: readonly Cell[];
}

export interface Sheet {
  readonly name: string | null;
  /** The first rows, to find the headers in. */
  readonly head: readonly (readonly Cell[])[];
  /** Rows at most, headers included. */
  readonly count: number;
}

export interface TableSource {
  readonly format: Format;
  readonly sheets: readonly Sheet[];
  /** The rows of a sheet from row `from` (0 is the first) on, in pieces. */
  rows(sheet: number, from: number): AsyncIterable<readonly TableRow[]>;
  close(): Promise<void>;
}

/** Rows of the beginning in which headers are looked for. */
export const HEAD_ROWS = 12;
const PIECE = 1000;

/** Opens a file. @throws AppError `invalid` when it is missing, empty or unreadable */
export async function openSource(file: string): Promise<TableSource> {
  if (!fs.existsSync(file) || !fs.statSync(file).isFile())
    throw new AppError('invalid', `文件不存在：${file}`);
  const start = readStart(file);
  if (start.length === 0) throw new AppError('invalid', `文件是空的：${file}`);
  if (isWorkbook(start)) return openWorkbook(file);
  const shape = await examineText(file);
  return start
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .startsWith('{')
    ? openNdjson(file, shape.encoding, shape.lines)
    : openCsv(file, shape.encoding, shape.lines);
}

function readStart(file: string): Buffer {
  const handle = fs.openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(512);
    return buffer.subarray(0, fs.readSync(handle, buffer));
  } finally {
    fs.closeSync(handle);
  }
}

function isWorkbook(start: Buffer): boolean {
  const zip = start[0] === 0x50 && start[1] === 0x4b;
  const compound = start[0] === 0xd0 && start[1] === 0xcf;
  return (
    zip ||
    compound ||
    /^(\xef\xbb\xbf)?\s*<(html|table|\?xml|!doctype|meta|head)/i.test(start.toString('latin1'))
  );
}

async function openCsv(file: string, encoding: Encoding, lines: number): Promise<TableSource> {
  const head: (readonly Cell[])[] = [];
  try {
    for await (const { cells } of readTextRows(file, encoding)) {
      head.push(cells);
      if (head.length === HEAD_ROWS) break;
    }
  } catch (cause) {
    throw new AppError('invalid', `不是可读的表格文件：${(cause as Error).message}`, { cause });
  }
  return {
    format: 'csv',
    sheets: [{ name: null, head, count: lines }],
    rows: (_sheet, from) => inPieces(readTextRows(file, encoding), from),
    close: async () => {},
  };
}

async function* inPieces(rows: AsyncIterable<TableRow>, from: number): AsyncGenerator<TableRow[]> {
  let piece: TableRow[] = [];
  for await (const row of rows) {
    if (row.line <= from) continue;
    piece.push(row);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

async function openNdjson(file: string, encoding: Encoding, lines: number): Promise<TableSource> {
  return {
    format: 'ndjson',
    // One column whose header stands above the first line.
    sheets: [{ name: null, head: [[JSON_HEADER]], count: lines + 1 }],
    rows: () => inPieces(readLines(file, encoding), 0),
    close: async () => {},
  };
}

async function* readLines(file: string, encoding: Encoding): AsyncGenerator<TableRow> {
  let rest = '';
  let line = 0;
  for await (const piece of decodeFile(file, encoding)) {
    const parts = (rest + String(piece)).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) yield { line: (line += 1), cells: [part.trim() === '' ? null : part] };
  }
  if (rest !== '') yield { line: line + 1, cells: [rest] };
}

/** The worker's source; the built pages run from another folder of the same project. */
function workerFile(): string {
  const relative = path.join('app', 'services', 'import', 'workbook-worker.ts');
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const found = path.join(folder, relative);
    if (fs.existsSync(found)) return found;
    if (folder === path.dirname(folder)) throw new Error(`not found: ${relative}`);
  }
}

/** The worker's answers one by one; each request is answered once. */
function answersOf(worker: Worker): () => Promise<WorkerAnswer> {
  const ready: WorkerAnswer[] = [];
  let waiting: ((answer: WorkerAnswer) => void) | null = null;
  const take = (answer: WorkerAnswer) => {
    if (waiting) waiting(answer);
    else ready.push(answer);
    waiting = null;
  };
  worker.on('message', take);
  worker.on('error', (error) => take({ kind: 'failed', message: (error as Error).message }));
  worker.on('exit', () => take({ kind: 'failed', message: '读取中断' }));
  return () =>
    new Promise((resolve) => {
      const answer = ready.shift();
      if (answer) resolve(answer);
      else waiting = resolve;
    });
}

async function openWorkbook(file: string): Promise<TableSource> {
  const worker = new Worker(workerFile(), { workerData: { file, headRows: HEAD_ROWS } });
  const next = answersOf(worker);
  const opened = await next();
  if (opened.kind !== 'sheets') {
    await worker.terminate();
    throw new AppError('invalid', `工作簿打不开：${opened.kind === 'failed' ? opened.message : ''}`);
  }
  async function* rows(sheet: number, from: number): AsyncGenerator<TableRow[]> {
    const count = opened.kind === 'sheets' ? (opened.sheets[sheet] as WorkbookHead).count : 0;
    for (let at = from; at < count; at += PIECE) {
      worker.postMessage({ sheet, from: at, count: PIECE } satisfies RowsRequest);
      const answer = await next();
      if (answer.kind !== 'rows') throw new AppError('invalid', '工作簿读取中断');
      yield answer.rows.map((cells, i) => ({ line: at + i + 1, cells }));
    }
  }
  return {
    format: 'workbook',
    sheets: opened.sheets,
    rows,
    close: async () => void (await worker.terminate()),
  };
}
