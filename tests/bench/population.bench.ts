/** Reading a park, judging every scheme and storing the results, against reading and writing the same rows alone. */
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { refreshVerdicts } from '../../app/services/verdicts.server.ts';
import { median, type Benchmark } from './benchmark.ts';
import { benchDatabase, CLOCK } from './database.ts';

const BATCH = 500;
const READ = ['Enterprise', 'YearFigures', 'IntellectualProperty', 'Title', 'Financing', 'EnterpriseName'];

/** Reads the facts' rows in ranges and writes the verdicts' rows, as they are, in transactions of the same size. */
function alone(file: string, verdicts: readonly unknown[][], states: readonly unknown[][]): void {
  const connection = new Database(file);
  connection.exec('DELETE FROM StoredVerdict; DELETE FROM VerdictState');
  const reads = READ.map((table) =>
    connection.prepare(
      `SELECT * FROM ${table} WHERE ${table === 'Enterprise' ? 'id' : 'enterpriseId'} BETWEEN ? AND ?`,
    ),
  );
  const insert = connection.prepare(
    `INSERT INTO StoredVerdict VALUES (${verdicts[0]!.map(() => '?').join(', ')})`,
  );
  const state = connection.prepare(
    `INSERT INTO VerdictState VALUES (${states[0]!.map(() => '?').join(', ')})`,
  );
  const perState = verdicts.length / states.length;
  for (let from = 0; from < states.length; from += BATCH) {
    for (const read of reads) read.all(from + 1, from + BATCH);
    connection.transaction(() => {
      for (const row of states.slice(from, from + BATCH)) state.run(...row);
      for (const row of verdicts.slice(Math.round(from * perState), Math.round((from + BATCH) * perState)))
        insert.run(...row);
    })();
  }
  connection.close();
}

export const benchmarks: Benchmark[] = [
  {
    name: 'rules.population',
    unit: 'ms',
    goal: '<=2.5',
    run: async ({ size, rounds, log }) => {
      const { db, folder } = await benchDatabase(size, log);
      try {
        await refreshVerdicts(db, CLOCK, { all: true });
        const rows = (table: string) => db.raw.prepare(`SELECT * FROM ${table}`).raw().all() as unknown[][];
        const [verdicts, states] = [rows('StoredVerdict'), rows('VerdictState')];
        const copy = path.join(folder, 'alone.db');
        db.raw.exec(`VACUUM INTO '${copy}'`);
        const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
        let peak = 0;
        for (let round = 0; round < rounds; round += 1) {
          await db.write((tx) => {
            tx.prepare('DELETE FROM StoredVerdict').run();
            tx.prepare('DELETE FROM VerdictState').run();
          });
          let start = performance.now();
          await refreshVerdicts(db, CLOCK, {
            all: true,
            onProgress: () => (peak = Math.max(peak, process.memoryUsage().heapUsed)),
          });
          times.ours.push(performance.now() - start);
          start = performance.now();
          alone(copy, verdicts, states);
          times.theirs.push(performance.now() - start);
        }
        const heap = Math.round(peak / 1e6);
        return {
          ours: median(times.ours),
          reference: median(times.theirs),
          size: `${size} enterprises, ${verdicts.length} verdicts, heap at most ${heap} MB`,
          rounds,
        };
      } finally {
        await db.close();
        fs.rmSync(folder, { recursive: true, force: true });
      }
    },
  },
];
