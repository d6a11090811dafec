import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import { ApiError, errorBody, isApiPath } from '../../services/api-error.ts';

/** The nonce of this response, made by `withNonce`. */
export const nonceOf = (response: Response): string => String(response.locals.nonce);

const withNonce: RequestHandler = (_request, response, next) => {
  response.locals.nonce = randomBytes(16).toString('base64');
  next();
};

interface HeaderOptions {
  /** The site is reached by https: only then do HSTS and isolation headers mean anything to a browser. */
  https: boolean;
  /** The development server injects its own scripts and keeps a socket open. */
  development: boolean;
}

/** Security headers. Nothing may be loaded from another host: the program works on an intranet. */
export function securityHeaders({ https, development }: HeaderOptions): RequestHandler[] {
  const nonce = (_request: unknown, response: unknown) => `'nonce-${nonceOf(response as Response)}'`;
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: development ? ["'self'", "'unsafe-inline'"] : ["'self'", nonce],
        scriptSrcAttr: ["'none'"],
        styleSrc: development ? ["'self'", "'unsafe-inline'"] : ["'self'", nonce],
        // Charts place their parts by style attributes; those cannot run code.
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: development ? ["'self'", 'ws:'] : ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: https,
    crossOriginOpenerPolicy: https,
    originAgentCluster: https,
    referrerPolicy: { policy: 'same-origin' },
  });
  return [withNonce, headers];
}

const megabyte = 1024 * 1024;

/**
 * Refuses bodies that are too large before they are read: 1 MB, or `uploadLimit` megabytes for file uploads and for
 * facts that another program sends. A body of unstated length is refused too; browsers always state it.
 */
export function limitBody(uploadLimit: number): RequestHandler {
  return (request, response, next) => {
    if (request.headers['transfer-encoding'] !== undefined)
      return refuse(request, response, 'length-required', '请求须注明长度（Content-Length）。');
    const upload = /^multipart\/form-data/i.test(request.headers['content-type'] ?? '');
    const limit = upload || isApiPath(request.path) ? uploadLimit : 1;
    if (Number(request.headers['content-length'] ?? 0) > limit * megabyte)
      return refuse(request, response, 'too-large', `内容过大：上限为 ${limit} MB。`);
    next();
  };
}

/** Says what is wrong before anything was read: as JSON where the interface was called. */
function refuse(
  request: Request,
  response: Response,
  code: ConstructorParameters<typeof ApiError>[0],
  message: string,
): void {
  const { status } = new ApiError(code, message);
  if (isApiPath(request.path)) response.status(status).json(errorBody(code, message, null));
  else response.status(status).type('text/plain').send(message);
}
