import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFacts } from '../../app/queries/facts.server.ts';
import { readFunnel } from '../../app/queries/funnel.server.ts';
import { comparedReviews, reviewsPage } from '../../app/queries/review-page.server.ts';
import { isDemo } from '../../app/queries/settings.server.ts';
import { assess } from '../../app/rules/index.ts';
import { fixedClock, type Db } from '../../app/services/database.server.ts';
import { verify } from '../../app/services/verify.server.ts';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { fillDemo, loadDemo, type DemoLoaded } from './load.ts';
import { makePark } from './park.ts';
import { sealedQuarters } from './reviews.ts';

const TODAY = '2026-11-22';
const clock = fixedClock(`${TODAY}T10:00:00.000Z`);

/** Everything that was written, apart from users, whose hashes are salted. */
const TABLES = [
  'Park',
  'Enterprise',
  'EnterpriseCode',
  'EnterpriseName',
  'YearFigures',
  'IntellectualProperty',
  'Financing',
  'FactRecord',
  'Event',
  'Title',
  'Span',
  'StockChange',
  'MachineSnapshot',
];

function digestOf(db: Db): string {
  const hash = createHash('sha256');
  for (const table of TABLES) {
    for (const row of db.raw.prepare(`SELECT * FROM ${table} ORDER BY rowid`).iterate()) {
      hash.update(JSON.stringify(row));
    }
  }
  return hash.digest('hex');
}

const number = (db: Db, sql: string) =>
  Object.values(db.raw.prepare(sql).get() as Record<string, number>)[0]!;

describe('the demo park, loaded', () => {
  let db: Db;
  let loaded: DemoLoaded;

  beforeAll(async () => {
    db = testDatabase();
    loaded = await fillDemo(db, clock, { seed: 'test' });
  }, 300_000);
  afterAll(closeTestDatabases);

  it('is marked as a demo, with a login for every role', () => {
    expect(isDemo(db)).toBe(true);
    expect(loaded.enterprises).toBe(1200);
    expect(loaded.logins.map(({ username }) => username)).toEqual([
      'yuanqu',
      'keshi',
      'lingdao',
      'guanli',
      'qiye',
    ]);
    expect(number(db, 'SELECT count(DISTINCT role) FROM User')).toBe(5);
  });

  it('has a batch submitted and one under review, each with some that are held back', () => {
    const states = db.raw.prepare('SELECT scheme, state FROM Batch ORDER BY id').all();
    expect(states).toEqual([
      { scheme: 'hnte', state: 'submitted' },
      { scheme: 'srdi', state: 'section' },
    ]);
    const rows = (state: string) => number(db, `SELECT count(*) FROM BatchRow WHERE state = '${state}'`);
    expect(rows('submitted')).toBeGreaterThan(5);
    expect(rows('supplement')).toBe(1);
    expect(rows('cut')).toBeGreaterThan(0);
    expect(rows('held_back')).toBeGreaterThan(0);
    expect(rows('not_nominated')).toBe(1);
  });

  it('has targets, two quarters sealed on days of their own, one drawn up, and one decision overdue', () => {
    const page = reviewsPage(db, TODAY);
    expect([page.faults, page.missing]).toEqual([[], []]);
    expect(
      page.reviews.map(({ quarter, status, openDecisions }) => [quarter, status, openDecisions]),
    ).toEqual([
      ['2026Q4', 'draft', 0],
      ['2026Q3', 'sealed', 2],
      ['2026Q2', 'sealed', 1],
    ]);
    const [, later, earlier] = page.reviews;
    expect([earlier!.seal, later!.seal]).toMatchObject([
      { seq: 1, state: 'genuine', sealedAt: '2026-07-15T08:30:00.000Z' },
      { seq: 2, state: 'genuine', sealedAt: '2026-10-15T08:30:00.000Z' },
    ]);
    // Sealed with what was known then.
    expect(earlier!.seal!.eventId).toBeLessThan(later!.seal!.eventId);
    expect(later!.seal!.eventId).toBeLessThan(number(db, 'SELECT max(id) FROM Event'));
    expect(comparedReviews(db, String(earlier!.id), String(later!.id))!.rows.length).toBeGreaterThan(0);
    const overdue = `SELECT count(*) FROM ReviewDecision WHERE doneAt IS NULL AND dueOn < '${TODAY}'`;
    expect(number(db, overdue)).toBe(1);
    expect(number(db, "SELECT count(*) FROM IndicatorTarget WHERE toOn = '2026-12-31'")).toBe(7);
    expect(number(db, "SELECT count(*) FROM IndicatorTarget WHERE reference NOT LIKE '示例：%'")).toBe(0);
  });

  it('has a true log: folded anew it gives every stored state', () => {
    const verified = verify(db, clock);
    expect(verified.problems).toEqual([]);
    expect(verified.pending).toBe(0);
    expect(verified.events).toBeGreaterThan(40_000);
  });

  it('recorded its events in order, none before it happened', () => {
    const backwards =
      'SELECT count(*) FROM Event a JOIN Event b ON b.id = a.id + 1 WHERE b.recordedAt < a.recordedAt';
    expect(number(db, backwards)).toBe(0);
    expect(number(db, 'SELECT count(*) FROM Event WHERE knownAt > recordedAt')).toBe(0);
    // The days of the log are those of Asia/Shanghai.
    expect(number(db, "SELECT count(*) FROM Event WHERE effectiveOn > date(recordedAt, '+8 hours')")).toBe(0);
    expect(number(db, 'SELECT count(DISTINCT substr(recordedAt, 1, 10)) FROM Event')).toBeGreaterThan(1000);
  });

  it('shows the figures of 珠海高新区 at the end of 2021', () => {
    const funnel = readFunnel(db, { asOf: '2021-12-31' });
    const held = (scheme: string) => funnel.schemes.find((row) => row.scheme === scheme)?.held;
    expect(held('hnte')).toBe(580);
    expect([held('unicorn'), held('unicornPotential'), held('unicornSeed')]).toEqual([2, 8, 38]);
    expect(held('tsme')).toBe(537);
  });

  it('followed 45 towards 规上 in 2021, of whom 42 came in', () => {
    const spans = (lane: string, state: string) =>
      number(
        db,
        `SELECT count(*) FROM Span WHERE scheme = 'scaleUp' AND lane = '${lane}' AND state = '${state}'
           AND fromOn BETWEEN '2021-01-01' AND '2021-12-31'`,
      );
    expect(spans('application', 'followed')).toBe(45);
    expect(spans('held', 'held')).toBe(42);
  });

  it('has applications under way, duties open or overdue, titles ended in each way, and refused steps', () => {
    const states = new Set(
      readFunnel(db, { asOf: TODAY }).schemes.flatMap((row) => row.states.map(({ state }) => state)),
    );
    for (const state of ['library', 'publicised', 'certified', 'due', 'lapsed', 'revoked', 'refused']) {
      expect(states).toContain(state);
    }
    expect(states).toContain('report_overdue');
    expect(number(db, 'SELECT count(*) FROM Event WHERE accepted = 0')).toBeGreaterThan(3);
    expect(number(db, 'SELECT count(*) FROM Event WHERE flags IS NOT NULL')).toBeGreaterThan(100);
    expect(number(db, "SELECT count(*) FROM Event WHERE type = 'moved'")).toBeGreaterThan(5);
  });

  it('plants near misses of every scheme that fail by the condition meant', () => {
    const missed = new Map<string, number>();
    const wrong: string[] = [];
    for (const { miss, uscc, index } of makePark({ seed: 'test', size: 1200, today: TODAY }).enterprises) {
      if (!miss) continue;
      const id = number(db, `SELECT enterpriseId FROM EnterpriseCode WHERE code = '${uscc}'`);
      const assessed = assess(loadFacts(db, id)!, { scheme: miss.scheme, action: 'new', on: TODAY });
      if (!assessed.ok) throw new Error(assessed.reason);
      const unmet = assessed.verdict.conditions
        .filter(({ result }) => result === 'unmet')
        .map(({ id: of }) => of);
      if (!unmet.includes(miss.condition))
        wrong.push(`${index} ${miss.scheme}.${miss.condition}: ${unmet.join()}`);
      if (unmet.length === 1) missed.set(miss.scheme, (missed.get(miss.scheme) ?? 0) + 1);
    }
    expect(wrong).toEqual([]);
    expect(missed.get('hnte')).toBeGreaterThan(20);
    expect(missed.get('srdi')).toBeGreaterThan(15);
    expect(missed.get('giant')).toBeGreaterThan(10);
    expect(missed.get('tsme')).toBeGreaterThan(3);
  });

  it('has judged everybody, and finds some who could have more', () => {
    const eligible = (scheme: string) =>
      number(
        db,
        `SELECT count(*) FROM StoredVerdict WHERE scheme = '${scheme}' AND action = 'new' AND outcome = 'eligible'`,
      );
    expect(eligible('hnte')).toBeGreaterThan(20);
    expect(eligible('srdi')).toBeGreaterThan(20);
    expect(eligible('giant')).toBeGreaterThan(5);
  });
});

