/**
 * Applies `prisma/migrations` without Prisma's engine, recorded in Prisma's own table, so that `prisma migrate deploy`
 * finds what it expects wherever its engine can be had.
 */
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Clock } from './clock.ts';
import type { Connection } from './connection.server.ts';
import { AppError } from './errors.ts';

/** Tables that the Prisma schema does not know because only this engine has or needs them. */
export const ENGINE_TABLES: readonly string[] = [
  '_prisma_migrations',
  // The index for searching names, with the tables that the engine keeps it in.
  'EnterpriseSearch',
  'EnterpriseSearch_config',
  'EnterpriseSearch_data',
  'EnterpriseSearch_docsize',
  'EnterpriseSearch_idx',
];

export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, as Prisma computes it. */
  readonly checksum: string;
  /** The same for a checkout that changed the line ends. */
  readonly otherChecksum: string;
}

const LOG_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

/** The folder of migrations: that of the first ancestor of this file which has one (source tree and build alike). */
export function migrationsFolder(): string {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const found = path.join(folder, 'prisma', 'migrations');
    if (fs.existsSync(found)) return found;
    if (folder === path.dirname(folder))
      throw new AppError('database', '找不到数据库升级脚本目录 prisma/migrations');
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The migrations of a folder in the order in which they apply. */
export function readMigrations(folder: string): Migration[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && fs.existsSync(path.join(folder, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = fs.readFileSync(path.join(folder, name, 'migration.sql'), 'utf8');
      const unix = sql.replaceAll('\r\n', '\n');
      return { name, sql, checksum: sha256(unix), otherChecksum: sha256(unix.replaceAll('\n', '\r\n')) };
    });
}

interface AppliedRow {
  migration_name: string;
  checksum: string;
  finished_at: unknown;
}

function readApplied(connection: Connection): AppliedRow[] {
  const table = connection.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get();
  if (!table) return [];
  return connection
    .prepare(
      `SELECT migration_name, checksum, finished_at FROM "_prisma_migrations"
       WHERE rolled_back_at IS NULL ORDER BY migration_name`,
    )
    .all() as AppliedRow[];
}

/**
 * The migrations still to apply.
 * @throws AppError `database` when an applied one is missing here, was changed, or failed half-way
 */
export function pendingMigrations(connection: Connection, migrations: readonly Migration[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const applied = readApplied(connection);
  for (const row of applied) {
    const migration = known.get(row.migration_name);
    if (!migration) {
      throw new AppError(
        'database',
        `数据库由较新或不同版本的程序升级过：本程序没有升级脚本 ${row.migration_name}`,
      );
    }
    if (row.checksum !== migration.checksum && row.checksum !== migration.otherChecksum) {
      throw new AppError(
        'database',
        `升级脚本 ${row.migration_name} 在应用之后被改动过，请恢复原文件后再启动`,
      );
    }
    if (row.finished_at === null) {
      throw new AppError('database', `升级脚本 ${row.migration_name} 上次未能完成，请从备份恢复后再启动`);
    }
  }
  const done = new Set(applied.map((row) => row.migration_name));
  const pending = migrations.filter((migration) => !done.has(migration.name));
  const latest = applied.at(-1)?.migration_name ?? '';
  const late = pending.find((migration) => migration.name < latest);
  if (late) throw new AppError('database', `升级脚本 ${late.name} 排在已应用的 ${latest} 之前，无法按序升级`);
  return pending;
}

/** Applies what is pending, each in a transaction of its own. @returns the names applied */
export function migrate(connection: Connection, clock: Clock, folder = migrationsFolder()): string[] {
  const pending = pendingMigrations(connection, readMigrations(folder));
  for (const migration of pending) apply(connection, migration, clock);
  return pending.map((migration) => migration.name);
}

function apply(connection: Connection, migration: Migration, clock: Clock): void {
  // A script that rebuilds a table drops the old one; the switch has no effect inside a transaction.
  connection.pragma('foreign_keys = OFF');
  try {
    connection
      .transaction(() => {
        const started = Date.parse(clock.now());
        connection.exec(LOG_TABLE);
        connection.exec(migration.sql);
        const broken = connection.pragma('foreign_key_check') as unknown[];
        if (broken.length > 0) throw new Error(`${broken.length} 处外键不成立`);
        connection
          .prepare(
            `INSERT INTO "_prisma_migrations"
             (id, checksum, finished_at, migration_name, logs, started_at, applied_steps_count)
             VALUES (?, ?, ?, ?, NULL, ?, 1)`,
          )
          .run(randomUUID(), migration.checksum, Date.parse(clock.now()), migration.name, started);
      })
      .immediate();
  } catch (cause) {
    if ((cause as { code?: string }).code?.startsWith('SQLITE_BUSY')) {
      throw new AppError('busy', '另一个进程正在写入数据库，无法升级', { cause });
    }
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('database', `升级脚本 ${migration.name} 未能应用，数据库保持原样：${why}`, { cause });
  } finally {
    connection.pragma('foreign_keys = ON');
  }
}
