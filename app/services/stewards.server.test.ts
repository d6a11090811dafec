import { afterEach, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { invented } from '../../tests/population.ts';
import { fixedClock } from '../db/clock.ts';
import { listEnterprises } from '../queries/enterprises.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { chooseSteward, pastStewards, stewardsOn } from '../queries/stewards.server.ts';
import { mergeEnterprises } from './enterprise.server.ts';
import { recordFacts } from './facts.server.ts';
import { assignStewards, endStewardship, type Side } from './stewards.server.ts';
import { createUser } from './users.server.ts';

afterEach(closeTestDatabases);

const clock = fixedClock('2026-05-06T02:00:00.000Z');
const PASSWORD = 'ganlan-shu-7';

/** Five enterprises, two of the staff and one of the leadership. */
async function park() {
  const db = testDatabase();
  await db.write((tx) => recordFacts(tx, clock, invented(1, 5), { actor: 'test' }));
  const user = async (username: string, role: string) =>
    (await createUser(db, clock, { username, role, password: PASSWORD })).userId;
  const [wang, li, boss] = [
    await user('wang', 'staff'),
    await user('liliang', 'staff'),
    await user('lingdao', 'leadership'),
  ];
  const assign = (userId: number, enterpriseIds: number[], fromOn: string, side: Side = 'government') =>
    assignStewards(db, clock, { enterpriseIds, userId, side, fromOn, actor: 'wang' });
  const namesOn = (id: number, on: string) => stewardsOn(db, id, on).map(({ name, side }) => [side, name]);
  const found = (address: string, viewer: number, mine = false, day = '2026-05-06') => {
    const query = new URLSearchParams(address);
    const { scope, chosen } = chooseSteward(
      db,
      readScope(db, query, day),
      query,
      { id: viewer, displayName: 'x' },
      mine,
    );
    const { rows } = listEnterprises(db, {}, scope, { sort: { key: 'uscc', down: false }, page: 1 });
    return { chosen, ids: rows.map(({ id }) => id).sort(), stewards: rows.map(({ stewards }) => stewards) };
  };
  return { db, wang, li, boss, assign, namesOn, found };
}

test('one of each side at a time: a second one takes over on the day, and the past stays as it was', async () => {
  const { db, wang, li, assign, namesOn } = await park();
  expect(await assign(wang, [1, 2], '2026-01-01')).toEqual({ assigned: 2, unchanged: 0, rejected: [] });
  await assign(li, [1], '2026-02-01', 'company');
  expect(namesOn(1, '2026-03-01')).toEqual([
    ['government', 'wang'],
    ['company', 'liliang'],
  ]);
  expect(await assign(li, [1, 2], '2026-04-01')).toMatchObject({ assigned: 2 });
  expect(await assign(li, [1, 2], '2026-04-02')).toEqual({ assigned: 0, unchanged: 2, rejected: [] });
  expect(namesOn(2, '2026-03-31')).toEqual([['government', 'wang']]);
  expect(namesOn(2, '2026-04-01')).toEqual([['government', 'liliang']]);
  expect(pastStewards(db, 2)).toMatchObject([{ name: 'wang', fromOn: '2026-01-01', toOn: '2026-04-01' }]);
  const open = db.raw
    .prepare('SELECT count(*) AS n FROM Stewardship WHERE toOn IS NULL GROUP BY enterpriseId, side')
    .all();
  expect(open).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }]);
});

test('each enterprise for itself: what overlaps or is not there comes back with its reason', async () => {
  const { wang, li, assign, namesOn } = await park();
  await assign(wang, [1], '2026-03-01');
  const result = await assign(li, [1, 2, 99], '2026-02-01');
  expect(result.assigned).toBe(1);
  expect(result.rejected.map(({ enterpriseId }) => enterpriseId)).toEqual([1, 99]);
  expect(result.rejected[0]!.reason).toContain('2026-03-01');
  expect(namesOn(1, '2026-05-06')).toEqual([['government', 'wang']]);
});

test('a stewardship ends on a day and can be taken up again, not before it ended', async () => {
  const { db, wang, li, assign, namesOn } = await park();
  await assign(wang, [1], '2026-01-01');
  const end = (on: string) =>
    endStewardship(db, clock, { enterpriseId: 1, side: 'government', on, actor: 'wang' });
  await expect(end('2025-12-31')).rejects.toMatchObject({ code: 'invalid' });
  await expect(end('2026-05-07')).rejects.toMatchObject({ code: 'invalid' });
  await end('2026-03-01');
  expect([namesOn(1, '2026-02-28').length, namesOn(1, '2026-03-01').length]).toEqual([1, 0]);
  await expect(end('2026-03-02')).rejects.toMatchObject({ code: 'not-found' });
  expect((await assign(li, [1], '2026-02-01')).rejected).toHaveLength(1);
  expect(await assign(wang, [1], '2026-03-01')).toMatchObject({ assigned: 1 });
});

test('only the park’s people who may sign in, never from a day to come, never nobody', async () => {
  const { db, wang, boss, assign } = await park();
  await expect(assign(boss, [1], '2026-01-01')).rejects.toMatchObject({ code: 'invalid' });
  await expect(assign(99, [1], '2026-01-01')).rejects.toMatchObject({ code: 'not-found' });
  await expect(assign(wang, [], '2026-01-01')).rejects.toMatchObject({ code: 'invalid' });
  await expect(assign(wang, [1], '2026-05-07')).rejects.toMatchObject({ code: 'invalid' });
  await db.write((tx) => tx.prepare('UPDATE User SET disabled = 1 WHERE id = ?').run(wang));
  await expect(assign(wang, [1], '2026-01-01')).rejects.toMatchObject({ code: 'invalid' });
});

test('the filter of an address: mine, another’s, nobody’s, by default mine only for who has some', async () => {
  const { wang, li, boss, assign, found } = await park();
  await assign(wang, [1, 2], '2026-01-01');
  await assign(li, [2, 3], '2026-04-01', 'company');
  expect(found('', wang)).toMatchObject({ chosen: '', ids: [1, 2, 3, 4, 5] });
  expect(found('', wang, true)).toMatchObject({ chosen: 'me', ids: [1, 2] });
  expect(found('steward=all', wang, true)).toMatchObject({ chosen: 'all', ids: [1, 2, 3, 4, 5] });
  expect(found('', boss, true)).toMatchObject({ chosen: '', ids: [1, 2, 3, 4, 5] });
  expect(found(`steward=${li}`, wang)).toMatchObject({ chosen: String(li), ids: [2, 3] });
  expect(found('steward=none', wang).ids).toEqual([4, 5]);
  expect(found('steward=12x', wang)).toMatchObject({ chosen: '', ids: [1, 2, 3, 4, 5] });
  // On an earlier day only the first one was there.
  expect(found('steward=none', wang, false, '2026-03-01').ids).toEqual([3, 4, 5]);
  expect(found('steward=me', wang).stewards).toContainEqual(['wang', 'liliang']);
});

test('a merged record hands its stewards on where the side has nobody', async () => {
  const { db, wang, li, assign, namesOn } = await park();
  await assign(wang, [1], '2026-01-01');
  await assign(wang, [1], '2026-01-01', 'company');
  await assign(li, [2], '2026-01-01');
  await mergeEnterprises(db, clock, { fromId: 1, intoId: 2, actor: 'wang', reason: '重复' });
  expect(namesOn(2, '2026-05-06')).toEqual([
    ['government', 'liliang'],
    ['company', 'wang'],
  ]);
  expect(namesOn(1, '2026-05-06')).toEqual([]);
});
