// A small park for browser tests: made before the server opens the file, through the program's own services.
import { openDatabase } from '../../app/db/clients.server.ts';
import { systemClock } from '../../app/db/clock.ts';
import { recordFacts } from '../../app/services/facts.server.ts';
import { createPark } from '../../app/services/parks.server.ts';
import type { Role } from '../../app/services/roles.ts';
import { createUser } from '../../app/services/users.server.ts';
import { invented, inventedCode } from '../population.ts';
import type { TestServer } from './harness.ts';
import { once } from './once.ts';

export type { Role };

export const PASSWORD = 'ganlan-shu-7';
/** One account a role, named like it. The enterprise's is tied to the first company. */
export const ACCOUNTS: readonly Role[] = ['staff', 'section', 'enterprise', 'leadership', 'administrator'];
/** Codes of the companies, 虚构第1科技有限公司 and so on. */
export const CODES = [1, 2, 3].map(inventedCode);
/** Stands in every company's name and nowhere else. */
export const NAME_MARK = '虚构第';

/** The park in a new database file. */
export const prepare = once('park', async (file) => {
  const db = openDatabase(file, { mode: 'write', create: true, migrate: true });
  await createPark(db, { clock: systemClock, actor: 'test' }, { code: 'G1', name: '一园' });
  await db.write((tx) => recordFacts(tx, systemClock, invented(1, CODES.length), { actor: 'test' }));
  for (const role of ACCOUNTS) {
    const enterpriseId = role === 'enterprise' ? 1 : null;
    await createUser(db, systemClock, { username: role, role, password: PASSWORD, enterpriseId });
  }
  await db.close();
});

/** Logs in without a browser. @returns the session's cookie */
export async function loggedIn(server: TestServer, username: string): Promise<string> {
  const response = await fetch(`${server.url}/login`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ username, password: PASSWORD }),
  });
  const cookie = response.headers.getSetCookie().find((each) => each.startsWith('tidu_session='));
  if (!cookie) throw new Error(`${username} was not let in: ${response.status}`);
  return cookie.split(';')[0]!;
}
