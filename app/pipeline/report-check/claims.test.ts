import { describe, expect, test } from 'vitest';
import { claimsOf, spanOfDate } from './claims.ts';
import { readReport } from './check.ts';

const claims = (text: string, asOf = '2021-12-31') =>
  claimsOf(readReport(text, 'halfUp').sentences, asOf).claims.map(({ figure, flow, span, readings }) => ({
    count: figure.value,
    flow,
    ...span,
    measure: readings[0].measure,
  }));

describe('what a text says of the register', () => {
  test('a stock at the end of a month, of the year that the text is about', () => {
    expect(claims('2021年工作总结。截至9月底，高企总数达到580家。')).toEqual([
      {
        count: 580,
        flow: false,
        from: '2021-01-01',
        to: '2021-09-30',
        measure: { kind: 'held', schemes: ['hnte'] },
      },
    ]);
  });

  test('what came within months, as new recognitions', () => {
    expect(claims('2021年1-11月，新增专精特新企业14家。')).toMatchObject([
      {
        count: 14,
        flow: true,
        from: '2021-01-01',
        to: '2021-11-30',
        measure: { kind: 'movement', scheme: 'srdi' },
      },
    ]);
  });

  test('the library and each of its parts', () => {
    const found = claims(
      '独角兽培育库入库企业48家，其中独角兽企业2家、独角兽潜力企业8家、独角兽种子企业38家。',
    );
    expect(found.map(({ count, measure }) => [count, 'schemes' in measure ? measure.schemes : []])).toEqual([
      [48, ['unicorn', 'unicornPotential', 'unicornSeed']],
      [2, ['unicorn']],
      [8, ['unicornPotential']],
      [38, ['unicornSeed']],
    ]);
  });

  test('a level where one is named', () => {
    expect(claims('国家级专精特新“小巨人”企业3家。')).toMatchObject([
      { measure: { kind: 'level', scheme: 'giant', level: 'national' } },
    ]);
  });

  test.each([
    ['another area', '全市高企3000家。'],
    ['a target', '2021年高企目标620家。'],
    ['a hope', '力争高企数量达到620家、科技型中小企业达到550家。'],
    ['a step before the title', '重点跟进241家企业申报，走访高企30家。'],
    ['a day after the one looked at', '截至2022年3月底，高企600家。'],
    ['another unit', '高企研发投入12亿元，专精特新60家(次)。'],
    ['the year before', '上年高企516家。'],
    ['no title at all', '规上工业企业242家。'],
  ])('%s is not held against the register', (_, text) => {
    expect(claims(text)).toEqual([]);
  });

  test('days after the one looked at are cut off', () => {
    expect(claims('2021年新增高企12家。', '2021-10-15')).toMatchObject([
      { from: '2021-01-01', to: '2021-10-15' },
    ]);
  });
});

test.each([
  ['2021年', '2021-01-01', '2021-12-31'],
  ['2020年上半年', '2020-01-01', '2020-06-30'],
  ['2020年下半年', '2020-07-01', '2020-12-31'],
  ['2026年三季度', '2026-07-01', '2026-09-30'],
  ['1-11月', '2021-01-01', '2021-11-30'],
  ['9月', '2021-09-01', '2021-09-30'],
  ['2月底', '2021-01-01', '2021-02-28'],
  ['2020年2月末', '2020-01-01', '2020-02-29'],
  ['6月30日', '2021-01-01', '2021-06-30'],
  ['2021-06-30', '2021-01-01', '2021-06-30'],
])('%s means %s to %s', (text, from, to) => {
  expect(spanOfDate(text, 2021)).toEqual({ from, to });
});

test.each(['3年', '13月', '2月30日', '12-3月', '5日'])('%s is no day of the calendar', (text) => {
  expect(spanOfDate(text, 2021)).toBeNull();
});
