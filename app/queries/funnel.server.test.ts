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

test('on random histories the roll-up says what counting every stay says', { timeout: 300_000 }, async () => {
  const history = fc
    .integer({ min: 1, max: 3 })
    .chain((id) =>
      fc.oneof({ weight: 9, arbitrary: anyTitleEvent(id) }, { weight: 1, arbitrary: anyOtherEvent(id) }),
    );
  await fc.assert(
    fc.asyncProperty(
      fc.array(history, { maxLength: 40 }),
      anyDay,
      fc.constantFrom(null, [1], [2, 3]),
      async (inputs, asOf, parkIds) => {
        const db = await withEnterprises(3);
        const end = fixedClock(`${addDays(FIRST_DAY, DAYS + 900)}T02:00:00.000Z`);
        await db.write((tx) => submitAll(tx, end, inputs));
        const rolled = readFunnel(db, { asOf, parkIds });
        const folded = readFunnel(db, { asOf, parkIds, knownAt: end.now() });
        expect(folded.tiers).toEqual(rolled.tiers);
        expect(folded.schemes).toEqual(rolled.schemes);
        const period = { from: addDays(asOf, -90), to: asOf, parkIds };
        expect(readMovement(db, { ...period, knownAt: end.now() }).schemes).toEqual(
          readMovement(db, period).schemes,
        );
        for (const row of readMovement(db, period).schemes) {
          expect(row.closing).toBe(rolled.schemes.find((s) => s.scheme === row.row)?.held ?? 0);
        }
        await closeTestDatabases();
      },
    ),
    { numRuns: size(25, 200) },
  );
});
