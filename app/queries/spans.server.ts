/** Stays as leadership's numbers read them: known now from the stored spans, known then by folding the log. */
import { LANES } from '../../machines/states.ts';
import type { Reader } from '../db/connection.server.ts';
import { readEvents } from '../db/event-rows.server.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import type { Stock } from '../pipeline/funnel.ts';
import { visible } from '../pipeline/log.ts';
import { memberships, OUTSIDE, project, type ProjectedSpan } from '../pipeline/projection.ts';
import { quarterBounds, quarterOf } from '../rules/day.ts';
import { all, among, and, column, type Clause, type Reading } from './sql.server.ts';

/** Lanes of the stays that are counted as titles, tiers and stages. */
export const STOCK_LANES: readonly string[] = [...LANES, 'held', 'headline'];

export interface Membership {
  readonly park: number;
  readonly from: string;
  readonly to: string | null;
}

export interface EnterpriseSpan {
  readonly enterpriseId: number;
  readonly span: ProjectedSpan;
  readonly parks: readonly Membership[];
}

export interface SpanSelection {
  readonly lanes: readonly string[];
  /** Stays that touch these days, both included. */
  readonly from: string;
  readonly to: string;
  /** Instant through which things were known; null: all that is known. */
  readonly knownAt: string | null;
  /** Start of the industry code, such as `C39` without the letter: `39`. */
  readonly industry?: string | null;
  /** Only enterprises `e` of which this holds. */
  readonly only?: Clause | null;
  /** Only these enterprises. */
  readonly of?: readonly number[] | null;
  /** Only the row of a movement table: a scheme with its title in force, or a headline tier. */
  readonly row?: string | null;
  /** Only what begins, ends or moves in these days, where that is known without reading more. */
  readonly changesOnly?: boolean;
}

interface SpanRow extends ProjectedSpan {
  enterpriseId: number;
  parkId: number | null;
}

export const byIndustry = (industry: string | null | undefined): Clause | null =>
  industry
    ? { sql: 'e.industry >= ? AND e.industry < ?', params: [industry, `${industry}\u{10FFFF}`] }
    : null;

/** Where moved enterprises belonged; all others belong where they stand. @param of only these; null: all */
export function moves(db: Reading, of: readonly number[] | null = null): Map<number, Membership[]> {
  const only = and([of ? among('enterpriseId', of) : null]);
  const found = new Map<number, Membership[]>();
  const rows = all<{ enterpriseId: number; state: string; fromOn: string; toOn: string | null }>(
    db,
    `SELECT enterpriseId, state, fromOn, toOn FROM Span WHERE lane = 'park' AND scheme = 'park' AND ${only.sql} ORDER BY enterpriseId, fromOn`,
    ...only.params,
  );
  for (const { enterpriseId, state, fromOn, toOn } of rows) {
    const stay = { park: Number(state), from: fromOn, to: toOn };
    const own = found.get(enterpriseId);
    if (own) own.push(stay);
    else found.set(enterpriseId, [stay]);
  }
  return found;
}

/** Restricts enterprises `e` as a selection does. */
const selected = ({ industry, only, of }: SpanSelection): (Clause | null)[] => [
  byIndustry(industry),
  only ?? null,
  of ? among('e.id', of) : null,
];

function storedSpans(db: Reading, selection: SpanSelection, but: readonly number[] = []): EnterpriseSpan[] {
  const where = and([
    // Of some enterprises, by each of them; else by the lane.
    among(selection.of ? '+s.lane' : 's.lane', selection.lanes),
    selection.of ? among('s.enterpriseId', selection.of) : null,
    { sql: 's.fromOn <= ?', params: [selection.to] },
    { sql: 's.toOn IS NULL OR s.toOn >= ?', params: [selection.from] },
    selection.row == null
      ? null
      : selection.lanes.includes('headline')
        ? { sql: "s.scheme = 'headline' AND s.state = ?", params: [selection.row] }
        : { sql: 's.scheme = ?', params: [selection.row] },
    ...selected(selection),
    but.length > 0 ? { ...among('e.id', but), sql: `NOT ${among('e.id', but).sql}` } : null,
    selection.changesOnly
      ? {
          sql: `s.fromOn >= ? OR s.toOn <= ?
                OR s.enterpriseId IN (SELECT enterpriseId FROM Span WHERE lane = 'park' AND scheme = 'park')`,
          params: [selection.from, selection.to],
        }
      : null,
  ]);
  const moved = moves(db, selection.of ?? null);
  return all<SpanRow>(
    db,
    `SELECT s.enterpriseId, s.lane, s.scheme, s.state, s.fromOn, s.toOn, s.began, s.ended, s.eventId, e.parkId
     FROM Span s JOIN Enterprise e ON e.id = s.enterpriseId WHERE ${where.sql}`,
    ...where.params,
  ).map(({ enterpriseId, parkId, ...span }) => ({
    enterpriseId,
    span,
    parks: moved.get(enterpriseId) ?? memberships([], parkId),
  }));
}

