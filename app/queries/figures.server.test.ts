import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { certified, entering, year } from '../../tests/figures.ts';
import type { EventInput } from '../../machines/events.ts';
import type { Db } from '../db/clients.server.ts';
import { printed } from '../pipeline/figures/quantity.ts';
import { printedChange } from '../pipeline/figures/relations.ts';
import { openBook, type Mode } from './figures.server.ts';
import { readForecast } from './forecast.server.ts';
import { lineOf, sentenceOf } from './indicator-lines.server.ts';
import { indicatorsPage } from './indicators-page.server.ts';

afterEach(closeTestDatabases);
let db: Db;
let enter: ReturnType<typeof entering>;
const begin = (today: string) => {
  enter = entering(db, today);
};
beforeEach(() => {
  db = testDatabase();
  begin('2026-06-30');
});

const book = (asOf: string, mode: Mode = 'ytd', change: { park?: string; parkIds?: number[] } = {}) =>
  openBook(db, { asOf, mode, park: change.park ?? null, parkIds: change.parkIds ?? null });
const value = (indicator: string, asOf: string, mode: Mode = 'ytd') => {
  const { reported } = book(asOf, mode).figure(indicator)!;
  return reported.value && printed(reported.value);
};
const event = (
  enterpriseId: number,
  type: EventInput['type'],
  effectiveOn: string,
  payload: object = {},
): EventInput => ({
  enterpriseId,
  scheme: 'hnte',
  type,
  effectiveOn,
  actor: 'test',
  payload: { verdict: null, ...payload },
});

describe('which days a figure speaks of', () => {
  beforeEach(async () => {
    await enter.define({ id: 'flow', unit: '项' });
    await enter.define({ id: 'stock', unit: '项', nature: 'stock' });
    for (const [from, to, n] of [
      ['2025-01-01', '2025-03-31', '8'],
      ['2026-01-01', '2026-03-31', '10'],
      ['2026-04-01', '2026-05-31', '4'],
      ['2026-01-01', '2026-05-31', '14'],
    ] as const) {
      await enter.value('flow', { fromOn: from, toOn: to }, n, '项');
    }
  });

  test('the latest cumulative one up to the day, the day itself included', () => {
    expect(value('flow', '2026-05-31')).toBe('14项');
    expect(value('flow', '2026-05-30')).toBe('10项');
    expect(value('flow', '2026-03-30')).toBe('8项');
    expect(value('flow', '2025-03-30')).toBeNull();
  });

  test('its change is against the same days a year before, and against nothing where there are none', () => {
    const change = (asOf: string) => book(asOf).figure('flow')!.yearChange;
    expect(printedChange(change('2026-04-30'))).toBe('+25.0%');
    expect(change('2026-05-31')).toMatchObject({ kind: 'none', why: 'base' });
  });

  test('by the quarter: its own days, against the quarter before; cumulative ones have no 环比', () => {
    expect(value('flow', '2026-05-31', 'quarter')).toBe('4项');
    expect(value('flow', '2026-04-30', 'quarter')).toBe('10项');
    expect(book('2026-05-31', 'quarter').figure('flow')!.previousChange).toMatchObject({ why: 'base' });
    expect(book('2026-05-31').figure('flow')!.previousChange).toBeNull();
  });

  test('a stock is the latest up to the day; absent ones say why', async () => {
    const on = (day: string) => ({ fromOn: day, toOn: day });
    await enter.value('stock', on('2026-03-31'), '5', '项');
    await enter.value('stock', on('2026-04-30'), null as never, '项', { absence: 'notReported' });
    const line = (asOf: string) => lineOf(book(asOf).figure('stock')!, null).text;
    expect([line('2026-03-30'), line('2026-03-31'), line('2026-04-30')]).toEqual(['—', '5项', '未报送']);
  });

  test('what was entered for a park is not the whole area’s', async () => {
    const id = await enter.park('P', '一园');
    await enter.value('flow', { fromOn: '2026-01-01', toOn: '2026-05-31' }, '3', '项', { parkId: id });
    const own = book('2026-05-31', 'ytd', { park: 'P', parkIds: [id] }).figure('flow')!;
    expect(printed(own.reported.value!)).toBe('3项');
    expect(value('flow', '2026-05-31')).toBe('14项');
  });
});

