/** The log of changes in the park's own set-up: who changed parks, departments, accounts and tokens, when, and what. */
import type { Clock } from './clock.ts';
import type { Tx } from './writer.server.ts';

export type AdminSubject = 'park' | 'department' | 'account' | 'token';

/** Who does something, and when. */
export interface By {
  readonly clock: Clock;
  readonly actor: string;
}

export interface AdminChange {
  readonly subject: AdminSubject;
  readonly subjectId: number;
  /** What was changed, in words for the page. */
  readonly words: string;
}

/** Puts a change on record, in the transaction that makes it. */
export function logAdmin(tx: Tx, by: { now: string; actor: string }, change: AdminChange): void {
  tx.prepare('INSERT INTO AdminLog (subject, subjectId, words, actor, at) VALUES (?, ?, ?, ?, ?)').run(
    change.subject,
    change.subjectId,
    change.words,
    by.actor,
    by.now,
  );
}

/** The same, for services that are told who and when at once. */
export const logBy = (tx: Tx, by: By, change: AdminChange): void =>
  logAdmin(tx, { now: by.clock.now(), actor: by.actor }, change);
