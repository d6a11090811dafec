/**
 * One writing process at a time. The lock is a tiny SQLite file beside the database whose write lock the owner holds:
 * the system frees it when the process dies, however it dies, and others can still read in it who the owner is.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';

export interface Owner {
  readonly pid: number;
  /** `server` or `command`. */
  readonly role: 'server' | 'command';
  /** Where the owner takes commands, or null when it takes none. */
  readonly socket: string | null;
  readonly since: string;
}

export type LockAttempt =
  { readonly ok: true; readonly release: () => void } | { readonly ok: false; readonly owner: Owner | null };

export const lockFileOf = (databaseFile: string): string => `${databaseFile}.lock`;

const isBusy = (error: unknown) => (error as { code?: string }).code?.startsWith('SQLITE_BUSY') === true;

/** Tries to become the writing process of a database. */
export function takeWriterLock(databaseFile: string, owner: Owner): LockAttempt {
  const lock = new Database(lockFileOf(databaseFile), { timeout: 200 });
  const mine = JSON.stringify(owner);
  try {
    lock.exec(
      'CREATE TABLE IF NOT EXISTS owner (id INTEGER PRIMARY KEY CHECK (id = 1), value TEXT NOT NULL)',
    );
    // The name is committed first, so that others can read it; then the lock is taken again and kept.
    lock.transaction(() => lock.prepare('REPLACE INTO owner VALUES (1, ?)').run(mine)).immediate();
    lock.exec('BEGIN IMMEDIATE');
    if (readOwner(lock) === mine) {
      const release = () => {
        if (!lock.open) return;
        lock.exec('ROLLBACK');
        lock.close();
      };
      return { ok: true, release };
    }
    lock.exec('ROLLBACK');
  } catch (error) {
    if (!isBusy(error)) {
      lock.close();
      throw error;
    }
  }
  const text = readOwner(lock);
  lock.close();
  return { ok: false, owner: text === null ? null : (JSON.parse(text) as Owner) };
}

/** Who is the writing process of a database now, or null when there is none. */
export function writerOf(databaseFile: string): Owner | null {
  if (!fs.existsSync(lockFileOf(databaseFile))) return null;
  const lock = new Database(lockFileOf(databaseFile), { timeout: 0 });
  try {
    lock.exec('BEGIN IMMEDIATE; ROLLBACK');
    return null;
  } catch (error) {
    if (!isBusy(error)) throw error;
    const text = readOwner(lock);
    return text === null ? null : (JSON.parse(text) as Owner);
  } finally {
    lock.close();
  }
}

/** Longest path that every system takes for a socket. */
const LONGEST_SOCKET = 100;

/** Where the server of a database takes commands: a named pipe on Windows, else a socket beside the file. */
export function commandSocketOf(databaseFile: string): string {
  const file = path.resolve(databaseFile);
  const short = createHash('sha256').update(file).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return `\\\\.\\pipe\\tidu-${short}`;
  const beside = `${file}.sock`;
  return Buffer.byteLength(beside) <= LONGEST_SOCKET ? beside : path.join(os.tmpdir(), `tidu-${short}.sock`);
}

function readOwner(lock: Database.Database): string | null {
  try {
    const row = lock.prepare('SELECT value FROM owner WHERE id = 1').get() as { value: string } | undefined;
    return row?.value ?? null;
  } catch {
    return null;
  }
}
