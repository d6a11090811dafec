// The first load of the self-assessment: every script that a page of it asks for before anybody does anything.
import fs from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inRoot } from '../../app/cli/paths.ts';

interface Part {
  module: string;
  imports?: string[];
}
interface Manifest {
  entry: Part;
  routes: Record<string, Part>;
  url: string;
}

const LIMIT = 150_000;

function manifest(): Manifest {
  const folder = inRoot('build/client/assets');
  const files = fs.readdirSync(folder).filter((name) => /^manifest-.*\.js$/.test(name));
  const newest = files
    .map((name) => `${folder}/${name}`)
    .sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs)[0]!;
  return JSON.parse(/=(\{.*\});?\s*$/s.exec(fs.readFileSync(newest, 'utf8'))![1]!) as Manifest;
}

const { entry, routes } = manifest();
const compressed = (address: string) => gzipSync(fs.readFileSync(inRoot(`build/client${address}`))).length;

test.each(['assess._index', 'assess.ask', 'assess.result', 'assess.what-if'])('%s', (page) => {
  const parts = [entry, routes.root!, routes['routes/assess']!, routes[`routes/${page}`]!];
  const files = [...new Set(parts.flatMap(({ module, imports = [] }) => [module, ...imports]))];
  const bytes = files.reduce((sum, file) => sum + compressed(file), 0);
  if (process.env.TIDU_REPORT) console.info(`${page}: ${bytes} bytes in ${files.length} files`);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(LIMIT);
  expect(files.some((file) => file.includes('assess-word'))).toBe(false);
});
