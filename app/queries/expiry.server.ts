/** What ends and what falls due: certificates by quarter and by band, yearly duties, and windows ahead. */
import { familyOf, SCHEME_FAMILIES } from '../../machines/families.ts';
import { STATES, stateLabel } from '../../machines/states.ts';
import {
  addDays,
  addMonths,
  daysBetween,
  isDay,
  quarterBounds,
  quarterOf,
  yearOf,
  type Day,
} from '../rules/day.ts';
import { schemeLabel } from './schemes.server.ts';
import { idsInScope, type Scope } from './scope.server.ts';
import { all, among, and, count, type Clause, type Reading } from './sql.server.ts';

/** Bands of days left, apart from one another; the last one is open. */
export const BANDS = [
  { id: '30', label: '30 天内', from: 0, to: 30 },
  { id: '90', label: '31～90 天', from: 31, to: 90 },
  { id: '180', label: '91～180 天', from: 91, to: 180 },
  { id: 'later', label: '180 天以后', from: 181, to: null },
] as const;
export type BandId = (typeof BANDS)[number]['id'];

export interface ExpiryFilter {
  readonly scheme: string | null;
  readonly band: BandId | null;
  /** `2026Q4`, or `later` for what ends after the quarters shown. */
  readonly quarter: string | null;
  /** The last day of validity is at most this. */
  readonly until?: Day;
  /** Only titles that are renewed, from the first day of their window on. */
  readonly inWindow?: boolean;
  /** Only those of these enterprises. */
  readonly of?: readonly number[] | null;
}

const isQuarter = (text: string) => /^\d{4}Q[1-4]$/.test(text) && isDay(`${text.slice(0, 4)}-01-01`);

/** Reads the filter of an address; what is malformed counts as not given. */
export function readExpiryFilter(query: URLSearchParams): ExpiryFilter {
  const quarter = query.get('quarter') ?? '';
  return {
    scheme: query.get('scheme') || null,
    band: BANDS.find(({ id }) => id === query.get('band'))?.id ?? null,
    quarter: isQuarter(quarter) || quarter === 'later' ? quarter : null,
  };
}

/** States of an application that is under way. */
const UNDER_WAY = Object.entries(STATES)
  .filter(([, { column }]) => ['nominated', 'preparing', 'review', 'publicised'].includes(column))
  .map(([id]) => id);

/** Quarters shown from that of the day looked at. */
const QUARTERS = 8;

const nextQuarters = (asOf: Day): string[] =>
  Array.from({ length: QUARTERS }, (_, i) => quarterOf(addMonths(`${asOf.slice(0, 7)}-01`, 3 * i)));

/** First and last day of a quarter, or of what comes after those shown. */
const daysOf = (quarter: string, asOf: Day): { from: Day; to: Day } =>
  quarter === 'later'
    ? { from: addDays(quarterBounds(nextQuarters(asOf).at(-1)!).to, 1), to: '9999-12-31' }
    : quarterBounds(quarter);

/** Schemes by the days before their end from which titles are renewed; those that the program does not know, apart. */
const WINDOWS = [...Map.groupBy(Object.keys(SCHEME_FAMILIES), (scheme) => familyOf(scheme).windowDays)];
const UNKNOWN_WINDOW = familyOf('').windowDays;

/** The window of renewal has come by the day. */
function windowsOpen(asOf: Day): Clause {
  const before = (days: number): Clause => ({ sql: 't.validUntil <= ?', params: [addDays(asOf, days)] });
  const open = WINDOWS.filter(([days]) => days > 0).map(([days, schemes]) =>
    and([among('t.scheme', schemes), before(days)]),
  );
  const other = among('t.scheme', Object.keys(SCHEME_FAMILIES));
  if (UNKNOWN_WINDOW > 0) {
    open.push(and([{ ...other, sql: `NOT ${other.sql}` }, before(UNKNOWN_WINDOW)]));
  }
  return {
    sql: open.map(({ sql }) => `(${sql})`).join(' OR '),
    params: open.flatMap(({ params }) => params),
  };
}

/**
 * Certificates in force on the day that end, and are not yet followed by a later one of the same scheme and level.
 * For a past day those that have expired since are in force, too.
 */
