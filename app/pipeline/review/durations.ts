/** Days of the steps on the way to a title. Pure. */
import type { Deltas } from '../roll-ups.ts';
import { OUTSIDE } from '../projection.ts';

/** Finished stays of a step by their days. */
export interface StepDays {
  readonly scheme: string;
  readonly state: string;
  readonly days: number;
  readonly count: number;
}

export interface StepSummary {
  readonly scheme: string;
  readonly state: string;
  /** Stays counted. */
  readonly finished: number;
  /** The smallest number of days within which half of them, and 80 % of them, were through. */
  readonly median: number;
  readonly p80: number;
}

/** Days that the given share of the stays did not exceed: the smallest d with #(≤ d) ≥ share. Exact. */
function reached(days: readonly StepDays[], total: number, part: number, whole: number): number {
  let sum = 0;
  for (const { days: own, count } of days) {
    sum += count;
    if (sum * whole >= total * part) return own;
  }
  return days.at(-1)!.days;
}

/** Median and 80th percentile of each step; steps without a finished stay are left out. */
export function summariseSteps(rows: readonly StepDays[]): StepSummary[] {
  const groups = Map.groupBy(rows, ({ scheme, state }) => `${scheme}|${state}`);
  return [...groups.values()].flatMap((own) => {
    const sorted = own.filter(({ count }) => count > 0).sort((a, b) => a.days - b.days);
    const finished = sorted.reduce((sum, { count }) => sum + count, 0);
    if (finished === 0) return [];
    const { scheme, state } = sorted[0]!;
    return [
      {
        scheme,
        state,
        finished,
        median: reached(sorted, finished, 1, 2),
        p80: reached(sorted, finished, 4, 5),
      },
    ];
  });
}

/** Finished stays of some quarters out of roll-ups in memory. */
export function stepsOf(
  { steps }: Deltas,
  quarters: readonly string[],
  parks: ReadonlySet<number> | null,
): StepDays[] {
  const found: StepDays[] = [];
  for (const [key, own] of steps) {
    const [scheme = '', state = '', park = '', days = ''] = key.split('|');
    if (parks ? !parks.has(Number(park)) : Number(park) === OUTSIDE) continue;
    const count = quarters.reduce((sum, quarter) => sum + (own.get(quarter) ?? 0), 0);
    if (count !== 0) found.push({ scheme, state, days: Number(days), count });
  }
  return found;
}
