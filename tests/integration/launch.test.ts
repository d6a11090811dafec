import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installGap, nodeForNpm, skippedHere } from '../../app/cli/launch.mjs';
import { inRoot } from '../../app/cli/paths.ts';
import { hashInputs } from '../../app/cli/tasks/prepare.ts';
import { totalLine } from '../../app/cli/tasks/test.ts';
import { size } from '../size.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-launch-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: unknown): void {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

const lock = (packages: object) => ({ packages: { '': {}, ...packages } });
const wanted = {
  'node_modules/a': { version: '1.0.0' },
  'node_modules/a-win32': { version: '1.0.0', optional: true },
};

test.each([
  { name: 'as the lock says', installed: { 'node_modules/a': { version: '1.0.0' } }, complete: true },
  { name: 'another version', installed: { 'node_modules/a': { version: '1.0.1' } }, complete: false },
  { name: 'a package missing', installed: {}, complete: false },
  {
    name: 'another version of an optional package',
    installed: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/a-win32': { version: '0.9.0' } },
    complete: false,
  },
])('installed: $name', ({ installed, complete }) => {
  write('package-lock.json', lock(wanted));
  write('node_modules/.package-lock.json', lock(installed));
  expect(installGap(folder) === null).toBe(complete);
});

test('an install that broke off is noticed: npm writes its own list last', () => {
  write('package-lock.json', lock(wanted));
  write('node_modules/a/package.json', { version: '1.0.0' });
  expect(installGap(folder)).toBe('尚未安装依赖');
});

test('binaries of this platform that npm left out, as it does on an older Node, are noticed; those of others are not', () => {
  const optional = { version: '1.0.0', optional: true };
  const here = { ...optional, os: ['linux'], cpu: ['x64'] };
  write(
    'package-lock.json',
    lock({
      'node_modules/a': { version: '1.0.0' },
      'node_modules/a-here': here,
      'node_modules/a-installed': here,
      'node_modules/a-not-win32': { ...optional, os: ['!win32'] },
      'node_modules/a-not-linux': { ...optional, os: ['!linux'] },
      'node_modules/a-arm64': { ...here, cpu: ['arm64'] },
      'node_modules/a-darwin': { ...here, os: ['darwin'] },
      'node_modules/a-other-libc': { ...here, libc: ['none'] },
      'node_modules/of-no-platform': optional,
    }),
  );
  write('node_modules/.package-lock.json', lock({ 'node_modules/a-installed': here }));
  const skipped = skippedHere(folder, { platform: 'linux', arch: 'x64' });
  expect(skipped).toEqual(['node_modules/a-here', 'node_modules/a-not-win32']);
});

test('nothing is left out of what these tests run on', () => {
  expect(skippedHere()).toEqual([]);
});

test('npm runs on the host\u2019s Node, since an install deletes the bundled one under it', () => {
  write('bin/node', '');
  const host = path.join(folder, 'bin/node');
  const bundled = inRoot('node_modules/node/bin/node');
  expect(nodeForNpm({ npm_node_execpath: host }, bundled)).toBe(host);
  expect(nodeForNpm({ npm_node_execpath: bundled }, host)).toBe(host);
  expect(nodeForNpm({}, bundled)).toBe('node');
});

test('the lock file lists the binaries of every platform', () => {
  type Entry = { optionalDependencies?: Record<string, string> };
  const { packages } = JSON.parse(fs.readFileSync(inRoot('package-lock.json'), 'utf8')) as {
    packages: Record<string, Entry>;
  };
  const names = Object.keys(packages);
  const missing = Object.values(packages)
    .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
    .filter((name) => !names.some((key) => key.endsWith(`node_modules/${name}`)));
  expect(missing).toEqual([]);
});

/** Each process appends its begin and end to one file while it holds the lock. */
const worker = (id: number) => `
  import fs from 'node:fs';
  import { withLock } from ${JSON.stringify(inRoot('app/cli/lock.mjs'))};
  const note = (text) => fs.appendFileSync('log', text + ' ${id}\\n');
  await withLock('held.lock', () => {}, async () => {
    note('begin');
    await new Promise((resolve) => setTimeout(resolve, 30));
    note('end');
  });
`;

const runWorker = (id: number) =>
  new Promise<number | null>((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', worker(id)], { cwd: folder });
    child.on('close', resolve);
  });

test('processes that start together hold the lock one after the other, a dead owner notwithstanding', async () => {
  // Left by a process that no longer lives: no process id is that high.
  write('held.lock/pid', '99999999');
  const count = size(4, 16);
  const codes = await Promise.all(Array.from({ length: count }, (_unused, id) => runWorker(id)));
  expect(new Set(codes)).toEqual(new Set([0]));
  const lines = fs.readFileSync(path.join(folder, 'log'), 'utf8').trim().split('\n');
  expect(lines).toHaveLength(count * 2);
  for (let at = 0; at < lines.length; at += 2) {
    expect(lines[at + 1]).toBe(lines[at]?.replace('begin', 'end'));
  }
  expect(fs.existsSync(path.join(folder, 'held.lock'))).toBe(false);
});

test('the hash of inputs follows content and names, not tests', () => {
  write('app/a.ts', 'one');
  const first = hashInputs(['app', 'none'], folder);
  write('app/a.test.ts', 'test');
  expect(hashInputs(['app', 'none'], folder)).toBe(first);
  write('app/a.ts', 'two');
  const second = hashInputs(['app', 'none'], folder);
  expect(second).not.toBe(first);
  fs.renameSync(path.join(folder, 'app/a.ts'), path.join(folder, 'app/b.ts'));
  expect(hashInputs(['app', 'none'], folder)).not.toBe(second);
});

test('the total adds every part and names skipped tests only when there are any', () => {
  const gate = { passed: 1, failed: 0, skipped: [] };
  const tests = { passed: 10, failed: 2, skipped: [] };
  expect(totalLine([gate, tests])).toBe('11 passed, 2 failed');
  const skipped = [{ name: 'a', reason: 'b' }];
  expect(totalLine([gate, { ...tests, skipped }])).toBe('11 passed, 2 failed, 1 skipped');
});
