/** What enterprises hand to the park, as its staff and as they themselves see it. */
import type { Db } from '../db/clients.server.ts';
import { dayInShanghai } from '../db/clock.ts';
import { valueAt } from '../rules/facts/field-of.ts';
import { SOURCES, type Source } from '../rules/facts/schema.ts';
import { cannotAccept } from '../rules/facts/submitted.ts';
import { daysBetween, type Day } from '../rules/day.ts';
import { loadFacts } from './facts.server.ts';
import { inScope, type Scope } from './scope.server.ts';
import { all, and, count, one, personOf, type Reading } from './sql.server.ts';

export interface SubmissionLine {
  readonly id: number;
  readonly uscc: string;
  readonly name: string;
  readonly state: string;
  readonly submittedAt: string | null;
  readonly submittedBy: string | null;
  readonly items: number;
  readonly waiting: number;
}

const LINE = `SELECT s.id, e.uscc, e.name, s.state, s.submittedAt, ${personOf('s.submittedBy')} AS submittedBy,
    (SELECT count(*) FROM SubmissionItem i WHERE i.submissionId = s.id) AS items,
    (SELECT count(*) FROM SubmissionItem i WHERE i.submissionId = s.id AND i.decision IS NULL) AS waiting
  FROM Submission s JOIN Enterprise e ON e.id = s.enterpriseId`;

const STATES = { waiting: ['submitted'], done: ['decided', 'withdrawn'] } as const;
export type SubmissionView = keyof typeof STATES;

/** Submissions of a scope by what is to be done, those that wait longest first, and how many there are. */
export function submissionList(
  db: Reading,
  scope: Scope,
  view: SubmissionView,
  page: { page: number; size: number },
): { rows: SubmissionLine[]; total: number } {
  const where = and([
    ...inScope(scope),
    { sql: `s.state IN (${STATES[view].map((state) => `'${state}'`).join(',')})`, params: [] },
  ]);
  const order = view === 'waiting' ? 's.submittedAt, s.id' : 's.submittedAt DESC, s.id DESC';
  return {
    rows: all<SubmissionLine>(
      db,
      `${LINE} WHERE ${where.sql} ORDER BY ${order} LIMIT ? OFFSET ?`,
      ...where.params,
      page.size,
      (page.page - 1) * page.size,
    ),
    total: count(
      db,
      `SELECT count(*) FROM Submission s JOIN Enterprise e ON e.id = s.enterpriseId WHERE ${where.sql}`,
      ...where.params,
    ),
  };
}

/** Submissions of a scope that wait, the oldest first: what 今日待办 brings up. */
export const waitingSubmissions = (db: Reading, scope: Scope): SubmissionLine[] =>
  submissionList(db, scope, 'waiting', { page: 1, size: 500 }).rows;

/** An enterprise's own submissions, the latest first; its draft is not among them. */
export const submissionsOf = (db: Reading, enterpriseId: number): SubmissionLine[] =>
  all<SubmissionLine>(
    db,
    `${LINE} WHERE s.enterpriseId = ? AND s.state <> 'draft' ORDER BY s.id DESC LIMIT 50`,
    enterpriseId,
  );

interface Head {
  id: number;
  enterpriseId: number;
  uscc: string;
  name: string;
  state: string;
  note: string | null;
  submittedAt: string | null;
  submittedBy: string | null;
  revision: number;
}

const HEAD = `SELECT s.id, s.enterpriseId, e.uscc, e.name, s.state, s.note, s.submittedAt,
    ${personOf('s.submittedBy')} AS submittedBy, s.revision
  FROM Submission s JOIN Enterprise e ON e.id = s.enterpriseId`;

interface ItemRow {
  id: number;
  path: string;
  value: string;
  knownAt: string;
  decision: string | null;
  source: string | null;
  reason: string | null;
  decidedBy: string | null;
}

const rank = (source: Source | null) => (source === null ? SOURCES.length : SOURCES.indexOf(source));

/** A submission with each figure beside what is on record now. */
function whole(db: Db, head: Head) {
  const facts = loadFacts(db, head.enterpriseId);
  const rows = all<ItemRow>(
    db,
    `SELECT i.id, i.path, i.value, i.knownAt, i.decision, i.source, i.reason, ${personOf('i.decidedBy')} AS decidedBy
     FROM SubmissionItem i WHERE i.submissionId = ? ORDER BY i.path`,
    head.id,
  );
  const items = rows.map(({ value, ...item }) => {
    const onRecord = valueAt(facts, item.path) ?? null;
    const from = facts.provenance[item.path] ?? null;
    return {
      ...item,
      value: JSON.parse(value) as unknown,
      onRecord: onRecord as unknown,
      recordSource: onRecord === null ? null : (from?.source ?? null),
      recordKnownAt: onRecord === null ? null : (from?.knownAt ?? null),
      /** What is on record is better founded than the enterprise's own word. */
      weaker: onRecord !== null && rank(from?.source ?? null) < rank('self'),
      refused: cannotAccept(item.path, facts),
    };
  });
  const { enterpriseId: _own, ...shown } = head;
  return { ...shown, items };
}
export type WholeSubmission = ReturnType<typeof whole>;
export type SubmittedItem = WholeSubmission['items'][number];

/** An enterprise reads what was decided and why, from the park and not from one of its people. */
const withoutStaff = (item: SubmittedItem): SubmittedItem => ({ ...item, decidedBy: null });

