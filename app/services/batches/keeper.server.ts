/** What every step of a batch has in common: it is loaded, asked of the machine, written down, and counted up. */
import {
  BATCH_EVENTS,
  ROW_EVENTS,
  type BatchEventType,
  type BatchState,
  type RowEventType,
  type RowState,
} from '../../../machines/batch-states.ts';
import { batchRefusal, stepBatch } from '../../../machines/batch.ts';
import { rowRefusal, stepRow } from '../../../machines/batch-row.ts';
import { batchStewards, readBatchParts } from '../../db/batch-rows.server.ts';
import type { Db } from '../../db/clients.server.ts';
import { fixedClock, type Clock } from '../../db/clock.ts';
import { AppError } from '../../db/errors.ts';
import type { Tx } from '../../db/writer.server.ts';
import {
  batchSituation,
  ranksOf,
  rowSituation,
  type Asker,
  type BatchParts,
  type BatchPartsRow,
} from '../../pipeline/batch.ts';

export type { Asker } from '../../pipeline/batch.ts';

/** Which batch, as it was when it was looked at. */
export interface BatchRef {
  readonly batchId: number;
  /** Revision that was looked at; another one is a conflict. */
  readonly revision: number;
  readonly by: Asker;
}

/** A batch inside an open transaction. */
export interface Desk {
  readonly tx: Tx;
  readonly clock: Clock;
  readonly by: Asker;
  readonly parts: BatchParts;
  readonly stewards: ReadonlyMap<number, readonly number[]>;
}

/** Refused by the machine inside a transaction that is to be kept, with the attempt on record. */
class Refused extends Error {}

/** Gives up the step: the attempt is written down, nothing else. */
export const refuse = (reason: string): never => {
  throw new Refused(reason);
};

const SAVEPOINT = 'batch_step';

/**
 * Does a step of a batch in one transaction.
 * @param what the step, for the log of refused attempts
 * @throws AppError `not-found`, `conflict` when somebody else changed the batch meanwhile, `refused` by the machine
 */
export async function atDesk<T>(
  db: Db,
  clock: Clock,
  ref: BatchRef,
  what: string,
  work: (desk: Desk) => T,
): Promise<T> {
  const done = await db.write((tx): { value: T } | Refused => {
    const parts = readBatchParts(tx, ref.batchId);
    if (!parts) throw new AppError('not-found', '没有这个推荐批次');
    if (parts.batch.revision !== ref.revision) throw new AppError('conflict', overtaken(tx, ref.batchId));
    const stewards = batchStewards(tx, ref.batchId, clock.today());
    // One instant for everything that a step writes.
    const desk: Desk = { tx, clock: fixedClock(clock.now()), by: ref.by, parts, stewards };
    tx.prepare(`SAVEPOINT ${SAVEPOINT}`).run();
    try {
      const value = work(desk);
      tx.prepare(`RELEASE ${SAVEPOINT}`).run();
      tx.prepare('UPDATE Batch SET revision = revision + 1, updatedAt = ? WHERE id = ?').run(
        desk.clock.now(),
        ref.batchId,
      );
      return { value };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      tx.prepare(`ROLLBACK TO ${SAVEPOINT}`).run();
      tx.prepare(`RELEASE ${SAVEPOINT}`).run();
      note(desk, { type: what, refusal: error.message });
      return error;
    }
  });
  if (done instanceof Refused) throw new AppError('refused', done.message);
  return done.value;
}

function overtaken(tx: Tx, batchId: number): string {
  const last = tx
    .prepare<{ type: string; actor: string }>(
      'SELECT type, actor FROM BatchEvent WHERE batchId = ? AND accepted = 1 ORDER BY id DESC LIMIT 1',
    )
    .get(batchId);
  const words: Readonly<Record<string, string>> = { draw: '起草', ...ROW_EVENTS, ...BATCH_EVENTS };
  const what = last ? `${last.actor} 刚办理了“${words[last.type] ?? last.type}”` : '已有新的办理';
  return `批次已有变化：${what}，请刷新后再办理`;
}

