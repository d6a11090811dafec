import { say } from '../paths.ts';
import { layering, lint, types } from './gates.ts';
import { runSuites } from './suites.ts';

/**
 * The inner loop, under a minute: types, lint, layering and the unit tests beside the code.
 * @param args paths narrow the tests, e.g. `npm run check -- app/rules`
 */
export async function check(args: string[]): Promise<number> {
  const failed: string[] = [];
  for (const gate of [types, lint, layering]) {
    say(`== ${gate.title}`);
    if ((await gate.run('inherit')).code !== 0) failed.push(gate.title);
  }
  say('== 单元测试');
  const paths = args.length > 0 ? args : ['app/', 'machines/'];
  const tests = await runSuites(['--project', 'node', '--project', 'dom', '--passWithNoTests', ...paths]);
  if (tests.failed > 0) failed.push('单元测试');
  say(failed.length > 0 ? `未通过：${failed.join('、')}` : '全部通过');
  return failed.length > 0 ? 1 : 0;
}
