import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeTestDatabases, plantEnterprise, plantParks, testDatabase } from '../../tests/database.ts';
import { adminLog } from '../queries/admin-log.server.ts';
import { listTokens } from '../queries/tokens.server.ts';
import { fixedClock, type Db } from './database.server.ts';
import { createToken, revokeToken, tokenHolder, type NewToken } from './tokens.server.ts';

const NOW = fixedClock('2026-05-06T02:03:04.000Z');
const MESSAGE = '令牌不正确、已停用或已过期';
let db: Db;
beforeEach(async () => {
  db = testDatabase();
  await db.write((tx) => {
    plantParks(tx);
    plantEnterprise(tx, 1);
  });
});
afterEach(closeTestDatabases);

const make = (more: Partial<NewToken> = {}) =>
  createToken(db, NOW, { name: '统计平台', role: 'leadership', actor: 'admin', ...more });
const holder = (token: string, address = '10.0.0.1', clock = NOW) =>
  tokenHolder(db, clock, { token, address });

test('a token is kept as a hash alone, found again, and its use is noted to the minute', async () => {
  const { token, tokenId } = await make({ parkId: 2 });
  expect(token).toMatch(/^tidu_[\w-]{43}$/);
  const stored = JSON.stringify(db.raw.prepare('SELECT * FROM ApiToken').all());
  expect(stored).not.toContain(token);
  expect(await holder(token)).toEqual({
    tokenId,
    name: '统计平台',
    role: 'leadership',
    enterpriseId: null,
    parkId: 2,
  });
  const [row] = listTokens(db);
  expect(row).toMatchObject({
    prefix: token.slice(0, 11),
    park: '园区2',
    lastUsedAt: '2026-05-06T02:03:00.000Z',
  });
});

test('the day on which it ends is its last', async () => {
  const { token } = await make({ expiresOn: '2026-05-08' });
  await expect(holder(token, 'a', fixedClock('2026-05-08T15:59:59.000Z'))).resolves.toBeTruthy();
  // The next day has begun in Shanghai.
  await expect(holder(token, 'a', fixedClock('2026-05-08T16:00:00.000Z'))).rejects.toMatchObject({
    code: 'unauthenticated',
    userMessage: MESSAGE,
  });
});

test('a revoked one is refused at once, and cannot be revoked again', async () => {
  const { token, tokenId } = await make();
  await holder(token);
  await revokeToken(db, NOW, { tokenId, actor: 'admin' });
  const shown = `“统计平台”（${token.slice(0, 11)}…）`;
  expect(adminLog(db, 'token').map(({ words }) => words)).toEqual([
    `停用接口令牌${shown}`,
    `建立接口令牌${shown}，角色领导`,
  ]);
  await expect(holder(token)).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(revokeToken(db, NOW, { tokenId, actor: 'admin' })).rejects.toMatchObject({ code: 'conflict' });
});

test('too many wrong ones from an address wait; the right one there does not, nor do others elsewhere', async () => {
  const { token } = await make();
  const wrong = `tidu_${'x'.repeat(43)}`;
  for (let i = 0; i < 50; i += 1)
    await expect(holder(wrong)).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(holder(wrong)).rejects.toMatchObject({ code: 'too-many' });
  await expect(holder('nonsense')).rejects.toMatchObject({ code: 'too-many' });
  await expect(holder(wrong, '10.0.0.2')).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(holder(token)).resolves.toMatchObject({ role: 'leadership' });
});

describe('a token that would see too much, or nothing, is not made', () => {
  test.each<[string, Partial<NewToken>, string]>([
    ['no name', { name: ' ' }, 'invalid'],
    ['an administrator', { role: 'administrator' }, 'invalid'],
    ['an enterprise without one', { role: 'enterprise' }, 'invalid'],
    ['another role with an enterprise', { enterpriseId: 1 }, 'invalid'],
    ['an enterprise with a park', { role: 'enterprise', enterpriseId: 1, parkId: 1 }, 'invalid'],
    ['an enterprise that is not there', { role: 'enterprise', enterpriseId: 9 }, 'not-found'],
    ['a park that is not there', { parkId: 9 }, 'not-found'],
    ['one that is over', { expiresOn: '2026-05-05' }, 'invalid'],
    ['no day', { expiresOn: '2026-02-30' }, 'invalid'],
  ])('%s', async (_what, more, code) => {
    await expect(make(more)).rejects.toMatchObject({ code });
    expect(listTokens(db)).toEqual([]);
  });
});
