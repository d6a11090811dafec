/** One comparison of ours with a reference, run in turn in one process. */
export interface Benchmark {
  /** As in the contract, e.g. `rules.vs-zen`. */
  name: string;
  /** Unit of both figures, e.g. `enterprises/s`. */
  unit: string;
  /** Demand on ours / reference, e.g. `>=200` or `<=1.5`. */
  goal: string;
  /** What it is measured with when nothing else is asked for; 100,000 where missing. */
  size?: number;
  run: (options: BenchmarkOptions) => Promise<BenchmarkResult>;
}

export interface BenchmarkOptions {
  /** Enterprises, rows or events to measure with. */
  size: number;
  /** How often each side runs; the medians count. */
  rounds: number;
  /** Folder in which databases that take long to make are kept for the next run. */
  keep?: string;
  /** Tells the person waiting what is going on. */
  log: (text: string) => void;
}

export interface BenchmarkResult {
  /** Median of our side. */
  ours: number;
  /** Median of the reference. */
  reference: number;
  /** What was measured, in words: `100000 enterprises, reference on 2000`. */
  size: string;
  rounds: number;
}

/** The middle value; the mean of the middle two for an even count. Throws on none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('median of nothing');
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** Whether a ratio fulfils a goal such as `>=200` or `<=1.5`; null for a goal without a number. */
export function meets(goal: string, ratio: number): boolean | null {
  const parts = /^(>=|<=|>|<)\s*([\d.]+)$/.exec(goal);
  if (!parts) return null;
  const bound = Number(parts[2]);
  switch (parts[1]) {
    case '>=':
      return ratio >= bound;
    case '<=':
      return ratio <= bound;
    case '>':
      return ratio > bound;
    default:
      return ratio < bound;
  }
}
