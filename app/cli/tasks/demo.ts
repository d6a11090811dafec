import { readEnv } from '../../env.server.ts';
import { inRoot, say } from '../paths.ts';
import { serve } from '../serve.ts';
import { ensureBuild } from './prepare.ts';
import { runNode } from './process.ts';

const file = inRoot('prisma/data/demo.db');

/** Ports to try when none is asked for and the first is taken. */
const ports = [3000, 3001, 3002, 3003, 3004];

/** Serves on the first free port; on the one that PORT names when it is set. */
async function serveDemo(onListening: (url: string) => void): Promise<number> {
  const wanted = process.env.PORT ? [Number(process.env.PORT)] : ports;
  for (const [index, port] of wanted.entries()) {
    const env = readEnv({
      ...process.env,
      // Only this machine: the demo's passwords are public.
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: `file:${file}`,
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
    });
    process.env.DATABASE_URL = env.DATABASE_URL;
    try {
      return await serve({ env, demo: true, onListening });
    } catch (error) {
      const last = index === wanted.length - 1;
      if (last || !String(error).includes('已被占用')) throw error;
    }
  }
  return 1;
}

/** The demo: loads an invented park into a database of its own and serves it on this machine only. */
export async function demo(): Promise<number> {
  if (!(await ensureBuild())) return 1;
  // In a process of its own, so that the server starts with a database that nobody else has open.
  const loaded = await runNode(inRoot('app/cli/run.ts'), ['tidu', 'demo', '--db', file]);
  if (loaded.code !== 0) return loaded.code;
  return serveDemo((url) => {
    say('');
    say('梯度演示已启动（演示数据，企业均为虚构）');
    say(`  地址：${url}`);
    say('  停止：Ctrl-C');
  });
}
