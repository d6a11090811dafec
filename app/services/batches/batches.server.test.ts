import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  administrator,
  clock,
  colleague,
  fillPark,
  HOLDER,
  leader,
  section,
  staff,
  THIRTY,
  TODAY,
  UNDER_REVIEW,
  VETOED,
} from '../../../tests/batch-park.ts';
import { closeTestDatabases, testDatabase } from '../../../tests/database.ts';
import { inventedCode } from '../../../tests/population.ts';
import type { Db } from '../../db/clients.server.ts';
import { readEvents } from '../../db/event-rows.server.ts';
import { readerOf } from '../../db/fact-rows.server.ts';
import { loadBatch } from '../../queries/batches.server.ts';
import { submit } from '../door.server.ts';
import { recordFacts } from '../facts.server.ts';
import { verify } from '../verify.server.ts';
import { changeDraft, drawBatch, type NewBatch } from './draft.server.ts';
import type { Asker, BatchRef } from './keeper.server.ts';
import { attachMinutes, decide, sign } from './meeting.server.ts';
import {
  confirmRows,
  cutToQuota,
  holdRows,
  passOn,
  passSteward,
  refillQuota,
  releaseRow,
  returnBatch,
} from './review.server.ts';
import { prepareBatch, submitBatch, undoStep, withdrawBatch } from './submission.server.ts';

let db: Db;
beforeEach(async () => {
  db = testDatabase();
  await fillPark(db);
});
afterEach(closeTestDatabases);

const terms: NewBatch = {
  scheme: 'hnte',
  title: '2027 年第一批',
  applicationOn: TODAY,
  windowLabel: null,
  windowId: null,
  deadline: '2026-12-31',
  quota: null,
  orderBy: 'closeness',
  note: null,
  enterpriseIds: THIRTY,
};

const batch = (id = 1) => loadBatch(db, id)!;
const ref = (by: Asker, id = 1): BatchRef => ({ batchId: id, revision: batch(id).revision, by });
const inState = (state: string) => batch().rows.filter((row) => row.state === state);
const rowOfEnterprise = (enterpriseId: number) =>
  batch().rows.find((row) => row.enterpriseId === enterpriseId)!;
const draw = (over: Partial<NewBatch> = {}, by = staff) => drawBatch(db, clock, by, { ...terms, ...over });

async function toSection(over: Partial<NewBatch> = {}) {
  await draw(over);
  await passOn(db, clock, ref(staff), 'send');
  await passSteward(
    db,
    clock,
    ref(staff),
    inState('in').map(({ id }) => id),
  );
}
async function toMeeting(over: Partial<NewBatch> = {}) {
  await toSection(over);
  await passOn(db, clock, ref(section), 'pass_section');
}
const signature = (department: string, decision: 'agree' | 'disagree' = 'agree') => ({
  department,
  person: '某某',
  decision,
  opinion: decision === 'disagree' ? '需补充' : null,
});
const minutes = { name: '纪要.txt', bytes: new TextEncoder().encode('会议纪要') };
async function held(over: Partial<NewBatch> = {}) {
  await toMeeting(over);
  await sign(db, clock, ref(section), signature('科技局'));
  await sign(db, clock, ref(leader), signature('财政局'));
  await attachMinutes(db, clock, ref(section), minutes);
}
const allIn = () => inState('in').map(({ id }) => id);
async function decided(over: Partial<NewBatch> = {}) {
  await held(over);
  return decide(db, clock, ref(section), { approved: allIn(), others: null });
}

const wayOf = (enterpriseId: number) =>
  readEvents(readerOf(db.raw), enterpriseId)
    .filter(({ scheme }) => scheme === 'hnte')
    .map(({ type }) => type);

