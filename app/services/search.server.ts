/** Fills the index of names for enterprises that came before it; whoever writes a name enters it there and then. */
import type { Db } from '../db/clients.server.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { unsearched, writeSearch } from '../db/search-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';
import { nameKey } from '../rules/facts/name.ts';

const BATCH = 500;

/** Enters every enterprise that is not in the index yet. @returns how many */
export async function fillSearch(db: Db): Promise<number> {
  let filled = 0;
  for (;;) {
    const ids = unsearched(readerOf(db.raw), BATCH);
    if (ids.length === 0) return filled;
    await db.write((tx) => {
      for (const id of ids) writeSearch(tx, id, namesOf(tx, id));
    });
    filled += ids.length;
  }
}

const namesOf = (tx: Tx, id: number): string[] =>
  tx
    .prepare<{ name: string }>(
      `SELECT name FROM Enterprise WHERE id = ? UNION ALL SELECT stockShortName FROM Enterprise
       WHERE id = ? AND stockShortName IS NOT NULL UNION ALL SELECT name FROM EnterpriseName WHERE enterpriseId = ?`,
    )
    .all(id, id, id)
    .map(({ name }) => nameKey(name));
