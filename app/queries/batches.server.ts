/** Nomination batches (推荐批次) as they stand: the list, and one with all that was found and decided. */
import {
  BATCH_REASONS,
  BATCH_STATES,
  isBatchReason,
  OPEN_BATCH_STATES,
  ROW_STATES,
  type BatchState,
  type RowState,
} from '../../machines/batch-states.ts';
import { readEvents } from '../db/event-rows.server.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { batchOutcome, type BatchOutcome } from '../pipeline/batch-outcome.ts';
import type { Verdict } from '../rules/verdict.ts';
import { schemeLabel } from './schemes.server.ts';
import { all, one, type Reading } from './sql.server.ts';

export interface BatchHead {
  readonly id: number;
  readonly scheme: string;
  readonly schemeLabel: string;
  readonly title: string;
  readonly applicationOn: string;
  readonly windowLabel: string | null;
  readonly windowId: number | null;
  readonly deadline: string | null;
  readonly quota: number | null;
  readonly parkId: number | null;
  readonly orderBy: string;
  readonly orderText: string;
  readonly state: BatchState;
  readonly stateLabel: string;
  readonly note: string | null;
  /** User name, as everywhere in the log; `createdName` is the person. */
  readonly createdBy: string;
  readonly createdName: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly submittedAt: string | null;
  readonly revision: number;
}

/** What was asked to be supplemented, by key (`condition:rd-total`, `document:0`), and what came. */
export interface AskedItem {
  readonly key: string;
  readonly label: string;
  /** What was handed in, in words; null while it is open. */
  readonly answer: string | null;
}

export interface BatchRow {
  readonly id: number;
  readonly enterpriseId: number;
  readonly uscc: string;
  readonly name: string;
  readonly park: string | null;
  readonly position: number;
  readonly rank: number | null;
  readonly state: RowState;
  readonly stateLabel: string;
  /** Code and words of the reason while it is held back or not nominated. */
  readonly reason: string | null;
  readonly reasonLabel: string | null;
  readonly note: string | null;
  /** Both in words: what a check found says it all, what a person chose comes before their note. */
  readonly why: string | null;
  readonly override: string | null;
  readonly confirmedBy: string | null;
  /** The person behind that user name. */
  readonly confirmedName: string | null;
  readonly confirmedAt: string | null;
  readonly asked: readonly AskedItem[];
  readonly action: string | null;
  /** The verdict on the application's day as it was when checked; frozen since `frozenAt`. Null: no rule applied. */
  readonly verdict: Verdict | null;
  readonly rule: string | null;
  readonly outcome: string | null;
  readonly distance: number | null;
  readonly factsDigest: string | null;
  /** The facts have changed since the check. */
  readonly factsChanged: boolean;
  readonly checkedAt: string | null;
  readonly frozenAt: string | null;
  readonly nominateEventId: number | null;
  readonly prepareEventId: number | null;
  readonly submitEventId: number | null;
  /** What became of it after it was submitted; null while nothing was heard. */
  readonly result: BatchOutcome | null;
}

export interface LoadedBatch extends BatchHead {
  readonly rows: readonly BatchRow[];
}

const HEAD = `b.id, b.scheme, b.title, b.applicationOn, b.windowLabel, b.windowId, b.deadline, b.quota, b.parkId,
  b.orderBy, b.orderText, b.state, b.note, b.createdBy, coalesce(u.displayName, b.createdBy) AS createdName,
  b.createdAt, b.updatedAt, b.submittedAt, b.revision`;

type HeadRow = Omit<BatchHead, 'schemeLabel' | 'stateLabel'>;

const headOf = (row: HeadRow): BatchHead => ({
  ...row,
  schemeLabel: schemeLabel(row.scheme),
  stateLabel: BATCH_STATES[row.state],
});

type StoredRow = Omit<
  BatchRow,
  'stateLabel' | 'reasonLabel' | 'why' | 'asked' | 'verdict' | 'factsChanged' | 'result'
> & { asked: string | null; verdict: string | null; digestNow: string };

function whyOf({ reason, note }: Pick<BatchRow, 'reason' | 'note'>): string | null {
  if (reason === null || !isBatchReason(reason)) return note;
  const { label, by } = BATCH_REASONS[reason];
  if (by === 'check') return note ?? label;
  return note === null ? label : `${label}：${note}`;
}

