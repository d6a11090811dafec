/** Forms about parks: a new one, another name or place in the tree, enterprises put under one. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { isAppError } from '../db/errors.ts';
import { isDay } from '../rules/day.ts';
import { readStatedBy, type FieldErrors } from './forms.server.ts';
import { assignToPark, type Assigned, type Manner } from './park-assignment.server.ts';
import type { By } from '../db/admin-log.server.ts';
import { changePark, createPark, removePark } from './parks.server.ts';

type Refused = { ok: false; errors: FieldErrors };
const failed = (errors: FieldErrors): Refused => ({ ok: false, errors });

/** A park chosen in a form; null for the top of the tree. */
function parentIn(form: FormData): number | null {
  const id = Number(form.get('parentId') || 0);
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}

const textIn = (form: FormData, name: string) => String(form.get(name) ?? '').trim();

async function orErrors<T>(work: () => Promise<T>): Promise<T | Refused> {
  try {
    return await work();
  } catch (error) {
    if (isAppError(error)) return failed({ '': error.userMessage });
    throw error;
  }
}

type Saved = { ok: true; message: string } | Refused;

/** Adds a park; the code is the name where none is given. */
export async function addPark(db: Db, by: By, form: FormData): Promise<Saved> {
  const name = textIn(form, 'name');
  if (name === '') return failed({ name: '请填写园区名称' });
  return orErrors<Saved>(async () => {
    await createPark(db, by, { name, code: textIn(form, 'code') || name, parentId: parentIn(form) });
    return { ok: true, message: `已新增园区“${name}”` };
  });
}

/** Renames a park and hangs it where the form says, or removes one that was made by mistake. */
export async function changeParkFrom(db: Db, by: By, parkId: number, form: FormData): Promise<Saved> {
  const name = textIn(form, 'name');
  if (form.get('intent') === 'remove')
    return orErrors<Saved>(async () => {
      await removePark(db, by, parkId);
      return { ok: true, message: '已删除园区' };
    });
  if (name === '') return failed({ name: '请填写园区名称' });
  return orErrors<Saved>(async () => {
    await changePark(db, by, { parkId, name, parentId: parentIn(form) });
    return { ok: true, message: `已保存园区“${name}”` };
  });
}

type AssignedOrNot = ({ ok: true; message: string } & Pick<Assigned, 'rejected'>) | Refused;

/** Puts the enterprises of a form under a park. */
export async function assignFrom(
  { db, clock, actor }: { db: Db; clock: Clock; actor: string },
  parkId: number,
  form: FormData,
): Promise<AssignedOrNot> {
  const errors: FieldErrors = {};
  const lines = textIn(form, 'lines').split(/\r?\n/);
  if (textIn(form, 'lines') === '') errors.lines = '请填写企业，每行一家';
  const manner = mannerIn(form, clock.today(), errors);
  if (Object.keys(errors).length > 0) return failed(errors);
  return orErrors<AssignedOrNot>(async () => {
    const { assigned, unchanged, rejected } = await assignToPark(db, clock, { parkId, lines, manner, actor });
    const counts = [`已分派 ${assigned} 家`, `原已在此 ${unchanged} 家`, `未分派 ${rejected.length} 行`];
    return { ok: true, message: counts.join('，'), rejected };
  });
}

function mannerIn(form: FormData, today: string, errors: FieldErrors): Manner {
  if (form.get('manner') !== 'move') return { kind: 'correction', ...readStatedBy(form, today, errors) };
  const on = textIn(form, 'movedOn');
  if (!isDay(on) || on > today) errors.movedOn = '请填写不晚于今天的迁移日期';
  return { kind: 'move', on, reason: textIn(form, 'reason') };
}
