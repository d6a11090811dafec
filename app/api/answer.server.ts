/** Answering a call: find the address, let the caller in, read what is asked, run it, write it out. */
import { hash } from 'node:crypto';
import { ApiError, errorBody } from '../services/api-error.ts';
import { isAppError } from '../services/errors.ts';
import { ROLE_LABELS } from '../services/roles.ts';
import { readAsked } from './asked.ts';
import { callerOf, type Call } from './caller.server.ts';
import type { Answer, ApiVisit, Endpoint } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';
import { BASE, mayCall } from './words.ts';

const TYPES = {
  json: 'application/json; charset=utf-8',
  lines: 'application/x-ndjson; charset=utf-8',
} as const;

/** What callers see differs by who they are, and is of this moment. */
const PRIVATE = { 'Cache-Control': 'no-store', Vary: 'Authorization, Cookie' };

/** Answers one call; every failure is JSON, in Chinese, and says where. */
export async function answerCall(request: Request, call: Call): Promise<Response> {
  try {
    return await answer(request, call);
  } catch (error) {
    return failed(error);
  }
}

async function answer(request: Request, call: Call): Promise<Response> {
  const url = new URL(request.url);
  const { endpoint, path } = endpointAt(request.method, url.pathname);
  const caller = endpoint.like === null ? null : await callerOf(request, call);
  if (caller && !mayCall(caller.role, endpoint))
    throw new ApiError('forbidden', `角色“${ROLE_LABELS[caller.role]}”不能使用这个地址`);
  const visit: ApiVisit = { db: call.db, clock: call.clock, caller, endpoints: ENDPOINTS, request };
  const given = await endpoint.run(visit, readAsked(endpoint, path, url.searchParams));
  return written(request, endpoint, given);
}

/** The endpoint of an address. @throws ApiError `not-found`, `method-not-allowed` */
function endpointAt(method: string, pathname: string): { endpoint: Endpoint; path: Record<string, string> } {
  const parts = partsOf(pathname.slice(BASE.length));
  const found = ENDPOINTS.flatMap((endpoint) => {
    const path = parts && matched(endpoint.path.split('/').slice(1), parts);
    return path ? [{ endpoint, path }] : [];
  });
  if (found.length === 0) throw new ApiError('not-found', `没有这个地址；${BASE} 列出全部`);
  const asked = method === 'HEAD' ? 'GET' : method;
  const fits = found.find(({ endpoint }) => endpoint.method === asked);
  if (fits) return fits;
  const allowed = found.flatMap(({ endpoint }) => (endpoint.method === 'GET' ? ['GET', 'HEAD'] : ['POST']));
  throw new ApiError('method-not-allowed', `这个地址只接受 ${allowed.join('、')}`, null, {
    Allow: allowed.join(', '),
  });
}

function partsOf(path: string): string[] | null {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return null;
  }
}

function matched(pattern: readonly string[], parts: readonly string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const path: Record<string, string> = {};
  for (const [i, piece] of pattern.entries()) {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    if (name !== undefined) path[name] = parts[i]!;
    else if (piece !== parts[i]) return null;
  }
  return path;
}

function written(request: Request, endpoint: Endpoint, given: Answer): Response | Promise<Response> {
  const headers = { ...PRIVATE, 'Content-Type': TYPES[given.kind === 'lines' ? 'lines' : 'json'] };
  if (given.kind === 'lines' && Symbol.asyncIterator in given.values)
    return new Response(streamOf(given.values), { headers });
  const text =
    given.kind === 'text'
      ? `${given.text}\n`
      : given.kind === 'json'
        ? lineOf(given.value)
        : [...(given.values as Iterable<unknown>)].map(lineOf).join('');
  return endpoint.lasting ? lasting(request, text, headers) : new Response(text, { headers });
}

const lineOf = (value: unknown) => `${JSON.stringify(value)}\n`;

/** What depends on the program alone need not be sent again. */
function lasting(request: Request, text: string, headers: Record<string, string>): Response {
  const tag = `W/"${hash('sha256', text, 'base64url').slice(0, 22)}"`;
  const known =
    request.headers
      .get('if-none-match')
      ?.split(',')
      .map((each) => each.trim()) ?? [];
  const own = { ...headers, 'Cache-Control': 'private, no-cache', ETag: tag };
  return known.includes(tag)
    ? new Response(null, { status: 304, headers: own })
    : new Response(text, { headers: own });
}

/** Characters sent at a time. */
const PIECE = 32_768;

/** Lines as they come, in pieces worth sending; an answer that nobody reads any more is given up. */
function streamOf(values: AsyncIterable<unknown>): ReadableStream<Uint8Array> {
  const iterator = values[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { text, done } = await pieceOf(iterator);
      if (text !== '') controller.enqueue(encoder.encode(text));
      if (done) controller.close();
    },
    cancel: async () => void (await iterator.return?.()),
  });
}

/** The next lines; the end, too, when the caller left before all of its body had come. */
async function pieceOf(iterator: AsyncIterator<unknown>): Promise<{ text: string; done: boolean }> {
  let text = '';
  try {
    while (text.length < PIECE) {
      const next = await iterator.next();
      if (next.done) return { text, done: true };
      text += lineOf(next.value);
    }
  } catch (error) {
    if (hasLeft(error)) return { text: '', done: true };
    throw error;
  }
  return { text, done: false };
}

const hasLeft = (error: unknown): boolean => (error as NodeJS.ErrnoException | null)?.code === 'ECONNRESET';

function failed(error: unknown): Response {
  if (error instanceof ApiError)
    return failure(error.status, error.code, error.message, error.at, error.headers);
  if (isAppError(error)) return failure(error.status, error.code, error.userMessage, null);
  if (!hasLeft(error)) console.error(error);
  return failure(500, 'failed', '程序出错，请稍后重试', null);
}

const failure = (
  status: number,
  code: string,
  message: string,
  at: string | null,
  headers: Readonly<Record<string, string>> = {},
) =>
  new Response(lineOf(errorBody(code, message, at)), {
    status,
    headers: { ...PRIVATE, 'Content-Type': TYPES.json, ...headers },
  });
