/** The movement table and the picture of flows from the roll-up of what began, ended and moved. Pure. */
import { emptyRow, inColumn, netOf, outColumn, type MovementColumn, type MovementRow } from '../movement.ts';
import { OUTSIDE } from '../projection.ts';
import type { Deltas } from '../roll-ups.ts';

/** One sum of the roll-up over a period; see FlowChange in the schema. */
export interface Flow {
  readonly lane: string;
  readonly row: string;
  readonly way: string;
  readonly cause: string;
  readonly other: string;
  readonly parkId: number;
  readonly count: number;
}

/** The flows of `[from, to]` out of roll-ups in memory. */
export function flowsOf({ flows }: Deltas, from: string, to: string): Flow[] {
  const found: Flow[] = [];
  for (const [key, days] of flows) {
    let count = 0;
    for (const [day, own] of days) if (from <= day && day <= to) count += own;
    if (count === 0) continue;
    const [lane = '', row = '', way = '', cause = '', other = '', park = ''] = key.split('|');
    found.push({ lane, row, way, cause, other, parkId: Number(park), count });
  }
  return found;
}

type Parks = ReadonlySet<number> | null;

const counts = (park: number, parks: Parks) => (parks ? parks.has(park) : park !== OUTSIDE);

/** Column of a flow within the parks looked at; null where it changes nothing there. */
function columnOf(flow: Flow, parks: Parks): MovementColumn | null {
  if (flow.way === 'move') {
    const [left, came] = flow.cause.split('>').map((park) => counts(Number(park), parks));
    return left === came ? null : came ? 'movedIn' : 'movedOut';
  }
  if (!counts(flow.parkId, parks)) return null;
  return flow.way === 'in' ? inColumn(flow.cause) : outColumn(flow.cause || null);
}

/**
 * The movement table of a lane: the same as {@link movementTable} gives from every stay.
 * @param openings stock at the end of the day before, by row
 */
export function movementOfFlows(
  lane: string,
  openings: ReadonlyMap<string, number>,
  flows: Iterable<Flow>,
  parks: Parks,
  order: readonly string[] = [],
): MovementRow[] {
  const table = new Map<string, Record<MovementColumn, number> & { row: string }>();
  for (const row of [...order, ...openings.keys()]) table.set(row, { ...emptyRow(row) });
  for (const flow of flows) {
    const column = flow.lane === lane ? columnOf(flow, parks) : null;
    if (column === null) continue;
    let row = table.get(flow.row);
    if (!row) table.set(flow.row, (row = { ...emptyRow(flow.row) }));
    row[column] += flow.count;
  }
  return [...table.values()].map((row) => {
    const opening = openings.get(row.row) ?? 0;
    return { ...row, opening, closing: opening + netOf(row) };
  });
}

export interface TierFlow {
  /** A tier, or what came: newly, renewed, movedIn. */
  readonly from: string;
  /** A tier, or what went: expired, revoked, deregistered, movedOut. */
  readonly to: string;
  readonly count: number;
}

/**
 * How the headline tiers flowed in the period: from each opening tier, and from what came, to each closing tier and
 * to what went. What leaves the tiers sums to the openings and what enters them to the closings of `rows`.
 */
export function tierFlows(rows: readonly MovementRow[], flows: readonly Flow[], parks: Parks): TierFlow[] {
  const links = new Map<string, number>();
  const add = (from: string, to: string, count: number) =>
    links.set(`${from}|${to}`, (links.get(`${from}|${to}`) ?? 0) + count);
  const left = new Map<string, number>();
  for (const flow of flows) {
    const column = flow.lane === 'headline' ? columnOf(flow, parks) : null;
    if (column === null) continue;
    const leaves = flow.way === 'out' || column === 'movedOut';
    if (leaves) left.set(flow.row, (left.get(flow.row) ?? 0) + flow.count);
    if (leaves) add(flow.row, flow.way === 'out' && flow.other ? flow.other : `out:${column}`, flow.count);
    else if (flow.way !== 'in' || !flow.other) add(`in:${column}`, flow.row, flow.count);
  }
  for (const row of rows) {
    const stayed = row.opening - (left.get(row.row) ?? 0);
    if (stayed !== 0) add(row.row, row.row, stayed);
  }
  return [...links]
    .filter(([, count]) => count !== 0)
    .map(([key, count]) => ({ from: key.split('|')[0]!, to: key.split('|')[1]!, count }));
}