describe('thirty selected, twenty-seven of which can move', () => {
  test('the three are held back with their reasons, the rest are listed and judged', async () => {
    const drawn = await draw();
    expect(drawn).toEqual({ batchId: 1, listed: 27, heldBack: 3 });
    expect(batch()).toMatchObject({ state: 'checked', createdBy: 'staff' });
    expect(inState('held_back').map((row) => [row.enterpriseId, row.reason])).toEqual([
      [VETOED, 'vetoed'],
      [UNDER_REVIEW, 'under_review'],
      [HOLDER, 'already_held'],
    ]);
    for (const row of inState('held_back')) expect(row.note).toMatch(/[一-鿿]/);
    const row = rowOfEnterprise(1);
    expect(row.verdict).toMatchObject({ scheme: 'hnte', on: TODAY, rule: 'hnte@2016', action: 'new' });
    expect([row.rank, row.frozenAt, row.factsChanged]).toEqual([1, null, false]);
    expect(rowOfEnterprise(HOLDER).rank).toBeNull();
  });

  test('twenty-seven are recommended, prepared and submitted; nobody else is touched', async () => {
    await decided();
    expect(batch().state).toBe('approved');
    expect(wayOf(1)).toEqual(['nominate']);
    expect(await prepareBatch(db, clock, ref(staff))).toEqual({ done: 27, refused: [] });
    const outcome = await submitBatch(db, clock, ref(staff));
    expect(outcome).toEqual({ done: 27, refused: [] });
    expect(batch()).toMatchObject({ state: 'submitted', submittedAt: clock.now() });
    expect(wayOf(1)).toEqual(['nominate', 'prepare', 'submit']);
    expect(wayOf(VETOED)).toEqual([]);
    expect(wayOf(UNDER_REVIEW)).toEqual(['submit']);
    expect(verify(db, clock).problems).toEqual([]);
  });

  test('an enterprise already listed in an open batch of the title is held back in the next one', async () => {
    await draw({ enterpriseIds: [1, 2] });
    await draw({ enterpriseIds: [2, 3] });
    expect(batch(2).rows.map((row) => [row.enterpriseId, row.state, row.reason])).toEqual([
      [3, 'in', null],
      [2, 'held_back', 'in_other_batch'],
    ]);
    await draw({ enterpriseIds: [2], scheme: 'tsme' });
    expect(batch(3).rows[0]!.state).toBe('in');
    await withdrawBatch(db, clock, ref(staff), '不再申报');
    await changeDraft(db, clock, ref(staff, 2));
    expect(batch(2).rows.map(({ state }) => state)).toEqual(['in', 'in']);
  });
});

