// What leadership and staff look at over time, on random histories: every number has exactly its list.
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { closeTestDatabases, plantEnterprise, plantParks, testDatabase } from '../../tests/database.ts';
import { anyDay, anyOtherEvent, anyTitleEvent } from '../../tests/random-events.ts';
import { size } from '../../tests/size.ts';
import type { EventInput } from '../../machines/events.ts';
import type { Db } from '../db/clients.server.ts';
import { fixedClock } from '../db/clock.ts';
import { addDays, daysBetween } from '../rules/day.ts';
import { submitAll } from '../services/door.server.ts';
import { sweep } from '../services/sweep.server.ts';
import { markFromForm } from '../services/todo.server.ts';
import {
  BANDS,
  bandOf,
  expiringCount,
  expiringLines,
  expiryQuarters,
  yearlyDuties,
} from './expiry.server.ts';
import {
  movementCellPage,
  movementPage,
  periodChoices,
  readCell,
  readPeriod,
} from './movement-page.server.ts';
import { listEnterprises } from './enterprises.server.ts';
import { readScope, type Scope } from './scope.server.ts';
import { bellCount, readTodo, todoItems, todoPage } from './todo.server.ts';
import { momentsOf } from './title-life.server.ts';

afterEach(closeTestDatabases);

const TODAY = '2026-05-06';
const clock = fixedClock(`${TODAY}T02:00:00.000Z`);
const scopeOf = (db: Db, address = '') => readScope(db, new URLSearchParams(address), TODAY);

async function withEnterprises(count: number): Promise<Db> {
  const db = testDatabase();
  await db.write((tx) => {
    plantParks(tx);
    for (let i = 1; i <= count; i += 1) {
      plantEnterprise(tx, i, { parkId: (i % 3) + 1, registeredOn: '2019-01-01' });
    }
  });
  return db;
}

const certify = (
  enterpriseId: number,
  scheme: string,
  from: string,
  until: string,
  no = 'A1',
): EventInput => ({
  enterpriseId,
  scheme,
  type: 'certify',
  effectiveOn: from,
  actor: 'test',
  payload: { grantedOn: from, validUntil: until, no },
});
const run = (db: Db, ...inputs: EventInput[]) => db.write((tx) => submitAll(tx, clock, inputs));

