/**
 * Files kept beside the database under the SHA-256 of their content: minutes, evidence. The same content is kept
 * once; a file is written before the row that names it, so that no row is ever without its file.
 */
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import type { Reader } from '../db/connection.server.ts';
import { AppError } from '../db/errors.ts';
import type { Tx } from '../db/writer.server.ts';

/** Bytes that one file may have at most: 20 MB. */
export const FILE_LIMIT = 20 * 1024 * 1024;

/** Endings that may be kept, and as what they are handed out; nothing a browser would run. */
const TYPES: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.doc': 'application/msword',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xls': 'application/vnd.ms-excel',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.wps': 'application/vnd.ms-works',
  '.ofd': 'application/ofd',
  '.txt': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.zip': 'application/zip',
};

/** What may be chosen in a file field. */
export const FILE_ACCEPT = Object.keys(TYPES).join(',');

export interface KeptFile {
  /** Name as the visitor had it, without a path. */
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
}

const SHA256 = /^[0-9a-f]{64}$/;

/** The folder of kept files of a database file. */
export const filesFolder = (database: string): string =>
  path.join(path.dirname(path.resolve(database)), 'files', 'kept');

const placeOf = (folder: string, sha256: string) => path.join(folder, sha256.slice(0, 2), sha256);

/** The type under which a file of this name is handed out. */
export const contentType = (name: string): string =>
  TYPES[path.extname(name).toLowerCase()] ?? 'application/octet-stream';

/**
 * Keeps a file's content; nothing refers to it until {@link recordFile} says so.
 * @throws AppError `invalid` when it is empty, too large or of a kind that is not kept
 */
export async function keepFile(
  db: Pick<Db, 'file'>,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<KeptFile> {
  const name = path.basename(file.name.replaceAll('\\', '/')).slice(-120);
  const size = file.bytes.byteLength;
  if (size === 0) throw new AppError('invalid', `文件“${name}”是空的`);
  if (size > FILE_LIMIT) throw new AppError('invalid', `文件“${name}”超过 ${FILE_LIMIT / 1024 / 1024} MB`);
  if (!TYPES[path.extname(name).toLowerCase()])
    throw new AppError('invalid', `不能保存“${name}”：请用 PDF、Word、Excel、图片、文本或 zip`);
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const place = placeOf(filesFolder(db.file), sha256);
  if (!fs.existsSync(place)) {
    await fs.promises.mkdir(path.dirname(place), { recursive: true });
    const partial = `${place}.${randomUUID().slice(0, 8)}`;
    await fs.promises.writeFile(partial, file.bytes, { flush: true });
    await fs.promises.rename(partial, place);
  }
  return { name, sha256, size };
}

/** Puts a kept file on record, once. */
export function recordFile(tx: Tx, clock: Clock, file: KeptFile, actor: string): void {
  tx.prepare('INSERT OR IGNORE INTO StoredFile (sha256, size, addedBy, addedAt) VALUES (?, ?, ?, ?)').run(
    file.sha256,
    file.size,
    actor,
    clock.now(),
  );
}

/** Where a kept file lies. @throws AppError `not-found` when it is not there */
export function keptFile(db: Pick<Db, 'file'>, sha256: string): string {
  const place = SHA256.test(sha256) ? placeOf(filesFolder(db.file), sha256) : '';
  if (!place || !fs.existsSync(place)) throw new AppError('not-found', '文件已不在服务器上');
  return place;
}

/** What is wrong with the files on record: gone, or no longer what they were. */
export function fileProblems(reader: Reader, database: string): string[] {
  const folder = filesFolder(database);
  return reader
    .prepare<{ sha256: string; size: number }>('SELECT sha256, size FROM StoredFile ORDER BY sha256')
    .all()
    .flatMap(({ sha256, size }) => {
      const place = placeOf(folder, sha256);
      if (!fs.existsSync(place)) return [`附件不见了：${sha256}`];
      const bytes = fs.readFileSync(place);
      const same = bytes.byteLength === size && createHash('sha256').update(bytes).digest('hex') === sha256;
      return same ? [] : [`附件内容已变：${sha256}`];
    });
}

/** The folder beside a copy of the database that holds the copies of its files. */
export const copiedFiles = (copy: string): string => `${path.resolve(copy)}.files`;

/**
 * Copies the files that a database has on record; those that are there already are the same and stay.
 * @returns the SHA-256 of those that were not found
 */
export function copyFiles(reader: Reader, from: string, to: string): string[] {
  const missing: string[] = [];
  for (const { sha256 } of reader.prepare<{ sha256: string }>('SELECT sha256 FROM StoredFile').all()) {
    const [source, target] = [placeOf(from, sha256), placeOf(to, sha256)];
    if (fs.existsSync(target)) continue;
    if (!fs.existsSync(source)) {
      missing.push(sha256);
      continue;
    }
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(source, target);
  }
  return missing;
}
