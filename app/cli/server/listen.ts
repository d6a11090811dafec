import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import type { Logger } from 'pino';

/** What is still open this long after the signal to stop is cut off. */
const patience = 10_000;

export interface Listening {
  /** Address to open in a browser. */
  url: string;
  /** Stops taking requests and resolves when the last answer is out. */
  close: () => Promise<void>;
}

/**
 * Listens for requests.
 * @param port 0 takes any free one
 * @throws the system's error, `EADDRINUSE` when the port is taken
 */
export function listen(app: Express, host: string, port: number): Promise<Listening> {
  const server = createServer(app);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), patience).unref();
    });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const { port: actual } = server.address() as AddressInfo;
      const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
      resolve({ url: `http://${name}:${actual}/`, close });
    });
  });
}

/** The first of `ports` that nobody on `host` listens on, or undefined. */
export async function firstFree(host: string, ports: number[]): Promise<number | undefined> {
  for (const port of ports) {
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(false));
      probe.listen(port, host, () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
  return undefined;
}

/** Resolves after the first SIGINT or SIGTERM, when everything is closed in order. A second signal ends at once. */
export function untilStopped(log: Logger, close: () => Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    let stopping = false;
    const stop = (signal: string) => {
      if (stopping) process.exit(1);
      stopping = true;
      log.info({ signal }, 'stopping');
      void close().then(resolve);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));
  });
}