/** Enterprises of which something became known after an instant; all others are as they were known then. */
export const knownSince = (db: Reading, knownAt: string): number[] =>
  column(
    db,
    'SELECT DISTINCT enterpriseId FROM Event INDEXED BY Event_knownAt_enterpriseId_idx WHERE knownAt > ? AND accepted = 1',
    knownAt,
  );

/** The stays of some enterprises as they were known at an instant, folded from their events. */
function* foldedSpans(
  db: Reading,
  selection: SpanSelection & { readonly knownAt: string },
  ids: readonly number[],
): Generator<EnterpriseSpan> {
  const reader: Reader = readerOf(db.raw);
  const where = and([among('e.id', ids), ...selected(selection)]);
  const enterprises = all<{ id: number; parkId: number | null }>(
    db,
    `SELECT e.id, e.parkId FROM Enterprise e WHERE ${where.sql}`,
    ...where.params,
  );
  for (const { id: enterpriseId, parkId } of enterprises) {
    const events = readEvents(reader, enterpriseId);
    const { way, spans } = project(visible(events, selection.knownAt));
    // A move that was not known yet had not happened: what it started from is where the enterprise stood.
    const firstMove = way.moves.length === 0 ? events.find((event) => event.type === 'moved') : undefined;
    const parks = memberships(way.moves, firstMove ? (firstMove.payload.from ?? null) : parkId);
    for (const span of spans) {
      if (!selection.lanes.includes(span.lane) || span.fromOn > selection.to) continue;
      if (span.toOn === null || span.toOn >= selection.from) yield { enterpriseId, span, parks };
    }
  }
}

/** The stays that a reading counts, each with where its enterprise belonged. */
export function* readStays(db: Reading, selection: SpanSelection): Generator<EnterpriseSpan> {
  const { knownAt } = selection;
  if (knownAt === null) return yield* storedSpans(db, selection);
  const since = knownSince(db, knownAt);
  yield* storedSpans(db, selection, since);
  yield* foldedSpans(db, { ...selection, knownAt }, since);
}

/**
 * The stays of those enterprises alone of which something became known after an instant: as they are known now, and
 * as they were known then. What is counted now less the first and more the second is what was counted then.
 */
export function correctedStays(
  db: Reading,
  selection: SpanSelection & { readonly knownAt: string },
): { now: EnterpriseSpan[]; before: EnterpriseSpan[] } {
  const of = knownSince(db, selection.knownAt);
  if (of.length === 0) return { now: [], before: [] };
  return {
    now: storedSpans(db, { ...selection, of }),
    before: [...foldedSpans(db, selection, of)],
  };
}

/**
 * Stock of every state on a day from the roll-ups, as it is known now: the quarters before, then the days of its own.
 * Its cost depends on the parks and, little, on the quarters, not on the number of events.
 * @param parkIds parks looked at; null: all
 * @param lanes only these lanes, of titles and tiers or {@link PRESENCE}
 */
export function stockOn(
  db: Reading,
  on: string,
  parkIds: readonly number[] | null,
  lanes: readonly string[] = STOCK_LANES,
): Stock[] {
  const where = and([
    among('lane', lanes),
    parkIds ? among('parkId', parkIds) : { sql: `parkId <> ${OUTSIDE}`, params: [] },
  ]);
  const quarter = quarterOf(on);
  const { from, to } = quarterBounds(quarter);
  // On the last day of a quarter, as leadership mostly looks, its own days are rolled up as well.
  if (on === to) {
    return all<Stock>(
      db,
      `SELECT lane, scheme, state, sum(delta) AS count FROM StockQuarter WHERE quarter <= ? AND ${where.sql}
       GROUP BY lane, scheme, state HAVING sum(delta) <> 0`,
      quarter,
      ...where.params,
    );
  }
  return all<Stock>(
    db,
    `SELECT lane, scheme, state, sum(delta) AS count FROM (
       SELECT lane, scheme, state, delta FROM StockQuarter WHERE quarter < ? AND ${where.sql}
       UNION ALL SELECT lane, scheme, state, delta FROM StockChange INDEXED BY StockChange_lane_day_idx
         WHERE day >= ? AND day <= ? AND ${where.sql})
     GROUP BY lane, scheme, state HAVING sum(delta) <> 0`,
    quarter,
    ...where.params,
    from,
    on,
    ...where.params,
  );
}
