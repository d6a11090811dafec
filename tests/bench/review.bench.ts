/** What a quarterly review counts, against DuckDB on the same rows; its page against an empty one; its flatness. */
import fs from 'node:fs';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { createRequestHandler, type ServerBuild } from '@remix-run/node';
import { inRoot } from '../../app/cli/paths.ts';
import { setDb, type Db } from '../../app/db/clients.server.ts';
import { systemClock } from '../../app/db/clock.ts';
import { entryQuarter, countCohorts, lastQuarters } from '../../app/pipeline/review/cohorts.ts';
import { GROUP_QUARTERS } from '../../app/pipeline/review/compose.ts';
import { summariseSteps } from '../../app/pipeline/review/durations.ts';
import { enterprisesOn } from '../../app/queries/presence.server.ts';
import { storedFlows, storedSteps } from '../../app/queries/review-numbers.server.ts';
import { cohortDays, industriesOf, readReview, reviewEntries } from '../../app/queries/review.server.ts';
import { readSwitches, resolveScope } from '../../app/queries/review-scope.server.ts';
import { stockOn } from '../../app/queries/spans.server.ts';
import { quarterBounds } from '../../app/rules/day.ts';
import { login, SESSION_COOKIE } from '../../app/services/sessions.server.ts';
import { createUser } from '../../app/services/users.server.ts';
import { median, type Benchmark, type BenchmarkOptions } from './benchmark.ts';
import { discardHistory, HISTORY_CLOCK, historyDatabase } from './histories.ts';

const QUARTER = '2025Q3';
const { from: FROM, to: TO } = quarterBounds(QUARTER);
const STEP_QUARTERS = lastQuarters(QUARTER, GROUP_QUARTERS);
const ENTRIES = cohortDays(QUARTER, TO);
const YEARS = 8;

const timed = async (work: () => unknown) => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** One thing the page counts: ours, and the same by one statement of DuckDB. Both give the same lines. */
interface Aggregate {
  readonly name: string;
  readonly ours: (db: Db) => string[];
  readonly sql: string;
}

const scope = (db: Db) => resolveScope(db, readSwitches(new URLSearchParams()), TO);

const ENTERED = (first: string) => `
  WITH entered AS (SELECT enterpriseId, scheme, fromOn FROM span WHERE lane = 'application' AND state = 'library'
      AND scheme IN ('hnte', 'srdi', 'giant') AND fromOn BETWEEN DATE '${first}' AND DATE '${TO}'),
    certified AS (SELECT enterpriseId, scheme, max(fromOn) AS fromOn FROM span WHERE lane = 'held'
      AND fromOn BETWEEN DATE '${first}' AND DATE '${TO}' GROUP BY ALL),
    gone AS (SELECT DISTINCT enterpriseId, scheme FROM span WHERE lane = 'application'
      AND state IN ('refused', 'withdrawn', 'removed') AND fromOn BETWEEN DATE '${first}' AND DATE '${TO}'
      AND (toOn IS NULL OR toOn > DATE '${TO}')),
    outcome AS (SELECT e.*, c.fromOn IS NOT NULL AS certified, c.fromOn IS NULL AND g.enterpriseId IS NOT NULL AS gone
      FROM entered e LEFT JOIN certified c ON c.enterpriseId = e.enterpriseId AND c.scheme = e.scheme AND c.fromOn >= e.fromOn
      LEFT JOIN gone g ON g.enterpriseId = e.enterpriseId AND g.scheme = e.scheme)`;
const PARTS = `sum(certified::INTEGER)::INTEGER, sum((NOT certified AND NOT gone)::INTEGER)::INTEGER, sum(gone::INTEGER)::INTEGER`;

