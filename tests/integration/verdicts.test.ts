// Stored verdicts on a real database: never silently out of date, whatever of facts, values, rules or days changes.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fixedClock, type Clock } from '../../app/db/clock.ts';
import type { Db } from '../../app/db/clients.server.ts';
import { listCandidates } from '../../app/queries/candidates.server.ts';
import { readCandidateRequest } from '../../app/queries/candidate-request.server.ts';
import { readScope } from '../../app/queries/scope.server.ts';
import { countVerdicts } from '../../app/queries/verdict-counts.server.ts';
import { loadFacts } from '../../app/queries/facts.server.ts';
import { assess } from '../../app/rules/index.ts';
import { recordFacts, type FactChange } from '../../app/services/facts.server.ts';
import { enterOperatorValue } from '../../app/services/operator-values.server.ts';
import { keepVerdictsFresh, readyList, verdictRun } from '../../app/services/verdict-job.server.ts';
import { refreshVerdicts, staleVerdicts } from '../../app/services/verdicts.server.ts';
import { closeTestDatabases, testDatabase } from '../database.ts';

const at = (day: string): Clock => fixedClock(`${day}T02:00:00.000Z`);
const clock = at('2026-05-06');
const CODES = ['91440400MA0000001R', '91440400MA0000002P', '91440400MA0000003M'] as const;

let db: Db;

const record = (changes: FactChange[]) =>
  db.write((tx) => recordFacts(tx, clock, changes, { actor: 'test', source: 'audit' }));
const figures = (uscc: string, rdExpense: number): FactChange[] =>
  [2023, 2024, 2025].map((year) => ({
    kind: 'figures',
    uscc,
    year,
    values: { salesRevenue: 1_000_000_000, rdExpense, employees: 10_000, techStaff: 1_000 },
  }));
const stored = (uscc: string, scheme = 'hnte') =>
  db.raw
    .prepare(
      `SELECT v.outcome, v.gaps, v.rule, v.holdsUntil FROM StoredVerdict v JOIN Enterprise e ON e.id = v.enterpriseId WHERE e.uscc = ? AND v.scheme = ? AND v.action = 'new'`,
    )
    .get(uscc, scheme) as { outcome: string; gaps: string; rule: string; holdsUntil: string } | undefined;
const gapOf = (uscc: string, id: string) =>
  (JSON.parse(stored(uscc)!.gaps) as { id: string; gap: number | null }[]).find((gap) => gap.id === id);

beforeEach(async () => {
  db = testDatabase();
  await record(
    CODES.flatMap((uscc, i): FactChange[] => [
      {
        kind: 'enterprise',
        uscc,
        values: { name: `示例${i}`, registeredOn: '2025-06-01', division: '440402' },
      },
      ...figures(uscc, 40_000_000),
    ]),
  );
});
afterEach(closeTestDatabases);

test('everybody is stale before the first judging and nobody after it', async () => {
  expect(staleVerdicts(db, '2026-05-06')).toBe(3);
  expect(await refreshVerdicts(db, clock)).toBe(0);
  expect(staleVerdicts(db, '2026-05-06')).toBe(0);
  // 4 % where 5 % is asked: one hundredth is missing.
  expect(gapOf(CODES[0], 'rd-intensity')?.gap).toBe(0.01);
});

test('how many schemes lack figures is kept with the verdicts', async () => {
  await refreshVerdicts(db, clock);
  const kept = db.raw.prepare('SELECT enterpriseId, wanting FROM VerdictState ORDER BY enterpriseId').all();
  const counted = db.raw
    .prepare(
      `SELECT enterpriseId, sum(outcome = 'undetermined' AND unknown > 0 AND unmet = 0 AND action = 'new') AS wanting
       FROM StoredVerdict GROUP BY enterpriseId ORDER BY enterpriseId`,
    )
    .all() as { wanting: number }[];
  expect(counted.some(({ wanting }) => wanting > 0)).toBe(true);
  expect(kept).toEqual(counted);
});

test('what is stored is what judging the enterprise alone says, for every scheme stored', async () => {
  await refreshVerdicts(db, clock);
  const rows = db.raw
    .prepare('SELECT enterpriseId, scheme, outcome, rule, holdsUntil FROM StoredVerdict')
    .all() as { enterpriseId: number; scheme: string; outcome: string; rule: string; holdsUntil: string }[];
  expect(new Set(rows.map((row) => row.scheme)).size).toBeGreaterThan(8);
  for (const row of rows) {
    const alone = assess(loadFacts(db, row.enterpriseId), {
      scheme: row.scheme,
      action: 'new',
      on: '2026-05-06',
    });
    expect(alone.ok && [alone.verdict.outcome, alone.verdict.rule, alone.verdict.holdsUntil]).toEqual([
      row.outcome,
      row.rule,
      row.holdsUntil,
    ]);
  }
});

test('the counts of the overview are the lengths of the candidate lists they open', async () => {
  await refreshVerdicts(db, clock);
  const scope = readScope(db, new URLSearchParams(), '2026-05-06');
  for (const row of countVerdicts(db, scope).filter((each) => each.action === 'new')) {
    const on = clock.today();
    const { list } = await readyList(db, clock, { scheme: row.scheme, action: 'new', on });
    const request = readCandidateRequest(new URLSearchParams(), row.scheme);
    const { counts } = listCandidates(db, { ...request, list, rows: 50 }, scope);
    expect([row.eligible, row.undetermined, row.ineligible]).toEqual([
      counts.eligible,
      counts.undetermined,
      counts.near + counts.blocked,
    ]);
  }
});

test('a changed figure makes that enterprise stale and only that one', async () => {
  await refreshVerdicts(db, clock);
  await record(figures(CODES[1], 50_000_000));
  expect(staleVerdicts(db, '2026-05-06')).toBe(1);
  await refreshVerdicts(db, clock);
  expect(gapOf(CODES[1], 'rd-intensity')).toBeUndefined();
  expect(gapOf(CODES[0], 'rd-intensity')?.gap).toBe(0.01);
});

test('a value entered by an operator makes everybody stale', async () => {
  await refreshVerdicts(db, clock);
  await enterOperatorValue(db, clock, {
    key: 'zhuhai-2024.unicorn.valuation',
    value: '7000000000',
    fromDay: '2024-03-12',
    reference: '测试依据',
    actor: 'test',
  });
  expect(staleVerdicts(db, '2026-05-06')).toBe(3);
});

test('the day after the last one of a verdict makes it stale', async () => {
  await refreshVerdicts(db, clock);
  // Registered 2025-06-01: the condition of 365 days turns on 2026-06-01.
  expect(stored(CODES[0])?.holdsUntil).toBe('2026-05-31');
  expect(staleVerdicts(db, '2026-05-31')).toBe(0);
  expect(staleVerdicts(db, '2026-06-01')).toBe(3);
  await refreshVerdicts(db, at('2026-06-01'));
  expect(gapOf(CODES[0], 'registered-days')).toBeUndefined();
});

test('a second call while a run is under way leaves nothing behind', async () => {
  const first = keepVerdictsFresh(db, clock, { all: true });
  expect(verdictRun(db)).not.toBeNull();
  await record(figures(CODES[2], 60_000_000));
  await keepVerdictsFresh(db, clock);
  await first;
  expect(verdictRun(db)).toBeNull();
  expect(staleVerdicts(db, '2026-05-06')).toBe(0);
  expect(gapOf(CODES[2], 'rd-intensity')).toBeUndefined();
});
