/**
 * What an enterprise hands to the park: kept by it as a draft, submitted explicitly, and in force only where somebody
 * of the park accepted it, figure by figure. What was submitted stays as it was, with what became of it.
 */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import { readParts, readerOf } from '../db/fact-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';
import { setAt, valueAt } from '../rules/facts/field-of.ts';
import { finishFacts, type Facts } from '../rules/facts/parse.ts';
import { SOURCES, type PlainFacts, type Source } from '../rules/facts/schema.ts';
import { assembleFacts } from '../rules/facts/stored.ts';
import { cannotAccept } from '../rules/facts/submitted.ts';
import { recordFacts } from './facts.server.ts';

/** What identifies an enterprise is corrected by the park, not submitted. */
const NEVER = new Set(['uscc', 'name', 'formerNames', 'park', 'division']);

/** Most figures of one submission. */
const MOST = 400;

export type SubmissionState = 'draft' | 'submitted' | 'decided' | 'withdrawn';
export type Decision = 'accepted' | 'rejected' | 'noted';

interface Head {
  readonly id: number;
  readonly enterpriseId: number;
  readonly state: SubmissionState;
  readonly revision: number;
}

const draftOf = (tx: Pick<Tx, 'prepare'>, enterpriseId: number) =>
  tx.prepare<Head>("SELECT * FROM Submission WHERE enterpriseId = ? AND state = 'draft'").get(enterpriseId);

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

export interface Kept {
  /** Figures put into the draft. */
  readonly kept: number;
  /** Figures that say what is on record already, and were left out. */
  readonly same: number;
}

/**
 * Puts figures into the enterprise's draft; a path that the facts leave unknown takes it out of the draft again.
 * @param input.paths which of the facts are meant
 * @throws AppError `invalid` for too many figures
 */
export async function keepInDraft(
  db: Db,
  clock: Clock,
  input: { enterpriseId: number; facts: Facts; paths: readonly string[]; actor: string },
): Promise<Kept> {
  const { enterpriseId, facts, actor } = input;
  const paths = [...new Set(input.paths)].filter((path) => !NEVER.has(path.split('.')[0]!));
  if (paths.length > MOST) throw new AppError('invalid', `一次最多提交 ${MOST} 项数据`);
  return db.write((tx) => {
    const onRecord = factsOnRecord(tx, enterpriseId);
    const draft = draftOf(tx, enterpriseId)?.id ?? startDraft(tx, clock, enterpriseId, actor);
    const drop = tx.prepare('DELETE FROM SubmissionItem WHERE submissionId = ? AND path = ?');
    const put = tx.prepare(
      `INSERT INTO SubmissionItem (submissionId, path, value, knownAt, "by") VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (submissionId, path) DO UPDATE
         SET value = excluded.value, knownAt = excluded.knownAt, "by" = excluded."by"`,
    );
    let kept = 0;
    let equal = 0;
    for (const path of paths) {
      const value = valueAt(facts, path);
      if (value !== undefined && value !== null && !same(value, valueAt(onRecord, path))) {
        put.run(draft, path, JSON.stringify(value), clock.today(), actor);
        kept += 1;
        continue;
      }
      drop.run(draft, path);
      if (value !== undefined && value !== null) equal += 1;
    }
    tx.prepare('UPDATE Submission SET revision = revision + 1 WHERE id = ?').run(draft);
    return { kept, same: equal };
  });
}

function factsOnRecord(tx: Pick<Tx, 'prepare'>, enterpriseId: number): Facts {
  const parts = readParts(tx, enterpriseId);
  if (!parts) throw new AppError('not-found', '没有这家企业');
  return assembleFacts(parts);
}

function startDraft(tx: Tx, clock: Clock, enterpriseId: number, actor: string): number {
  const added = tx
    .prepare("INSERT INTO Submission (enterpriseId, state, startedAt, startedBy) VALUES (?, 'draft', ?, ?)")
    .run(enterpriseId, clock.now(), actor);
  return Number(added.lastInsertRowid);
}

/** Takes one figure out of the draft. */
export function dropFromDraft(db: Db, input: { enterpriseId: number; path: string }): Promise<void> {
  return db.write((tx) => {
    const draft = draftOf(tx, input.enterpriseId);
    if (!draft) return;
    tx.prepare('DELETE FROM SubmissionItem WHERE submissionId = ? AND path = ?').run(draft.id, input.path);
    tx.prepare('UPDATE Submission SET revision = revision + 1 WHERE id = ?').run(draft.id);
  });
}

/**
 * Hands the draft to the park; open requests for supplement that it answers wholly are closed by it.
 * @param input.revision of the draft as it was shown
 * @throws AppError `conflict` when the draft changed meanwhile or is gone, `invalid` when it is empty
 */
