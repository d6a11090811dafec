import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { inventedCode } from '../../tests/population.ts';
import { companyJson, facts } from '../../tests/rules/company.ts';
import type { Db } from '../db/clients.server.ts';
import { fixedClock } from '../db/clock.ts';
import { librariesOf } from '../queries/enterprise-libraries.server.ts';
import { libraryHistory, proposals } from '../queries/library-history.server.ts';
import {
  allRows,
  libraryCount,
  libraryRows,
  libraryTotals,
  LIBRARIES,
  readLibrary,
  type LibraryId,
} from '../queries/libraries.server.ts';
import { limitsOf } from '../queries/list-limits.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { standingIn, type ListLimits } from '../rules/lists.ts';
import { submit } from './door.server.ts';
import { mergeEnterprises } from './enterprise.server.ts';
import { recordFacts } from './facts.server.ts';
import { addFocus, endFocus } from './focus.server.ts';
import { decide, propose, withdrawProposal } from './library.server.ts';
import { limitErrors, listIsBehind, renewList, setLimits } from './lists.server.ts';
import { refreshVerdicts } from './verdicts.server.ts';

afterEach(closeTestDatabases);
const TODAY = '2026-05-06';
const clock = fixedClock(`${TODAY}T02:00:00.000Z`);
const COUNT = 40;

/** Companies that differ in what they spend on research, whom they employ, and what is known of them. */
function company(i: number) {
  const json = companyJson();
  const years = json.years!;
  for (const [year, figures] of Object.entries(years)) {
    const known = figures as Record<string, number | null>;
    if (year === '2026') continue;
    known.rdExpense = ((known.operatingRevenue ?? 0) / 1000) * 5 * (i % 12);
    known.rdExpenseDomestic = known.rdExpense;
    if (i % 5 === 0) known.techStaff = known.rdStaff = 6;
    if (i % 7 === 0) known.hiTechIncome = null;
    if (i % 11 === 0) known.employees = known.totalAssets = known.mainRevenue = null;
  }
  if (i % 13 === 5) json.conduct = [{ kind: 'safety', severity: 'major', on: '2026-01-01', until: null }];
  return facts({ ...json, name: `示例第${i}有限公司`, titles: [] });
}
let db: Db;
beforeEach(async () => {
  db = testDatabase();
  await db.write((tx) => {
    for (let i = 0; i < COUNT; i += 1)
      recordFacts(tx, clock, [{ kind: 'facts', uscc: inventedCode(i), facts: company(i) }], {
        actor: 'test',
      });
  });
});

const scope = (day = TODAY) => readScope(db, new URLSearchParams({ asOf: day }), TODAY);
const look = (list: LibraryId, more: Record<string, string> = {}) =>
  readLibrary(new URLSearchParams({ list, ...more }));
const members = (list: LibraryId, more: Record<string, string> = {}, day = TODAY) =>
  libraryRows(db, look(list, more), scope(day), 1000).map(({ id }) => id);

interface Stored {
  id: number;
  met: number;
  unmet: number;
  unknown: number;
  manual: number;
  vetoes: number;
  distance: number;
}
const verdicts = (scheme: string) =>
  db.raw
    .prepare(
      `SELECT enterpriseId AS id, met, unmet, unknown, manual, vetoes, distance FROM StoredVerdict
       WHERE scheme = ? AND action = 'new'`,
    )
    .all(scheme) as Stored[];
const sorted = (ids: Iterable<number>) => [...ids].sort((a, b) => a - b);

describe('standing towards a list', () => {
  const limits: ListLimits = { maxUnmet: 2, maxShort: 40, maxUnknown: 1 };
  const near = { met: 8, unmet: 2, unknown: 1, manual: 1, vetoes: 0, distance: 0.4 + 0.05 + 0.02 };
  test.each([
    ['at every limit', {}, false, true],
    ['one more unmet', { unmet: 3 }, false, false],
    ['a hair more missing', { distance: 0.47 + 1e-6 }, false, false],
    ['one more unknown, as much missing', { unknown: 2, distance: 0.52 }, false, false],
    ['a veto', { vetoes: 1 }, false, false],
    ['held', {}, true, false],
    ['as many unknown as met', { met: 1 }, false, false],
    ['one more met than unknown', { met: 2 }, false, true],
    ['nothing missing at all', { unmet: 0, unknown: 0, manual: 0, distance: 0 }, false, true],
  ] as const)('%s', (_name, change, held, expected) => {
    const standing = standingIn(limits, { ...near, ...change }, held);
    expect(standing.in).toBe(expected);
    expect(standing.why).not.toBe('');
  });
});

