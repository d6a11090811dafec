// Kept candidate lists on a real database: who is in them, for which day, on which figures; and never out of step.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { random } from '../../tests/bench/facts.ts';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { inventedCode } from '../../tests/population.ts';
import type { Db } from '../db/clients.server.ts';
import { fixedClock, type Clock } from '../db/clock.ts';
import { readApplicationDay } from '../queries/candidate-day.server.ts';
import { readCandidateRequest } from '../queries/candidate-request.server.ts';
import { listCandidates } from '../queries/candidates.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { CANDIDATE_TABS } from '../rules/ranking.ts';
import { submit } from './door.server.ts';
import { mergeEnterprises } from './enterprise.server.ts';
import { recordFacts, type FactChange } from './facts.server.ts';
import { readyList } from './verdict-job.server.ts';
import { refreshVerdicts } from './verdicts.server.ts';
import { keepWindow } from './windows.server.ts';

afterEach(closeTestDatabases);
const at = (day: string): Clock => fixedClock(`${day}T02:00:00.000Z`);
const clock = at('2026-11-22');
let db: Db;
beforeEach(() => {
  db = testDatabase();
});

const record = (changes: FactChange[], when = clock) =>
  db.write((tx) => recordFacts(tx, when, changes, { actor: 'test', source: 'audit' }));
const enterprise = (number: number, values: object = {}): FactChange => ({
  kind: 'enterprise',
  uscc: inventedCode(number),
  values: { name: `第${number}科技有限公司`, registeredOn: '2015-01-01', division: '440402', ...values },
});
const figures = (number: number, year: number, rdExpense: number): FactChange => ({
  kind: 'figures',
  uscc: inventedCode(number),
  year,
  values: { salesRevenue: 1_000_000_000, rdExpense, employees: 10_000, techStaff: 2_000 },
});
const threeYears = (number: number, rdExpense = 60_000_000) =>
  [2023, 2024, 2025].map((year) => figures(number, year, rdExpense));

const wanted = (on = clock.today(), action: 'new' | 'renewal' = 'new') => ({ scheme: 'hnte', action, on });
async function rowsOf(want = wanted(), when = clock) {
  const { list } = await readyList(db, when, want);
  const request = readCandidateRequest(new URLSearchParams(), want.scheme);
  const scope = readScope(db, new URLSearchParams(), when.today());
  return CANDIDATE_TABS.flatMap(
    (tab) => listCandidates(db, { ...request, list, tab, rows: 100 }, scope).rows,
  );
}
const ids = async (want = wanted(), when = clock) => (await rowsOf(want, when)).map(({ id }) => id).sort();

const certify = (number: number, grantedOn: string, validUntil: string) =>
  submit(db, clock, {
    enterpriseId: number,
    scheme: 'hnte',
    type: 'certify',
    effectiveOn: grantedOn,
    actor: 'test',
    payload: { grantedOn, validUntil, no: `GR${number}` },
  });

