/**
 * Importing a workbook of yearly figures: understanding its rows, against the library reading the file alone; and
 * bringing them into the database, against a script that reads the same file and writes what stands there.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as XLSX from '@e965/xlsx';
import { openDatabase, type Db } from '../../app/db/clients.server.ts';
import { FIGURES } from '../../app/rules/facts/figures.ts';
import { recordFacts } from '../../app/services/facts.server.ts';
import { chooseTable } from '../../app/services/import/choose.ts';
import { BATCH_SIZE, importFile } from '../../app/services/import/import.server.ts';
import { createRowReader } from '../../app/services/import/rows.ts';
import { schemeNamed } from '../../app/services/import/schemes.ts';
import { openSource } from '../../app/services/import/source.server.ts';
import { benchCode, CLOCK } from './database.ts';
import { random } from './facts.ts';
import { median, type Benchmark } from './benchmark.ts';

function writeWorkbook(file: string, rows: number, year = 2025): void {
  const next = random(year);
  const table: (string | number)[][] = [['统一社会信用代码', '年份', ...FIGURES.map((f) => f.label)]];
  for (let i = 0; i < rows; i += 1) {
    table.push([
      benchCode(i),
      year,
      ...FIGURES.map((f) => (f.unit === 'CNY' ? Math.round(next() * 1e9) / 100 : Math.round(next() * 80))),
    ]);
  }
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(table), '年度数据');
  fs.writeFileSync(file, XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
}

async function readOurs(file: string): Promise<number> {
  const source = await openSource(file);
  try {
    const table = chooseTable(source.sheets, 'figures', null);
    const read = createRowReader(table.plan, table.kind, schemeNamed);
    let understood = 0;
    for await (const piece of source.rows(table.sheetIndex, table.headerRow + 1)) {
      for (const row of piece) if (read(row.cells).kind === 'statement') understood += 1;
    }
    return understood;
  } finally {
    await source.close();
  }
}

function readAlone(file: string): number {
  const book = XLSX.read(fs.readFileSync(file), { dense: true });
  return XLSX.utils.sheet_to_json(book.Sheets[book.SheetNames[0]!]!, { header: 1, raw: true }).length - 1;
}

/** Figures a row, in the order of the workbook's columns. */
const COLUMNS = FIGURES.map(({ key }) => key);

/** Cells as they stand in the file, by prepared INSERTs, in transactions of as many rows as ours: nothing is checked. */
async function insertBare(db: Db, ids: ReadonlyMap<string, number>, file: string): Promise<void> {
  const book = XLSX.read(fs.readFileSync(file), { dense: true });
  const [, ...rows] = XLSX.utils.sheet_to_json<(string | number)[]>(book.Sheets[book.SheetNames[0]!]!, {
    header: 1,
    raw: true,
  });
  const names = ['enterpriseId', 'year', ...COLUMNS];
  const sql = `INSERT INTO YearFigures (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
  for (let from = 0; from < rows.length; from += BATCH_SIZE) {
    await db.write((tx) => {
      const insert = tx.prepare(sql);
      for (const [code, year, ...values] of rows.slice(from, from + BATCH_SIZE))
        insert.run(ids.get(String(code)), year, ...values.map((value) => Math.round(Number(value) * 100)));
    });
  }
}

/** A database that knows the enterprises and nothing of their figures. */
async function registerOf(rows: number) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-bench-'));
  const db = openDatabase(path.join(folder, 'bench.db'), { mode: 'write', create: true, clock: CLOCK });
  for (let from = 0; from < rows; from += 2000) {
    const changes = Array.from({ length: Math.min(2000, rows - from) }, (_, i) => ({
      kind: 'enterprise' as const,
      uscc: benchCode(from + i),
      values: { name: `示例企业${from + i}` },
    }));
    await db.write((tx) => recordFacts(tx, CLOCK, changes, { actor: 'bench' }));
  }
  const known = db.raw.prepare('SELECT id, uscc FROM Enterprise').all() as { id: number; uscc: string }[];
  return { db, folder, ids: new Map(known.map(({ id, uscc }) => [uscc, id])) };
}

/** What was written for a year, to be the same on both sides. */
const written = (db: Db, year: number) =>
  JSON.stringify(
    db.raw
      .prepare(
        `SELECT count(*) AS n, ${COLUMNS.map((key) => `sum(${key}) AS ${key}`).join(', ')} FROM YearFigures WHERE year = ?`,
      )
      .get(year),
  );

const rows: Benchmark = {
  name: 'import.rows',
  unit: 'rows/s',
  goal: '>=0.25',
  run: async ({ size, rounds, log }) => {
    const count = Math.min(size, 10_000);
    const [ours, bare] = [await registerOf(count), await registerOf(count)];
    const rates: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
    try {
      for (let round = 0; round < rounds; round += 1) {
        // A year a round: the same rows once more would change nothing.
        const year = 2025 - round;
        const file = path.join(ours.folder, `${year}.xlsx`);
        writeWorkbook(file, count, year);
        let start = performance.now();
        const report = await importFile(ours.db, CLOCK, { file, actor: 'bench' });
        rates.ours.push(count / ((performance.now() - start) / 1000));
        start = performance.now();
        await insertBare(bare.db, bare.ids, file);
        rates.theirs.push(count / ((performance.now() - start) / 1000));
        log(`${year}: ${report.created} rows`);
        if (report.created !== count || written(ours.db, year) !== written(bare.db, year))
          throw new Error(`${year}: what was imported is not what stands in the file`);
      }
      return {
        ours: median(rates.ours),
        reference: median(rates.theirs),
        size: `xlsx of ${count} rows × ${COLUMNS.length + 2} columns into a database of ${count} enterprises; reference: the same file by the library, its cells by prepared INSERTs, ${BATCH_SIZE} rows a transaction, without checks, sources or a log`,
        rounds,
      };
    } finally {
      for (const { db, folder } of [ours, bare]) {
        await db.close();
        fs.rmSync(folder, { recursive: true, force: true });
      }
    }
  },
};

export const benchmarks: Benchmark[] = [
  rows,
  {
    name: 'import.read',
    unit: 'rows/s',
    goal: '>=0.4',
    run: async ({ size, rounds, log }) => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-bench-'));
      const rows = Math.min(size, 20_000);
      const file = path.join(folder, 'figures.xlsx');
      try {
        writeWorkbook(file, rows);
        log(`${rows} rows written`);
        const rates: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
        for (let round = 0; round < rounds; round += 1) {
          let start = performance.now();
          const understood = await readOurs(file);
          rates.ours.push(rows / ((performance.now() - start) / 1000));
          start = performance.now();
          const seen = readAlone(file);
          rates.theirs.push(rows / ((performance.now() - start) / 1000));
          if (understood !== rows || seen !== rows)
            throw new Error(`read ${understood} and ${seen} of ${rows} rows`);
        }
        return {
          ours: median(rates.ours),
          reference: median(rates.theirs),
          size: `xlsx of ${rows} rows × ${FIGURES.length + 2} columns, every cell understood`,
          rounds,
        };
      } finally {
        fs.rmSync(folder, { recursive: true, force: true });
      }
    },
  },
];