describe('random histories', () => {
  const COUNT = 6;
  const anyHistory = fc.array(
    fc
      .integer({ min: 1, max: COUNT })
      .chain((id) =>
        fc.oneof({ weight: 9, arbitrary: anyTitleEvent(id) }, { weight: 1, arbitrary: anyOtherEvent(id) }),
      ),
    { minLength: 20, maxLength: 120 },
  );

  test('every number of the movement table is the length of its list, totals too, and each row adds up', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyHistory,
        anyDay,
        anyDay,
        fc.constantFrom('', 'park=p1'),
        async (history, a, b, park) => {
          const db = await withEnterprises(COUNT);
          await run(db, ...history);
          const scope = scopeOf(db, park);
          const [from, to] = a <= b ? [a, b] : [b, a];
          const period = { from, to, knownAt: null };
          for (const { table, columns, rows, total, balances } of movementPage(db, scope, period).tables) {
            expect(balances).toBe(true);
            for (const row of [...rows, total]) {
              const listed = Object.fromEntries(
                columns.map(({ id }) => {
                  const cell = readCell(new URLSearchParams({ table, row: row.row, column: id }))!;
                  return [id, movementCellPage(db, scope, period, cell).entries.length];
                }),
              );
              for (const { id } of columns) expect([row.row, id, listed[id]]).toEqual([row.row, id, row[id]]);
              const came = columns.filter(({ sign }) => sign === 1).map(({ id }) => listed[id]!);
              const went = columns.filter(({ sign }) => sign === -1).map(({ id }) => listed[id]!);
              const net = came.reduce((x, y) => x + y, 0) - went.reduce((x, y) => x + y, 0);
              expect(listed.opening! + net).toBe(listed.closing);
            }
          }
          await closeTestDatabases();
        },
      ),
      { numRuns: size(8, 60) },
    );
  });

  test('certificates by quarter and by band add up to the list, each counted once', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, anyDay, async (history, asOf) => {
        const db = await withEnterprises(COUNT);
        await run(db, ...history);
        const scope = scopeOf(db, `asOf=${asOf}`);
        const none = { scheme: null, band: null, quarter: null };
        const { quarters, rows, bands, found } = expiryQuarters(db, scope, none);
        const lines = expiringLines(db, scope, none);
        expect(rows.reduce((sum, row) => sum + row.total, 0)).toBe(lines.length);
        expect([found, expiringCount(db, scope, none)]).toEqual([lines.length, lines.length]);
        for (const row of rows) {
          expect(row.quarters.reduce((sum, n) => sum + n, row.later)).toBe(row.total);
          const late = { scheme: row.scheme, band: null, quarter: 'later' };
          expect(expiringCount(db, scope, late)).toBe(row.later);
          expect(expiryQuarters(db, scope, late).found).toBe(row.later);
          quarters.forEach((quarter, i) => {
            expect(expiringCount(db, scope, { scheme: row.scheme, band: null, quarter })).toBe(
              row.quarters[i],
            );
          });
        }
        for (const { id } of BANDS) {
          const own = expiringLines(db, scope, { ...none, band: id });
          expect(own).toHaveLength(bands[id]);
          expect(expiryQuarters(db, scope, { ...none, band: id }).found).toBe(own.length);
          for (const line of own) expect(line.band).toBe(id);
        }
        for (const { validUntil, grantedOn } of lines) {
          expect(validUntil >= asOf && (grantedOn === null || grantedOn <= asOf)).toBe(true);
        }
        await closeTestDatabases();
      }),
      { numRuns: size(8, 60) },
    );
  });
});

describe('periods', () => {
  const read = (address: string) => readPeriod(new URLSearchParams(address), '2026-05-06');

  test('without an address the quarter under way, up to the day looked at', () => {
    expect(read('')).toEqual({ from: '2026-04-01', to: '2026-05-06', knownAt: null });
  });
  test.each(['from=2026-05-01&to=2026-04-01', 'from=2026-02-30&to=2026-03-01', 'from=2026-01-01'])(
    '%s is as good as none',
    (address) => {
      expect(read(address)).toEqual(read(''));
    },
  );
  test('one click away: five quarters back and three years, none beyond the day looked at', () => {
    const choices = periodChoices('2026-02-10');
    expect(choices.map(({ label, from, to }) => `${label} ${from} ${to}`)).toEqual([
      '2026年一季度 2026-01-01 2026-02-10',
      '2025年四季度 2025-10-01 2025-12-31',
      '2025年三季度 2025-07-01 2025-09-30',
      '2025年二季度 2025-04-01 2025-06-30',
      '2025年一季度 2025-01-01 2025-03-31',
      '2026年至今 2026-01-01 2026-02-10',
      '2025年 2025-01-01 2025-12-31',
      '2024年 2024-01-01 2024-12-31',
    ]);
  });
  test('transfers have no cell in the table of schemes', () => {
    const cell = (table: string) =>
      readCell(new URLSearchParams({ table, row: 'hnte', column: 'transferIn' }));
    expect([cell('schemes'), cell('headline')?.column, cell('other')]).toEqual([null, 'transferIn', null]);
  });
});

