import { describe, expect, test } from 'vitest';
import { isAppError } from '../errors.ts';
import type { Cell } from './cells.ts';
import { guessKind, parseMapping, planColumns, type ImportKind, type Mapping } from './headers.ts';
import { createRowReader } from './rows.ts';
import { schemeNamed } from './schemes.ts';

const CODE = '91110108MA001007X3';

function read(kind: ImportKind, headers: string[], cells: Cell[], mapping: Mapping | null = null) {
  return createRowReader(planColumns(headers, kind, mapping), kind, schemeNamed)(cells);
}

function statement(...args: Parameters<typeof read>) {
  const result = read(...args);
  if (result.kind !== 'statement') throw new Error(result.kind === 'rejected' ? result.reason : 'empty');
  return result.statement;
}

function reason(...args: Parameters<typeof read>): string {
  const result = read(...args);
  return result.kind === 'rejected' ? result.reason : '';
}

describe('what a table is about', () => {
  test.each([
    [['统一社会信用代码', '企业名称', '成立日期'], 'enterprises'],
    [['uscc', 'enterprise_name', 'established'], 'enterprises'],
    [['企业名称', '年度', '营业收入（万元）'], 'figures'],
    [['企业名称', '2023年营业收入（万元）', '2024年营业收入（万元）'], 'figures'],
    [['企业名称', '称号', '发证日期'], 'titles'],
    [['企业名称', '专利类型', '专利号'], 'ip'],
    [['企业名称', '融资日期', '融资金额（万元）'], 'financing'],
    [['JSON'], 'facts'],
    [['姓名', '电话'], null],
  ] as const)('%j', (headers, kind) => {
    expect(guessKind(headers)).toBe(kind);
  });
});

describe('figures', () => {
  test('units of the heads, years of the rows, names of the enterprise', () => {
    const { key, changes } = statement(
      'figures',
      ['企业名称', '年度', '营业收入（万元）', '职工总数', '净利润(元)'],
      ['甲公司', 2024, 4200.5, '８０', '-12.34'],
    );
    expect(key).toEqual({ name: '甲公司' });
    expect(changes).toEqual([
      {
        kind: 'figures',
        year: 2024,
        values: { operatingRevenue: 4_200_500_000, employees: 8000, netProfit: -1234 },
        flags: [],
      },
    ]);
  });

  test('a year in the head, several in one row', () => {
    const { changes } = statement(
      'figures',
      ['统一社会信用代码', '2023年营业收入（万元）', '2024年度营业收入（万元）', '2024年研发费用（万元）'],
      [CODE, 1, 2, 3],
    );
    expect(changes.map((c) => c.kind === 'figures' && [c.year, c.values])).toEqual([
      [2023, { operatingRevenue: 1_000_000 }],
      [2024, { operatingRevenue: 2_000_000, rdExpense: 3_000_000 }],
    ]);
  });

  test('total liabilities are the sum of their parts, unless one is missing', () => {
    const headers = ['company_name', 'year', 'current_liabilities_yuan', 'noncurrent_liabilities_yuan'];
    const sum = (a: Cell, b: Cell) => statement('figures', headers, ['甲', '2021', a, b]).changes[0];
    expect(sum('0.1', '0.2')).toMatchObject({ values: { totalLiabilities: 30 } });
    expect(sum('0.1', null)).toBeUndefined();
  });

  test('remarks on quality become flags, unrecognised columns evidence', () => {
    const row = statement(
      'figures',
      ['company_name', 'year', 'employees', 'report_date', 'quality_flags', 'something'],
      ['甲', '2021', '5', '2022-04-01', 'rd_exceeds_revenue;odd', 'x'],
    );
    expect(row.changes[0]!.flags).toEqual([
      { path: 'years.2021', message: '研发费用大于收入' },
      { path: 'years.2021', message: 'odd' },
    ]);
    expect(row.other).toEqual({ something: 'x', report_date: '2022-04-01' });
  });

  test('a figure that cannot be true is a doubt and stays as it was stated', () => {
    const row = statement('figures', ['企业名称', '年度', '营业收入'], ['甲', 2021, '-5']);
    expect(row.changes[0]).toMatchObject({ values: { operatingRevenue: -500 } });
    expect(row.doubts).toEqual([
      { path: 'years.2021.operatingRevenue', message: '营业收入为负，按未知处理' },
    ]);
  });

  test.each([
    [['企业名称', '营业收入'], ['甲', '1'], '缺少年度'],
    [['企业名称', '年度', '营业收入'], ['甲', '2021', '很多'], '营业收入：“很多”不是数字'],
    [['企业名称', '年度', '营业收入'], ['甲', '2021', '1.234'], '营业收入：金额最多 2 位小数'],
    [['企业名称', '年度', '营业收入'], ['甲', '202', '1'], '不是年份'],
    [['企业名称', '年度', '营业收入'], [null, '2021', '1'], '缺少统一社会信用代码、股票代码或企业名称'],
  ])('%j %j is refused: %s', (headers, cells, expected) => {
    expect(reason('figures', headers, cells)).toContain(expected);
  });

  test('a row of blanks is empty, 未报送 says nothing', () => {
    const headers = ['企业名称', '年度', '营业收入', '职工总数'];
    expect(read('figures', headers, [null, ' ', '　', null]).kind).toBe('empty');
    expect(statement('figures', headers, ['甲', '2021', '未报送', '7']).changes[0]).toMatchObject({
      values: { employees: 700 },
    });
  });
});

