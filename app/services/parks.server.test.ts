import { afterEach, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { inventedCode } from '../../tests/population.ts';
import { fixedClock } from '../db/clock.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { recordFacts } from './facts.server.ts';
import { createPark, findPark, movePark, parkTree, parkWithBelow, renamePark } from './parks.server.ts';

afterEach(closeTestDatabases);

async function threeParks() {
  const db = testDatabase();
  const top = await createPark(db, { code: 'G', name: '高新区' });
  const first = await createPark(db, { code: 'G1', name: '一园', parentId: top });
  const second = await createPark(db, { code: 'G2', name: '二园', parentId: first });
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
  await expect(movePark(db, { parkId: first, parentId: second })).rejects.toMatchObject({ code: 'refused' });
  await expect(movePark(db, { parkId: first, parentId: first })).rejects.toMatchObject({ code: 'refused' });
  await movePark(db, { parkId: second, parentId: null });
  expect(findPark(readerOf(db.raw), '二园')?.parentId).toBeNull();
  await expect(movePark(db, { parkId: 99, parentId: null })).rejects.toMatchObject({ code: 'not-found' });
});

test('a name or code stands for one park only', async () => {
  const { db } = await threeParks();
  await expect(createPark(db, { code: 'G9', name: '一园' })).rejects.toMatchObject({ code: 'conflict' });
  await expect(createPark(db, { code: 'G1', name: '九园' })).rejects.toMatchObject({ code: 'conflict' });
  await expect(createPark(db, { code: 'G9', name: '九园', parentId: 99 })).rejects.toMatchObject({
    code: 'not-found',
  });
  expect(() => createPark(db, { code: ' ', name: '九园' })).toThrow('不能为空');
});

test('a renamed park keeps its code; the old name, where it was the code, still finds it', async () => {
  const { db, top, first } = await threeParks();
  const added = await createPark(db, { code: '三园', name: '三园', parentId: top });
  await renamePark(db, { parkId: added, name: '创新园' });
  expect(findPark(readerOf(db.raw), '三园')).toMatchObject({ id: added, name: '创新园', parentId: top });
  await renamePark(db, { parkId: added, name: '创新园' });
  await expect(renamePark(db, { parkId: added, name: '一园' })).rejects.toMatchObject({ code: 'conflict' });
  await expect(renamePark(db, { parkId: first, name: ' ' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(renamePark(db, { parkId: 99, name: '九园' })).rejects.toMatchObject({ code: 'not-found' });
});

test('a name written with other blanks or brackets is the same park', async () => {
  const db = testDatabase();
  const id = await createPark(db, { code: 'G', name: '高新区（东）' });
  expect(findPark(readerOf(db.raw), '高新区 (东)')?.id).toBe(id);
  expect(findPark(readerOf(db.raw), '高新区东')).toBeUndefined();
  await expect(createPark(db, { code: 'G2', name: ' 高新区(东)' })).rejects.toMatchObject({
    code: 'conflict',
  });
});