function inForce(scope: Scope, filter: ExpiryFilter): Clause {
  const { asOf } = scope;
  const band = BANDS.find(({ id }) => id === filter.band);
  const quarter = filter.quarter ? daysOf(filter.quarter, asOf) : null;
  return and([
    ...idsInScope('t.enterpriseId', scope),
    scope.isToday ? { sql: "t.status = 'valid'", params: [] } : among('t.status', ['valid', 'expired']),
    { sql: 't.validUntil >= ? AND (t.grantedOn IS NULL OR t.grantedOn <= ?)', params: [asOf, asOf] },
    {
      sql: `NOT EXISTS (SELECT 1 FROM Title n WHERE n.enterpriseId = t.enterpriseId AND n.scheme = t.scheme
              AND n.level IS t.level AND n.status = 'valid' AND n.validUntil > t.validUntil AND n.grantedOn <= ?)`,
      params: [asOf],
    },
    filter.scheme ? { sql: 't.scheme = ?', params: [filter.scheme] } : null,
    band ? { sql: 't.validUntil >= ?', params: [addDays(asOf, band.from)] } : null,
    band && band.to !== null ? { sql: 't.validUntil <= ?', params: [addDays(asOf, band.to)] } : null,
    filter.until ? { sql: 't.validUntil <= ?', params: [filter.until] } : null,
    filter.inWindow ? windowsOpen(asOf) : null,
    filter.of ? among('t.enterpriseId', filter.of) : null,
    quarter ? { sql: 't.validUntil BETWEEN ? AND ?', params: [quarter.from, quarter.to] } : null,
  ]);
}

export interface ExpiringLine {
  readonly id: number;
  readonly enterpriseId: number;
  readonly uscc: string;
  readonly name: string;
  readonly park: string | null;
  readonly scheme: string;
  readonly schemeLabel: string;
  readonly level: string | null;
  readonly no: string | null;
  readonly grantedOn: string | null;
  readonly validUntil: string;
  readonly daysLeft: number;
  readonly band: BandId;
  /** First day of the renewal window; null where the title is not renewed. */
  readonly renewFrom: string | null;
  /** The step of a renewal under way, in words; null where none is. */
  readonly renewal: string | null;
}

export const bandOf = (daysLeft: number): BandId =>
  BANDS.find(({ to }) => to === null || daysLeft <= to)?.id ?? 'later';

type Stored = Omit<ExpiringLine, 'schemeLabel' | 'daysLeft' | 'band' | 'renewFrom' | 'renewal'> & {
  state: string | null;
};

function line(row: Stored, asOf: Day): ExpiringLine {
  const { state, ...rest } = row;
  const { windowDays } = familyOf(row.scheme);
  const daysLeft = daysBetween(asOf, row.validUntil);
  return {
    ...rest,
    schemeLabel: schemeLabel(row.scheme),
    daysLeft,
    band: bandOf(daysLeft),
    renewFrom: windowDays === 0 ? null : addDays(row.validUntil, -windowDays),
    renewal: state === null ? null : stateLabel(state),
  };
}

/** Certificates of a filter, the first to end first. @param limit null for all */
export function expiringLines(
  db: Reading,
  scope: Scope,
  filter: ExpiryFilter,
  { limit = null, offset = 0 }: { limit?: number | null; offset?: number } = {},
): ExpiringLine[] {
  const where = inForce(scope, filter);
  const way = among('s.state', UNDER_WAY);
  return all<Stored>(
    db,
    `SELECT t.id, t.enterpriseId, e.uscc, e.name, p.name AS park, t.scheme, t.level, t.no, t.grantedOn, t.validUntil,
            (SELECT s.state FROM Span s WHERE s.enterpriseId = t.enterpriseId AND s.scheme = t.scheme
               AND s.lane = 'application' AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > ?) AND ${way.sql}
             ORDER BY s.fromOn DESC LIMIT 1) AS state
     FROM (SELECT t.id FROM Title t WHERE ${where.sql} ORDER BY t.validUntil, t.id LIMIT ? OFFSET ?) x
     CROSS JOIN Title t ON t.id = x.id CROSS JOIN Enterprise e ON e.id = t.enterpriseId
     LEFT JOIN Park p ON p.id = e.parkId ORDER BY t.validUntil, t.id`,
    scope.asOf,
    scope.asOf,
    ...way.params,
    ...where.params,
    limit ?? -1,
    offset,
  ).map((row) => line(row, scope.asOf));
}

/** How many certificates a filter finds. */
export function expiringCount(db: Reading, scope: Scope, filter: ExpiryFilter): number {
  const where = inForce(scope, filter);
  return count(db, `SELECT count(*) FROM Title t WHERE ${where.sql}`, ...where.params);
}

