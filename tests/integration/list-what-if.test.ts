// A candidate list under other numbers, on a real database, against every enterprise judged one by one.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fixedClock } from '../../app/db/clock.ts';
import type { Db } from '../../app/db/clients.server.ts';
import { factsIn } from '../../app/queries/facts.server.ts';
import { readScope } from '../../app/queries/scope.server.ts';
import { applicantsOn, commonDivision } from '../../app/queries/what-if.server.ts';
import { readerOf } from '../../app/db/fact-rows.server.ts';
import { rational } from '../../app/rules/engine/exact.ts';
import { assess } from '../../app/rules/index.ts';
import { planned, type YearPlan } from '../../app/rules/plan/next-year.ts';
import { submit } from '../../app/services/door.server.ts';
import { recordFacts } from '../../app/services/facts.server.ts';
import { answerWhatIf, readWhatIf, supposedWords, supposes } from '../../app/services/list-what-if.server.ts';
import { replayLine } from '../../app/services/replay.server.ts';
import { closeTestDatabases, testDatabase } from '../database.ts';
import { inventedCode } from '../population.ts';
import { companyJson, facts } from '../rules/company.ts';

const ON = '2026-05-06';
const clock = fixedClock(`${ON}T02:00:00.000Z`);
const COUNT = 30;
let db: Db;

/** Companies that spend more on research the later they come. */
function company(i: number) {
  const json = companyJson();
  for (const figures of Object.values(json.years!)) {
    const known = figures as Record<string, number | null>;
    if (known.operatingRevenue == null) continue;
    known.rdExpense = known.rdExpenseDomestic = 200_000 * i;
    if (i % 7 === 3) known.techStaff = null;
  }
  return facts({ ...json, name: `示例第${i}有限公司`, titles: [] });
}

beforeEach(async () => {
  db = testDatabase();
  await db.write((tx) => {
    for (let i = 0; i < COUNT; i += 1)
      recordFacts(tx, clock, [{ kind: 'facts', uscc: inventedCode(i), facts: company(i) }], {
        actor: 'test',
      });
  });
});
afterEach(closeTestDatabases);

const scope = () => readScope(db, new URLSearchParams(), ON);
const ask = (query: Record<string, string>, scheme = 'hnte') => {
  const address = new URLSearchParams(query);
  return { address, read: readWhatIf(address, scheme, commonDivision(db, scope()), ON) };
};
async function answer(query: Record<string, string>, scheme = 'hnte') {
  const { address, read } = ask(query, scheme);
  const among = applicantsOn(db, scope(), scheme, read.on);
  const done = await answerWhatIf(db, read, address, among, 60_000);
  if (!done.ready) throw new Error('not read in time');
  return done;
}
const each = () => Array.from({ length: COUNT }, (_, i) => i + 1);
const factsOf = (id: number) => factsIn(readerOf(db.raw), id);
const has = (outcome: string) => outcome !== 'ineligible';

/** Who gains and loses, judged one by one: nothing of the columns is used. */
function oneByOne(then: (id: number) => string, now: (id: number) => string) {
  const moved = { gains: [] as number[], loses: [] as number[] };
  for (const id of each()) {
    const [before, after] = [has(now(id)), has(then(id))];
    if (!before && after) moved.gains.push(id);
    if (before && !after) moved.loses.push(id);
  }
  return moved;
}
const outcomeOf = (id: number, more: Partial<Parameters<typeof assess>[1]> = {}, plan?: YearPlan): string => {
  const known = factsOf(id);
  const done = assess(plan ? planned(known, plan) : known, {
    scheme: 'hnte',
    action: 'new',
    on: ON,
    rule: 'hnte@2016',
    ...more,
  });
  return done.ok ? done.verdict.outcome : 'none';
};
const movedIn = ({ result, park }: Awaited<ReturnType<typeof answer>>) => {
  const ids = (movement: string) =>
    result.movements.flatMap((each, i) => (each === movement ? [park.ids[i]!] : []));
  return { gains: ids('gains'), loses: ids('loses') };
};

