/**
 * Everything a quarterly review prints, as data: the page, the screen, every export and the seal take it from this
 * one object and from nothing else. Plain JSON, so that its canonical text can be signed.
 */

/** One printed number. Exact: a whole number, or for a share (unit `%`) and a decimal the fraction `value / over`. */
export interface Figure {
  /** Null where there is none; `text` then says why. */
  readonly value: number | null;
  /** The denominator; absent for a whole number. */
  readonly over?: number;
  /** 家, 家次, 天, %, 百分点 … */
  readonly unit: string;
  /** As it is printed, without the unit except for `%` and 百分点. */
  readonly text: string;
  /** Id of its entry in {@link ReviewTables.definitions}. */
  readonly definition: string;
  /** Address of the list it counts; null where there is none, or where the list would tell too much. */
  readonly to: string | null;
}

/** Windows a review can have; all of them end with the last day of the quarter named. */
export const REVIEW_WINDOWS = ['quarter', 'half', 'cumulative', 'year'] as const;
export type ReviewWindow = (typeof REVIEW_WINDOWS)[number];

/** A span of days, both included. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

export interface ReviewPeriod extends DaySpan {
  /** `2026Q3`: the quarter with whose last day the window ends. */
  readonly quarter: string;
  readonly window: ReviewWindow;
  /** 2026年三季度, 2026年1—9月 … */
  readonly label: string;
  /** The quarter is not over: `to` is the day looked at. */
  readonly running: boolean;
}

/** The switches; each is stated in words wherever a number is printed. */
export interface ReviewScope {
  /** Code of the park, its children included; null for all. */
  readonly park: string | null;
  /** Letter of the section of GB/T 4754. */
  readonly industry: string | null;
  /** Id of the steward's user, `none`, or null for all. */
  readonly steward: string | null;
  /** `home`: grown here; `moved`: came from elsewhere; null for both. */
  readonly source: 'home' | 'moved' | null;
  /** Only enterprises that are physically in the park (实体在地). */
  readonly located: boolean;
  /** 就高: each enterprise once, at its highest tier; 累计: every title. */
  readonly counting: 'headline' | 'held';
  /** What totals add up: enterprises (家, each once) or titles (家次). */
  readonly unit: '家' | '家次';
  /** All of it in one line, as prints state it. */
  readonly words: string;
}

/** The switches without their words: what an address says and what is stored. */
export type ReviewSwitches = Omit<ReviewScope, 'words'>;

/** Which review is to be counted, and when. */
export interface ReviewRequest {
  readonly quarter: string;
  readonly window: ReviewWindow;
  readonly switches: ReviewSwitches;
  /** The day looked at (`YYYY-MM-DD`): today, or an earlier one. */
  readonly on: string;
  /** The instant through which things are known: now. */
  readonly now: string;
}

export interface TierLine {
  readonly tier: string;
  readonly label: string;
  readonly headline: Figure;
  readonly held: Figure;
  readonly shareOfPrevious: Figure;
  readonly shareOfStart: Figure;
}

export interface StageLine {
  readonly column: string;
  readonly label: string;
  /** Standing here on the last day. */
  readonly count: Figure;
  /** Standing here or further on. */
  readonly reached: Figure;
  readonly shareOfPrevious: Figure;
  readonly shareOfStart: Figure;
}

export interface SchemeLine {
  readonly scheme: string;
  readonly label: string;
  readonly stages: readonly StageLine[];
  readonly held: Figure;
}

export interface ReviewFunnel {
  /** 在册企业. */
  readonly enterprises: Figure;
  /** Enterprises with any of the four titles (家), or such titles (家次), as the switches say. */
  readonly total: Figure;
  readonly tiers: readonly TierLine[];
  readonly schemes: readonly SchemeLine[];
}

export interface MovementLine {
  readonly row: string;
  readonly label: string;
  /** One for each column. */
  readonly cells: readonly Figure[];
}

/** 期初 + … − … = 期末, for the headline tiers (家) or for each scheme (家次). */
export interface MovementSheet {
  readonly table: 'headline' | 'schemes';
  readonly unit: string;
  readonly columns: readonly { readonly id: string; readonly label: string; readonly sign: number }[];
  readonly rows: readonly MovementLine[];
  readonly total: MovementLine;
  readonly balanced: boolean;
}

