import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inventedCode } from '../../tests/population.ts';
import { forwardCommand } from './forward.ts';
import { serveDatabase, type ServedDatabase } from './server/database.ts';
import { main } from './tidu.ts';
import { getDb } from '../services/database.server.ts';

let folder: string;
let file: string;
let server: ServedDatabase | null;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-forward-'));
  file = path.join(folder, 'x.db');
  server = await serveDatabase(file, { demo: false });
});
afterEach(async () => {
  await server?.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Runs a command as another process would: it does not know that the server is in this one. */
async function tidu(argv: string[], input = '') {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const done = main(argv, { stdin: Readable.from(input === '' ? [] : [input]), stdout, stderr }).finally(
    () => {
      stdout.end();
      stderr.end();
    },
  );
  const [code, out, err] = await Promise.all([done, text(stdout), text(stderr)]);
  return { code, out, err };
}

test('an import goes to the running server, with its counts, its file of rejected rows and its exit code', async () => {
  const list = path.join(folder, 'list.csv');
  fs.writeFileSync(list, `统一社会信用代码,企业名称\n${inventedCode(1)},甲公司\n123,乙公司\n`);
  const relative = path.relative(process.cwd(), list);
  const { code, out } = await tidu(['import', relative, '--db', file, '--kind', 'enterprises']);
  expect(JSON.parse(out)).toMatchObject({ created: 1, rejected: 1 });
  expect(code).toBe(1);
  expect(
    fs.existsSync(`${list}.rejected.xlsx`) || fs.existsSync(path.join(folder, 'list.rejected.xlsx')),
  ).toBe(true);
  expect(getDb().raw.prepare('SELECT name FROM Enterprise').pluck().all()).toEqual(['甲公司']);
});

test('what the command reads from standard input goes along', async () => {
  const add = ['user', 'add', 'wang.li', '--role', 'staff', '--password-stdin', '--db', file];
  const { code, out } = await tidu(add, 'ganlan-shu-7\n');
  expect([code, JSON.parse(out)]).toMatchObject([0, { username: 'wang.li', oneTimePassword: null }]);
});

test('what the server refuses comes back as exit code 2 with the reason', async () => {
  const { code, err } = await tidu(['user', 'add', 'x', '--role', 'root', '--db', file]);
  expect(code).toBe(2);
  expect(err).toContain('--role');
});

test('migrate refuses while the server runs, and says why', async () => {
  const { code, err } = await tidu(['migrate', '--db', file]);
  expect(code).toBe(2);
  expect(err).toContain(`服务（进程 ${process.pid}）`);
});

test('without an answering server the command says so', async () => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await forwardCommand(path.join(folder, 'none.sock'), ['user'], {
    stdin: Readable.from([]),
    stdout,
    stderr,
  });
  stderr.end();
  expect(code).toBe(2);
  expect(await text(stderr)).toContain('没有回应');
});

test('after the server has stopped the command works by itself', async () => {
  await server?.close();
  server = null;
  const { code } = await tidu(['user', 'add', 'wang.li', '--role', 'staff', '--db', file]);
  expect(code).toBe(0);
});
