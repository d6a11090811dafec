import fs from 'node:fs';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { closeTestDatabases, plantParks, testDatabase } from '../../tests/database.ts';
import { inventedCode } from '../../tests/population.ts';
import { anyDay, anyOtherEvent } from '../../tests/random-events.ts';
import { size } from '../../tests/size.ts';
import { inRoot } from '../cli/paths.ts';
import type { Db } from '../db/clients.server.ts';
import { fixedClock } from '../db/clock.ts';
import { submit } from '../services/door.server.ts';
import { mergeEnterprises } from '../services/enterprise.server.ts';
import type { FactChange } from '../services/fact-change.ts';
import { recordFacts } from '../services/facts.server.ts';
import { rebuild } from '../services/rebuild.server.ts';
import { verify } from '../services/verify.server.ts';
import { readyList } from '../services/verdict-job.server.ts';
import { CANDIDATE_TABS } from '../rules/ranking.ts';
import { rankCandidates } from './candidate-ranking.server.ts';
import { readCandidateRequest } from './candidate-request.server.ts';
import { listCandidates } from './candidates.server.ts';
import { listEnterprises } from './enterprises.server.ts';
import { readFunnel } from './funnel.server.ts';
import { dataGaps } from './overview.server.ts';
import { enterprisesOn } from './presence.server.ts';
import { readScope } from './scope.server.ts';

afterEach(closeTestDatabases);

const clock = fixedClock('2026-05-06T02:00:00.000Z');

/** 1 stays; 2 is deregistered on 2026-03-01; 3 moves out on 2026-04-01; 4 is registered on 2026-02-01. */
async function fourEnterprises() {
  const db = testDatabase();
  const batch: FactChange[] = [1, 2, 3, 4].map((number) => ({
    kind: 'enterprise',
    uscc: inventedCode(number),
    values: {
      name: `第${number}公司`,
      park: '一园',
      division: '440402',
      registeredOn: number === 4 ? '2026-02-01' : '2015-01-01',
    },
  }));
  await db.write((tx) => recordFacts(tx, clock, batch, { actor: 'test' }));
  const event = { scheme: null, actor: 'test' };
  const gone = { ...event, enterpriseId: 2, type: 'deregistered', effectiveOn: '2026-03-01' } as const;
  const away = { ...event, enterpriseId: 3, type: 'moved', effectiveOn: '2026-04-01' } as const;
  expect(await submit(db, clock, gone)).toMatchObject({ ok: true });
  expect(await submit(db, clock, { ...away, payload: { from: 1, to: null } })).toMatchObject({ ok: true });
  const scopeOn = (asOf: string) => readScope(db, new URLSearchParams({ asOf }), clock.today());
  const list = (presence: string, asOf: string) =>
    listEnterprises(db, { presence }, scopeOn(asOf), { sort: { key: 'name', down: false }, page: 1 })
      .rows.map(({ id }) => id)
      .sort();
  return { db, scopeOn, list };
}

test.each([
  { on: '2026-01-31', present: [1, 2, 3], gone: [4] },
  { on: '2026-02-28', present: [1, 2, 3, 4], gone: [] },
  { on: '2026-03-01', present: [1, 3, 4], gone: [2] },
  { on: '2026-05-06', present: [1, 4], gone: [2, 3] },
])('on $on there are $present: the list, the funnel and the gaps agree', async ({ on, present, gone }) => {
  const { db, scopeOn, list } = await fourEnterprises();
  expect([list('present', on), list('gone', on)]).toEqual([present, gone]);
  expect(readFunnel(db, { asOf: on }).enterprises).toBe(present.length);
  expect(dataGaps(db, scopeOn(on)).enterprises).toBe(present.length);
});

