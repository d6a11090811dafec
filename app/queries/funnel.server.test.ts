import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { closeTestDatabases, plantEnterprise, plantParks, testDatabase } from '../../tests/database.ts';
import { anyDay, anyOtherEvent, anyTitleEvent, DAYS, FIRST_DAY } from '../../tests/random-events.ts';
import { size } from '../../tests/size.ts';
import type { EventInput } from '../../machines/events.ts';
import type { Db } from '../db/clients.server.ts';
import { fixedClock } from '../db/clock.ts';
import { addDays } from '../rules/day.ts';
import { submitAll } from '../services/door.server.ts';
import { eventsByEnterprise } from '../db/event-rows.server.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { knowledgeInstant, visible } from '../pipeline/log.ts';
import {
  columnsOf,
  MOVEMENT_COLUMNS,
  movementTable,
  staysIn,
  type MovementColumn,
  type MovementRow,
  type Stay,
} from '../pipeline/movement.ts';
import { memberships, project } from '../pipeline/projection.ts';
import { readFunnel } from './funnel.server.ts';
import { readLife, readLives, revisionOf } from './life.server.ts';
import { movementCell, readMovement } from './movement.server.ts';

afterEach(closeTestDatabases);

const clock = fixedClock('2026-05-06T02:00:00.000Z');

async function withEnterprises(count: number): Promise<Db> {
  const db = testDatabase();
  await db.write((tx) => {
    plantParks(tx);
    for (let i = 1; i <= count; i += 1) {
      plantEnterprise(tx, i, {
        parkId: (i % 3) + 1,
        industry: i % 2 ? '3911' : '6513',
        registeredOn: '2019-01-01',
      });
    }
  });
  return db;
}

const certify = (
  enterpriseId: number,
  scheme: string,
  from: string,
  until: string,
  knownAt?: string,
): EventInput => ({
  enterpriseId,
  scheme,
  type: 'certify',
  effectiveOn: from,
  knownAt,
  actor: 'test',
  payload: { grantedOn: from, validUntil: until },
});
const run = (db: Db, ...inputs: EventInput[]) => db.write((tx) => submitAll(tx, clock, inputs));
const headline = (db: Db, asOf: string, rest: object = {}) =>
  Object.fromEntries(readFunnel(db, { asOf, ...rest }).tiers.map((tier) => [tier.tier, tier.headline]));

