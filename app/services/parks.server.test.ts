import { afterEach, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { inventedCode } from '../../tests/population.ts';
import { fixedClock } from '../db/clock.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { adminLog } from '../queries/admin-log.server.ts';
import { recordFacts } from './facts.server.ts';
import { changePark, createPark, findPark, parkTree, parkWithBelow, removePark } from './parks.server.ts';

afterEach(closeTestDatabases);

const BY = { clock: fixedClock('2026-05-06T02:00:00.000Z'), actor: 'admin' };

async function threeParks() {
  const db = testDatabase();
  const top = await createPark(db, BY, { code: 'G', name: '高新区' });
  const first = await createPark(db, BY, { code: 'G1', name: '一园', parentId: top });
  const second = await createPark(db, BY, { code: 'G2', name: '二园', parentId: first });
  return { db, top, first, second };
}

test('parks form a tree that counts its enterprises; a statement finds a park by name or code', async () => {
  const { db, top, first } = await threeParks();
  const clock = fixedClock('2026-05-06T02:00:00.000Z');
  const change = (number: number, park: string) =>
    ({ kind: 'enterprise', uscc: inventedCode(number), values: { name: `第${number}公司`, park } }) as const;
  await db.write((tx) =>
    recordFacts(tx, clock, [change(1, '一园'), change(2, 'G1'), change(3, '新园')], { actor: 'test' }),
  );
  expect(parkTree(db)).toMatchObject([
    { name: '新园', parentId: null, enterprises: 1 },
    { id: top, enterprises: 0, children: [{ id: first, enterprises: 2, children: [{ name: '二园' }] }] },
  ]);
});

test('a park moves with all below it, but not below itself', async () => {
  const { db, top, first, second } = await threeParks();
  expect(parkWithBelow(readerOf(db.raw), top).toSorted()).toEqual([top, first, second].toSorted());
  await expect(changePark(db, BY, { parkId: first, parentId: second })).rejects.toMatchObject({
    code: 'refused',
  });
  await expect(changePark(db, BY, { parkId: first, parentId: first })).rejects.toMatchObject({
    code: 'refused',
  });
  await changePark(db, BY, { parkId: second, parentId: null });
  expect(findPark(readerOf(db.raw), '二园')?.parentId).toBeNull();
  await expect(changePark(db, BY, { parkId: 99, parentId: null })).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('a name or code stands for one park only', async () => {
  const { db } = await threeParks();
  await expect(createPark(db, BY, { code: 'G9', name: '一园' })).rejects.toMatchObject({ code: 'conflict' });
  await expect(createPark(db, BY, { code: 'G1', name: '九园' })).rejects.toMatchObject({ code: 'conflict' });
  await expect(createPark(db, BY, { code: 'G9', name: '九园', parentId: 99 })).rejects.toMatchObject({
    code: 'not-found',
  });
  expect(() => createPark(db, BY, { code: ' ', name: '九园' })).toThrow('不能为空');
});

test('a renamed park keeps its code; the old name, where it was the code, still finds it', async () => {
  const { db, top, first } = await threeParks();
  const added = await createPark(db, BY, { code: '三园', name: '三园', parentId: top });
  await changePark(db, BY, { parkId: added, name: '创新园' });
  expect(findPark(readerOf(db.raw), '三园')).toMatchObject({ id: added, name: '创新园', parentId: top });
  await changePark(db, BY, { parkId: added, name: '创新园' });
  await expect(changePark(db, BY, { parkId: added, name: '一园' })).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(changePark(db, BY, { parkId: first, name: ' ' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(changePark(db, BY, { parkId: 99, name: '九园' })).rejects.toMatchObject({ code: 'not-found' });
});

test('a name written with other blanks or brackets is the same park', async () => {
  const db = testDatabase();
  const id = await createPark(db, BY, { code: 'G', name: '高新区（东）' });
  expect(findPark(readerOf(db.raw), '高新区 (东)')?.id).toBe(id);
  expect(findPark(readerOf(db.raw), '高新区东')).toBeUndefined();
  await expect(createPark(db, BY, { code: 'G2', name: ' 高新区(东)' })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('every change of the tree says who, when and what; a change that is refused says nothing', async () => {
  const { db, top, second } = await threeParks();
  const before = adminLog(db, 'park').length;
  await changePark(db, BY, { parkId: second, name: '创新园', parentId: top });
  await changePark(db, BY, { parkId: second, name: '创新园', parentId: top });
  // Both or neither: the place is not changed when the name is taken.
  await expect(changePark(db, BY, { parkId: second, name: '一园', parentId: null })).rejects.toThrow('一园');
  expect(findPark(readerOf(db.raw), '创新园')?.parentId).toBe(top);
  const lines = adminLog(db, 'park');
  expect(lines.slice(0, lines.length - before).map(({ words }) => words)).toEqual([
    '园区“二园”更名为“创新园”',
    '园区“二园”移动：原属“一园”，现属“高新区”',
  ]);
  expect(lines[0]).toMatchObject({ actor: 'admin', at: '2026-05-06T02:00:00.000Z' });
  await db.write((tx) =>
    recordFacts(
      tx,
      BY.clock,
      [{ kind: 'enterprise', uscc: inventedCode(9), values: { name: '甲公司', park: '新园' } }],
      { actor: 'staff' },
    ),
  );
  expect(adminLog(db, 'park')[0]).toMatchObject({
    actor: 'staff',
    words: expect.stringContaining('新园') as string,
  });
});

test('a park made by mistake goes, one with anything in it stays', async () => {
  const { db, first, second } = await threeParks();
  await expect(removePark(db, BY, first)).rejects.toThrow('有下级园区');
  await db.write((tx) =>
    recordFacts(
      tx,
      BY.clock,
      [{ kind: 'enterprise', uscc: inventedCode(9), values: { name: '甲公司', park: '二园' } }],
      { actor: 'staff' },
    ),
  );
  await expect(removePark(db, BY, second)).rejects.toThrow('名下有企业');
  const mistaken = await createPark(db, BY, { code: 'X', name: '误园' });
  await removePark(db, BY, mistaken);
  expect(findPark(readerOf(db.raw), '误园')).toBeUndefined();
  expect(adminLog(db, 'park')[0]?.words).toBe('删除园区“误园”（代码 X）');
});