describe('who is in a list', () => {
  test('is judged as of the day of application: holders then are no new applicants, and only they renew', async () => {
    await record([enterprise(1), enterprise(2)]);
    expect(await certify(1, '2024-01-01', '2026-12-31')).toMatchObject({ ok: true });
    expect(await ids()).toEqual([2]);
    expect(await ids(wanted('2026-12-31'))).toEqual([2]);
    expect(await ids(wanted('2027-01-01'))).toEqual([1, 2]);
    expect(await ids(wanted(clock.today(), 'renewal'))).toEqual([1]);
    expect(await ids(wanted('2027-01-01', 'renewal'))).toEqual([]);
  });

  test('follows the days: a title that ends tomorrow, an enterprise registered tomorrow', async () => {
    await record([enterprise(1), enterprise(2, { registeredOn: '2026-11-23' })]);
    await certify(1, '2024-01-01', '2026-11-22');
    expect(await ids()).toEqual([]);
    const tomorrow = at('2026-11-23');
    expect(await ids(wanted('2026-11-23'), tomorrow)).toEqual([1, 2]);
  });

  test('follows what is written: a title, a figure, a name, a park, a merger', async () => {
    await record([enterprise(1), enterprise(2), ...threeYears(1)]);
    expect(await ids()).toEqual([1, 2]);
    await record([enterprise(1, { name: '改名科技有限公司', park: '一园' })]);
    expect((await rowsOf()).find(({ id }) => id === 1)).toMatchObject({
      name: '改名科技有限公司',
      park: '一园',
    });
    await record([figures(1, 2025, 10_000_000)]);
    const intensity = async () =>
      (await rowsOf()).find(({ id }) => id === 1)!.gaps.find(({ id }) => id === 'rd-intensity');
    expect(await intensity()).toBeDefined();
    await certify(2, '2026-01-01', '2028-12-31');
    expect(await ids()).toEqual([1]);
    await record([enterprise(3)]);
    expect(await ids()).toEqual([1, 3]);
    await mergeEnterprises(db, clock, { fromId: 3, intoId: 1, actor: 'test', reason: '重复' });
    expect(await ids()).toEqual([1]);
  });

  test('is asked again for everybody when a window of the scheme is put on record', async () => {
    await record([enterprise(1)]);
    expect((await rowsOf())[0]!.windowOn).toBeNull();
    await announce({ opensOn: '2027-04-25' });
    expect((await rowsOf())[0]!.windowOn).toBe('2027-04-25');
  });
});

const announce = (more: object) =>
  keepWindow(
    db,
    clock,
    {
      scheme: 'hnte',
      kind: 'new',
      region: '44',
      label: '高企申报',
      opensOn: '2027-04-25',
      closesOn: '2027-06-30',
      yearly: false,
      lastYear: null,
      reference: '测试',
      link: null,
      doubt: null,
      ...more,
    },
    { actor: 'test' },
  );

describe('the day of application', () => {
  const day = (address = '') => {
    const query = new URLSearchParams(address);
    const { on, by } = readApplicationDay(db, query, wanted(), readScope(db, query, clock.today()));
    return [on, by];
  };

  test('is today without a window, the opening of the next one with it, and whatever is asked for', async () => {
    await record([enterprise(1)]);
    expect(day()).toEqual(['2026-11-22', 'today']);
    await announce({});
    expect(day()).toEqual(['2027-04-25', 'window']);
    expect(day('on=2027-05-01')).toEqual(['2027-05-01', 'asked']);
    expect(day('on=2027-02-30')).toEqual(['2027-04-25', 'window']);
    expect(day('asOf=2026-05-06')).toEqual(['2026-05-06', 'today']);
  });

  test('is today while a window is open, or when nobody knows when it opens', async () => {
    await record([enterprise(1)]);
    await announce({ opensOn: '2026-11-22', closesOn: '2026-11-22' });
    expect(day()).toEqual(['2026-11-22', 'today']);
    await announce({ opensOn: null, closesOn: '2026-11-21' });
    expect(day()).toEqual(['2026-11-22', 'today']);
  });

  test('does not come from a window of another place', async () => {
    await record([enterprise(1)]);
    await announce({ region: '11' });
    expect(day()).toEqual(['2026-11-22', 'today']);
    await record([enterprise(2, { division: '110108' })]);
    expect(day()).toEqual(['2027-04-25', 'window']);
  });
});

describe('judging before the last year is there', () => {
  test('rests on the last complete year and says so; with its figures it rests on them', async () => {
    await record([enterprise(1), ...threeYears(1, 10_000_000), enterprise(2)]);
    const row = async () => (await rowsOf(wanted('2027-04-25'))).find(({ id }) => id === 1)!;
    const intensity = async () => (await row()).gaps.find(({ id }) => id === 'rd-intensity');
    expect((await row()).figuresOf).toBe(2025);
    expect(await intensity()).toMatchObject({ result: 'unmet' });
    expect((await rowsOf(wanted('2026-12-31')))[0]!.figuresOf).toBeNull();
    await record([figures(1, 2026, 900_000_000)]);
    expect((await row()).figuresOf).toBeNull();
    expect(await intensity()).toBeUndefined();
  });

  test('names the weakest figure that was read', async () => {
    await record([enterprise(1), ...threeYears(1)]);
    await db.write((tx) =>
      recordFacts(
        tx,
        clock,
        [{ kind: 'figures', uscc: inventedCode(1), year: 2024, values: { hiTechIncome: 7, totalIncome: 9 } }],
        { actor: 'test', source: 'self' },
      ),
    );
    expect((await rowsOf())[0]).toMatchObject({ weakSource: 'audit' });
    await db.write((tx) =>
      recordFacts(
        tx,
        clock,
        [{ kind: 'figures', uscc: inventedCode(1), year: 2025, values: { totalIncome: 9 } }],
        { actor: 'test', source: 'self' },
      ),
    );
    expect((await rowsOf())[0]).toMatchObject({ weakSource: 'self', weakFigure: '2025 年总收入' });
  });
});