describe('lists made by rule', () => {
  beforeEach(() => refreshVerdicts(db, clock));

  /** The limits of the program, written down a second time. */
  const near = (v: Stored, most: number, short: number) =>
    v.vetoes === 0 &&
    v.unmet <= most &&
    v.unknown <= 2 &&
    v.unknown < v.met &&
    Math.round((v.distance - v.unknown * 0.05 - v.manual * 0.02) * 1e6) <= short * 1e4;

  test.each(['tsme', 'hnte'])('the 潜力清单 of %s has those within the limits, nobody else', (scheme) => {
    const expected = verdicts(scheme).filter((v) => near(v, 2, 40));
    // Some of both, or the test says nothing.
    expect([expected.length > 0, expected.length < COUNT]).toEqual([true, true]);
    expect(sorted(members('potential', { scheme }))).toEqual(sorted(expected.map(({ id }) => id)));
  });

  test('the 蓄水池 follows k', () => {
    const sizes = [0, 1, 2, 3].map((k) => {
      const expected = verdicts('hnte').filter((v) => near(v, k, 300));
      expect(sorted(members('reservoir', { k: String(k) }))).toEqual(sorted(expected.map(({ id }) => id)));
      return expected.length;
    });
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(look('reservoir', { k: '9' }).k).toBe(1);
  });

  test('whoever gets the title leaves as risen, with the day and the reason', async () => {
    const [id] = members('potential', { scheme: 'hnte' });
    await submit(db, clock, {
      enterpriseId: id!,
      scheme: 'hnte',
      type: 'certify',
      effectiveOn: '2026-05-01',
      actor: 'wang',
      payload: { no: 'GR1', grantedOn: '2026-05-01', validUntil: '2029-04-30' },
    });
    const later = fixedClock('2026-05-08T02:00:00.000Z');
    await refreshVerdicts(db, later);
    const on = readScope(db, new URLSearchParams(), '2026-05-08');
    expect(
      libraryRows(db, look('potential', { scheme: 'hnte' }), on, 1000).map((row) => row.id),
    ).not.toContain(id);
    const before = readScope(db, new URLSearchParams({ asOf: TODAY }), '2026-05-08');
    expect(
      libraryRows(db, look('potential', { scheme: 'hnte' }), before, 1000).map((row) => row.id),
    ).toContain(id);
    const period = { from: '2026-05-07', to: '2026-05-08' };
    const { counts, rows } = libraryHistory(db, look('potential', { scheme: 'hnte' }), on, {
      period,
      size: 10,
      offset: 0,
    });
    expect(counts).toEqual({ in: 0, up: 1, out: 0 });
    expect(rows).toMatchObject([{ id, turn: 'up', why: '已取得称号', on: '2026-05-08', by: '系统' }]);
  });

  test('judging again changes nothing', async () => {
    const dump = () => db.raw.prepare('SELECT * FROM ListStay ORDER BY id').all();
    const before = dump();
    await refreshVerdicts(db, clock, { all: true });
    expect(dump()).toEqual(before);
  });

  test('tighter limits make some leave, wider ones bring them back, and only of that scheme', async () => {
    const others = members('potential', { scheme: 'tsme' });
    const before = members('potential', { scheme: 'hnte' });
    const set = async (limits: ListLimits) => {
      await setLimits(db, clock, 'hnte', limits, { actor: 'wang', reason: '试' });
      expect(listIsBehind(db, 'hnte')).toBe(true);
      await renewList(db, clock, 'hnte');
      expect(listIsBehind(db, 'hnte')).toBe(false);
    };
    await set({ maxUnmet: 0, maxShort: 0, maxUnknown: 0 });
    const tight = verdicts('hnte').filter((v) => v.unmet === 0 && v.unknown === 0 && v.vetoes === 0);
    expect(sorted(members('potential', { scheme: 'hnte' }))).toEqual(sorted(tight.map(({ id }) => id)));
    expect(tight.length).toBeLessThan(before.length);
    expect(limitsOf(db, 'hnte')).toMatchObject({ maxUnmet: 0, set: { by: 'wang', reason: '试' } });
    await set({ maxUnmet: 2, maxShort: 40, maxUnknown: 2 });
    expect(members('potential', { scheme: 'hnte' })).toEqual(before);
    expect(members('potential', { scheme: 'tsme' })).toEqual(others);
    // The list that judging keeps is the one that going through it gives.
    await refreshVerdicts(db, clock, { all: true });
    expect(members('potential', { scheme: 'hnte' })).toEqual(before);
  });

  test.each([
    [{ maxUnmet: 0, maxShort: 0, maxUnknown: 0 }, '理由', []],
    [{ maxUnmet: 5, maxShort: 300, maxUnknown: 10 }, '理由', []],
    [{ maxUnmet: 6, maxShort: 40, maxUnknown: 2 }, '理由', ['maxUnmet']],
    [{ maxUnmet: -1, maxShort: 40, maxUnknown: 2 }, '理由', ['maxUnmet']],
    [{ maxUnmet: 1, maxShort: 40.5, maxUnknown: 2 }, '理由', ['maxShort']],
    [{ maxUnmet: 1, maxShort: Number.NaN, maxUnknown: 11 }, '', ['maxShort', 'maxUnknown', 'reason']],
  ] as const)('limits %o', (limits, reason, fields) => {
    expect(Object.keys(limitErrors(limits, reason))).toEqual(fields);
  });

  test('pages put together are the whole, and the workbook has the same rows', () => {
    const at = look('potential', { scheme: 'hnte' });
    const pages = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((page) => libraryRows(db, at, scope(), 7, page * 7));
    const whole = [...allRows(db, at, scope())].map(({ id }) => id);
    expect(pages.map(({ id }) => id)).toEqual(whole);
    expect(whole).toHaveLength(libraryCount(libraryTotals(db, scope(), 1), at));
    expect(new Set(whole).size).toBe(whole.length);
  });

  test('totals: places add up, enterprises are distinct', async () => {
    await addFocus(db, clock, { enterpriseIds: [1, 2], reason: '龙头', actor: 'wang' });
    const totals = libraryTotals(db, scope(), 1);
    const everywhere = new Set<number>();
    for (const { id } of LIBRARIES) {
      const list = totals.lists.find((each) => each.id === id)!;
      const own = new Set<number>();
      for (const { scheme, count } of list.schemes) {
        const ids = members(id, { scheme });
        expect(ids).toHaveLength(count);
        for (const each of ids) {
          own.add(each);
          everywhere.add(each);
        }
      }
      expect(list.enterprises).toBe(own.size);
    }
    expect(totals.enterprises).toBe(everywhere.size);
    expect(totals.places).toBe(totals.lists.reduce((sum, { places }) => sum + places, 0));
  });

  test('a record merged into another is in no list any more, and its place among the chosen goes on', async () => {
    const [id] = members('potential', { scheme: 'hnte' });
    const into = id === 1 ? 2 : 1;
    await addFocus(db, clock, { enterpriseIds: [id!], reason: '龙头', actor: 'wang' });
    await mergeEnterprises(db, clock, { fromId: id!, intoId: into, actor: 'wang', reason: '同一家' });
    expect(members('potential', { scheme: 'hnte' })).not.toContain(id);
    expect(members('focus')).toEqual([into]);
    expect(librariesOf(db, id!, TODAY).places.every(({ toOn }) => toOn !== null)).toBe(true);
  });
});