test('a target counts in its own days alone', async () => {
  await enter.define({ id: 'flow', unit: '项' });
  await enter.value('flow', { fromOn: '2026-01-01', toOn: '2026-03-31' }, '10', '项');
  await enter.target('flow', year(2026), '40', '项');
  const line = (asOf: string) => lineOf(book(asOf).figure('flow')!, null).target?.completion;
  expect([line('2026-03-31'), line('2025-12-31')]).toEqual(['25.0%', undefined]);
});

test('a quarter is held against a yearly target by what came since January, and says so', async () => {
  await enter.define({ id: 'flow', unit: '项' });
  for (const [fromOn, toOn, n] of [
    ['2026-01-01', '2026-03-31', '10'],
    ['2026-04-01', '2026-06-30', '4'],
    ['2026-01-01', '2026-06-30', '14'],
  ] as const)
    await enter.value('flow', { fromOn, toOn }, n, '项');
  await enter.target('flow', year(2026), '40', '项');
  const shown = (asOf: string, mode: Mode) => {
    const line = lineOf(book(asOf, mode).figure('flow')!, null);
    return [line.text, line.target!.completion, line.target!.remaining, line.target!.progress];
  };
  expect(shown('2026-06-30', 'ytd')).toEqual(['14项', '35.0%', '尚差26项', null]);
  expect(shown('2026-06-30', 'quarter')).toEqual(['4项', '35.0%', '尚差26项', '2026年上半年 14项']);
  // The first quarter is all there is of the year.
  expect(shown('2026-03-31', 'quarter')).toEqual(['10项', '25.0%', '尚差30项', null]);
  const sentence = sentenceOf(
    book('2026-06-30', 'quarter'),
    book('2026-06-30', 'quarter').figure('flow')!,
    null,
  );
  expect(sentence).toBe('2026年二季度，flow4项，2026年上半年累计14项，完成年度任务的35%。');
});

test('of a quarter whose year so far was not reported no completion is said', async () => {
  await enter.define({ id: 'flow', unit: '项' });
  await enter.value('flow', { fromOn: '2026-04-01', toOn: '2026-06-30' }, '4', '项');
  await enter.target('flow', year(2026), '40', '项');
  const { target } = lineOf(book('2026-06-30', 'quarter').figure('flow')!, null);
  expect([target!.completion, target!.progress]).toEqual(['未报送', '2026年上半年 —']);
});

test('a rate without its denominator is refused in words, and counted once it is there', async () => {
  await enter.define({ id: 'solved', unit: '项' });
  await enter.define({ id: 'raised', unit: '项' });
  await enter.define({
    id: 'rate',
    nature: 'rate',
    unit: '%',
    denominator: '提出的诉求',
    numeratorId: 'solved',
    denominatorIds: ['raised'],
  });
  const days = { fromOn: '2026-01-01', toOn: '2026-05-31' };
  await enter.value('solved', days, '1666', '项');
  const line = () => lineOf(book('2026-06-30').figure('rate')!, null);
  expect([line().text, line().rates[0]!.text]).toEqual(['未报送总数，不计算', '未报送总数，不计算']);
  expect(indicatorsPage(db, scope('2026-06-30'), 'ytd').sentences.join()).not.toContain('rate');
  await enter.value('raised', days, '2000', '项');
  expect(line().text).toBe('83.3%');
});

const scope = (asOf: string) => ({ park: null, parkName: null, parkIds: null, asOf, isToday: false });

test('a whole that its parts do not make up asks for its definition; an unknown part leaves it open', async () => {
  const days = { fromOn: '2026-01-01', toOn: '2026-05-31' };
  await enter.define({ id: 'whole', unit: '项' });
  await enter.define({ id: 'a', unit: '项', partOf: 'whole' });
  await enter.define({ id: 'b', unit: '项', partOf: 'whole' });
  await enter.value('whole', days, '34', '项');
  await enter.value('a', days, '21', '项');
  const check = () =>
    indicatorsPage(db, scope('2026-05-31'), 'ytd').partitions.find(({ id }) => id === 'whole');
  expect(check()).toMatchObject({ balanced: null });
  await enter.value('b', days, '12', '项');
  expect(check()).toMatchObject({ balanced: false, check: '34≠21＋12，相差1项，请说明口径' });
  await enter.value('b', days, '13', '项', { note: '更正' });
  expect(check()).toMatchObject({ balanced: true, check: '34＝21＋13' });
});

