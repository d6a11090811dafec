/** Decisions of reviews as tasks with an owner and a day. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import { isDay } from '../rules/day.ts';

const LONGEST = 500;

export type DecisionErrors = Partial<Record<'text' | 'ownerId' | 'dueOn' | 'result' | '', string>>;

/** What was typed, without what surrounds it. */
const typed = (form: FormData, name: string) =>
  String(form.get(name) ?? '')
    .normalize('NFC')
    .trim();

/**
 * Puts down a decision. Decisions may follow the sealing: they are no part of the tables.
 * @returns what is wrong, by field; nothing when it was taken
 * @throws AppError `not-found` where there is no such review
 */
export async function decide(
  db: Db,
  clock: Clock,
  reviewId: number,
  form: FormData,
  actor: string,
): Promise<DecisionErrors> {
  const [text, ownerId, dueOn] = [typed(form, 'text'), typed(form, 'ownerId'), typed(form, 'dueOn')];
  const errors: DecisionErrors = {};
  if (text === '') errors.text = '请填写决定事项';
  else if (text.length > LONGEST) errors.text = `决定事项不超过 ${LONGEST} 字`;
  if (!isDay(dueOn)) errors.dueOn = '完成期限应写作 2026-04-01 这样的日期';
  else if (dueOn < clock.today()) errors.dueOn = '完成期限不能早于今天';
  const owner = /^\d{1,9}$/.test(ownerId)
    ? db.raw
        .prepare(`SELECT 1 FROM User WHERE id = ? AND role <> 'enterprise' AND disabled = 0`)
        .get(Number(ownerId))
    : undefined;
  if (!owner) errors.ownerId = '请选择责任人';
  if (Object.keys(errors).length > 0) return errors;
  await db.write((tx) => {
    const review = tx.prepare('SELECT 1 FROM Review WHERE id = ?').get(reviewId);
    if (!review) throw new AppError('not-found', '没有这份复盘');
    tx.prepare(
      `INSERT INTO ReviewDecision (reviewId, text, ownerId, dueOn, createdBy, createdAt) VALUES (?, ?, ?, ?, ?, ?)`,
    ).run(reviewId, text, Number(ownerId), dueOn, actor, clock.now());
  });
  return {};
}

/**
 * Closes a decision with what came of it.
 * @throws AppError `not-found`; `conflict` where it is closed already; `forbidden` where another is its owner
 */
export async function finishDecision(
  db: Db,
  clock: Clock,
  id: number,
  result: string,
  user: { readonly id: number; readonly username: string; readonly role: string },
): Promise<DecisionErrors> {
  const text = result.normalize('NFC').trim();
  if (text === '') return { result: '请填写办理结果' };
  if (text.length > LONGEST) return { result: `办理结果不超过 ${LONGEST} 字` };
  await db.write((tx) => {
    const row = tx
      .prepare<{ ownerId: number; doneAt: string | null }>(
        'SELECT ownerId, doneAt FROM ReviewDecision WHERE id = ?',
      )
      .get(id);
    if (!row) throw new AppError('not-found', '没有这项决定');
    if (row.doneAt !== null) throw new AppError('conflict', '这项决定已经办结，请刷新');
    if (row.ownerId !== user.id && user.role !== 'administrator' && user.role !== 'leadership')
      throw new AppError('forbidden', '只有责任人、领导或系统管理员可以办结');
    tx.prepare('UPDATE ReviewDecision SET doneBy = ?, doneAt = ?, result = ? WHERE id = ?').run(
      user.username,
      clock.now(),
      text,
      id,
    );
  });
  return {};
}
