/** Reads a workbook in a thread of its own, so that a server answers meanwhile; rows go out in pieces on request. */
import { parentPort, workerData } from 'node:worker_threads';
import { readWorkbook, type SheetRows } from './workbook.ts';

export interface WorkbookHead {
  readonly name: string;
  readonly count: number;
  readonly head: SheetRows['rows'];
}

export type WorkerAnswer =
  | { readonly kind: 'sheets'; readonly sheets: WorkbookHead[] }
  | { readonly kind: 'rows'; readonly rows: SheetRows['rows'] }
  | { readonly kind: 'failed'; readonly message: string };

export interface RowsRequest {
  readonly sheet: number;
  readonly from: number;
  readonly count: number;
}

const { file, headRows } = workerData as { file: string; headRows: number };
const port = parentPort!;
const answer = (message: WorkerAnswer) => port.postMessage(message);

try {
  const sheets = await readWorkbook(file);
  answer({
    kind: 'sheets',
    sheets: sheets.map(({ name, rows }) => ({ name, count: rows.length, head: rows.slice(0, headRows) })),
  });
  port.on('message', ({ sheet, from, count }: RowsRequest) => {
    answer({ kind: 'rows', rows: sheets[sheet]?.rows.slice(from, from + count) ?? [] });
  });
} catch (error) {
  answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}