describe('counts of titles', () => {
  test('each enterprise once over several schemes, whichever is the larger', async () => {
    const ids = await enter.enterprises(10);
    await enter.events([
      ...certified(ids.slice(0, 6), 'srdi', '2025-01-01', { validUntil: '2026-03-31' }),
      ...certified(ids.slice(4, 9), 'giant', '2025-01-01'),
    ]);
    expect([value('srdi.all', '2026-03-31'), value('srdi.all', '2026-04-01')]).toEqual(['9家', '5家']);
    expect([value('tiers.times', '2026-03-31'), value('tiers.times', '2026-04-01')]).toEqual([
      '11家(次)',
      '5家(次)',
    ]);
    expect([value('srdi.expired', '2026-03-31'), value('srdi.expired', '2026-04-01')]).toEqual([
      '0家',
      '6家',
    ]);
  });

  test('a moved enterprise counts where it was on the day', async () => {
    const [from, to] = [await enter.park('A', '甲园'), await enter.park('B', '乙园')];
    const [id] = await enter.enterprises(1, '甲园');
    await enter.events([
      ...certified([id!], 'srdi', '2025-01-01'),
      ...certified([id!], 'giant', '2025-01-01'),
      { ...event(id!, 'moved', '2026-02-01', { from, to }), scheme: null },
    ]);
    const count = (park: number, asOf: string) =>
      printed(book(asOf, 'ytd', { parkIds: [park] }).figure('srdi.all')!.reported.value!);
    expect([count(from, '2026-01-31'), count(from, '2026-02-01')]).toEqual(['1家', '0家']);
    expect([count(to, '2026-01-31'), count(to, '2026-02-01')]).toEqual(['0家', '1家']);
  });
});

describe('the forecast of a stock', () => {
  // A year before: 25 publicised of whom 20 were recognised, 20 ends of whom 15 were renewed.
  async function history(publicised = 25) {
    const before = await enter.enterprises(publicised);
    await enter.events([
      ...before.map((id) => event(id, 'publicise', '2025-06-01')),
      ...certified(before.slice(0, publicised - 5), 'hnte', '2025-10-01', { validUntil: '2028-09-30' }),
      ...before.slice(publicised - 5).map((id) => event(id, 'refuse', '2025-11-01')),
    ]);
    const ends = await enter.enterprises(20);
    await enter.events([
      ...certified(ends, 'hnte', '2022-10-01', { validUntil: '2025-09-30' }),
      ...ends.map((id) => event(id, 'due', '2025-04-03')),
      ...ends.slice(0, 15).map((id) => event(id, 'renew', '2025-09-01', { validUntil: '2028-09-30' })),
      ...ends.slice(15).map((id) => event(id, 'expire', '2025-10-01')),
    ]);
    const now = await enter.enterprises(5);
    await enter.events([
      ...certified(now.slice(0, 3), 'hnte', '2023-10-01', { validUntil: '2026-09-30' }),
      ...now.slice(3).map((id) => event(id, 'publicise', '2026-06-01')),
    ]);
  }
  const forecast = (target: number | null = null) => {
    const asOf = '2026-06-30';
    const stock = Number(book(asOf).figure('hnte.total')!.reported.value!.value.num);
    return readForecast(db, { scheme: 'hnte', asOf, until: '2026-12-31', parkIds: null, stock, target });
  };

  test('from who is under way and whose title ends, by how such cases went', async () => {
    await history();
    const { result, groups } = forecast(40);
    expect(groups.map(({ id, open, trials, successes }) => [id, open, trials, successes])).toEqual([
      ['keep', 3, 20, 15],
      ['publicised', 2, 25, 20],
    ]);
    if (result.kind !== 'distribution') throw new Error('a distribution was expected');
    expect([result.lowest, result.highest]).toEqual([35, 40]);
    expect(result.expected).toBeCloseTo(35 + 2 * 0.8 + 3 * 0.75, 10);
    expect(result.reach).toBeCloseTo(0.8 ** 2 * 0.75 ** 3, 10);
    expect(result.deciding).toHaveLength(5);
  });

  test('one comparable case fewer than twenty gives a range', async () => {
    await history(19);
    const { result } = forecast();
    expect(result.kind === 'range' && result.thin.map(({ id, trials }) => [id, trials])).toEqual([
      ['publicised', 19],
    ]);
  });
});