describe('the verdict', () => {
  test('is frozen at submission: rule, digest and text stay whatever the facts become', async () => {
    await decided();
    await recordFacts_({ registeredOn: '2014-01-01' });
    expect(rowOfEnterprise(1).factsChanged).toBe(true);
    await submitBatch(db, clock, ref(staff));
    const frozen = rowOfEnterprise(1);
    expect([frozen.frozenAt, frozen.factsChanged]).toEqual([clock.now(), false]);
    expect(frozen.verdict!.conditions.find(({ id }) => id === 'registered-days')).toMatchObject({
      result: 'met',
    });
    await recordFacts_({ registeredOn: '2026-11-01' });
    const later = rowOfEnterprise(1);
    expect({ ...later, factsChanged: false }).toEqual(frozen);
    expect(later.factsChanged).toBe(true);
  });

  const recordFacts_ = (values: { registeredOn: string }) =>
    db.write((tx) =>
      recordFacts(tx, clock, [{ kind: 'enterprise', uscc: inventedCode(1), values }], { actor: 'test' }),
    );

  test('what the rules refuse at the decision stays in the batch with the machine’s words', async () => {
    await held();
    await recordFacts_({ registeredOn: '2026-06-01' });
    const done = await decide(db, clock, ref(section), { approved: allIn(), others: null });
    expect(done).toMatchObject({ approved: 26, notNominated: 0, blocked: [{ name: '虚构第1科技有限公司' }] });
    expect(batch().state).toBe('partially_approved');
    expect(rowOfEnterprise(1)).toMatchObject({ state: 'held_back', reason: 'machine' });
    expect(rowOfEnterprise(1).note).toContain('不符合');
    expect(wayOf(1)).toEqual([]);
  });

  test('one refused at submission stays as it was and can be held back; the others go', async () => {
    await decided({ enterpriseIds: [1, 2] });
    await recordFacts_({ registeredOn: '2026-06-01' });
    const outcome = await submitBatch(db, clock, ref(staff));
    expect([outcome.done, outcome.refused.map(({ name }) => name)]).toEqual([1, ['虚构第1科技有限公司']]);
    expect(rowOfEnterprise(1)).toMatchObject({ state: 'approved', frozenAt: null });
    await expect(passOn(db, clock, ref(staff), 'close')).rejects.toThrow('没有报送');
    await holdRows(db, clock, ref(staff), [rowOfEnterprise(1).id], { reason: 'materials', note: null });
    expect(wayOf(1)).toEqual(['nominate', 'withdraw']);
    expect(rowOfEnterprise(1).state).toBe('held_back');
  });

  test('against the rules only with a written reason, and never against a veto', async () => {
    await recordFacts_({ registeredOn: '2026-06-01' });
    await draw({ enterpriseIds: [1, 2, VETOED] });
    expect(rowOfEnterprise(1)).toMatchObject({ state: 'held_back', reason: 'not_eligible' });
    await expect(releaseRow(db, clock, ref(staff), rowOfEnterprise(1).id, ' ')).rejects.toThrow('写明理由');
    await releaseRow(db, clock, ref(staff), rowOfEnterprise(1).id, '已取得更正证明');
    expect(rowOfEnterprise(1)).toMatchObject({ state: 'in', override: '已取得更正证明', reason: null });
    await expect(releaseRow(db, clock, ref(staff), rowOfEnterprise(VETOED).id, '仍要推荐')).rejects.toThrow(
      '不能越过',
    );
    await changeDraft(db, clock, ref(staff));
    expect(rowOfEnterprise(1).state).toBe('in');
  });
});

describe('four eyes', () => {
  test('who drew it up or changed it cannot review, sign or decide; somebody else can', async () => {
    await draw({}, administrator);
    await changeDraft(db, clock, ref(colleague), { drop: [rowOfEnterprise(27).id] });
    await passOn(db, clock, ref(administrator), 'send');
    await passSteward(db, clock, ref(colleague), allIn());
    await expect(passOn(db, clock, ref(administrator), 'pass_section')).rejects.toThrow('双人复核');
    expect(batch().state).toBe('section');
    await passOn(db, clock, ref(section), 'pass_section');
    await expect(sign(db, clock, ref(administrator), signature('科技局'))).rejects.toThrow('双人复核');
    // Once staff, now of the section: what one drew up oneself stays barred.
    await expect(
      sign(db, clock, ref({ ...colleague, role: 'section' }), signature('科技局')),
    ).rejects.toThrow('双人复核');
    await sign(db, clock, ref(section), signature('科技局'));
    await sign(db, clock, ref(leader), signature('财政局'));
    await attachMinutes(db, clock, ref(administrator), minutes);
    const decision = { approved: allIn(), others: null };
    await expect(decide(db, clock, ref(administrator), decision)).rejects.toThrow('双人复核');
    await expect(decide(db, clock, ref(staff), decision)).rejects.toThrow('角色');
    expect(wayOf(1)).toEqual([]);
    await decide(db, clock, ref(leader), decision);
    expect(batch().state).toBe('approved');
  });

  test('refused attempts stay in the log and change nothing else', async () => {
    await toSection();
    const { revision } = batch();
    await expect(passOn(db, clock, ref(staff), 'pass_section')).rejects.toThrow('角色');
    expect([batch().revision, batch().state]).toEqual([revision, 'section']);
    const last = db.raw
      .prepare('SELECT type, actor, accepted, refusal FROM BatchEvent ORDER BY id DESC')
      .get();
    expect(last).toEqual({
      type: 'pass_section',
      actor: 'staff',
      accepted: 0,
      refusal: '您的角色不能“审核通过，提交联席会议”',
    });
  });
});

