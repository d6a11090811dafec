/** Corrections of identity: a wrong code, and two records of one enterprise. Both are events; old codes keep finding it. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import { readEvents } from '../db/event-rows.server.ts';
import { readParts } from '../db/fact-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';
import { visible } from '../pipeline/log.ts';
import type { Facts } from '../rules/facts/parse.ts';
import { assembleFacts } from '../rules/facts/stored.ts';
import { checkUscc } from '../rules/facts/uscc.ts';
import { forgetEnterprise } from './candidate-rows.server.ts';
import { submitAll, type EventInput, type SubmitResult } from './door.server.ts';
import type { FactChange } from './fact-change.ts';
import { recordFacts } from './facts.server.ts';
import { differences, type Difference } from './merge-preview.ts';
import { mergeFollowUps } from './follow-ups.server.ts';
import { mergeLists } from './lists.server.ts';
import { mergeStewards } from './stewards.server.ts';
import { mergeSubmissions } from './submissions.server.ts';
import { markDue } from './verdict-due.server.ts';

interface Correction {
  readonly actor: string;
  /** Why; asked for, because nobody else can tell later. */
  readonly reason: string;
  readonly evidence?: Readonly<Record<string, unknown>>;
}

export interface CodeCorrection extends Correction {
  readonly enterpriseId: number;
  readonly newCode: string;
}

interface IdentityRow {
  readonly id: number;
  readonly uscc: string;
  readonly name: string;
  readonly mergedIntoId: number | null;
}

function requireReason(reason: string): string {
  const text = reason.trim();
  if (text === '') throw new AppError('invalid', '请填写更正理由');
  return text;
}

function requireUnmerged(tx: Tx, id: number): IdentityRow {
  const row = tx
    .prepare<IdentityRow>('SELECT id, uscc, name, mergedIntoId FROM Enterprise WHERE id = ?')
    .get(id);
  if (!row) throw new AppError('not-found', '没有这家企业');
  if (row.mergedIntoId !== null)
    throw new AppError('conflict', `${row.name || row.uscc} 的记录已并入另一家企业`);
  return row;
}

/** Events that the door does not take undo the whole correction. */
function mustBeTaken(results: readonly SubmitResult[]): void {
  for (const result of results) if (!result.ok) throw new AppError('refused', result.reason);
}

/**
 * Gives an enterprise its right code; the old one keeps finding it.
 * @returns what is doubtful about the new code, or null
 * @throws AppError `invalid` (no code), `conflict` (another enterprise's code, or no change), `not-found`
 */
export async function correctCode(db: Db, clock: Clock, input: CodeCorrection): Promise<string | null> {
  const reason = requireReason(input.reason);
  const checked = checkUscc(input.newCode);
  if (!checked.ok) throw new AppError('invalid', checked.reason);
  await db.write((tx) => {
    const enterprise = requireUnmerged(tx, input.enterpriseId);
    takeCode(tx, enterprise, checked.code, clock.now());
    tx.prepare(
      'UPDATE Enterprise SET uscc = ?, usccFlag = ?, updatedAt = ?, revision = revision + 1 WHERE id = ?',
    ).run(checked.code, checked.flag, clock.now(), enterprise.id);
    const event: EventInput = {
      enterpriseId: enterprise.id,
      scheme: null,
      type: 'code_corrected',
      effectiveOn: clock.today(),
      actor: input.actor,
      reason,
      evidence: input.evidence,
      payload: { oldCode: enterprise.uscc, newCode: checked.code },
    };
    mustBeTaken(submitAll(tx, clock, [event]));
  });
  return checked.flag;
}

function takeCode(tx: Tx, enterprise: IdentityRow, code: string, now: string): void {
  if (code === enterprise.uscc) throw new AppError('conflict', '新代码与现代码相同');
  const holder = tx
    .prepare<{ enterpriseId: number; name: string }>(
      `SELECT c.enterpriseId, e.name FROM EnterpriseCode c JOIN Enterprise e ON e.id = c.enterpriseId
       WHERE c.code = ?`,
    )
    .get(code);
  if (holder && holder.enterpriseId !== enterprise.id) {
    throw new AppError('conflict', `代码 ${code} 属于“${holder.name}”；如为同一企业，请合并两条记录`);
  }
  tx.prepare("UPDATE EnterpriseCode SET kind = 'former' WHERE code = ?").run(enterprise.uscc);
  // A code that a merged duplicate was created with stays its row's own, so the row must let go of it first.
  if (tx.prepare('SELECT 1 FROM Enterprise WHERE uscc = ? AND id <> ?').get(code, enterprise.id)) {
    throw new AppError('conflict', `代码 ${code} 是一条已并入记录的代码，不能再作为现代码`);
  }
  tx.prepare(
    `INSERT INTO EnterpriseCode (code, enterpriseId, kind, since) VALUES (?, ?, 'current', ?)
     ON CONFLICT (code) DO UPDATE SET kind = 'current', since = excluded.since`,
  ).run(code, enterprise.id, now);
}

export interface Merging extends Correction {
  /** The record that goes. */
  readonly fromId: number;
  /** The record that stays. */
  readonly intoId: number;
}

/**
 * Merges a duplicate into the record that stays: facts fill gaps and replace what is less well founded, titles and
 * their history are recorded anew, codes and names find the record that stays. The duplicate keeps its log.
 * @throws AppError `invalid`, `not-found`, `conflict` (merged already)
 */
