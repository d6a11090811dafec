import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fixedClock } from './clock.ts';
import { openDatabase } from './clients.server.ts';
import type { Connection } from './connection.server.ts';
import { migrate } from './migrate.server.ts';

const clock = fixedClock('2026-05-06T02:00:00.000Z');
let folder: string;
let connection: Connection;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-migrate-'));
  connection = new Database(':memory:');
});
afterEach(() => {
  connection.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const script = (name: string, sql: string) => {
  fs.mkdirSync(path.join(folder, name), { recursive: true });
  fs.writeFileSync(path.join(folder, name, 'migration.sql'), sql);
};
const run = () => migrate(connection, clock, folder);
const tables = () =>
  connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").pluck().all();

test('applies in the order of the names, once, and records as Prisma does', () => {
  script('20260102000000_second', 'CREATE TABLE b (a REFERENCES a);');
  script('20260101000000_first', 'CREATE TABLE a (id INTEGER PRIMARY KEY);\n');
  expect(run()).toEqual(['20260101000000_first', '20260102000000_second']);
  expect(run()).toEqual([]);
  const sha256 = createHash('sha256').update('CREATE TABLE a (id INTEGER PRIMARY KEY);\n').digest('hex');
  const rows = connection.prepare('SELECT * FROM _prisma_migrations ORDER BY migration_name').all();
  expect(rows[0]).toMatchObject({
    migration_name: '20260101000000_first',
    checksum: sha256,
    finished_at: Date.parse('2026-05-06T02:00:00.000Z'),
    rolled_back_at: null,
    applied_steps_count: 1,
  });
});

test('a later migration is applied to a database in use', () => {
  script('1_first', 'CREATE TABLE a (id INTEGER PRIMARY KEY);');
  run();
  connection.exec('INSERT INTO a VALUES (7)');
  script('2_second', 'ALTER TABLE a ADD COLUMN name TEXT;');
  expect(run()).toEqual(['2_second']);
  expect(connection.prepare('SELECT * FROM a').get()).toEqual({ id: 7, name: null });
});

test('a failing migration leaves nothing of itself', () => {
  script('1_first', 'CREATE TABLE a (id INTEGER PRIMARY KEY);');
  script('2_second', 'CREATE TABLE b (id INTEGER); INSERT INTO nowhere VALUES (1);');
  expect(run).toThrow(/2_second 未能应用，数据库保持原样/);
  expect(tables()).toEqual(['_prisma_migrations', 'a']);
  expect(connection.inTransaction).toBe(false);
});

test('a migration that breaks a reference is refused', () => {
  script('1_first', 'CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a INTEGER REFERENCES a (id));');
  script('2_second', 'INSERT INTO b VALUES (1);');
  expect(run).toThrow('1 处外键不成立');
});

test.each([
  ['changed', () => script('1_first', 'CREATE TABLE x (id INTEGER);'), '1_first 在应用之后被改动过'],
  ['missing', () => fs.rmSync(path.join(folder, '1_first'), { recursive: true }), '没有升级脚本 1_first'],
  ['overtaken', () => script('0_late', 'CREATE TABLE x (id INTEGER);'), '0_late 排在已应用的 1_first 之前'],
])('a %s migration stops with a clear message', (_name, spoil, message) => {
  script('1_first', 'CREATE TABLE a (id INTEGER);');
  run();
  spoil();
  expect(run).toThrow(message);
});

test('a half-done migration of Prisma’s own engine stops, too', () => {
  script('1_first', 'CREATE TABLE a (id INTEGER);');
  run();
  connection.exec('UPDATE _prisma_migrations SET finished_at = NULL');
  expect(run).toThrow('1_first 上次未能完成');
});

test('other line ends are not a change', () => {
  script('1_first', 'CREATE TABLE a (\n  id INTEGER\n);\n');
  run();
  script('1_first', 'CREATE TABLE a (\r\n  id INTEGER\r\n);\r\n');
  expect(run()).toEqual([]);
});

test('a database is opened in WAL; a missing one only where it may be made; an old one not for reading', async () => {
  const file = path.join(folder, 'sub', 'x.db');
  expect(() => openDatabase(file, { mode: 'read' })).toThrow('数据库不存在');
  expect(() => openDatabase(file, { mode: 'write' })).toThrow('数据库不存在');
  const db = openDatabase(file, { mode: 'write', create: true });
  expect(db.raw.pragma('journal_mode', { simple: true })).toBe('wal');
  await db.close();
  const old = path.join(folder, 'old.db');
  new Database(old).exec('CREATE TABLE a (id INTEGER)').close();
  expect(() => openDatabase(old, { mode: 'read' })).toThrow('请先运行 tidu migrate');
  fs.writeFileSync(old, 'no database at all, just text'.repeat(100));
  expect(() => openDatabase(old, { mode: 'read' })).toThrow('文件不是可用的数据库');
});
