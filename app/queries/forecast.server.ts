/** What the stock of a title may be at the end of the target's days: who is under way, whose title ends, and how such cases went. */
import { COLUMNS, STATES, type ColumnId, type StateId } from '../../machines/states.ts';
import { forecastOf, type Forecast, type OpenCase, type Track } from '../pipeline/figures/forecast.ts';
import { addYears, type Day } from '../rules/day.ts';
import { belonging } from './indicator-counts.server.ts';
import { all, among, type Reading } from './sql.server.ts';

export interface ForecastScope {
  readonly scheme: string;
  readonly asOf: Day;
  /** Last day of the period forecast; after `asOf`. */
  readonly until: Day;
  readonly parkIds: readonly number[] | null;
  /** The stock on the day, in the same parks. */
  readonly stock: number;
  readonly target: number | null;
}

export interface StockCase extends OpenCase {
  readonly name: string;
  readonly uscc: string;
}

/** Years back in which comparable cases are looked for. */
const YEARS = 5;
const KEEP = 'keep';
const KEEP_LABEL = '期内到期的称号';

/** Columns of an application that is still open, by the way it still has to go. */
const OPEN: readonly ColumnId[] = ['library', 'nominated', 'preparing', 'review', 'publicised'];
const OPEN_STATES = Object.entries(STATES)
  .filter(([, { column }]) => OPEN.includes(column))
  .map(([id]) => id);
const columnOf = (state: string): string => STATES[state as StateId].column;
const columnLabel = (id: string): string => `在途：${COLUMNS.find((each) => each.id === id)!.label}`;

// The lane is compared as an expression, so that the index by enterprise is taken and not the one by lane.
const HELD = `EXISTS (SELECT 1 FROM Span h WHERE h.enterpriseId = s.enterpriseId AND h.scheme = s.scheme
  AND h.lane || '' = 'held' AND h.fromOn <= ? AND (h.toOn IS NULL OR h.toOn > ?))`;

/** Enterprises whose title is in force on the day and, as things stand, no longer at the end. */
function ending(db: Reading, { scheme, asOf, until, parkIds }: ForecastScope): StockCase[] {
  const park = belonging(parkIds, asOf);
  return all<StockCase>(
    db,
    `SELECT e.id, e.name, e.uscc, s.toOn AS "on", '${KEEP}' AS track
     FROM Span s JOIN Enterprise e ON e.id = s.enterpriseId
     WHERE s.lane = 'held' AND s.scheme = ? AND s.fromOn <= ? AND s.toOn > ? AND s.toOn <= ? AND ${park.sql}`,
    scheme,
    asOf,
    asOf,
    until,
    ...park.params,
  );
}

/** Enterprises that are under way to the title and do not hold it. */
function underWay(db: Reading, { scheme, asOf, parkIds }: ForecastScope): StockCase[] {
  const park = belonging(parkIds, asOf);
  const state = among('s.state', OPEN_STATES);
  return all<StockCase & { state: string }>(
    db,
    `SELECT e.id, e.name, e.uscc, s.fromOn AS "on", s.state
     FROM Span s JOIN Enterprise e ON e.id = s.enterpriseId
     WHERE s.lane = 'application' AND s.scheme = ? AND ${state.sql} AND s.fromOn <= ?
       AND (s.toOn IS NULL OR s.toOn > ?) AND NOT ${HELD} AND ${park.sql}`,
    scheme,
    ...state.params,
    asOf,
    asOf,
    asOf,
    asOf,
    ...park.params,
  ).map(({ state: at, ...rest }) => ({ ...rest, track: columnOf(at) }));
}

/** How the same went a year before, two, … five: from the same day to the same end, in all parks. */
function tracks(db: Reading, { scheme, asOf, until }: ForecastScope): Track[] {
  const found = new Map<string, { trials: number; successes: number }>();
  const book = (id: string, trials: number, successes: number) => {
    const sum = found.get(id) ?? { trials: 0, successes: 0 };
    found.set(id, { trials: sum.trials + trials, successes: sum.successes + successes });
  };
  const state = among('s.state', OPEN_STATES);
  for (let year = 1; year <= YEARS; year += 1) {
    const [on, end] = [addYears(asOf, -year), addYears(until, -year)];
    const open = all<{ state: string; trials: number; won: number }>(
      db,
      `SELECT s.state, count(*) AS trials, sum(${HELD}) AS won FROM Span s
       WHERE s.lane = 'application' AND s.scheme = ? AND ${state.sql} AND s.fromOn <= ?
         AND (s.toOn IS NULL OR s.toOn > ?) AND NOT ${HELD} GROUP BY s.state`,
      end,
      end,
      scheme,
      ...state.params,
      on,
      on,
      on,
      on,
    );
    for (const row of open) book(columnOf(row.state), row.trials, row.won);
    // A stay in 临近到期 ends with the renewal or with the end of the title.
    const due = all<{ trials: number; won: number | null }>(
      db,
      `SELECT count(*) AS trials, sum(${HELD}) AS won FROM Span s
       WHERE s.lane = 'title' AND s.scheme = ? AND s.state = 'due' AND s.toOn > ? AND s.toOn <= ?`,
      end,
      end,
      scheme,
      on,
      end,
    );
    for (const row of due) book(KEEP, row.trials, row.won ?? 0);
  }
  return [...found].map(([id, counts]) => ({
    id,
    label: id === KEEP ? KEEP_LABEL : columnLabel(id),
    ...counts,
  }));
}

export interface StockForecast {
  readonly until: Day;
  readonly result: Forecast<StockCase>;
  /** Every group of open cases, with how such cases went before. */
  readonly groups: readonly (Track & { readonly open: number })[];
}

/** The forecast of a scheme's stock. */
export function readForecast(db: Reading, scope: ForecastScope): StockForecast {
  const ends = ending(db, scope);
  const cases = [...ends, ...underWay(db, scope)];
  const before = tracks(db, scope);
  const order = [KEEP, ...OPEN.toReversed()];
  const known = order.map((id): Track => {
    const label = id === KEEP ? KEEP_LABEL : columnLabel(id);
    return before.find((each) => each.id === id) ?? { id, label, trials: 0, successes: 0 };
  });
  const result = forecastOf({
    sure: scope.stock - ends.length,
    cases,
    tracks: known,
    target: scope.target,
  });
  const groups = known.flatMap((track) => {
    const open = cases.filter((each) => each.track === track.id).length;
    return open === 0 ? [] : [{ ...track, open }];
  });
  return { until: scope.until, result, groups };
}