export interface Entry {
  readonly type: string;
  readonly rowId?: number | null;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly reason?: string | null;
  readonly detail?: unknown;
  readonly refusal?: string | null;
}

/** Writes a line of the batch's log. */
export function note({ tx, clock, by, parts }: Desk, entry: Entry): void {
  tx.prepare(
    `INSERT INTO BatchEvent (batchId, rowId, type, fromState, toState, actor, at, reason, detail, accepted, refusal)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    parts.batch.id,
    entry.rowId ?? null,
    entry.type,
    entry.from ?? null,
    entry.to ?? null,
    by.username,
    clock.now(),
    entry.reason ?? null,
    entry.detail === undefined ? null : JSON.stringify(entry.detail),
    Number(entry.refusal == null),
    entry.refusal ?? null,
  );
}

/** The batch as it stands now, after what this transaction has written. */
export const now = ({ tx, parts }: Desk): BatchParts => readBatchParts(tx, parts.batch.id)!;

/**
 * Takes a step of the batch itself; refused where the machine does not take it.
 * @returns the state it leads to
 */
export function moveBatch(
  desk: Desk,
  type: BatchEventType,
  {
    reason = null,
    chosen = null,
    detail,
  }: { reason?: string | null; chosen?: number | null; detail?: unknown } = {},
): BatchState {
  const parts = now(desk);
  const { state } = parts.batch;
  const situation = batchSituation(parts, desk.by, chosen);
  const next = stepBatch(state, type, situation) ?? refuse(batchRefusal(state, type, situation) ?? '');
  desk.tx.prepare('UPDATE Batch SET state = ? WHERE id = ?').run(next, parts.batch.id);
  note(desk, { type, from: state, to: next, reason, detail });
  return next;
}

/** A row by its id. @throws AppError `not-found` */
export function rowOf(desk: Desk, rowId: number): BatchPartsRow {
  const row = desk.parts.rows.find(({ id }) => id === rowId);
  if (!row) throw new AppError('not-found', '该企业不在这个批次中');
  return row;
}

export interface RowChange {
  /** Code and words of why; a step that lists it again clears them. */
  readonly reason?: string | null;
  readonly note?: string | null;
  readonly detail?: unknown;
  /** Leaves the enterprise out of the log where the batch's own line says it all. */
  readonly silent?: boolean;
}

/** Takes a step of an enterprise's row; refused where its machine does not take it. */
export function moveRow(
  desk: Desk,
  row: Pick<BatchPartsRow, 'id' | 'enterpriseId' | 'name' | 'state' | 'reason' | 'confirmedAt'>,
  type: RowEventType,
  change: RowChange = {},
): RowState {
  const situation = rowSituation(desk.parts.batch.state, row, desk.by, desk.stewards.get(row.enterpriseId));
  const next =
    stepRow(row.state, type, situation) ?? refuse(`${row.name}：${rowRefusal(row.state, type, situation)}`);
  desk.tx
    .prepare('UPDATE BatchRow SET state = ?, reason = ?, note = ? WHERE id = ?')
    .run(next, change.reason ?? null, change.note ?? null, row.id);
  if (!change.silent) {
    note(desk, {
      type,
      rowId: row.id,
      from: row.state,
      to: next,
      reason: change.note ?? null,
      detail: change.detail ?? (change.reason ? { code: change.reason } : undefined),
    });
  }
  return next;
}

/** Ranks those that can be nominated anew, in the order that the batch names. */
export function rank(desk: Desk): void {
  const { batch, rows } = now(desk);
  const ranks = ranksOf(rows, batch.orderBy);
  const set = desk.tx.prepare('UPDATE BatchRow SET rank = ? WHERE id = ?');
  for (const { id, rank: old } of rows) {
    const next = ranks.get(id) ?? null;
    if (next !== old) set.run(next, id);
  }
}
