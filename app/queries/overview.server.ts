/** The overview: what the park holds, what ends soon, what is wanting. */
import { eventLabel } from '../../machines/events.ts';
import { addDays } from '../rules/day.ts';
import { schemeLabel } from './schemes.server.ts';
import { idsInScope, idsPresentOn, inScope, presentOn, type Scope } from './scope.server.ts';
import { all, and, count, type Reading } from './sql.server.ts';

export interface Expiring {
  uscc: string;
  name: string;
  scheme: string;
  no: string | null;
  validUntil: string;
}

/** Titles in force that end within `days` of the day looked at, the first to end first. */
export function expiringTitles(db: Reading, scope: Scope, days: number, limit: number) {
  const until = addDays(scope.asOf, days);
  const where = and([
    ...idsInScope('t.enterpriseId', scope),
    { sql: `t.status = 'valid' AND t.validUntil >= ? AND t.validUntil <= ?`, params: [scope.asOf, until] },
  ]);
  const counts = all<{ total: number; enterprises: number }>(
    db,
    `SELECT count(*) AS total, count(DISTINCT t.enterpriseId) AS enterprises FROM Title t WHERE ${where.sql}`,
    ...where.params,
  )[0]!;
  return {
    ...counts,
    rows: all<Expiring>(
      db,
      `SELECT e.uscc, e.name, t.scheme, t.no, t.validUntil
       FROM Title t CROSS JOIN Enterprise e ON e.id = t.enterpriseId WHERE ${where.sql}
       ORDER BY t.validUntil, t.enterpriseId LIMIT ?`,
      ...where.params,
      limit,
    ),
  };
}

export interface DataGaps {
  enterprises: number;
  /** The complete year before the day looked at. */
  year: number;
  withoutFigures: number;
  withoutIndustry: number;
  doubtfulCode: number;
}

/** How complete the data are; every number has its list (`gap=` on the list of enterprises). */
export function dataGaps(db: Reading, scope: Scope): DataGaps {
  const year = Number(scope.asOf.slice(0, 4)) - 1;
  const there = and([...inScope(scope), presentOn(scope.asOf)]);
  const figures = and([...idsInScope('y.enterpriseId', scope), idsPresentOn('y.enterpriseId', scope.asOf)]);
  // Each number from an index that holds all it asks for.
  const { enterprises, withoutIndustry } = all<Pick<DataGaps, 'enterprises' | 'withoutIndustry'>>(
    db,
    `SELECT count(*) AS enterprises, count(*) - count(e.industry) AS withoutIndustry FROM Enterprise e WHERE ${there.sql}`,
    ...there.params,
  )[0]!;
  const withFigures = count(
    db,
    `SELECT count(*) FROM YearFigures y WHERE y.year = ? AND ${figures.sql}`,
    year,
    ...figures.params,
  );
  const doubtfulCode = count(
    db,
    `SELECT count(*) FROM Enterprise e INDEXED BY Enterprise_usccFlag_idx WHERE e.usccFlag IS NOT NULL AND ${there.sql}`,
    ...there.params,
  );
  return { enterprises, withoutFigures: enterprises - withFigures, withoutIndustry, doubtfulCode, year };
}

/** The latest events by the day they take effect, up to the day looked at. */
export function recentEvents(db: Reading, scope: Scope, limit: number) {
  const where = and([
    ...inScope(scope),
    { sql: 'v.accepted = 1 AND v.scheme IS NOT NULL AND v.effectiveOn <= ?', params: [scope.asOf] },
  ]);
  const rows = all<{
    id: number;
    uscc: string;
    name: string;
    scheme: string;
    type: string;
    effectiveOn: string;
  }>(
    db,
    // The newest of the log are enough: ordering the whole log by its dates would cost with its length.
    `SELECT v.id, e.uscc, e.name, v.scheme, v.type, v.effectiveOn
     FROM (SELECT * FROM Event ORDER BY id DESC LIMIT 2000) v CROSS JOIN Enterprise e ON e.id = v.enterpriseId
     WHERE ${where.sql} ORDER BY v.effectiveOn DESC, v.id DESC LIMIT ?`,
    ...where.params,
    limit,
  );
  return rows.map((row) => ({ ...row, schemeLabel: schemeLabel(row.scheme), event: eventLabel(row.type) }));
}
