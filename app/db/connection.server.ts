/** SQLite connections as this program opens them. */
import Database from 'better-sqlite3';
import { AppError } from './errors.ts';

export type Connection = Database.Database;
export type Statement<Row = unknown> = Database.Statement<unknown[], Row>;

/** What both a reading connection and an open write transaction offer. */
export interface Reader {
  /** A statement, prepared once per connection and kept. Parameters are bound by position (`?`) or name (`@x`). */
  prepare<Row = unknown>(sql: string): Statement<Row>;
}

/** Milliseconds that a statement waits for another process; the wait blocks the event loop, so it is short. */
const BUSY_TIMEOUT = 1500;

const prepared = new WeakMap<Connection, Map<string, Statement>>();

/**
 * SQLite is built with STAT4 here: a query with a bare parameter in a comparison, and a join or an order, is planned
 * anew whenever another value is bound (25 µs instead of 1). Behind a plus sign the value does not matter to the plan.
 */
function steady(sql: string): string {
  return /^\s*SELECT\b/i.test(sql) ? sql.replace(/([=<>]\s*)([?@])/g, '$1+$2') : sql;
}

/** The statement for `sql` on this connection, compiled at its first use. */
export function prepareOnce<Row>(connection: Connection, sql: string): Statement<Row> {
  let statements = prepared.get(connection);
  if (!statements) prepared.set(connection, (statements = new Map()));
  let statement = statements.get(sql);
  if (!statement) statements.set(sql, (statement = connection.prepare(steady(sql))));
  return statement as Statement<Row>;
}

/** A connection that cannot write. @throws AppError `database` when the file is missing or is no database */
export function openReadOnly(file: string): Connection {
  try {
    const connection = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT });
    connection.pragma('cache_size = -32000');
    connection.pragma('mmap_size = 268435456');
    connection.pragma('temp_store = MEMORY');
    return connection;
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** The connection for writing; makes the file when it is missing. WAL is set and checked. */
export function openForWriting(file: string): Connection {
  let connection: Connection;
  try {
    connection = new Database(file, { timeout: BUSY_TIMEOUT });
  } catch (error) {
    throw unreadable(file, error);
  }
  try {
    const mode = connection.pragma('journal_mode = WAL', { simple: true });
    if (mode !== 'wal') {
      throw new AppError(
        'database',
        `数据库无法使用 WAL 模式（现为 ${String(mode)}），请把它放在本机磁盘上：${file}`,
      );
    }
    // FULL: what was acknowledged survives a power cut, too.
    connection.pragma('synchronous = FULL');
    // Bulk work folds the log back in larger pieces.
    connection.pragma('wal_autocheckpoint = 8000');
    connection.pragma('foreign_keys = ON');
    connection.pragma('cache_size = -64000');
    connection.pragma('temp_store = MEMORY');
    return connection;
  } catch (error) {
    connection.close();
    throw error instanceof AppError ? error : unreadable(file, error);
  }
}

function unreadable(file: string, cause: unknown): AppError {
  const code = (cause as { code?: string }).code;
  if (code === 'SQLITE_BUSY') {
    return new AppError('busy', `数据库正被另一个进程占用，请稍后再试：${file}`, { cause });
  }
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return new AppError('database', `文件不是可用的数据库，或已损坏：${file}`, { cause });
  }
  return new AppError('database', `数据库打不开：${file}（${(cause as Error).message}）`, { cause });
}
