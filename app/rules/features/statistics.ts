/** Which line of the statistical thresholds (小升规, 四上) an industry falls under. */
import { industrySection } from '../facts/sections.ts';
import type { Feature } from '../engine/types.ts';
import { UNKNOWN } from './common.ts';

export const SCALE_UP_KINDS = [
  'industry',
  'wholesale',
  'retail',
  'catering',
  'services2000',
  'services1000',
  'services500',
  'construction',
  'realEstateDevelopment',
] as const;
export type ScaleUpKind = (typeof SCALE_UP_KINDS)[number];

/**
 * The kind of a GB/T 4754—2017 code. Null where the code is not known or too coarse to tell, or where the thresholds
 * we read name no line for it (agriculture, finance, public administration).
 */
export function scaleUpKind(code: string | null | undefined): ScaleUpKind | null {
  const section = industrySection(code)?.code;
  const digits = /\d+/.exec(code ?? '')?.[0] ?? '';
  const division = digits.slice(0, 2);
  switch (section) {
    case 'B':
    case 'C':
    case 'D':
      return 'industry';
    case 'E':
      return 'construction';
    case 'F':
      return division === '51' ? 'wholesale' : 'retail';
    case 'G':
    case 'I':
    case 'N':
      return 'services2000';
    case 'H':
      return 'catering';
    case 'K':
      if (digits.length < 3) return null;
      return digits.startsWith('701') ? 'realEstateDevelopment' : 'services1000';
    case 'L':
    case 'M':
    case 'P':
      return 'services1000';
    case 'Q':
      return division === '84' ? 'services2000' : 'services500';
    case 'O':
    case 'R':
      return 'services500';
    default:
      return null;
  }
}

const unseen = (code: string | null | undefined) =>
  code ? '该行业不在所见的统计标准内，或行业代码过粗' : null;

/** Place of the enterprise's kind among SCALE_UP_KINDS; chooses the revenue line. */
export const scaleUpLine: Feature = {
  id: 'scaleUpLine',
  label: '统计行业类别',
  unit: 'level',
  of: (facts) => {
    const kind = scaleUpKind(facts.industry);
    return kind === null ? UNKNOWN : SCALE_UP_KINDS.indexOf(kind);
  },
  reads: () => ['industry'],
  note: (facts) => (scaleUpKind(facts.industry) === null ? unseen(facts.industry) : null),
};

/** Whether the enterprise is of one of the kinds. */
export function ofScaleUpKind(id: string, label: string, kinds: readonly ScaleUpKind[]): Feature {
  return {
    id: `scaleUpKind:${id}`,
    label,
    unit: 'boolean',
    of: (facts) => {
      const kind = scaleUpKind(facts.industry);
      return kind === null ? UNKNOWN : kinds.includes(kind) ? 1 : 0;
    },
    reads: () => ['industry'],
  };
}

/** Revenue of the year before on the basis of the kind: main-business revenue for industry, else operating revenue. */
export const scaleUpRevenue: Feature = {
  id: 'scaleUpRevenue',
  label: '收入（工业为主营业务收入，其他为营业收入）',
  unit: 'CNY',
  years: ({ year }) => [year - 1],
  of: (facts, { year }) => {
    const kind = scaleUpKind(facts.industry);
    if (kind === null) return UNKNOWN;
    const figures = facts.years?.[year - 1];
    return (kind === 'industry' ? figures?.mainRevenue : figures?.operatingRevenue) ?? UNKNOWN;
  },
  reads: ({ year }, facts) => [
    `years.${year - 1}.${scaleUpKind(facts.industry) === 'industry' ? 'mainRevenue' : 'operatingRevenue'}`,
  ],
};
