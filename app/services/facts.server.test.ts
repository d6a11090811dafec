import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { size } from '../../tests/size.ts';
import { anyFacts } from '../../tests/any-facts.ts';
import { fixedClock } from '../db/clock.ts';
import type { Db } from '../db/clients.server.ts';
import { loadFacts, streamFacts } from '../queries/facts.server.ts';
import { parseFacts, type Facts } from '../rules/facts/parse.ts';
import { refreshDigest } from './facts/digest.server.ts';
import { submit } from './door.server.ts';
import { enterpriseIdOf, recordFacts, type FactChange, type Origin } from './facts.server.ts';
import { verify } from './verify.server.ts';

afterEach(closeTestDatabases);

const clock = fixedClock('2026-05-06T02:00:00.000Z');
const USCC = '91110108MA001007X3';
const origin: Origin = { actor: 'test' };

const record = (db: Db, batch: FactChange[], from: Partial<Origin> = {}) =>
  db.write((tx) => recordFacts(tx, clock, batch, { ...origin, ...from }));

const count = (db: Db, table: string) =>
  (db.raw.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;

const digest = (db: Db) =>
  (db.raw.prepare('SELECT factsDigest FROM Enterprise').get() as { factsDigest: string }).factsDigest;

const facts = (json: object): Facts => {
  const parsed = parseFacts(json);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.facts;
};

/** Values and provenance without what says nothing: null, empty objects, years without a figure. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item) ?? {});
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const entries = Object.entries(value)
    .map(([key, item]) => [key, plain(item)] as const)
    .filter(([, item]) => item !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Values, and where they come from as far as there is a value. */
function comparable(of: Facts): unknown {
  const at = (path: string) =>
    path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown> | null)?.[key], of);
  const provenance = Object.entries(of.provenance).filter(([path]) => at(path) != null);
  return plain({ ...of, flags: null, provenance: Object.fromEntries(provenance) });
}

