/** What the pages of the parks show beyond the tree. */
import { count, one, type Reading } from './sql.server.ts';

/** Enterprises of which no park is known. */
export const withoutPark = (db: Reading): number =>
  count(db, 'SELECT count(*) FROM Enterprise WHERE parkId IS NULL AND mergedIntoId IS NULL');

export interface ParkHead {
  id: number;
  code: string;
  name: string;
  parentId: number | null;
  parentName: string | null;
  /** Enterprises whose park is this very one. */
  enterprises: number;
}

/** The park of an address's id; null when there is none. */
export function parkById(db: Reading, id: string | undefined): ParkHead | null {
  if (!/^\d{1,9}$/.test(id ?? '')) return null;
  return (
    one<ParkHead>(
      db,
      `SELECT p.id, p.code, p.name, p.parentId, u.name AS parentName,
              (SELECT count(*) FROM Enterprise e WHERE e.parkId = p.id AND e.mergedIntoId IS NULL) AS enterprises
       FROM Park p LEFT JOIN Park u ON u.id = p.parentId WHERE p.id = ?`,
      Number(id),
    ) ?? null
  );
}