export async function mergeEnterprises(db: Db, clock: Clock, input: Merging): Promise<void> {
  const checked = { ...input, reason: requireReason(input.reason) };
  await db.write((tx) => mergeIn(tx, clock, checked));
}

/**
 * What a merge would change in the record that stays: the merge itself, taken back before it is kept.
 * @throws AppError as {@link mergeEnterprises}
 */
export async function previewMerge(
  db: Db,
  clock: Clock,
  input: Pick<Merging, 'fromId' | 'intoId' | 'actor'>,
): Promise<Difference[]> {
  const factsIn = (tx: Tx) => assembleFacts(readParts(tx, input.intoId)!);
  let found: Difference[] = [];
  const takenBack = new Error('preview');
  const work = db.write((tx) => {
    requireUnmerged(tx, input.intoId);
    const before = factsIn(tx);
    mergeIn(tx, clock, { ...input, reason: '预览' });
    found = differences(before, factsIn(tx));
    throw takenBack;
  });
  await work.catch((error: unknown) => {
    if (error !== takenBack) throw error;
  });
  return found;
}

function mergeIn(tx: Tx, clock: Clock, input: Merging): void {
  if (input.fromId === input.intoId) throw new AppError('invalid', '不能并入自身');
  const from = requireUnmerged(tx, input.fromId);
  const into = requireUnmerged(tx, input.intoId);
  const parts = readParts(tx, from.id)!;
  const evidence = { ...input.evidence, mergedFrom: { enterpriseId: from.id, uscc: from.uscc } };
  recordFacts(tx, clock, changesOf(assembleFacts(parts), into.id), { actor: input.actor, evidence });
  const history = historyOf(tx, from.id, into.id, input.actor, evidence);
  const merged: EventInput = {
    enterpriseId: from.id,
    scheme: null,
    type: 'merged',
    effectiveOn: clock.today(),
    actor: input.actor,
    reason: input.reason,
    evidence: input.evidence,
    payload: { into: into.id, oldCode: from.uscc, newCode: into.uscc },
  };
  mustBeTaken(submitAll(tx, clock, [merged]));
  // What the park's guards refuse on the way is recorded as refused; it was not done in the record that stays.
  submitAll(tx, clock, history);
  mergeStewards(tx, clock, from.id, into.id, input.actor);
  mergeFollowUps(tx, from.id, into.id);
  mergeLists(tx, clock, from.id, into.id, input.actor);
  mergeSubmissions(tx, from.id, into.id);
  redirect(tx, from, into, clock.now());
}

/** The duplicate's facts as statements about the other record, which stays where it is as well founded. */
function changesOf(facts: Facts, enterpriseId: number): FactChange[] {
  const { intellectualProperty, financing, titles: _titles, name, formerNames, ...rest } = facts;
  const sourceOf = (path: string) => {
    const of = Object.entries(facts.provenance).find(([key]) => key.startsWith(`${path}.`))?.[1];
    return { source: of?.source ?? null, knownAt: of?.knownAt ?? null };
  };
  const names = [...(formerNames ?? []), ...(name ? [name] : [])];
  const own: Facts = { ...rest, formerNames: names.length > 0 ? names : null };
  return [
    { kind: 'facts', enterpriseId, facts: own, yields: true },
    ...(intellectualProperty ?? []).map((values, i): FactChange => {
      return { kind: 'ip', enterpriseId, values, yields: true, ...sourceOf(`intellectualProperty.${i}`) };
    }),
    ...(financing ?? []).map((values, i): FactChange => {
      return { kind: 'financing', enterpriseId, values, yields: true, ...sourceOf(`financing.${i}`) };
    }),
  ];
}

/** What happened to the duplicate's titles, as events of the other record. */
function historyOf(tx: Tx, fromId: number, intoId: number, actor: string, evidence: object): EventInput[] {
  return visible(readEvents(tx, fromId))
    .filter((event) => event.scheme !== null)
    .map((event) => ({
      enterpriseId: intoId,
      scheme: event.scheme,
      type: event.type as EventInput['type'],
      effectiveOn: event.effectiveOn,
      knownAt: event.knownAt,
      actor,
      evidence: { ...evidence, eventId: event.id },
      payload: event.payload,
    }));
}

function redirect(tx: Tx, from: IdentityRow, into: IdentityRow, now: string): void {
  tx.prepare("UPDATE EnterpriseCode SET enterpriseId = ?, kind = 'merged' WHERE enterpriseId = ?").run(
    into.id,
    from.id,
  );
  tx.prepare('UPDATE User SET enterpriseId = ? WHERE enterpriseId = ?').run(into.id, from.id);
  tx.prepare('UPDATE ApiToken SET enterpriseId = ? WHERE enterpriseId = ?').run(into.id, from.id);
  forgetEnterprise(tx, from.id);
  markDue(tx, into.id);
  // Earlier duplicates of the duplicate lead to the end at once.
  tx.prepare('UPDATE Enterprise SET mergedIntoId = ? WHERE mergedIntoId = ?').run(into.id, from.id);
  tx.prepare(
    'UPDATE Enterprise SET mergedIntoId = ?, updatedAt = ?, revision = revision + 1 WHERE id = ?',
  ).run(into.id, now, from.id);
}
