// A batch after it was drawn: two people at once, the steward, the way back, and what became of it.
import { describe, expect, test } from 'vitest';
import { administrator, clock, colleague, section, staff, TODAY } from '../../../tests/batch-park.ts';
import { loadBatch } from '../../queries/batches.server.ts';
import { submit } from '../door.server.ts';
import { verify } from '../verify.server.ts';
import { changeDraft, type NewBatch } from './draft.server.ts';
import { decide } from './meeting.server.ts';
import { confirmRows, passOn, passSteward, returnBatch } from './review.server.ts';
import { prepareBatch, submitBatch, undoStep, withdrawBatch } from './submission.server.ts';

import {
  db,
  batch,
  ref,
  inState,
  rowOfEnterprise,
  draw,
  toSection,
  allIn,
  decided,
  wayOf,
  eachOnItsOwnPark,
} from '../../../tests/batch-desk.ts';

eachOnItsOwnPark();

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
