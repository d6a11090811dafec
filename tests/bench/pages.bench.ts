/** Every page of a large park against the same page of a small one, rendered by the built server. */
import fs from 'node:fs';
import { createRequestHandler, type ServerBuild } from '@remix-run/node';
import { inRoot } from '../../app/cli/paths.ts';
import { setDb, type Db } from '../../app/db/clients.server.ts';
import { systemClock } from '../../app/db/clock.ts';
import { lastQuarters } from '../../app/pipeline/review/cohorts.ts';
import { addDays, quarterOf, yearOf } from '../../app/rules/day.ts';
import { ROLES, type Role } from '../../app/services/roles.ts';
import { login, SESSION_COOKIE } from '../../app/services/sessions.server.ts';
import { readyList } from '../../app/services/verdict-job.server.ts';
import { median, type Benchmark, type BenchmarkOptions } from './benchmark.ts';
import { accountOf, benchPark, PASSWORD, type BenchPark } from './park.ts';
import { pageAddresses, type PageAddress, type Places } from './page-addresses.ts';

const SMALL = 1200;
/** Worth a run from day to day; `--size 100000` shows more. */
const BIG = 12_000;

/** What stands in the addresses, of a park. */
function placesOf(db: Db): Places {
  const today = systemClock.today();
  const pick = <T>(sql: string) => db.raw.prepare(sql).pluck().get() as T;
  const own = `SELECT enterpriseId FROM User WHERE username = '${accountOf('enterprise')}'`;
  const busiest =
    'SELECT enterpriseId FROM Event GROUP BY enterpriseId HAVING count(*) < 60 ORDER BY count(*) DESC LIMIT 1';
  return {
    uscc: pick(`SELECT uscc FROM Enterprise WHERE id = (${busiest})`),
    other: pick(`SELECT uscc FROM Enterprise WHERE id <> (${busiest}) LIMIT 1`),
    steward: pick("SELECT id FROM User WHERE username LIKE 'steward%' ORDER BY id LIMIT 1"),
    batch: pick('SELECT min(id) FROM Batch'),
    row: pick('SELECT min(id) FROM BatchRow WHERE batchId = (SELECT min(id) FROM Batch)'),
    importJob: pick('SELECT max(id) FROM ImportJob'),
    list: pick('SELECT max(id) FROM NameList'),
    park: pick('SELECT id FROM Park WHERE parentId IS NOT NULL ORDER BY id DESC LIMIT 1'),
    parkCode: pick('SELECT code FROM Park WHERE parentId IS NOT NULL ORDER BY id DESC LIMIT 1'),
    submission: pick("SELECT min(id) FROM Submission WHERE state = 'submitted'"),
    ownSubmission: pick(`SELECT min(id) FROM Submission WHERE enterpriseId = (${own})`),
    user: pick('SELECT min(id) FROM User'),
    year: yearOf(today) - 1,
    quarter: lastQuarters(quarterOf(today), 2)[0]!,
    before: addDays(today, -365),
  };
}

interface Visited extends BenchPark {
  readonly pages: readonly PageAddress[];
  readonly cookies: ReadonlyMap<Role, string>;
}

/** A park with its candidate lists drawn up and everybody signed in. */
async function visited(size: number, { log, keep }: BenchmarkOptions): Promise<Visited> {
  const park = await benchPark(size, log, keep);
  const { db } = park;
  for (const scheme of ['hnte', 'giant'])
    await readyList(db, systemClock, { scheme, action: 'new', on: systemClock.today() });
  const cookies = new Map<Role, string>();
  for (const role of ROLES) {
    const token = await login(db, systemClock, {
      username: accountOf(role),
      password: PASSWORD,
      address: 'bench',
    });
    cookies.set(role, `${SESSION_COOKIE}=${token}`);
  }
  return { ...park, cookies, pages: pageAddresses(placesOf(db)) };
}

type Ask = (park: Visited, page: PageAddress) => Promise<number>;

/** Asks for pages of one park and another in one process. @returns milliseconds until the page is whole */
async function asker(): Promise<Ask> {
  const build = inRoot('build/server/index.js');
  if (!fs.existsSync(build)) throw new Error('npm run build first');
  const handle = createRequestHandler((await import(build)) as ServerBuild, 'production');
  return async ({ db, cookies }, { role, address }) => {
    setDb(db);
    // What is kept while nothing changes is counted anew: the first to look after a change waits for it.
    await db.write((tx) => tx.prepare("REPLACE INTO Setting (key, value) VALUES ('bench', random())").run());
    const headers: HeadersInit = role === null ? {} : { cookie: cookies.get(role)! };
    const start = performance.now();
    const response = await handle(new Request(`http://localhost${address}`, { headers }));
    await response.text();
    const time = performance.now() - start;
    if (response.status >= 400) throw new Error(`${address}: ${response.status}`);
    return time;
  };
}

interface Line {
  readonly address: string;
  readonly small: number;
  readonly big: number;
}

const wordsOf = ({ address, small, big }: Line): string =>
  [
    (big / small).toFixed(2).padStart(8),
    `${small.toFixed(1).padStart(8)} ms`,
    `${big.toFixed(1).padStart(9)} ms `,
    decodeURIComponent(address),
  ].join(' ');

/** Both parks in turn, page by page; the first visit of each warms it. */
async function compare(small: Visited, big: Visited, { rounds, log }: BenchmarkOptions): Promise<Line[]> {
  const ask = await asker();
  const lines: Line[] = [];
  const failed: string[] = [];
  for (const [at, page] of small.pages.entries()) {
    const times: [number[], number[]] = [[], []];
    try {
      for (let round = 0; round <= rounds; round += 1) {
        const pair = [await ask(small, page), await ask(big, big.pages[at]!)] as const;
        if (round > 0) pair.forEach((time, i) => times[i]!.push(time));
      }
    } catch (error) {
      failed.push((error as Error).message);
      continue;
    }
    const line = { address: page.address, small: median(times[0]), big: median(times[1]) };
    log(wordsOf(line));
    lines.push(line);
  }
  if (failed.length > 0) log(`not answered: ${failed.join('; ')}`);
  return lines;
}

async function flatPages(options: BenchmarkOptions) {
  const { size, rounds, log } = options;
  const large = Math.max(size, SMALL * 2);
  const small = await visited(SMALL, options);
  const big = await visited(large, options);
  try {
    const lines = await compare(small, big, options);
    lines.sort((a, b) => b.big / b.small - a.big / a.small);
    log('the worst first:');
    for (const line of lines) log(wordsOf(line));
    const worst = lines[0]!;
    return {
      ours: worst.big,
      reference: worst.small,
      size: `${lines.length} pages, ${large} enterprises against ${SMALL}, each after a change; the worst: ${worst.address}`,
      rounds,
    };
  } finally {
    setDb(undefined);
    await small.close();
    await big.close();
  }
}

export const benchmarks: Benchmark[] = [
  { name: 'pages.flat', unit: 'ms', goal: '<=2', size: BIG, run: flatPages },
];
