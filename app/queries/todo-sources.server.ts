/** Where the entries of 今日待办 come from: each kind counted by an index, and read only as far as a page needs. */
import { dayInShanghai } from '../db/clock.ts';
import { familyOf } from '../../machines/families.ts';
import { STATES, stateLabel } from '../../machines/states.ts';
import { RULE_BY_ID } from '../rules/registry.ts';
import { addDays, daysBetween, yearOf, type Day } from '../rules/day.ts';
import { openBatches } from './batches.server.ts';
import { DUTY_SCHEMES, expiringCount, expiringLines } from './expiry.server.ts';
import { countOpenActions, openActions } from './follow-ups.server.ts';
import { followKindLabel } from '../pipeline/follow-ups.ts';
import { openDecisions, reviewAddress } from './review-decisions.server.ts';
import { schemeLabel } from './schemes.server.ts';
import { idsInScope, type Scope } from './scope.server.ts';
import { waitingSubmissions } from './submissions.server.ts';
import { all, among, and, count, type Clause, type Param, type Reading } from './sql.server.ts';
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

/** Which entries of a kind are read. */
export interface Asked {
  /** Falling on this day at the latest; null: all. */
  readonly until: Day | null;
  /** The first so many; all where missing. */
  readonly limit?: number;
  readonly offset?: number;
  /** Only of these enterprises (of next actions: with these numbers). */
  readonly of?: readonly number[] | null;
  /** None of these enterprises. */
  readonly not?: readonly number[];
}

/** A kind that grows with the park. */
export interface Source {
  readonly kind: TodoKind;
  count(db: Reading, scope: Scope, until: Day | null): number;
  /** The first day first. */
  items(db: Reading, scope: Scope, asked: Asked): TodoItem[];
}

const FORWARD = { scheme: null, band: null, quarter: null, inWindow: true };

/** The earlier of a day asked for and the last one brought up. */
const within = (scope: Scope, until: Day | null): Day => {
  const last = addDays(scope.asOf, AHEAD_DAYS);
  return until === null || until > last ? last : until;
};

const titles: Source = {
  kind: 'title',
  count: (db, scope, until) => expiringCount(db, scope, { ...FORWARD, until: within(scope, until) }),
  items: (db, scope, { until, limit = null, of = null }) =>
    expiringLines(db, scope, { ...FORWARD, until: within(scope, until), of }, { limit }).map((line) => ({
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
    })),
};

interface OpenSpan {
  enterpriseId: number;
  uscc: string;
  name: string;
  scheme: string;
  state: string;
  fromOn: string;
  day: string;
}

/** Stays that cover the day looked at, each with the day it counts for. */
interface Stays {
  readonly where: Clause;
  /** SQL of that day, over `s`. */
  readonly day: string;
}

function openStays(scope: Scope, { where, day }: Stays, { until, of, not }: Asked): Clause {
  return and([
    where,
    ...idsInScope('s.enterpriseId', scope),
    { sql: 's.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > ?)', params: [scope.asOf, scope.asOf] },
    until === null ? null : { sql: `${day} <= ?`, params: [until] },
    of ? among('s.enterpriseId', of) : null,
    not ? { ...among('s.enterpriseId', not), sql: `NOT ${among('s.enterpriseId', not).sql}` } : null,
  ]);
}

const countStays = (db: Reading, scope: Scope, stays: Stays, until: Day | null): number => {
  const where = openStays(scope, stays, { until });
  return count(db, `SELECT count(*) FROM Span s WHERE ${where.sql}`, ...where.params);
};

/** The rows of a page alone are looked up; the rest stays in the index. */
function readStaysOf(db: Reading, scope: Scope, stays: Stays, asked: Asked): OpenSpan[] {
  const where = openStays(scope, stays, asked);
  return all<OpenSpan>(
    db,
    `SELECT x.*, e.uscc, e.name FROM (
       SELECT s.enterpriseId, s.scheme, s.state, s.fromOn, ${stays.day} AS day FROM Span s WHERE ${where.sql}
       ORDER BY day, s.enterpriseId, s.scheme LIMIT ?) x
     CROSS JOIN Enterprise e ON e.id = x.enterpriseId ORDER BY x.day, x.enterpriseId, x.scheme`,
    ...where.params,
    asked.limit ?? -1,
  );
}

/** A duty opens and is found late within its year, and is to be done by that year's day. */
const DUTIES: Stays = {
  where: and([
    { sql: "s.lane = 'duty'", params: [] },
    among('s.scheme', DUTY_SCHEMES),
    among('s.state', ['report_due', 'report_overdue']),
  ]),
  day: `(substr(s.fromOn, 1, 5) || CASE s.scheme ${DUTY_SCHEMES.map(
    (scheme) => `WHEN '${scheme}' THEN '${familyOf(scheme).duty!.closes}'`,
  ).join(' ')} END)`,
};

const duties: Source = {
  kind: 'duty',
  count: (db, scope, until) => countStays(db, scope, DUTIES, until),
  items: (db, scope, asked) =>
    readStaysOf(db, scope, DUTIES, asked).map((span) => {
      const duty = familyOf(span.scheme).duty!;
      return {
        key: `duty:${span.enterpriseId}:${span.scheme}:${yearOf(span.fromOn)}`,
        kind: 'duty',
        day: span.day,
        daysLeft: daysBetween(scope.asOf, span.day),
        what: `${schemeLabel(span.scheme)}${duty.label}`,
        detail: `${stateLabel(span.state)}，依据 ${duty.basis}`,
        scheme: span.scheme,
        name: span.name,
        to: `/enterprises/${span.uscc}`,
      };
    }),
};

