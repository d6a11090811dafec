/** Who entered together, and what became of them. Pure. */
import { quarterBefore } from './period.ts';
import { quarterOf } from '../../rules/day.ts';
import { countFigure, noFigure, shareFigure } from './figure.ts';
import { hiddenCells } from './suppress.ts';
import type { CohortLine, CohortTable, Figure } from './tables.ts';

export const COHORT_PARTS = ['certified', 'underWay', 'out'] as const;
export type CohortPart = (typeof COHORT_PARTS)[number];
export const COHORT_PART_LABELS: Readonly<Record<CohortPart | 'entered', string>> = {
  entered: '入库',
  certified: '已认定',
  underWay: '在途',
  out: '未通过或退出',
};

/** One entry into the first step of a way. */
export interface CohortEntry {
  readonly scheme: string;
  readonly enterpriseId: number;
  readonly entryOn: string;
  readonly outcome: CohortPart;
}

/** Entries counted: by key, how many of each outcome. */
export type CohortCounts = ReadonlyMap<string, readonly [number, number, number]>;

/** Counts entries by a key; entries without one are left out. */
export function countCohorts(
  entries: readonly CohortEntry[],
  keyOf: (entry: CohortEntry) => string | null,
): CohortCounts {
  const counts = new Map<string, [number, number, number]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (key === null) continue;
    let own = counts.get(key);
    if (!own) counts.set(key, (own = [0, 0, 0]));
    own[COHORT_PARTS.indexOf(entry.outcome)]! += 1;
  }
  return counts;
}

/** The last quarters up to one, the earliest first. */
export function lastQuarters(quarter: string, count: number): string[] {
  const quarters = [quarter];
  while (quarters.length < count) quarters.unshift(quarterBefore(quarters[0]!));
  return quarters;
}

/** Quarter of entry. */
export const entryQuarter = (entry: CohortEntry): string => quarterOf(entry.entryOn);

/** Stands where a number is not shown; the same for a small one and for one that would give it away. */
export const HIDDEN = '※';

export interface CohortShape {
  readonly by: CohortTable['by'];
  readonly scheme: string;
  readonly label: string;
  /** Rows in order, those without entries included where they are named. */
  readonly keys: readonly { readonly key: string; readonly label: string }[];
  readonly limit: number;
  /** Address of the list behind a cell; key null for the totals. */
  readonly to: (key: string | null, part: CohortPart | 'entered') => string | null;
}

/** The table of counted entries, small numbers suppressed. */
export function cohortTable(counts: CohortCounts, shape: CohortShape): CohortTable {
  const rows = shape.keys.map(({ key }) => counts.get(key) ?? ([0, 0, 0] as const));
  const hidden = hiddenCells(rows, shape.limit);
  const total = [0, 1, 2].map((i) => rows.reduce((sum, row) => sum + row[i]!, 0));
  const line = (key: string | null, label: string, parts: readonly number[], marks: readonly boolean[]) =>
    cohortLine(key, label, parts, marks, shape.to);
  return {
    by: shape.by,
    scheme: shape.scheme,
    label: shape.label,
    rows: shape.keys.map(({ key, label }, i) => line(key, label, rows[i]!, hidden[i]!)),
    total: line(null, '合计', total, hidden[rows.length] ?? []),
  };
}

function cohortLine(
  key: string | null,
  label: string,
  parts: readonly number[],
  marks: readonly boolean[],
  to: CohortShape['to'],
): CohortLine {
  const entered = parts.reduce((a, b) => a + b, 0);
  const figure = (value: number, hidden: boolean | undefined, part: CohortPart | 'entered'): Figure =>
    hidden
      ? noFigure('家次', 'review.cohort', HIDDEN)
      : countFigure(value, '家次', 'review.cohort', to(key, part));
  const secret = marks[0] || marks[3];
  return {
    key: key ?? '',
    label,
    entered: figure(entered, marks[3], 'entered'),
    certified: figure(parts[0]!, marks[0], 'certified'),
    underWay: figure(parts[1]!, marks[1], 'underWay'),
    out: figure(parts[2]!, marks[2], 'out'),
    rate: secret
      ? noFigure('%', 'review.cohort-rate', HIDDEN)
      : shareFigure(parts[0]!, entered, 'review.cohort-rate'),
  };
}