export function submitDraft(
  db: Db,
  clock: Clock,
  input: { enterpriseId: number; revision: number; note: string; actor: string },
): Promise<number> {
  const note = input.note.trim().slice(0, 1000) || null;
  return db.write((tx) => {
    const draft = draftOf(tx, input.enterpriseId);
    if (draft?.revision !== input.revision) throw changed();
    const paths = tx
      .prepare<{ path: string }>('SELECT path FROM SubmissionItem WHERE submissionId = ?')
      .all(draft.id)
      .map(({ path }) => path);
    if (paths.length === 0) throw new AppError('invalid', '还没有要提交的数据');
    tx.prepare(
      `UPDATE Submission SET state = 'submitted', note = ?, submittedAt = ?, submittedBy = ?,
         revision = revision + 1 WHERE id = ?`,
    ).run(note, clock.now(), input.actor, draft.id);
    answerRequests(tx, clock, input, { submissionId: draft.id, paths });
    return draft.id;
  });
}

const changed = () => new AppError('conflict', '内容刚被改动过，请重新打开页面核对');

function answerRequests(
  tx: Tx,
  clock: Clock,
  by: { enterpriseId: number; actor: string },
  given: { submissionId: number; paths: readonly string[] },
): void {
  const open = tx
    .prepare<{ id: number; paths: string }>(
      'SELECT id, paths FROM SupplementRequest WHERE enterpriseId = ? AND closedAt IS NULL',
    )
    .all(by.enterpriseId);
  const has = new Set(given.paths);
  for (const request of open) {
    if (!(JSON.parse(request.paths) as string[]).every((path) => has.has(path))) continue;
    tx.prepare('UPDATE SupplementRequest SET answeredBy = ?, closedAt = ?, closedBy = ? WHERE id = ?').run(
      given.submissionId,
      clock.now(),
      by.actor,
      request.id,
    );
  }
}

/**
 * The enterprise takes a submission back while nothing of it is decided.
 * @throws AppError `not-found` (not its own), `refused` (decided in part), `conflict`
 */
export function withdrawSubmission(
  db: Db,
  clock: Clock,
  input: { submissionId: number; enterpriseId: number; actor: string },
): Promise<void> {
  return db.write((tx) => {
    const head = requireHead(tx, input.submissionId);
    if (head.enterpriseId !== input.enterpriseId) throw new AppError('not-found', '没有这次提交');
    if (head.state !== 'submitted') throw new AppError('conflict', '这次提交已处理完毕或已撤回');
    const decided = tx
      .prepare<{ n: number }>(
        'SELECT count(*) AS n FROM SubmissionItem WHERE submissionId = ? AND decision IS NOT NULL',
      )
      .get(head.id)!.n;
    if (decided > 0) throw new AppError('refused', '园区已处理其中一部分，不能再撤回');
    tx.prepare("UPDATE Submission SET state = 'withdrawn', revision = revision + 1 WHERE id = ?").run(
      head.id,
    );
    tx.prepare(
      'UPDATE SupplementRequest SET answeredBy = NULL, closedAt = NULL, closedBy = NULL WHERE answeredBy = ?',
    ).run(head.id);
  });
}

function requireHead(tx: Pick<Tx, 'prepare'>, id: number): Head {
  const head = tx.prepare<Head>('SELECT * FROM Submission WHERE id = ?').get(id);
  if (!head) throw new AppError('not-found', '没有这次提交');
  return head;
}

export interface Ruling {
  readonly itemId: number;
  readonly decision: Decision;
  /** With which source an accepted figure is taken over; absent: 企业自报. */
  readonly source?: string | null;
  readonly reason?: string | null;
}

interface Item {
  readonly id: number;
  readonly path: string;
  readonly value: string;
  readonly knownAt: string;
  readonly by: string;
  readonly decision: Decision | null;
}

/**
 * The park decides figures of a submission. What is accepted becomes a statement about the facts with the day on
 * which the enterprise made it; what is rejected needs a reason. When the last one is decided the submission is.
 * @param input.revision of the submission as it was shown
 * @returns how many were accepted although a better founded figure on record stays in force
 * @throws AppError `conflict` (changed meanwhile, decided already), `invalid`, `refused`
 */
export function decideItems(
  db: Db,
  clock: Clock,
  input: { submissionId: number; revision: number; rulings: readonly Ruling[]; actor: string },
): Promise<{ overruled: number }> {
  return db.write((tx) => {
    const head = requireHead(tx, input.submissionId);
    if (head.state !== 'submitted' || head.revision !== input.revision) throw changed();
    const items = new Map(
      tx
        .prepare<Item>('SELECT * FROM SubmissionItem WHERE submissionId = ?')
        .all(head.id)
        .map((item) => [item.id, item]),
    );
    let overruled = 0;
    for (const ruling of input.rulings) {
      const item = items.get(ruling.itemId);
      if (!item) throw new AppError('invalid', '这一项不属于这次提交');
      if (item.decision !== null) throw changed();
      overruled += decideOne(tx, clock, { head, item, ruling, actor: input.actor });
    }
    const open = [...items.values()].filter(
      ({ id, decision }) => decision === null && !input.rulings.some((ruling) => ruling.itemId === id),
    );
    tx.prepare('UPDATE Submission SET revision = revision + 1, state = ?, decidedAt = ? WHERE id = ?').run(
      open.length === 0 ? 'decided' : 'submitted',
      open.length === 0 ? clock.now() : null,
      head.id,
    );
    return { overruled };
  });
}

