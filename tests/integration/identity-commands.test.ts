import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '../../app/cli/tidu.ts';
import { openDatabase } from '../../app/db/clients.server.ts';
import { fixedClock } from '../../app/db/clock.ts';
import { recordFacts } from '../../app/services/facts.server.ts';
import { inventedCode } from '../population.ts';

const [A, B, C] = [1, 2, 3].map(inventedCode) as [string, string, string];
let folder: string;
let file: string;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-identity-'));
  file = path.join(folder, 'tidu.db');
  const db = openDatabase(file, { mode: 'write', create: true, migrate: true });
  const clock = fixedClock('2026-05-06T02:00:00.000Z');
  await db.write((tx) =>
    recordFacts(
      tx,
      clock,
      [
        { kind: 'enterprise', uscc: A, values: { name: '甲公司' } },
        { kind: 'enterprise', uscc: B, values: { name: '甲有限公司', industry: '6513' } },
      ],
      { actor: 'test' },
    ),
  );
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
  const code = await main([...argv, '--db', file], io);
  return { code, ...texts, rows: texts.out.split('\n').filter(Boolean) };
}

test('a code is corrected and a duplicate merged, after a dry run that changes nothing', async () => {
  expect(await tidu('enterprise', 'code', A, C)).toMatchObject({ code: 2 });
  expect(await tidu('enterprise', 'code', A, C, '--reason', '以执照为准')).toMatchObject({
    code: 0,
    out: '',
  });
  const preview = await tidu('enterprise', 'merge', B, '--into', A, '--dry-run');
  expect(preview.rows.map((row) => (JSON.parse(row) as { path: string }).path)).toEqual([
    'formerNames',
    'industry',
  ]);
  expect((await tidu('enterprise', 'merge', B, '--into', A)).code).toBe(2);
  expect((await tidu('enterprise', 'merge', B, '--into', A, '--reason', '同一家')).code).toBe(0);
  const again = await tidu('enterprise', 'merge', B, '--into', A, '--reason', '同一家');
  expect([again.code, again.err]).toEqual([2, expect.stringContaining('不能并入自身')]);
  expect((await tidu('verify')).code).toBe(0);
});

test('parks are added, renamed, moved, listed, and get enterprises', async () => {
  expect((await tidu('park', 'add', '高新区', '--code', 'G')).code).toBe(0);
  expect((await tidu('park', 'add', '一园', '--under', 'G')).code).toBe(0);
  expect((await tidu('park', 'rename', '一园', '创新园')).code).toBe(0);
  const assigned = await tidu('park', 'assign', '一园', A, '丙公司');
  expect([assigned.code, JSON.parse(assigned.out)]).toEqual([1, { assigned: 1, unchanged: 0, rejected: 1 }]);
  expect(assigned.err).toContain('丙公司');
  expect((await tidu('park', 'list')).out).toBe('高新区（G）0 家\n  创新园（一园）1 家\n');
  expect((await tidu('park', 'move', '创新园')).code).toBe(0);
  expect((await tidu('park', 'list')).out).toBe('创新园（一园）1 家\n高新区（G）0 家\n');
  expect(await tidu('park', 'assign', 'nowhere', A)).toMatchObject({ code: 2, out: '' });
  expect(await tidu('park', 'fly', 'G')).toMatchObject({ code: 2, out: '' });
});
