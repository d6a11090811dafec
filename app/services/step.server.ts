/** One step of a title's life, taken by hand: through the one write door, with the verdict of the day. */
import { EVENTS, isEventType, type EventType, type Payload } from '../../machines/events.ts';
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { isDay } from '../rules/day.ts';
import { submit, type SubmitResult } from './door.server.ts';
import { judgeStep } from './judge.server.ts';

export type StepResult =
  { ok: true; message: string } | { ok: false; errors: Record<string, string>; status: number };

/** Announcements that state a certificate. */
const CERTIFICATES: ReadonlySet<EventType> = new Set(['certify', 'renew']);
/** Bad ends, of which the reason is asked. */
const WITH_REASON: ReadonlySet<EventType> = new Set(['refuse', 'revoke', 'return']);

const STATUS = { refused: 422, conflict: 409, 'not-found': 404, invalid: 400 } as const;

interface Context {
  db: Db;
  clock: Clock;
  actor: string;
}
interface Subject {
  enterpriseId: number;
  scheme: string;
}

/**
 * Reads a step, an announcement or a correction from its form and sends it; a refusal comes back in the machine's own
 * words.
 */
export async function takeStep(context: Context, subject: Subject, form: FormData): Promise<StepResult> {
  return form.get('type') === 'void' ? correct(context, subject, form) : record(context, subject, form);
}

async function record({ db, clock, actor }: Context, subject: Subject, form: FormData): Promise<StepResult> {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const type = text('type');
  const effectiveOn = text('effectiveOn');
  const errors: Record<string, string> = {};
  if (!isEventType(type)) errors.type = '请选择要做的事';
  if (!isDay(effectiveOn)) errors.effectiveOn = '生效日期应写作 2026-04-01';
  else if (effectiveOn > clock.today()) errors.effectiveOn = '生效日期不能晚于今天';
  if (!isEventType(type)) return { ok: false, errors, status: 400 };
  const reason = text('reason');
  if (WITH_REASON.has(type) && reason === '') errors.reason = '请在说明中写明原因';
  const certificate = certificateIn(text, type, effectiveOn, errors);
  if (Object.keys(errors).length > 0) return { ok: false, errors, status: 400 };
  const docNo = text('docNo');
  const result = await submit(db, clock, {
    ...subject,
    type,
    effectiveOn,
    actor,
    reason: reason || null,
    evidence: docNo ? { docNo } : undefined,
    expectedRevision: revisionIn(form),
    payload: {
      ...certificate,
      verdict: judgeStep(db, subject.enterpriseId, subject.scheme, effectiveOn),
      override: form.get('override') === 'on' && EVENTS[type].by === 'park' ? true : null,
    },
  });
  return said(result, '已记录');
}

/** The certificate of an announcement that grants one; other announcements state none. */
function certificateIn(
  text: (name: string) => string,
  type: EventType,
  effectiveOn: string,
  errors: Record<string, string>,
): Payload {
  const [no, level, validUntil] = [text('no') || null, text('level') || null, text('validUntil') || null];
  if (!CERTIFICATES.has(type)) {
    for (const [name, value] of Object.entries({ no, level, validUntil }))
      if (value !== null) errors[name] = '只有认定、复核通过才有证书';
    return {};
  }
  if (validUntil !== null && !isDay(validUntil)) errors.validUntil = '有效期应写作 2026-04-01';
  else if (validUntil !== null && validUntil < effectiveOn) errors.validUntil = '有效期截止日早于生效日期';
  const grantedOn = type === 'certify' ? { grantedOn: effectiveOn } : {};
  return { ...grantedOn, no, level, validUntil, source: 'official' };
}

/** Takes an event out of the reading; it stays in the log, and what comes after it is read anew. */
async function correct({ db, clock, actor }: Context, subject: Subject, form: FormData): Promise<StepResult> {
  const eventId = Number(form.get('eventId'));
  const reason = String(form.get('voidReason') ?? '').trim();
  const field = `void-${eventId}`;
  if (!Number.isSafeInteger(eventId) || eventId <= 0)
    return { ok: false, errors: { '': '请指明要更正的事件' }, status: 400 };
  if (reason === '') return { ok: false, errors: { [field]: '请写明更正的理由' }, status: 400 };
  const result = await submit(db, clock, {
    ...subject,
    type: 'void',
    effectiveOn: clock.today(),
    actor,
    reason,
    expectedRevision: revisionIn(form),
    payload: { eventId },
  });
  return said(result, '已更正');
}

function revisionIn(form: FormData): number | null {
  const revision = Number(form.get('revision') || Number.NaN);
  return Number.isSafeInteger(revision) ? revision : null;
}

function said(result: SubmitResult, done: string): StepResult {
  if (!result.ok) return { ok: false, errors: { '': result.reason }, status: STATUS[result.code] };
  const doubts = result.flags.join('；');
  const head = result.unchanged ? '与已有记录相同，未作改动' : `${done}，现为：${result.label}`;
  return { ok: true, message: doubts ? `${head}。提示：${doubts}` : head };
}
