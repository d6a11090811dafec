// Reviews at the command line: shown, sealed, held against the key; what is refused leaves nothing behind.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '../../app/cli/tidu.ts';
import { openDatabase } from '../../app/db/clients.server.ts';
import { fixedClock, systemClock } from '../../app/db/clock.ts';
import { quarterOf } from '../../app/rules/day.ts';
import { recordFacts } from '../../app/services/facts.server.ts';
import { createUser } from '../../app/services/users.server.ts';
import { inventedCode } from '../population.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-review-'));
  file = path.join(folder, 'tidu.db');
  const db = openDatabase(file, { mode: 'write', create: true, migrate: true });
  const clock = fixedClock('2026-05-06T02:00:00.000Z');
  await db.write((tx) =>
    recordFacts(tx, clock, [{ kind: 'enterprise', uscc: inventedCode(1), values: { name: '甲公司' } }], {
      actor: 'test',
    }),
  );
  for (const role of ['staff', 'leadership'])
    await createUser(db, systemClock, { username: role, role, password: 'ganlan-shu-7' });
  await db.close();
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

async function tidu(...argv: string[]) {
  const texts = { out: '', err: '' };
  const into = (key: 'out' | 'err') =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        texts[key] += chunk.toString();
        done();
      },
    });
  const io = { stdin: Readable.from([]), stdout: into('out'), stderr: into('err') };
  return { code: await main([...argv, '--db', file], io), ...texts };
}

const count = (table: string) => {
  const db = new Database(file, { readonly: true });
  const { n } = db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number };
  db.close();
  return n;
};

test('a quarter that is over is sealed once, and shown as it was sealed', async () => {
  const sealed = await tidu('review', 'seal', '2026Q1', '--json');
  expect(sealed.code).toBe(0);
  const first = JSON.parse(sealed.out) as {
    status: string;
    seal: { seq: number; state: string };
    tables: object;
  };
  expect(first).toMatchObject({ status: 'sealed', seal: { seq: 1, state: 'genuine' } });
  expect(await tidu('review', 'seal', '2026Q1')).toMatchObject({ code: 2 });
  const shown = await tidu('review', 'show', '2026Q1', '--json');
  expect((JSON.parse(shown.out) as typeof first).tables).toEqual(first.tables);
  expect((await tidu('verify')).code).toBe(0);
  const db = new Database(file);
  db.prepare('UPDATE ReviewSeal SET content = replace(content, \'"sealedBy":"\', \'"sealedBy":"x\')').run();
  db.close();
  const altered = await tidu('review', 'show', '2026Q1');
  expect(altered).toMatchObject({ code: 1 });
  expect(altered.out).toContain('数据库被直接改动过');
  expect((await tidu('verify')).code).toBe(1);
});

test.each([
  ['a quarter that is not over', [quarterOf(systemClock.today())]],
  ['no quarter', ['2026-1']],
  ['a window that does not end with it', ['2026Q1', '--window', 'half']],
  ['a park that is not there', ['2026Q1', '--park', '无此园区']],
  ['a user who is not there', ['2026Q1', '--as', 'nobody']],
])('%s is refused and leaves nothing behind', async (_, argv) => {
  expect(await tidu('review', 'seal', ...argv)).toMatchObject({ code: 2, out: '' });
  expect([count('ReviewSeal'), count('Review')]).toEqual([0, 0]);
});

test('a user seals as on the page: leadership may, staff may not', async () => {
  expect(await tidu('review', 'seal', '2026Q1', '--as', 'staff')).toMatchObject({ code: 2 });
  expect([count('ReviewSeal'), count('Review')]).toEqual([0, 0]);
  expect(await tidu('review', 'seal', '2026Q1', '--as', 'leadership')).toMatchObject({ code: 0 });
});

test('a seal cut off is refused until it is acknowledged with a reason', async () => {
  for (const quarter of ['2025Q4', '2026Q1'])
    expect((await tidu('review', 'seal', quarter, '--as', 'leadership')).code).toBe(0);
  const db = new Database(file);
  db.prepare('DELETE FROM ReviewSeal WHERE seq = 2').run();
  db.close();
  const lost = '数据库中缺少第 2 号封存';
  const verified = await tidu('verify');
  expect(verified.code).toBe(1);
  expect(verified.out).toContain(lost);
  expect(await tidu('review', 'show', '2025Q4')).toMatchObject({ code: 1 });
  const reviews = count('Review');
  const refused = await tidu('review', 'seal', '2025Q3');
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toContain(lost);
  expect(count('Review')).toBe(reviews);
  expect(await tidu('review', 'acknowledge')).toMatchObject({ code: 2 });
  const asLeader = ['review', 'acknowledge', '--reason', '恢复备份', '--as', 'leadership'];
  expect(await tidu(...asLeader)).toMatchObject({ code: 2 });
  const done = await tidu('review', 'acknowledge', '--reason', '恢复自去年的备份');
  expect(done.code).toBe(0);
  expect(done.out).toContain(lost);
  expect((await tidu('verify')).code).toBe(0);
  const sealed = await tidu('review', 'seal', '2025Q3', '--json');
  expect(JSON.parse(sealed.out)).toMatchObject({ seal: { seq: 3, state: 'genuine' } });
});
