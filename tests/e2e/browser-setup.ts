// Once for all files of a run: one browser that each of them connects to, and a folder for what is made once.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium as playwright } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { launchOptions } from './harness.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser listens. */
    browser: string;
    /** Folder of this run alone. */
    once: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const once = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-e2e-once-'));
  const browser = await playwright.launchServer(await launchOptions());
  project.provide('browser', browser.wsEndpoint());
  project.provide('once', once);
  return async () => {
    await browser.close();
    fs.rmSync(once, { recursive: true, force: true });
  };
}
