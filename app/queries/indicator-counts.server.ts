/** Built-in indicators counted on a day or over days, each reading of the database done once a page. */
import type { Measure } from '../pipeline/figures/builtin.ts';
import type { DaySpan } from '../pipeline/figures/span.ts';
import type { Stock } from '../pipeline/funnel.ts';
import { LEVEL_LANE, OUTSIDE } from '../pipeline/projection.ts';
import type { MovementRow } from '../pipeline/movement.ts';
import { movementOfFlows } from '../pipeline/review/flows.ts';
import { storedFlows } from './review-numbers.server.ts';
import { STOCK_LANES, stockOn } from './spans.server.ts';
import { among, count, type Clause, type Reading } from './sql.server.ts';

/** Counts built-in indicators within some parks, as it is known now. */
export interface Counter {
  /** The count over these days; a stock is taken at the end of the last. */
  count: (measure: Measure, span: DaySpan) => number;
}

/** Enterprises `s.enterpriseId` that belonged to the parks on the day. */
export function belonging(parkIds: readonly number[] | null, on: string): Clause {
  const there = `coalesce((SELECT CAST(p.state AS INTEGER) FROM Span p WHERE p.enterpriseId = s.enterpriseId
      AND p.scheme = 'park' AND p.fromOn <= ? AND (p.toOn IS NULL OR p.toOn > ?)), e.parkId)`;
  if (parkIds === null) return { sql: `coalesce(${there}, 0) <> ${OUTSIDE}`, params: [on, on] };
  const list = among(there, parkIds);
  return { sql: list.sql, params: [on, on, ...list.params] };
}

function spansOn(
  db: Reading,
  what: string,
  where: Clause,
  on: string,
  parkIds: readonly number[] | null,
): number {
  const park = belonging(parkIds, on);
  return count(
    db,
    `SELECT count(${what}) FROM Span s JOIN Enterprise e ON e.id = s.enterpriseId
     WHERE (${where.sql}) AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > ?) AND ${park.sql}`,
    ...where.params,
    on,
    on,
    ...park.params,
  );
}

/** The lane is compared as an expression, so that the index by enterprise is taken and not the one by lane. */
const IN_FORCE = `x.lane || '' = 'held' AND x.fromOn <= ? AND (x.toOn IS NULL OR x.toOn > ?)`;

/**
 * Enterprises with a title of these schemes in force, or in these stages of applying for one, each once. The
 * largest scheme comes from the roll-up; of the others only those are looked at one by one, so the cost is that of
 * the smaller ones.
 */
function distinct(
  db: Reading,
  { schemes, stages = [] }: Extract<Measure, { kind: 'held' }>,
  on: string,
  parkIds: readonly number[] | null,
  held: (scheme: string) => number,
): number {
  const [largest, ...others] = [...schemes].sort((a, b) => held(b) - held(a));
  if (largest === undefined) return 0;
  const counted = [largest];
  const elsewhere = () => {
    const earlier = among('x.scheme', counted);
    return {
      sql: `NOT EXISTS (SELECT 1 FROM Span x WHERE x.enterpriseId = s.enterpriseId AND ${earlier.sql}
        AND ${IN_FORCE})`,
      params: [...earlier.params, on, on],
    };
  };
  let total = held(largest);
  for (const scheme of others) {
    const fresh = elsewhere();
    const where = {
      sql: `s.lane = 'held' AND s.scheme = ? AND s.state = 'held' AND ${fresh.sql}`,
      params: [scheme, ...fresh.params],
    };
    if (held(scheme) > 0) total += spansOn(db, '*', where, on, parkIds);
    counted.push(scheme);
  }
  if (stages.length === 0) return total;
  const [fresh, stage, scheme] = [elsewhere(), among('s.state', stages), among('s.scheme', schemes)];
  const where = {
    sql: `s.lane = 'application' AND ${scheme.sql} AND ${stage.sql} AND ${fresh.sql}`,
    params: [...scheme.params, ...stage.params, ...fresh.params],
  };
  return total + spansOn(db, 'DISTINCT s.enterpriseId', where, on, parkIds);
}

/** Enterprises that came into these stages in the days and belonged to the parks at their end. */
function reached(
  db: Reading,
  { scheme, stages }: Extract<Measure, { kind: 'reached' }>,
  { from, to }: DaySpan,
  parkIds: readonly number[] | null,
): number {
  const stage = among('s.state', stages);
  const park = belonging(parkIds, to);
  return count(
    db,
    `SELECT count(DISTINCT s.enterpriseId) FROM Span s JOIN Enterprise e ON e.id = s.enterpriseId
     WHERE s.lane = 'application' AND s.scheme = ? AND ${stage.sql} AND s.fromOn >= ? AND s.fromOn <= ?
       AND ${park.sql}`,
    scheme,
    ...stage.params,
    from,
    to,
    ...park.params,
  );
}

const LANES_COUNTED = [...STOCK_LANES, LEVEL_LANE];

/** A counter for the parks chosen; null: all. */
export function counterOf(db: Reading, parkIds: readonly number[] | null): Counter {
  const stocks = new Map<string, readonly Stock[]>();
  const movements = new Map<string, ReadonlyMap<string, MovementRow>>();
  const counts = new Map<string, number>();
  const stock = (on: string) => {
    let found = stocks.get(on);
    if (!found) stocks.set(on, (found = stockOn(db, on, parkIds, LANES_COUNTED)));
    return found;
  };
  const movement = ({ from, to }: DaySpan) => {
    const key = `${from} ${to}`;
    let found = movements.get(key);
    if (!found) {
      const flows = storedFlows(db, from, to);
      // Openings are of no concern here: only what came and went is read.
      const rows = movementOfFlows('held', new Map(), flows, parkIds && new Set(parkIds));
      movements.set(key, (found = new Map(rows.map((row) => [row.row, row]))));
    }
    return found;
  };
  const held = (on: string, scheme: string) =>
    stock(on).find((row) => row.lane === 'held' && row.scheme === scheme)?.count ?? 0;
  const among_ = (on: string, test: (row: Stock) => boolean) =>
    stock(on).reduce((sum, row) => sum + (test(row) ? row.count : 0), 0);

  function countOf(measure: Measure, span: DaySpan): number {
    const on = span.to;
    switch (measure.kind) {
      case 'held':
        return measure.schemes.length === 1 && !measure.stages
          ? held(on, measure.schemes[0]!)
          : distinct(db, measure, on, parkIds, (scheme) => held(on, scheme));
      case 'times':
        return measure.schemes.reduce((sum, scheme) => sum + held(on, scheme), 0);
      case 'headline':
        return among_(on, (row) => row.lane === 'headline' && measure.tiers.includes(row.state));
      case 'stages':
        return among_(
          on,
          (row) =>
            row.lane === 'application' && row.scheme === measure.scheme && measure.stages.includes(row.state),
        );
      case 'reached':
        return reached(db, measure, span, parkIds);
      case 'level':
        return among_(
          on,
          (row) => row.lane === LEVEL_LANE && row.scheme === measure.scheme && row.state === measure.level,
        );
      case 'movement': {
        const row = movement(span).get(measure.scheme);
        const sum = (columns: readonly (keyof MovementRow)[] = []) =>
          row ? columns.reduce((total, column) => total + Number(row[column]), 0) : 0;
        return sum(measure.columns) - sum(measure.less);
      }
    }
  }
  return {
    count: (measure, span) => {
      const key = JSON.stringify([measure, span]);
      let found = counts.get(key);
      if (found === undefined) counts.set(key, (found = countOf(measure, span)));
      return found;
    },
  };
}
