/** A command's database: opened for reading or writing, closed whatever happens. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { env } from '../env.server.ts';
import { openDatabase, systemClock, type Db } from '../services/database.server.ts';
import { renewProjections } from '../services/rebuild.server.ts';
import { say } from './paths.ts';

/** Inside the server a command works on the database that the server has open (see forward.ts). */
export const served = new AsyncLocalStorage<Db>();

export const databaseFile = (given: string | undefined): string => given ?? env().databaseFile;

/** Opens what exists, read-only. @throws AppError `database` when it is missing or of another version */
export async function reading<T>(file: string | undefined, work: (db: Db) => Promise<T> | T): Promise<T> {
  const open = served.getStore();
  if (open) return work(open);
  const db = openDatabase(databaseFile(file), { mode: 'read' });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/** The projections of an earlier release are rebuilt, and it is said, since it may take a while. */
export async function bringUpToRelease(db: Db): Promise<void> {
  const told = (done: number, total: number) => say(`升级后由事件日志重建状态与汇总 ${done} / ${total}`);
  await renewProjections(db, systemClock, told);
}

/**
 * Opens for writing and brings the schema up to date.
 * @param create whether a missing database is made
 * @throws AppError `busy` while another process, such as the server, is the writer
 */
export async function writing<T>(
  file: string | undefined,
  create: boolean,
  work: (db: Db) => Promise<T> | T,
): Promise<T> {
  const open = served.getStore();
  if (open) return work(open);
  const db = openDatabase(databaseFile(file), { mode: 'write', create, migrate: true });
  try {
    await bringUpToRelease(db);
    return await work(db);
  } finally {
    await db.close();
  }
}