describe('the funnel as of a day', () => {
  test('counts each enterprise once at its highest, and each title', async () => {
    const db = await withEnterprises(4);
    await run(
      db,
      certify(1, 'hnte', '2023-01-01', '2025-12-31'),
      certify(1, 'srdi', '2024-01-01', '2026-12-31'),
      certify(2, 'hnte', '2024-06-01', '2027-05-31'),
    );
    expect(headline(db, '2023-06-01')).toMatchObject({ hnte: 1, srdi: 0 });
    expect(headline(db, '2024-06-01')).toMatchObject({ hnte: 1, srdi: 1 });
    const funnel = readFunnel(db, { asOf: '2024-06-01' });
    expect(funnel.tiers.map((tier) => tier.held)).toEqual([2, 1, 0, 0]);
    expect(funnel).toMatchObject({ enterprises: 4, inTiers: 2 });
    expect(readFunnel(db, { asOf: '2018-12-31' }).enterprises).toBe(0);
  });

  test('as it was known then: what came late is not there', async () => {
    const db = await withEnterprises(2);
    await run(
      db,
      certify(1, 'hnte', '2024-01-01', '2026-12-31', '2024-01-10'),
      certify(2, 'hnte', '2024-01-01', '2026-12-31', '2024-05-01'),
    );
    expect(headline(db, '2024-03-31')).toMatchObject({ hnte: 2 });
    expect(headline(db, '2024-03-31', { knownAt: '2024-03-31' })).toMatchObject({ hnte: 1 });
    expect(headline(db, '2024-03-31', { knownAt: '2024-04-30' })).toMatchObject({ hnte: 1 });
    expect(headline(db, '2024-03-31', { knownAt: '2024-05-01' })).toMatchObject({ hnte: 2 });
  });

  test('by park and industry', async () => {
    const db = await withEnterprises(6);
    await run(db, ...[1, 2, 3, 4].map((id) => certify(id, 'giant', '2024-01-01', '2026-12-31')));
    expect(headline(db, '2025-01-01', { parkIds: [2] })).toMatchObject({ giant: 2 });
    expect(headline(db, '2025-01-01', { industry: '39' })).toMatchObject({ giant: 2 });
    expect(headline(db, '2025-01-01', { industry: '65', parkIds: [1, 2] })).toMatchObject({ giant: 1 });
  });

  test('an enterprise that moves or ends is counted where it was on the day', async () => {
    const db = await withEnterprises(1);
    await run(
      db,
      certify(1, 'hnte', '2024-01-01', '2026-12-31'),
      {
        enterpriseId: 1,
        scheme: null,
        type: 'moved',
        effectiveOn: '2024-07-01',
        actor: 'test',
        payload: { from: 2, to: 3 },
      },
      { enterpriseId: 1, scheme: null, type: 'deregistered', effectiveOn: '2025-07-01', actor: 'test' },
    );
    const where = (asOf: string) => [2, 3].map((park) => readFunnel(db, { asOf, parkIds: [park] }));
    expect(where('2024-06-30').map((f) => [f.inTiers, f.enterprises])).toEqual([
      [1, 1],
      [0, 0],
    ]);
    expect(where('2024-07-01').map((f) => [f.inTiers, f.enterprises])).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(where('2025-07-01').map((f) => [f.inTiers, f.enterprises])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(db.raw.prepare('SELECT parkId FROM Enterprise').pluck().get()).toBe(3);
  });
});

describe('the movement table', () => {
  test('a quarter with everything in it, and the list behind a cell', async () => {
    const db = await withEnterprises(5);
    await run(
      db,
      certify(1, 'hnte', '2023-05-10', '2026-05-09'),
      certify(2, 'hnte', '2026-04-01', '2029-03-31'),
      certify(3, 'hnte', '2022-01-01', '2024-12-31'),
      certify(3, 'hnte', '2026-04-20', '2029-04-19'),
      certify(4, 'hnte', '2023-06-01', '2026-05-31'),
      certify(4, 'hnte', '2026-06-01', '2029-05-31'),
      certify(5, 'hnte', '2024-01-01', '2026-12-31'),
      certify(5, 'srdi', '2026-05-01', '2029-04-30'),
    );
    const movement = readMovement(db, { from: '2026-04-01', to: '2026-06-30' });
    expect(movement.schemes.find((row) => row.row === 'hnte')).toMatchObject({
      opening: 3,
      newly: 1,
      renewed: 1,
      expired: 1,
      closing: 4,
      transferIn: 0,
      transferOut: 0,
    });
    expect(
      movement.headline.map((row) => [row.row, row.opening, row.transferIn, row.transferOut, row.closing]),
    ).toEqual([
      ['hnte', 3, 0, 1, 3],
      ['srdi', 0, 1, 0, 1],
      ['giant', 0, 0, 0, 0],
      ['unicorn', 0, 0, 0, 0],
    ]);
    const cell = {
      from: '2026-04-01',
      to: '2026-06-30',
      table: 'schemes',
      row: 'hnte',
      column: 'renewed',
    } as const;
    expect(movementCell(db, cell)).toMatchObject([
      { enterpriseId: 3, uscc: 'TEST3', name: '企业3', fromOn: '2026-04-20', toOn: '2029-04-20' },
    ]);
  });

  test('a higher title that ends shows its end, and the lower one counts again', async () => {
    const db = await withEnterprises(1);
    await run(
      db,
      certify(1, 'srdi', '2024-01-01', '2026-12-31'),
      certify(1, 'giant', '2023-04-16', '2026-04-15'),
    );
    const { headline } = readMovement(db, { from: '2026-04-01', to: '2026-06-30' });
    expect(headline.find((row) => row.row === 'giant')).toMatchObject({
      opening: 1,
      expired: 1,
      transferOut: 0,
      closing: 0,
    });
    expect(headline.find((row) => row.row === 'srdi')).toMatchObject({
      opening: 0,
      transferIn: 1,
      newly: 0,
      closing: 1,
    });
  });
});

describe('a life', () => {
  test('says where a title stands on a day, how it came there and what could be next', async () => {
    const db = await withEnterprises(1);
    expect(revisionOf(db, 1)).toBe(0);
    await run(db, certify(1, 'hnte', '2023-10-26', '2026-10-25'), {
      enterpriseId: 1,
      scheme: 'hnte',
      type: 'prepare',
      effectiveOn: '2026-05-06',
      actor: 'test',
    });
    expect(revisionOf(db, 1)).toBe(1);
    const life = readLife(db, { enterpriseId: 1, scheme: 'hnte', on: '2026-05-06' });
    expect(life).toMatchObject({ state: 'preparing', words: '准备材料、临近到期、年报待报' });
    expect([...life.marks.visited].sort()).toEqual([
      'application:preparing',
      'duty:report_due',
      'title:certified',
      'title:due',
    ]);
    expect(life.steps.find((step) => step.type === 'submit')).toMatchObject({
      lane: 'application',
      to: 'submitted',
    });
    expect(life.steps.find((step) => step.type === 'nominate')).toBeUndefined();
    expect(readLives(db, { enterpriseId: 1, on: '2024-01-01' })).toMatchObject([
      { scheme: 'hnte', words: '有效' },
    ]);
    expect(readLives(db, { enterpriseId: 1, on: '2023-01-01' })).toEqual([]);
  });
});

interface Asked {
  readonly asOf: string;
  readonly from: string;
  readonly knownAt: string | null;
  readonly parkIds: readonly number[] | null;
}

/** The plain way: every enterprise's events as they were known then, folded, and each stay counted. */
function foldEverything(db: Db, { asOf, from, knownAt, parkIds }: Asked) {
  const parks = parkIds && new Set(parkIds);
  const stock = new Map<string, number>();
  const stays: Record<string, Stay[]> = { held: [], headline: [] };
  for (const { enterpriseId, events } of eventsByEnterprise(readerOf(db.raw))) {
    const { way, spans } = project(visible(events, knownAt));
    const parkId = db.raw.prepare('SELECT parkId FROM Enterprise WHERE id = ?').pluck().get(enterpriseId);
    const first = events.find(({ type }) => type === 'moved');
    const stood = way.moves.length === 0 && first ? (first.payload.from ?? null) : (parkId as number | null);
    for (const span of spans) {
      const own = staysIn(enterpriseId, span, memberships(way.moves, stood), parks);
      stays[span.lane]?.push(...own);
      const there = own.some((stay) => stay.fromOn <= asOf && (stay.toOn === null || asOf < stay.toOn));
      const key = `${span.lane}|${span.scheme}|${span.state}`;
      if (there && span.lane !== 'park') stock.set(key, (stock.get(key) ?? 0) + 1);
    }
  }
  return {
    stock,
    movement: (lane: string) =>
      movementTable(stays[lane]!, from, asOf).filter(isSomething).map(rowOnly).sort(),
    entries: (lane: string, column: MovementColumn) =>
      stays[lane]!.filter((stay) => columnsOf(stay, from, asOf).includes(column))
        .map(({ enterpriseId, row, fromOn, toOn }) => [enterpriseId, row, fromOn, toOn].join())
        .sort(),
  };
}

const isSomething = (row: MovementRow) => MOVEMENT_COLUMNS.some(({ id }) => row[id] !== 0);
const rowOnly = (row: MovementRow) => [row.row, ...MOVEMENT_COLUMNS.map(({ id }) => row[id])].join();

/** A history of three enterprises; each event known some days after another, and some of them taken back later. */
const anyHistory = fc.array(
  fc.record({
    event: fc
      .integer({ min: 1, max: 3 })
      .chain((id) =>
        fc.oneof({ weight: 9, arbitrary: anyTitleEvent(id) }, { weight: 1, arbitrary: anyOtherEvent(id) }),
      ),
    known: fc.option(anyDay),
    takenBack: fc.option(anyDay, { freq: 6 }),
  }),
  { maxLength: 40 },
);

test(
  'on random histories the roll-up says what folding every event says, as known now and as known then',
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        anyHistory,
        anyDay,
        fc.option(anyDay, { freq: 4 }),
        fc.constantFrom(null, [1], [2, 3]),
        async (history, asOf, known, parkIds) => {
          const db = await withEnterprises(3);
          const end = fixedClock(`${addDays(FIRST_DAY, DAYS + 900)}T02:00:00.000Z`);
          const taken = await db.write((tx) =>
            submitAll(
              tx,
              end,
              history.map(({ event, known: on }) => ({ ...event, ...(on && { knownAt: on }) })),
            ),
          );
          const voids = history.flatMap(({ event, takenBack }, i): EventInput[] => {
            const result = taken[i]!;
            // Where an enterprise stands after a move that was taken back is kept with the enterprise, not in the log.
            if (!takenBack || !result.ok || event.type === 'moved') return [];
            const { enterpriseId, scheme } = event;
            const payload = { eventId: result.eventId };
            const rest = { effectiveOn: asOf, knownAt: takenBack, actor: 'test', reason: 'x', payload };
            return [{ enterpriseId, scheme, type: 'void', ...rest }];
          });
          await db.write((tx) => submitAll(tx, end, voids));
          const from = addDays(asOf, -90);
          const instant = known && knowledgeInstant(known, 'through');
          const expected = foldEverything(db, { asOf, from, knownAt: instant, parkIds });
          const funnel = readFunnel(db, { asOf, parkIds, knownAt: known });
          const states = funnel.schemes.flatMap(({ scheme, states: own }) =>
            own.map(({ lane, state, count }) => [`${lane}|${scheme}|${state}`, count] as const),
          );
          for (const { tier, headline: n, held } of funnel.tiers) {
            expect([tier, n]).toEqual([tier, expected.stock.get(`headline|headline|${tier}`) ?? 0]);
            expect([tier, held]).toEqual([tier, expected.stock.get(`held|${tier}|held`) ?? 0]);
          }
          const machine = [...expected.stock].filter(([key]) => /^(application|title|duty)/.test(key));
          expect(states.filter(([key]) => !key.startsWith('held')).sort()).toEqual(machine.sort());
          for (const { scheme, held } of funnel.schemes)
            expect([scheme, held]).toEqual([scheme, expected.stock.get(`held|${scheme}|held`) ?? 0]);
          const period = { from, to: asOf, parkIds, knownAt: known };
          const movement = readMovement(db, period);
          expect(movement.schemes.map(rowOnly).sort()).toEqual(expected.movement('held'));
          expect(movement.headline.filter(isSomething).map(rowOnly).sort()).toEqual(
            expected.movement('headline'),
          );
          for (const [lane, table] of [
            ['held', 'schemes'],
            ['headline', 'headline'],
          ] as const)
            for (const { id: column } of MOVEMENT_COLUMNS) {
              const entries = movementCell(db, { ...period, table, row: null, column });
              const words = entries.map((each) =>
                [each.enterpriseId, each.row, each.fromOn, each.toOn].join(),
              );
              expect([table, column, words.sort()]).toEqual([table, column, expected.entries(lane, column)]);
              for (const row of new Set(entries.map((each) => each.row))) {
                const own = movementCell(db, { ...period, table, row, column });
                expect(own).toEqual(entries.filter((each) => each.row === row));
              }
            }
          await closeTestDatabases();
        },
      ),
      { numRuns: size(25, 200) },
    );
  },
);
