import { inRoot } from '../paths.ts';
import { runNode } from './process.ts';

/** Runs the named comparisons, all of them when none is named. */
export async function bench(args: string[]): Promise<number> {
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production' };
  return (await runNode(inRoot('tests/bench/run.ts'), args, { env })).code;
}
