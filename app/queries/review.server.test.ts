import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { closeTestDatabases, plantEnterprise, plantParks, testDatabase } from '../../tests/database.ts';
import { anyDay, anyOtherEvent, anyTitleEvent, DAYS, FIRST_DAY } from '../../tests/random-events.ts';
import { size } from '../../tests/size.ts';
import type { EventInput } from '../../machines/events.ts';
import type { Db } from '../db/clients.server.ts';
import { fixedClock } from '../db/clock.ts';
import { addDays, daysBetween, quarterBounds, quarterOf } from '../rules/day.ts';
import { MOVEMENT_COLUMNS } from '../pipeline/movement.ts';
import { canonicalJson } from '../pipeline/review/canonical.ts';
import { HIDDEN } from '../pipeline/review/cohorts.ts';
import type { ReviewRequest, ReviewTables } from '../pipeline/review/tables.ts';
import { submitAll } from '../services/door.server.ts';
import { readMovement } from './movement.server.ts';
import { countedIn, reviewNumbers } from './review-numbers.server.ts';
import { keptReview, readReview, reviewEntries } from './review.server.ts';
import { readSwitches, resolveScope, type ResolvedScope } from './review-scope.server.ts';

afterEach(closeTestDatabases);

const end = fixedClock(`${addDays(FIRST_DAY, DAYS + 900)}T02:00:00.000Z`);

async function withEnterprises(
  count: number,
  parkOf: (id: number) => number | null = () => null,
): Promise<Db> {
  const db = testDatabase();
  await db.write((tx) => {
    plantParks(tx);
    for (let id = 1; id <= count; id += 1)
      plantEnterprise(tx, id, {
        parkId: parkOf(id),
        industry: id % 2 ? '6513' : '3562',
        locatedInPark: id % 3 === 0,
      });
  });
  return db;
}

const asked = (quarter: string, query = '', on = '2026-11-22'): ReviewRequest => ({
  quarter,
  window: 'quarter',
  switches: readSwitches(new URLSearchParams(query)),
  on,
  now: '2026-11-22T00:00:00.000Z',
});

const event = (
  enterpriseId: number,
  type: EventInput['type'],
  effectiveOn: string,
  payload: Record<string, unknown> = {},
  scheme = 'hnte',
): EventInput => ({
  enterpriseId,
  scheme,
  type,
  effectiveOn,
  actor: 'test',
  payload: { verdict: null, ...payload },
});

const sorted = (rows: readonly unknown[]) => rows.map((row) => canonicalJson(row)).sort();

const history = fc
  .integer({ min: 1, max: 4 })
  .chain((id) =>
    fc.oneof({ weight: 9, arbitrary: anyTitleEvent(id) }, { weight: 1, arbitrary: anyOtherEvent(id) }),
  );

test(
  'on random histories a narrower choice that leaves nobody out counts what the roll-ups count',
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(history, { maxLength: 40 }),
        anyDay,
        fc.constantFrom(null, [1], [2, 3]),
        async (inputs, on, parkIds) => {
          const db = await withEnterprises(4, (id) => (id > 3 ? null : id));
          await db.write((tx) => submitAll(tx, end, inputs));
          const scope = { parkIds } as ResolvedScope;
          const everybody = { sql: 'e.mergedIntoId IS NULL', params: [] };
          const rolled = reviewNumbers(db, { ...scope, narrowed: null });
          const stays = reviewNumbers(db, { ...scope, narrowed: everybody });
          expect(stays.enterprises(on)).toBe(rolled.enterprises(on));
          // A day within a quarter, and the last one of it.
          for (const day of [on, quarterBounds(quarterOf(on)).to])
            expect(sorted(stays.stock(day))).toEqual(sorted(rolled.stock(day)));
          const from = addDays(on, -200);
          expect(sorted(stays.flows(from, on))).toEqual(sorted(rolled.flows(from, on)));
          const quarters = [quarterOf(from), quarterOf(addDays(from, 100)), quarterOf(on)];
          const all = [...new Set([quarters[0]!, quarterOf(addDays(from, 92)), ...quarters.slice(1)])].sort();
          const steps = (rows: readonly { scheme: string; state: string; days: number; count: number }[]) =>
            sorted(rows.map(({ scheme, state, days, count }) => ({ scheme, state, days, count })));
          const merged = new Map<string, { scheme: string; state: string; days: number; count: number }>();
          for (const row of stays.steps(all)) {
            const key = `${row.scheme}|${row.state}|${row.days}`;
            merged.set(key, { ...row, count: row.count + (merged.get(key)?.count ?? 0) });
          }
          expect(steps([...merged.values()])).toEqual(steps(rolled.steps(all)));
          await closeTestDatabases();
        },
      ),
      { numRuns: size(20, 150) },
    );
  },
);