const PUBLICISED: Stays = {
  where: and([
    { sql: "s.lane = 'application'", params: [] },
    // All there are, so that the index is entered by their states.
    { sql: "s.scheme IN (SELECT DISTINCT scheme FROM StockQuarter WHERE lane = 'application')", params: [] },
    among(
      's.state',
      Object.entries(STATES)
        .filter(([, { column }]) => column === 'publicised')
        .map(([id]) => id),
    ),
  ]),
  day: 's.fromOn',
};

const publicised: Source = {
  kind: 'publicised',
  count: (db, scope, until) => countStays(db, scope, PUBLICISED, until),
  items: (db, scope, asked) =>
    readStaysOf(db, scope, PUBLICISED, asked).map((span) => ({
      key: `publicised:${span.enterpriseId}:${span.scheme}:${span.state}:${span.fromOn}`,
      kind: 'publicised',
      day: span.fromOn,
      daysLeft: daysBetween(scope.asOf, span.fromOn),
      what: `${schemeLabel(span.scheme)}${stateLabel(span.state)}，待登记结果`,
      detail: `自 ${span.fromOn} 起 ${daysBetween(span.fromOn, scope.asOf)} 天`,
      scheme: span.scheme,
      name: span.name,
      to: `/enterprises/${span.uscc}`,
    })),
};

/** What was promised at a visit or a call, until somebody says that it is done. */
const followUps: Source = {
  kind: 'follow',
  count: (db, scope, until) => countOpenActions(db, scope, within(scope, until)),
  items: (db, scope, { until, limit, of }) =>
    openActions(db, scope, within(scope, until), { limit, of }).map((open) => ({
      key: `follow:${open.id}`,
      kind: 'follow',
      day: open.nextOn,
      daysLeft: daysBetween(scope.asOf, open.nextOn),
      what: open.nextAction,
      detail: `${open.onDay} ${followKindLabel(open.kind)}后约定`,
      scheme: open.scheme,
      name: open.name,
      to: `/enterprises/${open.uscc}#follow-ups`,
    })),
};

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

/** Stored verdicts that fail nowhere but lack figures, of titles that are not in force. */
const WANTING = `v.action = 'new' AND v.outcome = 'undetermined' AND v.unknown > 0 AND v.unmet = 0
  AND NOT EXISTS (SELECT 1 FROM Span s WHERE s.enterpriseId = v.enterpriseId AND s.scheme = v.scheme
    AND s.lane || '' = 'held' AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > ?))`;

/** Enterprises `g.enterpriseId` with such a verdict: today it is kept with the verdicts, for another day looked up. */
function wantingIn(scope: Scope, { of, not = [] }: Omit<Asked, 'until'>): Clause {
  const { asOf, isToday } = scope;
  const none = among('g.enterpriseId', not);
  return and([
    isToday
      ? { sql: 'g.wanting > 0', params: [] }
      : {
          sql: `EXISTS (SELECT 1 FROM StoredVerdict v WHERE v.enterpriseId = g.enterpriseId AND ${WANTING})`,
          params: [asOf, asOf],
        },
    ...idsInScope('g.enterpriseId', scope),
    of ? among('g.enterpriseId', of) : null,
    not.length > 0 ? { ...none, sql: `NOT ${none.sql}` } : null,
  ]);
}

interface GapRow {
  id: number;
  uscc: string;
  name: string;
  scheme: string;
  rule: string;
  gaps: string;
}

const missing = ({ rule, gaps }: GapRow): string[] => {
  const labels = new Map((RULE_BY_ID.get(rule)?.conditions ?? []).map(({ id, label }) => [id, label]));
  return (JSON.parse(gaps) as { id: string; result: string }[])
    .filter(({ result }) => result === 'unknown')
    .map(({ id }) => labels.get(id) ?? id);
};

/** Conditions named in one line. */
const NAMED = 3;

/** Enterprises that fail nowhere in a scheme, but lack figures without which no verdict can be given: one entry each. */
export const gaps: Source = {
  kind: 'gap',
  count(db, scope, until) {
    if (until !== null) return 0;
    const where = wantingIn(scope, {});
    return count(db, `SELECT count(*) FROM VerdictState g WHERE ${where.sql}`, ...where.params);
  },
  items(db, scope, { until, limit = -1, offset = 0, ...asked }) {
    if (until !== null) return [];
    const where = wantingIn(scope, asked);
    const { asOf } = scope;
    const params: Param[] = [...where.params, limit, offset, asOf, asOf];
    const rows = all<GapRow>(
      db,
      `SELECT e.id, e.uscc, e.name, v.scheme, v.rule, v.gaps FROM (
         SELECT g.enterpriseId FROM VerdictState g WHERE ${where.sql} ORDER BY g.enterpriseId LIMIT ? OFFSET ?) x
       CROSS JOIN StoredVerdict v ON v.enterpriseId = x.enterpriseId AND ${WANTING}
       CROSS JOIN Enterprise e ON e.id = x.enterpriseId ORDER BY e.id, v.scheme`,
      ...params,
    );
    return [...Map.groupBy(rows, ({ id }) => id).values()].map((own) => {
      const { id, uscc, name } = own[0]!;
      const labels = [...new Set(own.flatMap(missing))];
      return {
        key: `gap:${id}:${yearOf(asOf)}`,
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
  },
};

/** Those that grow with the park and have a day. */
export const DATED: readonly Source[] = [titles, duties, publicised, followUps];

/** Those of which there are few: all of them. */
export const fewItems = (db: Reading, scope: Scope): TodoItem[] => [
  ...windows(db, scope),
  ...batches(db, scope),
  ...submissions(db, scope),
  ...decisions(db, scope),
];
