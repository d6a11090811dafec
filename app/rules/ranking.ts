/** The order of candidates: closeness first, then how well founded it is, then time; and what the park's history says. */
import { daysBetween, type Day } from './day.ts';
import { trustOf, type WeakFigure } from './evidence.ts';

export interface Standing {
  readonly distance: number;
  readonly weakest: WeakFigure | null;
  /** The day that presses: opening of the next window, or the title's last day for a renewal; null: not known. */
  readonly pressing: Day | null;
  /** The day judged for. */
  readonly on: Day;
}

/** One step of trust weighs as much as a gap of a thousandth of what is required. */
const TRUST_STEP = 0.001;
/** All of time together weighs less than one step of trust. */
const TIME_STEP = TRUST_STEP / 20_000;
const LONGEST = 9999;

/**
 * The key by which candidates are ranked, smaller first: the distance (see engine/closeness.ts) decides; among those
 * that are as close to a few thousandths, the better founded figures; among those, the day that presses sooner.
 */
export function rankKey({ distance, weakest, pressing, on }: Standing): number {
  const trust = weakest === null ? 0 : trustOf(weakest.source);
  const days = pressing === null ? LONGEST : Math.min(LONGEST, Math.max(0, daysBetween(on, pressing)));
  return distance + trust * TRUST_STEP + days * TIME_STEP;
}

/** What an application of the past stood at when it was handed in, and how it ended. */
export interface PastCase {
  readonly closeness: ClosenessClass;
  readonly certified: boolean;
}

export const CLOSENESS_CLASSES = ['eligible', 'open', 'one', 'two', 'more', 'vetoed'] as const;
/** Everything met; nothing unmet but something open; one, two or more conditions unmet; vetoed. */
export type ClosenessClass = (typeof CLOSENESS_CLASSES)[number];

/** The class within which candidates and past applications are compared. */
export function closenessClass(v: {
  readonly outcome: string;
  readonly unmet: number;
  readonly vetoes: number;
}): ClosenessClass {
  if (v.vetoes > 0) return 'vetoed';
  if (v.unmet === 0) return v.outcome === 'eligible' ? 'eligible' : 'open';
  return v.unmet === 1 ? 'one' : v.unmet === 2 ? 'two' : 'more';
}

/** Fewer comparable cases than this say nothing. */
export const LEAST_CASES = 20;

export interface Chance {
  readonly cases: number;
  readonly certified: number;
  /** Bounds of the 95 % Wilson interval, as fractions. */
  readonly low: number;
  readonly high: number;
}

/** The share certified among comparable cases with its interval; null where there are fewer than {@link LEAST_CASES}. */
export function chanceOf(cases: number, certified: number): Chance | null {
  if (cases < LEAST_CASES) return null;
  const z = 1.959963984540054;
  const share = certified / cases;
  const scale = 1 + (z * z) / cases;
  const centre = (share + (z * z) / (2 * cases)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / cases + (z * z) / (4 * cases * cases));
  return { cases, certified, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** Chances by class, from the park's own cases of one scheme. */
export function chancesOf(history: readonly PastCase[]): Partial<Record<ClosenessClass, Chance>> {
  const chances: Partial<Record<ClosenessClass, Chance>> = {};
  for (const id of CLOSENESS_CLASSES) {
    const own = history.filter(({ closeness }) => closeness === id);
    const chance = chanceOf(own.length, own.filter(({ certified }) => certified).length);
    if (chance) chances[id] = chance;
  }
  return chances;
}

export const CANDIDATE_TABS = ['eligible', 'near', 'undetermined', 'blocked'] as const;
export type CandidateTab = (typeof CANDIDATE_TABS)[number];

/** Unmet conditions up to which an enterprise counts as near. */
export const NEAR = 2;

/** Which tab of the list a verdict belongs to: vetoed or far is blocked, few unmet conditions is near. */
export function tabOf(verdict: {
  readonly outcome: CandidateTab | 'ineligible';
  readonly unmet: number;
  readonly vetoes: number;
}): CandidateTab {
  if (verdict.outcome !== 'ineligible') return verdict.outcome;
  return verdict.vetoes === 0 && verdict.unmet <= NEAR ? 'near' : 'blocked';
}