describe('培育库', () => {
  const give = (enterpriseIds: number[], kind: 'enrol' | 'remove' = 'enrol', actor = 'wang') =>
    propose(db, clock, { enterpriseIds, scheme: 'giant', kind, reason: '差距小', actor });
  const open = () => proposals(db, scope(), { open: true, size: 50, offset: 0 }).rows;
  const approve = (actor: string, ids = open().map(({ id }) => id)) =>
    decide(db, clock, { ids, decision: 'approved', reason: '', actor });

  test('two people: who proposed cannot approve, another can; entering and leaving keep their reasons', async () => {
    expect(await give([1, 2])).toEqual({ done: 2, rejected: [] });
    expect(members('library')).toEqual([]);
    expect(await approve('wang')).toMatchObject({
      done: 0,
      rejected: [{ reason: '提请人不能审批自己的提请' }, { reason: '提请人不能审批自己的提请' }],
    });
    expect(members('library')).toEqual([]);
    expect(await approve('li')).toEqual({ done: 2, rejected: [] });
    expect(sorted(members('library'))).toEqual([1, 2]);
    expect(libraryRows(db, look('library'), scope(), 1)[0]!.why).toContain('差距小');
    await give([1], 'remove', 'li');
    await approve('wang');
    expect(members('library')).toEqual([2]);
  });

  test('proposed twice, proposed for one inside, for one outside, for nobody there: refused each for itself', async () => {
    await give([1]);
    expect(await give([1, 2, 999])).toMatchObject({
      done: 1,
      rejected: [
        { enterpriseId: 1, reason: '已有待审批的入库提请' },
        { enterpriseId: 999, reason: '没有这家企业' },
      ],
    });
    await approve('li');
    expect((await give([1])).rejected).toMatchObject([{ reason: '已在培育库' }]);
    expect((await give([3], 'remove')).rejected).toMatchObject([{ reason: '不在培育库' }]);
    await expect(give([])).rejects.toMatchObject({ code: 'invalid' });
    await expect(
      propose(db, clock, {
        enterpriseIds: [1],
        scheme: 'unicorn',
        kind: 'enrol',
        reason: 'x',
        actor: 'wang',
      }),
    ).rejects.toMatchObject({ code: 'invalid' });
    await expect(
      propose(db, clock, { enterpriseIds: [1], scheme: 'giant', kind: 'enrol', reason: ' ', actor: 'wang' }),
    ).rejects.toMatchObject({ code: 'invalid' });
  });

  test('rejecting asks for a reason; a proposal is decided once', async () => {
    await give([1]);
    const [{ id } = { id: 0 }] = open();
    const reject = (reason: string) =>
      decide(db, clock, { ids: [id], decision: 'rejected', reason, actor: 'li' });
    await expect(reject('')).rejects.toMatchObject({ code: 'invalid' });
    expect(await reject('差距仍大')).toMatchObject({ done: 1 });
    expect(await approve('li', [id])).toMatchObject({ rejected: [{ reason: '已由他人处理' }] });
    expect(members('library')).toEqual([]);
    expect(proposals(db, scope(), { open: false, size: 9, offset: 0 }).rows).toMatchObject([
      { decision: 'rejected', decisionReason: '差距仍大', decider: 'li' },
    ]);
  });

  test('what the machine refuses stays open with its reason', async () => {
    await give([1]);
    await db.write((tx) =>
      recordFacts(
        tx,
        clock,
        [
          {
            kind: 'facts',
            enterpriseId: 1,
            facts: {
              conduct: [{ kind: 'safety', severity: 'major', on: '2026-01-01', until: null }],
            } as never,
          },
        ],
        { actor: 'test' },
      ),
    );
    expect((await approve('li')).rejected[0]?.reason).toContain('一票否决');
    expect(open()).toHaveLength(1);
    expect(members('library')).toEqual([]);
  });

  test('only the proposer takes a proposal back, and only while it is open', async () => {
    await give([1]);
    const [{ id } = { id: 0 }] = open();
    await expect(withdrawProposal(db, clock, { id, actor: 'li' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await withdrawProposal(db, clock, { id, actor: 'wang' });
    expect(open()).toEqual([]);
    await expect(withdrawProposal(db, clock, { id, actor: 'wang' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(withdrawProposal(db, clock, { id: 99, actor: 'wang' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('the history tells entering, rising and leaving apart', async () => {
    await give([1, 2, 3]);
    await approve('li');
    const later = fixedClock('2026-06-01T02:00:00.000Z');
    const step = (enterpriseId: number, type: 'nominate' | 'remove') =>
      submit(db, later, {
        enterpriseId,
        scheme: 'giant',
        type,
        effectiveOn: '2026-06-01',
        actor: 'zhao',
        reason: '年度调整',
        payload: { override: true },
      });
    expect(await step(1, 'nominate')).toMatchObject({ ok: true });
    expect(await step(2, 'remove')).toMatchObject({ ok: true });
    const on = readScope(db, new URLSearchParams(), '2026-06-01');
    const period = { from: '2026-05-01', to: '2026-06-30' };
    const { counts, rows } = libraryHistory(db, look('library'), on, { period, size: 9, offset: 0 });
    expect(counts).toEqual({ in: 3, up: 1, out: 1 });
    expect(
      rows
        .filter(({ turn }) => turn !== 'in')
        .map(({ id, turn, what, why }) => [id, turn, what, why])
        .sort(),
    ).toEqual([
      [1, 'up', '推荐', '年度调整'],
      [2, 'out', '退库', '年度调整'],
    ]);
    expect(
      libraryHistory(db, look('library'), on, { period, size: 9, offset: 0, turn: 'up' }).rows,
    ).toHaveLength(1);
  });
});

describe('重点跟进', () => {
  test('each once, with a reason; ended with a reason, and then again', async () => {
    const add = (ids: number[], reason = '龙头') =>
      addFocus(db, clock, { enterpriseIds: ids, reason, actor: 'wang' });
    expect(await add([1, 2, 2])).toEqual({ done: 2, rejected: [] });
    expect(await add([2, 3, 999])).toMatchObject({
      done: 1,
      rejected: [{ enterpriseId: 2 }, { enterpriseId: 999 }],
    });
    await expect(add([4], ' ')).rejects.toMatchObject({ code: 'invalid' });
    const end = (ids: number[]) => endFocus(db, clock, { enterpriseIds: ids, reason: '已迁出', actor: 'li' });
    expect(await end([1, 4])).toMatchObject({ done: 1, rejected: [{ enterpriseId: 4 }] });
    expect(sorted(members('focus'))).toEqual([2, 3]);
    expect(await add([1])).toMatchObject({ done: 1 });
  });
});
