/** One step of a title's life, taken by hand: through the one write door, with the verdict of the day. */
import { isEventType } from '../../machines/events.ts';
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { isDay } from '../rules/day.ts';
import { submit } from './door.server.ts';
import { judgeStep } from './judge.server.ts';

export type StepResult =
  { ok: true; message: string } | { ok: false; errors: Record<string, string>; status: number };

const STATUS = { refused: 422, conflict: 409, 'not-found': 404, invalid: 400 } as const;

/** Reads a step from its form and sends it; a refusal comes back in the machine's own words. */
export async function takeStep(
  { db, clock, actor }: { db: Db; clock: Clock; actor: string },
  subject: { enterpriseId: number; scheme: string },
  form: FormData,
): Promise<StepResult> {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const type = text('type');
  const effectiveOn = text('effectiveOn');
  const errors: Record<string, string> = {};
  if (!isEventType(type)) errors.type = '请选择要做的事';
  if (!isDay(effectiveOn)) errors.effectiveOn = '生效日期应写作 2026-04-01';
  else if (effectiveOn > clock.today()) errors.effectiveOn = '生效日期不能晚于今天';
  if (!isEventType(type) || Object.keys(errors).length > 0) return { ok: false, errors, status: 400 };
  const revision = Number(text('revision'));
  const result = await submit(db, clock, {
    ...subject,
    type,
    effectiveOn,
    actor,
    reason: text('reason') || null,
    expectedRevision: Number.isSafeInteger(revision) ? revision : null,
    payload: {
      verdict: judgeStep(db, subject.enterpriseId, subject.scheme, effectiveOn),
      override: form.get('override') === 'on' ? true : null,
    },
  });
  if (!result.ok) return { ok: false, errors: { '': result.reason }, status: STATUS[result.code] };
  const doubts = result.flags.join('；');
  const head = result.unchanged ? '与已有记录相同，未作改动' : `已记录，现为：${result.label}`;
  return { ok: true, message: doubts ? `${head}。提示：${doubts}` : head };
}