describe('other thresholds', () => {
  test.each(['1.5', '2.5', '3', '4.5', '9'])(
    'R&D share at %s %%: the same as judged one by one',
    async (typed) => {
      // Every band of revenue gets the number tried, so that it bites whatever the size of the companies.
      const fields = ['small', 'middle', 'large'].map((size) => `hnte.rd-intensity.${size}`);
      const query = Object.fromEntries(fields.map((field) => [`p.${field}`, typed]));
      const { read } = ask(query);
      expect([read.request.from, supposes(read)]).toEqual(['hnte@2016', true]);
      const overrides = Object.fromEntries(
        Object.entries(read.request.set).map(([id, value]) => [id, rational(value)]),
      );
      const moved = movedIn(await answer(query));
      expect(moved).toEqual(
        oneByOne(
          (id) => outcomeOf(id, { overrides }),
          (id) => outcomeOf(id),
        ),
      );
      // Lower lines let some in, higher ones put some out.
      expect([moved.gains.length > 0, moved.loses.length > 0]).toEqual([
        Number(typed) < 4,
        Number(typed) > 4,
      ]);
    },
  );

  test('the number of the text itself supposes nothing', () => {
    expect(supposes(ask({ 'p.hnte.rd-intensity.middle': '4' }).read)).toBe(false);
    expect(supposes(ask({}).read)).toBe(false);
  });
});

describe('next year as planned', () => {
  test.each([
    ['same as last year', { growth: '' }, { growth: 0, figures: {} }],
    ['all by 30 %', { growth: '30' }, { growth: 3000, figures: {} }],
    [
      'research alone',
      { 'g.rdExpense': '120', 'g.rdExpenseDomestic': '120％' },
      { growth: 0, figures: { rdExpense: 12_000, rdExpenseDomestic: 12_000 } },
    ],
    ['shrinking', { growth: '-60' }, { growth: -6000, figures: {} }],
  ] as const)('%s: the same as judged one by one', async (_name, query, expected) => {
    const asked = { plan: '1', to: '2027-05-06', ...query };
    const { read } = ask(asked);
    expect(read.errors).toEqual({});
    const plan = { year: 2026, ...expected };
    expect(read.planned).toEqual({ to: '2027-05-06', plan });
    const got = movedIn(await answer(asked));
    expect(got).toEqual(
      oneByOne(
        (id) => outcomeOf(id, { on: '2027-05-06' }, plan),
        (id) => outcomeOf(id),
      ),
    );
  });

  test('says what is supposed, and nothing is stored', async () => {
    const dump = () => db.raw.prepare('SELECT count(*) AS n FROM StoredVerdict').get();
    const before = dump();
    const { read } = ask({ plan: '1', growth: '10', to: '2027-05-06' });
    await answer({ plan: '1', growth: '10', to: '2027-05-06' });
    expect(supposedWords(read)).toEqual([
      '2026 年数据比 2025 年 +10%；已有的数据不变，亏损与得分按原值',
      '以 2027-05-06 为申请日',
    ]);
    expect(dump()).toEqual(before);
  });
});

test('holders are not looked at; whoever lost the title is again', async () => {
  await submit(db, clock, {
    enterpriseId: 5,
    scheme: 'hnte',
    type: 'certify',
    effectiveOn: '2024-05-01',
    actor: 'test',
    payload: { no: 'GR1', grantedOn: '2024-05-01', validUntil: '2027-04-30' },
  });
  expect(applicantsOn(db, scope(), 'hnte', ON).has(5)).toBe(false);
  expect(applicantsOn(db, scope(), 'hnte', '2027-04-30').has(5)).toBe(false);
  expect(applicantsOn(db, scope(), 'hnte', '2027-05-01').has(5)).toBe(true);
  const done = await answer({ plan: '1', growth: '5' });
  const place = done.park.ids.indexOf(5);
  expect(done.result.movements[place]).toBeNull();
  expect(replayLine(done.park, done.result, done.park.ids.indexOf(6)).enterpriseId).toBe(6);
});

describe('what cannot be read', () => {
  test.each([
    [{ plan: '1', growth: 'viel' }, ['growth']],
    [{ plan: '1', growth: '-100' }, []],
    [{ plan: '1', growth: '-100.01' }, ['growth']],
    [{ plan: '1', growth: '1000' }, []],
    [{ plan: '1', growth: '1000.01' }, ['growth']],
    [{ plan: '1', 'g.rdExpense': 'x' }, ['g.rdExpense']],
    [{ plan: '1', to: ON }, ['to']],
    [{ plan: '1', to: '2026-05-07' }, []],
    [{ plan: '1', to: '2027-02-30' }, ['to']],
    [{ on: '2026-13-01' }, ['on']],
    [{ cost: '-1' }, ['cost']],
    [{ cost: '12.5' }, []],
    // Without the box ticked the plan is not read.
    [{ growth: 'viel' }, []],
  ] as [Record<string, string>, string[]][])('%o: %o', (query, fields) => {
    expect(Object.keys(ask(query).read.errors)).toEqual(fields);
  });

  test('the cost is exact to the 分', () => {
    expect(ask({ cost: '12.345678' }).read.cost).toBe(12_345_678);
    expect(ask({}).read.cost).toBeNull();
  });
});
