/** 今日待办: what waits for the park's staff, by the day it falls on, with what was done about it. */
import { addDays, type Day } from '../rules/day.ts';
import type { Scope } from './scope.server.ts';
import { all, type Reading } from './sql.server.ts';
import {
  DATED,
  fewItems,
  gaps,
  TODO_KINDS,
  type Source,
  type TodoItem,
  type TodoKind,
} from './todo-sources.server.ts';

export { TODO_KINDS, type TodoItem, type TodoKind } from './todo-sources.server.ts';

/** Days within which something counts as near: what the bell counts. */
export const NEAR_DAYS = 30;

const LAST = '9999-12-31';

/** By the day, what has none last; within a day in the order of the kinds and of each kind's own. */
const byDay = <Item extends TodoItem>(items: Item[]): Item[] =>
  items.sort((a, b) => {
    const [x, y] = [a.day ?? LAST, b.day ?? LAST];
    return x < y ? -1 : x > y ? 1 : 0;
  });

/** Everything that waits on the day, the first day first, what has no day last. */
export function todoItems(db: Reading, scope: Scope): TodoItem[] {
  const asked = { until: null };
  const dated = DATED.flatMap((source) => source.items(db, scope, asked));
  return [...byDay([...dated, ...fewItems(db, scope)]), ...gaps.items(db, scope, asked)];
}

export interface TodoMark {
  readonly mark: 'done' | 'snoozed' | 'open';
  readonly untilDay: string | null;
  readonly note: string | null;
  readonly actor: string;
  readonly at: string;
}

/** The latest mark of every entry that was ever marked. */
const marks = (db: Reading): Map<string, TodoMark> =>
  new Map(
    all<TodoMark & { key: string }>(
      db,
      `SELECT key, mark, untilDay, note, actor, at FROM TodoMark
       WHERE id IN (SELECT max(id) FROM TodoMark GROUP BY key)`,
    ).map(({ key, ...mark }) => [key, mark]),
  );

export const TODO_VIEWS = [
  { id: 'near', label: `近 ${NEAR_DAYS} 天` },
  { id: 'all', label: '全部待办' },
  { id: 'snoozed', label: '已推迟' },
  { id: 'done', label: '已办结' },
] as const;
export type TodoView = (typeof TODO_VIEWS)[number]['id'];

export type MarkedItem = TodoItem & { readonly marked: TodoMark | null };

const isNear = ({ daysLeft }: TodoItem): boolean => daysLeft !== null && daysLeft <= NEAR_DAYS;

/** Done, or put off to a day that has not passed. */
const isSettled = (mark: TodoMark | null, on: Day): boolean =>
  mark?.mark === 'done' || (mark?.mark === 'snoozed' && (mark.untilDay ?? '') >= on);

/** In which views an entry stands. */
function viewsOf(item: MarkedItem, on: Day): TodoView[] {
  const { marked } = item;
  if (marked && isSettled(marked, on)) return [marked.mark === 'done' ? 'done' : 'snoozed'];
  return isNear(item) ? ['near', 'all'] : ['all'];
}

/** What of a list is settled: done or put off, and so neither counted nor shown among what waits. */
interface Settled {
  readonly of: (kind: TodoKind) => MarkedItem[];
  readonly keys: ReadonlySet<string>;
}

/** The number in a key by which its entry is found again: the enterprise, or the note. */
const numberIn = (key: string): number => Number(key.split(':')[1] ?? 0) || 0;

/** Entries that still stand and are settled, of those that were ever marked: few, however much waits. */
function settledIn(
  db: Reading,
  scope: Scope,
  sources: readonly Source[],
  marked: ReadonlyMap<string, TodoMark>,
): Settled {
  const found = new Map<TodoKind, MarkedItem[]>();
  for (const source of sources) {
    const of = [...marked]
      .filter(([key, mark]) => key.startsWith(`${source.kind}:`) && isSettled(mark, scope.asOf))
      .map(([key]) => numberIn(key));
    if (of.length === 0) continue;
    const items = source
      .items(db, scope, { until: null, of })
      .map((item) => withMark(item, marked))
      .filter((item) => isSettled(item.marked, scope.asOf));
    found.set(source.kind, items);
  }
  const keys = new Set([...found.values()].flat().map(({ key }) => key));
  return { of: (kind) => found.get(kind) ?? [], keys };
}

const withMark = (item: TodoItem, marked: ReadonlyMap<string, TodoMark>): MarkedItem => ({
  ...item,
  marked: marked.get(item.key) ?? null,
});

/** How many of the sources wait, in all or those that are near. */
function countWaiting(
  db: Reading,
  scope: Scope,
  sources: readonly Source[],
  settled: Settled,
  near: boolean,
): number {
  const until = near ? addDays(scope.asOf, NEAR_DAYS) : null;
  return sources.reduce((sum, source) => {
    const away = settled.of(source.kind).filter((item) => !near || isNear(item)).length;
    return sum + source.count(db, scope, until) - away;
  }, 0);
}

