// Filters, orders and pages of a candidate list against the plain reading of its rows.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { inventedCode } from '../../tests/population.ts';
import type { Db } from '../db/clients.server.ts';
import { fixedClock } from '../db/clock.ts';
import { submit } from '../services/door.server.ts';
import { recordFacts, type FactChange } from '../services/facts.server.ts';
import { assignStewards } from '../services/stewards.server.ts';
import { readyList } from '../services/verdict-job.server.ts';
import { readCandidateRequest } from './candidate-request.server.ts';
import { chancesIn } from './candidate-chances.server.ts';
import { listCandidates } from './candidates.server.ts';
import { readScope } from './scope.server.ts';
import { chooseSteward } from './stewards.server.ts';

const clock = fixedClock('2026-05-06T02:00:00.000Z');
const TODAY = clock.today();
const NAMES = ['珠海华为信息', '重庆长城软件', '绿洲新材料', '行知科技', 'AI医疗', '星河100%纯净水'];
let db: Db;
let list: number;

/** R&D of each enterprise in per cent of revenue, so that the gaps to 5 % are 4, 3, 2, 1 points, 0 and 0. */
const SHARES = [1, 2, 3, 4, 5, 6];

beforeAll(async () => {
  db = testDatabase();
  const changes = NAMES.flatMap((name, i): FactChange[] => [
    {
      kind: 'enterprise',
      uscc: inventedCode(i + 1),
      values: {
        name: `${name}有限公司`,
        division: '440402',
        park: i < 4 ? '一园' : '二园',
        industry: i % 2 === 0 ? '6513' : '3990',
        techField: i === 5 ? null : `${i + 1}.1`,
        // The last one's is not known.
        ...(i === 5 ? {} : { registeredOn: `20${15 - i}-01-01` }),
        legalPerson: true,
      },
    },
    ...[2023, 2024, 2025].map((year): FactChange => ({
      kind: 'figures',
      uscc: inventedCode(i + 1),
      year,
      values: {
        salesRevenue: 4_000_000_000,
        operatingRevenue: 4_000_000_000,
        rdExpense: SHARES[i]! * 40_000_000,
        employees: i === 0 ? 900 : 15_000,
      },
    })),
  ]);
  await db.write((tx) => recordFacts(tx, clock, changes, { actor: 'test', source: 'audit' }));
  await submit(db, clock, {
    enterpriseId: 2,
    scheme: 'isme',
    type: 'certify',
    effectiveOn: '2025-01-01',
    actor: 'test',
    payload: { grantedOn: '2025-01-01', validUntil: '2027-12-31' },
  });
  await db.write((tx) => {
    tx.prepare(
      `INSERT INTO User (username, displayName, passwordHash, role, createdAt, passwordSetAt) VALUES ('a', '甲', '', 'staff', '', '')`,
    ).run();
    tx.prepare(
      `INSERT INTO FollowUp (enterpriseId, kind, onDay, note, "by", recordedAt, voidedAt)
       VALUES (1, 'visit', '2026-04-01', 'x', 'a', '', NULL), (1, 'visit', '2026-04-30', 'x', 'a', '', ''),
              (1, 'visit', '2026-06-01', 'x', 'a', '', NULL)`,
    ).run();
  });
  await assignStewards(db, clock, {
    enterpriseIds: [3, 4],
    userId: 1,
    side: 'government',
    fromOn: '2026-01-01',
    actor: 'test',
  });
  ({ list } = await readyList(db, clock, { scheme: 'hnte', action: 'new', on: TODAY }));
});
afterAll(closeTestDatabases);

const USER = { id: 99, displayName: '乙' };

/** Ids in every tab, in the order of the list; the counts must be their numbers. */
function found(address: string): number[] {
  const query = new URLSearchParams(address);
  const { scope } = chooseSteward(db, readScope(db, query, TODAY), query, USER);
  const request = readCandidateRequest(query, 'hnte');
  const tabs = (['near', 'eligible', 'undetermined', 'blocked'] as const).map((tab) => {
    const { rows, counts } = listCandidates(db, { ...request, list, tab, rows: 50 }, scope);
    expect(counts[tab]).toBe(rows.length);
    return rows.map(({ id }) => id);
  });
  return tabs.flat();
}
const anyOrder = (address: string) => found(address).sort();

