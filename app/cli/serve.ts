// The production server. `npm start` and `npm run demo` come here, and so do the browser tests, which run this file.
import { pathToFileURL } from 'node:url';
import type { ServerBuild } from '@remix-run/node';
import { env as readEnvironment, type Env } from '../env.server.ts';
import { inRoot, say } from './paths.ts';
import { builtAssets, createApp } from './server/app.ts';
import { serveDatabase } from './server/database.ts';
import { listen, untilStopped, type Listening } from './server/listen.ts';
import { createLog } from './server/log.ts';

interface ServeOptions {
  env?: Env;
  /** Serve a demo database; without it one is refused. */
  demo?: boolean;
  /** Called once with the address, when requests are answered. */
  onListening?: (url: string) => void;
}

const loadBuild = () => import(pathToFileURL(inRoot('build/server/index.js')).href) as Promise<ServerBuild>;

/** Another port was wanted but is taken: say so in the reader's words. */
function explain(error: unknown, env: Env): never {
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    throw new Error(`端口 ${env.PORT} 已被占用，请用环境变量 PORT 另指定一个。`);
  }
  throw error;
}

const firstVisit = (url: string, code: string) =>
  `尚无系统管理员。请打开 ${new URL('/setup', url).href}，用启动码 ${code} 建立第一位管理员（每次启动换新码）。`;

/** Serves the built pages until a signal to stop. Resolves to the exit code. */
export async function serve({ env = readEnvironment(), demo = false, onListening }: ServeOptions = {}) {
  process.env.NODE_ENV = env.NODE_ENV;
  const log = createLog(env.LOG_LEVEL);
  const database = await serveDatabase(env.databaseFile, {
    demo,
    daily: {
      swept: (day, { events }) => log.info({ day, events }, 'swept'),
      failed: (error) => log.error(error, 'sweep failed'),
    },
  });
  const build = await loadBuild();
  let stopping = false;
  const ready = async () => {
    if (stopping) throw new Error('正在停止');
    await database.check();
  };
  const app = createApp({ env, log, build, assets: builtAssets(), ready });
  const listening: Listening = await listen(app, env.HOST, env.PORT).catch((error) => explain(error, env));
  log.info({ url: listening.url, database: env.databaseFile }, 'listening');
  onListening?.(listening.url);
  if (database.setupCode !== null) say(firstVisit(listening.url, database.setupCode));
  await untilStopped(log, async () => {
    stopping = true;
    await listening.close();
    await database.close();
  });
  return 0;
}

if (import.meta.main) {
  try {
    process.exitCode = await serve({ demo: process.argv.includes('--demo') });
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
}
