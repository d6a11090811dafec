/** Size of an enterprise by 工信部联企业〔2011〕300号. */
import type { Facts } from '../facts/parse.ts';
import type { SIZE_INDUSTRIES } from '../facts/schema.ts';
import type { Feature } from '../engine/types.ts';
import { UNKNOWN } from './common.ts';

export type SizeIndustry = (typeof SIZE_INDUSTRIES)[number];
export const SIZES = ['micro', 'small', 'medium', 'large'] as const;
export type Size = (typeof SIZES)[number];
export const SIZE_LABELS: Readonly<Record<Size, string>> = {
  micro: '微型',
  small: '小型',
  medium: '中型',
  large: '大型',
};

/** Metrics: X employees, Y revenue, Z total assets (Y and Z in 万元). Each row: lower bounds of large, medium, small. */
type Metric = 'X' | 'Y' | 'Z';
type Row = Readonly<Partial<Record<Metric, readonly [large: number, medium: number, small: number]>>>;

/** The table of 工信部联企业〔2011〕300号, clause 四; in force since 2011-06-18 (date with high confidence, table read). */
export const SIZE_TABLE: Readonly<Record<SizeIndustry, Row>> = {
  agriculture: { Y: [20000, 500, 50] },
  industry: { X: [1000, 300, 20], Y: [40000, 2000, 300] },
  construction: { Y: [80000, 6000, 300], Z: [80000, 5000, 300] },
  wholesale: { X: [200, 20, 5], Y: [40000, 5000, 1000] },
  retail: { X: [300, 50, 10], Y: [20000, 500, 100] },
  transport: { X: [1000, 300, 20], Y: [30000, 3000, 200] },
  warehousing: { X: [200, 100, 20], Y: [30000, 1000, 100] },
  post: { X: [1000, 300, 20], Y: [30000, 2000, 100] },
  accommodation: { X: [300, 100, 10], Y: [10000, 2000, 100] },
  catering: { X: [300, 100, 10], Y: [10000, 2000, 100] },
  telecom: { X: [2000, 100, 10], Y: [100000, 1000, 100] },
  software: { X: [300, 100, 10], Y: [10000, 1000, 50] },
  realEstate: { Y: [200000, 1000, 100], Z: [10000, 5000, 2000] },
  propertyManagement: { X: [1000, 300, 100], Y: [5000, 1000, 500] },
  leasing: { X: [300, 100, 10], Z: [120000, 8000, 100] },
  other: { X: [300, 100, 10] },
};

/** The row of the table for a GB/T 4754—2017 code; null where 300号 has none (finance, education, health, railways …). */
export function sizeIndustryOf(industry: string | null | undefined): SizeIndustry | null {
  const digits = /\d+/.exec(industry ?? '')?.[0];
  if (!digits || digits.length < 2) return null;
  const division = Number(digits.slice(0, 2));
  const within = (from: number, to: number) => division >= from && division <= to;
  if (within(1, 5)) return 'agriculture';
  if (within(6, 46)) return 'industry';
  if (within(47, 50)) return 'construction';
  if (division === 51) return 'wholesale';
  if (division === 52) return 'retail';
  if (within(54, 58)) return 'transport';
  if (division === 59) return 'warehousing';
  if (division === 60) return 'post';
  if (division === 61) return 'accommodation';
  if (division === 62) return 'catering';
  if (within(63, 64)) return 'telecom';
  if (division === 65) return 'software';
  if (division === 70)
    return digits.startsWith('701') ? 'realEstate' : digits.startsWith('702') ? 'propertyManagement' : null;
  if (within(71, 72)) return 'leasing';
  if (within(73, 82) || within(85, 90)) return 'other';
  return null;
}

/** Hundredths of a person per person; 分 per 万元. */
const PER: Readonly<Record<Metric, number>> = { X: 100, Y: 1_000_000, Z: 1_000_000 };

/** The table as it is judged: bounds in the units of the facts. */
const BOUNDS = Object.fromEntries(
  Object.entries(SIZE_TABLE).map(([industry, row]) => [
    industry,
    Object.entries(row).map(([metric, bounds]) => ({
      metric: metric as Metric,
      bounds: bounds.map((bound) => bound * PER[metric as Metric]) as [number, number, number],
    })),
  ]),
) as unknown as Readonly<
  Record<
    SizeIndustry,
    readonly { readonly metric: Metric; readonly bounds: readonly [number, number, number] }[]
  >
>;

const industries = new Map<string, SizeIndustry | null>();

/** The row of the table that applies to an enterprise, remembered by code. */
function industryOf(facts: Facts): SizeIndustry | null {
  if (facts.sizeIndustry) return facts.sizeIndustry;
  if (!facts.industry) return null;
  let known = industries.get(facts.industry);
  if (known === undefined) industries.set(facts.industry, (known = sizeIndustryOf(facts.industry)));
  return known;
}

/**
 * The sizes an enterprise may have: lowest and highest index of SIZES, as low × 4 + high; −1 when the industry is not
 * known or not in the table. A class needs all its lower bounds, and one metric below a bound already excludes the
 * class, so that the size is often sure before every metric is known.
 */
function sizeCode(facts: Facts, year: number): number {
  const industry = industryOf(facts);
  if (industry === null) return -1;
  const figures = facts.years?.[year - 1];
  let low = 3;
  let high = 3;
  for (const { metric, bounds } of BOUNDS[industry]) {
    const value =
      metric === 'X'
        ? figures?.employees
        : metric === 'Y'
          ? (figures?.operatingRevenue ?? figures?.salesRevenue)
          : figures?.totalAssets;
    if (value == null) {
      low = 0;
      continue;
    }
    const size = value >= bounds[0] ? 3 : value >= bounds[1] ? 2 : value >= bounds[2] ? 1 : 0;
    if (size < low) low = size;
    if (size < high) high = size;
  }
  return low * 4 + high;
}

/** The sizes an enterprise may have, as [lowest, highest] indices of SIZES; null when its industry is not in the table. */
export function sizeRange(facts: Facts, year: number): readonly [number, number] | null {
  const code = sizeCode(facts, year);
  return code < 0 ? null : [Math.floor(code / 4), code % 4];
}

function sizeAtMost(id: string, label: string, most: Size): Feature {
  const limit = SIZES.indexOf(most);
  return {
    id,
    label,
    unit: 'boolean',
    of: (facts, { year }) => {
      const code = sizeCode(facts, year);
      if (code < 0) return UNKNOWN;
      return code % 4 <= limit ? 1 : code >> 2 > limit ? 0 : UNKNOWN;
    },
    reads: ({ year }, facts) => {
      const industry = facts.sizeIndustry ?? sizeIndustryOf(facts.industry);
      if (!industry) return ['industry'];
      const names = { X: 'employees', Y: 'operatingRevenue', Z: 'totalAssets' } as const;
      return (Object.keys(SIZE_TABLE[industry]) as Metric[]).map(
        (metric) => `years.${year - 1}.${names[metric]}`,
      );
    },
    note: (facts, { year }) => {
      const range = sizeRange(facts, year);
      if (range === null) return facts.industry ? '该行业不在 300号 划型表内或代码过粗' : null;
      const words = range.map((i) => SIZE_LABELS[SIZES[i]!]);
      return `按上年度数据划型：${words[0] === words[1] ? words[0] : `${words[0]}至${words[1]}`}`;
    },
  };
}

/** 中小微: anything but large. */
export const isSme = sizeAtMost('size:sme', '符合中小企业划型标准', 'medium');
