import { afterEach, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { inventedCode } from '../../tests/population.ts';
import { fixedClock } from '../db/clock.ts';
import { loadFacts } from '../queries/facts.server.ts';
import { recordFacts } from './facts.server.ts';
import { assignToPark, type Manner } from './park-assignment.server.ts';
import { createPark } from './parks.server.ts';
import { verify } from './verify.server.ts';

afterEach(closeTestDatabases);

const clock = fixedClock('2026-05-06T02:00:00.000Z');
const [A, B, C] = [inventedCode(1), inventedCode(2), inventedCode(3)];
const corrected: Manner = { kind: 'correction', source: 'official', knownAt: '2026-05-01' };

async function parkAndThree() {
  const db = testDatabase();
  const [first, second] = [
    await createPark(db, { clock, actor: 'test' }, { code: 'G1', name: '一园' }),
    await createPark(db, { clock, actor: 'test' }, { code: 'G2', name: '二园' }),
  ];
  await db.write((tx) =>
    recordFacts(
      tx,
      clock,
      [
        { kind: 'enterprise', uscc: A, values: { name: '甲公司' } },
        { kind: 'enterprise', uscc: B, values: { name: '乙公司', park: '一园' } },
        { kind: 'enterprise', uscc: C, values: { name: '乙公司' } },
      ],
      { actor: 'test' },
    ),
  );
  const assign = (parkId: number, lines: string[], manner: Manner = corrected) =>
    assignToPark(db, clock, { parkId, lines, manner, actor: 'wang' });
  const moves = () =>
    db.raw.prepare("SELECT enterpriseId, effectiveOn FROM Event WHERE type = 'moved'").all();
  return { db, first, second, assign, moves };
}

test('by code or name, each line for itself; what is doubtful comes back with the reason', async () => {
  const { db, first, assign, moves } = await parkAndThree();
  const result = await assign(first, [' 甲公司 ', B.toLowerCase(), '乙公司', '', '丙公司', '甲公司']);
  expect(result).toMatchObject({ assigned: 1, unchanged: 1 });
  expect(result.rejected.map(({ line }) => line)).toEqual(['乙公司', '丙公司']);
  expect(result.rejected[0]!.reason).toContain('2 家');
  expect([loadFacts(db, 1).park, loadFacts(db, 3).park]).toEqual(['一园', null]);
  expect(loadFacts(db, 1).provenance.park).toEqual({ source: 'official', knownAt: '2026-05-01' });
  expect(moves()).toEqual([]);
});

test('as a move it is an event of its day, and later statements no longer say where the enterprise is', async () => {
  const { db, first, second, assign, moves } = await parkAndThree();
  const move: Manner = { kind: 'move', on: '2026-04-01', reason: '搬迁' };
  expect(await assign(second, [B], move)).toMatchObject({ assigned: 1, rejected: [] });
  expect(moves()).toEqual([{ enterpriseId: 2, effectiveOn: '2026-04-01' }]);
  expect(loadFacts(db, 2).park).toBe('二园');
  expect((await assign(first, [B])).rejected).toHaveLength(1);
  expect(loadFacts(db, 2).park).toBe('二园');
  expect(verify(db, clock).problems).toEqual([]);
});

test('nothing to assign, no park and a move in the future are refused', async () => {
  const { first, assign } = await parkAndThree();
  await expect(assign(first, [' '])).rejects.toMatchObject({ code: 'invalid' });
  await expect(assign(99, [A])).rejects.toMatchObject({ code: 'not-found' });
  await expect(assign(first, [A], { kind: 'move', on: '2026-05-07', reason: '' })).rejects.toMatchObject({
    code: 'invalid',
  });
});