export interface TodoInput {
  readonly view: TodoView;
  readonly kind: TodoKind | null;
  readonly page: number;
  readonly size: number;
  /** Key of the entry being dealt with. */
  readonly chosen: string | null;
}

/** Reads what an address asks for. */
export function readTodo(query: URLSearchParams): Omit<TodoInput, 'page' | 'size'> {
  return {
    view: TODO_VIEWS.find(({ id }) => id === query.get('view'))?.id ?? 'near',
    kind: TODO_KINDS.find(({ id }) => id === query.get('kind'))?.id ?? null,
    chosen: query.get('key'),
  };
}

/** One page of the list with the counts of its views; the kind filter applies to all of them. */
export function todoPage(db: Reading, scope: Scope, input: TodoInput) {
  const marked = marks(db);
  const wanted = (kind: TodoKind) => input.kind === null || kind === input.kind;
  const dated = DATED.filter(({ kind }) => wanted(kind));
  const sources = wanted('gap') ? [...dated, gaps] : dated;
  const settled = settledIn(db, scope, sources, marked);
  const few = fewItems(db, scope).map((item) => withMark(item, marked));
  const own = few.filter(({ kind }) => wanted(kind));
  const inView = (view: TodoView) => own.filter((item) => viewsOf(item, scope.asOf).includes(view));
  const away = sources.flatMap(({ kind }) => settled.of(kind));
  const settledAs = (view: TodoView) => [
    ...away.filter((item) => viewsOf(item, scope.asOf).includes(view)),
    ...inView(view),
  ];
  const counts: Record<TodoView, number> = {
    near: inView('near').length + countWaiting(db, scope, sources, settled, true),
    all: inView('all').length + countWaiting(db, scope, sources, settled, false),
    snoozed: settledAs('snoozed').length,
    done: settledAs('done').length,
  };
  const [from, to] = [(input.page - 1) * input.size, input.page * input.size];
  const rows =
    input.view === 'snoozed' || input.view === 'done'
      ? byDay(settledAs(input.view)).slice(from, to)
      : waitingRows({ db, scope, dated, settled, marked }, input.view, inView(input.view), { from, to });
  if (input.view === 'all' && wanted('gap') && rows.length < input.size) {
    const before = counts.all - countWaiting(db, scope, [gaps], settled, false);
    const not = settled.of('gap').map(({ key }) => numberIn(key));
    const offset = Math.max(0, from - before);
    const more = gaps.items(db, scope, { until: null, limit: input.size - rows.length, offset, not });
    rows.push(...more.map((item) => withMark(item, marked)));
  }
  return { counts, rows, chosen: chosenItem(db, scope, input.chosen, few, marked) };
}

interface Waiting {
  readonly db: Reading;
  readonly scope: Scope;
  readonly dated: readonly Source[];
  readonly settled: Settled;
  readonly marked: ReadonlyMap<string, TodoMark>;
}

/** Places `from` to `to` of what waits and has its place by a day: each source is read no further than `to`. */
function waitingRows(
  { db, scope, dated, settled, marked }: Waiting,
  view: TodoView,
  few: readonly MarkedItem[],
  { from, to }: { from: number; to: number },
): MarkedItem[] {
  const until = view === 'near' ? addDays(scope.asOf, NEAR_DAYS) : null;
  const read = dated.flatMap((source) =>
    source
      .items(db, scope, { until, limit: to + settled.of(source.kind).length })
      .filter(({ key }) => !settled.keys.has(key))
      .map((item) => withMark(item, marked)),
  );
  return byDay([...read, ...few]).slice(from, to);
}

/** The entry being dealt with; null where it does not wait. */
function chosenItem(
  db: Reading,
  scope: Scope,
  key: string | null,
  few: readonly MarkedItem[],
  marked: ReadonlyMap<string, TodoMark>,
): MarkedItem | null {
  if (key === null) return null;
  const source = [...DATED, gaps].find(({ kind }) => key.startsWith(`${kind}:`));
  const items = source ? source.items(db, scope, { until: null, of: [numberIn(key)] }) : few;
  const item = items.find((each) => each.key === key);
  return item ? withMark(item, marked) : null;
}

/** Counts of the bell, kept while the database does not change; the oldest goes first. */
const bells = new Map<string, number>();
const KEPT = 32;

/** How many entries the bell announces: those of the view `near`. */
export function bellCount(db: Reading & { readonly file: string }, scope: Scope): number {
  const version = db.raw.pragma('data_version', { simple: true });
  const key = [db.file, String(version), scope.asOf, scope.park ?? '', scope.steward?.userId ?? ''].join('|');
  const known = bells.get(key);
  if (known !== undefined) return known;
  const marked = marks(db);
  const few = fewItems(db, scope).map((item) => withMark(item, marked));
  const near =
    few.filter((item) => viewsOf(item, scope.asOf).includes('near')).length +
    countWaiting(db, scope, DATED, settledIn(db, scope, DATED, marked), true);
  if (bells.size >= KEPT) bells.delete(bells.keys().next().value!);
  bells.set(key, near);
  return near;
}
