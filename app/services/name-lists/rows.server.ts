/** The rows and the standing of a list as they are stored. */
import type { Db } from '../../db/clients.server.ts';
import type { Tx } from '../../db/writer.server.ts';
import type { NameMatch } from '../../rules/names/matcher.ts';
import type { ReadRow } from './understand.ts';

/** Rows as read, not yet matched. */
export function insertRows(tx: Tx, listId: number, rows: readonly ReadRow[]): void {
  const insert = tx.prepare(
    `INSERT INTO NameListRow (listId, line, cells, name, code, region, certificateNo, note, match, reason)
     VALUES (@listId, @line, @cells, @name, @code, @region, @certificateNo, @note, 'not_ours', '尚未比对')`,
  );
  for (const { cells, ...row } of rows) insert.run({ ...row, listId, cells: JSON.stringify(cells) });
}

/** Whom a row means, unless a person has said so already. */
export function keepMatch(tx: Tx, rowId: number, match: NameMatch): void {
  tx.prepare(
    `UPDATE NameListRow SET match = @class, reason = @reason, candidates = @candidates
     WHERE id = @rowId AND decision IS NULL`,
  ).run({ rowId, class: match.class, reason: match.reason, candidates: JSON.stringify(match.candidates) });
}

/** Rows of the work under way that are done, in the transaction that did them. */
export const progress = (tx: Tx, listId: number, done: number): void =>
  void tx.prepare('UPDATE NameList SET done = ? WHERE id = ?').run(done, listId);

export const setStatus = (
  db: Db,
  listId: number,
  status: 'matching' | 'review' | 'recording' | 'failed',
  done: number,
  message: string | null = null,
): Promise<void> =>
  db.write(
    (tx) =>
      void tx
        .prepare('UPDATE NameList SET status = ?, done = ?, message = ? WHERE id = ?')
        .run(status, done, message, listId),
  );