test('who is gone is no candidate, neither today nor on another day', async () => {
  const { db, scopeOn } = await fourEnterprises();
  const candidates = async (on: string) => {
    const { list } = await readyList(db, clock, { scheme: 'hnte', action: 'new', on });
    const request = readCandidateRequest(new URLSearchParams(), 'hnte');
    return CANDIDATE_TABS.flatMap((tab) =>
      listCandidates(db, { ...request, list, tab, rows: 10 }, scopeOn(on)).rows.map(({ id }) => id),
    ).sort();
  };
  expect(await candidates('2026-05-06')).toEqual([1, 4]);
  expect(await candidates('2026-05-05')).toEqual([1, 4]);
  expect(await candidates('2026-02-28')).toEqual([1, 2, 3, 4]);
  const ranked = await rankCandidates(db, { scheme: 'hnte', action: 'new', on: '2026-05-06', limit: 10 });
  expect(ranked.judged).toBe(2);
});

test('the command line and the page give one answer, prejudged where the last year is missing', async () => {
  const { db, scopeOn } = await fourEnterprises();
  const years = (number: number, last: number) =>
    [last - 2, last - 1, last].map((year) => ({
      kind: 'figures' as const,
      uscc: inventedCode(number),
      year,
      values: { salesRevenue: 42_000_000_00, totalIncome: 42_000_000_00, rdExpense: 3_000_000_00 },
    }));
  await db.write((tx) => recordFacts(tx, clock, [...years(1, 2025), ...years(4, 2024)], { actor: 'test' }));
  const on = '2026-05-06';
  const { list } = await readyList(db, clock, { scheme: 'hnte', action: 'new', on });
  const request = readCandidateRequest(new URLSearchParams(), 'hnte');
  const page = CANDIDATE_TABS.flatMap((tab) =>
    listCandidates(db, { ...request, list, tab, rows: 10 }, scopeOn(on)).rows.map((row) => ({
      uscc: row.uscc,
      outcome: row.outcome,
      unmet: row.unmet,
      unknown: row.unknown,
      figuresOf: row.figuresOf,
    })),
  );
  const { candidates: ranked } = await rankCandidates(db, { scheme: 'hnte', action: 'new', on, limit: 10 });
  const told = ranked.map(({ uscc, outcome, unmet, unknown, figuresOf }) => ({
    uscc,
    outcome,
    unmet,
    unknown,
    figuresOf,
  }));
  const byCode = (a: { uscc: string | null }, b: { uscc: string | null }) =>
    (a.uscc ?? '').localeCompare(b.uscc ?? '');
  expect(told.toSorted(byCode)).toEqual(page.toSorted(byCode));
  expect(ranked.map(({ uscc, figuresOf }) => [uscc, figuresOf]).sort()).toEqual(
    [
      [inventedCode(1), null],
      [inventedCode(4), 2024],
    ].sort(),
  );
  // What is missing is told of the year judged, too.
  const prejudged = ranked.find(({ figuresOf }) => figuresOf === 2024)!;
  expect(prejudged.gaps.map(({ id }) => id)).not.toContain('rd-intensity');
});

test('the list shows the latest year of which a figure in its columns is known, not one with a score alone', async () => {
  const { db, scopeOn } = await fourEnterprises();
  const uscc = inventedCode(1);
  await db.write((tx) =>
    recordFacts(
      tx,
      clock,
      [
        { kind: 'figures', uscc, year: 2025, values: { salesRevenue: 4200, rdExpense: 300 } },
        { kind: 'figures', uscc, year: 2026, values: { developmentScore: 5500 } },
      ],
      { actor: 'test' },
    ),
  );
  const { rows } = listEnterprises(db, {}, scopeOn('2026-05-06'), {
    sort: { key: 'name', down: false },
    page: 1,
  });
  expect(rows[0]).toMatchObject({ id: 1, year: 2025, revenue: 4200, rdExpense: 300 });
});

type Act =
  | { readonly act: 'state'; readonly enterprise: number; readonly park: string | null; readonly day: string }
  | { readonly act: 'event'; readonly input: Parameters<typeof submit>[2] }
  | { readonly act: 'void'; readonly enterprise: number; readonly nth: number }
  | { readonly act: 'merge'; readonly from: number; readonly into: number };

const anyEnterprise = fc.integer({ min: 1, max: 4 });
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    act: fc.constant('state' as const),
    enterprise: anyEnterprise,
    park: fc.constantFrom(null, '园区1', '园区2', '园区3'),
    day: anyDay,
  }),
  anyEnterprise.chain(anyOtherEvent).map((input) => ({ act: 'event' as const, input })),
  fc.record({ act: fc.constant('void' as const), enterprise: anyEnterprise, nth: fc.nat(9) }),
  fc.record({ act: fc.constant('merge' as const), from: anyEnterprise, into: anyEnterprise }),
);

