/** Views of a list that a user may open: one's own and those shared. */
import { all, type Reading } from './sql.server.ts';

export interface SavedView {
  readonly id: number;
  readonly name: string;
  /** The address to open it. */
  readonly to: string;
  readonly query: string;
  readonly shared: boolean;
  /** Who shares it; null for one's own. */
  readonly by: string | null;
}

/** One's own views of a page first, then those of others, by name. */
export function savedViews(db: Reading, page: string, userId: number): SavedView[] {
  return all<{ id: number; name: string; query: string; shared: number; ownerId: number; by: string }>(
    db,
    `SELECT v.id, v.name, v.query, v.shared, v.ownerId, u.displayName AS "by"
     FROM SavedView v JOIN User u ON u.id = v.ownerId
     WHERE v.page = ? AND (v.ownerId = ? OR v.shared = 1) ORDER BY v.ownerId <> ?, v.name, v.id`,
    page,
    userId,
    userId,
  ).map(({ id, name, query, shared, ownerId, by }) => ({
    id,
    name,
    query,
    to: page + (query === '' ? '' : `?${query}`),
    shared: shared === 1,
    by: ownerId === userId ? null : by,
  }));
}
