// The first load of the self-assessment: every script that a page of it asks for before anybody does anything, as
// the server sends it.
import fs from 'node:fs';
import http from 'node:http';
import { expect, test } from 'vitest';
import { inRoot } from '../../app/cli/paths.ts';
import { openSite } from './site.ts';

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

const site = openSite();
/** Bytes of the body as sent. Not by fetch, which gives the body as unpacked. */
const sent = (address: string, encodings = 'gzip, deflate, br'): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': encodings };
    http
      .get(site.url + address, { headers }, (response) => {
        let bytes = 0;
        response.on('data', (chunk: Buffer) => (bytes += chunk.length));
        response.on('end', () => (response.statusCode === 200 ? resolve(bytes) : reject(new Error(address))));
      })
      .on('error', reject);
  });

/** Scripts of a page, the shared ones included. */
function filesOf(page: string): string[] {
  const parts = [entry, routes.root!, routes['routes/assess']!, routes[`routes/${page}`]!];
  return [...new Set(parts.flatMap(({ module, imports = [] }) => [module, ...imports]))];
}

async function bytesOf(page: string, encodings?: string): Promise<number> {
  const files = filesOf(page);
  const sizes = await Promise.all(files.map((file) => sent(file, encodings)));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (process.env.TIDU_REPORT)
    process.stdout.write(`${page} (${encodings ?? 'br'}): ${bytes} bytes in ${files.length} files\n`);
  return bytes;
}

test.each(['assess._index', 'assess.ask', 'assess.result', 'assess.what-if', 'assess.plan'])(
  '%s, as browsers that take brotli get it',
  async (page) => {
    const bytes = await bytesOf(page);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThanOrEqual(LIMIT);
    expect(filesOf(page).some((file) => file.includes('assess-word'))).toBe(false);
  },
);

test('the first page, as a browser gets it that takes gzip only', async () => {
  expect(await bytesOf('assess._index', 'gzip')).toBeLessThanOrEqual(LIMIT);
});

test('a browser that takes no brotli gets the same script', async () => {
  const plain = await (
    await fetch(site.url + entry.module, { headers: { 'accept-encoding': 'gzip' } })
  ).text();
  const packed = await fetch(site.url + entry.module, { headers: { 'accept-encoding': 'br' } });
  expect(packed.headers.get('content-encoding')).toBe('br');
  expect(packed.headers.get('content-type')).toContain('javascript');
  expect(packed.headers.get('vary')).toContain('Accept-Encoding');
  expect(await packed.text()).toBe(plain);
});