describe('enterprises', () => {
  test('what a register carries beyond the facts is kept under its Chinese label', () => {
    const { changes, creates } = statement(
      'enterprises',
      ['enterprise_name', 'uscc', 'established', 'registered_capital', '内部编号'],
      ['甲公司', ` ${CODE.toLowerCase()} `, '2018/3/12', '30(万元人民币)', 7],
    );
    expect(creates).toBe(true);
    expect(changes[0]).toMatchObject({
      values: { name: '甲公司', registeredOn: '2018-03-12' },
      extra: { 注册资本: '30(万元人民币)', 内部编号: '7' },
    });
  });

  test('a wrong check digit is a doubt, a wrong length a refusal', () => {
    const headers = ['统一社会信用代码', '企业名称'];
    expect(statement('enterprises', headers, ['91110108MA001007X4', '甲']).doubts).toHaveLength(1);
    expect(reason('enterprises', headers, ['320281400000067', '甲'])).toBe(
      '统一社会信用代码应为 18 位，现为 15 位',
    );
    expect(reason('enterprises', headers, [null, '甲'])).toContain('缺少统一社会信用代码');
    expect(reason('enterprises', headers, [9.1110108e17, '甲'])).toContain('文本格式');
  });
});

describe('items', () => {
  test('a title by any of its names, valid unless said otherwise', () => {
    const headers = ['统一社会信用代码', '称号', '级别', '证书编号', '发证日期', '有效期至'];
    const row = statement('titles', headers, [
      CODE,
      '小巨人',
      '国家级',
      'G1',
      '2023年10月26日',
      '2026-10-25',
    ]);
    expect(row.titles).toEqual([
      {
        scheme: 'giant',
        level: 'national',
        no: 'G1',
        grantedOn: '2023-10-26',
        validUntil: '2026-10-25',
        status: 'valid',
      },
    ]);
    expect(reason('titles', headers, [CODE, '优秀企业', null, null, '2023-10-26', null])).toContain('未识别');
    expect(reason('titles', headers, [CODE, '高企', null, null, null, null])).toContain('缺少发证日期');
    expect(reason('titles', headers, [CODE, '高企', null, null, '2023-10-26', '2022-10-25'])).toContain(
      '早于',
    );
  });

  test('a right and a round', () => {
    const ip = statement(
      'ip',
      ['统一社会信用代码', '专利类型', '专利号', '申请日'],
      [CODE, '发明', 'ZL1', 43171],
    );
    expect(ip.changes).toMatchObject([
      { kind: 'ip', values: { kind: 'invention', no: 'ZL1', appliedOn: '2018-03-12' } },
    ]);
    const round = statement(
      'financing',
      ['企业名称', '融资日期', '融资金额（万元）', '出让比例（%）'],
      ['甲', '2024-05-01', 2000, 6.67],
    );
    expect(round.changes).toMatchObject([
      { values: { closedOn: '2024-05-01', amount: 2_000_000_000, cededShare: 66_700 } },
    ]);
    expect(reason('ip', ['企业名称', '专利类型'], ['甲', null])).toContain('缺少知识产权类别');
  });

  test('facts as JSON, refused with every reason', () => {
    const json = JSON.stringify({ uscc: CODE, years: { 2024: { salesRevenue: 1 } }, unheard: 1 });
    const row = statement('facts', ['JSON'], [json]);
    expect(row.changes).toMatchObject([{ kind: 'facts', extra: { unheard: 1 } }]);
    expect(reason('facts', ['JSON'], ['{'])).toContain('不是有效的 JSON');
    expect(reason('facts', ['JSON'], [JSON.stringify({ uscc: '1', registeredOn: '2020-02-30' })])).toMatch(
      /18 位.*成立日期/,
    );
  });
});

