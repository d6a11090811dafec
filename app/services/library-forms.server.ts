/** Forms about libraries and lists: propose, decide, take back, put on the list of 重点跟进, set the limits of a list. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { isAppError } from '../db/errors.ts';
import type { ListLimits } from '../rules/lists.ts';
import { addFocus, endFocus } from './focus.server.ts';
import type { FieldErrors } from './forms.server.ts';
import { decide, PROPOSALS, propose, withdrawProposal, type Done } from './library.server.ts';
import { limitErrors, listRun, renewList, setLimits } from './lists.server.ts';

interface Visit {
  readonly db: Db;
  readonly clock: Clock;
  readonly actor: string;
}

export type LibraryOutcome =
  | { readonly ok: true; readonly message: string; readonly rejected: Done['rejected'] }
  | { readonly ok: false; readonly errors: FieldErrors; readonly status: number };

const said = (message: string): LibraryOutcome => ({ ok: true, message, rejected: [] });

/** Milliseconds that a change of the limits is waited for before it goes on by itself. */
const PATIENCE = 1500;

/** Does what a form says; who may decide is asked by the route. */
export async function libraryFromForm(visit: Visit, form: FormData): Promise<LibraryOutcome> {
  try {
    return await act(visit, form);
  } catch (error) {
    if (isAppError(error)) return { ok: false, errors: { '': error.userMessage }, status: error.status };
    throw error;
  }
}

const ids = (form: FormData, name: string) =>
  form
    .getAll(name)
    .map(Number)
    .filter((id) => Number.isSafeInteger(id) && id > 0);

/** What was done of many, in one line, and the rest with its reasons. */
function told(words: string, { done, rejected }: Done): LibraryOutcome {
  const rest = rejected.length > 0 ? `，未办理 ${rejected.length} 家` : '';
  return { ok: true, message: `${words} ${done} 家${rest}`, rejected };
}

async function act(visit: Visit, form: FormData): Promise<LibraryOutcome> {
  const { db, clock, actor } = visit;
  const text = (name: string) =>
    String(form.get(name) ?? '')
      .normalize('NFC')
      .trim();
  const intent = text('do');
  const reason = text('reason');
  const enterpriseIds = ids(form, 'enterprise');
  const kind = PROPOSALS.find((each) => each === intent);
  if (kind) {
    const done = await propose(db, clock, { enterpriseIds, scheme: text('scheme'), kind, reason, actor });
    return told(kind === 'enrol' ? '已提请入库' : '已提请退库', done);
  }
  switch (intent) {
    case 'focus':
      return told('已列入重点跟进', await addFocus(db, clock, { enterpriseIds, reason, actor }));
    case 'unfocus':
      return told('已移出重点跟进', await endFocus(db, clock, { enterpriseIds, reason, actor }));
    case 'approved':
    case 'rejected': {
      const done = await decide(db, clock, { ids: ids(form, 'proposal'), decision: intent, reason, actor });
      return told(intent === 'approved' ? '已批准' : '已退回', done);
    }
    case 'withdraw':
      await withdrawProposal(db, clock, { id: ids(form, 'proposal')[0] ?? 0, actor });
      return said('已撤回提请');
    case 'limits':
      return saveLimits(visit, text('scheme'), form, reason);
    default:
      return { ok: false, errors: { '': '请选择要做的事' }, status: 400 };
  }
}

async function saveLimits(
  { db, clock, actor }: Visit,
  scheme: string,
  form: FormData,
  reason: string,
): Promise<LibraryOutcome> {
  const number = (name: keyof ListLimits) => {
    const typed = String(form.get(name) ?? '').trim();
    return typed === '' ? Number.NaN : Number(typed);
  };
  const limits: ListLimits = {
    maxUnmet: number('maxUnmet'),
    maxShort: number('maxShort'),
    maxUnknown: number('maxUnknown'),
  };
  const errors = limitErrors(limits, reason);
  if (Object.keys(errors).length > 0) return { ok: false, errors, status: 400 };
  await setLimits(db, clock, scheme, limits, { actor, reason });
  await renewList(db, clock, scheme, PATIENCE);
  return said(listRun(db, scheme) ? '已保存限值，名单正在按新限值更新' : '已保存限值，名单已按新限值更新');
}