export interface FlowNode {
  readonly id: string;
  readonly label: string;
  /** Where it stands in the picture: the beginning of the period and what came, or its end and what went. */
  readonly side: 'start' | 'end';
  /** Headline tier, for its colour; null for what came or went. */
  readonly tier: string | null;
  readonly count: Figure;
}

export interface FlowLink {
  readonly from: string;
  readonly to: string;
  readonly count: Figure;
}

/** 梯队流动 (Sankey) of the period by 就高; its margins are 期初 and 期末 of the movement table. */
export interface ReviewFlows {
  readonly nodes: readonly FlowNode[];
  readonly links: readonly FlowLink[];
}

export interface CohortLine {
  readonly key: string;
  readonly label: string;
  readonly entered: Figure;
  readonly certified: Figure;
  readonly underWay: Figure;
  readonly out: Figure;
  /** Certified of those that entered. */
  readonly rate: Figure;
}

/** Who entered together, and what became of them by the end of the period. */
export interface CohortTable {
  readonly by: 'quarter' | 'steward' | 'industry';
  readonly scheme: string;
  readonly label: string;
  readonly rows: readonly CohortLine[];
  readonly total: CohortLine;
}

/** Days in one step of the way. */
export interface DurationLine {
  readonly scheme: string;
  readonly schemeLabel: string;
  readonly state: string;
  readonly label: string;
  /** Stays that ended within the four quarters up to the last day. */
  readonly finished: Figure;
  /** Still there on the last day: their days are not known yet and not counted (删失). */
  readonly open: Figure;
  readonly median: Figure;
  /** 80 % were through after so many days. */
  readonly p80: Figure;
}

export interface ComparisonLine {
  readonly id: string;
  readonly label: string;
  readonly kind: 'stock' | 'flow';
  readonly current: Figure;
  readonly previous: Figure;
  readonly previousChange: Figure;
  readonly yearBefore: Figure;
  readonly yearChange: Figure;
}

/** The period against the one before it and the same one a year before (1—9 月 against 1—9 月). */
export interface ReviewComparison {
  /** Null for windows that have none of their kind before them. */
  readonly previous: (DaySpan & { readonly label: string }) | null;
  readonly yearBefore: DaySpan & { readonly label: string };
  readonly rows: readonly ComparisonLine[];
}

/** A card of the register of indicators. */
export interface IndicatorCard {
  readonly id: string;
  readonly label: string;
  readonly value: Figure;
  readonly yearOnYear: Figure | null;
  readonly quarterOnQuarter: Figure | null;
  readonly target: Figure | null;
  /** What counts towards the target where that is not the value; absent in reviews sealed before 2026-11-22. */
  readonly progress?: { readonly value: Figure; readonly days: string } | null;
  readonly completion: Figure | null;
  readonly remaining: Figure | null;
  /** The end of the year as it will probably be, in words. */
  readonly forecast: string | null;
  readonly source: string;
  readonly asOf: string;
}

export interface ReviewParagraph {
  readonly heading: string;
  readonly text: string;
}

/** How a figure of the review is counted, as it was defined when the tables were made. */
export interface ReviewDefinition {
  readonly id: string;
  readonly label: string;
  readonly numerator: string;
  readonly denominator: string | null;
  readonly scope: string;
  /** 时点存量, 期间流量 or 比率. */
  readonly kind: 'stock' | 'flow' | 'rate';
  readonly unit: string;
  readonly rounding: string;
  readonly digits: number;
  readonly source: string;
  readonly owner: string;
}

export interface ReviewTables {
  /** Raised when the meaning of a field changes; a sealed review keeps its own. */
  readonly version: 1;
  readonly period: ReviewPeriod;
  /** Instant through which things were known. */
  readonly knownAt: string;
  readonly scope: ReviewScope;
  /** Fewer enterprises than this are not shown where persons or single enterprises could be told apart. */
  readonly suppressBelow: number;
  readonly funnel: ReviewFunnel;
  readonly movement: readonly MovementSheet[];
  readonly flows: ReviewFlows;
  readonly cohorts: readonly CohortTable[];
  readonly durations: readonly DurationLine[];
  readonly comparison: ReviewComparison;
  readonly indicators: readonly IndicatorCard[];
  readonly paragraphs: readonly ReviewParagraph[];
  readonly definitions: readonly ReviewDefinition[];
  /** What a reader must know of how all of it counts. */
  readonly notes: readonly string[];
}
