/** Copies of the database: made while it is in use, put back while it is not. */
import fs from 'node:fs';
import path from 'node:path';
import { openReadOnly, type Connection, type Reader } from '../db/connection.server.ts';
import { AppError } from '../db/errors.ts';
import { migrationsFolder, pendingMigrations, readMigrations } from '../db/migrate.server.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { takeWriterLock } from '../db/writer-lock.server.ts';
import type { Clock, Db } from './database.server.ts';
import { copiedFiles, copyFiles, filesFolder } from './files.server.ts';

/**
 * Writes a complete copy of the database, as it stands at one moment, to a file that does not exist yet, and the
 * files it has on record to a folder beside it (`FILE.files`).
 * @throws AppError `conflict` when the file exists
 */
export async function backup(
  db: Db,
  file: string,
  onProgress?: (done: number, total: number) => void,
): Promise<void> {
  const target = path.resolve(file);
  if (fs.existsSync(target)) throw new AppError('conflict', `文件已存在，不覆盖：${target}`);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const partial = `${target}.partial`;
  fs.rmSync(partial, { force: true });
  const reader = db.openReader();
  try {
    await reader.backup(partial, {
      progress({ totalPages, remainingPages }) {
        onProgress?.(totalPages - remainingPages, totalPages);
        return 2000;
      },
    });
    checkCopy(partial);
    withCopy(partial, (copy) => copyFiles(copy, filesFolder(db.file), copiedFiles(target)));
    fs.renameSync(partial, target);
  } finally {
    reader.close();
    removeWithLogs(partial);
  }
}

/** Reads a copy of a database; one of before there were files has none on record. */
function withCopy(file: string, work: (reader: Reader) => void): void {
  const connection = openReadOnly(file);
  try {
    const table = connection.prepare("SELECT 1 FROM sqlite_master WHERE name = 'StoredFile'").get();
    if (table) work(readerOf(connection));
  } finally {
    connection.close();
  }
}

/** @throws AppError `database` when the file is no sound database of this program */
function checkCopy(file: string): void {
  const connection = openReadOnly(file);
  try {
    const sound = connection.pragma('integrity_check', { simple: true });
    if (sound !== 'ok') throw new AppError('database', `备份文件已损坏：${file}`);
    requireOurs(connection, file);
  } finally {
    connection.close();
  }
}

function requireOurs(connection: Connection, file: string): void {
  const table = connection.prepare("SELECT 1 FROM sqlite_master WHERE name = 'Enterprise'").get();
  if (!table) throw new AppError('database', `不是本程序的数据库：${file}`);
  // Refuses a copy made by a newer program; an older one is brought up to date by `migrate`.
  pendingMigrations(connection, readMigrations(migrationsFolder()));
}

/**
 * Puts a backup in the place of a database, its files among those of the database. What stood there is kept beside it.
 * @returns the path under which the former database is kept, or null when there was none
 * @throws AppError `busy` while a process writes the database, `database` when the backup is not sound
 */
export function restore(clock: Clock, backupFile: string, file: string): string | null {
  const source = path.resolve(backupFile);
  const target = path.resolve(file);
  if (!fs.existsSync(source)) throw new AppError('invalid', `文件不存在：${source}`);
  if (source === target) throw new AppError('invalid', '备份文件与数据库是同一个文件');
  checkCopy(source);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const owner = { pid: process.pid, role: 'command', socket: null, since: clock.now() } as const;
  const lock = takeWriterLock(target, owner);
  if (!lock.ok) {
    throw new AppError(
      'busy',
      `数据库正由${lock.owner?.role === 'server' ? '服务' : '另一条命令'}写入，请先停止：${target}`,
    );
  }
  try {
    const partial = `${target}.restoring`;
    fs.copyFileSync(source, partial);
    withCopy(partial, (copy) => copyFiles(copy, copiedFiles(source), filesFolder(target)));
    const kept = fs.existsSync(target) ? setAside(target, clock) : null;
    fs.renameSync(partial, target);
    return kept;
  } finally {
    lock.release();
  }
}

const LOGS = ['-wal', '-shm'] as const;

/** Moves a database away together with its write-ahead log, without which it would not be whole. */
function setAside(file: string, clock: Clock): string {
  const kept = `${file}.before-restore-${clock.now().replace(/[:.]/g, '-')}`;
  fs.renameSync(file, kept);
  for (const log of LOGS) if (fs.existsSync(file + log)) fs.renameSync(file + log, kept + log);
  return kept;
}

function removeWithLogs(file: string): void {
  for (const name of [file, ...LOGS.map((log) => file + log)]) fs.rmSync(name, { force: true });
}
