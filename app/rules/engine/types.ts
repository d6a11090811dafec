/** What a rule version is made of: inputs, quantities, tests, scores. All of it is data; see compile.ts and explain.ts. */
import type { Day } from '../day.ts';
import type { Facts } from '../facts/parse.ts';
import type { FigureKey } from '../facts/figures.ts';
import type { Citation, LegalText, Param, Unit } from '../source.ts';
import type { Rational } from './exact.ts';

export type Action = 'new' | 'renewal' | 'annual';
export type Result = 'met' | 'unmet' | 'waived' | 'unknown' | 'manual';
export type Outcome = 'eligible' | 'ineligible' | 'undetermined';
export type Comparison = '>=' | '>' | '<=' | '<';

/** The day looked at; `year` is its calendar year T, so that T−1 is the last complete year. */
export interface Moment {
  readonly on: Day;
  readonly year: number;
  readonly action: Action;
  /** What operators entered, by id: exchange rates (`fx.USD.2024` = 元 for one dollar) for the features that convert. */
  readonly operatorValues?: Readonly<Record<string, Rational>>;
}

/** A measurable property computed from the facts by a plain function. Ids are unique across all rules. */
export interface Feature {
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  /** An integer in the unit's scale, 1 or 0 for a boolean, NaN when not known. */
  readonly of: (facts: Facts, moment: Moment) => number;
  /** Where several features come from one pass over a list: the pass, and this feature's place in what it writes. */
  readonly batch?: {
    readonly pass: (facts: Facts, moment: Moment, out: Float64Array) => void;
    readonly place: number;
  };
  /** Paths of the facts it reads, for "missing" and the weakest source. */
  readonly reads: (moment: Moment, facts: Facts) => readonly string[];
  /** Fiscal years it speaks of, for the period shown. */
  readonly years?: (moment: Moment) => readonly number[];
  /** Days on which the value may change though no fact does (an expiry, an anniversary). */
  readonly turns?: (facts: Facts, moment: Moment) => readonly (Day | null | undefined)[];
  /** What the verdict should say about how the value was found (another legal basis, say). */
  readonly note?: (facts: Facts, moment: Moment) => string | null;
}

export type Input =
  | { readonly kind: 'figure'; readonly key: FigureKey; readonly offset: number }
  | { readonly kind: 'feature'; readonly feature: Feature };

export interface Term {
  readonly input: Input;
  readonly factor: 1 | -1;
}

/** A sum of inputs of one unit. */
export interface Linear {
  readonly kind: 'linear';
  readonly terms: readonly Term[];
}
/** A sum divided by a sum. Not computable (left to a person) when the denominator is not positive. */
export interface Ratio {
  readonly kind: 'ratio';
  readonly num: Linear;
  readonly den: Linear;
  /** The numerator is a part of the denominator: more than the whole is not believed (not known). */
  readonly partOfWhole?: boolean;
}
/** Compound yearly growth (last/first)^(1/periods) − 1. */
export interface Compound {
  readonly kind: 'compound';
  readonly last: Linear;
  readonly first: Linear;
  readonly periods: number;
}
/** Mean of the growth rates between three consecutive values. */
export interface MeanGrowth {
  readonly kind: 'mean-growth';
  readonly values: readonly [Linear, Linear, Linear];
}
/** The growth of 国科发火〔2016〕195号 with its special cases; `years` counts operating years (1 to 3). */
export interface GuidelineGrowth {
  readonly kind: 'guideline-growth';
  readonly values: readonly [Linear, Linear, Linear];
  readonly years: Input;
}
export type Quantity = Linear | Ratio | Compound | MeanGrowth | GuidelineGrowth;

/**
 * A threshold; one chosen by the band into which another quantity falls (`upTo` inclusive; last band open); or one
 * chosen by a feature that gives its place in the list (a kind of industry, a stage of age). A place without a
 * threshold leaves the test unknown.
 */
export type Threshold =
  | { readonly kind: 'fixed'; readonly param: Param }
  | {
      readonly kind: 'banded';
      readonly by: Linear;
      readonly bands: readonly { readonly upTo: Param | null; readonly param: Param }[];
    }
  | { readonly kind: 'chosen'; readonly by: Feature; readonly of: readonly Param[] };

