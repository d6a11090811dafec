/** Finding out whom the rows of a list mean; what a person has decided stays. */
import type { Db } from '../../db/clients.server.ts';
import { AppError } from '../../db/errors.ts';
import { readerOf } from '../../db/fact-rows.server.ts';
import type { NameMatch } from '../../rules/names/matcher.ts';
import { reconciled } from '../../rules/names/reconcile.ts';
import { breathe, parkMatcher } from './known.server.ts';
import { insertRows, keepMatch, progress, setStatus } from './rows.server.ts';
import { runOn } from './runs.server.ts';
import { COLUMN_ROLES, readListRow, type ColumnRole, type ListColumns, type ReadRow } from './understand.ts';

interface Row {
  readonly id: number;
  readonly line: number;
  readonly name: string;
  readonly code: string | null;
  readonly region: string | null;
}

/** Rows matched or written before others have their turn. */
const PIECE = 500;

/**
 * Matches every row of a list that nobody has decided about, with its progress in the list's own record.
 * @throws AppError `conflict` while the list is being worked on
 */
export function matchRows(db: Db, listId: number): Promise<void> {
  return runOn(db, listId, async () => {
    try {
      await setStatus(db, listId, 'matching', 0);
      const matcher = await parkMatcher(db);
      const rows = readerOf(db.raw)
        .prepare<Row>('SELECT id, line, name, code, region FROM NameListRow WHERE listId = ? ORDER BY id')
        .all(listId);
      const matched: (Row & { match: NameMatch })[] = [];
      for (let from = 0; from < rows.length; from += PIECE) {
        for (const row of rows.slice(from, from + PIECE)) matched.push({ ...row, match: matcher.match(row) });
        await breathe();
      }
      const matches = reconciled(matched);
      for (let from = 0; from < rows.length; from += PIECE) {
        const piece = rows.slice(from, from + PIECE);
        await db.write((tx) => {
          piece.forEach((row, i) => keepMatch(tx, row.id, matches[from + i]!));
          progress(tx, listId, from + piece.length);
        });
      }
      await setStatus(db, listId, 'review', rows.length);
    } catch (error) {
      await setStatus(db, listId, 'failed', 0, '比对中断，请重新比对').catch(() => undefined);
      throw error;
    }
  });
}

/** Whom the rows of a list mean, without keeping anything. */
export async function matchOnly(db: Pick<Db, 'raw'>, rows: readonly ReadRow[]) {
  const matcher = await parkMatcher(db);
  const matches = reconciled(rows.map((row) => ({ ...row, match: matcher.match(row) })));
  return rows.map(({ line, name, code }, i) => ({ line, name, code, ...matches[i]! }));
}

/**
 * Says which column is what and matches anew. Only while nobody has decided about a row.
 * @throws AppError `invalid` (no column of names), `conflict` (decisions stand), `not-found`
 */
export async function chooseColumns(db: Db, listId: number, columns: ListColumns): Promise<void> {
  if (columns.name === null && columns.code === null) throw new AppError('invalid', '请指定企业名称所在的列');
  await db.write((tx) => {
    const list = tx.prepare<{ id: number }>('SELECT id FROM NameList WHERE id = ?').get(listId);
    if (!list) throw new AppError('not-found', '没有这份名单');
    const decided = tx
      .prepare('SELECT 1 FROM NameListRow WHERE listId = ? AND decision IS NOT NULL LIMIT 1')
      .get(listId);
    if (decided) throw new AppError('conflict', '已有确认或否决的行，先全部撤回再改列');
    const rows = tx
      .prepare<{ line: number; cells: string }>(
        'SELECT line, cells FROM NameListRow WHERE listId = ? ORDER BY id',
      )
      .all(listId)
      .map(({ line, cells }) => ({ line, cells: JSON.parse(cells) as string[] }));
    const read = rows.map((row) => readListRow(row, columns) ?? { ...row, ...NOBODY });
    tx.prepare('DELETE FROM NameListRow WHERE listId = ?').run(listId);
    insertRows(tx, listId, read);
    tx.prepare('UPDATE NameList SET columns = ? WHERE id = ?').run(JSON.stringify(columns), listId);
  });
  await matchRows(db, listId);
}

/** A row of which the chosen columns say nothing: kept, so that another choice can read it. */
const NOBODY = { name: '', code: null, region: null, certificateNo: null, note: null };

/** The columns as a form states them; blank for none. */
export function columnsFromForm(form: FormData): ListColumns {
  const roles = Object.keys(COLUMN_ROLES) as ColumnRole[];
  const chosen = roles.map((role) => {
    const text = String(form.get(role) ?? '');
    return [role, /^\d{1,3}$/.test(text) ? Number(text) : null] as const;
  });
  return Object.fromEntries(chosen) as Record<ColumnRole, number | null>;
}
