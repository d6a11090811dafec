import { createRequestHandler } from '@remix-run/express';
import type { ServerBuild } from '@remix-run/node';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Env } from '../../env.server.ts';
import type { TiduLoadContext } from '../../load-context.ts';
import { errorBody, isApiPath } from '../../services/api-error.ts';
import { inRoot } from '../paths.ts';
import { logRequests } from './log.ts';
import { precompressed } from './precompressed.ts';
import { limitBody, nonceOf, securityHeaders } from './security.ts';

export interface AppOptions {
  env: Env;
  log: Logger;
  /** The built pages, or a function that loads them anew (development). */
  build: ServerBuild | (() => Promise<ServerBuild>);
  /** Serves what the browser loads; in development Vite's middleware. */
  assets: RequestHandler[];
  /** Resolves when the program can answer, rejects with the reason when it cannot. */
  ready: () => Promise<void>;
}

/** The built files: names in /assets carry a hash of their content, so they never change. */
export const builtAssets = (): RequestHandler[] => {
  const missing: RequestHandler = (_request, response) => void response.status(404).end();
  const folder = inRoot('build/client/assets');
  const hashed = express.static(folder, {
    immutable: true,
    maxAge: '1y',
    index: false,
  });
  const others = express.static(inRoot('build/client'), { maxAge: '1h', index: false });
  // A missing asset ends here: it must not cost the rendering of a page.
  return [express.Router().use('/assets', precompressed(folder), hashed, missing), others];
};

const healthRoutes = (ready: AppOptions['ready']) => {
  const router = express.Router();
  router.get('/healthz', (_request, response) => void response.type('text/plain').send('ok'));
  router.get('/readyz', (_request, response) => {
    ready().then(
      () => response.type('text/plain').send('ok'),
      (error: unknown) =>
        response
          .status(503)
          .type('text/plain')
          .send(error instanceof Error ? error.message : ''),
    );
  });
  return router;
};

/** What breaks before a page is reached, such as an address that is no text: one line, in Chinese, no inner workings. */
const plainError =
  (log: Logger): ErrorRequestHandler =>
  (error: { status?: number }, request, response, next) => {
    const status = error.status !== undefined && error.status < 500 ? error.status : 500;
    if (status === 500) log.error(error);
    if (response.headersSent) return next(error);
    const message = status === 500 ? '程序出错，请稍后重试' : '请求有误：地址或内容不完整';
    response.status(status);
    if (isApiPath(request.path))
      response.json(errorBody(status === 500 ? 'failed' : 'invalid', message, null));
    else response.type('text/plain').send(message);
  };

/** The whole web server, not yet listening. */
export function createApp({ env, log, build, assets, ready }: AppOptions): Express {
  const development = env.NODE_ENV === 'development';
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', env.TRUST_PROXY);
  app.use(logRequests(log));
  app.use(healthRoutes(ready));
  app.use(securityHeaders({ https: env.TIDU_HTTPS, development }));
  app.use(compression());
  app.use(...assets);
  app.use(limitBody(env.TIDU_UPLOAD_LIMIT_MB));
  app.all(
    '*',
    createRequestHandler({
      build,
      mode: development ? 'development' : 'production',
      getLoadContext: (request, response): TiduLoadContext => ({
        nonce: nonceOf(response),
        address: request.ip ?? '',
      }),
    }),
  );
  app.use(plainError(log));
  return app;
}
