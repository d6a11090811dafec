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

/** The demo: loads an invented park into a database of its own and serves it on this machine only. */
export async function demo(): Promise<number> {
  if (!(await ensureBuild())) return 1;
  // In a process of its own, so that the server starts with a database that nobody else has open.
  const loaded = await runNode(inRoot('app/cli/run.ts'), ['tidu', 'demo', '--db', file]);
  if (loaded.code !== 0) return loaded.code;
  const onListening = (url: string) => {
    say('');
    say('梯度演示已启动（演示数据，企业均为虚构）');
    say(`  地址：${url}`);
    say('  停止：Ctrl-C');
  };
  return serve({ env: await demoEnv(), demo: true, onListening });
}
