// The checks that are not tests: each runs one tool and either holds or not.
import { inRoot } from '../paths.ts';
import { ensureBuild } from './prepare.ts';
import { runNode } from './process.ts';

export interface Gate {
  title: string;
  /** Shows its own output; resolves to whether the gate holds. */
  run: () => Promise<boolean>;
}

const tool = (title: string, script: string, args: string[]): Gate => ({
  title,
  run: async () => (await runNode(inRoot('node_modules', script), args)).code === 0,
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
export const pages: Gate = { title: '构建页面', run: ensureBuild };
