// An import killed at random moments: every batch is there wholly or not at all, and running it again completes it.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fixedClock, openDatabase, type Db } from '../../app/services/database.server.ts';
import { importFile } from '../../app/services/import/import.server.ts';
import { verify } from '../../app/services/verify.server.ts';
import { inventedCode } from '../population.ts';
import { size } from '../size.ts';

const clock = fixedClock('2026-05-06T02:00:00.000Z');
const ROWS = 2000;
let folder: string;

beforeEach(() => void (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-kill-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Every enterprise with a year and a title, so that a batch writes facts, events, spans and titles. */
function factsFile(): string {
  const file = path.join(folder, 'facts.ndjson');
  const line = (i: number) =>
    JSON.stringify({
      uscc: inventedCode(i),
      name: `测试${i}有限公司`,
      years: { 2024: { salesRevenue: i } },
      titles: [
        { scheme: 'hnte', no: `GR${i}`, grantedOn: '2024-10-26', validUntil: '2027-10-25', status: 'valid' },
      ],
    });
  fs.writeFileSync(file, Array.from({ length: ROWS }, (_, i) => line(i)).join('\n'));
  return file;
}

const count = (db: Db, table: string) =>
  (db.raw.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;

/** Starts an import and kills it `delay` ms after its first batch. @returns rows that it said are committed */
async function killedImport(database: string, file: string, delay: number): Promise<number> {
  const child = spawn(process.execPath, [path.resolve('tests/fixtures/slow-import.ts'), database, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let committed = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    if (committed === 0) setTimeout(() => child.kill('SIGKILL'), delay);
    committed = Number(chunk.toString().trim().split('\n').at(-1));
  });
  await new Promise((resolve) => child.once('close', resolve));
  return committed;
}

test('kill -9 during an import', { timeout: 600_000 }, async () => {
  const file = factsFile();
  for (let round = 0; round < size(3, 50); round += 1) {
    const database = path.join(folder, `${round}.db`);
    const committed = await killedImport(database, file, ((round * 71) % 13) * 17);
    expect(committed).toBeGreaterThan(0);
    const db = openDatabase(database, { mode: 'write' });
    const enterprises = count(db, 'Enterprise');
    expect(enterprises % 100).toBe(0);
    expect(enterprises).toBeGreaterThanOrEqual(committed);
    for (const table of ['YearFigures', 'Title', 'MachineSnapshot'])
      expect(count(db, table)).toBe(enterprises);
    expect(verify(db, clock).problems).toEqual([]);
    const again = await importFile(db, clock, { file, actor: 'test' });
    expect(again).toMatchObject({
      created: ROWS - enterprises,
      updated: 0,
      unchanged: enterprises,
      rejected: 0,
    });
    expect(verify(db, clock).problems).toEqual([]);
    const jobs = db.raw.prepare('SELECT status FROM ImportJob ORDER BY id').all() as { status: string }[];
    expect(jobs.at(-1)!.status).toBe('done');
    expect(jobs.some((job) => job.status === 'running')).toBe(false);
    await db.close();
  }
});
