import { afterEach, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { inventedCode } from '../../tests/population.ts';
import { fixedClock } from '../db/clock.ts';
import { submit } from '../services/door.server.ts';
import type { FactChange } from '../services/fact-change.ts';
import { recordFacts } from '../services/facts.server.ts';
import { readyList } from '../services/verdict-job.server.ts';
import { CANDIDATE_TABS } from '../rules/ranking.ts';
import { rankCandidates } from './candidate-ranking.server.ts';
import { readCandidateRequest } from './candidate-request.server.ts';
import { listCandidates } from './candidates.server.ts';
import { listEnterprises } from './enterprises.server.ts';
import { readFunnel } from './funnel.server.ts';
import { dataGaps } from './overview.server.ts';
import { readScope } from './scope.server.ts';

afterEach(closeTestDatabases);

const clock = fixedClock('2026-05-06T02:00:00.000Z');

/** 1 stays; 2 is deregistered on 2026-03-01; 3 moves out on 2026-04-01; 4 is registered on 2026-02-01. */
async function fourEnterprises() {
  const db = testDatabase();
  const batch: FactChange[] = [1, 2, 3, 4].map((number) => ({
    kind: 'enterprise',
    uscc: inventedCode(number),
    values: {
      name: `第${number}公司`,
      park: '一园',
      division: '440402',
      registeredOn: number === 4 ? '2026-02-01' : '2015-01-01',
    },
  }));
  await db.write((tx) => recordFacts(tx, clock, batch, { actor: 'test' }));
  const event = { scheme: null, actor: 'test' };
  const gone = { ...event, enterpriseId: 2, type: 'deregistered', effectiveOn: '2026-03-01' } as const;
  const away = { ...event, enterpriseId: 3, type: 'moved', effectiveOn: '2026-04-01' } as const;
  expect(await submit(db, clock, gone)).toMatchObject({ ok: true });
  expect(await submit(db, clock, { ...away, payload: { from: 1, to: null } })).toMatchObject({ ok: true });
  const scopeOn = (asOf: string) => readScope(db, new URLSearchParams({ asOf }), clock.today());
  const list = (presence: string, asOf: string) =>
    listEnterprises(db, { presence }, scopeOn(asOf), { sort: { key: 'name', down: false }, page: 1 })
      .rows.map(({ id }) => id)
      .sort();
  return { db, scopeOn, list };
}

test.each([
  { on: '2026-01-31', present: [1, 2, 3], gone: [4] },
  { on: '2026-02-28', present: [1, 2, 3, 4], gone: [] },
  { on: '2026-03-01', present: [1, 3, 4], gone: [2] },
  { on: '2026-05-06', present: [1, 4], gone: [2, 3] },
])('on $on there are $present: the list, the funnel and the gaps agree', async ({ on, present, gone }) => {
  const { db, scopeOn, list } = await fourEnterprises();
  expect([list('present', on), list('gone', on)]).toEqual([present, gone]);
  expect(readFunnel(db, { asOf: on }).enterprises).toBe(present.length);
  expect(dataGaps(db, scopeOn(on)).enterprises).toBe(present.length);
});

test('who is gone is no candidate, neither today nor on another day', async () => {
  const { db, scopeOn } = await fourEnterprises();
  const candidates = async (on: string) => {
    const { list } = await readyList(db, clock, { scheme: 'hnte', action: 'new', on });
    const request = readCandidateRequest(new URLSearchParams(), 'hnte');
    return CANDIDATE_TABS.flatMap((tab) =>
      listCandidates(db, { ...request, list, tab, rows: 10 }, scopeOn(on)).rows.map(({ id }) => id),
    ).sort();
  };
  expect(await candidates('2026-05-06')).toEqual([1, 4]);
  expect(await candidates('2026-05-05')).toEqual([1, 4]);
  expect(await candidates('2026-02-28')).toEqual([1, 2, 3, 4]);
  const ranked = rankCandidates(db, { scheme: 'hnte', action: 'new', on: '2026-05-06', limit: 10 });
  expect(ranked.judged).toBe(2);
});

test('the list shows the latest year of which a figure in its columns is known, not one with a score alone', async () => {
  const { db, scopeOn } = await fourEnterprises();
  const uscc = inventedCode(1);
  await db.write((tx) =>
    recordFacts(
      tx,
      clock,
      [
        { kind: 'figures', uscc, year: 2025, values: { salesRevenue: 4200, rdExpense: 300 } },
        { kind: 'figures', uscc, year: 2026, values: { developmentScore: 5500 } },
      ],
      { actor: 'test' },
    ),
  );
  const { rows } = listEnterprises(db, {}, scopeOn('2026-05-06'), {
    sort: { key: 'name', down: false },
    page: 1,
  });
  expect(rows[0]).toMatchObject({ id: 1, year: 2025, revenue: 4200, rdExpense: 300 });
});
