/** Stays as leadership's numbers read them: known now from the stored spans, known then by folding the log. */
import { LANES } from '../../machines/states.ts';
import type { Reader } from '../db/connection.server.ts';
import { eventsByEnterprise } from '../db/event-rows.server.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import type { Stock } from '../pipeline/funnel.ts';
import { visible } from '../pipeline/log.ts';
import { memberships, OUTSIDE, project, type ProjectedSpan } from '../pipeline/projection.ts';
import { quarterBounds, quarterOf } from '../rules/day.ts';
import { all, among, and, type Clause, type Reading } from './sql.server.ts';

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
  /** Only enterprises `e` of which this holds; for what is known now. */
  readonly only?: Clause | null;
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

/** Where moved enterprises belonged; all others belong where they stand. */
export function moves(db: Reading): Map<number, Membership[]> {
  const found = new Map<number, Membership[]>();
  const rows = all<{ enterpriseId: number; state: string; fromOn: string; toOn: string | null }>(
    db,
    `SELECT enterpriseId, state, fromOn, toOn FROM Span WHERE lane = 'park' AND scheme = 'park' ORDER BY enterpriseId, fromOn`,
  );
  for (const { enterpriseId, state, fromOn, toOn } of rows) {
    const stay = { park: Number(state), from: fromOn, to: toOn };
    const own = found.get(enterpriseId);
    if (own) own.push(stay);
    else found.set(enterpriseId, [stay]);
  }
  return found;
}

function storedSpans(db: Reading, selection: SpanSelection): EnterpriseSpan[] {
  const where = and([
    among('s.lane', selection.lanes),
    { sql: 's.fromOn <= ?', params: [selection.to] },
    { sql: 's.toOn IS NULL OR s.toOn >= ?', params: [selection.from] },
    byIndustry(selection.industry),
    selection.only ?? null,
    selection.changesOnly
      ? {
          sql: `s.fromOn >= ? OR s.toOn <= ?
                OR s.enterpriseId IN (SELECT enterpriseId FROM Span WHERE lane = 'park' AND scheme = 'park')`,
          params: [selection.from, selection.to],
        }
      : null,
  ]);
  const moved = moves(db);
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

function* foldedSpans(db: Reading, selection: SpanSelection): Generator<EnterpriseSpan> {
  const reader: Reader = readerOf(db.raw);
  const enterprise = reader.prepare<{ parkId: number | null; industry: string | null }>(
    'SELECT parkId, industry FROM Enterprise WHERE id = ?',
  );
  for (const { enterpriseId, events } of eventsByEnterprise(reader)) {
    const known = visible(events, selection.knownAt);
    if (known.length === 0) continue;
    const { parkId = null, industry = null } = enterprise.get(enterpriseId) ?? {};
    if (selection.industry && !industry?.startsWith(selection.industry)) continue;
    const { way, spans } = project(known);
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
export function readStays(db: Reading, selection: SpanSelection): Iterable<EnterpriseSpan> {
  return selection.knownAt === null ? storedSpans(db, selection) : foldedSpans(db, selection);
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
