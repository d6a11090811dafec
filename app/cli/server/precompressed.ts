import fs from 'node:fs';
import path from 'node:path';
import type { RequestHandler } from 'express';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/**
 * Built scripts and styles as the build compressed them once, as small as they get; a browser that does not take
 * brotli, and a file without such a copy, go on to what comes next.
 * @param folder path of the built files; read when the server starts
 */
export function precompressed(folder: string): RequestHandler {
  const copies = new Set(
    fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith('.br')) : [],
  );
  return (request, response, next) => {
    const name = request.path.slice(1);
    const type = TYPES[path.extname(name)];
    if (type && copies.has(`${name}.br`) && request.acceptsEncodings('br')) {
      response.setHeader('Content-Encoding', 'br');
      response.setHeader('Content-Type', type);
      response.vary('Accept-Encoding');
      request.url = `/${name}.br`;
    }
    next();
  };
}
