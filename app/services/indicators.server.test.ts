import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { definition, entering, year } from '../../tests/figures.ts';
import type { Db } from '../db/clients.server.ts';
import { fixedClock } from '../db/clock.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import {
  readDefinitionHistory,
  readDefinitionRows,
  readTargetHistory,
  readTargetRows,
  readValueHistory,
  readValueRows,
} from '../db/indicator-rows.server.ts';
import { openBook } from '../queries/figures.server.ts';
import { printed } from '../pipeline/figures/quantity.ts';
import { endTarget, setTarget } from './indicator-targets.server.ts';
import { enterValue, type NewValue } from './indicator-values.server.ts';
import { endDefinition, keepDefinition } from './indicators.server.ts';

afterEach(closeTestDatabases);
const TODAY = '2026-05-06';
const clock = fixedClock(`${TODAY}T02:00:00.000Z`);
let db: Db;
let enter: ReturnType<typeof entering>;
beforeEach(() => {
  db = testDatabase();
  enter = entering(db, TODAY);
});

const rows = () => readDefinitionRows(readerOf(db.raw));
const keep = (change: Parameters<typeof definition>[0], replaces: number | null = null, actor = 'wang') =>
  keepDefinition(db, clock, definition(change), { actor, replaces });
const faults = async (change: Parameters<typeof definition>[0]) => {
  const done = await keep(change);
  return done.ok ? [] : Object.keys(done.errors);
};