describe('the meeting', () => {
  test('needs two departments that agree, none against, and minutes', async () => {
    await toMeeting();
    const decision = { approved: allIn(), others: null };
    const attempt = () => decide(db, clock, ref(section), decision);
    await expect(attempt()).rejects.toThrow('至少 2 个部门');
    await sign(db, clock, ref(section), signature('科技局'));
    await expect(sign(db, clock, ref(leader), signature('随便写的局'))).rejects.toThrow('不在部门名单上');
    // The same department twice is one.
    await sign(db, clock, ref(leader), signature('科技局'));
    await attachMinutes(db, clock, ref(section), minutes);
    await expect(attempt()).rejects.toThrow('至少 2 个部门');
    await sign(db, clock, ref(leader), signature('财政局', 'disagree'));
    await expect(attempt()).rejects.toThrow('至少 2 个部门');
    await sign(db, clock, ref(leader), signature('财政局'));
    expect((await attempt()).approved).toBe(27);
  });

  test('without minutes nothing is decided', async () => {
    await toMeeting();
    await sign(db, clock, ref(section), signature('科技局'));
    await sign(db, clock, ref(leader), signature('财政局'));
    const decision = { approved: allIn(), others: null };
    await expect(decide(db, clock, ref(section), decision)).rejects.toThrow('会议纪要');
  });

  test('a partial decision needs a reason for those left out, and leaves them alone', async () => {
    await held();
    const approved = allIn().slice(0, 20);
    await expect(decide(db, clock, ref(section), { approved, others: null })).rejects.toThrow('请选择理由');
    await expect(
      decide(db, clock, ref(section), { approved, others: { reason: 'other', note: ' ' } }),
    ).rejects.toThrow('须写明');
    await expect(
      decide(db, clock, ref(section), { approved, others: { reason: 'vetoed', note: null } }),
    ).rejects.toThrow('请选择理由');
    await expect(decide(db, clock, ref(section), { approved: [], others: null })).rejects.toThrow('请勾选');
    const done = await decide(db, clock, ref(section), {
      approved,
      others: { reason: 'weaker', note: null },
    });
    expect(done).toEqual({ approved: 20, notNominated: 7, blocked: [] });
    expect(batch().state).toBe('partially_approved');
    expect(inState('not_nominated').map(({ reason }) => reason)).toEqual(Array(7).fill('weaker'));
    for (const row of inState('not_nominated')) expect(wayOf(row.enterpriseId)).toEqual([]);
  });
});

describe('the quota', () => {
  test('at the quota all may go, one above nobody, until it is cut', async () => {
    await held({ quota: 26 });
    await expect(decide(db, clock, ref(section), { approved: allIn(), others: null })).rejects.toThrow(
      '超过限额',
    );
    await cutToQuota(db, clock, ref(section));
    expect(inState('in')).toHaveLength(26);
    await decide(db, clock, ref(section), { approved: allIn(), others: null });
    expect(batch().state).toBe('approved');
    expect(inState('cut')).toHaveLength(1);
  });

  test('a partial decision within the quota needs no cut', async () => {
    await held({ quota: 26 });
    const approved = allIn().slice(0, 26);
    await decide(db, clock, ref(section), { approved, others: { reason: 'weaker', note: null } });
    expect(inState('approved')).toHaveLength(26);
  });

  test('cuts in the order that is written into the batch: equal enterprises by their codes', async () => {
    await draw({ quota: 25 });
    expect(batch().orderText).toContain('统一社会信用代码');
    await cutToQuota(db, clock, ref(staff));
    const codes = batch()
      .rows.filter((row) => row.state === 'in' || row.state === 'cut')
      .map(({ uscc }) => uscc);
    expect(codes).toEqual(codes.toSorted());
    expect(inState('cut').map(({ uscc }) => uscc)).toEqual(codes.slice(25));
    expect(inState('cut')[0]!.note).toBe('限额 25 家，按次序列第 26 位');
    await expect(cutToQuota(db, clock, ref(staff))).rejects.toThrow('没有超过限额');
  });

  test('cuts by the list where the batch says so', async () => {
    await draw({ quota: 2, orderBy: 'listed', enterpriseIds: [9, 3, 7, 1] });
    await cutToQuota(db, clock, ref(staff));
    expect(inState('in').map(({ enterpriseId }) => enterpriseId)).toEqual([9, 3]);
    expect(inState('cut').map(({ enterpriseId }) => enterpriseId)).toEqual([7, 1]);
  });

  test('the next in line moves up, one for each place, and no further', async () => {
    await draw({ quota: 2, orderBy: 'listed', enterpriseIds: [9, 3, 7, 1] });
    await cutToQuota(db, clock, ref(staff));
    await expect(refillQuota(db, clock, ref(staff))).rejects.toThrow('限额已满');
    await holdRows(db, clock, ref(staff), [rowOfEnterprise(9).id], { reason: 'unwilling', note: null });
    expect(await refillQuota(db, clock, ref(staff))).toBe(1);
    expect(inState('in').map(({ enterpriseId }) => enterpriseId)).toEqual([3, 7]);
    expect(inState('cut').map(({ enterpriseId }) => enterpriseId)).toEqual([1]);
  });
});

