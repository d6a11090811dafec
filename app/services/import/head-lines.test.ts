import { describe, expect, test } from 'vitest';
import { chooseTable } from './choose.ts';
import { isUnitLine, joinHeads, unitAbove, withUnits } from './head-lines.ts';
import type { Cell } from './cells.ts';

const sheet = (...head: Cell[][]) => [{ name: 'S', head, count: head.length }];
const unitOf = (table: ReturnType<typeof chooseTable>, header: string) =>
  table.plan.columns.find((c) => c.header === header)?.unit;

describe('the unit of amounts', () => {
  const HEADERS = ['企业名称', '年度', '营业收入', '职工总数'];
  const DATA = ['甲公司', 2021, 12, 30];

  test('stands in the line under the headers, which is no row of data', () => {
    const table = chooseTable(sheet(HEADERS, [null, null, '（万元）', '（人）'], DATA), null, null);
    expect(table.headerRow).toBe(1);
    expect(table.headers).toEqual(['企业名称', '年度', '营业收入（万元）', '职工总数（人）']);
    expect(unitOf(table, '营业收入（万元）')).toBe(4);
    expect(table.unitless).toEqual([]);
  });

  test.each(['单位：万元', '2021 年主要指标（单位:万元）', '企业经营情况（万元）'])(
    'stands above the table (%s) and counts for amounts alone',
    (note) => {
      const table = chooseTable(sheet([note], HEADERS, DATA), null, null);
      expect(unitOf(table, '营业收入')).toBe(4);
      expect(unitOf(table, '职工总数')).toBe(0);
      expect(table.unitless).toEqual([]);
      // The rejected rows come back in a table that has no line above it any more.
      expect(table.headers).toContain('营业收入（万元）');
    },
  );

  test('is missing and told, unless somebody chooses one or the header is an English key', () => {
    expect(chooseTable(sheet(HEADERS, DATA), null, null).unitless).toEqual(['营业收入']);
    const chosen = chooseTable(sheet(HEADERS, DATA), null, null, 4);
    expect(chosen.unitless).toEqual([]);
    expect(unitOf(chosen, '营业收入')).toBe(4);
    expect(chooseTable(sheet(['uscc', 'year', 'operatingRevenue']), null, null).unitless).toEqual([]);
  });

  test('of the header itself goes before the one above the table and the one chosen', () => {
    const table = chooseTable(
      sheet(['单位：元'], ['企业名称', '年度', '营业收入（亿元）'], DATA),
      null,
      null,
      4,
    );
    expect(unitOf(table, '营业收入（亿元）')).toBe(8);
  });

  test('of two notes that differ is none', () => {
    expect(unitAbove([['单位：万元', '单位：元']])).toBeNull();
  });

  test('a row with anything but units is data', () => {
    expect(isUnitLine([null, '万元', '%'])).toBe(true);
    expect(isUnitLine(['甲公司', '万元'])).toBe(false);
    expect(isUnitLine([null, '', null])).toBe(false);
    expect(isUnitLine([2021])).toBe(false);
  });

  test('a remark in brackets is no unit', () => {
    expect(withUnits(['营业收入（审计口径）'], ['万元'])).toEqual(['营业收入（审计口径）（万元）']);
    expect(withUnits(['营业收入（元）'], ['万元'])).toEqual(['营业收入（元）']);
  });
});

describe('headers on two lines', () => {
  const TOP = ['企业名称', '统一社会信用代码', '2020年', null, '2021年', null];
  const LOW = [null, null, '营业收入（万元）', '研发费用（万元）', '营业收入（万元）', '研发费用（万元）'];

  test('a merged year reaches over its columns', () => {
    const table = chooseTable(sheet(['标题'], TOP, LOW, ['甲公司', 'X', 1, 2, 3, 4]), null, null);
    expect(table).toMatchObject({ kind: 'figures', headerRow: 2 });
    expect(table.headers.slice(2)).toEqual([
      '2020年营业收入（万元）',
      '2020年研发费用（万元）',
      '2021年营业收入（万元）',
      '2021年研发费用（万元）',
    ]);
  });

  test('a group that is no year leaves the header below as it is', () => {
    expect(joinHeads(['企业名称', '经营情况', null], [null, '营业收入', '净利润'])).toEqual([
      '企业名称',
      '营业收入',
      '净利润',
    ]);
  });

  test('a first row of data is not taken for headers', () => {
    const table = chooseTable(sheet(['企业名称', '年度', '营业收入（元）'], ['甲公司', 2021, 3]), null, null);
    expect(table.headerRow).toBe(0);
  });
});
