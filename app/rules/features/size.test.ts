import { describe, expect, test } from 'vitest';
import { facts } from '../../../tests/rules/company.ts';
import { SIZES_300 } from '../../../tests/rules/sizes.ts';
import { SIZES, SIZE_TABLE, isSme, sizeIndustryOf, sizeRange, type SizeIndustry } from './size.ts';

type Metric = 'X' | 'Y' | 'Z';
const FIGURE = { X: 'employees', Y: 'operatingRevenue', Z: 'totalAssets' } as const;
/** 元 of 万元, persons as they are. */
const AMOUNT = { X: 1, Y: 10_000, Z: 10_000 } as const;
/** The least that can be missing: a hundredth of a person (averages), a 分. */
const LEAST = { X: 0.01, Y: 0.01, Z: 0.01 } as const;
const moment = { on: '2026-05-06', year: 2026, action: 'new' } as const;

const company = (sizeIndustry: string, figures: Partial<Record<Metric, number>>) =>
  facts({
    sizeIndustry: sizeIndustry as SizeIndustry,
    years: {
      '2025': Object.fromEntries(
        Object.entries(figures).map(([metric, value]) => [
          FIGURE[metric as Metric],
          Math.round(value * AMOUNT[metric as Metric] * 100) / 100,
        ]),
      ),
    },
  });
const sizeOf = (sizeIndustry: string, figures: Partial<Record<Metric, number>>) =>
  sizeRange(company(sizeIndustry, figures), 2026)?.map((i) => SIZES[i]);
const exactly = (size: string) => [size, size];

test.each([
  [
    'S1: 工业 350 人 (≥ 300), 1,800 万元 (< 2,000): not both, so 小型 (20/300 met)',
    'industry',
    { X: 350, Y: 1800 },
    'small',
  ],
  [
    'S2: 工业 1,200 人 (≥ 1,000), 30,000 万元 (< 40,000): not 大型, so 中型',
    'industry',
    { X: 1200, Y: 30000 },
    'medium',
  ],
  [
    'S4: 建筑业 80,000 / 80,000 万元: both lower bounds of 大型 reached',
    'construction',
    { Y: 80000, Z: 80000 },
    'large',
  ],
  [
    '微型: one metric below the small bound suffices (工业 19 人, 40,000 万元)',
    'industry',
    { X: 19, Y: 40000 },
    'micro',
  ],
] as const)('%s', (_name, industry, figures, size) => {
  expect(sizeOf(industry, figures)).toEqual(exactly(size));
});

test('the table has the rows of 300号', () => {
  expect(SIZE_TABLE).toEqual(SIZES_300);
});

describe.each(Object.entries(SIZES_300))('%s', (industry, row) => {
  const metrics = Object.entries(row) as [Metric, readonly [number, number, number]][];
  const at = (place: 0 | 1 | 2) =>
    Object.fromEntries(metrics.map(([metric, bounds]) => [metric, bounds[place]])) as Record<Metric, number>;

  test.each([
    ['large', 0],
    ['medium', 1],
    ['small', 2],
  ] as const)('%s with every metric exactly at its lower bound', (size, place) => {
    expect(sizeOf(industry, at(place))).toEqual(exactly(size));
  });

  test.each(
    metrics.flatMap(([metric]) =>
      ([0, 1, 2] as const).map((place) => [metric, ['large', 'medium', 'small'][place]!, place] as const),
    ),
  )('%s one smallest unit below the bound of %s drops one class', (metric, _size, place) => {
    // Other metrics as of a large enterprise; this one just short.
    const figures = { ...at(0), [metric]: at(place)[metric] - LEAST[metric] / AMOUNT[metric] };
    expect(sizeOf(industry, figures)).toEqual(exactly(['medium', 'small', 'micro'][place]!));
  });

  test('large is no 中小企业, medium is', () => {
    const value = (figures: Record<Metric, number>) => isSme.of(company(industry, figures), moment);
    expect(value(at(0))).toBe(0);
    expect(value(at(1))).toBe(1);
  });

  if (metrics.length > 1)
    test('one metric below the bound of 大型 suffices to be sure of 中小企业, one above it does not decide', () => {
      const [metric, bounds] = metrics[0]!;
      expect(isSme.of(company(industry, { [metric]: bounds[1] }), moment)).toBe(1);
      expect(isSme.of(company(industry, { [metric]: bounds[0] }), moment)).toBeNaN();
    });
});

test.each([
  ['3913', 'industry'],
  ['C3913', 'industry'],
  ['0111', 'agriculture'],
  ['4700', 'construction'],
  ['5111', 'wholesale'],
  ['5211', 'retail'],
  ['5310', null], // railways: not in the table
  ['5430', 'transport'],
  ['5910', 'warehousing'],
  ['6010', 'post'],
  ['6110', 'accommodation'],
  ['6210', 'catering'],
  ['6311', 'telecom'],
  ['6513', 'software'],
  ['6610', null], // finance
  ['7010', 'realEstate'],
  ['7020', 'propertyManagement'],
  ['70', null], // too coarse
  ['7211', 'leasing'],
  ['7511', 'other'],
  ['8310', null], // education
] as const)('industry %s falls under %s', (code, row) => {
  expect(sizeIndustryOf(code)).toBe(row);
});
