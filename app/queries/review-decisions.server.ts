/** Decisions of reviews: of one, those still open from before, and those of one owner. */
import type { ReviewSwitches, ReviewWindow } from '../pipeline/review/tables.ts';
import { all, personOf, type Reading } from './sql.server.ts';

export interface Decision {
  readonly id: number;
  readonly reviewId: number;
  readonly reviewTitle: string;
  readonly text: string;
  readonly ownerId: number;
  readonly owner: string;
  readonly dueOn: string;
  readonly doneBy: string | null;
  readonly doneAt: string | null;
  readonly result: string | null;
}

const SELECT = `SELECT d.id, d.reviewId, r.title AS reviewTitle, d.text, d.ownerId, u.displayName AS owner, d.dueOn,
    ${personOf('d.doneBy')} AS doneBy, d.doneAt, d.result
  FROM ReviewDecision d JOIN Review r ON r.id = d.reviewId JOIN User u ON u.id = d.ownerId`;

/** What a review decided, the first day first. */
export const decisionsOf = (db: Reading, reviewId: number): Decision[] =>
  all(db, `${SELECT} WHERE d.reviewId = ? ORDER BY d.dueOn, d.id`, reviewId);

/** What reviews up to a quarter decided and is not done, for the next one to ask about. */
export const openDecisionsBefore = (db: Reading, quarter: string, except: number | null): Decision[] =>
  all(
    db,
    `${SELECT} WHERE d.doneAt IS NULL AND r.quarter <= ? AND r.id <> ? ORDER BY d.dueOn, d.id`,
    quarter,
    except ?? 0,
  );

/** Everything decided that is not done. */
export const openDecisions = (
  db: Reading,
): (Decision & { readonly quarter: string; readonly scope: string })[] =>
  all(
    db,
    `${SELECT.replace('d.result\n', 'd.result, r.quarter, r.scope\n')} WHERE d.doneAt IS NULL ORDER BY d.dueOn, d.id`,
  );

/** The address of a stored review. */
export function reviewAddress(quarter: string, scope: string): string {
  const { window, ...switches } = JSON.parse(scope) as ReviewSwitches & { window: ReviewWindow };
  const query = new URLSearchParams();
  if (window !== 'quarter') query.set('window', window);
  for (const key of ['park', 'industry', 'steward', 'source'] as const) {
    const value = switches[key];
    if (value !== null) query.set(key, value);
  }
  if (switches.located) query.set('located', '1');
  if (switches.counting === 'held') query.set('counting', 'held');
  if (switches.unit === '家次') query.set('unit', switches.unit);
  const text = query.toString();
  return `/reviews/${quarter}${text && `?${text}`}`;
}
