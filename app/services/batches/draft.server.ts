/** Drawing up a batch: from a selection to a checked list. Whoever works on the draft cannot approve it later. */
import {
  BATCH_ORDERS,
  isBatchReason,
  BATCH_REASONS,
  OVERRIDABLE,
  type BatchOrder,
} from '../../../machines/batch-states.ts';
import { BATCH_VERSION } from '../../../machines/version.ts';
import type { Db } from '../../db/clients.server.ts';
import { fixedClock, type Clock } from '../../db/clock.ts';
import { AppError } from '../../db/errors.ts';
import { readerOf } from '../../db/fact-rows.server.ts';
import { readBatchParts } from '../../db/batch-rows.server.ts';
import type { Tx } from '../../db/writer.server.ts';
import { isDay } from '../../rules/day.ts';
import { SCHEME_BY_ID } from '../../rules/schemes.ts';
import { checkEnterprises, type Checked } from './check.server.ts';
import { atDesk, moveBatch, note, now, rank, type Asker, type BatchRef, type Desk } from './keeper.server.ts';

/** Enterprises that a batch may hold. */
export const BATCH_LIMIT = 500;

/** What a batch is about, apart from its enterprises. */
export interface BatchTerms {
  readonly title: string;
  readonly applicationOn: string;
  readonly windowLabel: string | null;
  readonly windowId: number | null;
  readonly deadline: string | null;
  readonly quota: number | null;
  readonly orderBy: BatchOrder;
  readonly note: string | null;
}

export interface NewBatch extends BatchTerms {
  readonly scheme: string;
  readonly parkId?: number | null;
  readonly enterpriseIds: readonly number[];
}

export type TermErrors = Partial<Record<'scheme' | 'enterprise' | keyof BatchTerms, string>>;

/** What is wrong with the terms of a batch, by field. */
export function termErrors(terms: BatchTerms): TermErrors {
  const errors: TermErrors = {};
  if (terms.title === '') errors.title = '请填写批次名称';
  else if (terms.title.length > 100) errors.title = '批次名称不超过 100 字';
  if (!isDay(terms.applicationOn)) errors.applicationOn = '申报日期应写作 2026-04-01 这样的日期';
  if (terms.deadline !== null && !isDay(terms.deadline))
    errors.deadline = '报送截止应写作 2026-04-01 这样的日期';
  const { quota } = terms;
  if (quota !== null && !(Number.isSafeInteger(quota) && quota > 0 && quota <= BATCH_LIMIT))
    errors.quota = `限额应为 1 至 ${BATCH_LIMIT} 的整数，没有限额时留空`;
  if (!Object.hasOwn(BATCH_ORDERS, terms.orderBy)) errors.orderBy = '请选择限额的取舍次序';
  if ((terms.note?.length ?? 0) > 500) errors.note = '说明不超过 500 字';
  return errors;
}

function requireTerms(terms: BatchTerms): void {
  const first = Object.values(termErrors(terms))[0];
  if (first !== undefined) throw new AppError('invalid', first);
}

function requireNumber(count: number): void {
  if (count === 0) throw new AppError('invalid', '请选择要列入批次的企业');
  if (count > BATCH_LIMIT)
    throw new AppError('invalid', `一个批次最多 ${BATCH_LIMIT} 家企业，现有 ${count} 家，请分批`);
}

export interface Drawn {
  readonly batchId: number;
  readonly listed: number;
  readonly heldBack: number;
}

/**
 * Draws up a batch and checks it at once: who can be nominated is listed, the others are held back with the reason.
 * @throws AppError `invalid`; `conflict` when facts changed while they were judged
 */
