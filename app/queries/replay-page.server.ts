/** Names for the enterprises of a replay. */
import { industrySection } from '../rules/facts/sections.ts';
import { inScope, type Scope } from './scope.server.ts';
import { all, among, and, type Reading } from './sql.server.ts';

/** Ids of the enterprises in the park chosen; null where no park is chosen and all count. */
export function idsInScope(db: Reading, scope: Pick<Scope, 'parkIds'>): ReadonlySet<number> | null {
  if (!scope.parkIds) return null;
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