export type Test =
  | {
      readonly kind: 'compare';
      readonly quantity: Quantity;
      readonly op: Comparison;
      readonly threshold: Threshold;
      readonly ifUnknown: 'unknown' | 'manual';
      /** For counts with open entries: the count if a person's open judgements went well, and if everything open did. */
      readonly open?: { readonly person: Linear; readonly possible: Linear };
    }
  | {
      readonly kind: 'flag';
      readonly feature: Feature;
      readonly expect: boolean;
      readonly ifUnknown: 'unknown' | 'manual';
    }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Part[] }
  | { readonly kind: 'waivable'; readonly test: Part; readonly by: Part }
  | { readonly kind: 'manual'; readonly question: string }
  | { readonly kind: 'score'; readonly score: Score };

/** A named piece of a composed condition; shown as a line of its own. */
export interface Part {
  readonly label: string;
  readonly test: Test;
  readonly citation?: Citation;
}

export interface Condition extends Part {
  readonly id: string;
  readonly citation: Citation;
  /** A person's reading of the text that we encode, where the text itself leaves room. */
  readonly reading?: string;
  /** One-vote veto: when unmet it is listed apart. */
  readonly veto?: boolean;
}

/** Points of one indicator, by bands from the best down, by a person, or the better of several. */
export type Points =
  | {
      readonly kind: 'bands';
      readonly quantity: Quantity;
      readonly op: Comparison;
      readonly bands: readonly Band[];
      /** For counts with open entries: the count if everything open went well. */
      readonly possible?: Linear;
      readonly otherwise: readonly [number, number];
    }
  | { readonly kind: 'judged'; readonly feature: Feature; readonly from?: Points }
  | { readonly kind: 'best' | 'sum'; readonly of: readonly Points[] }
  | {
      readonly kind: 'when';
      readonly test: Test;
      readonly given: readonly [number, number];
      readonly otherwise: readonly [number, number];
    };

export interface Band {
  readonly bound: Param;
  /** Points given: lowest and highest a person may give within the band. */
  readonly points: readonly [number, number];
}

export interface ScoreItem {
  readonly id: string;
  readonly label: string;
  readonly max: number;
  readonly points: Points;
  readonly citation: Citation;
}

export interface ScoreGroup {
  readonly id: string;
  readonly label: string;
  /** Most points of the group, even where its items allow more. */
  readonly max: number;
  /** Least points the group must reach, if the text asks for it. */
  readonly least?: Param;
  /** Items count together ('sum', the default), or the best of them alone where the text lets one choose. */
  readonly combine?: 'sum' | 'best';
  readonly items: readonly ScoreItem[];
}

export interface Score {
  readonly pass: Param;
  /** '>=' or '>' against `pass`; whole points, so > 70 is ≥ 71. */
  readonly op: '>=' | '>';
  readonly groups: readonly ScoreGroup[];
  /** Items (ids) whose points must not be zero. */
  readonly nonZero?: readonly string[];
}

/** One clause of a text and what becomes of it here; the coverage page lists them. */
export interface Clause {
  readonly article: string;
  readonly says: string;
  readonly treatment: 'automated' | 'human' | 'operator' | 'out-of-scope';
  /** Condition or score-item ids that carry it out. */
  readonly by: readonly string[];
  readonly reason?: string;
}

export interface RuleVersion {
  readonly id: string;
  readonly scheme: string;
  readonly label: string;
  readonly texts: readonly LegalText[];
  readonly conditions: readonly Condition[];
  /** What a notice merely advises; never changes the outcome. */
  readonly advice?: readonly Condition[];
  readonly clauses: readonly Clause[];
  /** The version it follows, for the difference clause by clause. */
  readonly predecessor?: string;
  readonly notes?: readonly string[];
}

/** How a unit's integers are scaled in facts and features. */
export const SCALE: Readonly<Record<Unit, number>> = {
  CNY: 100,
  USD: 100,
  persons: 100,
  points: 100,
  ratio: 1_000_000,
  years: 1,
  days: 1,
  count: 1,
  rank: 1,
  level: 1,
  boolean: 1,
};

export type { Rational };
