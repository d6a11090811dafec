/**
 * A writing command that finds the server running sends itself there over a local socket: the server is the one
 * writing process. Lines of JSON in both directions; what the command reads and prints travels as it comes.
 */
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough, Writable } from 'node:stream';
import { writerOf } from '../services/database.server.ts';
import type { CommandIo } from './command.ts';
import { databaseFile, served } from './with-database.ts';

/** Commands that write and can do so inside the server; the others refuse while it runs. */
const FORWARDED = new Set([
  'review',
  'import',
  'user',
  'sweep',
  'rebuild',
  'verdicts',
  'enterprise',
  'park',
  'lists',
]);
/** Options that name a file, which the server must find from its own folder. */
const FILE_OPTIONS = new Set(['--map', '--out', '--rejected']);

type ToServer = { argv: readonly string[] } | { stdin: string } | { end: true };
type ToClient = { out: string } | { err: string } | { code: number };

/** The socket of the server that a command must be sent to, or null when it runs here. */
export function serverFor(name: string, rest: readonly string[]): string | null {
  if (!FORWARDED.has(name) || served.getStore()) return null;
  const at = rest.findIndex((argument) => argument === '--db' || argument.startsWith('--db='));
  const given = at < 0 ? undefined : rest[at]!.startsWith('--db=') ? rest[at]!.slice(5) : rest[at + 1];
  const owner = writerOf(databaseFile(given));
  return owner?.role === 'server' ? owner.socket : null;
}

/** The same arguments with files named from the root of the file system. */
function absolutePaths(argv: readonly string[]): string[] {
  return argv.map((argument, i) => {
    const option = /^(--[\w-]+)=(.*)$/s.exec(argument);
    if (option) return FILE_OPTIONS.has(option[1]!) ? `${option[1]}=${path.resolve(option[2]!)}` : argument;
    if (FILE_OPTIONS.has(argv[i - 1] ?? '')) return path.resolve(argument);
    const isFile = i > 0 && !argument.startsWith('-') && fs.existsSync(argument);
    return isFile ? path.resolve(argument) : argument;
  });
}

const send = (socket: net.Socket, message: ToServer | ToClient) =>
  socket.write(`${JSON.stringify(message)}\n`);
const encode = (chunk: Buffer | string) => Buffer.from(chunk).toString('base64');

/** Errors of the socket come on the socket; the reader of its lines repeats them. */
const linesOf = (socket: net.Socket) => createInterface({ input: socket }).on('error', () => undefined);

/** Runs a command in the server. @returns its exit code; 2 when the server is gone before the end */
export function forwardCommand(address: string, argv: readonly string[], io: CommandIo): Promise<number> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    let code: number | null = null;
    const onInput = (chunk: Buffer | string) => send(socket, { stdin: encode(chunk) });
    const onEnd = () => send(socket, { end: true });
    const fail = (why: string) =>
      io.stderr.write(`服务正在写入数据库，但没有回应这条命令（${why}）。请稍后再试，或先停止服务。\n`);
    socket.once('connect', () => {
      send(socket, { argv: absolutePaths(argv) });
      if (!argv.includes('--password-stdin')) return;
      io.stdin.on('data', onInput);
      io.stdin.once('end', onEnd);
    });
    linesOf(socket).on('line', (line) => {
      const message = JSON.parse(line) as ToClient;
      if ('out' in message) io.stdout.write(Buffer.from(message.out, 'base64'));
      else if ('err' in message) io.stderr.write(Buffer.from(message.err, 'base64'));
      else code = message.code;
    });
    let reason = '连接中断';
    socket.on('error', (error: NodeJS.ErrnoException) => (reason = error.code ?? error.message));
    socket.once('close', () => {
      io.stdin.off('data', onInput);
      io.stdin.off('end', onEnd);
      if (code === null) fail(reason);
      resolve(code ?? 2);
    });
  });
}

type RunCommand = (argv: readonly string[], io: CommandIo) => Promise<number>;

/** Takes commands at a socket. Only the server's own user can reach it. */
export async function acceptCommands(
  address: string,
  run: RunCommand,
): Promise<{ close: () => Promise<void> }> {
  const running = new Set<Promise<void>>();
  const server = net.createServer((socket) => {
    const work = serveOne(socket, run).finally(() => running.delete(work));
    running.add(work);
  });
  // The caller holds the writer's lock: a socket that is left is a dead server's.
  if (process.platform !== 'win32') fs.rmSync(address, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  if (process.platform !== 'win32') fs.chmodSync(address, 0o600);
  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // A command that has begun is finished first.
      await Promise.all(running);
      await closed;
    },
  };
}

function serveOne(socket: net.Socket, run: RunCommand): Promise<void> {
  const stdin = new PassThrough();
  const output = (key: 'out' | 'err') =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        // A client that has gone does not stop its command half-way.
        if (!socket.writable) return done();
        send(socket, key === 'out' ? { out: encode(chunk) } : { err: encode(chunk) });
        done();
      },
    });
  const io: CommandIo = { stdin, stdout: output('out'), stderr: output('err') };
  const answer = async (argv: readonly string[]) => {
    const code = await run(argv, io);
    if (socket.writable) send(socket, { code });
    socket.end();
  };
  return new Promise((resolve) => {
    let started = false;
    socket.on('error', () => undefined);
    socket.once('close', () => {
      stdin.end();
      if (!started) resolve();
    });
    linesOf(socket).on('line', (line) => {
      const message = JSON.parse(line) as ToServer;
      if ('stdin' in message) stdin.write(Buffer.from(message.stdin, 'base64'));
      else if ('end' in message) stdin.end();
      else if (!started) {
        started = true;
        void answer(message.argv).then(resolve);
      }
    });
  });
}
