/** Transitions through the write door and the rebuilding of everything, against writing the same rows alone. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import Database from 'better-sqlite3';
import type { EventInput, EventType } from '../../machines/events.ts';
import { openDatabase, type Db } from '../../app/db/clients.server.ts';
import { fixedClock } from '../../app/db/clock.ts';
import { stockOn } from '../../app/queries/spans.server.ts';
import { addDays } from '../../app/rules/day.ts';
import { submitAll } from '../../app/services/door.server.ts';
import { rebuild } from '../../app/services/rebuild.server.ts';
import { median, type Benchmark, type BenchmarkOptions } from './benchmark.ts';

const CLOCK = fixedClock('2026-05-06T04:00:00.000Z');
const BATCH = 1000;

const seconds = async (work: () => unknown) => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

/** An empty database with `size` bare enterprises in a temporary folder. */
async function bareEnterprises(size: number): Promise<{ db: Db; folder: string }> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-bench-'));
  const db = openDatabase(path.join(folder, 'bench.db'), { mode: 'write', create: true, clock: CLOCK });
  await db.write((tx) => {
    const insert = tx.prepare(
      `INSERT INTO Enterprise (id, uscc, name, nameKey, createdAt, updatedAt) VALUES (?, ?, ?, ?, ?, ?)`,
    );
    for (let id = 1; id <= size; id += 1)
      insert.run(id, `BENCH${id}`, `示例${id}`, `示例${id}`, CLOCK.now(), CLOCK.now());
  });
  return { db, folder };
}

async function discard({ db, folder }: { db: Db; folder: string }): Promise<void> {
  await db.close();
  fs.rmSync(folder, { recursive: true, force: true });
}

/** Takes every enterprise one step further, in transactions of {@link BATCH}. */
async function stepAll(db: Db, size: number, type: EventType, effectiveOn: string): Promise<void> {
  for (let from = 1; from <= size; from += BATCH) {
    const inputs: EventInput[] = [];
    for (let enterpriseId = from; enterpriseId < from + BATCH && enterpriseId <= size; enterpriseId += 1) {
      inputs.push({ enterpriseId, scheme: 'hnte', type, effectiveOn, actor: 'bench' });
    }
    await db.write((tx) => {
      const refused = submitAll(tx, CLOCK, inputs).find((result) => !result.ok);
      if (refused) throw new Error(JSON.stringify(refused));
    });
  }
}

type Row = Record<string, unknown>;
const read = (db: Db, sql: string, ...parameters: unknown[]) =>
  db.raw.prepare(sql).all(...parameters) as Row[];

/** What one step of all enterprises wrote, to be written again by itself. */
function writtenBy(db: Db, lastId: number) {
  return {
    events: read(db, 'SELECT * FROM Event WHERE id > ? ORDER BY id', lastId),
    snapshots: read(db, 'SELECT * FROM MachineSnapshot ORDER BY enterpriseId'),
    spans: read(db, 'SELECT * FROM Span WHERE eventId > ? ORDER BY eventId', lastId),
    enterprises: read(db, 'SELECT id, headline, updatedAt FROM Enterprise ORDER BY id'),
  };
}

/** Writes those rows with prepared statements into a database that is one step behind. */
function writeAlone(file: string, rows: ReturnType<typeof writtenBy>): void {
  const connection = new Database(file);
  connection.pragma('synchronous = FULL');
  connection.pragma('cache_size = -64000');
  const inserting = (table: string, row: Row) =>
    connection.prepare(
      `INSERT OR REPLACE INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row)
        .map((name) => `@${name}`)
        .join(', ')})`,
    );
  const event = inserting('Event', rows.events[0]!);
  const snapshot = inserting('MachineSnapshot', rows.snapshots[0]!);
  const span = inserting('Span', rows.spans[0]!);
  const close = connection.prepare(
    'UPDATE Span SET toOn = ? WHERE enterpriseId = ? AND scheme = ? AND +lane = ? AND toOn IS NULL',
  );
  const touch = connection.prepare(
    'UPDATE Enterprise SET revision = revision + 1, headline = ?, updatedAt = ? WHERE id = ?',
  );
  for (let from = 0; from < rows.events.length; from += BATCH) {
    connection.transaction(() => {
      for (let i = from; i < Math.min(from + BATCH, rows.events.length); i += 1) {
        const [e, s, p, n] = [rows.events[i]!, rows.snapshots[i]!, rows.spans[i]!, rows.enterprises[i]!];
        event.run(e);
        snapshot.run(s);
        close.run(p.fromOn, p.enterpriseId, p.scheme, p.lane);
        span.run(p);
        touch.run(n.headline, n.updatedAt, n.id);
      }
    })();
  }
  connection.close();
}

