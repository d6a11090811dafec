import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import type { Db } from '../db/clients.server.ts';
import { fixedClock } from '../db/clock.ts';
import { followUpsOf, openActions } from '../queries/follow-ups.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { todoPage } from '../queries/todo.server.ts';
import { mergeEnterprises } from './enterprise.server.ts';
import { recordFacts } from './facts.server.ts';
import { followUpFromForm } from './follow-up-forms.server.ts';
import {
  followUpErrors,
  keepFollowUp,
  settleNext,
  voidFollowUp,
  type NewFollowUp,
} from './follow-ups.server.ts';
import { markFromForm } from './todo.server.ts';
import { invented } from '../../tests/population.ts';

afterEach(closeTestDatabases);
const clock = fixedClock('2026-05-06T02:00:00.000Z');
const TODAY = '2026-05-06';
let db: Db;
beforeEach(async () => {
  db = testDatabase();
  await db.write((tx) => {
    for (const i of [0, 1]) recordFacts(tx, clock, invented(i, 1), { actor: 'test' });
  });
});

const entry: NewFollowUp = {
  scheme: 'giant',
  kind: 'visit',
  onDay: '2026-05-04',
  note: '看了车间，谈研发费用归集',
  nextAction: '送审计报告',
  nextOn: '2026-05-20',
};
const who = { enterpriseId: 1, actor: 'wang' };
const lines = (enterpriseId = 1) => followUpsOf(db, enterpriseId, TODAY);
const scope = () => readScope(db, new URLSearchParams(), TODAY);
const open = (until = '2026-12-31') => openActions(db, scope(), until).map(({ nextAction }) => nextAction);
const form = (values: Record<string, string>) => {
  const made = new FormData();
  for (const [key, value] of Object.entries(values)) made.set(key, value);
  return made;
};

