/** A decided batch: papers prepared, submitted with the verdict frozen, taken back, or gone back one step. */
import type { Db } from '../../db/clients.server.ts';
import type { Clock } from '../../db/clock.ts';
import { AppError } from '../../db/errors.ts';
import { readBatchParts } from '../../db/batch-rows.server.ts';
import { readerOf } from '../../db/fact-rows.server.ts';
import type { BatchPartsRow } from '../../pipeline/batch.ts';
import { checkEnterprises, type Checked } from './check.server.ts';
import { storeCheck } from './draft.server.ts';
import { atDesk, moveBatch, moveRow, note, refuse, type BatchRef, type Desk } from './keeper.server.ts';
import { prepare, preparesAfterwards, releaseNominated, submitRows, voidEvents } from './movements.server.ts';

export interface Outcome {
  readonly done: number;
  /** Stay in the batch as they were, with the reason of the door. */
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
}

/** Tells the enterprises agreed on to prepare their papers; those told already are left out. */
export function prepareBatch(db: Db, clock: Clock, ref: BatchRef): Promise<Outcome> {
  return atDesk(db, clock, ref, 'prepare', (desk) => {
    if (!preparesAfterwards(desk.parts.batch.scheme)) refuse('这项称号没有单独的准备环节，请直接报送');
    moveBatch(desk, 'prepare');
    const rows = desk.parts.rows.filter((row) => row.state === 'approved' && row.prepareEventId === null);
    const moved = prepare(desk, rows);
    for (const each of moved) {
      if (each.ok)
        desk.tx
          .prepare('UPDATE BatchRow SET prepareEventId = ?, note = NULL WHERE id = ?')
          .run(each.eventId, each.row.id);
      else remark(desk, each.row.id, 'prepare', each.reason);
    }
    return outcomeOf(moved);
  });
}

/** Leaves an enterprise where it is, with what the door said. */
function remark(desk: Desk, rowId: number, type: string, reason: string): void {
  desk.tx.prepare('UPDATE BatchRow SET note = ? WHERE id = ?').run(reason, rowId);
  note(desk, { type, rowId, refusal: reason });
}

const outcomeOf = (moved: readonly { ok: boolean; row: { name: string }; reason?: string }[]): Outcome => ({
  done: moved.filter(({ ok }) => ok).length,
  refused: moved.flatMap((each) => (each.ok ? [] : [{ name: each.row.name, reason: each.reason ?? '' }])),
});

/**
 * Submits those agreed on. Each goes through the door with the verdict of now, which from then on stays in the batch
 * as it was, with the rule version and the digest of the facts; whatever the facts become later.
 */
export async function submitBatch(db: Db, clock: Clock, ref: BatchRef): Promise<Outcome> {
  const parts = readBatchParts(readerOf(db.raw), ref.batchId);
  if (!parts) throw new AppError('not-found', '没有这个推荐批次');
  const { scheme, applicationOn, id: batchId } = parts.batch;
  const rows = parts.rows.filter(({ state }) => state === 'approved');
  const enterpriseIds = rows.map((row) => row.enterpriseId);
  const today = clock.today();
  const checked = new Map<number, Checked>(
    checkEnterprises(db, { scheme, applicationOn, today, enterpriseIds, batchId }).map((each) => [
      each.enterpriseId,
      each,
    ]),
  );
  return atDesk(db, clock, ref, 'submit', (desk) => {
    const moved = submitRows(desk, rows, checked);
    const outcome = outcomeOf(moved);
    if (outcome.done === 0 && rows.length > 0)
      refuse(outcome.refused.map(({ name, reason }) => `${name}：${reason}`).join('；'));
    moveBatch(desk, 'submit', { detail: outcome });
    for (const each of moved) {
      if (!each.ok) {
        remark(desk, each.row.id, 'submit', each.reason);
        continue;
      }
      const row = rows.find(({ id }) => id === each.row.id)!;
      moveRow(desk, row, 'submit');
      storeCheck(desk, row.id, checked.get(row.enterpriseId)!);
      desk.tx
        .prepare('UPDATE BatchRow SET submitEventId = ?, frozenAt = ? WHERE id = ?')
        .run(each.eventId, clock.now(), row.id);
    }
    desk.tx
      .prepare('UPDATE Batch SET submittedAt = coalesce(submittedAt, ?) WHERE id = ?')
      .run(clock.now(), batchId);
    return outcome;
  });
}

/** Takes the whole batch back; what it had recommended is withdrawn on the enterprises' ways. */
export async function withdrawBatch(db: Db, clock: Clock, ref: BatchRef, reason: string): Promise<void> {
  if (!reason) throw new AppError('invalid', '撤回须写明理由');
  await atDesk(db, clock, ref, 'withdraw', (desk) => {
    const approved = desk.parts.rows.filter(({ state }) => state === 'approved');
    moveBatch(desk, 'withdraw', { reason });
    releaseNominated(desk, approved, reason);
  });
}

/**
 * Goes back one step. What the step wrote on the enterprises' ways is corrected away, which is only possible while
 * nothing has followed there.
 */
export async function undoStep(db: Db, clock: Clock, ref: BatchRef, reason: string): Promise<void> {
  if (!reason) throw new AppError('invalid', '退回上一步须写明理由');
  await atDesk(db, clock, ref, 'undo', (desk) => {
    const { rows, batch } = desk.parts;
    const before = batch.state;
    const after = moveBatch(desk, 'undo', { reason });
    if (before === 'submitted') {
      undoRows(
        desk,
        rows.filter(({ state }) => state === 'submitted'),
        ['submitEventId'],
        reason,
      );
      desk.tx.prepare('UPDATE Batch SET submittedAt = NULL WHERE id = ?').run(batch.id);
    } else if (before === 'approved' || before === 'partially_approved') {
      const decided = rows.filter(({ state }) => state === 'approved' || state === 'not_nominated');
      undoRows(desk, decided, ['prepareEventId', 'nominateEventId'], reason);
    } else if (after === 'section') {
      // The meeting is to be held anew.
      desk.tx
        .prepare('UPDATE BatchSignature SET endedAt = ? WHERE batchId = ? AND endedAt IS NULL')
        .run(clock.now(), batch.id);
    }
  });
}

type Written = 'nominateEventId' | 'prepareEventId' | 'submitEventId';

function undoRows(
  desk: Desk,
  rows: readonly BatchPartsRow[],
  columns: readonly Written[],
  reason: string,
): void {
  const refused = voidEvents(desk, rows, (row) => columns.map((column) => row[column]), reason);
  if (refused.length > 0) refuse(refused.join('；'));
  for (const row of rows) {
    moveRow(desk, row, 'back');
    const cleared = columns.map((column) => `${column} = NULL`).join(', ');
    desk.tx.prepare(`UPDATE BatchRow SET ${cleared}, frozenAt = NULL WHERE id = ?`).run(row.id);
  }
}
