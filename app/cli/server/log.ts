import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { pino, type Logger } from 'pino';

/** The program's log: JSON lines on standard error, because standard output belongs to results. */
export const createLog = (level: string): Logger => pino({ level, base: null }, pino.destination(2));

/**
 * One line per request when its answer is out. The query is left out: it holds names and codes of enterprises.
 * Health checks and static files are logged at `debug`.
 */
export function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const id = randomUUID();
    response.setHeader('X-Request-Id', id);
    response.on('close', () => {
      const entry = {
        id,
        method: request.method,
        path: request.path,
        status: response.statusCode,
        ms: Math.round(performance.now() - started),
        ...(response.writableFinished ? {} : { aborted: true }),
      };
      const quiet = /^\/(assets\/|healthz$|readyz$|metrics$)/.test(request.path);
      if (response.statusCode >= 500) log.error(entry);
      else if (quiet) log.debug(entry);
      else log.info(entry);
    });
    next();
  };
}
