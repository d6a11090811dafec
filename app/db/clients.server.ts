/** The only place that builds database clients. */
import fs from 'node:fs';
import path from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { env } from '../env.server.ts';
import { PrismaClient } from '../generated/prisma/client.ts';
import { systemClock, type Clock } from './clock.ts';
import { openForWriting, openReadOnly, type Connection } from './connection.server.ts';
import { AppError } from './errors.ts';
import { migrate, migrationsFolder, pendingMigrations, readMigrations } from './migrate.server.ts';
import { takeWriterLock, type Owner } from './writer-lock.server.ts';
import { createWriter, type Tx, type Writer } from './writer.server.ts';

export interface Db {
  /** Absolute path of the database file. */
  readonly file: string;
  /** Prisma, read-only, for ordinary pages. */
  readonly read: PrismaClient;
  /** A read-only connection for prepared statements where a page depends on speed. */
  readonly raw: Connection;
  /** One synchronous transaction on the one writing connection, in the order of the calls. */
  write<T>(work: (tx: Tx) => T): Promise<T>;
  /** A further read-only connection, for a long reading in a snapshot of its own; the caller closes it. */
  openReader(): Connection;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** `read` opens what exists and cannot write. `write` takes the writer's lock. */
  mode: 'read' | 'write';
  /** Make the database when it is missing (writing only). */
  create?: boolean;
  /** Bring the schema up to date (writing only); otherwise an old one is refused. */
  migrate?: boolean;
  clock?: Clock;
  /** Who is writing, as others are told. */
  role?: Owner['role'];
  /** Where this process takes commands of others. */
  socket?: string | null;
}

/** Says who keeps the database, with the owner attached for a caller that can forward its work. */
export class DatabaseHeldError extends AppError {
  readonly owner: Owner | null;

  constructor(file: string, owner: Owner | null) {
    const who = owner
      ? `${owner.role === 'server' ? '服务' : '另一条命令'}（进程 ${owner.pid}）`
      : '另一个进程';
    super('busy', `数据库正由${who}写入，请待其结束或停止后再试：${file}`);
    this.owner = owner;
  }
}

/**
 * Opens a database.
 * @throws AppError `database` when it is missing, of another version or not readable; DatabaseHeldError when another
 *   process is the writer
 */
export function openDatabase(file: string, options: OpenOptions): Db {
  const absolute = path.resolve(file);
  if (!options.create && !fs.existsSync(absolute)) {
    throw new AppError('database', `数据库不存在：${absolute}`);
  }
  const opened = options.mode === 'write' ? openWriting(absolute, options) : null;
  try {
    return assemble(absolute, opened);
  } catch (error) {
    void opened?.writer.close();
    opened?.release();
    throw error;
  }
}

interface Writing {
  writer: Writer;
  release: () => void;
}

function openWriting(file: string, options: OpenOptions): Writing {
  const clock = options.clock ?? systemClock;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const owner: Owner = {
    pid: process.pid,
    role: options.role ?? 'command',
    socket: options.socket ?? null,
    since: systemClock.now(),
  };
  const lock = takeWriterLock(file, owner);
  if (!lock.ok) throw new DatabaseHeldError(file, lock.owner);
  try {
    const connection = openForWriting(file);
    try {
      if (options.migrate ?? options.create) migrate(connection, clock);
      return { writer: createWriter(connection), release: lock.release };
    } catch (error) {
      connection.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

function assemble(file: string, writing: Writing | null): Db {
  const raw = openReadOnly(file);
  try {
    requireUpToDate(raw);
  } catch (error) {
    raw.close();
    throw error;
  }
  const read = new PrismaClient({
    adapter: new PrismaBetterSqlite3({ url: `file:${file}`, readonly: true }),
  });
  return {
    file,
    read,
    raw,
    write(work) {
      if (writing) return writing.writer.write(work);
      return Promise.reject(new AppError('database', '数据库以只读方式打开，不能写入'));
    },
    openReader: () => openReadOnly(file),
    async close() {
      await read.$disconnect();
      raw.close();
      // Last of all: closing the last connection folds the log into the database file.
      await writing?.writer.close();
      writing?.release();
    },
  };
}

function requireUpToDate(connection: Connection): void {
  const pending = pendingMigrations(connection, readMigrations(migrationsFolder()));
  if (pending.length > 0) {
    throw new AppError('database', `数据库版本较旧（缺 ${pending.length} 个升级），请先运行 tidu migrate`);
  }
}

// The built pages carry a copy of this module; both copies, and every reload in development, share one database.
const remembered = globalThis as { __tiduDb?: Db };

/** Makes `db` the one that pages use; the server calls it before it listens. */
export function setDb(db: Db | undefined): void {
  remembered.__tiduDb = db;
}

/** The server's database: the one it opened, else (development, tools) the one of DATABASE_URL. */
export function getDb(): Db {
  return (remembered.__tiduDb ??= openDatabase(env().databaseFile, {
    mode: 'write',
    create: true,
    migrate: true,
    role: 'server',
  }));
}
