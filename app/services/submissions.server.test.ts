import { afterEach, describe, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { invented, inventedCode } from '../../tests/population.ts';
import { fixedClock } from '../db/clock.ts';
import { loadFacts } from '../queries/facts.server.ts';
import { parseFacts, type Facts } from '../rules/facts/parse.ts';
import {
  claimAccount,
  decideClaim,
  inviteEnterprise,
  INVITATION_DAYS,
  joinByInvitation,
  revokeInvitation,
} from './accounts.server.ts';
import { mergeEnterprises } from './enterprise.server.ts';
import { recordFacts } from './facts.server.ts';
import {
  closeRequest,
  decideItems,
  draftFacts,
  keepInDraft,
  requestSupplement,
  submitDraft,
  withdrawSubmission,
  type Ruling,
} from './submissions.server.ts';
import { listUsers } from './users.server.ts';

afterEach(closeTestDatabases);

const clock = fixedClock('2026-05-06T02:00:00.000Z');
const RD = 'years.2025.rdExpense';
const STAFF = 'years.2025.employees';

const stated = (json: unknown): Facts => {
  const parsed = parseFacts(json);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.facts;
};

/** Two enterprises; `keep`, `submit` and `decide` act for the first. */
async function park() {
  const db = testDatabase();
  await db.write((tx) => recordFacts(tx, clock, invented(1, 2), { actor: 'test', source: 'audit' }));
  const one = { enterpriseId: 1, actor: 'qiye' };
  const keep = (json: unknown, paths: string[], of = one) =>
    keepInDraft(db, clock, { ...of, facts: stated(json), paths });
  const draft = () =>
    db.raw.prepare("SELECT id, revision FROM Submission WHERE state = 'draft' AND enterpriseId = 1").get() as
      { id: number; revision: number } | undefined;
  const submit = () => submitDraft(db, clock, { ...one, revision: draft()!.revision, note: '' });
  const items = (id: number) =>
    db.raw
      .prepare(
        'SELECT id, path, decision, source, reason FROM SubmissionItem WHERE submissionId = ? ORDER BY id',
      )
      .all(id) as { id: number; path: string; decision: string | null; source: string | null }[];
  const head = (id: number) =>
    db.raw.prepare('SELECT state, revision FROM Submission WHERE id = ?').get(id) as {
      state: string;
      revision: number;
    };
  const decide = (id: number, ...rulings: Ruling[]) =>
    decideItems(db, clock, { submissionId: id, revision: head(id).revision, rulings, actor: 'wang' });
  const figures = () => loadFacts(db, 1).years?.['2025'];
  return { db, keep, draft, submit, items, head, decide, figures };
}

describe('a draft', () => {
  test('keeps what differs from the record, leaves out what is the same, and puts nothing in force', async () => {
    const { keep, draft, items, figures, db } = await park();
    const before = figures()!;
    const same = { years: { 2025: { rdExpense: 123.45, employees: before.employees! / 100 } } };
    expect(await keep(same, [RD, STAFF])).toEqual({ kept: 1, same: 1 });
    expect(items(draft()!.id).map(({ path }) => path)).toEqual([RD]);
    expect(figures()).toEqual(before);
    expect(draftFacts(db, 1)).toMatchObject({
      paths: [RD],
      facts: { years: { 2025: { rdExpense: 12345 } } },
    });
  });

  test('a figure set back to what is on record leaves it, another value takes its place', async () => {
    const { keep, draft, items, figures } = await park();
    await keep({ years: { 2025: { rdExpense: 1 } } }, [RD]);
    await keep({ years: { 2025: { rdExpense: 2 } } }, [RD]);
    expect(items(draft()!.id)).toHaveLength(1);
    await keep({ years: { 2025: { rdExpense: figures()!.rdExpense! / 100 } } }, [RD]);
    expect(items(draft()!.id)).toEqual([]);
  });

  test('what identifies the enterprise is not taken, whatever the paths say', async () => {
    const { keep, draft, items } = await park();
    await keep({ name: '别家', uscc: inventedCode(2), division: '110108' }, ['name', 'uscc', 'division']);
    expect(items(draft()!.id)).toEqual([]);
  });

  test('is submitted as shown or not at all, and not empty', async () => {
    const { db, keep, draft } = await park();
    await keep({ years: { 2025: { rdExpense: 1 } } }, [RD]);
    const shown = draft()!.revision;
    await keep({ years: { 2025: { employees: 5 } } }, [STAFF]);
    const submit = (revision: number, enterpriseId = 1) =>
      submitDraft(db, clock, { enterpriseId, revision, note: '', actor: 'qiye' });
    await expect(submit(shown)).rejects.toMatchObject({ code: 'conflict' });
    await expect(submit(shown, 2)).rejects.toMatchObject({ code: 'conflict' });
    await expect(submit(shown + 1)).resolves.toBeGreaterThan(0);
    await keep({ years: { 2025: { rdExpense: null } } }, [RD]);
    await expect(submit(draft()!.revision)).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('the park', () => {
  test('accepts one and rejects another: only the accepted is in force, with source, day and trace', async () => {
    const { db, keep, submit, items, head, decide, figures } = await park();
    const employees = figures()!.employees;
    await keep({ years: { 2025: { rdExpense: 999.99, employees: 7 } } }, [RD, STAFF]);
    const id = await submit();
    const [rd, staff] = items(id);
    expect(await decide(id, { itemId: rd!.id, decision: 'accepted', source: 'audit' })).toEqual({
      overruled: 0,
    });
    expect(head(id).state).toBe('submitted');
    expect(figures()).toMatchObject({ rdExpense: 99999, employees });
    expect(loadFacts(db, 1).provenance[RD]).toEqual({ source: 'audit', knownAt: '2026-05-06' });
    await decide(id, { itemId: staff!.id, decision: 'rejected', reason: '与社保人数不符' });
    expect(head(id).state).toBe('decided');
    expect(figures()!.employees).toBe(employees);
    const record = db.raw.prepare('SELECT actor, evidence FROM FactRecord ORDER BY id DESC').get() as {
      actor: string;
      evidence: string;
    };
    expect(record.actor).toBe('wang');
    expect(JSON.parse(record.evidence)).toEqual({ submission: id, item: rd!.id, statedBy: 'qiye' });
  });

  test('is told when a better founded figure stays in force', async () => {
    const { keep, submit, items, decide, figures } = await park();
    const before = figures()!.rdExpense;
    await keep({ years: { 2025: { rdExpense: 1 } } }, [RD]);
    const id = await submit();
    expect(await decide(id, { itemId: items(id)[0]!.id, decision: 'accepted' })).toEqual({ overruled: 1 });
    expect(figures()!.rdExpense).toBe(before);
  });

  test('cannot reject without a reason, decide twice, decide what it has not seen, or a draft', async () => {
    const { db, keep, draft, submit, items, head, decide } = await park();
    await keep({ years: { 2025: { rdExpense: 1, employees: 2 } } }, [RD, STAFF]);
    const id = draft()!.id;
    await expect(decide(id, { itemId: items(id)[0]!.id, decision: 'accepted' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await submit();
    const [rd, staff] = items(id);
    await expect(decide(id, { itemId: rd!.id, decision: 'rejected' })).rejects.toMatchObject({
      code: 'invalid',
    });
    const seen = head(id).revision;
    await decide(id, { itemId: rd!.id, decision: 'noted' });
    await expect(decide(id, { itemId: rd!.id, decision: 'accepted' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(
      decideItems(db, clock, {
        submissionId: id,
        revision: seen,
        rulings: [{ itemId: staff!.id, decision: 'noted' }],
        actor: 'li',
      }),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect(items(id)[1]!.decision).toBeNull();
  });

  test('titles and lists with entries on record are never overwritten by a summary', async () => {
    const { db, keep, submit, items, decide } = await park();
    const ip = { kind: 'invention', obtainedBy: 'own' };
    const change = { kind: 'ip', enterpriseId: 1, values: { kind: 'design', no: 'ZL1' } } as const;
    await db.write((tx) => recordFacts(tx, clock, [change], { actor: 'test' }));
    const facts = { titles: [{ scheme: 'hnte', status: 'valid' }], intellectualProperty: [ip, ip] };
    await keep(facts, ['titles', 'intellectualProperty']);
    const id = await submit();
    for (const { id: itemId } of items(id)) {
      await expect(decide(id, { itemId, decision: 'accepted' })).rejects.toMatchObject({ code: 'refused' });
    }
    expect(loadFacts(db, 1).intellectualProperty).toHaveLength(1);
    await decide(id, ...items(id).map(({ id: itemId }): Ruling => ({ itemId, decision: 'noted' })));
  });

  test('a list is taken over where none is on record', async () => {
    const { db, keep, submit, items, decide } = await park();
    await keep({ intellectualProperty: [{ kind: 'invention', obtainedBy: 'own' }] }, [
      'intellectualProperty',
    ]);
    const id = await submit();
    await decide(id, { itemId: items(id)[0]!.id, decision: 'accepted' });
    expect(loadFacts(db, 1).intellectualProperty).toMatchObject([{ kind: 'invention', obtainedBy: 'own' }]);
  });
});

describe('taking back', () => {
  test('while nothing is decided, by its own enterprise alone', async () => {
    const { db, keep, submit, items, head, decide } = await park();
    await keep({ years: { 2025: { rdExpense: 1, employees: 2 } } }, [RD, STAFF]);
    const id = await submit();
    const back = (enterpriseId: number) =>
      withdrawSubmission(db, clock, { submissionId: id, enterpriseId, actor: 'qiye' });
    await expect(back(2)).rejects.toMatchObject({ code: 'not-found' });
    await decide(id, { itemId: items(id)[0]!.id, decision: 'noted' });
    await expect(back(1)).rejects.toMatchObject({ code: 'refused' });
    await keep({ years: { 2025: { rdExpense: 3 } } }, [RD]);
    const second = await submit();
    await withdrawSubmission(db, clock, { submissionId: second, enterpriseId: 1, actor: 'qiye' });
    expect(head(second).state).toBe('withdrawn');
    await expect(decide(second, { itemId: items(second)[0]!.id, decision: 'noted' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('a request for supplement', () => {
  const open = (db: Awaited<ReturnType<typeof park>>['db']) =>
    db.raw.prepare('SELECT id FROM SupplementRequest WHERE closedAt IS NULL').all().length;

  test('is closed by a submission with all that was asked, and open again when that is taken back', async () => {
    const { db, keep, submit } = await park();
    await requestSupplement(db, clock, {
      enterpriseId: 1,
      paths: [RD, STAFF],
      note: '缺 2025 年数据',
      dueOn: '2026-05-20',
      actor: 'wang',
    });
    await keep({ years: { 2025: { rdExpense: 1 } } }, [RD]);
    await submit();
    expect(open(db)).toBe(1);
    await keep({ years: { 2025: { rdExpense: 1, employees: 2 } } }, [RD, STAFF]);
    const id = await submit();
    expect(open(db)).toBe(0);
    await withdrawSubmission(db, clock, { submissionId: id, enterpriseId: 1, actor: 'qiye' });
    expect(open(db)).toBe(1);
  });

  test('names figures, a reason and no past day; is closed once', async () => {
    const { db } = await park();
    const good = { enterpriseId: 1, paths: [RD], note: '请补充', dueOn: '2026-05-06', actor: 'wang' };
    for (const bad of [{ paths: [] }, { note: ' ' }, { dueOn: '2026-05-05' }]) {
      await expect(requestSupplement(db, clock, { ...good, ...bad })).rejects.toMatchObject({
        code: 'invalid',
      });
    }
    const requestId = await requestSupplement(db, clock, good);
    const close = (enterpriseId: number) =>
      closeRequest(db, clock, { requestId, enterpriseId, actor: 'wang' });
    await expect(close(2)).rejects.toMatchObject({ code: 'conflict' });
    await close(1);
    await expect(close(1)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('an invitation', () => {
  const who = { username: 'caiwu', displayName: '财务', password: 'ganlan-shu-7', address: '10.0.0.1' };

  test('makes one account of its enterprise, once', async () => {
    const { db } = await park();
    const { code, expiresOn } = await inviteEnterprise(db, clock, { enterpriseId: 2, actor: 'wang' });
    expect(expiresOn).toBe('2026-05-20');
    expect(JSON.stringify(db.raw.prepare('SELECT * FROM Invitation').all())).not.toContain(code);
    const joined = await joinByInvitation(db, clock, { ...who, code: ` ${code.toUpperCase()} ` });
    expect(joined.enterpriseId).toBe(2);
    expect(listUsers(db)).toMatchObject([{ username: 'caiwu', role: 'enterprise', enterpriseId: 2 }]);
    await expect(joinByInvitation(db, clock, { ...who, username: 'lingyi', code })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('is good through its last day and not after; not when taken back; no other code is', async () => {
    const { db } = await park();
    const { code } = await inviteEnterprise(db, clock, { enterpriseId: 1, actor: 'wang' });
    const on = (day: string) => fixedClock(`${day}T02:00:00.000Z`);
    expect(INVITATION_DAYS).toBe(14);
    await expect(joinByInvitation(db, on('2026-05-21'), { ...who, code })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(joinByInvitation(db, on('2026-05-20'), { ...who, code: `${code}x` })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await joinByInvitation(db, on('2026-05-20'), { ...who, code });
    const next = await inviteEnterprise(db, clock, { enterpriseId: 1, actor: 'wang' });
    await revokeInvitation(db, clock, { invitationId: 2, enterpriseId: 1, actor: 'wang' });
    await expect(
      joinByInvitation(db, clock, { ...who, username: 'lingyi', code: next.code }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      revokeInvitation(db, clock, { invitationId: 1, enterpriseId: 1, actor: 'wang' }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  test('guessing is stopped, also for the right code from that address', async () => {
    const { db } = await park();
    const { code } = await inviteEnterprise(db, clock, { enterpriseId: 1, actor: 'wang' });
    for (let i = 0; i < 20; i += 1) {
      await expect(joinByInvitation(db, clock, { ...who, code: `wrong-${i}` })).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    await expect(joinByInvitation(db, clock, { ...who, code })).rejects.toMatchObject({ code: 'too-many' });
    await joinByInvitation(db, clock, { ...who, code, address: '10.0.0.2' });
  });
});

describe('a claim', () => {
  const claim = {
    uscc: inventedCode(2),
    username: 'caiwu',
    displayName: '财务',
    contact: '13800000000',
    password: 'ganlan-shu-7',
    address: '10.0.0.1',
  };
  const decide = (
    db: Awaited<ReturnType<typeof park>>['db'],
    claimId: number,
    approve: boolean,
    reason = '',
  ) => decideClaim(db, clock, { claimId, approve, reason, actor: 'wang' });

  test('gives nothing before the park approves, then an account of that enterprise alone', async () => {
    const { db } = await park();
    await claimAccount(db, clock, claim);
    expect(listUsers(db)).toEqual([]);
    await decide(db, 1, true);
    expect(listUsers(db)).toMatchObject([{ username: 'caiwu', role: 'enterprise', enterpriseId: 2 }]);
    await expect(decide(db, 1, true)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('is rejected with a reason, and its password forgotten', async () => {
    const { db } = await park();
    await claimAccount(db, clock, claim);
    await expect(decide(db, 1, false)).rejects.toMatchObject({ code: 'invalid' });
    await decide(db, 1, false, '电话核实不属实');
    expect(listUsers(db)).toEqual([]);
    expect(db.raw.prepare('SELECT state, passwordHash FROM AccountClaim').get()).toEqual({
      state: 'rejected',
      passwordHash: '',
    });
  });

  test('answers alike for a code the park knows and one it does not; the latter cannot be approved', async () => {
    const { db } = await park();
    const unknown = { ...claim, uscc: inventedCode(77) };
    expect(await claimAccount(db, clock, claim)).toEqual(await claimAccount(db, clock, unknown));
    await expect(decide(db, 2, true)).rejects.toMatchObject({ code: 'not-found' });
    await expect(claimAccount(db, clock, { ...claim, uscc: '12' })).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});

test('what a duplicate submitted goes with the record that stays', async () => {
  const { db, keep, submit } = await park();
  await keep({ years: { 2025: { rdExpense: 1 } } }, [RD]);
  const id = await submit();
  await mergeEnterprises(db, clock, { fromId: 1, intoId: 2, actor: 'wang', reason: '重复' });
  expect(db.raw.prepare('SELECT enterpriseId FROM Submission WHERE id = ?').get(id)).toEqual({
    enterpriseId: 2,
  });
});