const AGGREGATES: readonly Aggregate[] = [
  {
    name: 'enterprises on record',
    ours: (db) => [String(enterprisesOn(db, { asOf: TO, parkIds: null }))],
    sql: `SELECT count(*)::INTEGER FROM enterprise WHERE registeredOn <= DATE '${TO}'`,
  },
  {
    name: 'stock of tiers and stages',
    ours: (db) =>
      stockOn(db, TO, null).map(({ lane, scheme, state, count }) => [lane, scheme, state, count].join()),
    sql: `SELECT lane, scheme, state, count(*)::INTEGER FROM span
      WHERE fromOn <= DATE '${TO}' AND (toOn IS NULL OR toOn > DATE '${TO}') GROUP BY ALL`,
  },
  {
    name: 'stock of titles',
    ours: (db) =>
      stockOn(db, TO, null, ['held', 'headline']).map(({ lane, scheme, state, count }) =>
        [lane, scheme, state, count].join(),
      ),
    sql: `SELECT lane, scheme, state, count(*)::INTEGER FROM span WHERE lane IN ('held', 'headline')
      AND fromOn <= DATE '${TO}' AND (toOn IS NULL OR toOn > DATE '${TO}') GROUP BY ALL`,
  },
  {
    name: 'movements and flows between tiers',
    ours: (db) => {
      const sums = new Map<string, number>();
      for (const { lane, row, way, cause, other, count } of storedFlows(db, FROM, TO)) {
        const key = [lane, row, way, cause, other].join();
        sums.set(key, (sums.get(key) ?? 0) + count);
      }
      return [...sums].map(([key, count]) => `${key},${count}`);
    },
    sql: `WITH force AS (SELECT *, CASE lane WHEN 'headline' THEN state ELSE scheme END AS row FROM span
        WHERE lane IN ('held', 'headline') AND (toOn IS NULL OR toOn > fromOn)),
      tier AS (SELECT * FROM force WHERE lane = 'headline')
      SELECT f.lane, f.row, 'in', f.began, coalesce(b.state, ''), count(*)::INTEGER FROM force f
        LEFT JOIN tier b ON f.lane = 'headline' AND b.enterpriseId = f.enterpriseId AND b.toOn = f.fromOn
        WHERE f.fromOn BETWEEN DATE '${FROM}' AND DATE '${TO}' GROUP BY ALL
      UNION ALL SELECT f.lane, f.row, 'out', coalesce(f.ended, ''), coalesce(a.state, ''), count(*)::INTEGER FROM force f
        LEFT JOIN tier a ON f.lane = 'headline' AND a.enterpriseId = f.enterpriseId AND a.fromOn = f.toOn
        WHERE f.toOn BETWEEN DATE '${FROM}' AND DATE '${TO}' GROUP BY ALL`,
  },
  {
    name: 'days of the steps',
    ours: (db) =>
      summariseSteps(storedSteps(db, STEP_QUARTERS, null)).map(
        ({ scheme, state, finished, median: half, p80 }) => [scheme, state, finished, half, p80].join(),
      ),
    sql: `SELECT scheme, state, count(*)::INTEGER, quantile_disc(date_diff('day', fromOn, toOn), 0.5)::INTEGER,
        quantile_disc(date_diff('day', fromOn, toOn), 0.8)::INTEGER
      FROM span WHERE lane = 'application'
        AND toOn BETWEEN DATE '${quarterBounds(STEP_QUARTERS[0]!).from}' AND DATE '${TO}' GROUP BY ALL`,
  },
  {
    name: 'cohorts by quarter of entry',
    ours: (db) => {
      const entries = reviewEntries(db, scope(db), ENTRIES);
      return [...countCohorts(entries, (entry) => `${entry.scheme},${entryQuarter(entry)}`)].map(
        ([key, parts]) => `${key},${parts.join()}`,
      );
    },
    sql: `${ENTERED(ENTRIES.from)}
      SELECT scheme, year(fromOn) || 'Q' || quarter(fromOn), ${PARTS} FROM outcome GROUP BY ALL`,
  },
  {
    name: 'cohorts by industry',
    ours: (db) => {
      const first = quarterBounds(STEP_QUARTERS[0]!).from;
      const entries = reviewEntries(db, scope(db), { from: first, to: TO });
      const industries = industriesOf(
        db,
        entries.map(({ enterpriseId }) => enterpriseId),
      );
      return [...countCohorts(entries, ({ enterpriseId }) => industries.get(enterpriseId)!.key)].map(
        ([key, parts]) => `${key},${parts.join()}`,
      );
    },
    sql: `${ENTERED(quarterBounds(STEP_QUARTERS[0]!).from)}
      SELECT n.section, ${PARTS} FROM outcome o JOIN enterprise n ON n.id = o.enterpriseId GROUP BY ALL`,
  },
];

