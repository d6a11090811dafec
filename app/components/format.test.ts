import { describe, expect, test } from 'vitest';
import { keepSwitches, readSort, withQuery } from './address.ts';
import { factLabel } from './fact-labels.ts';
import { fieldText } from './facts-form.ts';
import {
  dayInText,
  dayOf,
  decimalText,
  hundredths,
  minuteText,
  percent,
  shareOf,
  wan,
  yi,
} from './format.ts';
import { actualText, gapText, requirementText, valueText } from './quantity.ts';

describe('amounts', () => {
  test.each([
    [4_200_000_000, '4,200.00'],
    [1_234_567, '1.23'],
    [4_999, '0.00'],
    [5_000, '0.01'],
    [-5_000, '−0.01'],
    [-4_999, '0.00'],
    [0, '0.00'],
    [null, '—'],
    [123_456_789_012_345, '123,456,789.01'],
  ])('%s 分 is %s 万元', (fen, text) => {
    expect(wan(fen)).toBe(text);
  });

  test('亿元 in reports', () => {
    expect(yi(2_345_000_000_00)).toBe('23.45');
  });

  test('a scaled integer beyond doubles keeps its digits', () => {
    expect(decimalText(9_007_199_254_740_993n, 2, 2)).toBe('90,071,992,547,409.93');
  });

  test('averages of persons drop empty decimals', () => {
    expect([hundredths(8000), hundredths(8050), hundredths(null)]).toEqual(['80', '80.5', '—']);
  });
});

describe('shares', () => {
  test.each([
    [0.0684, '6.84%'],
    [0.05, '5.00%'],
    [null, '—'],
    [Number.NaN, '—'],
  ])('%s is %s', (share, text) => {
    expect(percent(share)).toBe(text);
  });

  test('base 0 shows nothing', () => {
    expect([shareOf(1, 0), shareOf(1, 3)]).toEqual(['—', '33.3%']);
  });
});

describe('days', () => {
  test('in text and from an instant in Asia/Shanghai', () => {
    expect(dayInText('2026-04-01')).toBe('2026年4月1日');
    expect(minuteText('2026-03-31T16:30:00.000Z')).toBe('2026-04-01 00:30');
    expect(dayOf('2026-03-31T16:30:00.000Z')).toBe('2026-04-01');
    expect([dayOf('2026-03-31'), dayOf(null)]).toEqual(['2026-03-31', '']);
  });
});

describe('a value beside its threshold', () => {
  test('shows as many decimals as it takes to look different', () => {
    expect(actualText(0.049996, 0.05, 'ratio')).toBe('4.9996%');
    expect(actualText(0.05, 0.05, 'ratio')).toBe('5.00%');
    expect(actualText(11_999_999.99, 12_000_000, 'CNY')).toBe('1,199.999999 万元');
    expect(actualText(42_000_000, 50_000_000, 'CNY')).toBe('4,200.00 万元');
  });

  test.each([
    [10_000, 'CNY', '1 万元'],
    [1, 'CNY', '0.01 万元'],
    [10_000.01, 'CNY', '1.01 万元'],
    [0.0185, 'ratio', '1.85 个百分点'],
    [0.000001, 'ratio', '0.01 个百分点'],
    [2, 'persons', '2 人'],
    [0, 'CNY', ''],
    [null, 'CNY', ''],
  ])('a gap of %s %s is shown rounded up: %s', (gap, unit, text) => {
    expect(gapText(gap, unit)).toBe(text);
  });

  test('thresholds drop empty decimals, flags are words', () => {
    expect(requirementText('>=', 0.05, 'ratio')).toBe('≥ 5%');
    expect(requirementText('<=', 200_000_000, 'CNY')).toBe('≤ 20,000 万元');
    expect(requirementText('=', true, 'boolean')).toBe('是');
    expect([valueText(false, 'boolean'), valueText(3, 'rank')]).toEqual(['否', '第 3 位']);
  });
});

describe('addresses', () => {
  test('the switches go along, unless the link sets them itself', () => {
    expect(keepSwitches('/funnel', '?park=a&asOf=2026-01-01&q=x')).toBe('/funnel?park=a&asOf=2026-01-01');
    expect(keepSwitches('/funnel?park=b', '?park=a')).toBe('/funnel?park=b');
    expect(keepSwitches('/e/1#v', '?park=a')).toBe('/e/1?park=a#v');
    expect(keepSwitches('https://elsewhere.example/', '?park=a')).toBe('https://elsewhere.example/');
  });

  test('a query is changed key by key', () => {
    expect(withQuery('?q=x&page=3', { page: null, sort: '-name' })).toBe('?q=x&sort=-name');
    expect(withQuery('?page=3', { page: null })).toBe('');
  });

  test('only offered columns sort', () => {
    const fallback = { key: 'name', down: false } as const;
    expect(readSort('-uscc', ['name', 'uscc'], fallback)).toEqual({ key: 'uscc', down: true });
    expect(readSort('password', ['name', 'uscc'], fallback)).toEqual(fallback);
    expect(readSort(null, ['name', 'uscc'], fallback)).toEqual(fallback);
  });
});

describe('words for facts', () => {
  test.each([
    ['years.2025.rdExpense', '2025 年研发费用'],
    ['years.2024', '2024 年数据'],
    ['niche.marketShare', '细分市场占有率'],
    ['conduct', '失信与事故记录'],
    ['titles.0.grantedOn', '称号证书的发证日期'],
    ['研发费用', '研发费用'],
  ])('%s is %s', (path, words) => {
    expect(factLabel(path)).toBe(words);
  });

  test('a form shows amounts in 万元 to the 分', () => {
    const money = { key: 'netProfit', label: '净利润', type: 'money', aliases: [] } as const;
    const share = { key: 'niche.marketShare', label: '占有率', type: 'share', aliases: [] } as const;
    expect([fieldText(money, 4_310_412), fieldText(money, 0), fieldText(money, null)]).toEqual([
      '4.310412',
      '0',
      '',
    ]);
    expect(fieldText(share, 120_000)).toBe('12%');
  });
});
