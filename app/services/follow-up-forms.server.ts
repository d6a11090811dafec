/** Forms about 走访与跟进: add, correct, void, settle. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { isAppError } from '../db/errors.ts';
import type { FollowKind } from '../pipeline/follow-ups.ts';
import {
  followUpErrors,
  keepFollowUp,
  settleNext,
  voidFollowUp,
  type FollowUpErrors,
  type NewFollowUp,
} from './follow-ups.server.ts';

interface Visit {
  readonly db: Db;
  readonly clock: Clock;
  readonly actor: string;
}
export type FollowUpOutcome =
  | { readonly ok: true; readonly message: string }
  | { readonly ok: false; readonly errors: FollowUpErrors; readonly status: number };

const reader = (form: FormData) => (name: string) =>
  String(form.get(name) ?? '')
    .normalize('NFC')
    .replaceAll('\r\n', '\n')
    .trim();

function stated(form: FormData): NewFollowUp {
  const text = reader(form);
  return {
    scheme: text('scheme') || null,
    kind: text('kind') as FollowKind,
    onDay: text('onDay'),
    note: text('note'),
    nextAction: text('nextAction') || null,
    nextOn: text('nextOn') || null,
  };
}

/** Does what a form about one enterprise says; what is refused comes back by field. */
export async function followUpFromForm(
  visit: Visit,
  enterpriseId: number,
  form: FormData,
): Promise<FollowUpOutcome> {
  try {
    return await act(visit, enterpriseId, form);
  } catch (error) {
    if (isAppError(error)) return { ok: false, errors: { '': error.userMessage }, status: error.status };
    throw error;
  }
}

async function act(
  { db, clock, actor }: Visit,
  enterpriseId: number,
  form: FormData,
): Promise<FollowUpOutcome> {
  const text = reader(form);
  const id = Number(text('id')) || null;
  const intent = text('do');
  if (id !== null && intent === 'void') {
    if (text('reason') === '') return { ok: false, errors: { reason: '请写明作废的理由' }, status: 400 };
    await voidFollowUp(db, clock, { enterpriseId, id, actor, reason: text('reason') });
    return { ok: true, message: '已作废，原文留存' };
  }
  if (id !== null && (intent === 'done' || intent === 'open')) {
    const done = intent === 'done';
    await settleNext(db, clock, { enterpriseId, id, actor, note: text('doneNote') || null, done });
    return { ok: true, message: done ? '已办结' : '已重新列入待办' };
  }
  const input = stated(form);
  const errors = followUpErrors(input, clock.today());
  if (Object.keys(errors).length > 0) return { ok: false, errors, status: 400 };
  await keepFollowUp(db, clock, input, { enterpriseId, actor, replaces: id });
  return { ok: true, message: id === null ? '已记录' : '已更正，原文留存' };
}
