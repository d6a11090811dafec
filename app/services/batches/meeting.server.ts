/** The joint meeting on a batch: departments sign, minutes are attached, and it is decided who is nominated. */
import type { BatchReason } from '../../../machines/batch-states.ts';
import type { Db } from '../../db/clients.server.ts';
import type { Clock } from '../../db/clock.ts';
import { AppError } from '../../db/errors.ts';
import { readBatchParts } from '../../db/batch-rows.server.ts';
import { readerOf } from '../../db/fact-rows.server.ts';
import { standingDepartment } from '../departments.server.ts';
import { keepFile, recordFile, type KeptFile } from '../files.server.ts';
import { checkEnterprises, type Checked } from './check.server.ts';
import { atDesk, moveBatch, moveRow, now, rank, refuse, type BatchRef, type Desk } from './keeper.server.ts';
import { recommend } from './movements.server.ts';
import { requireReason } from './review.server.ts';

export interface Signature {
  readonly department: string;
  readonly person: string;
  readonly decision: 'agree' | 'disagree';
  readonly opinion: string | null;
}

/**
 * Puts the signature of a department of the park's list on record; an earlier one of the same department ends.
 * @throws AppError `invalid`, `refused` for a department that is not on the list
 */
export async function sign(db: Db, clock: Clock, ref: BatchRef, input: Signature): Promise<void> {
  const { department, person, decision, opinion } = input;
  if (!department) throw new AppError('invalid', '请选择部门');
  if (!person || person.length > 50) throw new AppError('invalid', '请填写签署人，不超过 50 字');
  if (decision !== 'agree' && decision !== 'disagree') throw new AppError('invalid', '请选择同意或不同意');
  if (decision === 'disagree' && !opinion) throw new AppError('invalid', '不同意须写明意见');
  await atDesk(db, clock, ref, 'sign', (desk) => {
    if (!standingDepartment(desk.tx, department))
      throw new AppError('refused', `“${department}”不在部门名单上，请先把它加入名单`);
    const words = `${department}（${person}）${decision === 'agree' ? '同意' : '不同意'}`;
    moveBatch(desk, 'sign', { reason: opinion ? `${words}：${opinion}` : words, detail: input });
    const { id } = desk.parts.batch;
    desk.tx
      .prepare(
        'UPDATE BatchSignature SET endedAt = ? WHERE batchId = ? AND department = ? AND endedAt IS NULL',
      )
      .run(clock.now(), id, department);
    desk.tx
      .prepare(
        `INSERT INTO BatchSignature (batchId, department, person, decision, opinion, recordedBy, recordedAt)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(id, department, person, decision, opinion, ref.by.username, clock.now());
  });
}

/** Names a kept file in a batch. */
export function attach(desk: Desk, file: KeptFile, kind: 'minutes' | 'evidence', rowId: number | null): void {
  recordFile(desk.tx, desk.clock, file, desk.by.username);
  desk.tx
    .prepare(
      `INSERT INTO BatchFile (batchId, rowId, kind, name, sha256, addedBy, addedAt) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(desk.parts.batch.id, rowId, kind, file.name, file.sha256, desk.by.username, desk.clock.now());
}

/** Attaches the minutes of the meeting. */
export async function attachMinutes(
  db: Db,
  clock: Clock,
  ref: BatchRef,
  upload: { readonly name: string; readonly bytes: Uint8Array },
): Promise<void> {
  const file = await keepFile(db, upload);
  await atDesk(db, clock, ref, 'minute', (desk) => {
    moveBatch(desk, 'minute', { reason: file.name, detail: file });
    attach(desk, file, 'minutes', null);
  });
}

export interface Decision {
  /** Rows that are to be nominated; every other listed one needs a reason. */
  readonly approved: readonly number[];
  readonly others: {
    readonly reason: BatchReason;
    readonly note: string | null;
  } | null;
}

export interface Decided {
  readonly approved: number;
  readonly notNominated: number;
  /** Agreed on by the meeting, but not possible on the enterprise's way; they stay in the batch with the reason. */
  readonly blocked: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Records what the meeting decided. Those agreed on are recommended through the door with the verdict of now.
 * @throws AppError `refused` by a guard: four eyes, signatures, minutes, quota, open supplements; `invalid` when those
 *   left out have no reason
 */
export async function decide(db: Db, clock: Clock, ref: BatchRef, decision: Decision): Promise<Decided> {
  const parts = readBatchParts(readerOf(db.raw), ref.batchId);
  if (!parts) throw new AppError('not-found', '没有这个推荐批次');
  const chosen = new Set(decision.approved);
  const listed = parts.rows.filter(({ state }) => state === 'in');
  const agreed = listed.filter(({ id }) => chosen.has(id));
  const left = listed.filter(({ id }) => !chosen.has(id));
  if (agreed.length === 0) throw new AppError('invalid', '请勾选同意推荐的企业；都不同意时请退回批次');
  if (agreed.length !== chosen.size) throw new AppError('conflict', '所选企业中有的已不在列入之列，请刷新');
  if (left.length > 0) {
    if (decision.others === null) throw new AppError('invalid', `还有 ${left.length} 家未同意，请选择理由`);
    requireReason(decision.others);
  }
  const { scheme, applicationOn, id: batchId } = parts.batch;
  const enterpriseIds = agreed.map((row) => row.enterpriseId);
  const today = clock.today();
  const checked = new Map<number, Checked>(
    checkEnterprises(db, { scheme, applicationOn, today, enterpriseIds, batchId }).map((each) => [
      each.enterpriseId,
      each,
    ]),
  );
  return atDesk(db, clock, ref, left.length > 0 ? 'approve_partly' : 'approve', (desk) => {
    const moved = recommend(desk, agreed, checked);
    const blocked = moved.flatMap((each) => (each.ok ? [] : [{ name: each.row.name, reason: each.reason }]));
    if (blocked.length === moved.length) refuse(blocked.map((b) => `${b.name}：${b.reason}`).join('；'));
    const step = left.length + blocked.length > 0 ? 'approve_partly' : 'approve';
    moveBatch(desk, step, {
      chosen: agreed.length,
      reason: [
        `同意 ${agreed.length - blocked.length} 家`,
        left.length > 0 && `不予推荐 ${left.length} 家`,
        blocked.length > 0 && `状态不允许 ${blocked.length} 家`,
      ]
        .filter(Boolean)
        .join('，'),
      detail: { blocked },
    });
    const rows = new Map(now(desk).rows.map((row) => [row.id, row]));
    for (const each of moved) {
      const row = rows.get(each.row.id)!;
      if (!each.ok) {
        moveRow(desk, row, 'block', { reason: 'machine', note: each.reason });
        continue;
      }
      moveRow(desk, row, 'approve');
      desk.tx.prepare('UPDATE BatchRow SET nominateEventId = ? WHERE id = ?').run(each.eventId, row.id);
    }
    for (const row of left) moveRow(desk, row, 'reject', decision.others!);
    rank(desk);
    return { approved: moved.length - blocked.length, notNominated: left.length, blocked };
  });
}
