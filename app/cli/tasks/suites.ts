import fs from 'node:fs';
import { inRoot } from '../paths.ts';
import { runNode } from './process.ts';

/** What one run of tests came to; written by tests/summary-reporter.ts. */
export interface Summary {
  passed: number;
  failed: number;
  skipped: { name: string; reason: string }[];
}

/**
 * Runs tests with Vitest.
 * @param args its own arguments: projects, paths
 * @returns the counts; a run that broke without a failed test counts one failure, so that it cannot pass unseen
 */
export async function runSuites(args: string[], env: NodeJS.ProcessEnv = process.env): Promise<Summary> {
  const file = inRoot('.cache', `vitest-${process.pid}.json`);
  fs.rmSync(file, { force: true });
  fs.mkdirSync(inRoot('.cache'), { recursive: true });
  const { code } = await runNode(inRoot('node_modules/vitest/vitest.mjs'), ['run', ...args], {
    env: { ...env, TIDU_SUMMARY: file, NODE_ENV: 'test' },
  });
  const summary: Summary = fs.existsSync(file)
    ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Summary)
    : { passed: 0, failed: 0, skipped: [] };
  fs.rmSync(file, { force: true });
  if (code !== 0 && summary.failed === 0) summary.failed = 1;
  return summary;
}
