import { afterEach, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { fixedClock } from '../db/clock.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { rational } from '../rules/engine/exact.ts';
import { enterFromForm, enterOperatorValue, operatorValuesOn } from './operator-values.server.ts';
import { recordFacts } from './facts.server.ts';
import { refreshVerdicts } from './verdicts.server.ts';

afterEach(closeTestDatabases);

const clock = fixedClock('2026-05-06T02:00:00.000Z');
const KEY = 'zhuhai-2024.unicorn.valuation';
const entry = (value: string, fromDay: string) => ({
  key: KEY,
  value,
  fromDay,
  reference: '珠科创〔2024〕1号',
  actor: 'admin',
});

test('a value counts from its first day on, a later first day takes over, a correction of the same day too', async () => {
  const db = testDatabase();
  expect(operatorValuesOn(db, '2026-05-06')).toBeUndefined();
  await enterOperatorValue(db, clock, entry('1000000000', '2026-01-01'));
  await enterOperatorValue(db, clock, entry('2000000000', '2026-04-01'));
  await enterOperatorValue(db, clock, entry('1500000000', '2026-01-01'));
  expect(operatorValuesOn(db, '2025-12-31')).toBeUndefined();
  expect(operatorValuesOn(db, '2026-03-31')).toEqual({ [KEY]: rational('1500000000') });
  expect(operatorValuesOn(db, '2026-04-01')).toEqual({ [KEY]: rational('2000000000') });
  expect(operatorValuesOn(db, '2026-04-01')).toBe(operatorValuesOn(db, '2026-04-02'));
  const kept = readerOf(db.raw).prepare<{ n: number }>('SELECT count(*) AS n FROM OperatorValue').get()!;
  expect(kept.n).toBe(3);
});

test.each([
  ['a number that the law gives', { key: 'giant-2026.rd-total' }, 'invalid'],
  ['no number', { value: '很多' }, 'invalid'],
  ['a negative number', { value: '-1' }, 'invalid'],
  ['no such day', { fromDay: '2026-02-30' }, 'invalid'],
  ['no source', { reference: ' ' }, 'invalid'],
])('%s is refused', async (_name, wrong, code) => {
  const db = testDatabase();
  await expect(
    enterOperatorValue(db, clock, { ...entry('1', '2026-01-01'), ...wrong }),
  ).rejects.toMatchObject({
    code,
  });
});

test('the same value twice is a conflict', async () => {
  const db = testDatabase();
  await enterOperatorValue(db, clock, entry('1', '2026-01-01'));
  await expect(enterOperatorValue(db, clock, entry('1', '2026-01-01'))).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('the form takes 万元 and full-width digits, and says by field what is wrong', async () => {
  const db = testDatabase();
  const form = (fields: Record<string, string>) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    return data;
  };
  const good = { key: KEY, value: '６０，０００ 万元', fromDay: '2026-01-01', reference: '通知' };
  expect(await enterFromForm(db, clock, 'admin', form({ ...good, value: '', reference: '' }))).toMatchObject({
    ok: false,
    errors: { value: '数值未填写', reference: expect.any(String) },
  });
  expect(await enterFromForm(db, clock, 'admin', form(good))).toMatchObject({ ok: true });
  expect(operatorValuesOn(db, '2026-01-01')).toEqual({ [KEY]: rational('600000000') });
});

test('an entered value makes stored verdicts stale and decides what was open before', async () => {
  const db = testDatabase();
  const valuation = 70_000_000_000;
  await db.write((tx) =>
    recordFacts(
      tx,
      clock,
      [
        {
          uscc: '91440400MA0000000T',
          kind: 'enterprise',
          values: { name: '珠海示例', division: '440402', listing: { status: 'unlisted' } },
        },
        {
          uscc: '91440400MA0000000T',
          kind: 'financing',
          values: { closedOn: '2025-05-01', currency: 'CNY', amount: valuation / 10, postMoney: valuation },
        },
      ] as never,
      { actor: 'test' },
    ),
  );
  const unmet = () =>
    readerOf(db.raw)
      .prepare<{ unmet: number; unknown: number; rule: string }>(
        `SELECT rule, unmet, unknown FROM StoredVerdict WHERE scheme = 'unicorn' AND action = 'new'`,
      )
      .get();
  await refreshVerdicts(db, clock);
  expect(unmet()).toMatchObject({ rule: 'unicorn@zhuhai-2024', unmet: 0, unknown: 2 });
  await enterOperatorValue(db, clock, entry('1000000000', '2026-01-01'));
  await refreshVerdicts(db, clock);
  expect(unmet()).toMatchObject({ unmet: 1, unknown: 1 });
});
