import { afterEach, describe, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { inventedCode } from '../../tests/population.ts';
import type { Db } from '../db/clients.server.ts';
import { fixedClock } from '../db/clock.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { loadFacts } from '../queries/facts.server.ts';
import { submit } from './door.server.ts';
import { correctCode, mergeEnterprises, previewMerge } from './enterprise.server.ts';
import type { FactChange } from './fact-change.ts';
import { enterpriseIdOf, recordFacts } from './facts.server.ts';
import { verify } from './verify.server.ts';

afterEach(closeTestDatabases);

const clock = fixedClock('2026-05-06T02:00:00.000Z');
const [A, B, C] = [inventedCode(1), inventedCode(2), inventedCode(3)];
const by = { actor: 'wang', reason: '营业执照为准' };

const record = (db: Db, batch: FactChange[]) =>
  db.write((tx) => recordFacts(tx, clock, batch, { actor: 'test' }));
const idOf = (db: Db, uscc: string) => enterpriseIdOf(readerOf(db.raw), { uscc });
const events = (db: Db, type: string) =>
  db.raw.prepare('SELECT enterpriseId, actor, reason, payload FROM Event WHERE type = ?').all(type) as {
    enterpriseId: number;
    actor: string;
    reason: string;
    payload: string;
  }[];

async function two() {
  const db = testDatabase();
  await record(db, [
    { kind: 'enterprise', uscc: A, values: { name: '甲公司' } },
    { kind: 'enterprise', uscc: B, values: { name: '甲有限公司', division: '440402' } },
  ]);
  return db;
}

describe('a corrected code', () => {
  test('is an event; both codes find the enterprise, and an import with the old one too', async () => {
    const db = await two();
    expect(await correctCode(db, clock, { enterpriseId: 1, newCode: C.toLowerCase(), ...by })).toBeNull();
    expect([idOf(db, A), idOf(db, C)]).toEqual([1, 1]);
    expect(loadFacts(db, 1).uscc).toBe(C);
    const [event] = events(db, 'code_corrected');
    expect(event).toMatchObject({ enterpriseId: 1, ...by });
    expect(JSON.parse(event!.payload)).toMatchObject({ oldCode: A, newCode: C });
    const [late] = await record(db, [{ kind: 'figures', uscc: A, year: 2024, values: { employees: 800 } }]);
    expect(late).toMatchObject({ outcome: 'created', enterpriseId: 1 });
  });

  test('that fails its check digit is taken and flagged', async () => {
    const db = await two();
    const doubtful = C.slice(0, 17) + (C[17] === '0' ? '1' : '0');
    expect(await correctCode(db, clock, { enterpriseId: 1, newCode: doubtful, ...by })).toContain('校验码');
    expect(loadFacts(db, 1).flags.map((flag) => flag.path)).toEqual(['uscc']);
  });

  test('can be put back', async () => {
    const db = await two();
    await correctCode(db, clock, { enterpriseId: 1, newCode: C, ...by });
    await correctCode(db, clock, { enterpriseId: 1, newCode: A, ...by });
    expect([loadFacts(db, 1).uscc, idOf(db, A), idOf(db, C)]).toEqual([A, 1, 1]);
  });

  test.each([
    ['another enterprise’s', B, 'conflict'],
    ['the same', A, 'conflict'],
    ['no code', '123', 'invalid'],
  ])('is refused when it is %s', async (_name, newCode, code) => {
    const db = await two();
    await expect(correctCode(db, clock, { enterpriseId: 1, newCode, ...by })).rejects.toMatchObject({ code });
    expect(idOf(db, A)).toBe(1);
  });
});

describe('merged records', () => {
  test('one record remains, with the better founded of both, all codes and names, titles and rights', async () => {
    const db = await two();
    await record(db, [
      { kind: 'figures', uscc: A, year: 2024, values: { employees: 800, rdExpense: 100 } },
      { kind: 'figures', uscc: B, year: 2024, values: { employees: 900, mainRevenue: 7 } },
      { kind: 'figures', uscc: B, year: 2024, values: { rdExpense: 200 }, source: 'audit' },
      { kind: 'ip', uscc: A, values: { kind: 'invention', no: 'ZL1' } },
      { kind: 'ip', uscc: B, values: { kind: 'invention', no: 'zl 1', name: '一种装置' } },
      { kind: 'ip', uscc: B, values: { kind: 'design', no: 'ZL2' }, source: 'official' },
    ]);
    const certified = await submit(db, clock, {
      enterpriseId: 2,
      scheme: 'hnte',
      type: 'certify',
      effectiveOn: '2024-10-26',
      actor: 'test',
      payload: { level: 'national', no: 'GR1', grantedOn: '2024-10-26', validUntil: '2027-10-25' },
    });
    expect(certified.ok).toBe(true);
    await mergeEnterprises(db, clock, { fromId: 2, intoId: 1, ...by });
    const facts = loadFacts(db, 1);
    expect(facts).toMatchObject({ uscc: A, name: '甲公司', formerNames: ['甲有限公司'], division: '440402' });
    expect(facts.years?.['2024']).toMatchObject({ employees: 800, rdExpense: 200, mainRevenue: 7 });
    expect(facts.provenance['years.2024.rdExpense']).toEqual({ source: 'audit', knownAt: null });
    expect(facts.intellectualProperty).toMatchObject([
      { no: 'ZL1', name: '一种装置' },
      { no: 'ZL2', kind: 'design' },
    ]);
    expect(facts.titles).toMatchObject([{ scheme: 'hnte', no: 'GR1', status: 'valid' }]);
    expect([idOf(db, A), idOf(db, B)]).toEqual([1, 1]);
    expect(enterpriseIdOf(readerOf(db.raw), { enterpriseId: 2 })).toBe(1);
    expect(events(db, 'merged')).toMatchObject([{ enterpriseId: 2, ...by }]);
    const headlines = db.raw.prepare('SELECT id, headline FROM Enterprise ORDER BY id').all();
    expect(headlines).toEqual([
      { id: 1, headline: 'hnte' },
      { id: 2, headline: null },
    ]);
    expect(verify(db, clock)).toMatchObject({ enterprises: 2, problems: [] });
  });

  test('are previewed value by value, and the preview leaves nothing behind', async () => {
    const db = await two();
    await record(db, [
      { kind: 'figures', uscc: A, year: 2024, values: { employees: 800 } },
      { kind: 'figures', uscc: B, year: 2024, values: { employees: 900, mainRevenue: 7 } },
      { kind: 'ip', uscc: B, values: { kind: 'design', no: 'ZL2' } },
    ]);
    const tables = ['Event', 'FactRecord', 'Enterprise', 'EnterpriseName', 'IntellectualProperty'];
    const everything = () =>
      JSON.stringify(tables.map((table) => db.raw.prepare(`SELECT * FROM ${table}`).all()));
    const before = everything();
    const changes = await previewMerge(db, clock, { fromId: 2, intoId: 1, actor: 'wang' });
    expect(changes).toEqual([
      { path: 'formerNames', before: null, after: ['甲有限公司'] },
      { path: 'division', before: null, after: '440402' },
      { path: 'years.2024.mainRevenue', before: null, after: 7 },
      { path: 'intellectualProperty', before: null, after: 1 },
    ]);
    expect(everything()).toBe(before);
    await mergeEnterprises(db, clock, { fromId: 2, intoId: 1, ...by });
    await expect(previewMerge(db, clock, { fromId: 2, intoId: 1, actor: 'wang' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('an import with the merged code goes to the record that stays', async () => {
    const db = await two();
    await mergeEnterprises(db, clock, { fromId: 2, intoId: 1, ...by });
    const [late] = await record(db, [{ kind: 'enterprise', uscc: B, values: { industry: '6513' } }]);
    expect(late).toMatchObject({ outcome: 'updated', enterpriseId: 1 });
  });

  test('is refused without a reason, into itself, and for a record that is merged already', async () => {
    const db = await two();
    const merge = (fromId: number, intoId: number, reason = 'x') =>
      mergeEnterprises(db, clock, { fromId, intoId, actor: 'wang', reason });
    await expect(merge(2, 1, ' ')).rejects.toMatchObject({ code: 'invalid' });
    await expect(merge(1, 1)).rejects.toMatchObject({ code: 'invalid' });
    await merge(2, 1);
    await expect(merge(2, 1)).rejects.toMatchObject({ code: 'conflict' });
    await expect(merge(1, 9)).rejects.toMatchObject({ code: 'not-found' });
  });
});