export async function drawBatch(db: Db, clock: Clock, by: Asker, input: NewBatch): Promise<Drawn> {
  requireTerms(input);
  if (!SCHEME_BY_ID.has(input.scheme)) throw new AppError('invalid', '请选择称号');
  const enterpriseIds = [...new Set(input.enterpriseIds)];
  requireNumber(enterpriseIds.length);
  const { scheme, applicationOn } = input;
  const checked = checkEnterprises(db, { scheme, applicationOn, today: clock.today(), enterpriseIds });
  if (checked.length !== enterpriseIds.length) throw new AppError('not-found', '所选企业中有的已不存在');
  return db.write((tx) => {
    const batchId = insertBatch(tx, clock, by, input);
    const desk: Desk = {
      tx,
      clock: fixedClock(clock.now()),
      by,
      parts: readBatchParts(tx, batchId)!,
      stewards: new Map(),
    };
    note(desk, { type: 'draw', to: 'drawn', reason: `选入 ${enterpriseIds.length} 家` });
    insertRows(desk, enterpriseIds);
    const counts = check(desk, checked);
    return { batchId, ...counts };
  });
}

function insertBatch(tx: Tx, clock: Clock, by: Asker, input: NewBatch): number {
  const at = clock.now();
  const added = tx
    .prepare(
      `INSERT INTO Batch (scheme, title, applicationOn, windowLabel, windowId, deadline, quota, parkId, orderBy,
         orderText, state, note, createdBy, createdAt, updatedAt, machineVersion, revision)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'drawn', ?, ?, ?, ?, ?, 0)`,
    )
    .run(
      input.scheme,
      input.title,
      input.applicationOn,
      input.windowLabel,
      input.windowId,
      input.deadline,
      input.quota,
      input.parkId ?? null,
      input.orderBy,
      BATCH_ORDERS[input.orderBy],
      input.note,
      by.username,
      at,
      at,
      BATCH_VERSION,
    );
  return Number(added.lastInsertRowid);
}

function insertRows({ tx, parts }: Desk, enterpriseIds: readonly number[]): void {
  const last = Math.max(0, ...parts.rows.map(({ position }) => position));
  const add = tx.prepare(
    `INSERT INTO BatchRow (batchId, enterpriseId, position, state) VALUES (?, ?, ?, 'in')`,
  );
  enterpriseIds.forEach((id, index) => add.run(parts.batch.id, id, last + index + 1));
}

export interface DraftChange {
  readonly terms?: BatchTerms;
  readonly add?: readonly number[];
  /** Ids of rows to be taken out. */
  readonly drop?: readonly number[];
}

/** Changes a draft and checks it anew; without a change it only checks. */
export async function changeDraft(
  db: Db,
  clock: Clock,
  ref: BatchRef,
  change: DraftChange = {},
): Promise<Omit<Drawn, 'batchId'>> {
  const { terms, drop = [] } = change;
  if (terms) requireTerms(terms);
  const before = readBatchParts(readerOf(db.raw), ref.batchId);
  if (!before) throw new AppError('not-found', '没有这个推荐批次');
  const { scheme, id: batchId } = before.batch;
  const there = new Set(before.rows.map((row) => row.enterpriseId));
  const add = [...new Set(change.add ?? [])].filter((id) => !there.has(id));
  const kept = before.rows.filter((row) => !drop.includes(row.id)).map((row) => row.enterpriseId);
  const enterpriseIds = [...kept, ...add];
  requireNumber(enterpriseIds.length);
  const applicationOn = terms?.applicationOn ?? before.batch.applicationOn;
  const today = clock.today();
  const checked = checkEnterprises(db, { scheme, applicationOn, today, enterpriseIds, batchId });
  if (checked.length !== enterpriseIds.length) throw new AppError('not-found', '所选企业中有的已不存在');
  const edits = terms !== undefined || add.length > 0 || drop.length > 0;
  return atDesk(db, clock, ref, edits ? 'edit' : 'check', (desk) => {
    if (edits) {
      const names = before.rows.filter((row) => drop.includes(row.id)).map((row) => row.name);
      const words = [
        terms && '修改批次信息',
        add.length > 0 && `加入 ${add.length} 家`,
        names.length > 0 && `移出 ${names.join('、')}`,
      ];
      moveBatch(desk, 'edit', { reason: words.filter(Boolean).join('；'), detail: { terms } });
      if (terms) setTerms(desk, terms);
      for (const id of drop) dropRow(desk, id);
      insertRows(desk, add);
    }
    return check(desk, checked);
  });
}