/** Titles are written by the door; here they are put in as the door would leave them. */
function addTitles(db: Db, enterpriseId: number, given: Facts): Promise<void> {
  return db.write((tx) => {
    given.titles?.forEach((title, i) => {
      const named = Object.fromEntries(
        Object.entries(given.provenance).flatMap(([path, of]) =>
          path.startsWith(`titles.${i}.`) ? [[path.slice(`titles.${i}.`.length), of]] : [],
        ),
      );
      tx.prepare(
        `INSERT INTO Title (enterpriseId, scheme, level, no, grantedOn, validUntil, status, provenance)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        enterpriseId,
        title.scheme,
        title.level ?? null,
        title.no ?? null,
        title.grantedOn ?? null,
        title.validUntil ?? null,
        title.status,
        JSON.stringify(named),
      );
    });
    refreshDigest(tx, enterpriseId);
  });
}

const FACT_TABLES = [
  'EnterpriseCode',
  'EnterpriseName',
  'YearFigures',
  'IntellectualProperty',
  'Financing',
  'Title',
];

const empty = (db: Db) =>
  db.write((tx) => {
    for (const table of [...FACT_TABLES, 'FactRecord', 'VerdictState', 'Enterprise'])
      tx.prepare(`DELETE FROM ${table}`).run();
  });

describe('round trip', () => {
  test(
    'any valid facts come back as they were given, with the source of each value',
    { timeout: 300_000 },
    async () => {
      const db = testDatabase();
      await fc.assert(
        fc.asyncProperty(anyFacts, async (json) => {
          await empty(db);
          const given = facts(json);
          const expected = structuredClone(given);
          const [result] = await record(db, [{ kind: 'facts', facts: given }]);
          if (result?.outcome !== 'created') throw new Error(JSON.stringify(result));
          const id = result.enterpriseId;
          await addTitles(db, id, given);
          const loaded = loadFacts(db, id);
          expect(comparable(loaded)).toEqual(comparable(expected));
          const again = await record(db, [{ kind: 'facts', facts: facts(json) }]);
          expect(again[0]?.outcome).toBe('unchanged');
        }),
        { numRuns: size(100, 2000) },
      );
    },
  );
});

describe('which statement is in force', () => {
  const revenue = (value: number) => ({ operatingRevenue: value });
  const say = (db: Db, value: number, source: Origin['source'], knownAt: string | null = null) =>
    record(db, [{ kind: 'figures', uscc: USCC, year: 2024, values: revenue(value) }], { source, knownAt });
  const inForce = (db: Db) => {
    const { years, provenance } = loadFacts(db, enterpriseIdOf(db.raw, { uscc: USCC })!);
    return [years?.['2024']?.operatingRevenue, provenance['years.2024.operatingRevenue']];
  };
  const start = async () => {
    const db = testDatabase();
    await record(db, [{ kind: 'enterprise', uscc: USCC, values: { name: '甲公司' } }]);
    return db;
  };

  test.each([
    ['a better source wins over an earlier one', ['self', null], ['audit', null], 2],
    ['a lesser source does not win, though it comes later', ['audit', null], ['self', '2026-04-30'], 1],
    ['of equal sources the one known later wins', ['audit', '2026-03-01'], ['audit', '2026-04-30'], 2],
    ['of equal sources the one known earlier loses', ['audit', '2026-04-30'], ['audit', '2026-03-01'], 1],
    ['where nobody says when it was known, the later statement wins', ['audit', null], ['audit', null], 2],
    ['no source counts as one’s own word: over a third party', ['thirdParty', null], [null, null], 2],
    ['no source counts as one’s own word: under statistics', ['statistics', null], [null, null], 1],
  ] as const)('%s', async (_name, [sourceA, knownA], [sourceB, knownB], winner) => {
    const db = await start();
    await say(db, 1, sourceA, knownA);
    const [second] = await say(db, 2, sourceB, knownB);
    const [value, provenance] = inForce(db);
    expect(value).toBe(winner);
    const [source, knownAt] = winner === 1 ? [sourceA, knownA] : [sourceB, knownB];
    expect(provenance).toEqual(source === null && knownAt === null ? undefined : { source, knownAt });
    expect(second?.outcome).toBe(winner === 1 ? 'unchanged' : 'updated');
    expect(second?.outcome !== 'rejected' && second?.flags.length).toBe(winner === 1 ? 1 : 0);
  });

  test('every statement is kept, also one that does not come into force, but once only', async () => {
    const db = await start();
    const before = count(db, 'FactRecord');
    await say(db, 1, 'audit');
    await say(db, 2, 'self');
    await say(db, 2, 'self');
    await say(db, 1, 'audit');
    expect(count(db, 'FactRecord')).toBe(before + 2);
  });

  test('the same value from a better source raises the confidence and leaves the digest', async () => {
    const db = await start();
    await say(db, 1, 'self');
    const before = digest(db);
    const [result] = await say(db, 1, 'audit');
    expect(result?.outcome).toBe('updated');
    expect(inForce(db)).toEqual([1, { source: 'audit', knownAt: null }]);
    expect(digest(db)).toBe(before);
  });

  test('a value can be taken back', async () => {
    const db = await start();
    await say(db, 1, 'audit');
    await record(db, [{ kind: 'figures', uscc: USCC, year: 2024, values: {}, clear: ['operatingRevenue'] }]);
    expect(inForce(db)).toEqual([null, undefined]);
  });
});

describe('a batch', () => {
  test('creates by code, updates by a code with full-width letters, and says what it could not do', async () => {
    const db = testDatabase();
    const results = await record(db, [
      { kind: 'enterprise', uscc: USCC, values: { name: '甲公司' } },
      { kind: 'enterprise', uscc: ' ９１110108ma001007x3 ', values: { name: '甲公司', division: '110108' } },
      { kind: 'figures', uscc: USCC, year: 2024, values: { employees: 8000 } },
      { kind: 'figures', uscc: '91440400MA4UN8LG2Q', year: 2024, values: { employees: 8000 } },
      { kind: 'enterprise', uscc: '123', values: {} },
      { kind: 'enterprise', values: {} },
    ]);
    expect(results.map((result) => result.outcome)).toEqual([
      'created',
      'updated',
      'created',
      'rejected',
      'rejected',
      'rejected',
    ]);
    expect(count(db, 'Enterprise')).toBe(1);
  });

  test('that alters nothing writes nothing', async () => {
    const db = testDatabase();
    const batch: FactChange[] = [
      { kind: 'enterprise', uscc: USCC, values: { name: '甲公司' }, extra: { 注册资本: '100 万元' } },
      {
        kind: 'figures',
        uscc: USCC,
        year: 2024,
        values: { employees: 8000, rdExpense: -5 },
        flags: [{ path: 'years.2024', message: '口径存疑' }],
      },
      { kind: 'ip', uscc: USCC, values: { kind: 'invention', no: 'ZL 2020 1 0000001.X' } },
      { kind: 'financing', uscc: USCC, values: { closedOn: '2024-05-01', amount: 100, currency: 'CNY' } },
    ];
    const first = await record(db, batch, { source: 'self' });
    expect(first.map((result) => result.outcome)).toEqual(['created', 'created', 'created', 'created']);
    const state = () =>
      ['Enterprise', 'YearFigures', 'IntellectualProperty', 'Financing', 'FactRecord', 'EnterpriseName'].map(
        (table) => db.raw.prepare(`SELECT * FROM ${table}`).all(),
      );
    const before = state();
    const second = await record(db, batch, { source: 'self' });
    expect(second.map((result) => result.outcome)).toEqual(Array(4).fill('unchanged'));
    expect(state()).toEqual(before);
    const flags = (results: typeof first) =>
      results.map((result) => (result.outcome === 'rejected' ? [] : result.flags.map((flag) => flag.path)));
    expect(flags(second)).toEqual(flags(first));
    expect(flags(first)[1]).toEqual(['years.2024', 'years.2024.rdExpense']);
  });

  test('a new name keeps the old one as a former name', async () => {
    const db = testDatabase();
    await record(db, [{ kind: 'enterprise', uscc: USCC, values: { name: '甲公司' } }]);
    await record(db, [{ kind: 'enterprise', uscc: USCC, values: { name: '乙公司' } }]);
    const { name, formerNames } = loadFacts(db, 1);
    expect([name, formerNames]).toEqual(['乙公司', ['甲公司']]);
  });

  test('the same right stated twice is one right, filled in', async () => {
    const db = testDatabase();
    await record(db, [
      { kind: 'enterprise', uscc: USCC, values: { name: '甲公司' } },
      { kind: 'ip', uscc: USCC, values: { kind: 'invention', no: 'ZL2020100', name: '一种装置' } },
      { kind: 'ip', uscc: USCC, values: { kind: 'invention', no: 'ｚｌ2020 100', grantedOn: '2022-01-01' } },
    ]);
    expect(loadFacts(db, 1).intellectualProperty).toMatchObject([
      { no: 'ｚｌ2020 100', name: '一种装置', grantedOn: '2022-01-01' },
    ]);
  });

  test('a failing batch leaves nothing', async () => {
    const db = testDatabase();
    const broken = db.write((tx) => {
      recordFacts(tx, clock, [{ kind: 'enterprise', uscc: USCC, values: { name: '甲公司' } }], origin);
      throw new Error('broken');
    });
    await expect(broken).rejects.toThrow('broken');
    expect(count(db, 'Enterprise') + count(db, 'FactRecord')).toBe(0);
  });
});

describe('digest', () => {
  const base = { uscc: USCC, name: '甲公司', years: { 2024: { rdExpense: 100 } }, awards: [] };

  test.each([
    ['a figure changes', { ...base, years: { 2024: { rdExpense: 100.01 } } }, true],
    ['a further year', { ...base, years: { 2024: { rdExpense: 100 }, 2025: { employees: 3 } } }, true],
    ['known to be none becomes some', { ...base, awards: [{ kind: 'quality' }] }, true],
    ['the name changes', { ...base, name: '乙公司' }, false],
  ])('%s', async (_name, changed, differs) => {
    const db = testDatabase();
    await record(db, [{ kind: 'facts', facts: facts(base) }]);
    const before = digest(db);
    await record(db, [{ kind: 'facts', facts: facts(changed) }]);
    expect(digest(db) !== before).toBe(differs);
    await db.write((tx) => refreshDigest(tx, 1));
    expect(digest(db) !== before).toBe(differs);
  });
});

test('the stream gives what loading gives, in the order of the ids, from one moment', async () => {
  const db = testDatabase();
  const samples = fc.sample(anyFacts, { numRuns: 30, seed: 7 });
  const distinct = [...new Map(samples.map((sample) => [sample.uscc, sample])).values()];
  await record(
    db,
    distinct.map((sample) => ({ kind: 'facts', facts: facts(sample) })),
  );
  const streamed = [];
  for (const item of streamFacts(db)) {
    streamed.push(item);
    // Written while the reading goes on: it must not show.
    if (streamed.length === 1)
      await record(db, [{ kind: 'enterprise', enterpriseId: 2, values: { name: '变了' } }]);
  }
  expect(streamed.map((item) => item.enterpriseId)).toEqual(distinct.map((_sample, i) => i + 1));
  expect(streamed[2]?.facts).toEqual(loadFacts(db, 3));
  expect(streamed[1]?.facts.name).not.toBe('变了');
  expect(loadFacts(db, 2).name).toBe('变了');
  expect([...streamFacts(db, { where: 'e.id <= ?', parameters: [3] })]).toHaveLength(
    Math.min(3, distinct.length),
  );
});

describe('a park stated anew', () => {
  const certified = async () => {
    const db = testDatabase();
    await record(db, [{ kind: 'enterprise', uscc: USCC, values: { name: '甲公司', park: '一园' } }]);
    const payload = { grantedOn: '2024-10-26', validUntil: '2027-10-25' };
    const event = { enterpriseId: 1, actor: 'test', effectiveOn: '2024-10-26' };
    await submit(db, clock, { ...event, scheme: 'hnte', type: 'certify', payload });
    return { db, event };
  };
  const stateSecond = (db: Db) => record(db, [{ kind: 'enterprise', uscc: USCC, values: { park: '二园' } }]);

  test('takes along what is counted by park', async () => {
    const { db } = await certified();
    await stateSecond(db);
    expect(loadFacts(db, 1).park).toBe('二园');
    expect(verify(db, clock).problems).toEqual([]);
  });

  test('does not overrule a move in the log', async () => {
    const { db, event } = await certified();
    const moved = {
      ...event,
      scheme: null,
      type: 'moved',
      effectiveOn: '2025-03-01',
      payload: { from: 1, to: null },
    };
    expect(await submit(db, clock, moved as Parameters<typeof submit>[2])).toMatchObject({ ok: true });
    const before = loadFacts(db, 1).park;
    const [result] = await stateSecond(db);
    expect(result).toMatchObject({ outcome: 'unchanged', flags: [{ path: 'park' }] });
    expect(loadFacts(db, 1).park).toBe(before);
    expect(verify(db, clock).problems).toEqual([]);
  });
});
