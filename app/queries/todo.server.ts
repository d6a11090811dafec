/** 今日待办: what waits for the park's staff, by the day it falls on, with what was done about it. */
import { dayInShanghai } from '../db/clock.ts';
import { familyOf } from '../../machines/families.ts';
import { STATES, stateLabel } from '../../machines/states.ts';
import { RULE_BY_ID } from '../rules/registry.ts';
import { addDays, daysBetween, yearOf, type Day } from '../rules/day.ts';
import { openBatches } from './batches.server.ts';
import { expiringLines } from './expiry.server.ts';
import { openActions } from './follow-ups.server.ts';
import { followKindLabel } from '../pipeline/follow-ups.ts';
import { openDecisions, reviewAddress } from './review-decisions.server.ts';
import { schemeLabel } from './schemes.server.ts';
import { inScope, type Scope } from './scope.server.ts';
import { waitingSubmissions } from './submissions.server.ts';
import { all, among, and, type Reading } from './sql.server.ts';
import { windowsAhead } from './windows.server.ts';

export const TODO_KINDS = [
  { id: 'title', label: '证书到期' },
  { id: 'duty', label: '年度义务' },
  { id: 'window', label: '申报窗口' },
  { id: 'batch', label: '推荐批次' },
  { id: 'publicised', label: '公示待结果' },
  { id: 'follow', label: '走访跟进' },
  { id: 'submission', label: '企业提交' },
  { id: 'decision', label: '复盘决定' },
  { id: 'gap', label: '缺数据' },
] as const;
export type TodoKind = (typeof TODO_KINDS)[number]['id'];

export interface TodoItem {
  /** The same for the same thing as long as it waits; what was done about it is kept under this key. */
  readonly key: string;
  readonly kind: TodoKind;
  /** The day it falls on; null where no day is set. */
  readonly day: Day | null;
  /** Days from the day looked at; negative once it has passed. */
  readonly daysLeft: number | null;
  readonly what: string;
  readonly detail: string;
  readonly scheme: string | null;
  /** Whose it is; null for what concerns all. */
  readonly name: string | null;
  readonly to: string;
}

/** Days ahead within which certificates and windows are brought up. */
const AHEAD_DAYS = 180;
/** Days within which something counts as near: what the bell counts. */
export const NEAR_DAYS = 30;

const FORWARD = { scheme: null, band: null, quarter: null };

function titles(db: Reading, scope: Scope, until: Day): TodoItem[] {
  return expiringLines(db, scope, { ...FORWARD, until })
    .filter(
      ({ scheme, renewFrom }) =>
        familyOf(scheme).windowDays > 0 && renewFrom !== null && renewFrom <= scope.asOf,
    )
    .map((line) => ({
      key: `title:${[line.enterpriseId, line.scheme, line.level ?? '', line.no ?? '', line.validUntil].join(':')}`,
      kind: 'title',
      day: line.validUntil,
      daysLeft: line.daysLeft,
      what: `${line.schemeLabel}证书到期`,
      detail: [line.no && `证书编号 ${line.no}`, line.renewal ? `续期：${line.renewal}` : '续期未启动']
        .filter(Boolean)
        .join('，'),
      scheme: line.scheme,
      name: line.name,
      to: `/enterprises/${line.uscc}`,
    }));
}

interface OpenSpan {
  enterpriseId: number;
  uscc: string;
  name: string;
  scheme: string;
  state: string;
  fromOn: string;
}

/** Stays that cover the day looked at, in some states. */
function openSpans(db: Reading, scope: Scope, lane: string, states: readonly string[]): OpenSpan[] {
  const where = and([
    ...inScope(scope),
    {
      sql: 's.lane = ? AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > ?)',
      params: [lane, scope.asOf, scope.asOf],
    },
    among('s.state', states),
  ]);
  return all<OpenSpan>(
    db,
    `SELECT s.enterpriseId, e.uscc, e.name, s.scheme, s.state, s.fromOn
     FROM Span s JOIN Enterprise e ON e.id = s.enterpriseId WHERE ${where.sql} ORDER BY s.fromOn, s.id`,
    ...where.params,
  );
}

function duties(db: Reading, scope: Scope): TodoItem[] {
  return openSpans(db, scope, 'duty', ['report_due', 'report_overdue']).flatMap((span): TodoItem[] => {
    const { duty } = familyOf(span.scheme);
    if (!duty) return [];
    // A duty opens and is found late within its year.
    const year = yearOf(span.fromOn);
    const day = `${year}-${duty.closes}`;
    return [
      {
        key: `duty:${span.enterpriseId}:${span.scheme}:${year}`,
        kind: 'duty',
        day,
        daysLeft: daysBetween(scope.asOf, day),
        what: `${schemeLabel(span.scheme)}${duty.label}`,
        detail: `${stateLabel(span.state)}，依据 ${duty.basis}`,
        scheme: span.scheme,
        name: span.name,
        to: `/enterprises/${span.uscc}`,
      },
    ];
  });
}