describe('certificates', () => {
  test.each([
    [0, '30'],
    [30, '30'],
    [31, '90'],
    [90, '90'],
    [91, '180'],
    [180, '180'],
    [181, 'later'],
  ])('%i days left stand in band %s', (days, band) => {
    expect(bandOf(days)).toBe(band);
  });

  test('one that a later one of the same scheme follows is not brought up again', async () => {
    const db = await withEnterprises(2);
    await run(
      db,
      certify(1, 'hnte', '2023-06-01', '2026-05-31', 'A1'),
      certify(1, 'hnte', '2026-05-01', '2029-04-30', 'A2'),
      certify(2, 'hnte', '2023-06-01', '2026-05-31', 'B1'),
    );
    const lines = expiringLines(db, scopeOf(db), { scheme: null, band: '30', quarter: null });
    expect(lines.map(({ name, no, daysLeft }) => [name, no, daysLeft])).toEqual([['企业2', 'B1', 25]]);
  });

  test('the duties owed are those of the list they open', async () => {
    const db = await withEnterprises(4);
    await run(db, ...[1, 2, 3].map((id) => certify(id, 'hnte', '2024-06-01', '2027-05-31')));
    await sweep(db, clock);
    const scope = scopeOf(db);
    const duty = yearlyDuties(db, scope, 'hnte')[0]!;
    expect(duty).toMatchObject({ closesOn: '2026-05-31', daysLeft: 25, due: 3, overdue: 0 });
    const filter = { stage: 'duty:hnte:report_due' };
    const listed = listEnterprises(db, filter as never, scope, {
      sort: { key: 'name', down: false },
      page: 1,
      size: 50,
    });
    expect(listed.rows).toHaveLength(duty.due);
  });
});

