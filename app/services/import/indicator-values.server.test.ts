// A template of the park's own indicators, filled in, comes in row by row; what is refused comes back with its reason.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import exceljs from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type Db } from '../../db/clients.server.ts';
import { readValueHistory } from '../../db/indicator-rows.server.ts';
import { readerOf } from '../../db/fact-rows.server.ts';
import { systemClock } from '../../db/clock.ts';
import { importJob } from '../../queries/imports.server.ts';
import type { IndicatorDefinition } from '../../pipeline/figures/definition.ts';
import { keepDefinition } from '../indicators.server.ts';
import { createPark } from '../parks.server.ts';
import { VALUE_COLUMNS } from './indicator-columns.ts';
import { importIndicatorValues, valueTemplate } from './indicator-values.server.ts';
import { readRemarks } from './remarks.ts';

const clock = { ...systemClock, today: () => '2026-10-10' };
const DEFINITION: IndicatorDefinition = {
  id: 'income',
  label: '总收入',
  nature: 'flow',
  unit: '亿元',
  numerator: '规模以上高新技术企业总收入',
  denominator: null,
  numeratorId: null,
  denominatorIds: [],
  scope: '全区',
  rounding: 'halfUp',
  digits: 2,
  rateDigits: 1,
  source: '统计',
  owner: '园区',
  partOf: null,
  stepAfter: null,
};

let folder: string;
let db: Db;
let park: number;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-values-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
let count = 0;
beforeEach(async () => {
  count += 1;
  const file = path.join(folder, String(count), 'x.db');
  fs.mkdirSync(path.dirname(file));
  db = openDatabase(file, { mode: 'write', create: true, migrate: true });
  park = await createPark(db, { clock, actor: 'li' }, { code: 'G1', name: '一园' });
  const definitions = [
    DEFINITION,
    { ...DEFINITION, id: 'space', label: '载体面积', nature: 'stock', unit: '万平方米' },
  ];
  for (const each of definitions as IndicatorDefinition[])
    expect(await keepDefinition(db, clock, each, { actor: 'li', replaces: null })).toMatchObject({
      ok: true,
    });
  return () => db.close();
});

type Row = Readonly<Record<string, exceljs.CellValue>>;
const FIRST: Row = {
  指标: '总收入',
  首日: '2026-01-01',
  末日: '2026-06-30',
  数值: 446.43,
  来源: '火炬快报',
  知悉日期: '2026-07-20',
};

/** A sheet with these rows under the headers; the template itself where it is given. */
async function filled(rows: readonly Row[], template?: Buffer): Promise<Uint8Array> {
  const book = new exceljs.Workbook();
  if (template) await book.xlsx.load(template as unknown as ArrayBuffer);
  else book.addWorksheet('数值').addRow(Object.values(VALUE_COLUMNS).map(({ label }) => label));
  const sheet = book.worksheets[0]!;
  const headers = (sheet.getRow(1).values as string[]).map((header) => header?.replace('*', ''));
  rows.forEach((row, i) =>
    Object.entries(row).forEach(([header, value]) => {
      expect(headers).toContain(header);
      sheet.getCell(i + 2, headers.indexOf(header)).value = value;
    }),
  );
  return new Uint8Array(await book.xlsx.writeBuffer());
}

async function imported(bytes: Uint8Array, name = '数值.xlsx') {
  const job = importJob(db, await importIndicatorValues(db, clock, { name, bytes, actor: 'li' }))!;
  const { created, updated, unchanged, rejected, rejectedFile } = job;
  const reasons = readRemarks(job.remarks)!.rejected.map(({ reason }) => reason);
  return { counts: { created, updated, unchanged, rejected }, reasons, rejectedFile };
}
const sheetOf = (rows: readonly Row[]) => filled(rows).then((bytes) => imported(bytes));
const values = (indicator: string) =>
  readValueHistory(readerOf(db.raw), indicator).map(
    ({ fromOn, toOn, parkId, value, absence, unit, qualifier }) => {
      const own = { fromOn, toOn, parkId, value, absence, unit, qualifier };
      return own;
    },
  );

test('the template has a column for every field, and the park’s own choices', async () => {
  const book = new exceljs.Workbook();
  await book.xlsx.load((await valueTemplate(db)) as unknown as ArrayBuffer);
  const headers = (book.worksheets[0]!.getRow(1).values as string[]).slice(1);
  expect(headers.map((header) => header.replace('*', ''))).toEqual(
    Object.values(VALUE_COLUMNS).map(({ label }) => label),
  );
  const choices = book.getWorksheet('选项')!;
  expect((choices.getColumn(1).values as string[]).slice(1)).toEqual(['总收入', '载体面积']);
  expect(book.getWorksheet('填写说明')!.getColumn(1).values).toContain('更正理由');
});

