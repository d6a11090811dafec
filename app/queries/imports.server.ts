/** Imports on record. */
import { all, one, type Reading } from './sql.server.ts';

export interface ImportJobRow {
  id: number;
  kind: string;
  fileName: string;
  status: 'running' | 'done' | 'failed';
  total: number;
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  flagged: number;
  empty: number;
  message: string | null;
  rejectedFile: string | null;
  actor: string;
  startedAt: string;
  finishedAt: string | null;
}

const COLUMNS = `id, kind, fileName, status, total, read, created, updated, unchanged, rejected, flagged, empty, message,
  rejectedFile, actor, startedAt, finishedAt`;

export const importJob = (
  db: Reading,
  id: number,
): (ImportJobRow & { readonly remarks: string | null }) | undefined =>
  one(db, `SELECT ${COLUMNS}, remarks FROM ImportJob WHERE id = ?`, id);

/** The latest imports first. */
export const recentImports = (db: Reading, limit = 20): ImportJobRow[] =>
  all(db, `SELECT ${COLUMNS} FROM ImportJob ORDER BY id DESC LIMIT ?`, limit);
