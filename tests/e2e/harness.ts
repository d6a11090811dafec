// What a browser test needs: a database file, the real server on it, the browser that npm brings, and eyes.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import chromium from '@sparticuz/chromium';
import axe, { type AxeResults } from 'axe-core';
import { chromium as playwright, type Browser, type Page } from 'playwright-core';
import { runNode, type RunResult } from '../../app/cli/tasks/process.ts';
import { inRoot } from '../../app/cli/paths.ts';

/** The sizes at which pages are looked at. */
export const sizes = {
  laptop: { width: 1366, height: 768 },
  desktop: { width: 1920, height: 1080 },
  phone: { width: 390, height: 844 },
} as const;

export type SizeName = keyof typeof sizes;

/** Path of a database file that does not exist yet, in a folder of its own that `remove` deletes. */
export function temporaryDatabase(): { file: string; remove: () => void } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-e2e-'));
  return {
    file: path.join(folder, 'tidu.db'),
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs the `tidu` command on a database file; the server must not have it open. */
export const tidu = (file: string, ...args: string[]): Promise<RunResult> =>
  runNode(inRoot('app/cli/run.ts'), ['tidu', ...args, '--db', file], { output: 'capture' });

export interface TestServer {
  /** Without a slash at the end. */
  url: string;
  /** Everything logged so far. */
  log: () => string;
  /** Asks the server to stop and resolves with its exit code. */
  stop: () => Promise<number>;
}

/** Starts the production server on a free port; it must have been built (`npm run build`). */
export async function startServer(
  file: string,
  options: { demo?: boolean; env?: Record<string, string> } = {},
): Promise<TestServer> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: `file:${file}`,
    LOG_LEVEL: 'info',
    ...options.env,
  };
  // Vitest marks its own processes, and the program must not take itself for one.
  delete env.VITEST;
  const args = [inRoot('app/cli/serve.ts'), ...(options.demo ? ['--demo'] : [])];
  const child = spawn(process.execPath, args, { cwd: inRoot(), env, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)));
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      const address = /"url":"(http:[^"]+)\/"/.exec(log)?.[1];
      if (address) resolve(address);
    });
    void ended.then((code) => reject(new Error(`the server ended with ${code}:\n${log}`)));
  });
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { url, log: () => log, stop };
}

/** Never the package's own arguments: they run everything in one process and switch web security off. */
const browserArgs = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--font-render-hinting=none',
];

/** How the browser that comes by npm is started. */
export const launchOptions = async () => ({
  executablePath: await chromium.executablePath(),
  args: browserArgs,
  headless: true,
});

/** The browser that comes by npm; the caller closes it. */
export const openBrowser = async (): Promise<Browser> => playwright.launch(await launchOptions());

export interface TestPage {
  page: Page;
  /** Console errors and warnings, uncaught exceptions and failed requests since the page was opened. */
  problems: string[];
  close: () => Promise<void>;
}

/** A page with cookies of its own. Its problems are collected; a test expects the list to be empty. */
export async function openPage(
  browser: Browser,
  server: TestServer,
  size: SizeName = 'laptop',
): Promise<TestPage> {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: sizes[size],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const outside = !/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${server.url}/`);
    if (outside) problems.push(`outside request: ${request.url()}`);
  });
  return { page, problems, close: () => context.close() };
}

/** Logs in through the form and waits until it is left. */
export async function logIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/login');
  await page.fill('input[name="username"]', username);
  await page.fill('input[name="password"]', password);
  await page.click('button[type="submit"]');
  await page.waitForURL((url) => url.pathname !== '/login');
}

/** Accessibility faults of the page as it stands, one line each; empty when axe finds none. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // Evaluated, not injected as a script element: the page's own security policy would refuse that.
  await page.evaluate(axe.source);
  const faults = await page.evaluate(async () => {
    type Run = { axe: { run: (root: Document, options: object) => Promise<AxeResults> } };
    const { violations } = await (window as unknown as Run).axe.run(document, {
      resultTypes: ['violations'],
    });
    return violations.map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      targets: nodes.slice(0, 3).map((node) => node.target.join(' ')),
    }));
  });
  return faults.map(({ id, impact, help, targets }) => `${id} (${impact}): ${help}: ${targets.join('; ')}`);
}

/** Photographs the whole page into test-results/, which is not part of the repository. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const file = inRoot('test-results', `${name}.png`);
  await page.screenshot({ path: file, fullPage: true });
  return file;
}