describe('two people at once', () => {
  test('the second is told who was first, and nothing of theirs is done', async () => {
    await draw();
    const stale = ref(colleague);
    await passOn(db, clock, ref(staff), 'send');
    await expect(passOn(db, clock, stale, 'send')).rejects.toMatchObject({
      code: 'conflict',
      status: 409,
      userMessage: '批次已有变化：staff 刚办理了“送管家确认”，请刷新后再办理',
    });
    expect(batch().state).toBe('steward');
  });
});

describe('the steward’s desk', () => {
  test('those not confirmed hold the batch, and only their steward or an administrator confirms', async () => {
    await db.write((tx) => {
      for (const { userId, username } of [staff, colleague, administrator])
        tx.prepare(
          `INSERT INTO User (id, username, displayName, passwordHash, role, createdAt, passwordSetAt)
           VALUES (?, ?, ?, '', 'staff', '', '')`,
        ).run(userId, username, username);
      tx.prepare(
        `INSERT INTO Stewardship (enterpriseId, userId, side, fromOn, assignedBy, assignedAt)
         VALUES (1, ?, 'company', '2026-01-01', 'test', '')`,
      ).run(colleague.userId);
    });
    await draw({ enterpriseIds: [1, 2] });
    await passOn(db, clock, ref(staff), 'send');
    const [first, second] = [rowOfEnterprise(1).id, rowOfEnterprise(2).id];
    await expect(confirmRows(db, clock, ref(staff), [first])).rejects.toThrow('其他管家');
    await confirmRows(db, clock, ref(staff), [second]);
    await expect(passSteward(db, clock, ref(staff))).rejects.toThrow('未经管家确认');
    await passSteward(db, clock, ref(colleague), [first]);
    expect(batch().state).toBe('section');
    expect(rowOfEnterprise(1).confirmedBy).toBe('colleague');
  });
});