const STEPS: readonly EventType[] = [
  'nominate',
  'prepare',
  'submit',
  'accept',
  'review',
  'publicise',
  'file',
];

async function lifecycleStep({ size, rounds, log }: BenchmarkOptions) {
  const bench = await bareEnterprises(size);
  const behind = path.join(bench.folder, 'behind.db');
  try {
    await stepAll(bench.db, size, 'enrol', '2025-01-01');
    const [ours, reference]: number[][] = [[], []];
    for (let round = 0; round < Math.min(rounds, STEPS.length); round += 1) {
      const lastId = Number(read(bench.db, 'SELECT max(id) AS id FROM Event')[0]!.id);
      bench.db.raw.exec(`VACUUM INTO '${behind}'`);
      ours!.push(await seconds(() => stepAll(bench.db, size, STEPS[round]!, addDays('2025-02-01', round))));
      const rows = writtenBy(bench.db, lastId);
      const wal = new Database(behind);
      wal.pragma('journal_mode = WAL');
      wal.close();
      reference!.push(await seconds(() => writeAlone(behind, rows)));
      for (const suffix of ['', '-wal', '-shm']) fs.rmSync(behind + suffix, { force: true });
      log(`${STEPS[round]}: ${ours!.at(-1)!.toFixed(2)} s, alone ${reference!.at(-1)!.toFixed(2)} s`);
    }
    return {
      ours: median(ours!),
      reference: median(reference!),
      size: `${size} enterprises, one step each, in transactions of ${BATCH}`,
      rounds: ours!.length,
    };
  } finally {
    await discard(bench);
  }
}

/** Ten events an enterprise: twice through an application to a title, with its end. */
const HISTORY: readonly [EventType, number][] = [
  ['enrol', 0],
  ['nominate', 60],
  ['submit', 120],
  ['publicise', 180],
  ['certify', 200],
  ['due', 1115],
  ['submit', 1200],
  ['publicise', 1260],
  ['certify', 1290],
  ['change', 1400],
];

/** Writes the log alone, as a long import of history would have left it. */
async function writeHistory(db: Db, events: number): Promise<void> {
  const enterprises = Math.ceil(events / HISTORY.length);
  for (let from = 1; from <= enterprises; from += BATCH) {
    await db.write((tx) => {
      const insert = tx.prepare(
        `INSERT INTO Event (enterpriseId, scheme, type, effectiveOn, knownAt, recordedAt, actor, payload, accepted, machineVersion)
         VALUES (?, ?, ?, ?, ?, ?, 'bench', ?, 1, 1)`,
      );
      for (let id = from; id < from + BATCH && id <= enterprises; id += 1) {
        const start = addDays('2018-01-01', (id * 37) % 1500);
        for (const [type, after] of HISTORY) {
          const on = addDays(start, after);
          const until = addDays(on, 1095);
          const payload =
            type === 'certify' ? { no: `N${id}-${after}`, grantedOn: on, validUntil: until } : {};
          insert.run(
            id,
            id % 3 ? 'hnte' : 'srdi',
            type,
            on,
            `${on}T04:00:00.000Z`,
            `${on}T04:00:00.000Z`,
            JSON.stringify(payload),
          );
        }
      }
    });
  }
}

/** One statement that gives each event's stay until the next event of the same title. */
const ONE_STATEMENT = `INSERT INTO Span (enterpriseId, lane, scheme, state, fromOn, toOn, eventId)
  SELECT enterpriseId, 'application', scheme, type, effectiveOn,
    lead(effectiveOn) OVER (PARTITION BY enterpriseId, scheme ORDER BY effectiveOn, id), id
  FROM Event WHERE accepted = 1`;

