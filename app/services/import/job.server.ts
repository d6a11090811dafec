/** The record of an import: what was read, what became of it, where the rejected rows are. */
import type { Clock, Db, Tx } from '../database.server.ts';
import type { ImportCounts } from './import.server.ts';
import type { ImportRemarks } from './remarks.ts';

export interface NewJob {
  readonly kind: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly total: number;
  readonly actor: string;
}

/** Jobs that this process is working on; any other one that says "running" was interrupted. */
const mine = new Set<number>();

/** Puts a new import on record; those that a dead process left running are marked as interrupted. */
export function startJob(db: Db, clock: Clock, job: NewJob): Promise<number> {
  return db.write((tx) => {
    const now = clock.now();
    for (const { id } of tx
      .prepare<{ id: number }>("SELECT id FROM ImportJob WHERE status = 'running'")
      .all()) {
      if (mine.has(id)) continue;
      tx.prepare(
        "UPDATE ImportJob SET status = 'failed', message = '导入被中断', finishedAt = ? WHERE id = ?",
      ).run(now, id);
    }
    const made = tx
      .prepare(
        `INSERT INTO ImportJob (kind, fileName, sha256, status, total, actor, startedAt)
         VALUES (@kind, @fileName, @sha256, 'running', @total, @actor, @now)`,
      )
      .run({ ...job, now });
    const id = Number(made.lastInsertRowid);
    mine.add(id);
    return id;
  });
}

/** Brings the counts up to date, in the transaction of the batch that they count. */
export function progressJob(tx: Tx, id: number, counts: ImportCounts): void {
  tx.prepare(
    `UPDATE ImportJob SET read = @read, created = @created, updated = @updated, unchanged = @unchanged,
     rejected = @rejected, flagged = @flagged, empty = @empty WHERE id = @id`,
  ).run({ ...counts, id });
}

export interface JobEnd {
  readonly status: 'done' | 'failed';
  readonly message?: string | null;
  readonly rejectedFile?: string | null;
  readonly remarks: ImportRemarks;
}

export async function finishJob(db: Db, clock: Clock, id: number, end: JobEnd): Promise<void> {
  await db.write((tx) => {
    tx.prepare(
      `UPDATE ImportJob SET status = @status, message = @message, rejectedFile = @rejectedFile, remarks = @remarks,
       finishedAt = @now, total = max(read, 0) WHERE id = @id`,
    ).run({
      id,
      status: end.status,
      message: end.message ?? null,
      rejectedFile: end.rejectedFile ?? null,
      remarks: JSON.stringify(end.remarks),
      now: clock.now(),
    });
  });
  mine.delete(id);
}
