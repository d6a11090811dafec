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

/** Employees, revenue and assets of the year before, scaled as in the facts; NaN when not known. */
function metrics(facts: Facts, year: number): Record<Metric, number> {
  const figures = facts.years?.[year - 1];
  return {
    X: figures?.employees ?? UNKNOWN,
    Y: figures?.operatingRevenue ?? figures?.salesRevenue ?? UNKNOWN,
    Z: figures?.totalAssets ?? UNKNOWN,
  };
}

/** Hundredths of a person per person; 分 per 万元. */
const PER: Readonly<Record<Metric, number>> = { X: 100, Y: 1_000_000, Z: 1_000_000 };

/**
 * The sizes an enterprise may have, as [lowest, highest] indices of SIZES: a class needs all its lower bounds, and
 * one metric below a bound already excludes the class, so that the size is often sure before every metric is.
 * Null when the industry is not known or not in the table.
 */
export function sizeRange(facts: Facts, year: number): readonly [number, number] | null {
  const industry = facts.sizeIndustry ?? sizeIndustryOf(facts.industry);
  if (!industry) return null;
  const known = metrics(facts, year);
  let low = 3;
  let high = 3;
  for (const [metric, bounds] of Object.entries(SIZE_TABLE[industry]) as [Metric, readonly number[]][]) {
    const value = known[metric];
    const reached = Number.isNaN(value) ? null : bounds.findIndex((bound) => value >= bound * PER[metric]);
    const size = reached === null ? null : reached === -1 ? 0 : 3 - reached;
    low = Math.min(low, size ?? 0);
    high = Math.min(high, size ?? 3);
  }
  return [low, high];
}

function sizeAtMost(id: string, label: string, most: Size): Feature {
  const limit = SIZES.indexOf(most);
  return {
    id,
    label,
    unit: 'boolean',
    of: (facts, { year }) => {
      const range = sizeRange(facts, year);
      if (range === null) return UNKNOWN;
      return range[1] <= limit ? 1 : range[0] > limit ? 0 : UNKNOWN;
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
