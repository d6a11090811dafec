// The real sample tables, imported as a park would: the numbers that the sources themselves give.
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedClock, type Db } from '../../app/services/database.server.ts';
import { parseMapping } from '../../app/services/import/headers.ts';
import { importFile } from '../../app/services/import/import.server.ts';
import { verify } from '../../app/services/verify.server.ts';
import { closeTestDatabases, testDatabase } from '../database.ts';
import { describeWithSamples } from '../samples.ts';

const clock = fixedClock('2026-05-06T02:00:00.000Z');

describeWithSamples('the sample tables', (samples) => {
  let db: Db;
  let rejectedFile: string;
  beforeAll(() => {
    db = testDatabase();
    rejectedFile = path.join(path.dirname(db.file), 'rejected.xlsx');
  });
  afterAll(closeTestDatabases);

  const run = (name: string, map?: string) =>
    importFile(db, clock, {
      file: path.join(samples, name),
      mapping: map
        ? parseMapping(JSON.parse(fs.readFileSync(path.resolve('tests/fixtures', map), 'utf8')))
        : null,
      actor: 'test',
      rejectedFile,
    });
  const count = (sql: string) => (db.raw.prepare(sql).get() as { n: number }).n;

  test('the register: all of it once, nothing the second time', { timeout: 120_000 }, async () => {
    expect(await run('company_registry_sample.csv')).toMatchObject({
      kind: 'enterprises',
      created: 4365,
      updated: 0,
      rejected: 0,
      flagged: 1,
      unknownHeaders: [],
    });
    const records = count('SELECT count(*) AS n FROM FactRecord');
    expect(await run('company_registry_sample.csv')).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 4365,
      rejected: 0,
    });
    expect(count('SELECT count(*) AS n FROM FactRecord')).toBe(records);
  });

  test(
    'bad codes: a failing check digit is taken and flagged, another length is not',
    { timeout: 60_000 },
    async () => {
      expect(await run('company_registry_bad_codes.csv')).toMatchObject({
        created: 24,
        flagged: 24,
        rejected: 200,
        rejectedFile,
      });
      expect(count('SELECT count(*) AS n FROM Enterprise WHERE usccFlag IS NOT NULL')).toBe(25);
    },
  );

  test('listed companies attach by name, the others come back', { timeout: 120_000 }, async () => {
    const first = await run('listed_financials_2019_2021.csv');
    expect(first).toMatchObject({ kind: 'figures', read: 6852, rejected: 4451 });
    expect(first.created + first.updated + first.unchanged).toBe(2401);
    expect(count('SELECT count(*) AS n FROM Enterprise WHERE stockCode IS NOT NULL')).toBe(858);
    expect(count('SELECT count(DISTINCT enterpriseId) AS n FROM YearFigures')).toBeGreaterThan(840);
    const second = await run('listed_financials_2019_2021.csv');
    expect(second).toMatchObject({ created: 0, updated: 0, unchanged: 2401, rejected: 4451 });
    expect(second.flagged).toBe(first.flagged);
  });

  test('one of them read off by hand: amounts to the 分, liabilities added up', () => {
    const row = db.raw
      .prepare(
        `SELECT y.salesRevenue, y.operatingRevenue, y.totalAssets, y.totalLiabilities, y.employees, e.stockShortName
         FROM YearFigures y JOIN Enterprise e ON e.id = y.enterpriseId WHERE e.stockCode = ? AND y.year = 2021`,
      )
      .get('000032');
    expect(row).toEqual({
      salesRevenue: 4_270_363_578_550,
      operatingRevenue: 4_270_363_578_550,
      totalAssets: 4_413_019_491_352,
      // 29 300 003 300.25 + 5 344 613 512.21
      totalLiabilities: 3_464_461_681_246,
      employees: 2_069_600,
      stockShortName: '深桑达',
    });
  });

  test('income statements attach by stock code with a mapping', { timeout: 120_000 }, async () => {
    for (let round = 0; round < 2; round += 1) {
      const report = await run('raw_xlsx_profit_statement.xlsx', 'profit-statement.map.json');
      expect(report).toMatchObject({ kind: 'figures', read: 6852, created: 0, rejected: 4451 });
      expect(report.updated + report.unchanged).toBe(2401);
      if (round === 1) expect(report.updated).toBe(0);
    }
    expect(verify(db, clock).problems).toEqual([]);
  });
});
