/** Users: who may sign in, as what. Every change of a password or a role ends the user's sessions. */
import { createHash } from 'node:crypto';
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import type { Reader } from '../db/connection.server.ts';
import { AppError } from '../db/errors.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';
import { logBy, type By } from '../db/admin-log.server.ts';
import { requireDepartment } from './departments.server.ts';
import { hashPassword, oneTimeText, requireGoodPassword, verifyPassword } from './passwords.server.ts';
import { isRole, ROLES, type Role } from './roles.ts';

export interface User {
  readonly id: number;
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly enterpriseId: number | null;
  /** Of a section's user: the department for which it signs. */
  readonly departmentId: number | null;
  readonly mustChange: boolean;
  readonly disabled: boolean;
  readonly createdAt: string;
}

interface UserRow extends Omit<User, 'mustChange' | 'disabled'> {
  readonly mustChange: 0 | 1;
  readonly disabled: 0 | 1;
  readonly passwordHash: string;
}

const toUser = ({ passwordHash: _hash, ...row }: UserRow): User => ({
  ...row,
  mustChange: row.mustChange === 1,
  disabled: row.disabled === 1,
});

/** Names are compared without regard to case, width and blanks. */
export const tidyUsername = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

const USERNAME = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,49}$/u;

export function readUserRow(reader: Reader, username: string): UserRow | undefined {
  return reader.prepare<UserRow>('SELECT * FROM User WHERE username = ?').get(tidyUsername(username));
}

function requireUser(reader: Reader, userId: number): UserRow {
  const row = reader.prepare<UserRow>('SELECT * FROM User WHERE id = ?').get(userId);
  if (!row) throw new AppError('not-found', '没有这个用户');
  return row;
}

/** All users by name, without their passwords. */
export function listUsers(db: Db): User[] {
  return readerOf(db.raw).prepare<UserRow>('SELECT * FROM User ORDER BY username').all().map(toUser);
}

export interface NewUser {
  readonly username: string;
  readonly displayName?: string;
  readonly role: string;
  /** Absent: a one-time password is made. */
  readonly password?: string | null;
  /** The enterprise of a user with the role `enterprise`. */
  readonly enterpriseId?: number | null;
}

export interface CreatedUser {
  readonly userId: number;
  /** To be handed over; must be changed at the first login. Null where a password was given. */
  readonly oneTimePassword: string | null;
}

/** Adds a user. @throws AppError `invalid`, `conflict` (name taken), `not-found` (enterprise) */
export async function createUser(db: Db, clock: Clock, input: NewUser): Promise<CreatedUser> {
  const checked = checkAccount(input);
  const oneTimePassword = input.password == null ? oneTimeText() : null;
  if (input.password != null) requireGoodPassword(input.password, checked.username);
  const passwordHash = await hashPassword(oneTimePassword ?? input.password!);
  const userId = await db.write((tx) =>
    addAccount(tx, clock, { ...checked, passwordHash, mustChange: oneTimePassword !== null }),
  );
  return { userId, oneTimePassword };
}

type Account = { username: string; displayName: string; role: Role; enterpriseId: number | null };

/** Checks what an account is to be called and be. @throws AppError `invalid` */
export function checkAccount(input: Omit<NewUser, 'password'>): Account {
  const username = tidyUsername(input.username);
  if (!USERNAME.test(username)) {
    throw new AppError('invalid', '用户名应为 2 至 50 个字符，用字母、数字、汉字和 . _ @ -');
  }
  if (!isRole(input.role)) throw new AppError('invalid', `角色应为 ${ROLES.join('、')} 之一`);
  const enterpriseId = input.enterpriseId ?? null;
  if ((input.role === 'enterprise') !== (enterpriseId !== null)) {
    throw new AppError('invalid', '企业用户须指定所属企业，其他用户不能指定');
  }
  const displayName = input.displayName?.trim() || input.username.trim();
  return { username, displayName, role: input.role, enterpriseId };
}

