import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '../../app/cli/tidu.ts';
import { openDatabase } from '../../app/db/clients.server.ts';
import { systemClock } from '../../app/db/clock.ts';
import { recordFacts } from '../../app/services/facts.server.ts';
import { inventedCode } from '../population.ts';

const NAMES = ['珠海华信科技有限公司', '珠海安泰生物医药有限公司'];
let folder: string;
let file: string;
let list: string;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-lists-'));
  file = path.join(folder, 'tidu.db');
  list = path.join(folder, '名单.csv');
  fs.writeFileSync(
    list,
    `序号,企业名称\n1,${NAMES[0]}\n2,珠海安泰生物医药股份有限公司\n3,天外来客食品有限公司\n`,
  );
  const db = openDatabase(file, { mode: 'write', create: true, migrate: true });
  const changes = NAMES.map((name, i) => ({
    kind: 'enterprise' as const,
    uscc: inventedCode(i + 1),
    values: { name },
  }));
  await db.write((tx) => recordFacts(tx, systemClock, changes, { actor: 'test' }));
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
  const code = await main(['lists', ...argv, '--db', file], io);
  const rows = texts.out.split('\n').filter((line) => line.startsWith('{'));
  return { code, ...texts, rows: rows.map((row) => JSON.parse(row) as Record<string, unknown>) };
}

const FACTS = ['--title', '认定公告', '--scheme', 'hnte', '--kind', 'certify', '--listed-on', '2026-05-10'];

test('a list is matched without a trace, taken in, confirmed and recorded, once', async () => {
  const matched = await tidu('match', list, '--json');
  expect([matched.code, matched.rows.map((row) => row.class)]).toEqual([0, ['hit', 'likely', 'not_ours']]);
  expect((await tidu()).rows).toEqual([]);

  const doc = ['--doc-no', '示例〔2026〕1号', '--valid-until', '2029-05-09'];
  expect((await tidu('import', list, ...FACTS, ...doc)).rows).toMatchObject([
    { id: 1, hit: 1, likely: 1, notOurs: 1 },
  ]);
  expect((await tidu('hits', '1')).rows).toMatchObject([{ confirmed: 1 }]);
  expect((await tidu('record', '1')).rows[0]).toMatchObject({ made: 1, existing: 0 });
  const again = await tidu('import', list, ...FACTS, ...doc);
  expect([again.rows[0], again.err]).toMatchObject([{ id: 1, made: 1 }, expect.stringContaining('已登记过')]);
  expect((await tidu()).rows).toMatchObject([{ id: 1, title: '认定公告', rows: 3 }]);
});

test.each<[string, string[], string]>([
  ['no basis', ['import', 'LIST', ...FACTS], '须有依据'],
  ['no title', ['import', 'LIST', '--scheme', 'hnte'], '请填写名单标题'],
  ['no file', ['match'], '缺少名单文件'],
  ['a file that is not there', ['match', 'nowhere.csv'], '文件不存在'],
  ['nothing confirmed', ['hits', '7'], '没有编号为 7 的名单'],
  ['no such command', ['guess'], '没有这个子命令'],
])('refused with exit code 2: %s', async (_what, argv, message) => {
  const done = await tidu(...argv.map((argument) => (argument === 'LIST' ? list : argument)));
  expect([done.code, done.err]).toEqual([2, expect.stringContaining(message)]);
});