function setTerms({ tx, parts }: Desk, terms: BatchTerms): void {
  tx.prepare(
    `UPDATE Batch SET title = ?, applicationOn = ?, windowLabel = ?, windowId = ?, deadline = ?, quota = ?,
       orderBy = ?, orderText = ?, note = ? WHERE id = ?`,
  ).run(
    terms.title,
    terms.applicationOn,
    terms.windowLabel,
    terms.windowId,
    terms.deadline,
    terms.quota,
    terms.orderBy,
    BATCH_ORDERS[terms.orderBy],
    terms.note,
    parts.batch.id,
  );
}

/** Takes an enterprise out of a draft; its lines of the log stay. */
function dropRow({ tx, parts }: Desk, rowId: number): void {
  tx.prepare(
    'UPDATE BatchFile SET rowId = NULL, removedAt = coalesce(removedAt, addedAt) WHERE rowId = ?',
  ).run(rowId);
  tx.prepare('DELETE FROM BatchRow WHERE id = ? AND batchId = ?').run(rowId, parts.batch.id);
}

/** Stores what was found. The check sets where each enterprise begins; what people decided about one before stays. */
function check(desk: Desk, checked: readonly Checked[]): Omit<Drawn, 'batchId'> {
  moveBatch(desk, 'check', { detail: { enterprises: checked.length } });
  const byEnterprise = new Map(checked.map((each) => [each.enterpriseId, each]));
  const set = desk.tx.prepare(
    'UPDATE BatchRow SET state = ?, reason = ?, note = ?, confirmedBy = NULL, confirmedAt = NULL WHERE id = ?',
  );
  for (const row of now(desk).rows) {
    const found = byEnterprise.get(row.enterpriseId)!;
    storeCheck(desk, row.id, found);
    const { barrier } = found;
    const overridden = barrier !== null && row.override !== null && OVERRIDABLE.has(barrier.reason);
    const byPerson =
      row.state === 'held_back' &&
      row.reason !== null &&
      isBatchReason(row.reason) &&
      BATCH_REASONS[row.reason].by === 'person';
    if (byPerson) continue;
    if (barrier && !overridden) set.run('held_back', barrier.reason, barrier.note, row.id);
    else set.run('in', null, null, row.id);
  }
  rank(desk);
  const { rows } = now(desk);
  return {
    listed: rows.filter(({ state }) => state === 'in').length,
    heldBack: rows.filter(({ state }) => state === 'held_back').length,
  };
}

/** Keeps a verdict with the facts it rests on. @throws AppError `conflict` when the facts have changed since */
export function storeCheck({ tx, clock }: Desk, rowId: number, found: Checked): void {
  const { factsDigest } = tx
    .prepare<{ factsDigest: string }>('SELECT factsDigest FROM Enterprise WHERE id = ?')
    .get(found.enterpriseId)!;
  if (factsDigest !== found.factsDigest)
    throw new AppError('conflict', `${found.name}的数据刚有变化，请再办理一次`);
  tx.prepare(
    `UPDATE BatchRow SET action = ?, rule = ?, outcome = ?, distance = ?, met = ?, verdict = ?, factsDigest = ?,
       checkedAt = ? WHERE id = ?`,
  ).run(
    found.action,
    found.verdict?.rule ?? null,
    found.verdict?.outcome ?? null,
    found.distance,
    found.met,
    found.verdict === null ? null : JSON.stringify(found.verdict),
    found.factsDigest,
    clock.now(),
    rowId,
  );
}
