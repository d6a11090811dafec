/** What staff did about an entry of 今日待办. Marks are only added: the latest of an entry counts. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { isAppError } from '../db/errors.ts';
import { isDay } from '../rules/day.ts';
import { settle } from './follow-ups.server.ts';

export type TodoErrors = Partial<Record<'key' | 'untilDay' | 'note' | '', string>>;
export type TodoOutcome =
  { readonly ok: true; readonly message: string } | { readonly ok: false; readonly errors: TodoErrors };

const LONGEST_NOTE = 500;
const MARKS = ['done', 'snoozed', 'open'] as const;
const SAID = { done: '已办结', snoozed: '已推迟', open: '已重新列入待办' };

/** Marks an entry as its form says: done, put off to a day, or open again. */
export async function markFromForm(
  db: Db,
  clock: Clock,
  actor: string,
  form: FormData,
): Promise<TodoOutcome> {
  const text = (name: string) =>
    String(form.get(name) ?? '')
      .normalize('NFC')
      .trim();
  const [key, note, untilDay] = [text('key'), text('note'), text('untilDay')];
  const mark = MARKS.find((each) => each === text('mark'));
  const errors: TodoErrors = {};
  if (!/^(title|duty|window|publicised|follow|decision|gap):.{1,300}$/s.test(key) || !mark)
    errors[''] = '请从列表中选择一项待办';
  if (note.length > LONGEST_NOTE) errors.note = `说明不超过 ${LONGEST_NOTE} 字`;
  if (mark === 'snoozed') {
    if (!isDay(untilDay)) errors.untilDay = '推迟至应写作 2026-04-01 这样的日期';
    else if (untilDay <= clock.today()) errors.untilDay = '推迟至须晚于今天';
  }
  if (!mark || Object.keys(errors).length > 0) return { ok: false, errors };
  const followUp = Number(/^follow:(\d+)$/.exec(key)?.[1] ?? 0);
  try {
    await db.write((tx) => {
      // What was done about a next action stands with the note it came from.
      if (followUp > 0 && mark === 'done') settle(tx, clock, followUp, { actor, note, done: true });
      tx.prepare('INSERT INTO TodoMark (key, mark, untilDay, note, actor, at) VALUES (?, ?, ?, ?, ?, ?)').run(
        key,
        mark,
        mark === 'snoozed' ? untilDay : null,
        note || null,
        actor,
        clock.now(),
      );
    });
  } catch (error) {
    if (isAppError(error)) return { ok: false, errors: { '': error.userMessage } };
    throw error;
  }
  return { ok: true, message: mark === 'snoozed' ? `${SAID.snoozed}至 ${untilDay}` : SAID[mark] };
}
