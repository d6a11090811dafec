import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as sheetjs from '@e965/xlsx';
import exceljs from 'exceljs';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../../tests/database.ts';
import { loadFacts } from '../../queries/facts.server.ts';
import { fixedClock, readerOf, type Db } from '../database.server.ts';
import { factsList, TABLE_KINDS } from '../export-facts.server.ts';
import { writeListFile } from '../export.server.ts';
import { importTemplate } from '../template.server.ts';
import { enterpriseIdOf } from '../facts.server.ts';
import { verify } from '../verify.server.ts';
import { readWorkbook } from './workbook.ts';
import { importFile, type ImportInput } from './import.server.ts';

// Each workbook is read in a thread of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const clock = fixedClock('2026-05-06T02:00:00.000Z');
const [A, B, C] = ['91110108MA001007X3', '914401017142188882', '91330200736952581D'];
let folder: string;
let db: Db;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-import-'));
  db = testDatabase();
});
afterEach(async () => {
  await closeTestDatabases();
  fs.rmSync(folder, { recursive: true, force: true });
});

function fileOf(name: string, content: string | Buffer): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, content);
  return file;
}

async function run(file: string, more: Partial<ImportInput> = {}) {
  const { created, updated, unchanged, rejected, flagged, empty, rejectedFile } = await importFile(
    db,
    clock,
    {
      file,
      actor: 'test',
      ...more,
    },
  );
  return { counts: { created, updated, unchanged, rejected, flagged, empty }, rejectedFile };
}

const counts = (
  created: number,
  updated: number,
  unchanged: number,
  rejected: number,
  flagged = 0,
  empty = 0,
) => ({
  created,
  updated,
  unchanged,
  rejected,
  flagged,
  empty,
});

