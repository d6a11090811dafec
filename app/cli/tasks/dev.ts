import type { ServerBuild } from '@remix-run/node';
import { createServer as createVite } from 'vite';
import { readEnv } from '../../env.server.ts';
import { say } from '../paths.ts';
import { createApp } from '../server/app.ts';
import { serveDatabase } from '../server/database.ts';
import { listen, untilStopped } from '../server/listen.ts';
import { createLog } from '../server/log.ts';

/** The development server: pages are compiled as they are asked for and follow every change. */
export async function dev(): Promise<number> {
  process.env.NODE_ENV = 'development';
  const env = readEnv(process.env);
  const log = createLog(env.LOG_LEVEL);
  const database = await serveDatabase(env.databaseFile, { demo: true });
  const vite = await createVite({ server: { middlewareMode: true } });
  const app = createApp({
    env,
    log,
    build: () => vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild>,
    assets: [vite.middlewares],
    ready: () => database.check(),
  });
  const listening = await listen(app, env.HOST, env.PORT);
  say(`开发服务器：${listening.url}`);
  await untilStopped(log, async () => {
    await vite.close();
    await listening.close();
    await database.close();
  });
  return 0;
}