const PUBLICISED = Object.entries(STATES)
  .filter(([, { column }]) => column === 'publicised')
  .map(([id]) => id);

function publicised(db: Reading, scope: Scope): TodoItem[] {
  return openSpans(db, scope, 'application', PUBLICISED).map((span) => ({
    key: `publicised:${span.enterpriseId}:${span.scheme}:${span.state}:${span.fromOn}`,
    kind: 'publicised',
    day: span.fromOn,
    daysLeft: daysBetween(scope.asOf, span.fromOn),
    what: `${schemeLabel(span.scheme)}${stateLabel(span.state)}，待登记结果`,
    detail: `自 ${span.fromOn} 起 ${daysBetween(span.fromOn, scope.asOf)} 天`,
    scheme: span.scheme,
    name: span.name,
    to: `/enterprises/${span.uscc}`,
  }));
}

/** Windows that close soon, and those about to open. */
function windows(db: Reading, scope: Scope): TodoItem[] {
  return windowsAhead(db, scope.asOf, AHEAD_DAYS)
    .filter(({ kind }) => kind !== 'annual')
    .map((window) => {
      const ahead = window.status === 'ahead';
      const day = ahead ? window.opensOn! : window.closesOn;
      return {
        key: `window:${window.key}:${ahead ? 'opens' : 'closes'}`,
        kind: 'window',
        day,
        daysLeft: daysBetween(scope.asOf, day),
        what: `${window.label}${ahead ? '开始' : '截止'}`,
        detail: `${window.regionLabel}，依据 ${window.reference}`,
        scheme: window.scheme,
        name: null,
        to: '/expiry',
      };
    });
}

/** What was promised at a visit or a call, until somebody says that it is done. */
function followUps(db: Reading, scope: Scope): TodoItem[] {
  return openActions(db, scope, addDays(scope.asOf, AHEAD_DAYS)).map((open) => ({
    key: `follow:${open.id}`,
    kind: 'follow',
    day: open.nextOn,
    daysLeft: daysBetween(scope.asOf, open.nextOn),
    what: open.nextAction,
    detail: `${open.onDay} ${followKindLabel(open.kind)}后约定`,
    scheme: open.scheme,
    name: open.name,
    to: `/enterprises/${open.uscc}#follow-ups`,
  }));
}

/** What enterprises submitted and nobody has decided; it is due on the day it came. */
function submissions(db: Reading, scope: Scope): TodoItem[] {
  return waitingSubmissions(db, scope).map(({ id, uscc: _uscc, name, submittedAt, waiting }) => {
    const day = dayInShanghai(submittedAt ?? scope.asOf);
    return {
      key: `submission:${id}`,
      kind: 'submission',
      day,
      daysLeft: daysBetween(scope.asOf, day),
      what: '企业提交的数据待处理',
      detail: `${waiting} 项`,
      scheme: null,
      name,
      to: `/submissions/${id}`,
    };
  });
}

/** What reviews decided: of all owners, or of the one whose enterprises are looked at. */
function decisions(db: Reading, scope: Scope): TodoItem[] {
  return openDecisions(db)
    .filter(({ ownerId }) => !scope.steward || scope.steward.userId === ownerId)
    .map((own) => ({
      key: `decision:${own.id}`,
      kind: 'decision',
      day: own.dueOn,
      daysLeft: daysBetween(scope.asOf, own.dueOn),
      what: own.text,
      detail: `${own.reviewTitle}，责任人 ${own.owner}`,
      scheme: null,
      name: null,
      to: `${reviewAddress(own.quarter, own.scope)}#decision-${own.id}`,
    }));
}

/** Batches that wait for somebody, by the day on which they are to be submitted. */
function batches(db: Reading, scope: Scope): TodoItem[] {
  return openBatches(db, scope.parkIds).map((batch) => {
    const day = batch.submittedAt === null ? batch.deadline : null;
    return {
      key: `batch:${batch.id}:${batch.state}`,
      kind: 'batch',
      day,
      daysLeft: day === null ? null : daysBetween(scope.asOf, day),
      what: `${batch.schemeLabel}推荐批次：${batch.stateLabel}`,
      detail: `列入 ${batch.in + batch.supplement} 家，同意 ${batch.approved} 家，报送 ${batch.submitted} 家`,
      scheme: batch.scheme,
      name: batch.title,
      to: `/batches/${batch.id}`,
    };
  });
}

