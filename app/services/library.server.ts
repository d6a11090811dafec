/**
 * 培育库: entering and leaving are proposed by one person and decided by another. What is approved goes through the
 * one write door in the same transaction; what the machine refuses stays open, with its reason.
 */
import type { VerdictSummary } from '../../machines/events.ts';
import { familyOf } from '../../machines/families.ts';
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';
import { SCHEME_BY_ID } from '../rules/schemes.ts';
import { submitAll } from './door.server.ts';
import { judgeStep } from './judge.server.ts';

export const PROPOSALS = ['enrol', 'remove'] as const;
export type ProposalKind = (typeof PROPOSALS)[number];
export type Decision = 'approved' | 'rejected';

const LONGEST = 300;

/** Whether a scheme's titles are prepared in a library. */
export const hasLibrary = (scheme: string): boolean =>
  SCHEME_BY_ID.has(scheme) && familyOf(scheme).preparation.includes('library');

/** What was done of many, each for itself. */
export interface Done {
  readonly done: number;
  readonly rejected: readonly { readonly enterpriseId: number; readonly reason: string }[];
}

function requireReason(reason: string): string {
  const text = reason.trim();
  if (text === '') throw new AppError('invalid', '请写明理由');
  if (text.length > LONGEST) throw new AppError('invalid', `理由不超过 ${LONGEST} 字`);
  return text;
}

interface Proposing {
  readonly enterpriseIds: readonly number[];
  readonly scheme: string;
  readonly kind: ProposalKind;
  readonly reason: string;
  readonly actor: string;
}

/** The library state of an enterprise today; undefined outside. */
const libraryState = (tx: Pick<Tx, 'prepare'>, enterpriseId: number, scheme: string) =>
  tx
    .prepare<{ state: string }>(
      `SELECT state FROM Span WHERE enterpriseId = ? AND scheme = ? AND lane = 'application' AND toOn IS NULL
         AND state IN ('library', 'visited', 'followed')`,
    )
    .get(enterpriseId, scheme)?.state;

function whyNot(tx: Tx, enterpriseId: number, { scheme, kind }: Proposing): string | null {
  const there = tx
    .prepare('SELECT 1 FROM Enterprise WHERE id = ? AND mergedIntoId IS NULL')
    .get(enterpriseId);
  if (!there) return '没有这家企业';
  const open = tx
    .prepare<{ kind: string }>(
      'SELECT kind FROM LibraryProposal WHERE enterpriseId = ? AND scheme = ? AND decision IS NULL',
    )
    .get(enterpriseId, scheme);
  if (open) return open.kind === 'enrol' ? '已有待审批的入库提请' : '已有待审批的退库提请';
  const inside = libraryState(tx, enterpriseId, scheme) !== undefined;
  if (kind === 'enrol' && inside) return '已在培育库';
  if (kind === 'remove' && !inside) return '不在培育库';
  return null;
}

/**
 * Proposes that enterprises enter or leave the library of a scheme, each for itself.
 * @throws AppError `invalid` (scheme without a library, no reason, nobody named)
 */
