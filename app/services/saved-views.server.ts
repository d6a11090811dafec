/** Filters, order and columns of a list kept under a name: one's own, and those shared with everybody. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import type { Tx } from '../db/writer.server.ts';

interface Owner {
  readonly id: number;
  readonly role: string;
}

export interface NewView {
  /** Path of the page, e.g. `/candidates/giant`. */
  readonly page: string;
  readonly name: string;
  /** The address's query, with or without the leading question mark. */
  readonly query: string;
  readonly shared: boolean;
}

const LONGEST_NAME = 40;
const LONGEST_QUERY = 2000;
/** Views a user may keep for one page. */
const MOST = 50;

/** Keys of an address that say where one is, not how one looks at it. */
const PASSING = ['page', '_routes'];

/** What of an address is kept. */
function viewQuery(query: string): string {
  const said = [...new URLSearchParams(query)].filter(
    ([key, value]) => value !== '' && !PASSING.includes(key),
  );
  return new URLSearchParams(said).toString();
}

interface Row {
  id: number;
  ownerId: number;
}

function find(tx: Tx, page: string, name: string, ownerId: number): Row | undefined {
  return tx
    .prepare<Row>('SELECT id, ownerId FROM SavedView WHERE page = ? AND name = ? AND ownerId = ?')
    .get(page, name, ownerId);
}

/**
 * Keeps a view; one's own of the same name on the same page is replaced.
 * @throws AppError `invalid` without a name, with one too long, or with too many views already
 */
export async function saveView(db: Db, clock: Clock, owner: Owner, input: NewView): Promise<void> {
  const name = input.name.normalize('NFC').trim();
  const query = viewQuery(input.query);
  if (name === '') throw new AppError('invalid', '请填写视图名称');
  if ([...name].length > LONGEST_NAME) throw new AppError('invalid', `视图名称不超过 ${LONGEST_NAME} 字`);
  if (query.length > LONGEST_QUERY) throw new AppError('invalid', '筛选条件过长，不能保存为视图');
  await db.write((tx) => {
    const known = find(tx, input.page, name, owner.id);
    if (known) {
      tx.prepare('UPDATE SavedView SET query = ?, shared = ?, revision = revision + 1 WHERE id = ?').run(
        query,
        input.shared ? 1 : 0,
        known.id,
      );
      return;
    }
    const { n } = tx
      .prepare<{ n: number }>('SELECT count(*) AS n FROM SavedView WHERE page = ? AND ownerId = ?')
      .get(input.page, owner.id)!;
    if (n >= MOST) throw new AppError('invalid', `每页最多保存 ${MOST} 个视图，请先删除不用的`);
    tx.prepare(
      'INSERT INTO SavedView (page, name, query, ownerId, shared, createdAt) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(input.page, name, query, owner.id, input.shared ? 1 : 0, clock.now());
  });
}

/**
 * Removes a view: one's own; an administrator also those that others share.
 * @throws AppError `not-found` where there is none such, `forbidden` where it is somebody else's
 */
export async function removeView(db: Db, user: Owner, id: number): Promise<void> {
  await db.write((tx) => {
    const view = tx
      .prepare<Row & { shared: 0 | 1 }>('SELECT id, ownerId, shared FROM SavedView WHERE id = ?')
      .get(id);
    if (!view || (view.ownerId !== user.id && view.shared === 0))
      throw new AppError('not-found', '没有这个视图');
    if (view.ownerId !== user.id && user.role !== 'administrator')
      throw new AppError('forbidden', '只能删除自己的视图');
    tx.prepare('DELETE FROM SavedView WHERE id = ?').run(id);
  });
}

/** Keeps or removes a view as a form says. @returns what was done, in words */
export async function viewFromForm(
  db: Db,
  clock: Clock,
  user: Owner,
  page: string,
  form: FormData,
): Promise<string> {
  const text = (name: string) => String(form.get(name) ?? '');
  if (text('do') === 'remove-view') {
    await removeView(db, user, Number(text('view')));
    return '已删除视图';
  }
  await saveView(db, clock, user, {
    page,
    name: text('name'),
    query: text('query'),
    shared: form.get('shared') !== null,
  });
  return `已保存视图：${text('name').trim()}`;
}
