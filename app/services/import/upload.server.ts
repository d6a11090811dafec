/** Imports started from a page: the file is kept while it is read, the page follows the job by its id. */
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Db } from '../../db/clients.server.ts';
import type { Clock } from '../../db/clock.ts';
import { AppError, isAppError } from '../../db/errors.ts';
import type { Source } from '../../rules/facts/schema.ts';
import type { ImportKind } from './headers.ts';
import { keepVerdictsFresh } from '../verdict-job.server.ts';
import { importFile } from './import.server.ts';

export interface Upload {
  /** Name as the visitor has it. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Guessed from the headers when null. */
  readonly kind: ImportKind | null;
  /** Places of the unit of amounts whose header names none (万元: 4); null where the visitor chose none. */
  readonly unit: number | null;
  readonly park: string | null;
  readonly source: Source | null;
  readonly knownAt: string | null;
  readonly actor: string;
}

const ENDINGS = ['.xlsx', '.xls', '.csv', '.ndjson', '.jsonl'];

/** Files of pages lie beside the database. */
const folderOf = (db: Db) => path.join(path.dirname(db.file), 'files');

/** The words that the command line needs and a page has a field for. */
const forPages = (message: string) => message.replace(/请用 --kind 指明（[^）]*）/, '请在“内容”中选定种类');

/**
 * Keeps an uploaded file while it is read; the caller removes it.
 * @throws AppError `invalid` for other kinds of file and empty ones
 */
export async function keepUpload(db: Db, { name, bytes }: Pick<Upload, 'name' | 'bytes'>): Promise<string> {
  const ending = path.extname(name).toLowerCase();
  if (!ENDINGS.includes(ending)) {
    throw new AppError('invalid', `不能读取“${ending || '无扩展名'}”文件，请用 xlsx、xls、csv 或 ndjson`);
  }
  if (bytes.byteLength === 0) throw new AppError('invalid', '文件是空的');
  const folder = folderOf(db);
  await fs.promises.mkdir(folder, { recursive: true });
  const digest = createHash('sha256').update(bytes).digest('hex');
  const file = path.join(folder, `${digest.slice(0, 16)}-${randomUUID().slice(0, 8)}${ending}`);
  await fs.promises.writeFile(file, bytes);
  return file;
}

/**
 * Starts an import and resolves with the id of its job as soon as that is on record; the rest goes on by itself.
 * @throws AppError `invalid` when the file cannot be understood; nothing is written then
 */
export async function startUpload(db: Db, clock: Clock, upload: Upload): Promise<number> {
  const file = await keepUpload(db, upload);
  return new Promise<number>((resolve, reject) => {
    importFile(db, clock, {
      file,
      fileName: path.basename(upload.name),
      kind: upload.kind,
      unit: upload.unit,
      unitRequired: true,
      park: upload.park,
      source: upload.source,
      knownAt: upload.knownAt,
      actor: upload.actor,
      onStart: resolve,
    })
      .then(() => keepVerdictsFresh(db, clock))
      // A failure after the start stands in the job's record; before it, the visitor is told.
      .catch((error: unknown) =>
        reject(isAppError(error) ? new AppError(error.code, forPages(error.userMessage)) : error),
      )
      .finally(() => fs.promises.rm(file, { force: true }).catch(() => {}));
  });
}

/** The workbook with the rejected rows of a job, if it is still there and lies where pages put it. */
export function rejectedWorkbook(db: Db, stored: string | null): string | null {
  if (stored === null) return null;
  const file = path.resolve(stored);
  return path.dirname(file) === folderOf(db) && fs.existsSync(file) ? file : null;
}
