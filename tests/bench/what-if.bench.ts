/** A changed threshold over a loaded park, against the SQLite query that asks the same of the figures' table. */
import Database from 'better-sqlite3';
import { loadColumns } from '../../app/rules/engine/columns.ts';
import { compilePanel } from '../../app/rules/engine/compile.ts';
import { rational } from '../../app/rules/engine/exact.ts';
import { momentOf } from '../../app/rules/index.ts';
import { hnte2016 } from '../../app/rules/national/hnte-2016.ts';
import { readPark, whatIf } from '../../app/rules/replay.ts';
import { benchPopulation } from './facts.ts';
import { median, type Benchmark } from './benchmark.ts';

const ON = '2026-05-06';
const KEYS = [
  'employees',
  'techStaff',
  'salesRevenue',
  'rdExpense',
  'rdExpenseDomestic',
  'totalIncome',
  'hiTechIncome',
] as const;

/** How many keep all measurable hard conditions of 高企 when the lowest R&D line is `?` (thousandths). */
const QUERY = `
SELECT count(*) AS n FROM (
  SELECT e.id FROM Enterprise e JOIN YearFigures f ON f.enterpriseId = e.id AND f.year BETWEEN 2023 AND 2025
  WHERE e.registeredOn <= '2025-05-06'
  GROUP BY e.id
  HAVING sum((f.rdExpense IS NULL OR f.salesRevenue IS NULL OR f.rdExpenseDomestic IS NULL) AND f.year >= substr(e.registeredOn, 1, 4)) = 0
    AND sum(f.rdExpense) * 1000 >= sum(f.salesRevenue) * CASE
      WHEN max(CASE WHEN f.year = 2025 THEN f.salesRevenue END) <= 5000000000 THEN ?
      WHEN max(CASE WHEN f.year = 2025 THEN f.salesRevenue END) <= 20000000000 THEN 40 ELSE 30 END
    AND sum(f.rdExpenseDomestic) * 10 >= sum(f.rdExpense) * 6
    AND max(CASE WHEN f.year = 2025 THEN f.techStaff END) * 10 >= max(CASE WHEN f.year = 2025 THEN f.employees END)
    AND max(CASE WHEN f.year = 2025 THEN f.hiTechIncome END) * 10 >= max(CASE WHEN f.year = 2025 THEN f.totalIncome END) * 6
)`;

const HARD = [
  'registered-days',
  'tech-staff-share',
  'rd-intensity',
  'rd-domestic-share',
  'hi-tech-income-share',
];

export const benchmarks: Benchmark[] = [
  {
    name: 'rules.what-if',
    unit: 'questions/s',
    goal: '>=15',
    run: async ({ size, rounds, log }) => {
      const park = benchPopulation(size);
      log('loading both sides');
      const db = new Database(':memory:');
      db.exec(
        `CREATE TABLE Enterprise (id INTEGER PRIMARY KEY, registeredOn TEXT); CREATE TABLE YearFigures (enterpriseId INTEGER, year INTEGER, ${KEYS.map((k) => `${k} INTEGER`).join(', ')}, PRIMARY KEY (enterpriseId, year)) WITHOUT ROWID;`,
      );
      const enterprise = db.prepare('INSERT INTO Enterprise VALUES (?, ?)');
      const figures = db.prepare(`INSERT INTO YearFigures VALUES (?, ?, ${KEYS.map(() => '?').join(', ')})`);
      db.transaction(() => {
        park.forEach((facts, i) => {
          enterprise.run(i, facts.registeredOn ?? null);
          for (const year of [2023, 2024, 2025])
            figures.run(i, year, ...KEYS.map((k) => facts.years![year]![k] ?? null));
        });
      })();
      db.exec('ANALYZE');
      const statement = db.prepare<[number], { n: number }>(QUERY);
      const columns = loadColumns(compilePanel([hnte2016]), momentOf(ON, 'new'), park);
      const before = readPark(columns, hnte2016);
      const hard = HARD.map((id) => hnte2016.conditions.findIndex((c) => c.id === id));
      const ask = (perMille: number) => {
        const after = whatIf(columns, before, {
          'hnte.rd-intensity.small': rational(String(perMille / 1000)),
        });
        const width = hnte2016.conditions.length;
        let kept = 0;
        for (let i = 0; i < columns.count; i += 1) {
          let all = true;
          for (const c of hard) if (after.results[i * width + c] !== 0) all = false;
          if (all) kept += 1;
        }
        return kept;
      };
      const lines = [20, 25, 30, 35, 45];
      for (const line of lines) {
        const [ours, theirs] = [ask(line), statement.get(line)!.n];
        if (ours !== theirs) throw new Error(`the sides disagree at ${line}‰: ${ours} and ${theirs}`);
      }
      const rates: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
      const rate = (work: (line: number) => unknown) => {
        const start = performance.now();
        for (const line of lines) work(line);
        return lines.length / ((performance.now() - start) / 1000);
      };
      for (let round = 0; round < rounds; round += 1) {
        rates.ours.push(rate(ask));
        rates.theirs.push(rate((line) => statement.get(line)));
      }
      db.close();
      return {
        ours: median(rates.ours),
        reference: median(rates.theirs),
        size: `${size} enterprises, R&D line of 高企 moved, answers equal`,
        rounds,
      };
    },
  },
];