/** Adds an account whose password is hashed already. @throws AppError `conflict`, `not-found` */
export function addAccount(
  tx: Tx,
  clock: Clock,
  user: Account & { passwordHash: string; mustChange: boolean },
): number {
  if (readUserRow(tx, user.username)) throw new AppError('conflict', `用户名 ${user.username} 已被使用`);
  const { enterpriseId } = user;
  if (enterpriseId !== null) requireEnterprise(tx, enterpriseId);
  const now = clock.now();
  const added = tx
    .prepare(
      `INSERT INTO User
         (username, displayName, passwordHash, role, enterpriseId, mustChange, disabled, createdAt, passwordSetAt)
       VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)`,
    )
    .run(
      user.username,
      user.displayName,
      user.passwordHash,
      user.role,
      enterpriseId,
      Number(user.mustChange),
      now,
      now,
    );
  return Number(added.lastInsertRowid);
}

/**
 * A user sets a new password and stays signed in here; every other session of theirs ends.
 * @param input.keepSession id of the session that stays (see sessions.server.ts)
 * @throws AppError `forbidden` when the present password is wrong, `invalid` for a poor new one
 */
export async function changeOwnPassword(
  db: Db,
  clock: Clock,
  input: { userId: number; current: string; next: string; keepSession?: string | null },
): Promise<void> {
  const before = requireUser(readerOf(db.raw), input.userId);
  if (!(await verifyPassword(before.passwordHash, input.current)))
    throw new AppError('forbidden', '原密码不正确');
  requireGoodPassword(input.next, before.username);
  if (input.next === input.current) throw new AppError('invalid', '新密码不能与原密码相同');
  const passwordHash = await hashPassword(input.next);
  await db.write((tx) => {
    // Hashing takes a while: somebody may have reset the password meanwhile.
    if (requireUser(tx, input.userId).passwordHash !== before.passwordHash) {
      throw new AppError('conflict', '密码刚被修改过，请重新登录');
    }
    storePassword(tx, clock, input.userId, passwordHash, false);
    tx.prepare('DELETE FROM Session WHERE userId = ? AND id IS NOT ?').run(
      input.userId,
      input.keepSession ?? null,
    );
  });
}

/**
 * The administrator gives a one-time password, which must be changed at the next login; every session of the user
 * ends. @returns it @throws AppError `not-found`, `refused` for one's own account (see changeOwnPassword)
 */
export async function resetPassword(db: Db, by: By, userId: number): Promise<string> {
  const password = oneTimeText();
  const passwordHash = await hashPassword(password);
  await db.write((tx) => {
    const user = requireUser(tx, userId);
    if (user.username === by.actor) throw new AppError('refused', '自己的密码请在“账户”中修改，不能重置');
    storePassword(tx, by.clock, userId, passwordHash, true);
    tx.prepare('DELETE FROM Session WHERE userId = ?').run(userId);
    logBy(tx, by, { subject: 'account', subjectId: userId, words: `重置 ${user.username} 的密码` });
  });
  return password;
}

function storePassword(
  tx: Tx,
  clock: Clock,
  userId: number,
  passwordHash: string,
  mustChange: boolean,
): void {
  tx.prepare('UPDATE User SET passwordHash = ?, mustChange = ?, passwordSetAt = ? WHERE id = ?').run(
    passwordHash,
    Number(mustChange),
    clock.now(),
    userId,
  );
}

/** Shuts a user out, or lets them in again. @throws AppError `refused` for the last administrator */
export function setDisabled(db: Db, by: By, input: { userId: number; disabled: boolean }): Promise<void> {
  return db.write((tx) => {
    const user = requireUser(tx, input.userId);
    if (input.disabled && user.role === 'administrator' && administrators(tx) === 1 && user.disabled === 0) {
      throw new AppError('refused', '不能停用最后一位系统管理员');
    }
    if (Boolean(user.disabled) === input.disabled) return;
    tx.prepare('UPDATE User SET disabled = ? WHERE id = ?').run(Number(input.disabled), input.userId);
    if (input.disabled) tx.prepare('DELETE FROM Session WHERE userId = ?').run(input.userId);
    const words = `${input.disabled ? '停用' : '启用'} ${user.username}`;
    logBy(tx, by, { subject: 'account', subjectId: user.id, words });
  });
}

/** Ties an enterprise's account to another enterprise. @throws AppError `not-found`, `refused` for other roles */
export function linkUser(db: Db, by: By, input: { userId: number; enterpriseId: number }): Promise<void> {
  return db.write((tx) => {
    const user = requireUser(tx, input.userId);
    if (user.role !== 'enterprise') throw new AppError('refused', '只有企业用户可以关联企业');
    const { name } = requireEnterprise(tx, input.enterpriseId);
    tx.prepare('UPDATE User SET enterpriseId = ? WHERE id = ?').run(input.enterpriseId, input.userId);
    const words = `${user.username} 关联到“${name}”`;
    logBy(tx, by, { subject: 'account', subjectId: user.id, words });
  });
}

