/** 服务管家: who looks after which enterprise, for the government's side or the operating company's, with dates. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import type { Tx } from '../db/writer.server.ts';
import { isDay, type Day } from '../rules/day.ts';

/** Of the government, and of the park's operating company. */
export const SIDES = ['government', 'company'] as const;
export type Side = (typeof SIDES)[number];

interface Assignment {
  readonly enterpriseIds: readonly number[];
  readonly userId: number;
  readonly side: Side;
  /** First day; not after today. */
  readonly fromOn: Day;
  readonly actor: string;
}

export interface Assigned {
  readonly assigned: number;
  /** Enterprises that had this very steward already. */
  readonly unchanged: number;
  readonly rejected: readonly { readonly enterpriseId: number; readonly reason: string }[];
}

interface Stay {
  readonly id: number;
  readonly userId: number;
  readonly fromOn: Day;
  readonly toOn: Day | null;
}

/** The latest stewardship of a side, ended or not. */
const latestOf = (tx: Tx, enterpriseId: number, side: Side) =>
  tx
    .prepare<Stay>(
      `SELECT id, userId, fromOn, toOn FROM Stewardship WHERE enterpriseId = ? AND side = ?
       ORDER BY fromOn DESC, id DESC LIMIT 1`,
    )
    .get(enterpriseId, side);

const endStay = (tx: Tx, clock: Clock, id: number, on: Day, actor: string) =>
  tx
    .prepare('UPDATE Stewardship SET toOn = ?, endedBy = ?, endedAt = ? WHERE id = ?')
    .run(on, actor, clock.now(), id);

const STEWARD_ROLES = ['staff', 'administrator'];

function requireSteward(tx: Tx, userId: number): void {
  const user = tx
    .prepare<{ role: string; disabled: 0 | 1 }>('SELECT role, disabled FROM User WHERE id = ?')
    .get(userId);
  if (!user) throw new AppError('not-found', '没有这个用户');
  if (user.disabled || !STEWARD_ROLES.includes(user.role))
    throw new AppError('invalid', '管家应为未停用的园区人员');
}

function requirePastDay(on: Day, clock: Clock): void {
  if (!isDay(on) || on > clock.today()) throw new AppError('invalid', '日期应为不晚于今天的日期');
}

/**
 * Makes a user the steward of enterprises from a day on, all in one transaction and each for itself; whoever was it
 * on that side hands over on that day.
 * @throws AppError `not-found` (user), `invalid` (no enterprise, who may not be a steward, a day to come)
 */
export async function assignStewards(db: Db, clock: Clock, input: Assignment): Promise<Assigned> {
  if (input.enterpriseIds.length === 0) throw new AppError('invalid', '没有可分配的企业');
  requirePastDay(input.fromOn, clock);
  return db.write((tx) => {
    requireSteward(tx, input.userId);
    const rejected: { enterpriseId: number; reason: string }[] = [];
    let unchanged = 0;
    const ids = new Set(input.enterpriseIds);
    for (const enterpriseId of ids) {
      const outcome = assignOne(tx, clock, enterpriseId, input);
      if (outcome === 'unchanged') unchanged += 1;
      else if (outcome !== 'assigned') rejected.push({ enterpriseId, reason: outcome.reason });
    }
    return { assigned: ids.size - unchanged - rejected.length, unchanged, rejected };
  });
}

type Outcome = 'assigned' | 'unchanged' | { readonly reason: string };

function assignOne(tx: Tx, clock: Clock, enterpriseId: number, input: Assignment): Outcome {
  const { userId, side, fromOn, actor } = input;
  const found = tx
    .prepare('SELECT 1 FROM Enterprise WHERE id = ? AND mergedIntoId IS NULL')
    .get(enterpriseId);
  if (!found) return { reason: '没有这家企业' };
  const last = latestOf(tx, enterpriseId, side);
  if (last?.toOn === null && last.userId === userId) return 'unchanged';
  const free = last ? (last.toOn ?? last.fromOn) : '';
  if (free > fromOn) return { reason: `原管家的任期与此重叠，起始日期不能早于 ${free}` };
  if (last?.toOn === null) endStay(tx, clock, last.id, fromOn, actor);
  tx.prepare(
    `INSERT INTO Stewardship (enterpriseId, userId, side, fromOn, assignedBy, assignedAt)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(enterpriseId, userId, side, fromOn, actor, clock.now());
  return 'assigned';
}

/**
 * Ends the stewardship of a side; it stays in the history.
 * @param input.on the first day on which it no longer lasts; not after today, not before it began
 * @throws AppError `not-found` (nobody is it), `invalid` (day)
 */
export async function endStewardship(
  db: Db,
  clock: Clock,
  input: { enterpriseId: number; side: Side; on: Day; actor: string },
): Promise<void> {
  requirePastDay(input.on, clock);
  await db.write((tx) => {
    const last = latestOf(tx, input.enterpriseId, input.side);
    if (last?.toOn !== null) throw new AppError('not-found', '该侧目前没有管家');
    if (input.on < last.fromOn) throw new AppError('invalid', `结束日期不能早于起始日期 ${last.fromOn}`);
    endStay(tx, clock, last.id, input.on, input.actor);
  });
}

/**
 * The stewards of a record that is merged into another end on the day; those of a side that has nobody there go on
 * there.
 */
export function mergeStewards(tx: Tx, clock: Clock, from: number, into: number, actor: string): void {
  const today = clock.today();
  for (const side of SIDES) {
    const open = latestOf(tx, from, side);
    if (open?.toOn !== null) continue;
    endStay(tx, clock, open.id, today, actor);
    if (latestOf(tx, into, side)?.toOn === null) continue;
    assignOne(tx, clock, into, { enterpriseIds: [into], userId: open.userId, side, fromOn: today, actor });
  }
}
