import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clock, fillPark, section, staff, TODAY } from '../../../tests/batch-park.ts';
import { closeTestDatabases, testDatabase } from '../../../tests/database.ts';
import { inventedCode } from '../../../tests/population.ts';
import type { Db } from '../../db/clients.server.ts';
import { loadBatch } from '../../queries/batches.server.ts';
import { recordFacts } from '../facts.server.ts';
import { drawBatch } from './draft.server.ts';
import type { Asker, BatchRef } from './keeper.server.ts';
import { passOn, passSteward } from './review.server.ts';
import { askSupplement, supply } from './supplement.server.ts';

let db: Db;
const batch = () => loadBatch(db, 1)!;
const ref = (by: Asker): BatchRef => ({ batchId: 1, revision: batch().revision, by });
const first = () => batch().rows.find(({ enterpriseId }) => enterpriseId === 1)!;

beforeEach(async () => {
  db = testDatabase();
  await fillPark(db);
  await drawBatch(db, clock, staff, {
    scheme: 'hnte',
    title: '第一批',
    applicationOn: TODAY,
    windowLabel: null,
    windowId: null,
    deadline: null,
    quota: null,
    orderBy: 'closeness',
    note: null,
    enterpriseIds: [1, 2],
  });
  await passOn(db, clock, ref(staff), 'send');
  await passSteward(
    db,
    clock,
    ref(staff),
    batch().rows.map(({ id }) => id),
  );
});
afterEach(closeTestDatabases);

const ask = (conditions: readonly string[], documents: readonly string[] = []) =>
  askSupplement(db, clock, ref(section), first().id, { conditions, documents, note: '请补齐' });
const answer = (
  answers: Readonly<Record<string, string>>,
  files: Readonly<Record<string, { name: string; bytes: Uint8Array }>> = {},
) =>
  supply(db, clock, ref(staff), first().id, {
    answers: new Map(Object.entries(answers)),
    files: new Map(Object.entries(files)),
  });
const change = (values: object) =>
  db.write((tx) =>
    recordFacts(tx, clock, [{ kind: 'enterprise', uscc: inventedCode(1), values }], { actor: 'test' }),
  );
const resultOf = (id: string) => first().verdict!.conditions.find((condition) => condition.id === id)!.result;
const pdf = { name: '审计报告.pdf', bytes: new TextEncoder().encode('%PDF-') };

describe('returned for supplement', () => {
  test('holds the batch until it came, and reopens only what was asked', async () => {
    expect([resultOf('tech-field'), resultOf('registered-days')]).toEqual(['manual', 'met']);
    await ask(['tech-field'], ['审计报告', ' 审计报告 ', '']);
    expect(first()).toMatchObject({ state: 'supplement', note: '请补齐' });
    expect(first().asked).toEqual([
      { key: 'condition:tech-field', label: expect.any(String) as string, answer: null },
      { key: 'document:0', label: '审计报告', answer: null },
    ]);
    await expect(passOn(db, clock, ref(section), 'pass_section')).rejects.toThrow('还有企业在补充材料');

    // Both change, but only the field was asked about: the other stays locked as it was checked.
    await change({ techField: '1.1', registeredOn: '2026-06-01' });
    await expect(answer({ 'condition:tech-field': '已核定' })).rejects.toThrow('还没有补充“审计报告”');
    await expect(
      answer({ 'condition:tech-field': '已核定', 'document:0': '附后', 'condition:rd-intensity': '改' }),
    ).rejects.toThrow('其余已锁定');
    expect(first().state).toBe('supplement');
    await answer({ 'condition:tech-field': '已核定' }, { 'document:0': pdf });
    expect(first()).toMatchObject({ state: 'in', note: null });
    expect(first().asked.map((item) => item.answer)).toEqual(['已核定', '审计报告.pdf']);
    expect(resultOf('registered-days')).toBe('met');
    await passOn(db, clock, ref(section), 'pass_section');
  });

  test('a condition asked about is judged anew, and the outcome with it', async () => {
    expect(first().outcome).toBe('undetermined');
    await change({ registeredOn: '2026-06-01' });
    await ask(['registered-days']);
    await answer({ 'condition:registered-days': '以营业执照为准' });
    expect([resultOf('registered-days'), first().outcome]).toEqual(['unmet', 'ineligible']);
  });

  test('asks for something, and for what is there', async () => {
    await expect(ask([], [' '])).rejects.toThrow('请勾选');
    await expect(ask(['no-such-condition'])).rejects.toThrow('不在该企业的判定中');
    await expect(ask([], ['x'.repeat(101)])).rejects.toThrow('不超过 100 字');
    expect(first().state).toBe('in');
  });

  test('nothing is taken in that was not asked for', async () => {
    await expect(answer({ 'document:0': '附后' })).rejects.toThrow('其余已锁定');
    expect(first().asked).toEqual([]);
  });
});