test('the counts kept are those of the rows, whatever is written in whatever order', async () => {
  const next = random(5);
  const pick = (n: number) => Math.floor(next() * n);
  await record(Array.from({ length: 12 }, (_, i) => enterprise(i + 1)));
  const lists = [wanted(), wanted('2027-04-25'), { ...wanted(), scheme: 'giant' }];
  for (const want of lists) await readyList(db, clock, want);
  for (let round = 0; round < 25; round += 1) {
    const number = 1 + pick(12);
    const parks = ['一园', '二园', '三园'];
    if (pick(3) === 0)
      await record([enterprise(number, { park: parks[pick(3)], industry: ['6513', '3990'][pick(2)] })]);
    else if (pick(4) === 0) await certify(number, '2025-01-01', `202${7 + pick(2)}-01-01`);
    else await record([figures(number, 2023 + pick(4), pick(100_000_000))]);
    if (pick(2) === 0) await refreshVerdicts(db, clock);
  }
  await refreshVerdicts(db, clock);
  const cells = 'listId, tab, parkId, section, field, size';
  const kept = (condition: string) =>
    db.raw
      .prepare(
        `SELECT ${cells}, n FROM CandidateCount WHERE conditionId ${condition} AND n <> 0 ORDER BY ${cells}`,
      )
      .all();
  const counted = (table: string) =>
    db.raw.prepare(`SELECT ${cells}, count(*) AS n FROM ${table} GROUP BY ${cells} ORDER BY ${cells}`).all();
  expect(kept("= ''")).toEqual(counted('Candidate'));
  const byGap = db.raw
    .prepare(
      `SELECT conditionId, ${cells}, n FROM CandidateCount WHERE conditionId <> '' AND n <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7`,
    )
    .all();
  expect(byGap).toEqual(
    db.raw
      .prepare(
        `SELECT conditionId, ${cells}, count(*) AS n FROM CandidateGap GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7`,
      )
      .all(),
  );
  // What was kept in step is what a list made anew says.
  const dump = () =>
    db.raw
      .prepare(
        `SELECT l.scheme, l.onDay, c.enterpriseId, c.tab, c.rankKey, c.parkId, c.gaps, c.titleUntil, c.figuresOf
         FROM Candidate c JOIN CandidateList l ON l.id = c.listId ORDER BY 1, 2, 3`,
      )
      .all();
  const before = dump();
  await db.write((tx) => {
    for (const table of ['CandidateGap', 'Candidate', 'CandidateCount', 'CandidateList'])
      tx.prepare(`DELETE FROM ${table}`).run();
  });
  for (const want of lists) await readyList(db, clock, want);
  expect(dump()).toEqual(before);
  expect(before.length).toBeGreaterThan(20);
});

test('lists that nobody opens are dropped, and no more than twelve days are kept beside today', async () => {
  await record([enterprise(1)]);
  const kept = () =>
    (db.raw.prepare('SELECT onDay FROM CandidateList ORDER BY id').all() as { onDay: string }[]).map(
      ({ onDay }) => onDay,
    );
  for (let day = 1; day <= 13; day += 1)
    await readyList(db, clock, wanted(`2027-01-${String(day).padStart(2, '0')}`));
  expect(kept()).toHaveLength(12);
  await readyList(db, at('2026-12-22'), wanted('2026-12-22'));
  expect(kept()).toHaveLength(13);
  await readyList(db, at('2027-01-25'), wanted('2027-06-01'));
  expect(kept()).toEqual(['2027-06-01']);
});
