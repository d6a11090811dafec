/** Forms that say who looks after an enterprise, or after all that a filter finds. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { isAppError } from '../db/errors.ts';
import { isDay, type Day } from '../rules/day.ts';
import type { FieldErrors } from './forms.server.ts';
import { assignStewards, endStewardship, SIDES, type Assigned, type Side } from './stewards.server.ts';

interface Visit {
  readonly db: Db;
  readonly clock: Clock;
  readonly actor: string;
}
type Refused = { ok: false; errors: FieldErrors };

/** What both forms ask; a steward of null ends that of the side. */
interface Stated {
  side: Side;
  userId: number | null;
  fromOn: Day;
}

function read(form: FormData, today: Day): { stated: Stated; errors: FieldErrors } {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const errors: FieldErrors = {};
  const side = SIDES.find((each) => each === text('side'));
  if (!side) errors.side = '请选择政府侧或运营公司侧';
  const ends = text('userId') === 'none';
  const userId = Number(text('userId') || Number.NaN);
  if (!ends && !(Number.isSafeInteger(userId) && userId > 0)) errors.userId = '请选择管家';
  const fromOn = text('fromOn');
  if (!isDay(fromOn) || fromOn > today) errors.fromOn = '请填写不晚于今天的起始日期';
  return { stated: { side: side ?? 'government', userId: ends ? null : userId, fromOn }, errors };
}

async function orErrors<T>(work: () => Promise<T>): Promise<T | Refused> {
  try {
    return await work();
  } catch (error) {
    if (isAppError(error)) return { ok: false, errors: { '': error.userMessage } };
    throw error;
  }
}

type Saved = { ok: true; message: string } | Refused;

/** Assigns or ends the steward of one side of one enterprise. */
export async function saveSteward(
  { db, clock, actor }: Visit,
  enterpriseId: number,
  form: FormData,
): Promise<Saved> {
  const { stated, errors } = read(form, clock.today());
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const { side, userId, fromOn } = stated;
  return orErrors<Saved>(async () => {
    if (userId === null) {
      await endStewardship(db, clock, { enterpriseId, side, on: fromOn, actor });
      return { ok: true, message: `已结束该侧管家，自 ${fromOn} 起` };
    }
    const { rejected, unchanged } = await assignStewards(db, clock, {
      enterpriseIds: [enterpriseId],
      userId,
      side,
      fromOn,
      actor,
    });
    if (rejected[0]) return { ok: false, errors: { fromOn: rejected[0].reason } };
    return { ok: true, message: unchanged ? '管家没有变化' : `已分配管家，自 ${fromOn} 起` };
  });
}

type SavedAll = ({ ok: true; userId: number; message: string } & Pick<Assigned, 'rejected'>) | Refused;

/**
 * Assigns a steward to all that a filter finds now; where that is no longer the number which the form showed, nothing
 * is done.
 */
export async function assignFiltered(
  { db, clock, actor }: Visit,
  enterpriseIds: readonly number[],
  form: FormData,
): Promise<SavedAll> {
  const { stated, errors } = read(form, clock.today());
  const { side, userId, fromOn } = stated;
  if (userId === null) errors.userId = '请选择管家';
  if (Number(form.get('count')) !== enterpriseIds.length)
    errors[''] = `符合筛选的企业现为 ${enterpriseIds.length} 家，请核对后再次确认`;
  if (userId === null || Object.keys(errors).length > 0) return { ok: false, errors };
  return orErrors<SavedAll>(async () => {
    const done = await assignStewards(db, clock, { enterpriseIds, userId, side, fromOn, actor });
    const counts = [
      `已分配 ${done.assigned} 家`,
      `原已由其负责 ${done.unchanged} 家`,
      ...(done.rejected.length > 0 ? [`未分配 ${done.rejected.length} 家`] : []),
    ];
    return { ok: true, userId, message: counts.join('，'), rejected: done.rejected };
  });
}
