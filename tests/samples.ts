import path from 'node:path';
import { describe } from 'vitest';

/** Folder of the real sample tables, which are not part of the repository; null where it is not given. */
export const samples: string | null = process.env.TIDU_SAMPLES
  ? path.resolve(process.env.TIDU_SAMPLES)
  : null;

/** A group of tests that needs the sample tables; skipped with its reason where there are none. */
export function describeWithSamples(name: string, define: (folder: string) => void): void {
  if (samples === null)
    describe.skip(`${name}（跳过：未设置 TIDU_SAMPLES，样本数据不在仓库内）`, () => define(''));
  else describe(name, () => define(samples));
}
