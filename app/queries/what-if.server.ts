/** Who is looked at when a candidate list is tried with other numbers. */
import type { Day } from '../rules/day.ts';
import { inScope, presentOn, type Scope } from './scope.server.ts';
import { all, and, one, type Reading } from './sql.server.ts';

/** Ids of those who may apply on a day: in the scope, there, and without the title. */
export function applicantsOn(db: Reading, scope: Scope, scheme: string, on: Day): ReadonlySet<number> {
  const where = and([...inScope(scope), presentOn(on)]);
  const rows = all<{ id: number }>(
    db,
    `SELECT e.id FROM Enterprise e WHERE ${where.sql} AND e.id NOT IN (
       SELECT s.enterpriseId FROM Span s WHERE s.lane = 'held' AND s.scheme = ? AND s.fromOn <= ?
         AND (s.toOn IS NULL OR s.toOn > ?))`,
    ...where.params,
    scheme,
    on,
    on,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Where most enterprises of the scope are registered; null where that is not known. */
export function commonDivision(db: Reading, scope: Scope): string | null {
  const where = and(inScope(scope));
  // Of the whole area from the index alone.
  const by = scope.parkIds || scope.steward ? '' : 'INDEXED BY Enterprise_division_mergedIntoId_idx';
  const row = one<{ division: string }>(
    db,
    `SELECT e.division, count(*) AS n FROM Enterprise e ${by} WHERE ${where.sql} AND e.division IS NOT NULL
     GROUP BY 1 ORDER BY n DESC, 1 LIMIT 1`,
    ...where.params,
  );
  return row?.division ?? null;
}