async function lifecycleRebuild({ size, rounds, log }: BenchmarkOptions) {
  const events = size * HISTORY.length;
  const bench = await bareEnterprises(size);
  try {
    await writeHistory(bench.db, events);
    const [ours, reference]: number[][] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      await bench.db.write((tx) => void tx.prepare('DELETE FROM Span').run());
      reference!.push(await seconds(() => bench.db.write((tx) => void tx.prepare(ONE_STATEMENT).run())));
      ours!.push(await seconds(() => rebuild(bench.db, CLOCK)));
      log(`rebuild ${ours!.at(-1)!.toFixed(2)} s, one statement ${reference!.at(-1)!.toFixed(2)} s`);
    }
    return {
      ours: median(ours!),
      reference: median(reference!),
      size: `${events} events, ${size} enterprises`,
      rounds,
    };
  } finally {
    await discard(bench);
  }
}

const DAYS_LOOKED_AT = ['2019-12-31', '2021-06-30', '2023-03-31', '2025-01-01', '2026-05-06'];
const HEADLINE_SQL = `SELECT state, count(*)::INTEGER AS n FROM span WHERE lane = 'headline'
  AND fromOn <= $1 AND (toOn IS NULL OR toOn > $1) GROUP BY state ORDER BY state`;

/** Our headline funnel and DuckDB's own query over the same spans, on the same days. */
async function lifecycleFunnel({ size, rounds, log }: BenchmarkOptions) {
  const events = size * HISTORY.length;
  const bench = await bareEnterprises(size);
  const instance = await DuckDBInstance.create(':memory:');
  const duck = await instance.connect();
  try {
    await writeHistory(bench.db, events);
    await rebuild(bench.db, CLOCK);
    await duck.run(
      'CREATE TABLE span (enterpriseId INTEGER, lane VARCHAR, scheme VARCHAR, state VARCHAR, fromOn VARCHAR, toOn VARCHAR)',
    );
    const appender = await duck.createAppender('span');
    const columns = bench.db.raw
      .prepare('SELECT enterpriseId, lane, scheme, state, fromOn, toOn FROM Span')
      .raw()
      .iterate() as Iterable<[number, string, string, string, string, string | null]>;
    for (const [id, lane, scheme, state, fromOn, toOn] of columns) {
      appender.appendInteger(id);
      for (const text of [lane, scheme, state, fromOn]) appender.appendVarchar(text);
      if (toOn === null) appender.appendNull();
      else appender.appendVarchar(toOn);
      appender.endRow();
    }
    appender.closeSync();
    const prepared = await duck.prepare(HEADLINE_SQL);
    const theirs = async (day: string) => {
      prepared.bindVarchar(1, day);
      return (await (await prepared.run()).getRows()).map(([state, n]) => `${String(state)} ${String(n)}`);
    };
    const own = (day: string) =>
      stockOn(bench.db, day, null, ['headline'])
        .map(({ state, count }) => `${state} ${count}`)
        .sort();
    const [ours, reference]: number[][] = [[], []];
    for (let round = 0; round <= rounds; round += 1) {
      for (const day of DAYS_LOOKED_AT) {
        let [a, b]: string[][] = [[], []];
        const mine = 1000 * (await seconds(() => (a = own(day))));
        const duckdb = 1000 * (await seconds(async () => (b = await theirs(day))));
        if (a!.join() !== b!.join()) throw new Error(`${day}: ${a!.join()} against ${b!.join()}`);
        // The first round warms both.
        if (round === 0) continue;
        ours!.push(mine);
        reference!.push(duckdb);
      }
    }
    log(`${DAYS_LOOKED_AT.length} days each, equal counts`);
    return {
      ours: median(ours!),
      reference: median(reference!),
      size: `${events} events, ${size} enterprises`,
      rounds,
    };
  } finally {
    duck.closeSync();
    instance.closeSync();
    await discard(bench);
  }
}

export const benchmarks: Benchmark[] = [
  { name: 'lifecycle.step', unit: 's', goal: '<=3', run: lifecycleStep },
  { name: 'lifecycle.funnel-vs-duckdb', unit: 'ms', goal: '<=1', run: lifecycleFunnel },
  { name: 'lifecycle.rebuild', unit: 's', goal: '<=3', run: lifecycleRebuild },
];