interface GapRow {
  id: number;
  uscc: string;
  name: string;
  scheme: string;
  rule: string;
  gaps: string;
}

const wanting = ({ rule, gaps }: GapRow): string[] => {
  const labels = new Map((RULE_BY_ID.get(rule)?.conditions ?? []).map(({ id, label }) => [id, label]));
  return (JSON.parse(gaps) as { id: string; result: string }[])
    .filter(({ result }) => result === 'unknown')
    .map(({ id }) => labels.get(id) ?? id);
};

/** Conditions named in one line. */
const NAMED = 3;

/** Enterprises that fail nowhere in a scheme, but lack figures without which no verdict can be given: one entry each. */
function gaps(db: Reading, scope: Scope): TodoItem[] {
  const where = and([
    ...inScope(scope),
    { sql: `v.outcome = 'undetermined' AND v.unknown > 0 AND v.unmet = 0 AND v.action = 'new'`, params: [] },
    {
      sql: `NOT EXISTS (SELECT 1 FROM Span s WHERE s.enterpriseId = e.id AND s.lane = 'held' AND s.scheme = v.scheme
              AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > ?))`,
      params: [scope.asOf, scope.asOf],
    },
  ]);
  const rows = all<GapRow>(
    db,
    `SELECT e.id, e.uscc, e.name, v.scheme, v.rule, v.gaps
     FROM StoredVerdict v JOIN Enterprise e ON e.id = v.enterpriseId WHERE ${where.sql} ORDER BY e.id, v.scheme`,
    ...where.params,
  );
  return [...Map.groupBy(rows, ({ id }) => id).values()].map((own) => {
    const { id, uscc, name } = own[0]!;
    const labels = [...new Set(own.flatMap(wanting))];
    return {
      key: `gap:${id}:${yearOf(scope.asOf)}`,
      kind: 'gap',
      day: null,
      daysLeft: null,
      what: `缺数据，${own.map((row) => schemeLabel(row.scheme)).join('、')}未能判定`,
      detail: labels.slice(0, NAMED).join('、') + (labels.length > NAMED ? ` 等 ${labels.length} 项` : ''),
      scheme: null,
      name,
      to: `/enterprises/${uscc}`,
    };
  });
}

const LAST = '9999-12-31';

/** Everything that waits on the day, the first day first, what has no day last. */
export function todoItems(db: Reading, scope: Scope, withGaps = true): TodoItem[] {
  return [
    ...titles(db, scope, addDays(scope.asOf, AHEAD_DAYS)),
    ...duties(db, scope),
    ...windows(db, scope),
    ...publicised(db, scope),
    ...batches(db, scope),
    ...followUps(db, scope),
    ...submissions(db, scope),
    ...decisions(db, scope),
    ...(withGaps ? gaps(db, scope) : []),
  ].sort((a, b) => {
    const [x, y] = [a.day ?? LAST, b.day ?? LAST];
    return x < y ? -1 : x > y ? 1 : a.key < b.key ? -1 : 1;
  });
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

/** In which views an entry stands. */
function viewsOf(item: MarkedItem, on: Day): TodoView[] {
  const { marked } = item;
  if (marked?.mark === 'done') return ['done'];
  if (marked?.mark === 'snoozed' && (marked.untilDay ?? '') >= on) return ['snoozed'];
  return item.daysLeft !== null && item.daysLeft <= NEAR_DAYS ? ['near', 'all'] : ['all'];
}

function markedItems(db: Reading, scope: Scope, withGaps: boolean): MarkedItem[] {
  const marked = marks(db);
  return todoItems(db, scope, withGaps).map((item) => ({ ...item, marked: marked.get(item.key) ?? null }));
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
  const items = markedItems(db, scope, true);
  const ofKind = items.filter(({ kind }) => input.kind === null || kind === input.kind);
  const counts: Record<TodoView, number> = { near: 0, all: 0, snoozed: 0, done: 0 };
  const shown: MarkedItem[] = [];
  for (const item of ofKind) {
    const views = viewsOf(item, scope.asOf);
    for (const view of views) counts[view] += 1;
    if (views.includes(input.view)) shown.push(item);
  }
  return {
    counts,
    rows: shown.slice((input.page - 1) * input.size, input.page * input.size),
    chosen: items.find(({ key }) => key === input.chosen) ?? null,
  };
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
  const near = markedItems(db, scope, false).filter((item) =>
    viewsOf(item, scope.asOf).includes('near'),
  ).length;
  if (bells.size >= KEPT) bells.delete(bells.keys().next().value!);
  bells.set(key, near);
  return near;
}