describe('back', () => {
  test('returned with a reason, changed, checked and sent again; confirmations are asked anew', async () => {
    await toSection();
    await expect(returnBatch(db, clock, ref(section), '')).rejects.toThrow('写明理由');
    await expect(returnBatch(db, clock, ref(staff), '不全')).rejects.toThrow('角色');
    await returnBatch(db, clock, ref(section), '第 1 家材料不全');
    expect(batch().state).toBe('returned');
    await changeDraft(db, clock, ref(staff), { drop: [rowOfEnterprise(1).id] });
    expect([batch().state, batch().rows.length]).toEqual(['checked', 29]);
    await passOn(db, clock, ref(staff), 'send');
    await expect(passSteward(db, clock, ref(staff))).rejects.toThrow('未经管家确认');
  });

  test('a decision is undone by correcting its events away; the rows are as before', async () => {
    await decided();
    await prepareBatch(db, clock, ref(staff));
    await expect(undoStep(db, clock, ref(section), '')).rejects.toThrow('写明理由');
    await undoStep(db, clock, ref(section), '会议复议');
    expect([batch().state, inState('in').length]).toEqual(['joint_meeting', 27]);
    expect(wayOf(1)).toEqual(['nominate', 'prepare', 'void', 'void']);
    expect(rowOfEnterprise(1)).toMatchObject({ nominateEventId: null, prepareEventId: null });
    expect(verify(db, clock).problems).toEqual([]);
    await decide(db, clock, ref(section), { approved: allIn(), others: null });
    expect(batch().state).toBe('approved');
  });

  test('a submission is undone while nothing followed, and not once something did', async () => {
    await decided({ enterpriseIds: [1, 2] });
    await submitBatch(db, clock, ref(staff));
    await undoStep(db, clock, ref(staff), '材料有误');
    expect([batch().state, rowOfEnterprise(1).frozenAt, batch().submittedAt]).toEqual([
      'approved',
      null,
      null,
    ]);
    await submitBatch(db, clock, ref(staff));
    await accept(1);
    await expect(undoStep(db, clock, ref(staff), '材料有误')).rejects.toThrow('已有新的办理');
    expect(wayOf(1).filter((type) => type === 'void')).toHaveLength(1);
  });

  test('a batch withdrawn takes back what it had recommended', async () => {
    await decided({ enterpriseIds: [1, 2] });
    await expect(withdrawBatch(db, clock, ref(colleague), '不再申报')).rejects.toThrow('起草人');
    await withdrawBatch(db, clock, ref(staff), '不再申报');
    expect(wayOf(1)).toEqual(['nominate', 'withdraw']);
    expect(batch().state).toBe('withdrawn');
    await expect(submitBatch(db, clock, ref(staff))).rejects.toThrow('已撤回');
  });
});

const announced = (enterpriseId: number, type: 'accept' | 'publicise' | 'certify' | 'refuse') =>
  submit(db, clock, {
    enterpriseId,
    scheme: 'hnte',
    type,
    actor: 'test',
    effectiveOn: TODAY,
    payload: type === 'certify' ? { grantedOn: TODAY, validUntil: '2029-11-21' } : {},
  });
const accept = (enterpriseId: number) => announced(enterpriseId, 'accept');

describe('what became of it', () => {
  test('is read off the enterprises’ own events, and lets the batch be closed when all is known', async () => {
    await decided({ enterpriseIds: [1, 2, 3] });
    await submitBatch(db, clock, ref(staff));
    expect(rowOfEnterprise(1).result).toBeNull();
    await accept(1);
    await announced(2, 'publicise');
    expect(rowOfEnterprise(1).result).toMatchObject({ type: 'accept', final: false });
    expect(rowOfEnterprise(2).result).toMatchObject({ type: 'publicise', label: '公示', final: false });
    await announced(1, 'certify');
    await announced(2, 'refuse');
    await expect(passOn(db, clock, ref(staff), 'close')).rejects.toThrow('没有结果');
    await announced(3, 'certify');
    expect(rowOfEnterprise(1).result).toMatchObject({ type: 'certify', final: true });
    expect(rowOfEnterprise(2).result).toMatchObject({ type: 'refuse', final: true });
    await passOn(db, clock, ref(staff), 'close');
    expect(batch().state).toBe('closed');
  });
});

describe('the terms of a batch', () => {
  test.each<[string, Partial<NewBatch>]>([
    ['a name', { title: '' }],
    ['a day', { applicationOn: '2026-02-30' }],
    ['a quota above nothing', { quota: 0 }],
    ['a whole quota', { quota: 1.5 }],
    ['a known title', { scheme: 'nobel' }],
    ['enterprises', { enterpriseIds: [] }],
    ['enterprises that exist', { enterpriseIds: [1, 4711] }],
  ])('need %s', async (_, over) => {
    await expect(draw(over)).rejects.toThrow(/[一-鿿]/);
    expect(loadBatch(db, 1)).toBeNull();
  });

  test('one enterprise named twice is listed once', async () => {
    await draw({ enterpriseIds: [2, 1, 2] });
    expect(batch().rows.map(({ position }) => position)).toEqual([2, 1]);
  });
});