/** The spans and enterprises in DuckDB, with typed days. */
async function duckOf(db: Db): Promise<{ duck: DuckDBConnection; close: () => void }> {
  const instance = await DuckDBInstance.create(':memory:');
  const duck = await instance.connect();
  await duck.run(`CREATE TABLE text (enterpriseId INTEGER, lane VARCHAR, scheme VARCHAR, state VARCHAR, fromOn VARCHAR,
    toOn VARCHAR, began VARCHAR, ended VARCHAR)`);
  const spans = await duck.createAppender('text');
  const rows = db.raw
    .prepare('SELECT enterpriseId, lane, scheme, state, fromOn, toOn, began, ended FROM Span')
    .raw()
    .iterate() as Iterable<[number, ...(string | null)[]]>;
  for (const [id, ...texts] of rows) {
    spans.appendInteger(id);
    for (const text of texts) {
      if (text === null) spans.appendNull();
      else spans.appendVarchar(text);
    }
    spans.endRow();
  }
  spans.closeSync();
  await duck.run(`CREATE TABLE span AS SELECT enterpriseId, lane, scheme, state, fromOn::DATE AS fromOn, toOn::DATE AS toOn,
    began, ended FROM text`);
  await duck.run('DROP TABLE text');
  await duck.run('CREATE TABLE enterprise (id INTEGER, registeredOn DATE, section VARCHAR)');
  const sections: Record<string, string> = { 35: 'C', 39: 'C', 65: 'I', 73: 'M', 27: 'C', 51: 'F' };
  const enterprises = db.raw.prepare('SELECT id, registeredOn, industry FROM Enterprise').raw().all() as [
    number,
    string,
    string,
  ][];
  for (let i = 0; i < enterprises.length; i += 5000) {
    const values = enterprises
      .slice(i, i + 5000)
      .map(([id, on, code]) => `(${id}, DATE '${on}', '${sections[code.slice(0, 2)]}')`);
    await duck.run(`INSERT INTO enterprise VALUES ${values.join(', ')}`);
  }
  return {
    duck,
    close() {
      duck.closeSync();
      instance.closeSync();
    },
  };
}

/** Each aggregate in turn with DuckDB's; the worst ratio counts. */
async function reviewAggregates({ size, rounds, log }: BenchmarkOptions) {
  const history = await historyDatabase(size, YEARS, log);
  const { duck, close } = await duckOf(history.db);
  try {
    let worst = { name: '', ours: 0, reference: 1 };
    for (const { name, ours, sql } of AGGREGATES) {
      const prepared = await duck.prepare(sql);
      const theirs = async () =>
        (await (await prepared.run()).getRows()).map((row) => row.map(String).join());
      const [mine, others]: number[][] = [[], []];
      for (let round = 0; round <= rounds * 3; round += 1) {
        let [a, b]: string[][] = [[], []];
        const own = await timed(() => (a = ours(history.db)));
        const other = await timed(async () => (b = await theirs()));
        if (a!.sort().join(';') !== b!.sort().join(';'))
          throw new Error(`${name}: ${a!.join(';')} against ${b!.join(';')}`);
        // The first round warms both.
        if (round === 0) continue;
        mine!.push(own);
        others!.push(other);
      }
      const [ours_, reference] = [median(mine!), median(others!)];
      log(
        `${name}: ${ours_.toFixed(2)} ms, DuckDB ${reference.toFixed(2)} ms, ${(ours_ / reference).toFixed(2)}`,
      );
      if (ours_ / reference > worst.ours / worst.reference) worst = { name, ours: ours_, reference };
    }
    return {
      ours: worst.ours,
      reference: worst.reference,
      size: `${size} enterprises, ${history.events} events, ${AGGREGATES.length} aggregates with equal results, the slowest: ${worst.name}`,
      rounds: rounds * 3,
    };
  } finally {
    close();
    await discardHistory(history);
  }
}