function decideOne(
  tx: Tx,
  clock: Clock,
  of: { head: Head; item: Item; ruling: Ruling; actor: string },
): number {
  const { head, item, ruling, actor } = of;
  const reason = ruling.reason?.trim().slice(0, 500) || null;
  if (ruling.decision === 'rejected' && reason === null) throw new AppError('invalid', '不采纳须写明理由');
  const source: Source = SOURCES.find((each) => each === ruling.source) ?? 'self';
  const overruled = ruling.decision === 'accepted' ? takeOver(tx, clock, head, item, source, actor) : 0;
  tx.prepare(
    'UPDATE SubmissionItem SET decision = ?, source = ?, reason = ?, decidedBy = ?, decidedAt = ? WHERE id = ?',
  ).run(ruling.decision, ruling.decision === 'accepted' ? source : null, reason, actor, clock.now(), item.id);
  return overruled;
}

/** States an accepted figure. @returns 1 where what is on record is better founded and stays in force */
function takeOver(tx: Tx, clock: Clock, head: Head, item: Item, source: Source, actor: string): number {
  const refused = cannotAccept(item.path, factsOnRecord(tx, head.enterpriseId));
  if (refused) throw new AppError('refused', refused);
  const plain: Record<string, unknown> = {};
  setAt(plain, item.path, JSON.parse(item.value));
  const facts = finishFacts(plain as PlainFacts, {});
  const [result] = recordFacts(
    tx,
    clock,
    [{ kind: 'facts', enterpriseId: head.enterpriseId, facts, source, knownAt: item.knownAt }],
    { actor, evidence: { submission: head.id, item: item.id, statedBy: item.by } },
  );
  if (result?.outcome === 'rejected') throw new AppError('refused', result.reason);
  return same(valueAt(factsOnRecord(tx, head.enterpriseId), item.path), JSON.parse(item.value)) ? 0 : 1;
}

/** A request for figures, with the day until which they are wanted. @throws AppError `invalid` */
export async function requestSupplement(
  db: Db,
  clock: Clock,
  input: {
    enterpriseId: number;
    paths: readonly string[];
    note: string;
    dueOn: string | null;
    actor: string;
  },
): Promise<number> {
  const note = input.note.trim();
  if (input.paths.length === 0) throw new AppError('invalid', '请选择要补充的数据');
  if (note === '' || note.length > 1000) throw new AppError('invalid', '请写明为什么需要，不超过 1000 字');
  if (input.dueOn !== null && input.dueOn < clock.today()) throw new AppError('invalid', '期限不能早于今天');
  return db.write((tx) => {
    factsOnRecord(tx, input.enterpriseId);
    const added = tx
      .prepare(
        'INSERT INTO SupplementRequest (enterpriseId, paths, note, dueOn, askedBy, askedAt) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(
        input.enterpriseId,
        JSON.stringify([...new Set(input.paths)]),
        note,
        input.dueOn,
        input.actor,
        clock.now(),
      );
    return Number(added.lastInsertRowid);
  });
}

/** Takes a request back. @throws AppError `conflict` when it is closed already */
export function closeRequest(
  db: Db,
  clock: Clock,
  input: { requestId: number; enterpriseId: number; actor: string },
): Promise<void> {
  return db.write((tx) => {
    const done = tx
      .prepare(
        `UPDATE SupplementRequest SET closedAt = ?, closedBy = ?
         WHERE id = ? AND enterpriseId = ? AND closedAt IS NULL`,
      )
      .run(clock.now(), input.actor, input.requestId, input.enterpriseId);
    if (done.changes === 0) throw new AppError('conflict', '这项补充要求已经办结');
  });
}

/** A duplicate's accounts and submissions go with the record that stays; of two drafts the duplicate's is withdrawn. */
export function mergeSubmissions(tx: Tx, fromId: number, intoId: number): void {
  if (draftOf(tx, intoId)) {
    tx.prepare("UPDATE Submission SET state = 'withdrawn' WHERE enterpriseId = ? AND state = 'draft'").run(
      fromId,
    );
  }
  for (const table of ['Submission', 'SupplementRequest', 'Invitation']) {
    tx.prepare(`UPDATE ${table} SET enterpriseId = ? WHERE enterpriseId = ?`).run(intoId, fromId);
  }
}

/** The figures of a draft as facts laid over what is on record: what the forms of the enterprise show. */
export function draftFacts(db: Db, enterpriseId: number): { facts: Facts; paths: string[] } {
  const reader = readerOf(db.raw);
  const facts = factsOnRecord(reader, enterpriseId);
  const items = reader
    .prepare<{ path: string; value: string }>(
      `SELECT i.path, i.value FROM SubmissionItem i JOIN Submission s ON s.id = i.submissionId
       WHERE s.enterpriseId = ? AND s.state = 'draft' ORDER BY i.id`,
    )
    .all(enterpriseId);
  for (const { path, value } of items)
    setAt(facts as unknown as Record<string, unknown>, path, JSON.parse(value));
  return { facts, paths: items.map(({ path }) => path) };
}
