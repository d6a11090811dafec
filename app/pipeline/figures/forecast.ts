/**
 * What a stock may be at the end of a period: those under way may be recognised, those whose title ends may keep
 * it. With enough comparable cases the number is distributed as a sum of independent chances (Poisson binomial),
 * computed exactly by dynamic programming; with fewer only a range is said. Pure.
 */

/** Fewest comparable cases from which a chance is read. */
export const ENOUGH = 20;

/** Cases that went the same way before: how many there were and how many came to count at the end. */
export interface Track {
  readonly id: string;
  readonly label: string;
  readonly trials: number;
  readonly successes: number;
}

/** One enterprise on whose outcome the number depends. */
export interface OpenCase {
  readonly id: number;
  readonly track: string;
  /** Day by which it is decided, or since when it has been under way; the earlier stands first among equals. */
  readonly on: string;
}

export interface ForecastInput<C extends OpenCase> {
  /** Enterprises that will count whatever happens: the stock less those whose title ends in the period. */
  readonly sure: number;
  readonly cases: readonly C[];
  readonly tracks: readonly Track[];
  readonly target: number | null;
}

export interface DecidingCase<C extends OpenCase> {
  readonly open: C;
  /** Its own chance to count; null where too few went before. */
  readonly chance: number | null;
  /** By how much the chance of reaching the target rises if it counts; null without a target or a chance. */
  readonly weight: number | null;
}

export type Forecast<C extends OpenCase> = {
  readonly lowest: number;
  readonly highest: number;
  /** The cases that decide, ten at most. */
  readonly deciding: readonly DecidingCase<C>[];
} & (
  | {
      readonly kind: 'distribution';
      readonly expected: number;
      /** Bounds of the middle nine tenths. */
      readonly low: number;
      readonly median: number;
      readonly high: number;
      /** Chance of at least the target; null without one. */
      readonly reach: number | null;
    }
  | {
      readonly kind: 'range';
      /** Bounds with the thin cases all failing and all counting, the others within their middle nine tenths. */
      readonly low: number;
      readonly high: number;
      /** Tracks with open cases and fewer than {@link ENOUGH} before. */
      readonly thin: readonly Track[];
    }
);

const MOST_DECIDING = 10;

/**
 * Chances of 0, 1, … n successes of independent cases. Exact up to rounding of doubles: every step only multiplies
 * and adds what is not negative.
 */
export function successes(chances: readonly number[]): Float64Array {
  const table = new Float64Array(chances.length + 1);
  table[0] = 1;
  chances.forEach((chance, index) => {
    for (let k = index + 1; k > 0; k -= 1) {
      table[k] = table[k]! * (1 - chance) + table[k - 1]! * chance;
    }
    table[0] = table[0]! * (1 - chance);
  });
  return table;
}

/** Chance of at least `least` successes, summed from the rarer side. */
export function atLeast(table: Float64Array, least: number): number {
  if (least <= 0) return 1;
  if (least >= table.length) return 0;
  let tail = 0;
  for (let k = table.length - 1; k >= least; k -= 1) tail += table[k]!;
  return Math.min(1, tail);
}

/** The least number of successes whose cumulative chance is at least `share`. */
function quantile(table: Float64Array, share: number): number {
  let sum = 0;
  for (let k = 0; k < table.length; k += 1) {
    sum += table[k]!;
    // What doubles lose over a long sum must not push the bound by one.
    if (sum >= share - 1e-12) return k;
  }
  return table.length - 1;
}

const byDay = <C extends OpenCase>(a: C, b: C) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.id - b.id);

/** The forecast of a stock; see {@link Forecast}. */
export function forecastOf<C extends OpenCase>(input: ForecastInput<C>): Forecast<C> {
  const { sure, cases, tracks, target } = input;
  const bounds = { lowest: sure, highest: sure + cases.length };
  const open = [...cases].sort(byDay);
  const track = new Map(tracks.map((each) => [each.id, each]));
  const thin = [...new Set(cases.map((each) => each.track))]
    .map((id) => track.get(id) ?? { id, label: id, trials: 0, successes: 0 })
    .filter(({ trials }) => trials < ENOUGH);
  const chanceOf = (each: C): number | null => {
    const found = track.get(each.track);
    return found && found.trials >= ENOUGH ? found.successes / found.trials : null;
  };
  if (thin.length > 0) return { ...bounds, kind: 'range', thin, ...thinly(sure, open, chanceOf) };
  const chances = open.map((each) => chanceOf(each)!);
  const table = successes(chances);
  return {
    ...bounds,
    kind: 'distribution',
    expected: sure + chances.reduce((sum, chance) => sum + chance, 0),
    low: sure + quantile(table, 0.05),
    median: sure + quantile(table, 0.5),
    high: sure + quantile(table, 0.95),
    reach: target === null ? null : atLeast(table, target - sure),
    deciding: decidingCases(open, chances, target === null ? null : target - sure),
  };
}

/** Where too few went before: bounds, and first the cases of which nothing is known, then the most uncertain. */
function thinly<C extends OpenCase>(sure: number, open: readonly C[], chanceOf: (each: C) => number | null) {
  const all = open.map((each) => ({ open: each, chance: chanceOf(each), weight: null }));
  const known = all.flatMap(({ chance }) => (chance === null ? [] : [chance]));
  const table = successes(known);
  const doubt = ({ chance }: { chance: number | null }) => (chance === null ? 1 : chance * (1 - chance));
  return {
    low: sure + quantile(table, 0.05),
    high: sure + quantile(table, 0.95) + all.length - known.length,
    deciding: all.sort((a, b) => doubt(b) - doubt(a) || byDay(a.open, b.open)).slice(0, MOST_DECIDING),
  };
}

/**
 * The cases with the greatest weight: P(target | it counts) − P(target | it does not). That is the chance that the
 * others give exactly one fewer than needed, so it depends on its own chance alone and is computed once for each.
 */
function decidingCases<C extends OpenCase>(
  open: readonly C[],
  chances: readonly number[],
  needed: number | null,
): DecidingCase<C>[] {
  const weights = new Map<number, number | null>();
  const weightOf = (chance: number): number | null => {
    if (needed === null) return null;
    let weight = weights.get(chance);
    if (weight === undefined) {
      const others = [...chances];
      others.splice(others.indexOf(chance), 1);
      weight = successes(others)[needed - 1] ?? 0;
      weights.set(chance, weight);
    }
    return weight;
  };
  // Without a target, or far from it, the most uncertain decide most.
  const doubt = (each: DecidingCase<C>) => each.chance! * (1 - each.chance!);
  return open
    .map((each, i) => ({ open: each, chance: chances[i]!, weight: weightOf(chances[i]!) }))
    .sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0) || doubt(b) - doubt(a) || byDay(a.open, b.open))
    .slice(0, MOST_DECIDING);
}