describe('今日待办', () => {
  const todo = (db: Db, address = '', scope: Scope = scopeOf(db)) =>
    todoPage(db, scope, { ...readTodo(new URLSearchParams(address)), page: 1, size: 500 });
  const mark = (db: Db, fields: Record<string, string>) => {
    const form = new FormData();
    for (const [key, value] of Object.entries(fields)) form.set(key, value);
    return markFromForm(db, clock, 'wang', form);
  };

  async function park(): Promise<Db> {
    const db = await withEnterprises(4);
    await run(
      db,
      certify(1, 'hnte', '2023-06-01', '2026-05-31'),
      certify(2, 'srdi', '2023-10-01', '2026-09-30'),
      certify(3, 'giant', '2025-10-01', '2028-09-30'),
      ...(['nominate', 'prepare', 'submit', 'publicise'] as const).map((type): EventInput => ({
        enterpriseId: 4,
        scheme: 'hnte',
        type,
        effectiveOn: '2026-04-20',
        actor: 'test',
        reason: 'test',
        payload: { verdict: null, override: true },
      })),
    );
    await sweep(db, clock);
    return db;
  }

  test('brings up ends, duties, windows and results awaited, by their day', async () => {
    const db = await park();
    const items = todoItems(db, scopeOf(db));
    const days = items.map(({ day }) => day ?? '9999');
    expect(days).toEqual([...days].sort());
    const words = (kind: string) =>
      items.filter((item) => item.kind === kind).map(({ name, day }) => `${name} ${day}`);
    expect(words('title')).toEqual(['企业1 2026-05-31', '企业2 2026-09-30']);
    expect(words('publicised')).toEqual(['企业4 2026-04-20']);
    expect(words('duty').sort()).toEqual(['企业1 2026-05-31', '企业2 2026-05-31', '企业3 2026-05-31']);
    expect(
      items.filter(({ kind, what }) => kind === 'window' && what.includes('第八批“小巨人”网上申报截止')),
    ).toHaveLength(1);
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
    for (const { day, daysLeft } of items) if (day) expect(daysLeft).toBe(daysBetween(TODAY, day));
  });

  test('the bell counts what the page shows first', async () => {
    const db = await park();
    const { counts, rows } = todo(db);
    expect(rows).toHaveLength(counts.near);
    expect(bellCount(db, scopeOf(db))).toBe(counts.near);
    expect(rows.every(({ daysLeft }) => daysLeft !== null && daysLeft <= 30)).toBe(true);
  });

  test('what is done leaves the list and the bell, and can come back', async () => {
    const db = await park();
    const before = todo(db);
    const { key } = before.rows[0]!;
    expect(await mark(db, { key, mark: 'done', note: '已报送' })).toMatchObject({ ok: true });
    const after = todo(db);
    expect(after.counts).toMatchObject({ near: before.counts.near - 1, done: 1 });
    expect(bellCount(db, scopeOf(db))).toBe(before.counts.near - 1);
    expect(todo(db, 'view=done').rows[0]).toMatchObject({ key, marked: { note: '已报送', actor: 'wang' } });
    await mark(db, { key, mark: 'open' });
    expect(todo(db).counts).toEqual(before.counts);
  });

  test('what is put off stays away through its day and is back on the next', async () => {
    const db = await park();
    const { key } = todo(db, 'kind=title').rows[0]!;
    await mark(db, { key, mark: 'snoozed', untilDay: '2026-05-10' });
    const on = (day: string) =>
      todo(db, 'kind=title', { ...scopeOf(db), asOf: day }).rows.some((row) => row.key === key);
    expect([on('2026-05-10'), on('2026-05-11')]).toEqual([false, true]);
  });

  test.each([
    [{ key: 'title:1', mark: 'snoozed', untilDay: TODAY }, 'untilDay'],
    [{ key: 'title:1', mark: 'snoozed', untilDay: '' }, 'untilDay'],
    [{ key: 'other:1', mark: 'done' }, ''],
    [{ key: 'title:1', mark: 'gone' }, ''],
    [{ key: 'title:1', mark: 'done', note: 'x'.repeat(501) }, 'note'],
  ])('%o is refused at %s', async (fields, field) => {
    const db = testDatabase();
    const outcome = await mark(db, fields as Record<string, string>);
    expect(Object.keys((outcome as { errors: object }).errors)).toEqual([field]);
    expect(db.raw.prepare('SELECT count(*) AS n FROM TodoMark').get()).toEqual({ n: 0 });
  });

  test('data that are wanting are one entry an enterprise, without a day, and not in the bell', async () => {
    const db = await park();
    const near = bellCount(db, scopeOf(db));
    await db.write((tx) => {
      const insert = tx.prepare(
        `INSERT INTO StoredVerdict (enterpriseId, scheme, action, onDay, rule, outcome, met, unmet, unknown, manual,
           vetoes, distance, gaps, holdsUntil, factsDigest, computedAt)
         VALUES (?, ?, 'new', ?, 'hnte@2016', ?, 1, ?, 1, 0, 0, 1, '[{"id":"x","result":"unknown"}]', '9999-12-31', '', '')`,
      );
      insert.run(4, 'srdi', TODAY, 'undetermined', 0);
      insert.run(4, 'isme', TODAY, 'undetermined', 0);
      insert.run(3, 'isme', TODAY, 'ineligible', 1);
      const state = tx.prepare(
        `INSERT OR REPLACE INTO VerdictState (enterpriseId, factsDigest, rulesDigest, judgedOn, holdsUntil, wanting)
         VALUES (?, '', '', ?, '', ?)`,
      );
      state.run(4, TODAY, 2);
      state.run(3, TODAY, 0);
    });
    const found = todo(db, 'kind=gap&view=all').rows;
    expect(found.map(({ name, day, what }) => [name, day, what])).toEqual([
      ['企业4', null, '缺数据，创新型、专精特新未能判定'],
    ]);
    expect(bellCount(db, scopeOf(db))).toBe(near);
  });
});

test('the days of a life are those of its events in force, in order', async () => {
  const db = await withEnterprises(1);
  await run(
    db,
    certify(1, 'hnte', '2023-06-01', '2026-05-31'),
    certify(1, 'srdi', '2024-06-01', '2027-05-31'),
  );
  await sweep(db, clock);
  const moments = momentsOf(db, 1, 'hnte');
  expect(moments[0]).toMatchObject({ on: '2023-06-01' });
  expect(moments.map(({ on }) => on)).toContain(addDays('2026-05-31', -180));
  expect(moments.map(({ on }) => on)).not.toContain('2024-06-01');
});
