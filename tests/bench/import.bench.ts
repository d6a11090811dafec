/** Reading a workbook of yearly figures as rows that are understood, against the library reading the file alone. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as XLSX from '@e965/xlsx';
import { FIGURES } from '../../app/rules/facts/figures.ts';
import { chooseTable } from '../../app/services/import/choose.ts';
import { createRowReader } from '../../app/services/import/rows.ts';
import { schemeNamed } from '../../app/services/import/schemes.ts';
import { openSource } from '../../app/services/import/source.server.ts';
import { benchCode } from './database.ts';
import { random } from './facts.ts';
import { median, type Benchmark } from './benchmark.ts';

function writeWorkbook(file: string, rows: number): void {
  const next = random(3);
  const table: (string | number)[][] = [['统一社会信用代码', '年份', ...FIGURES.map((f) => f.label)]];
  for (let i = 0; i < rows; i += 1) {
    table.push([
      benchCode(i),
      2025,
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

export const benchmarks: Benchmark[] = [
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
