import { afterEach, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { inventedCode } from '../../tests/population.ts';
import { fixedClock } from '../db/clock.ts';
import { adminLog } from '../queries/admin-log.server.ts';
import { departments, signerOf } from '../queries/departments.server.ts';
import { addDepartment, endDepartment } from './departments.server.ts';
import { recordFacts } from './facts.server.ts';
import { login, logout, sessionCookie, sessionIdOf, sessionUser } from './sessions.server.ts';
import {
  changeOwnPassword,
  createFirstAdministrator,
  createUser,
  hasAdministrator,
  linkUser,
  listUsers,
  resetPassword,
  renameUser,
  setDepartment,
  setDisabled,
  setupCode,
} from './users.server.ts';

afterEach(closeTestDatabases);

const clock = fixedClock('2026-05-06T02:00:00.000Z');
const BY = { clock, actor: 'admin' };
const PASSWORD = 'ganlan-shu-7';
const cookie = (token: string) => `other=1; ${sessionCookie(token, true).split(';')[0]}`;

async function withUser(role = 'administrator') {
  const db = testDatabase();
  const { userId } = await createUser(db, clock, { username: 'Wang.Li', role, password: PASSWORD });
  const enter = (password: string, address = '10.0.0.1', at = clock) =>
    login(db, at, { username: 'ｗang.li', password, address });
  return { db, userId, enter };
}

test('a user signs in, is known by the cookie, and signs out', async () => {
  const { db, enter } = await withUser();
  const token = await enter(PASSWORD);
  expect(sessionUser(db, clock, cookie(token))).toMatchObject({
    username: 'wang.li',
    role: 'administrator',
    mustChange: false,
  });
  const stored = JSON.stringify([
    db.raw.prepare('SELECT * FROM Session').all(),
    db.raw.prepare('SELECT * FROM User').all(),
  ]);
  expect(stored).not.toContain(token);
  expect(stored).not.toContain(PASSWORD);
  await logout(db, cookie(token));
  expect(sessionUser(db, clock, cookie(token))).toBeNull();
});

test('a session ends after twelve hours', async () => {
  const { db, enter } = await withUser();
  const token = await enter(PASSWORD);
  expect(sessionUser(db, fixedClock('2026-05-06T13:59:59.999Z'), cookie(token))).not.toBeNull();
  expect(sessionUser(db, fixedClock('2026-05-06T14:00:00.000Z'), cookie(token))).toBeNull();
});

test.each([null, '', 'tidu_session=', 'tidu_session=x', "tidu_session=' OR 1=1 --"])(
  'the cookie header %j is nobody',
  (header) => expect(sessionUser(testDatabase(), clock, header)).toBeNull(),
);

test('wrong passwords and unknown names are refused in the same words', async () => {
  const { db, enter } = await withUser();
  await expect(enter('wrong')).rejects.toMatchObject({
    code: 'unauthenticated',
    userMessage: '用户名或密码不正确',
  });
  const stranger = login(db, clock, { username: 'nobody', password: PASSWORD, address: '10.0.0.1' });
  await expect(stranger).rejects.toMatchObject({
    code: 'unauthenticated',
    userMessage: '用户名或密码不正确',
  });
});

test('after five failures from an address the right password does not help there, for a quarter of an hour', async () => {
  const { enter } = await withUser();
  await Promise.allSettled(Array.from({ length: 5 }, () => enter('wrong')));
  await expect(enter(PASSWORD)).rejects.toMatchObject({ code: 'too-many', status: 429 });
  await expect(enter(PASSWORD, '10.0.0.2')).resolves.toBeTruthy();
  await expect(enter(PASSWORD, '10.0.0.1', fixedClock('2026-05-06T02:15:00.000Z'))).resolves.toBeTruthy();
});

test('ten attempts at once are not more than the limit', async () => {
  const { enter } = await withUser();
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => enter('wrong')));
  const codes = results.map((result) => (result.status === 'rejected' ? result.reason.code : 'in'));
  expect(codes.filter((code) => code === 'unauthenticated')).toHaveLength(5);
  expect(codes.filter((code) => code === 'too-many')).toHaveLength(5);
});

test('changing the password ends the other sessions, not this one', async () => {
  const { db, userId, enter } = await withUser();
  const [here, there] = [await enter(PASSWORD), await enter(PASSWORD)];
  const change = (current: string, next: string) =>
    changeOwnPassword(db, clock, { userId, current, next, keepSession: sessionIdOf(cookie(here)) });
  await expect(change('wrong', 'changan-jie-10')).rejects.toMatchObject({ code: 'forbidden' });
  await expect(change(PASSWORD, 'short')).rejects.toMatchObject({ code: 'invalid' });
  await expect(change(PASSWORD, 'my wang.li 2026')).rejects.toMatchObject({ code: 'invalid' });
  await change(PASSWORD, 'changan-jie-10');
  expect(sessionUser(db, clock, cookie(here))).not.toBeNull();
  expect(sessionUser(db, clock, cookie(there))).toBeNull();
  await expect(enter('changan-jie-10')).resolves.toBeTruthy();
});

