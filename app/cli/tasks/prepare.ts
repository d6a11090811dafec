// Makes what is derived from the source: the Prisma client and the web build. Each is skipped while the hash of
// its inputs is the one it was made from.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { withLock } from '../lock.mjs';
import { inRoot, root, say } from '../paths.ts';
import { runNode } from './process.ts';

const isTest = (file: string) => /\.test\.tsx?$/.test(file);

/** Every file below the given paths (files or folders), relative to `base`, sorted. */
function listFiles(paths: string[], base: string): string[] {
  const found: string[] = [];
  for (const entry of paths) {
    const full = path.join(base, entry);
    const stat = fs.statSync(full, { throwIfNoEntry: false });
    if (stat?.isFile()) found.push(entry);
    if (stat?.isDirectory()) {
      const inside = fs.readdirSync(full).map((name) => path.join(entry, name));
      found.push(...listFiles(inside, base));
    }
  }
  return found.sort();
}

/** SHA-256 over names and contents of the files below `paths`; tests do not count. */
export function hashInputs(paths: string[], base = root): string {
  const hash = createHash('sha256');
  for (const file of listFiles(paths, base)) {
    if (isTest(file)) continue;
    hash.update(file.split(path.sep).join('/')).update('\0');
    hash.update(fs.readFileSync(path.join(base, file))).update('\0');
  }
  return hash.digest('hex');
}

interface Product {
  title: string;
  inputs: string[];
  /** A file that exists only when the product does. */
  result: string;
  /** Where the hash of the inputs is kept. */
  stamp: string;
  script: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
}

const upToDate = (product: Product, hash: string) =>
  fs.existsSync(inRoot(product.result)) &&
  fs.existsSync(inRoot(product.stamp)) &&
  fs.readFileSync(inRoot(product.stamp), 'utf8') === hash;

/** The first lines of a tool's output: the reason stands there, long lists follow. */
const excerpt = (output: string) => output.trim().split('\n').slice(0, 30).join('\n');

/** @returns whether the product stands; its output is shown when making it failed */
async function make(product: Product): Promise<boolean> {
  if (upToDate(product, hashInputs(product.inputs))) return true;
  return withLock(inRoot('.cache', `${path.basename(product.stamp)}.lock`), say, async () => {
    const hash = hashInputs(product.inputs);
    if (upToDate(product, hash)) return true;
    const started = Date.now();
    fs.rmSync(inRoot(product.stamp), { force: true });
    say(`${product.title} …`);
    const { code, output } = await runNode(inRoot(product.script), product.args, {
      output: 'capture',
      ...(product.env ? { env: product.env } : {}),
    });
    if (code !== 0) {
      say(`${product.title}失败：\n${excerpt(output)}`);
      return false;
    }
    fs.mkdirSync(path.dirname(inRoot(product.stamp)), { recursive: true });
    fs.writeFileSync(inRoot(product.stamp), hash);
    say(`${product.title}：完成，用时 ${((Date.now() - started) / 1000).toFixed(1)} 秒`);
    return true;
  });
}

const client: Product = {
  title: '生成数据库客户端',
  inputs: ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json'],
  result: 'app/generated/prisma/client.ts',
  stamp: '.cache/client.sha256',
  script: 'node_modules/prisma/build/index.js',
  args: ['generate'],
};

const web: Product = {
  title: '构建页面',
  inputs: ['app', 'machines', 'public', 'vite.config.ts', 'tsconfig.json', 'package-lock.json'],
  result: 'build/server/index.js',
  stamp: 'build/inputs.sha256',
  script: 'node_modules/@remix-run/dev/dist/cli.js',
  args: ['vite:build', '--logLevel', 'warn'],
  env: { ...process.env, NODE_ENV: 'production' },
};

/** Generates the Prisma client unless it already fits the schema; throws when it cannot be made. */
export async function ensureClient(): Promise<void> {
  if (!(await make(client))) throw new Error('数据库客户端未能生成');
}

/** Builds the pages unless the build is of this very source. */
export const ensureBuild = (): Promise<boolean> => make(web);

/** The `build` task. */
export async function build(args: string[]): Promise<number> {
  if (args.includes('--force')) fs.rmSync(inRoot(web.stamp), { force: true });
  return (await ensureBuild()) ? 0 : 1;
}
