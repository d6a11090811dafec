import { z } from 'zod';
import { readEnv } from '../../env.server.ts';
import { inRoot, say } from '../paths.ts';
import { serve } from '../serve.ts';
import { firstFree } from '../server/listen.ts';
import { ensureBuild } from './prepare.ts';
import { runNode } from './process.ts';

const file = inRoot('prisma/data/demo.db');

/** Ports to try when none is asked for and the first is taken. */
const ports = [3000, 3001, 3002, 3003, 3004];

/** Settings of the demo: this machine only, because its passwords are public. */
async function demoEnv() {
  const host = '127.0.0.1';
  const port = process.env.PORT || String((await firstFree(host, ports)) ?? ports[0]);
  const level = process.env.LOG_LEVEL ?? 'warn';
  const settings = { HOST: host, PORT: port, DATABASE_URL: `file:${file}`, LOG_LEVEL: level };
  // The pages read the environment themselves.
  Object.assign(process.env, settings);
  return readEnv(process.env);
}

const loginsSchema = z.object({
  logins: z.array(z.object({ username: z.string(), password: z.string(), role: z.string() })),
});

/** The logins that `tidu demo` reports as the last line of its result, one a line for people. */
export function describeLogins(output: string): string[] {
  const last = output.trim().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) return [];
  const { data } = loginsSchema.safeParse(JSON.parse(last));
  return (data?.logins ?? []).map(({ role, username, password }) => `${role}：${username} / ${password}`);
}

/** The demo: loads an invented park into a database of its own and serves it on this machine only. */
export async function demo(): Promise<number> {
  if (!(await ensureBuild())) return 1;
  // In a process of its own, so that the server starts with a database that nobody else has open.
  const loader = ['tidu', 'demo', '--json', '--db', file];
  const loaded = await runNode(inRoot('app/cli/run.ts'), loader, { output: 'result' });
  if (loaded.code !== 0) return loaded.code;
  const onListening = (url: string) => {
    say('\n梯度演示已启动（演示数据，企业均为虚构）');
    say(`  地址：${url}`);
    for (const login of describeLogins(loaded.output)) say(`  ${login}`);
    say('  停止：Ctrl-C');
  };
  return serve({ env: await demoEnv(), demo: true, onListening });
}