async function take(db: Db, act: Act): Promise<void> {
  if (act.act === 'event') await submit(db, clock, act.input);
  else if (act.act === 'merge')
    // Into itself, or merged already: refused, and nothing changes.
    await mergeEnterprises(db, clock, {
      fromId: act.from,
      intoId: act.into,
      reason: '重复',
      actor: 'test',
    }).catch(() => null);
  else if (act.act === 'state') {
    const values = { park: act.park, registeredOn: act.day };
    const change: FactChange = { kind: 'enterprise', enterpriseId: act.enterprise, values };
    await db.write((tx) =>
      recordFacts(tx, clock, [change], { actor: 'test', source: 'official', knownAt: '2026-05-01' }),
    );
  } else {
    const ids = db.raw
      .prepare(
        "SELECT id FROM Event WHERE enterpriseId = ? AND scheme IS NULL AND type <> 'merged' AND accepted = 1",
      )
      .pluck()
      .all(act.enterprise) as number[];
    const eventId = ids[act.nth % Math.max(ids.length, 1)];
    if (eventId === undefined) return;
    const input = {
      enterpriseId: act.enterprise,
      scheme: null,
      type: 'void' as const,
      effectiveOn: '2026-01-01',
    };
    await submit(db, clock, { ...input, actor: 'test', reason: '更正', payload: { eventId } });
  }
}

const EVERYBODY = { sql: '1', params: [] };
const PRESENT = "SELECT * FROM StockChange WHERE lane = 'presence' ORDER BY parkId, day";
const PRESENT_BY_QUARTER = "SELECT * FROM StockQuarter WHERE lane = 'presence' ORDER BY parkId, quarter";

test(
  'the roll-up counts on record whom a look at each finds there, whatever was stated, moved, ended, merged and corrected',
  { timeout: 900_000 },
  async () => {
    const upgrade = fs
      .readFileSync(inRoot('prisma/migrations/20261122120000_presence/migration.sql'), 'utf8')
      .split(/;\s*\n/)
      .filter((statement) => statement.includes('INSERT INTO'));
    expect(upgrade).toHaveLength(2);
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyAct, { minLength: 1, maxLength: 14 }),
        fc.array(fc.tuple(anyDay, fc.constantFrom(null, [1], [2, 3])), { minLength: 3, maxLength: 6 }),
        async (acts, readings) => {
          const db = testDatabase();
          await db.write((tx) => {
            plantParks(tx);
            const batch = [1, 2, 3, 4].map((n): FactChange => ({
              kind: 'enterprise',
              uscc: inventedCode(n),
              values: {
                name: `第${n}公司`,
                ...(n > 1 ? { park: `园区${n - 1}`, registeredOn: `202${n}-06-30` } : {}),
              },
            }));
            recordFacts(tx, clock, batch, { actor: 'test' });
          });
          for (const act of acts) await take(db, act);
          for (const [asOf, parkIds] of [...readings, ['9999-12-31', null] as const])
            expect(enterprisesOn(db, { asOf, parkIds })).toBe(
              enterprisesOn(db, { asOf, parkIds, only: EVERYBODY }),
            );
          expect(verify(db, clock).problems).toEqual([]);
          const read = () => [db.raw.prepare(PRESENT).all(), db.raw.prepare(PRESENT_BY_QUARTER).all()];
          const booked = read();
          await rebuild(db, clock);
          expect(read()).toEqual(booked);
          // A database from before: what its upgrade books is the same.
          await db.write((tx) => {
            tx.prepare("DELETE FROM StockChange WHERE lane = 'presence'").run();
            tx.prepare("DELETE FROM StockQuarter WHERE lane = 'presence'").run();
            for (const statement of upgrade) tx.prepare(statement).run();
          });
          expect(read()).toEqual(booked);
          await closeTestDatabases();
        },
      ),
      { numRuns: size(60, 600) },
    );
  },
);
