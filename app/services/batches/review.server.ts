/** A batch on its way through the desks: confirmed by stewards, reviewed by the section, cut to its quota, returned. */
import {
  BATCH_REASONS,
  OVERRIDABLE,
  type BatchEventType,
  type BatchReason,
} from '../../../machines/batch-states.ts';
import type { Db } from '../../db/clients.server.ts';
import type { Clock } from '../../db/clock.ts';
import { AppError } from '../../db/errors.ts';
import { beyondQuota, nextInLine } from '../../pipeline/batch.ts';
import { recheckRow } from './check.server.ts';
import { storeCheck } from './draft.server.ts';
import {
  atDesk,
  moveBatch,
  moveRow,
  now,
  rank,
  refuse,
  rowOf,
  type BatchRef,
  type Desk,
} from './keeper.server.ts';
import { releaseNominated } from './movements.server.ts';

/** Steps of the batch that change nothing but its state. */
export type PlainStep = Extract<BatchEventType, 'send' | 'pass_section' | 'close'>;

/** Sends the batch on. @throws AppError `refused`, `conflict`, `not-found` */
export function passOn(
  db: Db,
  clock: Clock,
  ref: BatchRef,
  step: PlainStep,
  reason: string | null = null,
): Promise<void> {
  return atDesk(db, clock, ref, step, (desk) => {
    moveBatch(desk, step, { reason });
  });
}

/** Returns the batch to those who drew it up. @throws AppError `invalid` without a reason */
export async function returnBatch(db: Db, clock: Clock, ref: BatchRef, reason: string): Promise<void> {
  if (!reason) throw new AppError('invalid', '退回须写明理由');
  await atDesk(db, clock, ref, 'return', (desk) => {
    moveBatch(desk, 'return', { reason });
  });
}

function confirmRow(desk: Desk, rowId: number): void {
  const row = rowOf(desk, rowId);
  moveRow(desk, row, 'confirm');
  desk.tx
    .prepare('UPDATE BatchRow SET confirmedBy = ?, confirmedAt = ? WHERE id = ?')
    .run(desk.by.username, desk.clock.now(), row.id);
}

/** The steward confirms enterprises of theirs. @throws AppError `invalid` when none is chosen */
export async function confirmRows(
  db: Db,
  clock: Clock,
  ref: BatchRef,
  rowIds: readonly number[],
): Promise<void> {
  if (rowIds.length === 0) throw new AppError('invalid', '请勾选要确认的企业');
  await atDesk(db, clock, ref, 'confirm', (desk) => {
    for (const id of rowIds) confirmRow(desk, id);
  });
}

/** Confirms those that are chosen, and sends the batch to the section when that was all. */
export function passSteward(
  db: Db,
  clock: Clock,
  ref: BatchRef,
  rowIds: readonly number[] = [],
): Promise<void> {
  return atDesk(db, clock, ref, 'pass_steward', (desk) => {
    for (const id of rowIds) confirmRow(desk, id);
    moveBatch(desk, 'pass_steward');
  });
}

/**
 * Holds enterprises back; one that was nominated already is taken back on its own way, too.
 * @throws AppError `invalid` without a reason, or without words where the code says 其他
 */
export async function holdRows(
  db: Db,
  clock: Clock,
  ref: BatchRef,
  rowIds: readonly number[],
  why: { readonly reason: BatchReason; readonly note: string | null },
): Promise<void> {
  if (rowIds.length === 0) throw new AppError('invalid', '请勾选要暂缓的企业');
  requireReason(why);
  await atDesk(db, clock, ref, 'hold', (desk) => {
    const rows = rowIds.map((id) => rowOf(desk, id));
    for (const row of rows) moveRow(desk, row, 'hold', why);
    releaseNominated(desk, rows, why.note ?? BATCH_REASONS[why.reason].label);
    rank(desk);
  });
}

/** @throws AppError `invalid` when a reason is not one a person gives, or 其他 goes without words */
export function requireReason({
  reason,
  note,
}: {
  readonly reason: BatchReason;
  readonly note: string | null;
}): void {
  if (BATCH_REASONS[reason]?.by !== 'person') throw new AppError('invalid', '请选择理由');
  if (reason === 'other' && !note?.trim()) throw new AppError('invalid', '理由为“其他”时须写明');
}

/**
 * Lists an enterprise again. It is checked anew; where the rules still say no, a written reason is needed, and a veto
 * or the state of its own way is not gone against at all.
 */
export async function releaseRow(
  db: Db,
  clock: Clock,
  ref: BatchRef,
  rowId: number,
  override: string | null,
): Promise<void> {
  const { row, found } = recheckRow(db, { batchId: ref.batchId, rowId, today: clock.today() });
  await atDesk(db, clock, ref, 'release', (desk) => {
    const { barrier } = found;
    const fresh = { ...rowOf(desk, rowId), reason: barrier?.reason ?? null };
    if (barrier && OVERRIDABLE.has(barrier.reason) && !override?.trim())
      refuse(`${row.name}：${BATCH_REASONS[barrier.reason].label}，恢复列入须写明理由`);
    moveRow(desk, fresh, 'release', { detail: { override, barrier } });
    desk.tx
      .prepare('UPDATE BatchRow SET override = ? WHERE id = ?')
      .run(barrier ? override!.trim() : null, rowId);
    storeCheck(desk, rowId, found);
    rank(desk);
  });
}

/** Cuts the batch to its quota, in the order that is written into it. */
export function cutToQuota(db: Db, clock: Clock, ref: BatchRef): Promise<number> {
  return atDesk(db, clock, ref, 'cut', (desk) => {
    moveBatch(desk, 'cut');
    rank(desk);
    const { rows, batch } = now(desk);
    const beyond = new Set(beyondQuota(rows, batch.orderBy, batch.quota));
    if (beyond.size === 0) refuse('超出限额的企业正在补充材料，补充后再择优');
    for (const row of rows.filter(({ id }) => beyond.has(id))) {
      moveRow(desk, row, 'cut', { note: `限额 ${batch.quota} 家，按次序列第 ${row.rank} 位` });
    }
    return beyond.size;
  });
}

/** Lists those next in line again while there is room. */
export function refillQuota(db: Db, clock: Clock, ref: BatchRef): Promise<number> {
  return atDesk(db, clock, ref, 'refill', (desk) => {
    moveBatch(desk, 'refill');
    const { rows, batch } = now(desk);
    const next = new Set(nextInLine(rows, batch.orderBy, batch.quota));
    for (const row of rows.filter(({ id }) => next.has(id))) moveRow(desk, row, 'refill');
    rank(desk);
    return next.size;
  });
}
