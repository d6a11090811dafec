import { describe, expect, test } from 'vitest';
import { IP_KIND_OPTIONS, LEVEL_OPTIONS } from '../../rules/facts/fields.ts';
import {
  isNothing,
  readDay,
  readFlag,
  readNumber,
  readOption,
  readYear,
  roundDecimal,
  shiftPoint,
} from './cells.ts';

const money = (cell: string | number, unit = 0) => readNumber(cell, 'money', unit);
const valueOf = (read: { ok: boolean; value?: unknown }) => (read.ok ? read.value : 'refused');

describe('amounts', () => {
  test.each([
    ['plain', '42000000', 0, '42000000'],
    ['thousands separators', '42,000,000.50', 0, '42000000.5'],
    ['full-width digits and comma', '４２，０００', 0, '42000'],
    ['a column in 万元', '4200.12', 4, '42001200'],
    ['a column in 万元, to the last 分', '0.000001', 4, '0.01'],
    ['a column in 亿元', '1.5', 8, '150000000'],
    ['the unit in the cell', '4200万元', 0, '42000000'],
    ['the unit in the cell over that of the column', '3元', 4, '3'],
    ['a currency sign', '￥1,200', 0, '1200'],
    ['negative', '-3.5', 0, '-3.5'],
    ['a minus sign of mathematics', '−3.5', 0, '-3.5'],
    ['negative in brackets', '(1,234.50)', 0, '-1234.5'],
    ['exponent', '1.2E+07', 0, '12000000'],
    ['leading point', '.5', 0, '0.5'],
    ['zero is a number', '0', 4, '0'],
  ])('%s', (_what, cell, unit, expected) => {
    expect(valueOf(money(cell, unit))).toBe(expected);
  });

  test.each(['1,23', '12a', '约 100', '1.2.3', '１２万人民币', '--5'])('%s is no number', (cell) => {
    expect(money(cell).ok).toBe(false);
  });

  test('a text with too many decimals is handed on as it is, to be refused', () => {
    expect(money('1.234')).toEqual({ ok: true, value: '1.234' });
  });

  test("a spreadsheet's number is taken at 15 significant digits", () => {
    expect(money(546284194.4299999)).toEqual({ ok: true, value: '546284194.43' });
  });

  test('what is still no whole 分 is rounded half up and flagged', () => {
    const read = money(12.345);
    expect(read).toMatchObject({ ok: true, value: '12.35' });
    expect(read.ok && read.flag).toContain('四舍五入');
    expect(money(0.12345678, 4)).toMatchObject({ value: '1234.57' });
    expect(money(-12.345)).toMatchObject({ value: '-12.35' });
  });

  test('percentages', () => {
    expect(valueOf(readNumber('12%', 'share', 0))).toBe('0.12');
    expect(valueOf(readNumber('１２．５％', 'share', 0))).toBe('0.125');
    expect(valueOf(readNumber('0.12', 'share', 0))).toBe('0.12');
    expect(valueOf(readNumber(12, 'share', -2))).toBe('0.12');
    expect(valueOf(readNumber('12%', 'share', -2))).toBe('0.12');
  });
});

test.each([
  ['12.34', 2, '1234'],
  ['12.34', -3, '0.01234'],
  ['-0.5', 1, '-5'],
  ['100', -2, '1'],
  ['0', 4, '0'],
])('shiftPoint(%s, %i)', (text, places, expected) => {
  expect(shiftPoint(text, places)).toBe(expected);
});

test.each([
  ['1.005', '1.01'],
  ['1.004', '1'],
  ['0.995', '1'],
  ['-0.004', '0'],
  ['9.999', '10'],
])('roundDecimal(%s)', (text, expected) => {
  expect(roundDecimal(text, 2).text).toBe(expected);
});

describe('days', () => {
  test.each([
    ['2018-03-12', '2018-03-12'],
    ['2018/3/12', '2018-03-12'],
    ['2018.3.12', '2018-03-12'],
    ['2018年3月12日', '2018-03-12'],
    ['２０１８年３月１２日', '2018-03-12'],
    ['20180312', '2018-03-12'],
    ['2018-03-12 00:00:00', '2018-03-12'],
    ['2018-03-12T08:00:00Z', '2018-03-12'],
    [20180312, '2018-03-12'],
    // 43171 days after 1899-12-30.
    [43171, '2018-03-12'],
    [43171.75, '2018-03-12'],
    ['43171', '2018-03-12'],
    // The day after the 29 February 1900 that never was.
    [36526, '2000-01-01'],
  ])('%s', (cell, expected) => {
    expect(valueOf(readDay(cell))).toBe(expected);
  });

  test.each([
    ['2018-02-30', '不存在'],
    ['2018年3月', '需写到日'],
    ['2018', '需写到日'],
    ['长期', '不是日期'],
    [12, '不是日期'],
  ])('%s is refused', (cell, reason) => {
    const read = readDay(cell);
    expect(read.ok ? '' : read.reason).toContain(reason);
  });
});

test('years', () => {
  expect(
    ['2021', 2021, '2021年', '２０２１年度', '2021-12-31'].map((cell) => valueOf(readYear(cell))),
  ).toEqual(Array(5).fill('2021'));
  expect(readYear('21').ok).toBe(false);
  expect(readYear('2021-06-30').ok).toBe(false);
});

test('yes, no, and neither', () => {
  expect(['是', '√', true, 1, 'Y'].map((cell) => valueOf(readFlag(cell)))).toEqual(Array(5).fill(true));
  expect(['否', '×', false, 0, 'no'].map((cell) => valueOf(readFlag(cell)))).toEqual(Array(5).fill(false));
  expect(readFlag('可能').ok).toBe(false);
});

test('options by label, other spelling and value; others are refused with what is possible', () => {
  expect(valueOf(readOption('发明专利', IP_KIND_OPTIONS))).toBe('invention');
  expect(valueOf(readOption('软著', IP_KIND_OPTIONS))).toBe('softwareCopyright');
  expect(valueOf(readOption('省（市）级', LEVEL_OPTIONS))).toBe('provincial');
  expect(valueOf(readOption('national', LEVEL_OPTIONS))).toBe('national');
  const read = readOption('宇宙级', LEVEL_OPTIONS);
  expect(read.ok ? '' : read.reason).toContain('国家级');
});

test('blank, 0, 不适用 and 未报送', () => {
  expect([null, ' ', '—', '不适用', '未报送', '/'].map(isNothing)).toEqual(Array(6).fill(true));
  expect([0, '0', false, '无'].map(isNothing)).toEqual(Array(4).fill(false));
});
