/** The forms on a review's page: draw up, discuss, seal, decide, finish. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import { discuss, drawUp, seal, type CountReview, type ReviewKey } from './review.server.ts';
import { decide, finishDecision } from './review-decisions.server.ts';

export type ReviewOutcome =
  | { readonly ok: true; readonly message: string }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

interface Given {
  readonly key: ReviewKey;
  /** Id of the review as the page found it; null where there is none yet. */
  readonly reviewId: number | null;
  /** Title where none is given. */
  readonly title: string;
  readonly user: { readonly id: number; readonly username: string; readonly role: string };
  readonly count: CountReview;
}

const LONGEST_TITLE = 80;
const said = (message: string): ReviewOutcome => ({ ok: true, message });

/** Does what a form of the page asks. @throws AppError */
export async function reviewFromForm(
  db: Db,
  clock: Clock,
  { key, reviewId, title, user, count }: Given,
  form: FormData,
): Promise<ReviewOutcome> {
  const text = (name: string) =>
    String(form.get(name) ?? '')
      .normalize('NFC')
      .trim();
  const expectedRevision = /^\d{1,9}$/.test(text('revision')) ? Number(text('revision')) : null;
  const what = text('do');
  if (what === 'draw') {
    const own = (text('title') || title).slice(0, LONGEST_TITLE);
    await drawUp(db, clock, key, { title: own, actor: user });
    return said('已起草');
  }
  if (what === 'finish')
    return outcome(await finishDecision(db, clock, Number(text('id')), text('result'), user), '已办结');
  if (reviewId === null) throw new AppError('invalid', '请先起草');
  if (what === 'discuss') {
    await discuss(db, clock, reviewId, { note: text('note'), actor: user, expectedRevision });
    return said('已记下讨论意见');
  }
  if (what === 'seal') {
    const seq = await seal(db, clock, reviewId, { actor: user, expectedRevision, count });
    return said(`已封存，第 ${seq} 号`);
  }
  if (what === 'decide') return outcome(await decide(db, clock, reviewId, form, user.username), '已登记决定');
  throw new AppError('invalid', '请在页面上选择要办理的事项');
}

const outcome = (errors: Record<string, string>, message: string): ReviewOutcome =>
  Object.keys(errors).length > 0 ? { ok: false, errors } : said(message);