describe('what is refused', () => {
  test.each([
    [{ onDay: '2026-05-06' }, []],
    [{ onDay: '2026-05-07' }, ['onDay']],
    [{ onDay: '2026-02-30' }, ['onDay']],
    [{ note: '' }, ['note']],
    [{ note: '长'.repeat(2000) }, []],
    [{ note: '长'.repeat(2001) }, ['note']],
    [{ nextOn: '2026-05-04' }, []],
    [{ nextOn: '2026-05-03' }, ['nextOn']],
    [{ nextAction: null }, ['nextAction']],
    [{ nextOn: null }, ['nextOn']],
    [{ nextAction: null, nextOn: null }, []],
    [{ kind: 'dream' as never }, ['kind']],
    [{ scheme: 'none' }, ['scheme']],
    [{ scheme: null }, []],
  ] as [Partial<NewFollowUp>, string[]][])('%o at %o', (change, fields) => {
    expect(Object.keys(followUpErrors({ ...entry, ...change }, TODAY))).toEqual(fields);
  });

  test('an enterprise that is not there', async () => {
    await expect(keepFollowUp(db, clock, entry, { ...who, enterpriseId: 9 })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('keeping', () => {
  test('a correction voids the old entry, keeps it, and only the new one counts', async () => {
    await keepFollowUp(db, clock, entry, who);
    const [first] = lines();
    await keepFollowUp(
      db,
      clock,
      { ...entry, nextOn: '2026-06-01' },
      { ...who, actor: 'li', replaces: first!.id },
    );
    expect(lines().map(({ nextOn, voidReason, replacesId }) => [nextOn, voidReason, replacesId])).toEqual([
      ['2026-06-01', null, first!.id],
      ['2026-05-20', '更正', null],
    ]);
    expect(open()).toEqual(['送审计报告']);
  });

  test('a correction that changes nothing writes nothing', async () => {
    await keepFollowUp(db, clock, entry, who);
    await keepFollowUp(db, clock, { ...entry }, { ...who, replaces: lines()[0]!.id });
    expect(lines()).toHaveLength(1);
  });

  test('two correct the same entry: the second is told', async () => {
    await keepFollowUp(db, clock, entry, who);
    const { id } = lines()[0]!;
    await keepFollowUp(db, clock, { ...entry, note: '甲' }, { ...who, replaces: id });
    await expect(
      keepFollowUp(db, clock, { ...entry, note: '乙' }, { ...who, replaces: id }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await expect(voidFollowUp(db, clock, { ...who, id, reason: '误记' })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(lines().filter(({ voidedAt }) => voidedAt === null)).toMatchObject([{ note: '甲' }]);
  });

  test('an entry of another enterprise is out of reach', async () => {
    await keepFollowUp(db, clock, entry, who);
    const { id } = lines()[0]!;
    const other = { enterpriseId: 2, actor: 'wang', id };
    await expect(voidFollowUp(db, clock, { ...other, reason: '误记' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(settleNext(db, clock, { ...other, note: null, done: true })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(open()).toEqual(['送审计报告']);
  });

  test('voiding asks for a reason and takes the next action with it', async () => {
    await keepFollowUp(db, clock, entry, who);
    const { id } = lines()[0]!;
    await expect(voidFollowUp(db, clock, { ...who, id, reason: ' ' })).rejects.toMatchObject({
      code: 'invalid',
    });
    await voidFollowUp(db, clock, { ...who, id, reason: '记错企业' });
    expect(open()).toEqual([]);
    expect(lines()).toMatchObject([{ voidReason: '记错企业', daysLeft: null }]);
  });

  test('the notes of a duplicate go on in the record it is merged into', async () => {
    await keepFollowUp(db, clock, entry, { ...who, enterpriseId: 2 });
    await mergeEnterprises(db, clock, { fromId: 2, intoId: 1, actor: 'wang', reason: '同一家' });
    expect([lines(1).length, lines(2).length]).toEqual([1, 0]);
    expect(openActions(db, scope(), '2026-12-31').map(({ enterpriseId }) => enterpriseId)).toEqual([1]);
  });
});

describe('next actions', () => {
  beforeEach(() => keepFollowUp(db, clock, entry, who));

  test('stand in the list up to their day, not beyond', () => {
    expect([open('2026-05-19'), open('2026-05-20')]).toEqual([[], ['送审计报告']]);
  });

  test('are settled once, and opened again once', async () => {
    const { id } = lines()[0]!;
    const settle = (done: boolean) => settleNext(db, clock, { ...who, id, note: '已收到', done });
    await settle(true);
    expect(open()).toEqual([]);
    expect(lines()).toMatchObject([{ doneBy: 'wang', doneNote: '已收到', daysLeft: null }]);
    await expect(settle(true)).rejects.toMatchObject({ code: 'conflict' });
    await settle(false);
    expect(open()).toEqual(['送审计报告']);
    await expect(settle(false)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('stand in 今日待办, and what is settled there is settled here', async () => {
    const look = { view: 'near', kind: 'follow', page: 1, size: 50, chosen: null } as const;
    expect(todoPage(db, scope(), look).rows).toMatchObject([{ what: '送审计报告', daysLeft: 14 }]);
    const key = `follow:${lines()[0]!.id}`;
    expect(await markFromForm(db, clock, 'li', form({ key, mark: 'done', note: '收到' }))).toMatchObject({
      ok: true,
    });
    expect(todoPage(db, scope(), look).rows).toEqual([]);
    expect(lines()).toMatchObject([{ doneBy: 'li', doneNote: '收到' }]);
    expect(await markFromForm(db, clock, 'zhao', form({ key, mark: 'done' }))).toMatchObject({ ok: false });
  });

  test('late ones count the days', () => {
    expect(followUpsOf(db, 1, '2026-05-20')[0]!.daysLeft).toBe(0);
    expect(followUpsOf(db, 1, '2026-05-22')[0]!.daysLeft).toBe(-2);
  });
});

test('a form with faults writes nothing and names the fields; a good one writes', async () => {
  const visit = { db, clock, actor: 'wang' };
  const values = { kind: 'phone', onDay: '2026-05-06', note: '', nextAction: '', nextOn: '' };
  expect(await followUpFromForm(visit, 1, form(values))).toMatchObject({
    ok: false,
    status: 400,
    errors: { note: '请写明谈了什么' },
  });
  expect(lines()).toEqual([]);
  expect(await followUpFromForm(visit, 1, form({ ...values, note: '已通话' }))).toMatchObject({ ok: true });
  expect(lines()).toMatchObject([{ kind: 'phone', kindLabel: '电话', note: '已通话', nextAction: null }]);
  const id = String(lines()[0]!.id);
  expect(await followUpFromForm(visit, 1, form({ id, do: 'void', reason: '' }))).toMatchObject({
    errors: { reason: '请写明作废的理由' },
  });
  expect(await followUpFromForm(visit, 1, form({ id: '99', do: 'done' }))).toMatchObject({ status: 409 });
});
