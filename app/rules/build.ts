/** The small vocabulary in which rule versions are written. */
import type { FigureKey } from './facts/figures.ts';
import type { Param } from './source.ts';
import type {
  Band,
  Comparison,
  Feature,
  GuidelineGrowth,
  Input,
  Linear,
  Part,
  Points,
  Quantity,
  Ratio,
  Test,
} from './engine/types.ts';

/** Fiscal years before the year of the application: T−1 is the last complete one. */
export const [T, T1, T2, T3, T4] = [0, -1, -2, -3, -4] as const;

function linear(...inputs: Input[]): Linear {
  return { kind: 'linear', terms: inputs.map((input) => ({ input, factor: 1 })) };
}

/** A yearly figure at an offset from the application year. */
export function fig(key: FigureKey, offset: number): Linear {
  return linear({ kind: 'figure', key, offset });
}

/** A figure summed over several years. */
export function figs(key: FigureKey, ...offsets: number[]): Linear {
  return linear(...offsets.map((offset) => ({ kind: 'figure', key, offset }) as const));
}

/** A feature as a quantity. */
export function measure(...features: Feature[]): Linear {
  return linear(...features.map((feature) => ({ kind: 'feature', feature }) as const));
}

/** Net assets at the end of a year: total assets less total liabilities. */
export function netAssets(offset: number): Linear {
  return {
    kind: 'linear',
    terms: [
      { input: { kind: 'figure', key: 'totalAssets', offset }, factor: 1 },
      { input: { kind: 'figure', key: 'totalLiabilities', offset }, factor: -1 },
    ],
  };
}

/** One sum over another. */
export function share(num: Linear, den: Linear): Ratio {
  return { kind: 'ratio', num, den };
}

/** A part over its whole; figures that say more than the whole leave it open. */
export function partOf(num: Linear, den: Linear): Ratio {
  return { kind: 'ratio', num, den, partOfWhole: true };
}

/** Growth of one value over another: last/first − 1, or its yearly mean over several periods. */
export function growth(last: Linear, first: Linear, periods = 1): Quantity {
  return { kind: 'compound', last, first, periods };
}

/** Growth by the guideline of 高企, with its special cases for young enterprises. */
export function guidelineGrowth(values: GuidelineGrowth['values'], years: Feature): GuidelineGrowth {
  return { kind: 'guideline-growth', values, years: { kind: 'feature', feature: years } };
}

type IfUnknown = 'unknown' | 'manual';

function compare(op: Comparison) {
  return (quantity: Quantity, bound: Param, ifUnknown: IfUnknown = 'unknown'): Test => ({
    kind: 'compare',
    quantity,
    op,
    threshold: { kind: 'fixed', param: bound },
    ifUnknown,
  });
}

/** 不低于, 以上: the number itself is included. */
export const atLeast = compare('>=');
/** 超过: the number itself is not included. */
export const moreThan = compare('>');
/** 不超过, 以下: the number itself is included. */
export const atMost = compare('<=');
/** 低于: the number itself is not included. */
export const lessThan = compare('<');

/** A count of which some entries may be open, see {@link CountFeatures}. */
export interface CountFeatures {
  readonly sure: Feature;
  /** `sure` plus the entries that only a person's judgement keeps open. */
  readonly person: Feature;
  /** `sure` plus every open entry. */
  readonly possible: Feature;
}

/** At least so many entries; open entries leave it open, never unmet. */
export function countAtLeast(count: CountFeatures, bound: Param, ifUnknown: IfUnknown = 'unknown'): Test {
  return {
    kind: 'compare',
    quantity: measure(count.sure),
    op: '>=',
    threshold: { kind: 'fixed', param: bound },
    ifUnknown,
    open: { person: measure(count.person), possible: measure(count.possible) },
  };
}

/** A yes-or-no fact. */
export function yes(feature: Feature, ifUnknown: IfUnknown = 'unknown'): Test {
  return { kind: 'flag', feature, expect: true, ifUnknown };
}

/** A yes-or-no fact that must not be. */
export function no(feature: Feature, ifUnknown: IfUnknown = 'unknown'): Test {
  return { kind: 'flag', feature, expect: false, ifUnknown };
}

export function part(label: string, test: Test, citation?: Part['citation']): Part {
  return citation ? { label, test, citation } : { label, test };
}

export function all(...of: Part[]): Test {
  return { kind: 'all', of };
}

export function any(...of: Part[]): Test {
  return { kind: 'any', of };
}

/** Waived where the second part is met. */
export function unless(test: Part, by: Part): Test {
  return { kind: 'waivable', test, by };
}

/** Points by bands from the best down; `exact` points unless a pair leaves a person room. */
export function bands(
  quantity: Quantity,
  op: Comparison,
  rows: readonly (readonly [Param, number | readonly [number, number]])[],
  otherwise: number | readonly [number, number] = 0,
  possible?: Linear,
): Points {
  const pair = (points: number | readonly [number, number]) =>
    typeof points === 'number' ? ([points, points] as const) : points;
  return {
    kind: 'bands',
    quantity,
    op,
    bands: rows.map(([bound, points]): Band => ({ bound, points: pair(points) })),
    otherwise: pair(otherwise),
    ...(possible ? { possible } : {}),
  };
}

/** Points by a count that may have open entries. */
export function countBands(
  count: CountFeatures,
  rows: readonly (readonly [Param, number | readonly [number, number]])[],
  otherwise: number | readonly [number, number] = 0,
): Points {
  return bands(measure(count.sure), '>=', rows, otherwise, measure(count.possible));
}
