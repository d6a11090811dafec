import { describe, expect, test } from 'vitest';
import type { TableRow } from '../import/source.server.ts';
import { inventedCode } from '../../../tests/population.ts';
import { pastedRows, readListRow, understandTable } from './understand.ts';

const rows = (...cells: (string | number | null)[][]): TableRow[] =>
  cells.map((each, i) => ({ line: i + 1, cells: each }));
const read = (table: TableRow[]) => {
  const understood = understandTable(table);
  return understood?.rows.flatMap((row) => readListRow(row, understood.columns) ?? []) ?? null;
};
const names = (table: TableRow[]) => read(table)?.map(({ name }) => name) ?? null;
const CODE = inventedCode(1);

describe('columns by their heads', () => {
  test.each([
    '企业名称',
    '单位名称',
    '申报单位',
    '企 业 名 称',
    '企业名称（盖章）',
    '*公司全称',
    '申请企业名称',
    '名称',
  ])('%s holds the names', (head) => {
    expect(names(rows(['序号', head], [1, '甲有限公司'], [2, '乙有限公司']))).toEqual([
      '甲有限公司',
      '乙有限公司',
    ]);
  });

  test.each(['推荐单位', '企业类型', '主管单位', '企业规模', '曾用企业名称'])('%s does not', (head) => {
    const table = rows(['序号', head, '企业名称'], [1, '某某局公司', '甲有限公司']);
    expect(names(table)).toEqual(['甲有限公司']);
  });

  test('every role, below a title', () => {
    const table = rows(
      ['附件1', null],
      ['拟认定名单'],
      ['序号', '企业名称', '统一社会信用代码', '所在区', '证书编号', '未通过原因'],
      [1, '甲有限公司', ` ${CODE.toLowerCase()} `, '香洲区', 'GR1', '资料不齐'],
    );
    expect(read(table)).toEqual([
      {
        line: 4,
        cells: ['1', '甲有限公司', ` ${CODE.toLowerCase()} `, '香洲区', 'GR1', '资料不齐'],
        name: '甲有限公司',
        code: CODE,
        region: '香洲区',
        certificateNo: 'GR1',
        note: '资料不齐',
      },
    ]);
  });

  test('set in columns, with heads repeated on each page, sums and blank rows', () => {
    const head = ['序号', '企业名称', '序号', '企业名称', '序号', '企业名称'];
    const table = rows(
      head,
      [1, '甲有限公司', 2, '乙有限公司', 3, '丙有限公司'],
      [],
      head,
      [4, '丁有限公司', null, null, null, null],
      [null, '合计', null, '4家'],
    );
    expect(names(table)).toEqual(['甲有限公司', '乙有限公司', '丙有限公司', '丁有限公司']);
  });
});

describe('without heads', () => {
  test.each<[string, string, string[]]>([
    [
      'numbered in all manners',
      '1、甲有限公司\n２. 乙有限公司\n（3）丙有限公司\n4 丁有限公司',
      ['甲有限公司', '乙有限公司', '丙有限公司', '丁有限公司'],
    ],
    [
      'a name that begins with a number',
      '1.5度科技有限公司\n360数字有限公司',
      ['1.5度科技有限公司', '360数字有限公司'],
    ],
    ['names in one line', '甲有限公司、乙有限公司；丙有限公司', ['甲有限公司', '乙有限公司', '丙有限公司']],
    ['code beside the name', `${CODE}\t甲有限公司`, ['甲有限公司']],
    ['wide gaps', '1  甲有限公司  香洲区\n2  乙有限公司  金湾区', ['甲有限公司', '乙有限公司']],
    ['names that look like none', '示例商号\n另一商号', ['示例商号', '另一商号']],
  ])('%s', (_what, text, expected) => {
    expect(names(pastedRows(text))).toEqual(expected);
  });

  test('nothing that could be a name', () => {
    expect(names(pastedRows(''))).toEqual([]);
    expect(names(rows([1, 2], [3, 4]))).toBeNull();
  });
});