describe('loading', () => {
  afterAll(closeTestDatabases);

  const filled = async (seed: string) => {
    const db = testDatabase();
    await fillDemo(db, clock, { seed, size: 60 });
    return digestOf(db);
  };

  it('gives the same database for the same day and seed, another for another seed', async () => {
    const first = await filled('a');
    expect(await filled('a')).toBe(first);
    expect(await filled('b')).not.toBe(first);
  }, 120_000);

  it('keeps a complete demo, begins a broken one anew and leaves other databases alone', async () => {
    const folder = fs.mkdtempSync(path.join(path.dirname(testDatabase().file), 'demo-'));
    const file = path.join(folder, 'demo.db');
    const options = { file, size: 60, seed: 'a', on: TODAY };
    const first = await loadDemo(options);
    expect(first.kept).toBeUndefined();
    expect(await loadDemo(options)).toMatchObject({ kept: true, events: first.events, logins: first.logins });
    expect((await loadDemo({ ...options, seed: 'b' })).kept).toBeUndefined();

    const other = testDatabase();
    await other.write((tx) => {
      tx.prepare(
        "INSERT INTO Enterprise (uscc, name, nameKey, createdAt, updatedAt) VALUES ('x', 'x', 'x', '', '')",
      ).run();
    });
    const { file: taken } = other;
    await other.close();
    await expect(loadDemo({ ...options, file: taken })).rejects.toThrow(/非演示数据/);
  }, 120_000);
});

describe('the quarters sealed in a demo', () => {
  it.each([
    ['2026-11-22', ['2026Q2', '2026Q3']],
    ['2026-10-16', ['2026Q2', '2026Q3']],
    ['2026-10-15', ['2026Q1', '2026Q2']],
    ['2027-01-01', ['2026Q2', '2026Q3']],
    ['2027-01-16', ['2026Q3', '2026Q4']],
  ])('of %s are the last two whose sealing day is past', (today, quarters) => {
    const found = sealedQuarters(today);
    expect(found.map(({ quarter }) => quarter)).toEqual(quarters);
    expect(found.every(({ on }) => on < today)).toBe(true);
  });
});