test('a reset gives a one-time password that must be changed', async () => {
  const { db, userId, enter } = await withUser();
  const before = await enter(PASSWORD);
  const oneTime = await resetPassword(db, BY, userId);
  expect(sessionUser(db, clock, cookie(before))).toBeNull();
  await expect(enter(PASSWORD)).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(sessionUser(db, clock, cookie(await enter(oneTime)))?.mustChange).toBe(true);
  await changeOwnPassword(db, clock, { userId, current: oneTime, next: PASSWORD });
  expect(sessionUser(db, clock, cookie(await enter(PASSWORD)))?.mustChange).toBe(false);
});

test('a disabled user is out at once; the last administrator cannot be disabled', async () => {
  const { db, userId, enter } = await withUser();
  await expect(setDisabled(db, BY, { userId, disabled: true })).rejects.toMatchObject({ code: 'refused' });
  await createUser(db, clock, { username: 'second', role: 'administrator' });
  const token = await enter(PASSWORD);
  await setDisabled(db, BY, { userId, disabled: true });
  expect(sessionUser(db, clock, cookie(token))).toBeNull();
  await expect(enter(PASSWORD)).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('users are checked: name taken, poor name, role, enterprise', async () => {
  const { db } = await withUser('staff');
  const add = (input: object) => createUser(db, clock, { username: 'li', role: 'staff', ...input });
  await expect(add({ username: ' WANG.li ' })).rejects.toMatchObject({ code: 'conflict' });
  await expect(add({ username: 'a b' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(add({ role: 'root' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(add({ role: 'enterprise' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(add({ role: 'enterprise', enterpriseId: 9 })).rejects.toMatchObject({ code: 'not-found' });
  expect(listUsers(db).map((user) => user.username)).toEqual(['wang.li']);
});

test('an enterprise account can be tied to another enterprise; accounts of the park to none', async () => {
  const { db, userId } = await withUser('staff');
  await db.write((tx) =>
    recordFacts(
      tx,
      clock,
      [1, 2].map((number) => ({ kind: 'enterprise', uscc: inventedCode(number), values: {} }) as const),
      { actor: 'test' },
    ),
  );
  const made = await createUser(db, clock, { username: 'qiye', role: 'enterprise', enterpriseId: 1 });
  await linkUser(db, BY, { userId: made.userId, enterpriseId: 2 });
  expect(listUsers(db).find(({ username }) => username === 'qiye')?.enterpriseId).toBe(2);
  await expect(linkUser(db, BY, { userId, enterpriseId: 2 })).rejects.toMatchObject({ code: 'refused' });
  await expect(linkUser(db, BY, { userId: made.userId, enterpriseId: 9 })).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('the first administrator needs the code of the log, once', async () => {
  const db = testDatabase();
  const code = await setupCode(db);
  const first = (given: string) =>
    createFirstAdministrator(db, clock, { code: given, username: 'admin', password: PASSWORD });
  await expect(first('guess')).rejects.toMatchObject({ code: 'forbidden' });
  await first(code!);
  expect(hasAdministrator(db)).toBe(true);
  await expect(first(code!)).rejects.toMatchObject({ code: 'refused' });
  expect(await setupCode(db)).toBeNull();
});

test('what an administrator does to an account is on record; one’s own password is not reset', async () => {
  const { db, userId } = await withUser('section');
  await resetPassword(db, BY, userId);
  await setDisabled(db, BY, { userId, disabled: true });
  await setDisabled(db, BY, { userId, disabled: true });
  await renameUser(db, BY, { userId, displayName: ' 王丽 ' });
  expect(adminLog(db, 'account').map(({ words }) => words)).toEqual([
    'wang.li 的姓名由“Wang.Li”改为“王丽”',
    '停用 wang.li',
    '重置 wang.li 的密码',
  ]);
  await expect(resetPassword(db, { clock, actor: 'wang.li' }, userId)).rejects.toMatchObject({
    code: 'refused',
  });
  await expect(renameUser(db, BY, { userId, displayName: ' ' })).rejects.toMatchObject({ code: 'invalid' });
});

test('a section’s user signs for a department of the list, as long as it is there', async () => {
  const { db, userId } = await withUser('section');
  const departmentId = await addDepartment(db, BY, ' 科技 创新局 ');
  await expect(addDepartment(db, BY, '科技创新局')).rejects.toMatchObject({ code: 'conflict' });
  await setDepartment(db, BY, { userId, departmentId });
  expect(signerOf(db, userId)).toEqual({ department: '科技创新局', person: 'Wang.Li' });
  await endDepartment(db, BY, departmentId);
  expect([departments(db), signerOf(db, userId)?.department]).toEqual([[], null]);
  await expect(setDepartment(db, BY, { userId, departmentId })).rejects.toMatchObject({ code: 'not-found' });
  // It comes back under its old entry.
  expect(await addDepartment(db, BY, '科技创新局')).toBe(departmentId);
  const { userId: staff } = await createUser(db, clock, { username: 'li', role: 'staff' });
  await expect(setDepartment(db, BY, { userId: staff, departmentId })).rejects.toMatchObject({
    code: 'refused',
  });
});
