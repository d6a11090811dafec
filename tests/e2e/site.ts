// What a file of browser tests stands on: a database of its own, the real server on it, pages of the shared browser.
import path from 'node:path';
import { chromium as playwright, type Browser, type Download, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import {
  accessibilityFaults,
  logIn,
  openPage,
  screenshot,
  startServer,
  temporaryDatabase,
  tidu,
  type SizeName,
  type TestPage,
  type TestServer,
} from './harness.ts';
import { once, type Fill } from './once.ts';
import { loggedIn, PASSWORD } from './park.ts';

/** A demo park of 300 companies, always the same one. */
export const demoPark: Fill = once('demo', async (file) => {
  const loaded = await tidu(file, 'demo', '--size', '300', '--seed', '7');
  if (loaded.code !== 0) throw new Error(loaded.output);
});
/** Of every account of a demo park. */
const DEMO_PASSWORD = 'Tidu-2021-示例';

interface SiteOptions {
  /** The file holds a demo park. */
  demo?: boolean;
}

/** The server and the browser of a file or block of tests, from its first test to its last. */
export class Site {
  readonly file: string;
  readonly #demo: boolean;
  readonly #remove: () => void;
  #server: TestServer | undefined;
  #browser: Promise<Browser> | undefined;

  constructor({ demo = false }: SiteOptions) {
    const { file, remove } = temporaryDatabase();
    this.file = file;
    this.#demo = demo;
    this.#remove = remove;
  }

  async start(): Promise<void> {
    this.#server = await startServer(this.file, { demo: this.#demo });
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }

  async end(): Promise<void> {
    await (await this.#browser)?.close();
    await this.stop();
    this.#remove();
  }

  get server(): TestServer {
    if (!this.#server) throw new Error('the server has not started');
    return this.#server;
  }

  /** Address of the server, without a slash at the end. */
  get url(): string {
    return this.server.url;
  }

  browser(): Promise<Browser> {
    return (this.#browser ??= playwright.connect(inject('browser')));
  }

  /** A page on which nobody is signed in. */
  async open(size: SizeName = 'laptop'): Promise<TestPage> {
    return openPage(await this.browser(), this.server, size);
  }

  /** A page on which an account has signed in through the form and been let to where it begins. */
  async as(username: string, size: SizeName = 'laptop'): Promise<TestPage> {
    const opened = await this.open(size);
    await logIn(opened.page, username, this.#demo ? DEMO_PASSWORD : PASSWORD);
    return opened;
  }

  /** Saves a download beside the database. @returns its path */
  async save(download: Download): Promise<string> {
    const file = path.join(path.dirname(this.file), download.suggestedFilename());
    await download.saveAs(file);
    return file;
  }

  /** The session cookie of an account, without a browser. */
  cookie(username: string): Promise<string> {
    return loggedIn(this.server, username);
  }
}

/** Serves what `fill` makes to the tests of a file or block; an empty database without it. */
export function openSite(fill: Fill = async () => {}, options: SiteOptions = {}): Site {
  const site = new Site(options);
  beforeAll(async () => {
    await fill(site.file);
    await site.start();
  }, 300_000);
  afterAll(() => site.end());
  return site;
}

/** Photographs a page and holds it to be free of accessibility faults. */
export async function fine(page: Page, name: string): Promise<void> {
  await screenshot(page, name);
  expect(await accessibilityFaults(page)).toEqual([]);
}
