/** Work on lists that goes on while pages are served: at most one run a list. */
import type { Db } from '../../db/clients.server.ts';
import { AppError } from '../../db/errors.ts';

// The built pages carry a copy of this module; all copies speak of the same runs.
const shared = globalThis as { __tiduNameListRuns?: Set<string> };
const runs = (shared.__tiduNameListRuns ??= new Set());

const keyOf = (db: Pick<Db, 'file'>, listId: number) => `${db.file}#${listId}`;

/** Whether this process is at work on a list; a list that says so while it is not was interrupted. */
export const isRunning = (db: Pick<Db, 'file'>, listId: number): boolean => runs.has(keyOf(db, listId));

/** Runs one piece of work on a list. @throws AppError `conflict` while another one is under way */
export async function runOn<T>(db: Pick<Db, 'file'>, listId: number, work: () => Promise<T>): Promise<T> {
  const key = keyOf(db, listId);
  if (runs.has(key)) throw new AppError('conflict', '这份名单正在处理，请稍候');
  runs.add(key);
  try {
    return await work();
  } finally {
    runs.delete(key);
  }
}
