/** Entering, leaving and rising: what happened to a library or list in a period, and what is proposed for it. */
import { eventLabel, type VerdictSummary } from '../../machines/events.ts';
import { isDay, type Day } from '../rules/day.ts';
import { schemeLabel } from './schemes.server.ts';
import { inScope, type Scope } from './scope.server.ts';
import { all, and, type Param, personOf, type Reading } from './sql.server.ts';
import type { LibraryLook } from './libraries.server.ts';

export const TURNS = { in: '进入', up: '晋级', out: '退出' } as const;
export type Turn = keyof typeof TURNS;

export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** Reads a period from an address; without one, the year up to the day looked at. */
export function readPeriod(query: URLSearchParams, asOf: Day): Period {
  const [from, to] = [query.get('from'), query.get('to')];
  const last = isDay(to) ? to : asOf;
  return { from: isDay(from) && from <= last ? from : `${last.slice(0, 4)}-01-01`, to: last };
}

export interface HistoryRow {
  readonly key: string;
  readonly id: number;
  readonly uscc: string;
  readonly name: string;
  readonly park: string | null;
  readonly on: Day;
  readonly turn: Turn;
  /** What happened, where that is more than the turn. */
  readonly what: string | null;
  readonly why: string | null;
  readonly by: string;
}

interface Raw {
  key: string;
  id: number;
  uscc: string;
  name: string;
  park: string | null;
  day: string;
  turn: Turn;
  type: string | null;
  why: string | null;
  actor: string;
}

/** What entered and what left, each as a SELECT without its end: the scope, the order and the limit follow. */
type Source = readonly { readonly sql: string; readonly params: readonly Param[] }[];

const HEAD = 'e.id, e.uscc, e.name, (SELECT p.name FROM Park p WHERE p.id = e.parkId) AS park';
const WHO = (column: string) => `CASE ${column} WHEN 'system' THEN '系统' ELSE ${personOf(column)} END`;

/** Stays of lists: a stay that ended on the day it began never lasted. */
function ofLists({ list, scheme }: LibraryLook, { from, to }: Period): Source {
  const joined = 'FROM ListStay s CROSS JOIN Enterprise e ON e.id = s.enterpriseId';
  const lasted = 's.list = ? AND s.scheme = ? AND (s.toOn IS NULL OR s.toOn > s.fromOn)';
  const params = [list, scheme, from, to];
  return [
    {
      sql: `SELECT 'i' || s.id AS key, ${HEAD}, s.fromOn AS day, 'in' AS turn, NULL AS type, s.why, ${WHO('s.addedBy')} AS actor
            ${joined} WHERE ${lasted} AND s.fromOn BETWEEN ? AND ?`,
      params,
    },
    {
      sql: `SELECT 'o' || s.id AS key, ${HEAD}, s.toOn AS day, CASE s.ended WHEN 'promoted' THEN 'up' ELSE 'out' END AS turn,
              NULL AS type, s.endReason AS why, ${WHO('s.endedBy')} AS actor
            ${joined} WHERE ${lasted} AND s.toOn BETWEEN ? AND ?`,
      params,
    },
  ];
}

const IN_LIBRARY = `('library', 'visited', 'followed')`;

/** Stays of the machine in a library: from one of its states to the next one neither enters nor leaves. */
function ofLibrary({ scheme }: LibraryLook, { from, to }: Period): Source {
  const joined = 'FROM Span s CROSS JOIN Enterprise e ON e.id = s.enterpriseId';
  const own = `s.lane = 'application' AND s.scheme = ? AND s.state IN ${IN_LIBRARY}`;
  const neighbour = (on: string) =>
    `SELECT 1 FROM Span n WHERE n.enterpriseId = s.enterpriseId AND n.scheme = s.scheme AND n.lane = s.lane
       AND n.id <> s.id AND n.state IN ${IN_LIBRARY} AND ${on}`;
  const params = [scheme, from, to];
  return [
    {
      sql: `SELECT 'i' || s.id AS key, ${HEAD}, s.fromOn AS day, 'in' AS turn, v.type, v.reason AS why, ${WHO('v.actor')} AS actor
            ${joined} LEFT JOIN Event v ON v.id = s.eventId
            WHERE ${own} AND s.fromOn BETWEEN ? AND ? AND NOT EXISTS (${neighbour('n.toOn = s.fromOn')})`,
      params,
    },
    {
      sql: `SELECT 'o' || s.id AS key, ${HEAD}, s.toOn AS day, CASE v.type WHEN 'remove' THEN 'out' ELSE 'up' END AS turn, v.type,
              v.reason AS why, ${WHO('v.actor')} AS actor
            ${joined} LEFT JOIN Event v ON v.id = (SELECT x.id FROM Event x WHERE x.enterpriseId = s.enterpriseId
              AND x.scheme = s.scheme AND x.accepted = 1 AND x.effectiveOn = s.toOn AND x.id > s.eventId ORDER BY x.id LIMIT 1)
            WHERE ${own} AND s.toOn BETWEEN ? AND ? AND s.toOn > s.fromOn AND NOT EXISTS (${neighbour('n.fromOn = s.toOn')})`,
      params,
    },
  ];
}