/** A submission by its number; null where there is none, it is a draft, or it is another enterprise's than `of`, who then reads it. */
export function submissionById(
  db: Db,
  id: string | undefined,
  of: { enterpriseId: number } | null = null,
): WholeSubmission | null {
  if (!/^\d{1,9}$/.test(id ?? '')) return null;
  const head = one<Head>(db, `${HEAD} WHERE s.id = ? AND s.state <> 'draft'`, Number(id));
  if (!head || (of && head.enterpriseId !== of.enterpriseId)) return null;
  const submission = whole(db, head);
  return of ? { ...submission, items: submission.items.map(withoutStaff) } : submission;
}

/** The draft of an enterprise; null when it has none. */
export function draftOf(db: Db, enterpriseId: number): WholeSubmission | null {
  const head = one<Head>(db, `${HEAD} WHERE s.enterpriseId = ? AND s.state = 'draft'`, enterpriseId);
  return head ? whole(db, head) : null;
}

/** Figures of an enterprise that wait for a decision. */
export const waitingItems = (db: Reading, enterpriseId: number): { submissionId: number; n: number }[] =>
  all(
    db,
    `SELECT s.id AS submissionId, count(*) AS n FROM Submission s JOIN SubmissionItem i ON i.submissionId = s.id
     WHERE s.enterpriseId = ? AND s.state = 'submitted' AND i.decision IS NULL GROUP BY s.id ORDER BY s.id`,
    enterpriseId,
  );

/** Requests for supplement of an enterprise: the open ones first, then the latest, with who asked. */
export function requestsOf(db: Reading, enterpriseId: number, on: Day) {
  const rows = all<{
    id: number;
    paths: string;
    note: string;
    dueOn: string | null;
    askedBy: string | null;
    askedAt: string;
    answeredBy: number | null;
    closedAt: string | null;
  }>(
    db,
    `SELECT r.id, r.paths, r.note, r.dueOn, ${personOf('r.askedBy')} AS askedBy, r.askedAt, r.answeredBy, r.closedAt
     FROM SupplementRequest r WHERE r.enterpriseId = ? ORDER BY r.closedAt IS NOT NULL, r.id DESC LIMIT 20`,
    enterpriseId,
  );
  return rows.map((row) => ({
    ...row,
    paths: JSON.parse(row.paths) as string[],
    askedOn: dayInShanghai(row.askedAt),
    daysLeft: row.dueOn === null || row.closedAt !== null ? null : daysBetween(on, row.dueOn),
  }));
}
export type RequestLine = ReturnType<typeof requestsOf>[number];

/** The same as the enterprise itself reads them: it is the park that asks, not one of its people. */
export const ownRequests = (db: Reading, enterpriseId: number, on: Day): RequestLine[] =>
  requestsOf(db, enterpriseId, on).map((request) => ({ ...request, askedBy: null }));

/** Names of the accounts of an enterprise, as events and records carry them. */
export const accountNames = (db: Reading, enterpriseId: number): ReadonlySet<string> =>
  new Set(
    all<{ username: string }>(db, 'SELECT username FROM User WHERE enterpriseId = ?', enterpriseId).map(
      ({ username }) => username,
    ),
  );

/** Figures of a year that an enterprise is still asked for, by their keys. */
export const askedFigures = (db: Reading, enterpriseId: number, year: number): string[] => {
  const prefix = `years.${year}.`;
  const open = all<{ path: string }>(
    db,
    `SELECT DISTINCT j.value AS path FROM SupplementRequest r, json_each(r.paths) j
     WHERE r.enterpriseId = ? AND r.closedAt IS NULL`,
    enterpriseId,
  );
  return open.filter(({ path }) => path.startsWith(prefix)).map(({ path }) => path.slice(prefix.length));
};

/** Accounts and invitations of an enterprise. */
export function accountsOf(db: Reading, enterpriseId: number, on: Day) {
  return {
    users: all<{ username: string; displayName: string; disabled: number; createdAt: string }>(
      db,
      'SELECT username, displayName, disabled, createdAt FROM User WHERE enterpriseId = ? ORDER BY id',
      enterpriseId,
    ),
    invitations: all<{
      id: number;
      createdBy: string;
      createdAt: string;
      expiresOn: string;
      usedBy: string | null;
    }>(
      db,
      `SELECT v.id, ${personOf('v.createdBy')} AS createdBy, v.createdAt, v.expiresOn, v.usedBy FROM Invitation v
       WHERE v.enterpriseId = ? AND v.revokedAt IS NULL AND v.usedAt IS NULL AND v.expiresOn >= ? ORDER BY v.id DESC`,
      enterpriseId,
      on,
    ),
  };
}

/** Claims that wait, with the enterprise of the code if the park has it. */
export const waitingClaims = (db: Reading) =>
  all<{
    id: number;
    uscc: string;
    username: string;
    displayName: string;
    contact: string;
    at: string;
    enterprise: string | null;
    taken: number;
  }>(
    db,
    `SELECT c.id, c.uscc, c.username, c.displayName, c.contact, c.at, e.name AS enterprise,
       EXISTS (SELECT 1 FROM User u WHERE u.username = c.username) AS taken
     FROM AccountClaim c LEFT JOIN EnterpriseCode k ON k.code = c.uscc LEFT JOIN Enterprise e ON e.id = k.enterpriseId
     WHERE c.state = 'waiting' ORDER BY c.id LIMIT 200`,
  );

/** How many submissions and claims wait for the park, whatever the scope. */
export const waitingCounts = (db: Reading, scope: Scope) => {
  const where = and([...inScope(scope), { sql: "s.state = 'submitted'", params: [] }]);
  return {
    submissions: count(
      db,
      `SELECT count(*) FROM Submission s JOIN Enterprise e ON e.id = s.enterpriseId WHERE ${where.sql}`,
      ...where.params,
    ),
    claims: count(db, "SELECT count(*) FROM AccountClaim WHERE state = 'waiting'"),
  };
};
