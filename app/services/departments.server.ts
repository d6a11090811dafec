/** The park's list of departments that sign at joint meetings, and which user signs for which. */
import type { Db } from '../db/clients.server.ts';
import type { Reader } from '../db/connection.server.ts';
import { logBy, type By } from '../db/admin-log.server.ts';
import { AppError } from '../db/errors.ts';
import type { Tx } from '../db/writer.server.ts';

export interface Department {
  readonly id: number;
  readonly name: string;
  readonly endedAt: string | null;
}

const MOST = 50;
const tidy = (name: string) => name.normalize('NFKC').replace(/\s+/g, '');

/** The department of that name that signs now. */
export function standingDepartment(reader: Reader, name: string): Department | undefined {
  return reader
    .prepare<Department>('SELECT id, name, endedAt FROM Department WHERE name = ? AND endedAt IS NULL')
    .get(tidy(name));
}

/**
 * Puts a department on the list; one that was ended comes back under its old entry.
 * @returns its id
 * @throws AppError `invalid`, `conflict` when it is on the list
 */
export async function addDepartment(db: Db, by: By, typed: string): Promise<number> {
  const name = tidy(typed);
  if (name === '' || name.length > MOST) throw new AppError('invalid', `请填写部门名称，不超过 ${MOST} 字`);
  return db.write((tx) => {
    const known = tx.prepare<Department>('SELECT id, name, endedAt FROM Department WHERE name = ?').get(name);
    if (known?.endedAt === null) throw new AppError('conflict', `“${name}”已在名单上`);
    if (known) {
      tx.prepare('UPDATE Department SET endedAt = NULL WHERE id = ?').run(known.id);
      logBy(tx, by, { subject: 'department', subjectId: known.id, words: `恢复部门“${name}”` });
      return known.id;
    }
    const added = tx
      .prepare('INSERT INTO Department (name, addedBy, addedAt) VALUES (?, ?, ?)')
      .run(name, by.actor, by.clock.now());
    const id = Number(added.lastInsertRowid);
    logBy(tx, by, { subject: 'department', subjectId: id, words: `新增部门“${name}”` });
    return id;
  });
}

/** Takes a department off the list: what it signed stays. @throws AppError `not-found` */
export async function endDepartment(db: Db, by: By, departmentId: number): Promise<void> {
  await db.write((tx) => {
    const department = requireDepartment(tx, departmentId);
    tx.prepare('UPDATE Department SET endedAt = ? WHERE id = ?').run(by.clock.now(), departmentId);
    tx.prepare('UPDATE User SET departmentId = NULL WHERE departmentId = ?').run(departmentId);
    const words = `停用部门“${department.name}”`;
    logBy(tx, by, { subject: 'department', subjectId: departmentId, words });
  });
}

/** A department that signs now. @throws AppError `not-found` */
export function requireDepartment(tx: Tx, id: number): Department {
  const found = tx
    .prepare<Department>('SELECT id, name, endedAt FROM Department WHERE id = ? AND endedAt IS NULL')
    .get(id);
  if (!found) throw new AppError('not-found', '名单上没有这个部门');
  return found;
}