/** Stays in a sub-tier of the library of unicorns, from the titles. */
function ofUnicorns({ scheme }: LibraryLook, { from, to }: Period): Source {
  const joined =
    'FROM Span s CROSS JOIN Enterprise e ON e.id = s.enterpriseId LEFT JOIN Event v ON v.id = s.eventId';
  const own = "s.lane = 'held' AND s.scheme = ?";
  const params = [scheme, from, to];
  return [
    {
      sql: `SELECT 'i' || s.id AS key, ${HEAD}, s.fromOn AS day, 'in' AS turn, v.type, v.reason AS why, ${WHO('v.actor')} AS actor
            ${joined} WHERE ${own} AND s.fromOn BETWEEN ? AND ?`,
      params,
    },
    {
      sql: `SELECT 'o' || s.id AS key, ${HEAD}, s.toOn AS day, CASE s.ended WHEN 'promote' THEN 'up' ELSE 'out' END AS turn,
              s.ended AS type, NULL AS why, '' AS actor
            ${joined} WHERE ${own} AND s.toOn BETWEEN ? AND ? AND s.toOn > s.fromOn`,
      params,
    },
  ];
}

function sourceOf(look: LibraryLook, period: Period): Source {
  if (look.list === 'library') return ofLibrary(look, period);
  if (look.list === 'unicorn') return ofUnicorns(look, period);
  return ofLists(look, period);
}

/** What happened in a period, the latest first, with how many of each turn there were. */
export function libraryHistory(
  db: Reading,
  look: LibraryLook,
  scope: Scope,
  { period, size, offset, turn = null }: { period: Period; size: number; offset: number; turn?: Turn | null },
): { counts: Record<Turn, number>; rows: HistoryRow[] } {
  const where = and(inScope(scope));
  const halves = sourceOf(look, period).map(({ sql, params }) => ({
    sql: `${sql} AND ${where.sql}`,
    params: [...params, ...where.params],
  }));
  const counts = { in: 0, up: 0, out: 0 };
  for (const { sql, params } of halves)
    for (const { turn: of, n } of all<{ turn: Turn; n: number }>(
      db,
      `SELECT h.turn, count(*) AS n FROM (${sql}) h GROUP BY 1`,
      ...params,
    ))
      counts[of] += n;
  // Either half gives no more than the page may need, in the order of its index.
  const parts = halves.map(
    ({ sql }) =>
      `SELECT * FROM (SELECT * FROM (${sql}) WHERE (? IS NULL OR turn = ?) ORDER BY day DESC, id DESC LIMIT ?)`,
  );
  const rows = all<Raw>(
    db,
    `SELECT * FROM (${parts.join(' UNION ALL ')}) ORDER BY day DESC, id DESC, key DESC LIMIT ? OFFSET ?`,
    ...halves.flatMap(({ params }) => [...params, turn, turn, size + offset]),
    size,
    offset,
  );
  return {
    counts,
    rows: rows.map(({ day, type, actor, ...row }) => ({
      ...row,
      on: day,
      what: type === null ? null : eventLabel(type),
      by: actor,
    })),
  };
}

export interface ProposalRow {
  readonly id: number;
  readonly enterpriseId: number;
  readonly uscc: string;
  readonly name: string;
  readonly scheme: string;
  readonly schemeLabel: string;
  /** enrol | remove */
  readonly kind: string;
  readonly kindLabel: string;
  readonly reason: string;
  readonly verdict: VerdictSummary | null;
  readonly proposer: string;
  readonly proposedBy: string;
  readonly proposedAt: string;
  /** approved | rejected | withdrawn; null while it is open. */
  readonly decision: string | null;
  readonly decisionReason: string | null;
  readonly decider: string | null;
  readonly decidedAt: string | null;
}

interface Asking {
  /** Open ones, or those decided. */
  readonly open: boolean;
  readonly enterpriseId?: number;
  readonly size: number;
  readonly offset: number;
}

/** Proposals within the scope: open ones the oldest first, decided ones the latest first. */
export function proposals(
  db: Reading,
  scope: Scope,
  { open, enterpriseId, size, offset }: Asking,
): { total: number; rows: ProposalRow[] } {
  const where = and([
    { sql: open ? 'l.decision IS NULL' : 'l.decision IS NOT NULL', params: [] },
    enterpriseId === undefined ? null : { sql: 'l.enterpriseId = ?', params: [enterpriseId] },
    ...inScope(scope),
  ]);
  const from = `FROM LibraryProposal l JOIN Enterprise e ON e.id = l.enterpriseId WHERE ${where.sql}`;
  const [counted] = all<{ n: number }>(db, `SELECT count(*) AS n ${from}`, ...where.params);
  const rows = all<Omit<ProposalRow, 'schemeLabel' | 'kindLabel' | 'verdict'> & { verdict: string | null }>(
    db,
    `SELECT l.id, l.enterpriseId, e.uscc, e.name, l.scheme, l.kind, l.reason, l.verdict, ${WHO('l.proposedBy')} AS proposer,
            l.proposedBy, l.proposedAt, l.decision, l.decisionReason, ${WHO('l.decidedBy')} AS decider, l.decidedAt
     ${from} ORDER BY ${open ? 'l.id' : 'l.decidedAt DESC, l.id DESC'} LIMIT ? OFFSET ?`,
    ...where.params,
    size,
    offset,
  );
  return {
    total: counted?.n ?? 0,
    rows: rows.map((row) => ({
      ...row,
      schemeLabel: schemeLabel(row.scheme),
      kindLabel: row.kind === 'enrol' ? '入库' : '退库',
      verdict: row.verdict === null ? null : (JSON.parse(row.verdict) as VerdictSummary),
    })),
  };
}