describe('mapping', () => {
  const mapping = parseMapping({
    key: { 'listing.code': '股票代码' },
    year: '年份',
    unit: '万元',
    notKnown: [-1],
    columns: { 营业收入: ['operatingRevenue', 'salesRevenue'] },
  });
  const headers = ['年份', '股票代码', '营业收入', '净利润', '企业名称'];

  test('only the columns it names are read, in its unit, and its values for "not known" say nothing', () => {
    const row = statement('figures', headers, ['2021', '000010', 3, 5, '甲'], mapping);
    expect(row.key).toEqual({ stockCode: '000010' });
    expect(row.changes[1]).toMatchObject({
      values: { operatingRevenue: 3_000_000, salesRevenue: 3_000_000 },
    });
    expect(Object.keys(row.changes[1]!.kind === 'figures' ? row.changes[1]!.values : {})).toHaveLength(2);
    const blank = statement('figures', headers, ['2021', '000010', '-1.0', 5, '甲'], mapping);
    expect(blank.changes.map((c) => c.kind)).toEqual(['enterprise']);
  });

  test('a stock code that a spreadsheet took for a number has its zeros back', () => {
    expect(statement('figures', headers, ['2021', 10, 3, null, null], mapping).key).toEqual({
      stockCode: '000010',
    });
  });

  test.each([
    [{ columns: { 没有的列: 'netProfit' } }, '没有列'],
    [{ columns: { 营业收入: 'profit' } }, '没有字段'],
    [{ unit: '斤' }, '单位'],
  ])('%j is refused: %s', (json, expected) => {
    try {
      planColumns(headers, 'figures', parseMapping(json));
      expect.unreachable();
    } catch (error) {
      expect(isAppError(error) && error.userMessage).toContain(expected);
    }
  });
});

describe('our own list of enterprises', () => {
  const headers = [
    '企业名称',
    '统一社会信用代码',
    '最高称号',
    '行业代码',
    '最新年度',
    '销售收入（万元）',
    '研发占比',
    '职工总数（人）',
  ];

  test('comes back as the figures of its year, derived columns leave no trace', () => {
    expect(guessKind(headers)).toBe('figures');
    const row = statement('figures', headers, ['甲', CODE, '高企', '6513', 2024, 123.456789, '5%', 80.5]);
    expect(row.changes).toEqual([
      { kind: 'enterprise', values: { industry: '6513' }, flags: [] },
      { kind: 'figures', year: 2024, values: { salesRevenue: 123_456_789, employees: 8050 }, flags: [] },
    ]);
    expect(row.other).toEqual({});
    expect(
      statement('figures', headers, ['甲', CODE, null, '6513', null, null, null, null]).changes,
    ).toHaveLength(1);
  });

  test('a figure without any year is kept as it is, not judged', () => {
    const row = statement(
      'enterprises',
      ['企业名称', '统一社会信用代码', '销售收入（万元）'],
      ['甲', CODE, 5],
    );
    expect(row.changes).toMatchObject([{ kind: 'enterprise', extra: { '销售收入（万元）': '5' } }]);
  });
});
