import { describe, expect, test } from 'vitest';
import {
  administrator,
  clock,
  colleague,
  HOLDER,
  leader,
  section,
  staff,
  TODAY,
  UNDER_REVIEW,
  VETOED,
} from '../../../tests/batch-park.ts';
import { inventedCode } from '../../../tests/population.ts';
import { recordFacts } from '../facts.server.ts';
import { verify } from '../verify.server.ts';
import { changeDraft } from './draft.server.ts';
import { attachMinutes, decide, sign } from './meeting.server.ts';
import { cutToQuota, holdRows, passOn, passSteward, refillQuota, releaseRow } from './review.server.ts';
import { prepareBatch, submitBatch, withdrawBatch } from './submission.server.ts';

import {
  db,
  batch,
  ref,
  inState,
  rowOfEnterprise,
  draw,
  toSection,
  toMeeting,
  signature,
  minutes,
  held,
  allIn,
  decided,
  wayOf,
  eachOnItsOwnPark,
} from '../../../tests/batch-desk.ts';

eachOnItsOwnPark();

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
