/**
 * Roll-ups of the spans: stock, what came and went, and the days a step took, counted by park and day or quarter, so
 * that the numbers of leadership cost the same however long the log is. The door keeps them; `verify` holds them
 * against the log.
 */
import { daysBetween, quarterOf } from '../rules/day.ts';
import { memberships, presenceSpans, type ProjectedSpan, type Way } from './projection.ts';

/** Numbers by key, then by day or quarter. */
export type Tally = Map<string, Map<string, number>>;

/** The daily roll-ups of the spans: what the numbers of leadership are read from, whatever the length of the log. */
export interface Deltas {
  /** Change of the stock: `lane|scheme|state|park`, by day. */
  readonly stock: Tally;
  /** What began, ended or moved: `lane|row|way|cause|other|park`, by day; see {@link bookFlows}. */
  readonly flows: Tally;
  /** Finished stays on the way to a title: `scheme|state|park|days`, by the quarter in which they ended. */
  readonly steps: Tally;
}

export const newDeltas = (): Deltas => ({ stock: new Map(), flows: new Map(), steps: new Map() });

export function clearDeltas(deltas: Deltas): void {
  for (const tally of Object.values(deltas) as Tally[]) tally.clear();
}

function count(tally: Tally, key: string, at: string, by: number): void {
  let own = tally.get(key);
  if (!own) tally.set(key, (own = new Map()));
  own.set(at, (own.get(at) ?? 0) + by);
}

/** Books one change of stock: `by` more from that day on. */
export function bookChange(deltas: Deltas, s: ProjectedSpan, park: number, day: string, by: number): void {
  count(deltas.stock, `${s.lane}|${s.scheme}|${s.state}|${park}`, day, by);
}

type Belonging = { readonly park: number; readonly from: string; readonly to: string | null };

/** Books a finished stay on the way to a title; what is open or beside the way is none. */
export function bookStep(deltas: Deltas, s: ProjectedSpan, park: number, by: number): void {
  if (s.lane !== 'application' || s.toOn === null) return;
  count(
    deltas.steps,
    `${s.scheme}|${s.state}|${park}|${daysBetween(s.fromOn, s.toOn)}`,
    quarterOf(s.toOn),
    by,
  );
}

/** Row of the movement table that a span in force counts in: a scheme, or a headline tier. */
const rowOf = (s: ProjectedSpan): string => (s.lane === 'headline' ? s.state : s.scheme);

/**
 * Books the beginning and the end of a title in force or a headline tier under the park of those days, with the tier
 * that it came from or went to; and the moves between parks while it lasted, as `from>to`.
 */
function bookFlows(
  deltas: Deltas,
  s: ProjectedSpan,
  parks: readonly Belonging[],
  beside: { readonly before: string; readonly after: string },
  by: number,
): void {
  if (s.toOn !== null && s.toOn <= s.fromOn) return;
  const key = `${s.lane}|${rowOf(s)}`;
  for (const { park, from, to } of parks) {
    const begins = from <= s.fromOn && (to === null || s.fromOn < to);
    if (begins) count(deltas.flows, `${key}|in|${s.began ?? 'first'}|${beside.before}|${park}`, s.fromOn, by);
    const ends = s.toOn !== null && from < s.toOn && (to === null || s.toOn <= to);
    if (ends) count(deltas.flows, `${key}|out|${s.ended ?? ''}|${beside.after}|${park}`, s.toOn!, by);
  }
  for (let i = 1; i < parks.length; i += 1) {
    const [left, came] = [parks[i - 1]!, parks[i]!];
    if (came.from <= s.fromOn || (s.toOn !== null && came.from >= s.toOn)) continue;
    count(deltas.flows, `${key}|move|${left.park}>${came.park}||0`, came.from, by);
  }
}

/** Books spans of one enterprise into the roll-ups (`sign` 1) or takes them out (−1), each in the park of its days. */
export function book(
  deltas: Deltas,
  spans: readonly ProjectedSpan[],
  parks: readonly Belonging[],
  sign: 1 | -1,
): void {
  const tiers = spans.filter((s) => s.lane === 'headline');
  for (const s of spans) {
    if (s.lane === 'park') continue;
    for (const stay of parks) {
      const from = s.fromOn > stay.from ? s.fromOn : stay.from;
      const to = s.toOn === null ? stay.to : stay.to === null || s.toOn < stay.to ? s.toOn : stay.to;
      if (to !== null && from >= to) continue;
      bookChange(deltas, s, stay.park, from, sign);
      if (to !== null) bookChange(deltas, s, stay.park, to, -sign);
    }
    if (s.lane === 'held') bookFlows(deltas, s, parks, { before: '', after: '' }, sign);
    else if (s.lane === 'headline') {
      const before = tiers.find((t) => t.toOn === s.fromOn)?.state ?? '';
      const after = (s.toOn !== null && tiers.find((t) => t.fromOn === s.toOn)?.state) || '';
      bookFlows(deltas, s, parks, { before, after }, sign);
    } else if (s.toOn !== null) bookStep(deltas, s, parkAtEnd(s, parks), sign);
  }
}

/** An enterprise as far as the roll-ups count it. */
export interface Counted {
  readonly way: Pick<Way, 'gone' | 'moves'>;
  readonly spans: readonly ProjectedSpan[];
  /** Park where no move is on record. */
  readonly park: number | null;
  readonly registeredOn: string | null;
}

/** Books all that an enterprise counts in, its being on record included (`sign` 1), or takes it out (−1). */
export function bookEnterprise(
  deltas: Deltas,
  { way, spans, park, registeredOn }: Counted,
  sign: 1 | -1,
): void {
  const own = [...spans, ...presenceSpans(way.gone, registeredOn)];
  book(deltas, own, memberships(way.moves, park), sign);
}

/** Park on the last day of a finished stay. */
function parkAtEnd(s: ProjectedSpan, parks: readonly Belonging[]): number {
  const last = parks.findLast((stay) => (s.toOn === s.fromOn ? stay.from <= s.fromOn : stay.from < s.toOn!));
  return (last ?? parks[0]!).park;
}

/** Changes of stock by quarter, so that a stock is the sum of few rows however long ago it began. */
export function quarterly(stock: Tally): Tally {
  const quarters: Tally = new Map();
  for (const [key, days] of stock) {
    const own = new Map<string, number>();
    for (const [day, delta] of days) own.set(quarterOf(day), (own.get(quarterOf(day)) ?? 0) + delta);
    quarters.set(key, own);
  }
  return quarters;
}

/** The tables of the roll-ups, each with its key as the tallies write it, and the column by which it is counted. */
export const ROLL_UPS = {
  stock: { table: 'StockChange', key: ['lane', 'scheme', 'state', 'parkId'], at: 'day', sum: 'delta' },
  quarters: {
    table: 'StockQuarter',
    key: ['lane', 'scheme', 'state', 'parkId'],
    at: 'quarter',
    sum: 'delta',
  },
  flows: {
    table: 'FlowChange',
    key: ['lane', 'row', 'way', 'cause', 'other', 'parkId'],
    at: 'day',
    sum: 'count',
  },
  steps: { table: 'StepDuration', key: ['scheme', 'state', 'parkId', 'days'], at: 'quarter', sum: 'count' },
} as const;
export type RollUp = (typeof ROLL_UPS)[keyof typeof ROLL_UPS];
