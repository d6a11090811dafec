/**
 * 走访与跟进: what was said with an enterprise, what is to be done next and by when. Nothing is overwritten: a
 * correction voids the entry and adds another, which names it.
 */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import type { Tx } from '../db/writer.server.ts';
import { FOLLOW_KINDS, type FollowKind } from '../pipeline/follow-ups.ts';
import { isDay, type Day } from '../rules/day.ts';
import { SCHEME_BY_ID } from '../rules/schemes.ts';

export interface NewFollowUp {
  /** The title it was about; null for the enterprise as a whole. */
  readonly scheme: string | null;
  readonly kind: FollowKind;
  /** Not after today. */
  readonly onDay: Day;
  readonly note: string;
  readonly nextAction: string | null;
  /** When the next action is due; only with one, and not before the day itself. */
  readonly nextOn: Day | null;
}
export type FollowUpErrors = Partial<Record<keyof NewFollowUp | 'reason' | '', string>>;

const LONGEST_NOTE = 2000;
const LONGEST_ACTION = 200;

/** What is wrong with an entry, by field. */
export function followUpErrors(input: NewFollowUp, today: Day): FollowUpErrors {
  const errors: FollowUpErrors = {};
  if (!FOLLOW_KINDS.some(({ id }) => id === input.kind)) errors.kind = '请选择方式';
  if (input.scheme !== null && !SCHEME_BY_ID.has(input.scheme)) errors.scheme = '请选择称号';
  if (!isDay(input.onDay) || input.onDay > today) errors.onDay = '请填写不晚于今天的日期';
  if (input.note === '') errors.note = '请写明谈了什么';
  else if (input.note.length > LONGEST_NOTE) errors.note = `不超过 ${LONGEST_NOTE} 字`;
  if ((input.nextAction?.length ?? 0) > LONGEST_ACTION) errors.nextAction = `不超过 ${LONGEST_ACTION} 字`;
  if (input.nextOn !== null) {
    if (input.nextAction === null) errors.nextAction = '有下次日期时须写明要做什么';
    if (!isDay(input.nextOn)) errors.nextOn = '日期应写作 2026-04-01';
    else if (isDay(input.onDay) && input.nextOn < input.onDay) errors.nextOn = '不能早于本次日期';
  } else if (input.nextAction !== null) errors.nextOn = '请填写下一步的日期';
  return errors;
}

type Stored = NewFollowUp & { readonly doneAt: string | null };

const inForce = (tx: Tx, enterpriseId: number, id: number) =>
  tx
    .prepare<Stored>(
      `SELECT scheme, kind, onDay, note, nextAction, nextOn, doneAt FROM FollowUp
       WHERE id = ? AND enterpriseId = ? AND voidedAt IS NULL`,
    )
    .get(id, enterpriseId);

function requireInForce(tx: Tx, enterpriseId: number, id: number): Stored {
  const found = inForce(tx, enterpriseId, id);
  if (!found) throw new AppError('conflict', '这条记录已被他人更正或作废，请重新打开页面');
  return found;
}

const same = (a: NewFollowUp, b: NewFollowUp) =>
  (Object.keys(a) as (keyof NewFollowUp)[]).every((key) => a[key] === b[key]);

const voidRow = (tx: Tx, id: number, by: string, at: string, reason: string) =>
  tx
    .prepare('UPDATE FollowUp SET voidedAt = ?, voidedBy = ?, voidReason = ? WHERE id = ?')
    .run(at, by, reason, id);

interface Keeping {
  readonly enterpriseId: number;
  readonly actor: string;
  /** Id of the entry it corrects. */
  readonly replaces?: number | null;
}

/**
 * Adds an entry, or puts it in the place of another.
 * @throws AppError `invalid`; `not-found` (enterprise); `conflict` where the entry to correct is no longer in force
 */
export async function keepFollowUp(
  db: Db,
  clock: Clock,
  input: NewFollowUp,
  { enterpriseId, actor, replaces = null }: Keeping,
): Promise<void> {
  const first = Object.values(followUpErrors(input, clock.today()))[0];
  if (first !== undefined) throw new AppError('invalid', first);
  await db.write((tx) => {
    const there = tx
      .prepare('SELECT 1 FROM Enterprise WHERE id = ? AND mergedIntoId IS NULL')
      .get(enterpriseId);
    if (!there) throw new AppError('not-found', '没有这家企业');
    const at = clock.now();
    if (replaces !== null) {
      const { doneAt: _doneAt, ...old } = requireInForce(tx, enterpriseId, replaces);
      if (same(input, old)) return;
      voidRow(tx, replaces, actor, at, '更正');
    }
    tx.prepare(
      `INSERT INTO FollowUp (enterpriseId, scheme, kind, onDay, note, nextAction, nextOn, "by", recordedAt, replacesId)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      enterpriseId,
      input.scheme,
      input.kind,
      input.onDay,
      input.note,
      input.nextAction,
      input.nextOn,
      actor,
      at,
      replaces,
    );
  });
}

/** One entry, and who does something about it. */
interface About {
  readonly enterpriseId: number;
  readonly id: number;
  readonly actor: string;
}

/**
 * Takes an entry out of force; it stays on record, struck.
 * @throws AppError `invalid` (no reason); `conflict` where it is not in force
 */
export async function voidFollowUp(
  db: Db,
  clock: Clock,
  { enterpriseId, id, actor, reason }: About & { readonly reason: string },
): Promise<void> {
  if (reason.trim() === '') throw new AppError('invalid', '作废须写明理由');
  await db.write((tx) => {
    requireInForce(tx, enterpriseId, id);
    voidRow(tx, id, actor, clock.now(), reason.trim().slice(0, LONGEST_ACTION));
  });
}

interface Settling {
  readonly actor: string;
  readonly note: string | null;
  /** false: open again. */
  readonly done: boolean;
}

/** Within a transaction of the caller. @throws AppError as {@link settleNext} */
export function settle(tx: Tx, clock: Clock, id: number, { actor, note, done }: Settling): void {
  const row = tx
    .prepare<Pick<Stored, 'nextAction' | 'doneAt'>>(
      'SELECT nextAction, doneAt FROM FollowUp WHERE id = ? AND voidedAt IS NULL',
    )
    .get(id);
  if (!row || row.nextAction === null || (row.doneAt !== null) === done)
    throw new AppError('conflict', '这一事项已由他人处理，请重新打开页面');
  tx.prepare('UPDATE FollowUp SET doneAt = ?, doneBy = ?, doneNote = ? WHERE id = ?').run(
    done ? clock.now() : null,
    done ? actor : null,
    done ? note?.trim().slice(0, LONGEST_NOTE) || null : null,
    id,
  );
}

/**
 * Says that the next action of an entry was done, or that it is open again.
 * @throws AppError `conflict` where the entry is not in force or nothing is to be changed
 */
export async function settleNext(
  db: Db,
  clock: Clock,
  { enterpriseId, id, ...settling }: About & Settling,
): Promise<void> {
  await db.write((tx) => {
    requireInForce(tx, enterpriseId, id);
    settle(tx, clock, id, settling);
  });
}

/** The notes of a record that is merged into another go on there. */
export function mergeFollowUps(tx: Tx, from: number, into: number): void {
  tx.prepare('UPDATE FollowUp SET enterpriseId = ? WHERE enterpriseId = ?').run(into, from);
}