const facts = (uscc: string) => loadFacts(db, enterpriseIdOf(readerOf(db.raw), { uscc })!);
const rowsOf = (table: string) =>
  (db.raw.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;

const REGISTER = `统一社会信用代码,企业名称,成立日期,曾用名\n${A},甲（北京）科技有限公司,2018/3/12,旧甲科技有限公司\n${B},乙股份有限公司,2000-04-18,\n`;

describe('reading', () => {
  test.each([
    ['UTF-8', Buffer.from(REGISTER)],
    ['UTF-8 with byte order mark', Buffer.from(`\ufeff${REGISTER}`)],
    ['GB18030', iconv.encode(REGISTER, 'gb18030')],
    ['UTF-16', iconv.encode(REGISTER, 'utf16le', { addBOM: true })],
    ['tabs', Buffer.from(REGISTER.replaceAll(',', '\t'))],
    ['Windows line ends', Buffer.from(REGISTER.replaceAll('\n', '\r\n'))],
  ])('csv: %s', async (_what, bytes) => {
    expect((await run(fileOf('r.csv', bytes))).counts).toEqual(counts(2, 0, 0, 0));
    expect(facts(A)).toMatchObject({
      name: '甲（北京）科技有限公司',
      registeredOn: '2018-03-12',
      formerNames: ['旧甲科技有限公司'],
    });
  });

  test.each(['xlsx', 'biff8', 'html'] as const)(
    'workbook: %s, its headers below a title, its dates as dates',
    async (bookType) => {
      const sheet = sheetjs.utils.aoa_to_sheet([
        ['某园区企业名单'],
        [],
        ['统一社会信用代码', '企业名称', '成立日期'],
        [A, '甲', 43171],
      ]);
      sheet.C4.z = 'yyyy/m/d';
      const book = sheetjs.utils.book_new();
      sheetjs.utils.book_append_sheet(book, sheetjs.utils.aoa_to_sheet([['说明'], ['请填写']]), '说明');
      sheetjs.utils.book_append_sheet(book, sheet, '名单');
      const bytes = sheetjs.write(
        bookType === 'html' ? { SheetNames: ['名单'], Sheets: { 名单: sheet } } : book,
        { bookType, type: 'buffer' },
      ) as Buffer;
      expect((await run(fileOf('名单.xls', bytes))).counts).toEqual(counts(1, 0, 0, 0));
      expect(facts(A).registeredOn).toBe('2018-03-12');
    },
  );

  test('blank rows are unchanged and counted as empty', async () => {
    const file = fileOf('r.csv', `${REGISTER}\n,,,\n${C},丙有限公司,,\n`);
    expect((await run(file)).counts).toEqual(counts(3, 0, 2, 0, 0, 2));
  });

  test.each([
    ['', '空的'],
    ['姓名,电话\n张三,1\n', '没有找到可识别的表头'],
    ['企业名称,备注\n甲,1\n', '看不出表的内容'],
    ['PK\u0003\u0004 not a zip', '工作簿打不开'],
  ])('%j is refused as a whole', async (content, reason) => {
    await expect(run(fileOf('x.csv', content))).rejects.toMatchObject({
      userMessage: expect.stringContaining(reason),
    });
    expect(rowsOf('ImportJob')).toBe(0);
  });
});

describe('enterprises named in figures', () => {
  const figures = (name: string, revenue = '1') =>
    fileOf('f.csv', `企业名称,年度,销售收入（万元）\n${name},2024,${revenue}\n`);
  beforeEach(() => run(fileOf('r.csv', REGISTER)));

  test.each([
    '甲(北京)科技有限责任公司',
    ' 甲（北京） 科技有限公司',
    '旧甲科技有限公司',
    '甲北京科技有限公司',
  ])('%s', async (name) => {
    expect((await run(figures(name))).counts).toEqual(counts(1, 0, 0, 0));
    expect(facts(A).years?.['2024']?.salesRevenue).toBe(1_000_000);
  });

  test('unknown and ambiguous names are rejected, not guessed', async () => {
    expect((await run(figures('丁公司'))).counts).toEqual(counts(0, 0, 0, 1));
    await run(fileOf('r2.csv', `统一社会信用代码,企业名称\n${C},甲[北京]科技有限公司\n`));
    const { counts: result, rejectedFile } = await run(figures('甲北京科技有限公司'));
    expect(result).toEqual(counts(0, 0, 0, 1));
    expect(String((await readWorkbook(rejectedFile!))[0]!.rows[1]!.at(-1))).toContain('对应 2 家企业');
    // Written exactly as one of them is, there is nothing to guess.
    expect((await run(figures('甲（北京）科技有限公司'))).counts.created).toBe(1);
  });

  test('a stock code and a name that mean two enterprises are refused', async () => {
    await run(fileOf('s.csv', '股票代码,企业名称,年度,职工总数\n000010,乙股份有限公司,2024,5\n'));
    const { counts: result } = await run(
      fileOf('s2.csv', '股票代码,企业名称,年度,职工总数\n10,旧甲科技有限公司,2023,5\n'),
    );
    expect(result.rejected).toBe(1);
    expect((await run(fileOf('s3.csv', '股票代码,年度,职工总数\n10,2023,5\n'))).counts.created).toBe(1);
  });

  test('the same file twice changes nothing, another value updates, the log keeps both', async () => {
    const file = figures('旧甲科技有限公司', '3');
    expect((await run(file)).counts).toEqual(counts(1, 0, 0, 0));
    const before = rowsOf('FactRecord');
    expect((await run(file)).counts).toEqual(counts(0, 0, 1, 0));
    expect(rowsOf('FactRecord')).toBe(before);
    expect((await run(figures('旧甲科技有限公司', '4'))).counts).toEqual(counts(0, 1, 0, 0));
    expect(facts(A).years?.['2024']?.salesRevenue).toBe(4_000_000);
    expect(rowsOf('FactRecord')).toBe(before + 1);
  });

  test('a better source stays in force', async () => {
    await run(figures('乙股份有限公司', '5'), { source: 'audit', knownAt: '2025-04-30' });
    await run(figures('乙股份有限公司', '6'), { source: 'self' });
    const { years, provenance } = facts(B);
    expect(years?.['2024']?.salesRevenue).toBe(5_000_000);
    expect(provenance['years.2024.salesRevenue']).toEqual({ source: 'audit', knownAt: '2025-04-30' });
  });
});

test('rejected rows come back whole with the reason, and the corrected workbook is imported', async () => {
  const file = fileOf(
    'r.csv',
    `序号,统一社会信用代码,企业名称,成立日期,备注\n1,${A},甲,2018-02-30,保留\n2,${B},乙,2000-01-01,\n3,123,丙,,\n`,
  );
  const first = await run(file);
  expect(first.counts).toEqual(counts(1, 0, 0, 2));
  expect(first.rejectedFile).toBe(`${file}.rejected.xlsx`);
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(first.rejectedFile!);
  const sheet = book.worksheets[0]!;
  expect(sheet.getRow(1).values).toEqual([
    undefined,
    '序号',
    '统一社会信用代码',
    '企业名称',
    '成立日期',
    '备注',
    '错误说明',
  ]);
  expect(sheet.getRow(2).getCell(6).text).toContain('不存在');
  expect(sheet.getRow(2).getCell(5).text).toBe('保留');
  sheet.getRow(2).getCell(4).value = '2018-02-28';
  sheet.getRow(3).getCell(2).value = C;
  const corrected = path.join(folder, 'corrected.xlsx');
  await book.xlsx.writeFile(corrected);
  expect(await run(corrected)).toMatchObject({ counts: counts(2, 0, 0, 0), rejectedFile: null });
  expect(facts(A).registeredOn).toBe('2018-02-28');
});

test('a dry run counts and writes nothing', async () => {
  const file = fileOf('r.csv', `${REGISTER}${A},甲（北京）科技有限公司,2018/3/12,\n1,x,,\n`);
  expect((await run(file, { dryRun: true })).counts).toEqual(counts(2, 0, 1, 1));
  expect([rowsOf('Enterprise'), rowsOf('ImportJob'), fs.readdirSync(folder).length]).toEqual([0, 0, 1]);
});

test('titles go through the door once, a later list changes them, and the log agrees', async () => {
  await run(fileOf('r.csv', REGISTER), { park: '南屏园' });
  expect(facts(A).park).toBe('南屏园');
  const titles = (until: string) =>
    fileOf(
      't.csv',
      `统一社会信用代码,称号,证书编号,发证日期,有效期至\n${A},高企,GR1,2023-10-26,${until}\n${B},专精特新,Z2,2019-12-01,2022-11-30\n`,
    );
  expect((await run(titles('2026-10-25'))).counts).toMatchObject({ created: 2, rejected: 0 });
  expect((await run(titles('2026-10-25'))).counts).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  expect((await run(titles('2026-12-31'))).counts).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
  expect(facts(A).titles).toMatchObject([
    { scheme: 'hnte', no: 'GR1', validUntil: '2026-12-31', status: 'valid' },
  ]);
  expect(facts(B).titles).toMatchObject([{ scheme: 'srdi', status: 'expired' }]);
  expect(verify(db, clock).problems).toEqual([]);
});

test('facts a line: everything in one go, wrong lines back', async () => {
  const one = {
    uscc: A,
    name: '甲',
    years: { 2024: { salesRevenue: '12.34', employees: 8 } },
    intellectualProperty: [],
    titles: [{ scheme: 'hnte', grantedOn: '2023-10-26', validUntil: '2026-10-25', status: 'valid' }],
    financing: [{ closedOn: '2024-05-01', amount: 20000000, cededShare: 0.0667 }],
  };
  const file = fileOf(
    'f.ndjson',
    `${JSON.stringify(one)}\n{"uscc":"1"}\n\n{"uscc"\n${JSON.stringify({ uscc: B, name: '乙' })}\n`,
  );
  const first = await run(file);
  expect(first.counts).toEqual(counts(2, 0, 1, 2, 0, 1));
  expect((await run(file)).counts).toEqual(counts(0, 0, 3, 2, 0, 1));
  expect(facts(A)).toMatchObject({ intellectualProperty: [], years: { 2024: { salesRevenue: 1234 } } });
  expect(facts(A).titles).toHaveLength(1);
  expect((await readWorkbook(first.rejectedFile!))[0]!.rows.map((row) => row[0])).toEqual([
    'JSON',
    '{"uscc":"1"}',
    '{"uscc"',
  ]);
});

test('what is exported is imported: all tables into an empty database give the same facts', async () => {
  const full = {
    uscc: A,
    name: '甲（北京）科技有限公司',
    registeredOn: '2018-03-12',
    division: '110108',
    locatedInPark: true,
    industry: '6513',
    sizeIndustry: 'software',
    listing: { status: 'neeq', code: '000010' },
    niche: { since: '2016-01-01', marketShare: 0.1234, nationalRank: 2, ownBrand: false },
    conversions: { 2024: 3 },
    years: {
      2023: { netProfit: '-0.01', techStaffBy: { hnte: 3.25 } },
      2024: { operatingRevenue: '546284194.43', employees: 80.5, rdItems: { labour: 12 } },
    },
    intellectualProperty: [
      { kind: 'softwareCopyright', no: 'S1', obtainedBy: 'own', grantedOn: '2020-01-01', applied: true },
    ],
    titles: [
      {
        scheme: 'giant',
        level: 'national',
        no: 'G1',
        grantedOn: '2023-10-26',
        validUntil: '2026-10-25',
        status: 'valid',
      },
    ],
    financing: [
      {
        closedOn: '2024-05-01',
        amount: '20000000.01',
        currency: 'CNY',
        cededShare: 0.066712,
        qualifiedInvestor: true,
      },
    ],
  };
  await run(fileOf('f.ndjson', JSON.stringify(full)));
  const expected = facts(A);
  const files: string[] = [];
  for (const kind of TABLE_KINDS) {
    const file = path.join(folder, `${kind}.xlsx`);
    await writeListFile(file, factsList(db, kind), { title: kind, asOf: '2026-05-06', lines: [] });
    files.push(file);
    expect((await run(file)).counts).toEqual(counts(0, 0, kind === 'figures' ? 2 : 1, 0));
  }
  db = testDatabase();
  for (const file of files) expect((await run(file)).counts.rejected).toBe(0);
  const plain = ({ provenance: _p, flags: _f, ...values }: ReturnType<typeof facts>) => values;
  const again = plain(facts(A));
  expect(again).toEqual(plain(expected));
  expect(again.years?.['2024']?.operatingRevenue).toBe(54_628_419_443);
});

test.each(TABLE_KINDS)(
  'the template of %s is understood, with drop-downs and an explanation',
  async (kind) => {
    const bytes = await importTemplate(kind);
    const file = fileOf('t.xlsx', bytes);
    expect((await importFile(db, clock, { file, actor: 'test' })).kind).toBe(kind);
    const book = new exceljs.Workbook();
    await book.xlsx.readFile(file);
    const explained = book.getWorksheet('填写说明')!.getColumn(1).values.map(String);
    const sheet = book.worksheets[0]!;
    for (const header of (sheet.getRow(1).values as (string | undefined)[]).slice(1))
      expect(explained).toContain(String(header).replace('*', ''));
    if (kind === 'titles') {
      const validation = sheet.getRow(2).getCell(3).dataValidation;
      const range = /^选项!\$(\w)\$1:\$\w\$(\d+)$/.exec(String(validation.formulae[0]))!;
      expect(book.getWorksheet('选项')!.getCell(`${range[1]}3`).text).toBe('高新技术企业');
    }
  },
);

test('a batch that fails leaves nothing of itself, earlier ones stay, and the import is marked', async () => {
  const lines = [A, B, C].map((code, i) => `${code},名${i}`).join('\n');
  const file = fileOf('r.csv', `统一社会信用代码,企业名称\n${lines}\n`);
  let batches = 0;
  const failing: Db = {
    ...db,
    write: (work) =>
      db.write((tx) => {
        const result = work(tx);
        // The record of the import, the first batch, then the second.
        if (typeof result === 'object' && (batches += 1) === 2) throw new Error('power cut');
        return result;
      }),
  };
  await expect(importFile(failing, clock, { file, actor: 'test', batchSize: 1 })).rejects.toThrow(
    'power cut',
  );
  expect(rowsOf('Enterprise')).toBe(1);
  expect(db.raw.prepare('SELECT status, read, created FROM ImportJob').get()).toEqual({
    status: 'failed',
    read: 1,
    created: 1,
  });
  expect((await run(file)).counts).toEqual(counts(2, 0, 1, 0));
});

test('rows of one file that contradict each other are refused, those that agree are not', async () => {
  await run(fileOf('a.csv', REGISTER));
  const names = fileOf(
    'n.csv',
    `统一社会信用代码,企业名称\n${C},丙有限公司\n${C},丙 有限公司\n${C},丁有限公司\n`,
  );
  expect((await run(names)).counts).toEqual(counts(1, 0, 1, 1));
  expect(facts(C).name).toBe('丙有限公司');
  const figures = fileOf(
    'f.csv',
    `企业名称,年度,营业收入（元）,净利润（元）\n乙股份有限公司,2021,100,\n乙股份有限公司,2021,100,7\n乙股份有限公司,2021,200,7\n`,
  );
  expect((await run(figures)).counts).toMatchObject({ rejected: 1 });
  expect(facts(B).years?.['2021']).toMatchObject({ operatingRevenue: 10000, netProfit: 700 });
  expect((await run(figures)).counts).toMatchObject({ created: 0, updated: 0, unchanged: 2, rejected: 1 });
});

test('a new enterprise needs a name, a known one is found by its code alone', async () => {
  const file = fileOf('a.csv', `统一社会信用代码,企业名称,成立日期\n${A},,2018-03-12\n`);
  expect((await run(file)).counts).toEqual(counts(0, 0, 0, 1));
  expect(rowsOf('Enterprise')).toBe(0);
  await run(fileOf('r.csv', REGISTER));
  expect((await run(file)).counts).toMatchObject({ rejected: 0 });
});

test('totals and notes under a table are no rows of enterprises', async () => {
  const { counts: found } = await run(fileOf('a.csv', `${REGISTER}合 计,,,\n,注：以上为在册企业,,\n`));
  expect(found).toEqual(counts(2, 0, 2, 0, 0, 2));
});

test('an import keeps why rows came back or are doubtful', async () => {
  const { rejectedFile: _file } = await run(
    fileOf('a.csv', `${REGISTER}12345,短代码公司,,\n91341300719922946K,存疑公司,,\n`),
  );
  const stored = db.raw.prepare('SELECT remarks FROM ImportJob').get() as { remarks: string };
  expect(JSON.parse(stored.remarks)).toMatchObject({
    rejected: [{ line: 4, who: '短代码公司', reason: expect.stringContaining('18 位') as string }],
    doubtful: [{ line: 5, who: '存疑公司', reason: expect.stringContaining('校验') as string }],
  });
});

test('without a unit a page refuses amounts and the command line takes them as 元', async () => {
  await run(fileOf('a.csv', REGISTER));
  const file = fileOf('f.csv', '企业名称,年度,营业收入\n乙股份有限公司,2021,100\n');
  await expect(run(file, { unitRequired: true })).rejects.toThrow('没有写明金额单位：营业收入');
  expect(rowsOf('ImportJob')).toBe(1);
  await run(file, { unitRequired: true, unit: 4 });
  expect(facts(B).years?.['2021']?.operatingRevenue).toBe(100000000);
});
