/**
 * 口径: what an indicator counts. Every figure on a page, in an export and in a text goes back to one of these. A
 * rate names its numerator and its denominators by indicator; without a denominator there is no such definition.
 */
import { ROUNDINGS, type Rounding } from './exact.ts';
import { dimensionOf, isUnit, type Unit } from './units.ts';

/** 时点存量 · 期间流量 · 比率. */
export const NATURES = ['stock', 'flow', 'rate'] as const;
export type Nature = (typeof NATURES)[number];
export const NATURE_LABELS: Readonly<Record<Nature, string>> = {
  stock: '时点存量',
  flow: '期间流量',
  rate: '比率',
};

export interface IndicatorDefinition {
  /** `hnte.total`, `rd-intensity`: letters, digits, dots and hyphens. */
  readonly id: string;
  readonly label: string;
  readonly nature: Nature;
  readonly unit: Unit;
  /** What is counted, in words; of a rate, what stands above the line. */
  readonly numerator: string;
  /** What stands below the line, in words; null for what is no rate. */
  readonly denominator: string | null;
  /** Of a rate: indicators above and below the line. The second denominator gives a second, named rate. */
  readonly numeratorId: string | null;
  readonly denominatorIds: readonly string[];
  /** Which enterprises, which area: 全区注册企业, 规模以上工业企业. */
  readonly scope: string;
  readonly rounding: Rounding;
  /** Places of its values. */
  readonly digits: number;
  /** Places of its 同比, 占比 and 完成率. */
  readonly rateDigits: number;
  /** Where its values come from. */
  readonly source: string;
  /** Who answers for it. */
  readonly owner: string;
  /** The whole it is a part of: all parts together must make it up. */
  readonly partOf: string | null;
  /** The step before it in a nested funnel. */
  readonly stepAfter: string | null;
}

export type DefinitionErrors = Partial<Record<keyof IndicatorDefinition, string>>;

const ID = /^[a-z][a-z0-9]*(?:[.-][a-zA-Z0-9]+)*$/;
const LONGEST: Partial<Record<keyof IndicatorDefinition, number>> = {
  id: 60,
  label: 60,
  numerator: 300,
  denominator: 300,
  scope: 300,
  source: 300,
  owner: 60,
};
const REQUIRED = { label: '名称', numerator: '计数内容', scope: '范围', source: '来源', owner: '负责人' };
const MOST_DIGITS = 6;

/** Faults of a rate: both sides of the line named, at most two denominators, none of them itself. */
function rateErrors(given: IndicatorDefinition): DefinitionErrors {
  const errors: DefinitionErrors = {};
  if (dimensionOf(given.unit) !== 'rate') errors.unit = '比率的单位为 %';
  if (given.numeratorId === null) errors.numeratorId = '请选择分子指标';
  if (given.denominator === null || given.denominator === '') errors.denominator = '请填写分母';
  const [first, second, ...more] = given.denominatorIds;
  if (first === undefined) errors.denominatorIds = '比率须有分母；未报送总数的，不能设为比率';
  else if (more.length > 0 || first === second) errors.denominatorIds = '至多两个不同的分母';
  else if ([given.numeratorId, first, second].includes(given.id)) errors.denominatorIds = '不能引用自身';
  return errors;
}

/** What is wrong with a definition by itself, by field; that other indicators exist is for who keeps them. */
export function definitionErrors(given: IndicatorDefinition): DefinitionErrors {
  const errors: DefinitionErrors = {};
  if (!ID.test(given.id)) errors.id = '标识用小写字母开头，由字母、数字、点和连字符组成';
  for (const [key, label] of Object.entries(REQUIRED)) {
    if (given[key as keyof typeof REQUIRED] === '') errors[key as keyof typeof REQUIRED] = `请填写${label}`;
  }
  for (const [key, longest] of Object.entries(LONGEST) as [keyof IndicatorDefinition, number][]) {
    if (String(given[key] ?? '').length > longest) errors[key] = `不超过 ${longest} 字`;
  }
  if (!NATURES.includes(given.nature)) errors.nature = '请选择存量、流量或比率';
  if (!ROUNDINGS.includes(given.rounding)) errors.rounding = '请选择修约方式';
  for (const key of ['digits', 'rateDigits'] as const) {
    const value = given[key];
    if (!Number.isInteger(value) || value < 0 || value > MOST_DIGITS) errors[key] = `0 至 ${MOST_DIGITS} 位`;
  }
  if (given.partOf === given.id) errors.partOf = '不能是自身的组成部分';
  if (given.stepAfter === given.id) errors.stepAfter = '不能以自身为上一步';
  if (!isUnit(given.unit)) return { ...errors, unit: '请选择单位' };
  if (given.nature === 'rate') return { ...rateErrors(given), ...errors };
  if (given.denominatorIds.length > 0 || given.numeratorId !== null) {
    errors.denominatorIds = '只有比率有分母';
  }
  return errors;
}

/** How an indicator's values are printed. */
export const lookOf = ({ digits, rounding }: IndicatorDefinition) => ({ digits, rounding });
/** How its 同比, 占比 and 完成率 are printed. */
export const rateLookOf = ({ rateDigits, rounding }: IndicatorDefinition) => ({
  digits: rateDigits,
  rounding,
});
