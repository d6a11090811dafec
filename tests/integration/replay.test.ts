// The park under two readings of the law, on a real database: what is kept in memory must follow what is written.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fixedClock } from '../../app/db/clock.ts';
import type { Db } from '../../app/db/clients.server.ts';
import { factsIn } from '../../app/queries/facts.server.ts';
import { readerOf } from '../../app/db/fact-rows.server.ts';
import { assess } from '../../app/rules/index.ts';
import { recordFacts } from '../../app/services/facts.server.ts';
import { enterOperatorValue } from '../../app/services/operator-values.server.ts';
import { answerReplay, namedLines } from '../../app/services/replay-page.server.ts';
import { readReplayAddress, readSetOptions } from '../../app/services/replay-request.server.ts';
import {
  countBy,
  filterReplay,
  loadWholePark,
  replayLine,
  replayPark,
} from '../../app/services/replay.server.ts';
import { namesOf } from '../../app/queries/replay-page.server.ts';
import { closeTestDatabases, testDatabase } from '../database.ts';

const clock = fixedClock('2026-05-06T02:00:00.000Z');
const ON = '2026-05-06';
/** Yearly R&D of five companies, 元; both years the same. The line of 小巨人 2026 is 1,200万元 over two years. */
const RESEARCH = [4_000_000, 5_999_999, 6_000_000, 7_000_000, null];
const CODES = [
  '91440400MA0000001R',
  '91440400MA0000002P',
  '91440400MA0000003M',
  '91440400MA0000004K',
  '91440400MA0000005H',
];

let db: Db;

beforeEach(async () => {
  db = testDatabase();
  await db.write((tx) =>
    recordFacts(
      tx,
      clock,
      RESEARCH.flatMap((research, i) => [
        {
          uscc: CODES[i]!,
          kind: 'enterprise',
          values: { name: `示例${i}`, industry: i < 3 ? '3990' : '6513' },
        },
        ...[2024, 2025].map((year) => ({
          uscc: CODES[i]!,
          kind: 'figures',
          year,
          values: { operatingRevenue: 10_000_000_000, rdExpense: research === null ? null : research * 100 },
        })),
      ]) as never,
      { actor: 'test' },
    ),
  );
});
afterEach(closeTestDatabases);

const request = (set: Record<string, string> = {}) => ({
  scheme: 'giant',
  action: 'new' as const,
  on: ON,
  from: 'giant@2026',
  to: 'giant@2026',
  set,
  strict: false,
});

const namesFor = async (set: Record<string, string>, movement: 'gains' | 'loses') => {
  const park = await loadWholePark(db, request());
  const result = replayPark(park, request(set));
  return filterReplay(park, result, { movement }).map((i) => {
    const { enterpriseId } = replayLine(park, result, i);
    return namesOf(db, [enterpriseId]).get(enterpriseId)!.name;
  });
};

test('a lower line gains exactly the one that reaches it, to the 元', async () => {
  expect(await namesFor({ 'giant-2026.rd-total': '11999999' }, 'gains')).toEqual([]);
  expect(await namesFor({ 'giant-2026.rd-total': '11999998' }, 'gains')).toEqual(['示例1']);
  expect(await namesFor({ 'giant-2026.rd-total': '12000001' }, 'loses')).toEqual(['示例2']);
});

test('every enterprise has the outcome that it has alone', async () => {
  const park = await loadWholePark(db, { ...request(), scheme: 'giant' });
  const result = replayPark(park, { ...request(), from: 'giant@2022' });
  for (const [i, id] of park.ids.entries()) {
    const facts = factsIn(readerOf(db.raw), id);
    const line = replayLine(park, result, i);
    for (const [rule, outcome] of [
      ['giant@2022', line.before],
      ['giant@2026', line.after],
    ] as const) {
      const alone = assess(facts, { scheme: 'giant', action: 'new', on: ON, rule });
      expect(alone.ok && alone.verdict.outcome).toBe(outcome);
    }
  }
});

test('R&D below the line decides, and a changed line moves it', async () => {
  const park = await loadWholePark(db, request());
  const out = (set: Record<string, string>, movement: 'never' | 'loses') =>
    filterReplay(park, replayPark(park, request(set)), { movement, decides: 'rd-total' }).length;
  expect([out({}, 'never'), out({}, 'loses')]).toEqual([2, 0]);
  expect(out({ 'giant-2026.rd-total': '11999998' }, 'never')).toBe(1);
  expect(out({ 'giant-2026.rd-total': '14000001' }, 'loses')).toBe(2);
});

test('only those in scope count, and by section they add up', async () => {
  const park = await loadWholePark(db, request());
  const some = replayPark(park, request(), new Set([park.ids[0]!, park.ids[3]!]));
  expect(some.judged).toBe(2);
  expect(some.sections.map(({ code }) => code)).toEqual(['C', 'I']);
  const all = replayPark(park, request());
  const sum = all.sections.reduce((n, s) => n + s.stays + s.gains + s.loses + s.never, 0);
  expect(sum).toBe(5);
});

test('the same question finds the park in memory; new facts and entered values do not find an old one', async () => {
  const park = await loadWholePark(db, request());
  expect(await loadWholePark(db, request())).toBe(park);
  await db.write((tx) =>
    recordFacts(
      tx,
      clock,
      [{ uscc: CODES[0]!, kind: 'figures', year: 2025, values: { rdExpense: 900_000_000 } }] as never,
      { actor: 'test' },
    ),
  );
  const fresh = await loadWholePark(db, request());
  expect(fresh).not.toBe(park);
  await enterOperatorValue(db, clock, {
    key: 'fx.USD.2024',
    value: '7.12',
    fromDay: '2024-01-01',
    reference: '外汇局',
    actor: 'test',
  });
  expect(await loadWholePark(db, request())).not.toBe(fresh);
});

test('an address becomes a question in 万元, and what cannot be read is said', async () => {
  const query = new URLSearchParams('scheme=giant&p.giant-2026.rd-total=1,000&p.giant-2026.debt-ratio=很高');
  const address = readReplayAddress(query, ON);
  expect(address.request).toMatchObject({
    from: 'giant@2022',
    to: 'giant@2026',
    on: ON,
    set: { 'giant-2026.rd-total': '10000000' },
  });
  expect(Object.keys(address.errors)).toEqual(['p.giant-2026.debt-ratio']);
  const answer = await answerReplay(db, address, query, null, 10_000);
  expect(answer.ready).toBe(true);
  if (!answer.ready) return;
  const rows = [...namedLines(answer, (ids) => namesOf(db, ids))];
  expect(rows).toHaveLength(answer.result.counts[answer.filter.movement]);
});

test('a threshold that the version does not have is refused with what it has', () => {
  expect(() => readSetOptions('giant@2026', ['nothing=1'])).toThrow(/giant-2026\.rd-total/);
  expect(() => readSetOptions('giant@2026', ['giant-2026.rd-total=lots'])).toThrow(/invalid/);
});

test('told apart by steward, an enterprise with two counts under both and one without under nobody', async () => {
  const park = await loadWholePark(db, request());
  const result = replayPark(park, request());
  const [first, second] = park.ids;
  const of = new Map([
    [first!, ['1', '2']],
    [second!, ['1']],
  ]);
  const groups = countBy(park, result, (_place, id) => of.get(id) ?? ['none']);
  const total = (code: string) => {
    const row = groups.find((group) => group.code === code)!;
    return row.stays + row.gains + row.loses + row.never;
  };
  expect([total('1'), total('2'), total('none')]).toEqual([2, 1, park.ids.length - 2]);
});
