/** Reading what a nomination batch consists of, for the pages and for the services alike. */
import type { BatchParts, BatchPartsRow } from '../pipeline/batch.ts';
import type { Reader } from './connection.server.ts';
import { readEvents } from './event-rows.server.ts';

type Head = BatchParts['batch'];

/** A batch with its enterprises, its signatures and who worked on its draft; null where there is none such. */
export function readBatchParts(reader: Reader, id: number): BatchParts | null {
  const batch = reader
    .prepare<Head>(
      `SELECT id, scheme, title, applicationOn, quota, orderBy, state, createdBy, revision FROM Batch WHERE id = ?`,
    )
    .get(id);
  if (!batch) return null;
  const rows = reader
    .prepare<BatchPartsRow>(
      `SELECT r.id, r.enterpriseId, e.uscc, e.name, r.position, r.rank, r.state, r.reason, r.override, r.confirmedAt,
              r.asked, r.outcome, r.distance, r.met, r.action, r.nominateEventId, r.prepareEventId, r.submitEventId
       FROM BatchRow r JOIN Enterprise e ON e.id = r.enterpriseId WHERE r.batchId = ? ORDER BY r.position`,
    )
    .all(id);
  const drafters = reader
    .prepare<{ actor: string }>(
      `SELECT DISTINCT actor FROM BatchEvent WHERE batchId = ? AND accepted = 1 AND type IN ('draw', 'edit')`,
    )
    .all(id)
    .map(({ actor }) => actor);
  const signatures = reader
    .prepare<{ department: string; decision: string }>(
      'SELECT department, decision FROM BatchSignature WHERE batchId = ? AND endedAt IS NULL',
    )
    .all(id);
  const { minutes } = reader
    .prepare<{ minutes: number }>(
      `SELECT count(*) AS minutes FROM BatchFile WHERE batchId = ? AND kind = 'minutes' AND removedAt IS NULL`,
    )
    .get(id)!;
  const decision = reader
    .prepare<{ type: string }>(
      `SELECT type FROM BatchEvent WHERE batchId = ? AND accepted = 1 AND type IN ('approve', 'approve_partly')
         AND rowId IS NULL ORDER BY id DESC LIMIT 1`,
    )
    .get(id);
  return {
    batch,
    rows,
    drafters: [...new Set([batch.createdBy, ...drafters])],
    signatures,
    minutes,
    partly: decision?.type === 'approve_partly',
    eventsOf: (enterpriseId) => readEvents(reader, enterpriseId),
  };
}

/** Users who look after each enterprise of a batch on a day; those without anybody are left out. */
export function batchStewards(reader: Reader, batchId: number, on: string): Map<number, number[]> {
  const stewards = new Map<number, number[]>();
  for (const { enterpriseId, userId } of reader
    .prepare<{ enterpriseId: number; userId: number }>(
      `SELECT s.enterpriseId, s.userId FROM BatchRow r JOIN Stewardship s ON s.enterpriseId = r.enterpriseId
       WHERE r.batchId = ? AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > ?)`,
    )
    .all(batchId, on, on)) {
    stewards.set(enterpriseId, [...(stewards.get(enterpriseId) ?? []), userId]);
  }
  return stewards;
}