describe('what a filter finds', () => {
  test.each([
    ['', [1, 2, 3, 4, 5, 6]],
    ['section=I', [1, 3, 5]],
    ['section=C', [2, 4, 6]],
    ['section=Ü', [1, 2, 3, 4, 5, 6]],
    ['field=2', [2]],
    ['held=isme', [2]],
    ['held=giant', []],
    ['steward=1', [3, 4]],
    ['steward=none', [1, 2, 5, 6]],
    ['q=华为', [1]],
    ['q=为', [1]],
    ['q=huawei', [1]],
    ['q=hwxx', [1]],
    ['q=chongqing', [2]],
    ['q=cqcc', [2]],
    ['q=xinxi', [1]],
    ['q=xingzhi', [4]],
    ['q=ai', [5]],
    ['q=AI医', [5]],
    ['q=xh100', [6]],
    ['q=100%', [6]],
    ['q=%', [6]],
    ['q="', []],
    [`q=${inventedCode(3)}`, [3]],
    ['q=没有', []],
    ['gap=rd-intensity', [1, 2, 3, 4]],
    ['gap=rd-intensity&most=2', [3, 4]],
    ['gap=rd-intensity&most=1.99', [4]],
    ['gap=rd-intensity&most=0', [1, 2, 3, 4]],
    ['gap=nothing', [1, 2, 3, 4, 5, 6]],
    ['gap=rd-intensity&section=I&steward=1', [3]],
  ])('%s', (address, expected) => {
    expect(anyOrder(address)).toEqual(expected);
  });

  test('what is typed for a gap counts in its own unit, exactly', () => {
    const most = (address: string) => readCandidateRequest(new URLSearchParams(address), 'hnte').most;
    expect(most('gap=rd-intensity&most=5.8')).toBe(0.058);
    expect(most('gap=registered-days&most=30')).toBe(30);
    expect([most('gap=rd-intensity&most=x'), most('gap=rd-intensity&most=-1'), most('most=3')]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test('a park and those below it', () => {
    const code = (db.raw.prepare("SELECT code FROM Park WHERE name = '二园'").get() as { code: string }).code;
    expect(anyOrder(`park=${code}`)).toEqual([5, 6]);
    expect(anyOrder(`park=${code}&section=I`)).toEqual([5]);
    expect(anyOrder(`park=${code}&gap=rd-intensity`)).toEqual([]);
    expect(anyOrder('park=nowhere')).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('the order', () => {
  /** Within the tab that all are in once filtered by this gap. */
  const byGap = (sort: string) => found(`gap=rd-intensity${sort}`);

  test('of a gap is the smallest first, or the largest', () => {
    expect(byGap('')).toEqual([4, 3, 2, 1]);
    expect(byGap('&sort=gap')).toEqual([4, 3, 2, 1]);
    expect(byGap('&sort=-gap')).toEqual([1, 2, 3, 4]);
  });

  test('of another key holds within those with a gap', () => {
    expect(byGap('&sort=registeredOn')).toEqual([4, 3, 2, 1]);
    expect(byGap('&sort=-registeredOn')).toEqual([1, 2, 3, 4]);
  });

  test('of a day has what is not known last, both ways, over the edges of pages', () => {
    const request = readCandidateRequest(new URLSearchParams('sort=-registeredOn'), 'hnte');
    const scope = readScope(db, new URLSearchParams(), TODAY);
    for (const tab of ['near', 'undetermined', 'blocked', 'eligible'] as const) {
      const all = (down: boolean, rows: number) => {
        const ids: number[] = [];
        for (let page = 1; page <= 7; page += 1) {
          const sort = { key: 'registeredOn', down } as const;
          ids.push(
            ...listCandidates(db, { ...request, sort, list, tab, rows, page }, scope).rows.map(
              ({ id }) => id,
            ),
          );
        }
        return ids;
      };
      const [up, down] = [all(false, 50), all(true, 50)];
      expect(down.filter((id) => id !== 6)).toEqual(up.filter((id) => id !== 6).toReversed());
      if (up.includes(6)) expect([up.at(-1), down.at(-1)]).toEqual([6, 6]);
      expect([all(true, 1), all(true, 2)]).toEqual([down, down]);
    }
  });
});

test('a row tells of expiry, stewards and the last contact that still counts', () => {
  const query = new URLSearchParams();
  const request = readCandidateRequest(query, 'hnte');
  const rows = (['near', 'eligible', 'undetermined', 'blocked'] as const).flatMap(
    (tab) => listCandidates(db, { ...request, list, tab, rows: 50 }, readScope(db, query, TODAY)).rows,
  );
  const row = (id: number) => rows.find((each) => each.id === id)!;
  expect(row(1)).toMatchObject({ lastContact: '2026-04-01', stewards: [], titleUntil: null });
  expect(row(2)).toMatchObject({ titleUntil: '2027-12-31', lastContact: null });
  expect(row(3)).toMatchObject({ stewards: ['甲'], weakSource: 'audit', figuresOf: null });
});

test('chances come from decisions with a submission before them, and only from twenty on', async () => {
  const fresh = testDatabase();
  const park = Array.from({ length: 21 }, (_, i): FactChange => ({
    kind: 'enterprise',
    uscc: inventedCode(i + 1),
    values: { name: `第${i}公司` },
  }));
  await fresh.write((tx) => recordFacts(tx, clock, park, { actor: 'test' }));
  const event = (enterpriseId: number, type: string, effectiveOn: string, payload: object) =>
    fresh.write((tx) =>
      tx
        .prepare(
          `INSERT INTO Event (enterpriseId, scheme, type, effectiveOn, knownAt, recordedAt, actor, payload, accepted,
             machineVersion) VALUES (?, 'hnte', ?, ?, '', '', 'test', ?, 1, 1)`,
        )
        .run(enterpriseId, type, effectiveOn, JSON.stringify(payload)),
    );
  const verdict = { rule: 'hnte@2016', on: '2025-06-01', outcome: 'eligible', vetoes: 0, unmet: [] };
  for (let id = 1; id <= 19; id += 1) {
    await event(id, 'submit', '2025-06-01', { verdict });
    await event(id, id <= 4 ? 'refuse' : 'certify', '2025-10-01', {});
  }
  // Without a verdict of its own, and with one that belongs to the decision before.
  await event(20, 'certify', '2025-10-01', {});
  await event(1, 'certify', '2025-11-01', {});
  expect(chancesIn(fresh, 'hnte')).toEqual({});
  await event(21, 'submit', '2025-06-01', { verdict });
  await event(21, 'certify', '2025-10-01', {});
  expect(chancesIn(fresh, 'hnte').eligible).toMatchObject({ cases: 20, certified: 16 });
  expect(chancesIn(fresh, 'giant')).toEqual({});
});
