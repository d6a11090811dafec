// What the layout promises and no tool checks.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { inRoot } from '../../app/cli/paths.ts';

const folders = ['.ci', 'app', 'machines', 'prisma', 'public', 'tests'];
const madeByTools = ['.cache', '.git', 'build', 'node_modules', 'test-results'];

const entries = (folder: string) => fs.readdirSync(inRoot(folder), { withFileTypes: true });

test('the top level holds the agreed folders and nothing else', () => {
  const found = entries('.')
    .filter((entry) => entry.isDirectory() && !madeByTools.includes(entry.name))
    .map((entry) => entry.name);
  expect(found.sort()).toEqual(folders);
});

function sources(folder: string): string[] {
  return entries(folder).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) return sources(name);
    return /(?<!\.test)\.tsx?$/.test(name) ? [name] : [];
  });
}

/** Lines of code, comments left out, in which `pattern` occurs. */
const occurrences = (file: string, pattern: RegExp) =>
  fs
    .readFileSync(inRoot(file), 'utf8')
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line) && pattern.test(line))
    .map((line) => `${file}: ${line.trim()}`);

test.each(['app/rules', 'app/pipeline', 'machines'])(
  '%s asks nobody for the time or for chance',
  (folder) => {
    const impure = /\bnew Date\(\s*\)|\bDate\.now\b|\bMath\.random\b|\brandomUUID\b|\bperformance\.now\b/;
    const files = sources(folder);
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap((file) => occurrences(file, impure))).toEqual([]);
  },
);

test('no helper of tests sets up or clears away by being imported: files that share a process import it once', () => {
  const helpers = ['app', 'machines', 'prisma', 'tests']
    .flatMap(sources)
    .filter((file) => !/^tests\/setup\/|\.(e2e|office|bench)\.ts$/.test(file));
  expect(helpers.length).toBeGreaterThan(0);
  const hook = /^(beforeEach|afterEach|beforeAll|afterAll)\(/;
  expect(helpers.flatMap((file) => occurrences(file, hook))).toEqual([]);
});