test('the movement sheets are the movement table of the same days', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(history, { maxLength: 40 }), anyDay, async (inputs, day) => {
      const db = await withEnterprises(4, (id) => (id > 3 ? null : id));
      await db.write((tx) => submitAll(tx, end, inputs));
      for (const query of ['', 'park=p1']) {
        const { period, movement, funnel, comparison } = readReview(db, asked(quarterOf(day), query));
        const parkIds = query ? [1] : null;
        const table = readMovement(db, { ...period, parkIds });
        for (const [i, name] of (['headline', 'schemes'] as const).entries()) {
          const { columns, rows, balanced } = movement[i]!;
          expect(balanced).toBe(true);
          for (const row of rows) {
            const own = table[name].find((each) => each.row === row.row);
            expect(row.cells.map(({ value }) => value)).toEqual(
              columns.map(({ id }) => own?.[id as 'opening'] ?? 0),
            );
          }
        }
        // The lines of the comparison add up to their net.
        const signs = new Map<string, number>(MOVEMENT_COLUMNS.map(({ id, sign }) => [`flow.${id}`, sign]));
        const signed = comparison.rows.map(({ id, current }) => (signs.get(id) ?? 0) * current.value!);
        const net = comparison.rows.find(({ id }) => id === 'flow.net')!;
        expect(signed.reduce((sum, value) => sum + value, 0)).toBe(net.current.value);
        const closing = movement[0]!.rows.map(({ row, cells }) => [row, cells.at(-1)!.value]);
        expect(funnel.tiers.map(({ tier, headline }) => [tier, headline.value])).toEqual(closing);
      }
      await closeTestDatabases();
    }),
    { numRuns: size(15, 100) },
  );
});

describe('cohorts', () => {
  const entries = async () => {
    const db = await withEnterprises(6);
    await db.write((tx) =>
      submitAll(tx, end, [
        event(1, 'enrol', '2021-01-04'),
        event(1, 'certify', '2021-03-31', { no: 'A', validUntil: '2024-03-30' }),
        event(2, 'enrol', '2021-01-04'),
        event(2, 'certify', '2021-04-01', { no: 'B', validUntil: '2024-03-31' }),
        event(3, 'enrol', '2021-02-01'),
        event(3, 'remove', '2021-03-01'),
        event(4, 'enrol', '2021-03-31'),
        event(5, 'enrol', '2021-04-01'),
        // Certified before it entered: that title is none of this way.
        event(6, 'certify', '2020-12-31', { no: 'F', validUntil: '2023-12-30' }),
        event(6, 'enrol', '2021-01-15'),
      ]),
    );
    return db;
  };
  const outcomes = async (to: string) => {
    const db = await entries();
    const scope = resolveScope(db, readSwitches(new URLSearchParams()), to);
    return new Map(
      reviewEntries(db, scope, { from: '2020-01-01', to }).map(({ enterpriseId, outcome }) => [
        enterpriseId,
        outcome,
      ]),
    );
  };

  test('count who entered by the last day, and what had become of them by then', async () => {
    expect([...(await outcomes('2021-03-31'))]).toEqual([
      [1, 'certified'],
      [2, 'underWay'],
      [6, 'underWay'],
      [3, 'out'],
      [4, 'underWay'],
    ]);
    const later = await outcomes('2021-04-01');
    expect([later.get(2), later.get(5)]).toEqual(['certified', 'underWay']);
    expect((await outcomes('2021-02-28')).get(3)).toBe('underWay');
  });

  test('hide what is small, and what the sums would tell', async () => {
    const { cohorts } = readReview(await entries(), asked('2021Q1'));
    const quarters = cohorts.find(({ by }) => by === 'quarter')!;
    expect(quarters.rows.at(-1)!.certified).toMatchObject({ value: null, text: HIDDEN, to: null });
    expect(quarters.total.certified.text).toBe(HIDDEN);
  });

  test('belong to the park of the day of entry', async () => {
    const db = await withEnterprises(1, () => 1);
    await db.write((tx) =>
      submitAll(tx, end, [
        event(1, 'enrol', '2021-01-04'),
        {
          enterpriseId: 1,
          scheme: null,
          type: 'moved',
          effectiveOn: '2021-02-01',
          actor: 'test',
          payload: { from: 1, to: 2 },
        },
      ]),
    );
    const counts = countedIn(
      db,
      resolveScope(db, readSwitches(new URLSearchParams('park=p1')), '2021-03-31'),
    );
    expect([counts(1, '2021-01-31'), counts(1, '2021-02-01')]).toEqual([true, false]);
  });
});

