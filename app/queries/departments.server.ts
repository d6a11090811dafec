/** Departments that sign at joint meetings. */
import { all, one, type Reading } from './sql.server.ts';

export interface DepartmentRow {
  readonly id: number;
  readonly name: string;
  readonly addedAt: string;
  /** Names of the users who sign for it. */
  readonly users: string | null;
}

/** The departments that sign now, by name. */
export const departments = (db: Reading): DepartmentRow[] =>
  all(
    db,
    `SELECT d.id, d.name, d.addedAt, group_concat(u.displayName, '、') AS users
     FROM Department d LEFT JOIN User u ON u.departmentId = d.id AND u.disabled = 0
     WHERE d.endedAt IS NULL GROUP BY d.id ORDER BY d.id`,
  );

/** For which department a user signs, and under what name. */
export const signerOf = (
  db: Reading,
  userId: number,
): { department: string | null; person: string } | undefined =>
  one(
    db,
    `SELECT d.name AS department, u.displayName AS person FROM User u
     LEFT JOIN Department d ON d.id = u.departmentId AND d.endedAt IS NULL WHERE u.id = ?`,
    userId,
  );
