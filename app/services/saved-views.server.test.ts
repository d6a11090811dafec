import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import type { Db } from '../db/clients.server.ts';
import { fixedClock } from '../db/clock.ts';
import { savedViews } from '../queries/saved-views.server.ts';
import { removeView, saveView, viewFromForm } from './saved-views.server.ts';

afterEach(closeTestDatabases);
const clock = fixedClock('2026-05-06T02:00:00.000Z');
const PAGE = '/candidates/giant';
const [ME, YOU, BOSS] = [
  { id: 1, role: 'staff' },
  { id: 2, role: 'staff' },
  { id: 3, role: 'administrator' },
];
let db: Db;
beforeEach(async () => {
  db = testDatabase();
  await db.write((tx) => {
    for (const name of ['甲', '乙', '丙'])
      tx.prepare(
        `INSERT INTO User (username, displayName, passwordHash, role, createdAt, passwordSetAt) VALUES (?, ?, '', 'staff', '', '')`,
      ).run(name, name);
  });
});

const save = (name: string, query: string, shared = false, owner = ME) =>
  saveView(db, clock, owner, { page: PAGE, name, query, shared });
const seen = (user = ME, page = PAGE) =>
  savedViews(db, page, user.id).map(({ name, to, by }) => [name, to, by]);

test('a view keeps the address without the page, and one of the same name is replaced', async () => {
  await save('近的', '?tab=near&page=7&size=small&section=');
  expect(seen()).toEqual([['近的', `${PAGE}?tab=near&size=small`, null]]);
  await save(' 近的 ', '');
  expect(seen()).toEqual([['近的', PAGE, null]]);
  expect(seen(ME, '/candidates/hnte')).toEqual([]);
});

test('one’s own are one’s own until they are shared', async () => {
  await save('甲的', 'a=1');
  await save('大家的', 'b=1', true);
  expect(seen(YOU)).toEqual([['大家的', `${PAGE}?b=1`, '甲']]);
  await save('大家的', 'c=1', false, YOU);
  expect(seen(YOU).map(([, , by]) => by)).toEqual([null, '甲']);
});

test('only its owner removes a view, and an administrator one that is shared', async () => {
  await save('甲的', '');
  await save('大家的', '', true);
  const id = (name: string) => savedViews(db, PAGE, ME.id).find((view) => view.name === name)!.id;
  await expect(removeView(db, YOU, id('甲的'))).rejects.toThrow('没有这个视图');
  await expect(removeView(db, BOSS, id('甲的'))).rejects.toThrow('没有这个视图');
  await expect(removeView(db, YOU, id('大家的'))).rejects.toThrow('只能删除自己的视图');
  await removeView(db, BOSS, id('大家的'));
  await removeView(db, ME, id('甲的'));
  expect(seen()).toEqual([]);
  await expect(removeView(db, ME, 1)).rejects.toThrow('没有这个视图');
});

test('a view needs a name of forty signs at most, an address of some length, and room', async () => {
  await expect(save('  ', '')).rejects.toThrow('请填写视图名称');
  await save('名'.repeat(40), '');
  await expect(save('名'.repeat(41), '')).rejects.toThrow('不超过 40 字');
  await expect(save('长', `q=${'x'.repeat(2000)}`)).rejects.toThrow('过长');
  for (let i = 2; i <= 50; i += 1) await save(`视图${i}`, '');
  await expect(save('第五十一个', '')).rejects.toThrow('最多保存 50 个');
  await save('视图2', 'changed=1');
  expect(seen()).toContainEqual(['视图2', `${PAGE}?changed=1`, null]);
});

test('a form says what to do', async () => {
  const form = (values: Record<string, string>) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(values)) data.set(name, value);
    return viewFromForm(db, clock, ME, PAGE, data);
  };
  expect(await form({ do: 'save-view', name: '新', query: 'a=1', shared: '1' })).toBe('已保存视图：新');
  const [view] = savedViews(db, PAGE, ME.id);
  expect(view).toMatchObject({ shared: true });
  expect(await form({ do: 'remove-view', view: String(view!.id) })).toBe('已删除视图');
});
