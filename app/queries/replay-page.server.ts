/** Names for the enterprises of a replay. */
import type { Day } from '../rules/day.ts';
import { industrySection } from '../rules/facts/sections.ts';
import { inScope, type Scope } from './scope.server.ts';
import { all, among, and, type Reading } from './sql.server.ts';

/** Ids of the enterprises in the park and care chosen; null where nothing is chosen and all count. */
export function idsInScope(
  db: Reading,
  scope: Pick<Scope, 'parkIds' | 'steward'>,
): ReadonlySet<number> | null {
  if (!scope.parkIds && !scope.steward) return null;
  const where = and(inScope(scope));
  const rows = all<{ id: number }>(db, `SELECT e.id FROM Enterprise e WHERE ${where.sql}`, ...where.params);
  return new Set(rows.map(({ id }) => id));
}

export interface EnterpriseName {
  readonly id: number;
  readonly uscc: string;
  readonly name: string;
  readonly park: string | null;
  /** Industry section in words. */
  readonly section: string | null;
}

/** Names by id. */
export function namesOf(db: Reading, ids: readonly number[]): ReadonlyMap<number, EnterpriseName> {
  const where = among('e.id', ids);
  const rows = all<Omit<EnterpriseName, 'section'> & { industry: string | null }>(
    db,
    `SELECT e.id, e.uscc, e.name, e.industry, p.name AS park
     FROM Enterprise e LEFT JOIN Park p ON p.id = e.parkId WHERE ${where.sql}`,
    ...where.params,
  );
  return new Map(
    rows.map(({ industry, ...row }) => [
      row.id,
      { ...row, section: industrySection(industry)?.label ?? null },
    ]),
  );
}

/** Who looks after each enterprise on a day: user ids by enterprise, and the names of the users. */
export function careOn(
  db: Reading,
  on: Day,
): { of: ReadonlyMap<number, readonly string[]>; names: ReadonlyMap<string, string> } {
  const of = new Map<number, string[]>();
  const names = new Map<string, string>();
  const rows = all<{ enterpriseId: number; userId: number; name: string }>(
    db,
    `SELECT DISTINCT s.enterpriseId, s.userId, u.displayName AS name FROM Stewardship s JOIN User u ON u.id = s.userId
     WHERE s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > ?)`,
    on,
    on,
  );
  for (const { enterpriseId, userId, name } of rows) {
    of.set(enterpriseId, [...(of.get(enterpriseId) ?? []), String(userId)]);
    names.set(String(userId), name);
  }
  return { of, names };
}