describe('the register of definitions', () => {
  test('a change ends the row, adds another and keeps the history', async () => {
    await keep({ id: 'investment', unit: '亿元' });
    const [first] = rows();
    await keep({ id: 'investment', unit: '亿元', digits: 2 }, first!.rowId, 'li');
    expect(rows().map(({ id, digits }) => [id, digits])).toEqual([['investment', 2]]);
    expect(
      readDefinitionHistory(readerOf(db.raw), 'investment').map(({ digits, endedBy }) => [digits, endedBy]),
    ).toEqual([
      [2, null],
      [0, 'li'],
    ]);
  });

  test('a change that changes nothing writes nothing', async () => {
    await keep({ id: 'a' });
    const before = rows();
    await keep({ id: 'a' }, before[0]!.rowId, 'li');
    expect(rows()).toEqual(before);
  });

  test('two change the same: the second is told; the same id twice is refused', async () => {
    await keep({ id: 'a' });
    const { rowId } = rows()[0]!;
    await keep({ id: 'a', label: '甲' }, rowId);
    await expect(keep({ id: 'a', label: '乙' }, rowId)).rejects.toMatchObject({ code: 'conflict' });
    await expect(keep({ id: 'a', label: '丙' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(endDefinition(db, clock, rowId, 'zhao')).rejects.toMatchObject({ code: 'conflict' });
    expect(rows().map(({ label }) => label)).toEqual(['甲']);
  });

  const rate = (change: object = {}) => ({
    id: 'rate',
    nature: 'rate' as const,
    unit: '%' as const,
    denominator: '总数',
    numeratorId: 'done',
    denominatorIds: ['all'],
    ...change,
  });

  test('a rate is of known quantities of one unit, and not without a denominator', async () => {
    await keep({ id: 'done', unit: '项' });
    await keep({ id: 'all', unit: '项' });
    await keep({ id: 'money', unit: '万元' });
    expect(await faults(rate({ denominatorIds: [], denominator: null }))).toEqual([
      'denominator',
      'denominatorIds',
    ]);
    expect(await faults(rate({ denominatorIds: ['nothing'] }))).toEqual(['denominatorIds']);
    expect(await faults(rate({ denominatorIds: ['money'] }))).toEqual(['denominatorIds']);
    expect(await faults(rate({ numeratorId: 'nothing' }))).toEqual(['numeratorId']);
    expect(await faults(rate())).toEqual([]);
    expect(await faults(rate({ id: 'r2', numeratorId: 'rate' }))).toEqual(['numeratorId']);
  });

  test('what others refer to is not ended', async () => {
    await keep({ id: 'done', unit: '项' });
    await keep({ id: 'all', unit: '项' });
    await keep(rate());
    const of = (id: string) => rows().find((row) => row.id === id)!.rowId;
    await expect(endDefinition(db, clock, of('all'), 'li')).rejects.toMatchObject({ code: 'refused' });
    await endDefinition(db, clock, of('rate'), 'li');
    await endDefinition(db, clock, of('all'), 'li');
    expect(rows().map(({ id }) => id)).toEqual(['done']);
  });

  test('parts and steps never lead back to themselves, and count the same', async () => {
    await keep({ id: 'a' });
    await keep({ id: 'b', partOf: 'a', stepAfter: 'a' });
    const { rowId } = rows().find(({ id }) => id === 'a')!;
    const back = await keep({ id: 'a', partOf: 'b', stepAfter: 'b' }, rowId);
    expect(back.ok || Object.keys(back.errors)).toEqual(['partOf', 'stepAfter']);
    expect(await faults({ id: 'c', partOf: 'a', unit: '项' })).toEqual(['partOf']);
    expect(await faults({ id: 'c', stepAfter: 'none' })).toEqual(['stepAfter']);
  });

  test('a built-in indicator takes the words of the park, not another way of counting', async () => {
    await keep({ id: 'hnte.total', label: '国家高新技术企业', unit: '项', nature: 'flow', partOf: 'x' });
    expect(rows()[0]).toMatchObject({
      label: '国家高新技术企业',
      unit: '家',
      nature: 'stock',
      partOf: null,
    });
  });

  test('the unit stays within its kind once values are entered', async () => {
    await keep({ id: 'a', unit: '亿元' });
    await enter.value('a', year(2025), '1', '亿元');
    const { rowId } = rows()[0]!;
    const other = await keep({ id: 'a', unit: '家' }, rowId);
    expect(other.ok || Object.keys(other.errors)).toEqual(['unit']);
    expect(await keep({ id: 'a', unit: '万元' }, rowId)).toEqual({ ok: true });
    const book = openBook(db, { asOf: TODAY, mode: 'ytd', park: null, parkIds: null });
    expect(printed(book.figure('a')!.reported.value!, { digits: 0 })).toBe('10000万元');
  });
});

describe('values', () => {
  const value = (change: Partial<NewValue> = {}): NewValue => ({
    indicator: 'a',
    ...year(2025),
    parkId: null,
    value: '42.63',
    absence: null,
    unit: '亿元',
    qualifier: null,
    source: '月报',
    knownAt: '2026-01-20',
    note: null,
    ...change,
  });
  const refused = async (change: Partial<NewValue>) => {
    const done = await enterValue(db, clock, value(change), 'wang');
    return done.ok ? [] : Object.keys(done.errors);
  };
  beforeEach(async () => {
    await keep({ id: 'a', unit: '亿元' });
    await keep({ id: 'stock', nature: 'stock' });
  });

  test('a correction needs a reason, is a further row, and the later one counts', async () => {
    expect(await enterValue(db, clock, value(), 'wang')).toMatchObject({ ok: true });
    expect(await enterValue(db, clock, value(), 'li')).toMatchObject({ ok: true, id: null });
    expect(await refused({ value: '42.64' })).toEqual(['note']);
    expect(await refused({ value: '42.64', note: '年报核定' })).toEqual([]);
    const reader = readerOf(db.raw);
    expect(readValueRows(reader, null).map((row) => row.value)).toEqual(['42.64']);
    expect(readValueHistory(reader, 'a').map((row) => row.value)).toEqual(['42.64', '42.63']);
  });

  test('as known before the correction, the first value counts', async () => {
    const early = fixedClock('2026-02-01T02:00:00.000Z');
    await keepDefinition(db, early, definition({ id: 'b' }), { actor: 'x', replaces: null });
    await enterValue(db, early, value({ indicator: 'b', unit: '家', value: '1' }), 'wang');
    await enterValue(db, clock, value({ indicator: 'b', unit: '家', value: '2', note: '更正' }), 'wang');
    const read = (at: string | null) =>
      readValueRows(readerOf(db.raw), null, at)
        .filter(({ indicator }) => indicator === 'b')
        .map((row) => row.value);
    expect([read('2026-01-31T00:00:00.000Z'), read('2026-02-01T02:00:00.000Z'), read(null)]).toEqual([
      [],
      ['1'],
      ['2'],
    ]);
  });

  test.each([
    [{ value: 'x' }, 'value'],
    [{ value: null }, 'value'],
    [{ value: '1'.repeat(25) }, 'value'],
    [{ value: '1', absence: 'notReported' as const }, 'value'],
    [{ absence: 'none' as never, value: null }, 'absence'],
    [{ unit: '家' }, 'unit'],
    [{ unit: '头' }, 'unit'],
    [{ qualifier: '大约' }, 'qualifier'],
    [{ source: ' ' }, 'source'],
    [{ toOn: '2026-05-07' }, 'toOn'],
    [{ toOn: '2025-02-30' }, 'toOn'],
    [{ fromOn: '2026-01-01' }, 'fromOn'],
    [{ knownAt: '2026-05-07' }, 'knownAt'],
    [{ parkId: 99 }, 'parkId'],
    [{ indicator: 'none' }, ''],
    [{ indicator: 'hnte.total' }, ''],
    [{ indicator: 'stock', unit: '家' }, 'fromOn'],
  ])('%o is refused', async (change, field) => {
    expect(await refused(change)).toEqual([field]);
  });

  test.each([
    { toOn: TODAY, fromOn: '2026-01-01', knownAt: TODAY },
    { value: '1'.repeat(24) },
    { value: '-6.8' },
    { value: null, absence: 'notReported' as const },
    { value: null, absence: 'notApplicable' as const },
    { qualifier: '近' },
    { unit: '万元' },
  ])('%o is taken', async (change) => expect(await refused(change)).toEqual([]));
});

describe('targets', () => {
  const target = (change = {}) => ({
    indicator: 'hnte.total',
    ...year(2026),
    parkId: null,
    value: '620',
    unit: '家',
    name: '年度任务',
    reference: '工作报告',
    ...change,
  });
  const reader = () => readerOf(db.raw);
  const standing = () => readTargetRows(reader(), null).map(({ value }) => value);

  test('a change ends the old one; the history stays', async () => {
    await setTarget(db, clock, target(), { actor: 'wang' });
    const { id } = readTargetRows(reader(), null)[0]!;
    expect(await setTarget(db, clock, target({ value: '640' }), { actor: 'li' })).toMatchObject({
      ok: false,
    });
    await setTarget(db, clock, target({ value: '640' }), { actor: 'li', replaces: id });
    expect(standing()).toEqual(['640']);
    await expect(
      setTarget(db, clock, target({ value: '650', toOn: '2026-11-30' }), { actor: 'li', replaces: id }),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect(readTargetHistory(reader(), 'hnte.total').map(({ endedBy }) => endedBy)).toEqual([null, 'li']);
  });

  test('an ended target is gone, and ends once', async () => {
    await setTarget(db, clock, target(), { actor: 'wang' });
    const { id } = readTargetRows(reader(), null)[0]!;
    await endTarget(db, clock, id, 'li');
    expect(standing()).toEqual([]);
    await expect(endTarget(db, clock, id, 'li')).rejects.toMatchObject({ code: 'conflict' });
  });

  test.each([
    [{ value: '0' }, 'value'],
    [{ value: 'many' }, 'value'],
    [{ unit: '项' }, 'unit'],
    [{ name: '' }, 'name'],
    [{ reference: '' }, 'reference'],
    [{ fromOn: '2027-01-01' }, 'fromOn'],
    [{ toOn: '' }, 'toOn'],
    [{ parkId: 7 }, 'parkId'],
    [{ indicator: 'none' }, ''],
  ])('%o is refused', async (change, field) => {
    const done = await setTarget(db, clock, target(change), { actor: 'wang' });
    expect(done.ok || Object.keys(done.errors)).toEqual([field]);
    expect(standing()).toEqual([]);
  });
});