describe('the switches', () => {
  const certified = async () => {
    const db = await withEnterprises(6, (id) => (id % 2 ? 1 : 2));
    await db.write((tx) =>
      submitAll(
        tx,
        end,
        [1, 2, 3, 4, 5, 6].flatMap((id) => [
          event(id, 'certify', '2021-01-04', { no: `A${id}`, validUntil: '2024-01-03' }),
          ...(id <= 2
            ? [event(id, 'certify', '2021-02-04', { no: `S${id}`, validUntil: '2024-02-03' }, 'srdi')]
            : []),
        ]),
      ),
    );
    return db;
  };
  const total = (tables: ReviewTables) => [tables.funnel.total.value, tables.funnel.total.unit];

  test.each([
    ['', [6, '家']],
    ['counting=held', [6, '家']],
    ['counting=held&unit=家次', [8, '家次']],
    ['unit=家次', [6, '家']],
    ['park=p1', [3, '家']],
    ['industry=I', [3, '家']],
    ['industry=C&park=p1', [0, '家']],
    ['located=1', [2, '家']],
    ['source=moved', [0, '家']],
    ['source=home', [6, '家']],
    ['steward=none', [6, '家']],
    ['industry=Z&steward=x&source=y', [6, '家']],
  ])('%s', async (query, expected) => {
    const db = await certified();
    const tables = readReview(db, asked('2021Q1', query));
    expect(total(tables)).toEqual(expected);
    expect(tables.scope.words).toContain(query.includes('held') ? '累计' : '就高');
    expect(tables.movement.every(({ balanced }) => balanced)).toBe(true);
  });
});

test('tables are kept until anything on record changes', async () => {
  const db = await withEnterprises(2);
  const first = keptReview(db, asked('2021Q1'));
  expect(keptReview(db, { ...asked('2021Q1'), now: '2026-11-23T00:00:00.000Z' })).toBe(first);
  await db.write((tx) =>
    submitAll(tx, end, [event(1, 'certify', '2021-01-04', { no: 'A', validUntil: '2024-01-03' })]),
  );
  expect(keptReview(db, asked('2021Q1')).funnel.total.value).toBe(1);
  expect(keptReview(db, asked('2021Q1')).definitions.every(({ numerator }) => numerator !== '')).toBe(true);
});

test('every figure has a definition', async () => {
  const db = await withEnterprises(3);
  await db.write((tx) => {
    tx.prepare(
      `INSERT INTO IndicatorTarget (indicator, fromOn, toOn, parkId, value, unit, name, reference, enteredBy, enteredAt)
       VALUES ('hnte.total', '2021-01-01', '2021-12-31', NULL, '4', '家', '年度任务', '测试', 'x', '2021-01-01T00:00:00.000Z')`,
    ).run();
    submitAll(tx, end, [
      event(1, 'enrol', '2020-11-04'),
      event(1, 'certify', '2021-01-04', { no: 'A', validUntil: '2024-01-03' }),
    ]);
  });
  const tables = readReview(db, asked('2021Q1'));
  const ids = new Set(tables.definitions.map(({ id }) => id));
  const used = new Set<string>();
  JSON.stringify(tables, (key, value: unknown) => {
    if (key === 'definition') used.add(value as string);
    return value;
  });
  expect([...used].filter((id) => !ids.has(id))).toEqual([]);
  expect(tables.indicators).toMatchObject([
    {
      id: 'hnte.total',
      value: { value: 1, unit: '家' },
      target: { value: 4 },
      completion: { value: 1, over: 4, text: '25.0%' },
      // Nothing is under way and nothing lapses before the year is over.
      forecast: expect.stringMatching(/^到 2021-12-31 预计 1 家/),
    },
  ]);
  expect(daysBetween(tables.period.from, tables.period.to)).toBe(89);
});