/** Says for which department a section's user signs; null for none. @throws AppError `not-found`, `refused` for other roles */
export function setDepartment(
  db: Db,
  by: By,
  input: { userId: number; departmentId: number | null },
): Promise<void> {
  return db.write((tx) => {
    const user = requireUser(tx, input.userId);
    if (user.role !== 'section') throw new AppError('refused', '只有科室审核用户代表部门签署');
    const department = input.departmentId === null ? null : requireDepartment(tx, input.departmentId);
    tx.prepare('UPDATE User SET departmentId = ? WHERE id = ?').run(input.departmentId, input.userId);
    const words = `${user.username} ${department ? `代表“${department.name}”签署` : '不再代表部门签署'}`;
    logBy(tx, by, { subject: 'account', subjectId: user.id, words });
  });
}

/** Corrects the name under which a user is shown. @throws AppError `not-found`, `invalid` */
export async function renameUser(
  db: Db,
  by: By,
  input: { userId: number; displayName: string },
): Promise<void> {
  const displayName = input.displayName.trim();
  if (displayName === '' || displayName.length > 50) throw new AppError('invalid', '姓名应为 1 至 50 个字');
  await db.write((tx) => {
    const user = requireUser(tx, input.userId);
    if (user.displayName === displayName) return;
    tx.prepare('UPDATE User SET displayName = ? WHERE id = ?').run(displayName, input.userId);
    const words = `${user.username} 的姓名由“${user.displayName}”改为“${displayName}”`;
    logBy(tx, by, { subject: 'account', subjectId: user.id, words });
  });
}

function requireEnterprise(tx: Tx, id: number): { name: string } {
  const found = tx.prepare<{ name: string }>('SELECT name FROM Enterprise WHERE id = ?').get(id);
  if (!found) throw new AppError('not-found', '没有这家企业');
  return found;
}

function administrators(reader: Reader): number {
  const sql = "SELECT count(*) AS n FROM User WHERE role = 'administrator' AND disabled = 0";
  return reader.prepare<{ n: number }>(sql).get()!.n;
}

/** Whether somebody can administer; otherwise the first visit leads to the setup page. */
export const hasAdministrator = (db: Db): boolean => administrators(readerOf(db.raw)) > 0;

const SETUP_KEY = 'setup-code';
const digest = (code: string) => createHash('sha256').update(code.trim().toLowerCase()).digest('hex');

/** Makes the code of the first visit, to be printed in the server's log; null when there is an administrator. */
export async function setupCode(db: Db): Promise<string | null> {
  if (hasAdministrator(db)) return null;
  const code = oneTimeText();
  await db.write((tx) => {
    tx.prepare('REPLACE INTO Setting (key, value) VALUES (?, ?)').run(SETUP_KEY, digest(code));
  });
  return code;
}

/** The first administrator, on the first visit. @throws AppError `forbidden` for a wrong code, `refused` when there is one */
export async function createFirstAdministrator(
  db: Db,
  clock: Clock,
  input: { code: string; username: string; displayName?: string; password: string },
): Promise<number> {
  const checked = checkAccount({ ...input, role: 'administrator' });
  requireSetupCode(readerOf(db.raw), input.code);
  requireGoodPassword(input.password, checked.username);
  const passwordHash = await hashPassword(input.password);
  return db.write((tx) => {
    requireSetupCode(tx, input.code);
    tx.prepare('DELETE FROM Setting WHERE key = ?').run(SETUP_KEY);
    return addAccount(tx, clock, { ...checked, passwordHash, mustChange: false });
  });
}

function requireSetupCode(reader: Reader, code: string): void {
  if (administrators(reader) > 0) throw new AppError('refused', '系统管理员已经存在，请直接登录');
  const row = reader.prepare<{ value: string }>('SELECT value FROM Setting WHERE key = ?').get(SETUP_KEY);
  if (!row || row.value !== digest(code)) throw new AppError('forbidden', '启动码不正确，请查看服务日志');
}
