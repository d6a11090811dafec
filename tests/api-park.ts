// Two parks with three invented companies, a token for every role, and calls as the interface gets them.
import { Readable, Writable } from 'node:stream';
import { answerCall } from '../app/api/answer.server.ts';
import { main } from '../app/cli/tidu.ts';
import { served } from '../app/cli/with-database.ts';
import { fixedClock, type Db } from '../app/services/database.server.ts';
import { submit } from '../app/services/door.server.ts';
import { recordFacts } from '../app/services/facts.server.ts';
import { createPark } from '../app/services/parks.server.ts';
import type { SessionUser } from '../app/services/sessions.server.ts';
import { createToken, type TokenRole } from '../app/services/tokens.server.ts';
import { testDatabase } from './database.ts';
import { invented, inventedCode } from './population.ts';

export const CLOCK = fixedClock('2026-05-06T02:00:00.000Z');
/** The first two are in the first park, the third in the second, the fourth in none. */
export const CODES = [1, 2, 3, 4].map(inventedCode);

export interface ApiPark {
  readonly db: Db;
  /** By role; `park` is staff of the first park alone. */
  readonly tokens: Readonly<Record<TokenRole | 'park', string>>;
}

export async function apiPark(): Promise<ApiPark> {
  const db = testDatabase();
  const first = await createPark(db, { clock: CLOCK, actor: 'test' }, { code: 'G1', name: '一园' });
  await createPark(db, { clock: CLOCK, actor: 'test' }, { code: 'G2', name: '二园' });
  await db.write((tx) => {
    recordFacts(tx, CLOCK, invented(1, CODES.length), {
      actor: 'test',
      source: 'audit',
      knownAt: '2026-04-30',
    });
    const parks = ['一园', '一园', '二园'];
    const places = parks.map((park, i) => ({
      kind: 'enterprise' as const,
      uscc: CODES[i],
      values: { park },
    }));
    recordFacts(tx, CLOCK, places, { actor: 'test', source: 'official' });
  });
  for (const enterpriseId of [1, 2])
    await submit(db, CLOCK, {
      enterpriseId,
      scheme: 'hnte',
      type: 'certify',
      actor: 'test',
      effectiveOn: '2025-10-26',
      payload: { no: 'GR1', grantedOn: '2025-10-26', validUntil: '2028-10-25' },
    });
  const token = async (role: TokenRole, more: object = {}) =>
    (await createToken(db, CLOCK, { name: role, role, actor: 'test', ...more })).token;
  return {
    db,
    tokens: {
      staff: await token('staff'),
      section: await token('section'),
      leadership: await token('leadership'),
      enterprise: await token('enterprise', { enterpriseId: 1 }),
      park: await token('staff', { parkId: first }),
    },
  };
}

export interface Asking {
  readonly token?: string;
  readonly user?: SessionUser | null;
  readonly method?: string;
  readonly body?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls an address below /api/v1. */
export async function call({ db }: Pick<ApiPark, 'db'>, address: string, asking: Asking = {}) {
  const { token, user = null, body, type, headers } = asking;
  const request = new Request(`http://localhost/api/v1${address}`, {
    method: asking.method ?? (body === undefined ? 'GET' : 'POST'),
    ...(body === undefined ? {} : { body }),
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(type === undefined ? {} : { 'content-type': type }),
      ...headers,
    },
  });
  const response = await answerCall(request, { db, clock: CLOCK, user, address: '10.0.0.1' });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
}

/** What the command prints on standard output, on the same database. */
export async function printed(
  { db }: Pick<ApiPark, 'db'>,
  args: readonly string[],
  input = '',
): Promise<string> {
  let out = '';
  const stdout = new Writable({ write: (chunk, _encoding, done) => ((out += String(chunk)), done()) });
  const stderr = new Writable({ write: (_chunk, _encoding, done) => done() });
  const io = { stdin: Readable.from(input === '' ? [] : [input]), stdout, stderr };
  const code = await served.run(db, () => main(args, io));
  if (code === 2) throw new Error(`tidu ${args.join(' ')} failed`);
  return out;
}
