// Start-up on whatever Node the host has (18 or newer): installs what is missing, then runs the task under the
// Node 24 that npm brings. Plain JavaScript without dependencies, because nothing may be installed yet.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withLock } from './lock.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const windows = process.platform === 'win32';
const bundledNode = path.join(root, 'node_modules/node/bin', windows ? 'node.exe' : 'node');

/** Prints progress; standard output belongs to the task. */
const say = (text) => process.stderr.write(`${text}\n`);

const readJson = (file) => {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
};

/**
 * Says why the installed packages are not those of package-lock.json, or null when they are. npm writes
 * node_modules/.package-lock.json last, so a half-finished install has none.
 */
export function installGap(dir = root) {
  const wanted = readJson(path.join(dir, 'package-lock.json'))?.packages;
  if (!wanted) return '缺少 package-lock.json';
  const installed = readJson(path.join(dir, 'node_modules/.package-lock.json'))?.packages;
  if (!installed) return '尚未安装依赖';
  for (const [name, entry] of Object.entries(wanted)) {
    if (name === '') continue;
    const found = installed[name];
    // Optional packages are those of other platforms.
    if (!found && entry.optional) continue;
    if (found?.version !== entry.version) return `依赖有变化（${name.replace(/^.*node_modules\//, '')}）`;
  }
  return null;
}

const libc = () => (process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl');

/** Whether npm's list of platforms (`linux`, `!win32`) names this one. */
const named = (list, own) =>
  list === undefined ||
  list.includes(own) ||
  (list.every((each) => each.startsWith('!')) && !list.includes(`!${own}`));

/**
 * Binaries of this platform that are not installed. npm leaves an optional package out without a word when it is not
 * meant for the Node that npm runs on; the program runs on another.
 */
export function skippedHere(dir = root, { platform, arch } = process) {
  const wanted = readJson(path.join(dir, 'package-lock.json'))?.packages ?? {};
  const installed = readJson(path.join(dir, 'node_modules/.package-lock.json'))?.packages ?? {};
  return Object.entries(wanted)
    .filter(([name, { optional, os, cpu }]) => optional && (os ?? cpu) !== undefined && !installed[name])
    .filter(([, entry]) => named(entry.os, platform) && named(entry.cpu, arch))
    .filter(([, entry]) => entry.libc === undefined || platform !== 'linux' || entry.libc.includes(libc()))
    .map(([name]) => name);
}

/** Says that the second installing has been tried: what is left out even then is not asked for at every start. */
const completedMark = path.join(root, 'node_modules/.completed');

const incomplete = () => !fs.existsSync(completedMark) && skippedHere().length > 0;

const runtimeMissing = () => !fs.existsSync(bundledNode);

/**
 * The Node that runs npm: the host's. `npm run` puts node_modules/.bin first on PATH, so this very process may be
 * the bundled Node, which `npm ci` deletes before it installs.
 */
export function nodeForNpm(env = process.env, own = process.execPath) {
  const inside = path.join(root, 'node_modules') + path.sep;
  const lasting = (file) => file && !file.startsWith(inside) && fs.existsSync(file);
  return [env.npm_node_execpath, own].find(lasting) ?? 'node';
}

/** Runs npm without a shell; on Windows npm is a script that only a shell or Node itself can start. */
function npmCommand(args, node) {
  const beside = path.dirname(nodeForNpm());
  const script = [
    process.env.npm_execpath,
    path.join(beside, 'node_modules/npm/bin/npm-cli.js'),
    path.join(beside, '../lib/node_modules/npm/bin/npm-cli.js'),
  ].find((file) => file && file.endsWith('npm-cli.js') && fs.existsSync(file));
  return script ? [node, [script, ...args]] : ['npm', args];
}

function runQuietly(title, args, node = nodeForNpm()) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  say(`${title} …`);
  const ticker = setInterval(() => say(`${title} … ${seconds()} 秒`), 10_000);
  const [command, commandArgs] = npmCommand(args, node);
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArgs, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(ticker);
      if (code === 0) {
        say(`${title}：完成，用时 ${seconds()} 秒`);
        resolve(undefined);
      } else {
        reject(new Error(`${title} 失败（npm ${args[0]}，退出码 ${code}）：\n${output.trim()}`));
      }
    });
  });
}

async function ensureInstalled() {
  if (installGap() === null && !runtimeMissing() && !incomplete()) return;
  await withLock(path.join(root, '.cache/install.lock'), say, async () => {
    // Another launch may have finished the work while this one waited.
    const gap = installGap();
    if (gap !== null) {
      say(`${gap}，现在安装（首次约一分钟）`);
      // No install scripts: every package ships prebuilt files, and Prisma's would ask its download server.
      // Warnings are left out because npm judges `engines` by the host's Node, which never runs the program.
      const flags = ['--ignore-scripts', '--include=dev', '--no-fund', '--no-audit', '--loglevel=error'];
      await runQuietly('安装依赖', ['ci', ...flags]);
    }
    if (runtimeMissing()) {
      // The one script that is needed: it fetches the Node binary of this platform.
      await runQuietly('安装 Node 24 运行环境', [
        'rebuild',
        'node',
        '--ignore-scripts=false',
        '--loglevel=error',
      ]);
    }
    if (runtimeMissing()) throw new Error(`安装后仍找不到 ${bundledNode}`);
    if (incomplete()) {
      // By the bundled Node this time, which `install`, unlike `ci`, leaves where it is.
      const flags = [
        '--no-save',
        '--ignore-scripts',
        '--include=dev',
        '--no-fund',
        '--no-audit',
        '--loglevel=error',
      ];
      await runQuietly('补装本机需要的程序库', ['install', ...flags], bundledNode);
      fs.writeFileSync(completedMark, '');
    }
  });
}

/** npm that is killed leaves its script running: a server that nobody sees. Then this one asks it to stop. */
function stopWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined || windows) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 500);
  watch.unref();
}

/** Runs the task under the bundled Node and hands its exit code on. */
function runTask(args) {
  const separator = windows ? ';' : ':';
  const bin = path.join(root, 'node_modules/.bin');
  // Windows spells the variable `Path`; a second spelling would shadow it.
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const searchPath = [path.dirname(bundledNode), bin, process.env[key] ?? ''].join(separator);
  // Code once compiled is kept: every later process, a command as well as a test's server, starts in half the time.
  const compiled = process.env.NODE_COMPILE_CACHE ?? path.join(root, '.cache/compiled');
  const env = { ...process.env, [key]: searchPath, TIDU_ROOT: root, NODE_COMPILE_CACHE: compiled };
  const child = spawn(bundledNode, [path.join(root, 'app/cli/run.ts'), ...args], { stdio: 'inherit', env });
  // Ctrl-C reaches the whole group by itself; what is sent to this process alone is passed on.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  stopWithNpm(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

/** Installs if needed and runs one task; resolves to its exit code. */
export async function launch(args) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 18) {
    say(`需要 Node 18 或更高版本（当前 ${process.version}），请先安装。`);
    return 2;
  }
  try {
    await ensureInstalled();
    return await runTask(args);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 2;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) {
  process.exitCode = await launch(process.argv.slice(2));
}
