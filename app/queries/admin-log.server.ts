/** What was changed in the park's own set-up. */
import type { AdminSubject } from '../db/admin-log.server.ts';
import { all, personOf, type Reading } from './sql.server.ts';

export interface AdminLogLine {
  readonly id: number;
  readonly at: string;
  /** The person's name, or what did it where it was no user. */
  readonly actor: string;
  readonly words: string;
}

/** The latest changes of one kind first. @param subjectId of one park, department or account; null for all */
export const adminLog = (
  db: Reading,
  subject: AdminSubject,
  subjectId: number | null = null,
  limit = 50,
): AdminLogLine[] =>
  all(
    db,
    `SELECT id, at, ${personOf('actor')} AS actor, words FROM AdminLog
     WHERE subject = ? AND subjectId = coalesce(?, subjectId) ORDER BY id DESC LIMIT ?`,
    subject,
    subjectId,
    limit,
  );
