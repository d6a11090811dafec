import { describe, expect, test } from 'vitest';
import {
  definitionErrors,
  lookOf,
  NATURE_LABELS,
  NATURES,
  rateLookOf,
  type IndicatorDefinition,
} from './definition.ts';
import { printed, readQuantity } from './quantity.ts';
import { printedRate, rateOf } from './relations.ts';
import {
  quarterToDate,
  monthsBefore,
  spanWords,
  untilWords,
  wholeYear,
  yearBefore,
  yearToDate,
} from './span.ts';

const investment: IndicatorDefinition = {
  id: 'investment',
  label: '固定资产投资',
  nature: 'flow',
  unit: '亿元',
  numerator: '固定资产投资完成额',
  denominator: null,
  numeratorId: null,
  denominatorIds: [],
  scope: '全区',
  rounding: 'halfUp',
  digits: 2,
  rateDigits: 1,
  source: '统计局月报',
  owner: '发展科',
  partOf: null,
  stepAfter: null,
};
const rate: IndicatorDefinition = {
  ...investment,
  id: 'done',
  nature: 'rate',
  unit: '%',
  denominator: '受理总数',
  numeratorId: 'a',
  denominatorIds: ['b'],
};
const faults = (change: Partial<IndicatorDefinition>, of = investment) =>
  Object.keys(definitionErrors({ ...of, ...change }));

describe('definitions', () => {
  test('sound ones have no faults', () => {
    expect([faults({}), faults({}, rate), faults({ denominatorIds: ['b', 'c'] }, rate)]).toEqual([
      [],
      [],
      [],
    ]);
  });

  test('say how values and rates are printed', () => {
    const done = readQuantity('42.625', '亿元')!;
    const halfEven = { ...investment, rounding: 'halfEven' as const, rateDigits: 0 };
    expect([printed(done, lookOf(investment)), printed(done, lookOf(halfEven))]).toEqual([
      '42.63亿元',
      '42.62亿元',
    ]);
    const rate = rateOf(done, readQuantity('50', '亿元'));
    expect([printedRate(rate, rateLookOf(investment)), printedRate(rate, rateLookOf(halfEven))]).toEqual([
      '85.3%',
      '85%',
    ]);
    expect(NATURES.map((nature) => NATURE_LABELS[nature])).toEqual(['时点存量', '期间流量', '比率']);
  });

  test('a rate without a denominator is no definition', () => {
    expect(faults({ denominatorIds: [] }, rate)).toEqual(['denominatorIds']);
    expect(faults({ denominator: null }, rate)).toEqual(['denominator']);
    expect(faults({ numeratorId: null }, rate)).toEqual(['numeratorId']);
  });

  test.each([
    [{ denominatorIds: ['b', 'b'] }, 'denominatorIds'],
    [{ denominatorIds: ['b', 'c', 'd'] }, 'denominatorIds'],
    [{ denominatorIds: ['done'] }, 'denominatorIds'],
    [{ unit: '家' as const }, 'unit'],
  ])('a rate with %o is refused', (change, field) => {
    expect(faults(change, rate)).toEqual([field]);
  });

  test.each([
    [{ id: 'X' }, 'id'],
    [{ id: 'a b' }, 'id'],
    [{ id: `a${'b'.repeat(60)}` }, 'id'],
    [{ label: '' }, 'label'],
    [{ owner: '' }, 'owner'],
    [{ source: '' }, 'source'],
    [{ scope: '字'.repeat(301) }, 'scope'],
    [{ digits: -1 }, 'digits'],
    [{ digits: 7 }, 'digits'],
    [{ rateDigits: 1.5 }, 'rateDigits'],
    [{ unit: '头' as never }, 'unit'],
    [{ nature: 'other' as never }, 'nature'],
    [{ rounding: 'down' as never }, 'rounding'],
    [{ partOf: 'investment' }, 'partOf'],
    [{ stepAfter: 'investment' }, 'stepAfter'],
    [{ denominatorIds: ['b'] }, 'denominatorIds'],
  ])('%o is refused', (change, field) => {
    expect(faults(change)).toEqual([field]);
  });
  test.each([{ id: `a${'b'.repeat(59)}` }, { digits: 0 }, { digits: 6 }, { scope: '字'.repeat(300) }])(
    '%o is taken',
    (change) => expect(faults(change)).toEqual([]),
  );
});

describe('days of a figure', () => {
  const span = (from: string, to: string) => ({ from, to });

  test.each([
    ['2021-01-01', '2021-12-31', '2021年'],
    ['2020-01-01', '2020-06-30', '2020年上半年'],
    ['2020-07-01', '2020-12-31', '2020年下半年'],
    ['2026-07-01', '2026-09-30', '2026年三季度'],
    ['2021-01-01', '2021-11-30', '2021年1—11月'],
    ['2026-01-01', '2026-09-30', '2026年1—9月'],
    ['2026-02-01', '2026-02-28', '2026年2月'],
    ['2026-02-01', '2026-04-30', '2026年2—4月'],
    ['2026-01-01', '2026-09-15', '2026年1月1日至9月15日'],
    ['2025-07-01', '2026-06-30', '2025年7月1日至2026年6月30日'],
  ])('%s to %s is %s', (from, to, words) => {
    expect(spanWords({ from, to })).toBe(words);
  });

  test('cumulative spans up to a day', () => {
    expect(quarterToDate('2026-08-15')).toEqual(span('2026-07-01', '2026-08-15'));
    expect(wholeYear('2026-08-15')).toEqual(span('2026-01-01', '2026-12-31'));
  });

  test('the year before is the same cumulative window', () => {
    expect(yearBefore(yearToDate('2026-09-30'))).toEqual(span('2025-01-01', '2025-09-30'));
    expect(yearBefore(yearToDate('2024-02-29'))).toEqual(span('2023-01-01', '2023-02-28'));
    expect(yearBefore(yearToDate('2025-02-28'))).toEqual(span('2024-01-01', '2024-02-29'));
    expect(yearBefore(yearToDate('2025-02-27'))).toEqual(span('2024-01-01', '2024-02-27'));
  });

  test('months before keep the end of a month at the end of a month', () => {
    expect(monthsBefore(span('2026-07-01', '2026-09-30'), 3)).toEqual(span('2026-04-01', '2026-06-30'));
    expect(monthsBefore(span('2026-03-31', '2026-03-31'), 1).to).toBe('2026-02-28');
    expect(monthsBefore(span('2026-07-01', '2026-08-15'), 3)).toEqual(span('2026-04-01', '2026-05-15'));
  });

  test('up to a day', () => {
    expect(['2021-12-31', '2024-02-28', '2024-02-29', '2020-06-15'].map(untilWords)).toEqual([
      '截至12月底',
      '截至2月28日',
      '截至2月底',
      '截至6月15日',
    ]);
  });
});