const PAGE = `/reviews/${QUARTER}`;
/** A page of the program that shows hardly anything: a form of two fields. */
const EMPTY = '/account';

/** The whole page, rendered by the built server, against an empty page of it. */
async function reviewPageTime({ size, rounds, log }: BenchmarkOptions) {
  const build = inRoot('build/server/index.js');
  if (!fs.existsSync(build)) throw new Error('npm run build first');
  const history = await historyDatabase(size, YEARS, log);
  const { db } = history;
  try {
    const password = 'a long enough password';
    await createUser(db, systemClock, {
      username: 'bench',
      displayName: 'bench',
      role: 'leadership',
      password,
    });
    const token = await login(db, systemClock, { username: 'bench', password, address: 'bench' });
    const cookie = `${SESSION_COOKIE}=${token}`;
    setDb(db);
    const handle = createRequestHandler((await import(build)) as ServerBuild, 'production');
    const get = async (address: string) => {
      const response = await handle(new Request(`http://localhost${address}`, { headers: { cookie } }));
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${address}: ${response.status}`);
      return text;
    };
    if (!(await get(PAGE)).includes('复盘')) throw new Error('not the page');
    const [ours, reference, cold]: number[][] = [[], [], []];
    for (let round = 0; round <= rounds * 3; round += 1) {
      const own = await timed(() => get(PAGE));
      const empty = await timed(() => get(EMPTY));
      if (round === 0) continue;
      ours!.push(own);
      reference!.push(empty);
    }
    for (let round = 0; round < rounds; round += 1) {
      cold!.push(await timed(() => readReview(db, request())));
    }
    log(`counted anew: ${median(cold!).toFixed(1)} ms`);
    return {
      ours: median(ours!),
      reference: median(reference!),
      size: `${size} enterprises, ${history.events} events; counting anew ${median(cold!).toFixed(1)} ms`,
      rounds: rounds * 3,
    };
  } finally {
    setDb(undefined);
    await discardHistory(history);
  }
}

const request = (quarter = QUARTER) => ({
  quarter,
  window: 'quarter' as const,
  switches: readSwitches(new URLSearchParams()),
  on: HISTORY_CLOCK.today(),
  now: HISTORY_CLOCK.now(),
});

/** All tables of a quarter with many before it, against one with few, the rest alike. */
async function reviewFlat({ size, rounds, log }: BenchmarkOptions) {
  const times: number[] = [];
  // As many enterprises a year in both, and longer than a history lasts, so that the quarters looked at hold as much.
  for (const years of [6, 18]) {
    const history = await historyDatabase(Math.round((size * years) / 18), years, log);
    try {
      const all: number[] = [];
      readReview(history.db, request());
      for (let round = 0; round < rounds * 3; round += 1) {
        all.push(await timed(() => readReview(history.db, request())));
      }
      times.push(median(all));
      log(`${years} years: ${times.at(-1)!.toFixed(1)} ms`);
    } finally {
      await discardHistory(history);
    }
  }
  return {
    ours: times[1]!,
    reference: times[0]!,
    size: `${path.basename(PAGE)} counted anew, after 72 and after 24 quarters with as much a quarter`,
    rounds: rounds * 3,
  };
}

export const benchmarks: Benchmark[] = [
  { name: 'review.aggregates', unit: 'ms', goal: '<=1', run: reviewAggregates },
  { name: 'review.page', unit: 'ms', goal: '<=5', run: reviewPageTime },
  { name: 'review.flat', unit: 'ms', goal: '<=1.3', run: reviewFlat },
];
