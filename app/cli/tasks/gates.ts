// The checks that are not tests: each runs one tool and either holds or not.
import { inRoot } from '../paths.ts';
import { ensureBuild } from './prepare.ts';
import { runNode, type RunResult } from './process.ts';

export interface Gate {
  title: string;
  /** The gate holds when the code is 0. Shows its output as it comes, or returns it. */
  run: (output: 'inherit' | 'capture') => Promise<RunResult>;
}

const tool = (title: string, script: string, args: string[]): Gate => ({
  title,
  run: (output) => runNode(inRoot('node_modules', script), args, { output }),
});

export const types = tool('类型检查', 'typescript/bin/tsc', [
  '--noEmit',
  '-p',
  '.',
  '--incremental',
  '--tsBuildInfoFile',
  '.cache/types.tsbuildinfo',
]);
export const lint = tool('代码规范', 'oxlint/bin/oxlint', ['--deny-warnings']);
export const format = tool('代码格式', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']);
export const layering = tool('分层方向', 'dependency-cruiser/bin/dependency-cruise.mjs', [
  '--config',
  '.dependency-cruiser.mjs',
  'app',
  'machines',
  'prisma',
  'tests',
]);
export const deadCode = tool('无用代码', 'knip/bin/knip.js', ['--no-progress']);
/** Tells of itself on standard error. */
export const pages: Gate = {
  title: '构建页面',
  run: async () => ({ code: (await ensureBuild()) ? 0 : 1, output: '' }),
};
