// Real database files and real processes: who may write, what a killed writer leaves, reading meanwhile.
import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DatabaseHeldError, openDatabase, type Db } from '../../app/db/clients.server.ts';
import { fixedClock } from '../../app/db/clock.ts';
import { recordFacts } from '../../app/services/facts.server.ts';
import { invented, inventedCode } from '../population.ts';
import { size } from '../size.ts';

const clock = fixedClock('2026-05-06T02:00:00.000Z');
let folder: string;
let file: string;
const children: ChildProcess[] = [];
const open: Db[] = [];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-writers-'));
  file = path.join(folder, 'x.db');
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const db of open.splice(0)) await db.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const opened = (options: Parameters<typeof openDatabase>[1]) => {
  const db = openDatabase(file, options);
  open.push(db);
  return db;
};

const count = (db: Db, table: string) =>
  (db.raw.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;

/** Starts the writing process and resolves when its first batch is committed. */
async function startWriter() {
  const child = spawn(process.execPath, [path.resolve('tests/fixtures/bulk-writer.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let committed = 0;
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('close', (code) => reject(new Error(`the writer ended with ${code}`)));
    child.stdout!.on('data', (chunk: Buffer) => {
      committed = Number(chunk.toString().trim().split('\n').at(-1));
      resolve();
    });
  });
  return { child, ended, committed: () => committed };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test(
  'a writer killed at any moment leaves whole batches, everything it acknowledged, and a free lock',
  { timeout: 300_000 },
  async () => {
    for (let round = 0; round < size(4, 50); round += 1) {
      const writer = await startWriter();
      await pause(((round * 37) % 11) * 9);
      writer.child.kill('SIGKILL');
      await writer.ended;
      const db = openDatabase(file, { mode: 'write' });
      const enterprises = count(db, 'Enterprise');
      expect(enterprises % 500).toBe(0);
      expect(enterprises).toBeGreaterThanOrEqual(writer.committed());
      expect(count(db, 'YearFigures')).toBe(enterprises * 3);
      expect(count(db, 'EnterpriseCode')).toBe(enterprises);
      expect(count(db, 'FactRecord')).toBe(enterprises * 4);
      expect(db.raw.pragma('integrity_check', { simple: true })).toBe('ok');
      await db.close();
    }
  },
);

test(
  'while a process writes, a second writer is told who it is, and a reader reads whole batches',
  { timeout: 60_000 },
  async () => {
    const writer = await startWriter();
    const second = () => openDatabase(file, { mode: 'write' });
    expect(second).toThrow(DatabaseHeldError);
    expect(second).toThrow(`进程 ${writer.child.pid}`);
    const reader = opened({ mode: 'read' });
    const seen = new Set<number>();
    for (const until = Date.now() + 1500; Date.now() < until; await pause(10)) {
      const both = reader.raw
        .prepare('SELECT (SELECT count(*) FROM Enterprise) AS e, (SELECT count(*) FROM YearFigures) AS y')
        .get() as { e: number; y: number };
      expect(both.e % 500).toBe(0);
      expect(both.y).toBe(both.e * 3);
      seen.add(both.e);
    }
    expect(seen.size).toBeGreaterThan(1);
    await expect(reader.write(() => 1)).rejects.toMatchObject({ code: 'database' });
  },
);

test('fifty writers at once lose nothing, and none sees another’s half-done work', async () => {
  const db = opened({ mode: 'write', create: true });
  const results = await Promise.all(
    Array.from({ length: 50 }, (_none, i) =>
      db.write((tx) => {
        const before = tx.prepare<{ n: number }>('SELECT count(*) AS n FROM Enterprise').get()!.n;
        recordFacts(tx, clock, invented(i, 1), { actor: `clerk ${i}` });
        return before;
      }),
    ),
  );
  expect(results).toEqual(Array.from({ length: 50 }, (_none, i) => i));
  expect(count(db, 'Enterprise')).toBe(50);
});

test('a failing piece of work does not hold up the next, and effects follow the commit only', async () => {
  const db = opened({ mode: 'write', create: true });
  const effects: string[] = [];
  const broken = db.write((tx) => {
    recordFacts(tx, clock, invented(0, 1), { actor: 'test' });
    tx.afterCommit(() => effects.push('broken'));
    throw new Error('no');
  });
  const next = db.write((tx) => {
    recordFacts(tx, clock, invented(1, 1), { actor: 'test' });
    tx.afterCommit(() => effects.push(`committed ${count(db, 'Enterprise')}`));
  });
  await expect(broken).rejects.toThrow('no');
  await next;
  expect(effects).toEqual(['committed 1']);
  expect(db.raw.prepare('SELECT uscc FROM Enterprise').pluck().all()).toEqual([inventedCode(1)]);
});

test('work that awaits inside a transaction is refused and rolled back', async () => {
  const db = opened({ mode: 'write', create: true });
  let late: Promise<unknown> = Promise.resolve();
  const wrong = db.write((tx) => {
    late = (async () => {
      recordFacts(tx, clock, invented(0, 1), { actor: 'test' });
      await pause(1);
      tx.prepare('DELETE FROM Setting');
    })();
    return late;
  });
  await expect(wrong).rejects.toThrow('must be synchronous');
  await expect(late).rejects.toThrow('the transaction is over');
  expect(count(db, 'Enterprise')).toBe(0);
});
