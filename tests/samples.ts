import path from 'node:path';
import { describe, test } from 'vitest';

/** Folder of the real sample tables, which are not part of the repository; null where it is not given. */
export const samples: string | null = process.env.TIDU_SAMPLES
  ? path.resolve(process.env.TIDU_SAMPLES)
  : null;

/**
 * A group of tests that needs the sample tables. Without them it is one skipped test that states the reason;
 * `define` is not called then, so it may read the folder at once.
 */
export function describeWithSamples(name: string, define: (folder: string) => void): void {
  describe(name, () => {
    if (samples === null) test.skip('（跳过：未设置 TIDU_SAMPLES，样本数据不在仓库内）', () => {});
    else define(samples);
  });
}