export async function propose(db: Db, clock: Clock, input: Proposing): Promise<Done> {
  if (!hasLibrary(input.scheme)) throw new AppError('invalid', '该称号没有培育库');
  const reason = requireReason(input.reason);
  const ids = [...new Set(input.enterpriseIds)];
  if (ids.length === 0) throw new AppError('invalid', '请先选择企业');
  const verdicts = new Map(ids.map((id) => [id, judgeStep(db, id, input.scheme, clock.today())]));
  return db.write((tx) => {
    const rejected: { enterpriseId: number; reason: string }[] = [];
    const insert = tx.prepare(
      `INSERT INTO LibraryProposal (enterpriseId, scheme, kind, reason, verdict, proposedBy, proposedAt)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    for (const enterpriseId of ids) {
      const refused = whyNot(tx, enterpriseId, input);
      if (refused !== null) {
        rejected.push({ enterpriseId, reason: refused });
        continue;
      }
      const verdict = verdicts.get(enterpriseId);
      const { scheme, kind, actor } = input;
      const stored = verdict ? JSON.stringify(verdict) : null;
      insert.run(enterpriseId, scheme, kind, reason, stored, actor, clock.now());
    }
    return { done: ids.length - rejected.length, rejected };
  });
}

interface Proposal {
  readonly id: number;
  readonly enterpriseId: number;
  readonly scheme: string;
  readonly kind: ProposalKind;
  readonly reason: string;
  readonly proposedBy: string;
  readonly decision: string | null;
}

const PROPOSAL = 'SELECT id, enterpriseId, scheme, kind, reason, proposedBy, decision FROM LibraryProposal';

interface Deciding {
  readonly ids: readonly number[];
  readonly decision: Decision;
  /** Needed to reject; may be left out to approve. */
  readonly reason: string;
  readonly actor: string;
}

/**
 * Approves or rejects proposals, each for itself. Nobody decides what he proposed himself.
 * @throws AppError `invalid` (nothing chosen, rejected without a reason)
 */
export async function decide(db: Db, clock: Clock, input: Deciding): Promise<Done> {
  const ids = [...new Set(input.ids)];
  if (ids.length === 0) throw new AppError('invalid', '请先选择提请');
  const reason =
    input.decision === 'rejected' ? requireReason(input.reason) : input.reason.trim().slice(0, LONGEST);
  const reader = readerOf(db.raw);
  const verdicts = new Map<number, VerdictSummary | null>();
  for (const id of ids) {
    const found = reader.prepare<Proposal>(`${PROPOSAL} WHERE id = ?`).get(id);
    if (found && input.decision === 'approved')
      verdicts.set(id, judgeStep(db, found.enterpriseId, found.scheme, clock.today()));
  }
  return db.write((tx) => {
    const rejected: { enterpriseId: number; reason: string }[] = [];
    for (const id of ids) {
      const proposal = tx.prepare<Proposal>(`${PROPOSAL} WHERE id = ?`).get(id);
      const refused = decideOne(tx, clock, proposal, { ...input, reason, verdict: verdicts.get(id) ?? null });
      if (refused !== null) rejected.push({ enterpriseId: proposal?.enterpriseId ?? 0, reason: refused });
    }
    return { done: ids.length - rejected.length, rejected };
  });
}

/** @returns why it was not decided; null where it was */
function decideOne(
  tx: Tx,
  clock: Clock,
  proposal: Proposal | undefined,
  { decision, reason, actor, verdict }: Omit<Deciding, 'ids'> & { verdict: VerdictSummary | null },
): string | null {
  if (!proposal) return '没有这项提请';
  if (proposal.decision !== null) return '已由他人处理';
  if (proposal.proposedBy === actor) return '提请人不能审批自己的提请';
  let eventId: number | null = null;
  if (decision === 'approved') {
    const { enterpriseId, scheme, kind } = proposal;
    const why = [proposal.reason, reason && `审批意见：${reason}`].filter(Boolean).join('；');
    const result = submitAll(tx, clock, [
      {
        enterpriseId,
        scheme,
        type: kind,
        effectiveOn: clock.today(),
        actor,
        reason: why,
        evidence: { note: `${proposal.proposedBy} 提请，${actor} 审批`, proposalId: proposal.id },
        payload: { verdict },
      },
    ])[0]!;
    if (!result.ok) return result.reason;
    eventId = result.eventId;
  }
  settleProposal(tx, clock, proposal.id, { decision, reason, actor, eventId });
  return null;
}

function settleProposal(
  tx: Tx,
  clock: Clock,
  id: number,
  settled: { decision: string; reason: string; actor: string; eventId: number | null },
): void {
  tx.prepare(
    `UPDATE LibraryProposal SET decision = ?, decisionReason = ?, decidedBy = ?, decidedAt = ?, eventId = ? WHERE id = ?`,
  ).run(settled.decision, settled.reason || null, settled.actor, clock.now(), settled.eventId, id);
}

/**
 * Takes one's own proposal back while it is open.
 * @throws AppError `conflict` (decided already), `forbidden` (somebody else's), `not-found`
 */
export async function withdrawProposal(
  db: Db,
  clock: Clock,
  { id, actor }: { readonly id: number; readonly actor: string },
): Promise<void> {
  await db.write((tx) => {
    const proposal = tx.prepare<Proposal>(`${PROPOSAL} WHERE id = ?`).get(id);
    if (!proposal) throw new AppError('not-found', '没有这项提请');
    if (proposal.proposedBy !== actor) throw new AppError('forbidden', '只有提请人可以撤回');
    if (proposal.decision !== null) throw new AppError('conflict', '已由他人审批，不能撤回');
    settleProposal(tx, clock, id, { decision: 'withdrawn', reason: '', actor, eventId: null });
  });
}