export interface ExpiryRow {
  readonly scheme: string;
  readonly label: string;
  /** Certificates by quarter, in the order of the quarters, then those that end later. */
  readonly quarters: readonly number[];
  readonly later: number;
  readonly total: number;
}

/**
 * Certificates by scheme and quarter of their end, and how many of them the filter finds: its scheme applies to all
 * numbers, band and quarter to `found` alone.
 */
export function expiryQuarters(db: Reading, scope: Scope, filter: ExpiryFilter) {
  const where = inForce(scope, { scheme: filter.scheme, band: null, quarter: null });
  const inQuarter = filter.quarter ? daysOf(filter.quarter, scope.asOf) : null;
  let found = 0;
  const ends = all<{ scheme: string; validUntil: string; n: number }>(
    db,
    `SELECT t.scheme, t.validUntil, count(*) AS n FROM Title t WHERE ${where.sql} GROUP BY t.scheme, t.validUntil`,
    ...where.params,
  );
  const quarters = nextQuarters(scope.asOf);
  const table = new Map<string, { quarters: number[]; later: number; total: number }>();
  const bands = Object.fromEntries(BANDS.map(({ id }) => [id, 0])) as Record<BandId, number>;
  for (const { scheme: row, validUntil, n } of ends) {
    const own = table.get(row) ?? { quarters: quarters.map(() => 0), later: 0, total: 0 };
    table.set(row, own);
    const at = quarters.indexOf(quarterOf(validUntil));
    if (at >= 0) own.quarters[at]! += n;
    else own.later += n;
    own.total += n;
    const band = bandOf(daysBetween(scope.asOf, validUntil));
    bands[band] += n;
    const there = !inQuarter || (inQuarter.from <= validUntil && validUntil <= inQuarter.to);
    if (there && (!filter.band || filter.band === band)) found += n;
  }
  const rows = [...table]
    .map(([id, own]): ExpiryRow => ({ scheme: id, label: schemeLabel(id), ...own }))
    .sort((a, b) => b.total - a.total || (a.scheme < b.scheme ? -1 : 1));
  return { quarters, rows, bands, found };
}

export interface DutyLine {
  readonly scheme: string;
  readonly schemeLabel: string;
  readonly label: string;
  readonly basis: string;
  /** The last day of reporting that is next. */
  readonly closesOn: string;
  readonly daysLeft: number;
  /** Enterprises that still owe it, and those that are late. */
  readonly due: number;
  readonly overdue: number;
}

/** Schemes whose titles bring a yearly duty. */
export const DUTY_SCHEMES: readonly string[] = Object.keys(SCHEME_FAMILIES).filter(
  (scheme) => familyOf(scheme).duty !== undefined,
);

/** The last day of a scheme's yearly duty that is next on or after the day; null where there is none. */
export function dutyDeadline(scheme: string, on: Day): Day | null {
  const { duty } = familyOf(scheme);
  if (!duty) return null;
  const thisYear = `${yearOf(on)}-${duty.closes}`;
  return thisYear >= on ? thisYear : `${yearOf(on) + 1}-${duty.closes}`;
}

/** Yearly duties with how many owe them on the day. */
export function yearlyDuties(db: Reading, scope: Scope, scheme: string | null): DutyLine[] {
  const where = and([
    ...idsInScope('s.enterpriseId', scope),
    {
      sql: `s.lane = 'duty' AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > ?)`,
      params: [scope.asOf, scope.asOf],
    },
  ]);
  const owing = new Map(
    all<{ key: string; n: number }>(
      db,
      `SELECT s.scheme || ':' || s.state AS key, count(DISTINCT s.enterpriseId) AS n
       FROM Span s WHERE ${where.sql} GROUP BY 1`,
      ...where.params,
    ).map(({ key, n }) => [key, n]),
  );
  return DUTY_SCHEMES.filter((id) => scheme === null || id === scheme).map((id) => {
    const duty = familyOf(id).duty!;
    const closesOn = dutyDeadline(id, scope.asOf)!;
    return {
      scheme: id,
      schemeLabel: schemeLabel(id),
      label: duty.label,
      basis: duty.basis,
      closesOn,
      daysLeft: daysBetween(scope.asOf, closesOn),
      due: owing.get(`${id}:report_due`) ?? 0,
      overdue: owing.get(`${id}:report_overdue`) ?? 0,
    };
  });
}