function rowOf(db: Reading, scheme: string, row: StoredRow): BatchRow {
  const { asked, verdict, digestNow, ...rest } = row;
  return {
    ...rest,
    stateLabel: ROW_STATES[row.state],
    why: whyOf(row),
    reasonLabel:
      row.reason === null ? null : isBatchReason(row.reason) ? BATCH_REASONS[row.reason].label : row.reason,
    asked: asked === null ? [] : (JSON.parse(asked) as AskedItem[]),
    verdict: verdict === null ? null : (JSON.parse(verdict) as Verdict),
    factsChanged: row.factsDigest !== null && row.factsDigest !== digestNow,
    result:
      row.submitEventId === null
        ? null
        : batchOutcome(readEvents(readerOf(db.raw), row.enterpriseId), scheme, row.submitEventId),
  };
}

/** A batch with its enterprises in the order of their ranks (those without one last); null where there is none such. */
export function loadBatch(db: Reading, id: number): LoadedBatch | null {
  const head = one<HeadRow>(
    db,
    `SELECT ${HEAD} FROM Batch b LEFT JOIN User u ON u.username = b.createdBy WHERE b.id = ?`,
    id,
  );
  if (!head) return null;
  const rows = all<StoredRow>(
    db,
    `SELECT r.id, r.enterpriseId, e.uscc, e.name, p.name AS park, r.position, r.rank, r.state, r.reason, r.note,
            r.override, r.confirmedBy,
            coalesce(u.displayName, r.confirmedBy) AS confirmedName, r.confirmedAt, r.asked, r.action, r.verdict, r.rule, r.outcome, r.distance,
            r.factsDigest, r.checkedAt, r.frozenAt, r.nominateEventId, r.prepareEventId, r.submitEventId,
            e.factsDigest AS digestNow
     FROM BatchRow r JOIN Enterprise e ON e.id = r.enterpriseId LEFT JOIN Park p ON p.id = e.parkId
       LEFT JOIN User u ON u.username = r.confirmedBy
     WHERE r.batchId = ? ORDER BY r.rank IS NULL, r.rank, r.position`,
    id,
  );
  return { ...headOf(head), rows: rows.map((row) => rowOf(db, head.scheme, row)) };
}

export type BatchLine = BatchHead & Readonly<Record<RowState, number>> & { readonly total: number };

const COUNTS = (Object.keys(ROW_STATES) as RowState[])
  .map((state) => `sum(r.state = '${state}') AS "${state}"`)
  .join(', ');

export interface BatchFilter {
  readonly scheme: string | null;
  /** A state, or `open` for all that still wait. */
  readonly state: string | null;
  readonly page: number;
  readonly size: number;
}

/** One page of the batches with the counts of their enterprises, the latest changed first. */
export function listBatches(db: Reading, filter: BatchFilter): { lines: BatchLine[]; total: number } {
  const states =
    filter.state === 'open' ? OPEN_BATCH_STATES : filter.state === null ? null : [filter.state as BatchState];
  const where = `(? IS NULL OR b.scheme = ?) AND (? IS NULL OR b.state IN (SELECT value FROM json_each(?)))`;
  const json = states && JSON.stringify(states);
  const params = [filter.scheme, filter.scheme, json, json ?? '[]'];
  const { total } = one<{ total: number }>(
    db,
    `SELECT count(*) AS total FROM Batch b WHERE ${where}`,
    ...params,
  )!;
  const lines = all<HeadRow & Record<RowState, number> & { total: number }>(
    db,
    `WITH page AS (SELECT * FROM Batch b WHERE ${where} ORDER BY b.updatedAt DESC, b.id DESC LIMIT ? OFFSET ?)
     SELECT ${HEAD}, ${COUNTS}, count(r.id) AS total
     FROM page b LEFT JOIN User u ON u.username = b.createdBy LEFT JOIN BatchRow r ON r.batchId = b.id
     GROUP BY b.id ORDER BY b.updatedAt DESC, b.id DESC`,
    ...params,
    filter.size,
    (filter.page - 1) * filter.size,
  );
  return { lines: lines.map((line) => ({ ...line, ...headOf(line) })), total };
}

/** Batches that still wait for a step, of these parks or of no one park; the first to be submitted first. */
export function openBatches(db: Reading, parkIds: readonly number[] | null): BatchLine[] {
  return all<HeadRow & Record<RowState, number> & { total: number }>(
    db,
    `SELECT ${HEAD}, ${COUNTS}, count(r.id) AS total
     FROM Batch b LEFT JOIN User u ON u.username = b.createdBy LEFT JOIN BatchRow r ON r.batchId = b.id
     WHERE b.state IN (SELECT value FROM json_each(?))
       AND (? IS NULL OR b.parkId IS NULL OR b.parkId IN (SELECT value FROM json_each(?)))
     GROUP BY b.id ORDER BY b.deadline IS NULL, b.deadline, b.id`,
    JSON.stringify(OPEN_BATCH_STATES),
    parkIds && 'some',
    JSON.stringify(parkIds ?? []),
  ).map((line) => ({ ...line, ...headOf(line) }));
}