test('rows come in; again they change nothing', async () => {
  const rows = [
    FIRST,
    { ...FIRST, 园区: '一园', 数值: '１，２３４.５', 单位: '万元', 限定词: '约' },
    { 指标: '载体面积', 末日: '2026年6月30日', 数值: 0, 来源: '规划', 知悉日期: '2026-07-20' },
    { ...FIRST, 末日: '2026-09-30', 数值: '未报送' },
  ];
  expect(await imported(await filled(rows, await valueTemplate(db)))).toMatchObject({
    counts: { created: 4, updated: 0, unchanged: 0, rejected: 0 },
    rejectedFile: null,
  });
  const span = { fromOn: '2026-01-01', toOn: '2026-06-30' };
  const plain = { parkId: null, absence: null, unit: '亿元', qualifier: null };
  expect(values('income')).toEqual([
    { ...plain, fromOn: '2026-01-01', toOn: '2026-09-30', value: null, absence: 'notReported' },
    { ...plain, ...span, parkId: park, value: '1234.5', unit: '万元', qualifier: '约' },
    { ...plain, ...span, value: '446.43' },
  ]);
  expect(values('space')).toEqual([
    { ...plain, fromOn: '2026-06-30', toOn: '2026-06-30', value: '0', unit: '万平方米' },
  ]);
  expect((await sheetOf(rows)).counts).toEqual({ created: 0, updated: 0, unchanged: 4, rejected: 0 });
  expect(values('income')).toHaveLength(3);
});

test('a correction needs its reason; the workbook that comes back can be mended and imported', async () => {
  await sheetOf([FIRST]);
  const { counts, reasons, rejectedFile } = await sheetOf([{ ...FIRST, 数值: 450 }]);
  expect(counts).toEqual({ created: 0, updated: 0, unchanged: 0, rejected: 1 });
  expect(reasons).toEqual([expect.stringMatching(/^更正理由：.*请写明理由/)]);
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(rejectedFile!);
  const sheet = book.worksheets[0]!;
  const headers = sheet.getRow(1).values as string[];
  expect(sheet.getCell(2, headers.indexOf('错误说明')).value).toBe(reasons[0]);
  sheet.getCell(2, headers.indexOf('更正理由')).value = '年报更正';
  const mended = await imported(new Uint8Array(await book.xlsx.writeBuffer()));
  expect(mended.counts).toEqual({ created: 0, updated: 1, unchanged: 0, rejected: 0 });
  expect(values('income').map(({ value }) => value)).toEqual(['450', '446.43']);
});

describe('rows that are refused', () => {
  test.each<[string, Row, RegExp]>([
    ['an indicator that is not in the register', { 指标: '总产值' }, /^指标：“总产值”应为：总收入、载体面积/],
    ['one that the program counts itself', { 指标: '高企总数' }, /^指标：/],
    ['no indicator', { 指标: null }, /^缺少指标/],
    ['no value', { 数值: null }, /数值：请填写数字/],
    ['a value that is none', { 数值: '四百' }, /数值：请填写数字/],
    ['a value beside its absence', { 没有数值: '不适用' }, /数值：未报送或不适用的，不填数值/],
    ['a unit of another kind', { 单位: '家' }, /单位：口径的单位为亿元/],
    ['an unknown unit', { 单位: '斤' }, /单位：“斤”应为/],
    ['a park that is none', { 园区: '二园' }, /园区：“二园”应为：一园/],
    ['a day that is none', { 末日: '2026-02-30' }, /末日：日期“2026-02-30”不存在/],
    ['a day to come', { 末日: '2026-10-11' }, /末日：不能晚于今天/],
    ['days the wrong way round', { 首日: '2026-07-01' }, /首日：首日不能晚于末日/],
    ['a flow without its first day', { 首日: null }, /首日：/],
    ['no source', { 来源: null }, /来源：请填写来源/],
    ['no day on which it was known', { 知悉日期: null }, /知悉日期：/],
  ])('%s', async (_, change, reason) => {
    const { counts, reasons } = await sheetOf([{ ...FIRST, ...change }]);
    expect(counts).toMatchObject({ created: 0, rejected: 1 });
    expect(reasons).toEqual([expect.stringMatching(reason)]);
    expect(values('income')).toEqual([]);
  });

  test('a stock of more than one day', async () => {
    const { reasons } = await sheetOf([{ ...FIRST, 指标: '载体面积' }]);
    expect(reasons).toEqual(['首日：时点存量只有一个截至日']);
  });

  test('the others of the file come in all the same, blank rows are passed over', async () => {
    const { counts } = await sheetOf([{ ...FIRST, 数值: null }, {}, FIRST]);
    expect(counts).toEqual({ created: 1, updated: 0, unchanged: 0, rejected: 1 });
  });
});

test('a csv with other headers, and a title above them', async () => {
  const text =
    '2026年上半年\n指标名称,截至日,起始日,数值,数据来源,知悉日期,备注\n总收入,2026/6/30,2026/1/1,"1,446.4",快报,2026/7/20,x\n';
  expect((await imported(Buffer.from(text), '数.csv')).counts).toMatchObject({ created: 1 });
  expect(values('income')).toMatchObject([{ value: '1446.4' }]);
});

test.each([
  ['no such headers', '数.csv', '企业名称,营业收入\n甲,1\n', '没有找到表头'],
  ['an empty file', '数.csv', '', '文件是空的'],
  ['another kind of file', '数.pdf', '%PDF', '不能读取'],
])('%s is refused as a whole, and nothing is left behind', async (_, name, text, words) => {
  await expect(imported(Buffer.from(text), name)).rejects.toThrow(words);
  expect(importJob(db, 1)).toBeUndefined();
  const files = path.join(path.dirname(db.file), 'files');
  expect(fs.existsSync(files) ? fs.readdirSync(files) : []).toEqual([]);
});
