/** The engine against a second, independent reading of two texts in SQL, condition by condition. */
import { describe, expect, test } from 'vitest';
import { size } from '../size.ts';
import { facts, verdictOf } from './company.ts';
import { drawCompany, drawer, type Company } from './second-reading/companies.ts';
import { GIANT_SQL } from './second-reading/giant.sql.ts';
import { HNTE_SQL } from './second-reading/hnte.sql.ts';
import { fill, openTables, toJson } from './second-reading/tables.ts';

const COUNT = size(10_000, 100_000);
/** Companies in one table set at a time, so that the long run stays small. */
const BATCH = 10_000;
/** Conditions of the rule that the SQL does not read. */
const LEFT_OUT = ['innovation-score'];

type Results = Readonly<Record<string, string | number>>;

function secondReading(companies: readonly Company[], sql: string): Results[] {
  const db = openTables();
  fill(db, companies);
  const rows = db.prepare(sql).all() as Results[];
  db.close();
  return rows;
}

describe.each([
  ['hnte@2016', HNTE_SQL, 20_160_129],
  ['giant@2026', GIANT_SQL, 20_260_117],
] as const)('%s', (rule, sql, seed) => {
  test(`judges ${COUNT} random enterprises as the SQL reading does`, { timeout: 600_000 }, () => {
    const draw = drawer(seed);
    const disagreements: string[] = [];
    const seen = new Map<string, Map<string, number>>();
    for (let from = 0; from < COUNT; from += BATCH) {
      const companies = Array.from({ length: Math.min(BATCH, COUNT - from) }, () => drawCompany(draw));
      const rows = secondReading(companies, sql);
      companies.forEach((company, i) => {
        const { id: _, ...second } = rows[i]!;
        const { conditions } = verdictOf(facts(toJson(company)), rule, company);
        const first = Object.fromEntries(
          conditions.filter(({ id }) => !LEFT_OUT.includes(id)).map(({ id, result }) => [id, result]),
        );
        if (i === 0) expect(Object.keys(first).sort()).toEqual(Object.keys(second).sort());
        for (const [id, result] of Object.entries(first)) {
          const counts = seen.get(id) ?? new Map<string, number>();
          seen.set(id, counts.set(result, (counts.get(result) ?? 0) + 1));
          if (second[id] !== result && disagreements.length < 20)
            disagreements.push(
              `${id}: engine ${result}, SQL ${second[id]} for ${JSON.stringify(toJson(company))}`,
            );
        }
      });
    }
    expect(disagreements).toEqual([]);
    // The draw must reach every side of every condition, or agreement would say nothing.
    for (const [id, counts] of seen) {
      const of = (...results: string[]) =>
        results.reduce((sum, result) => sum + (counts.get(result) ?? 0), 0);
      expect(of('met'), `${id} met`).toBeGreaterThan(COUNT / 100);
      expect(of('unknown', 'manual'), `${id} open`).toBeGreaterThan(COUNT / 100);
      // Every field that can be named is one of the eight.
      if (id !== 'tech-field') expect(of('unmet'), `${id} unmet`).toBeGreaterThan(COUNT / 100);
    }
  });
});
