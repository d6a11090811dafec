import { createHmac } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeTestDatabases, plantEnterprise, testDatabase } from '../../tests/database.ts';
import { administrator, clock, leader, staff, switches } from '../../tests/review-desk.ts';
import { fixedClock } from '../db/clock.ts';
import type { EventInput } from '../../machines/events.ts';
import { openDatabase, type Db } from '../db/clients.server.ts';
import { sealKeyFile } from '../db/seal-key.server.ts';
import { readReview } from '../queries/review.server.ts';
import { reviewPage, reviewsPage } from '../queries/review-page.server.ts';
import { backup, restore } from './backup.server.ts';
import { submit, submitAll } from './door.server.ts';
import { enterOperatorValue, operatorValuesOn } from './operator-values.server.ts';
import { rebuild } from './rebuild.server.ts';
import { rulesDigest } from './rules-digest.server.ts';
import { discuss, drawUp, keepSuppression, seal } from './review.server.ts';
import { decide, finishDecision } from './review-decisions.server.ts';
import { verify } from './verify.server.ts';

const key = { quarter: '2026Q1', window: 'quarter', switches } as const;
const request = { ...key, on: '2026-04-10', now: clock.now() };

const event = (
  enterpriseId: number,
  type: EventInput['type'],
  effectiveOn: string,
  payload: Record<string, unknown> = {},
  scheme = 'hnte',
): EventInput => ({
  enterpriseId,
  scheme,
  type,
  effectiveOn,
  actor: 'test',
  payload: { verdict: null, ...payload },
});

let db: Db;
beforeEach(async () => {
  db = testDatabase();
  await db.write((tx) => {
    for (let i = 1; i <= 12; i += 1) {
      plantEnterprise(tx, i);
    }
    submitAll(tx, clock, [
      event(1, 'certify', '2024-01-10', { no: 'A', validUntil: '2027-01-09' }),
      event(2, 'certify', '2023-02-10', { no: 'B', validUntil: '2026-02-09' }),
      event(3, 'certify', '2026-03-01', { no: 'C', validUntil: '2029-02-28' }),
      event(4, 'enrol', '2026-01-05'),
    ]);
  });
});
afterEach(closeTestDatabases);

const stored = () =>
  db.raw.prepare('SELECT seq, content, mac, keyId FROM ReviewSeal ORDER BY seq').all() as {
    seq: number;
    content: string;
    mac: string;
    keyId: string;
  }[];
const page = () => reviewPage(db, request);
const tamper = (sql: string, ...params: unknown[]) => db.write((tx) => void tx.prepare(sql).run(...params));

/** A review drawn up by staff, discussed, and sealed by a leader. */
async function sealed(): Promise<number> {
  const id = await drawUp(db, clock, key, { title: '2026年一季度复盘', actor: staff });
  await discuss(db, clock, id, { note: '同意', actor: staff, expectedRevision: null });
  await seal(db, clock, id, { actor: leader, expectedRevision: null, count: readReview });
  return id;
}

describe('the way of a review', () => {
  test('is drawn up once for a quarter and its switches', async () => {
    await drawUp(db, clock, key, { title: '一', actor: staff });
    await expect(drawUp(db, clock, key, { title: '二', actor: staff })).rejects.toMatchObject({
      code: 'conflict',
    });
    const held = { ...key, switches: { ...switches, counting: 'held' as const } };
    await expect(drawUp(db, clock, held, { title: '三', actor: staff })).resolves.toBeGreaterThan(0);
  });

  test.each([
    ['a window that does not end with the quarter', { ...key, window: 'half' as const }],
    ['no quarter', { ...key, quarter: '2026Q5' }],
    ['a quarter that has not begun', { ...key, quarter: '2026Q3' }],
  ])('is not drawn up for %s', async (_, wrong) => {
    await expect(drawUp(db, clock, wrong, { title: 'x', actor: staff })).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  test('is sealed only when discussed, by another person, who leads or administers', async () => {
    const id = await drawUp(db, clock, key, { title: 'x', actor: administrator });
    const sealBy = (actor: typeof staff, expectedRevision: number | null = null) =>
      seal(db, clock, id, { actor, expectedRevision, count: readReview });
    await expect(sealBy(leader)).rejects.toMatchObject({
      code: 'refused',
      userMessage: '尚未讨论，不能封存',
    });
    await discuss(db, clock, id, { note: '同意', actor: staff, expectedRevision: 0 });
    await expect(
      discuss(db, clock, id, { note: '又', actor: staff, expectedRevision: 0 }),
    ).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(sealBy(administrator)).rejects.toMatchObject({ code: 'refused' });
    await expect(sealBy(staff)).rejects.toMatchObject({ code: 'refused' });
    await expect(sealBy({ username: 'section1', role: 'section' })).rejects.toMatchObject({
      code: 'refused',
    });
    await expect(sealBy(leader, 0)).rejects.toMatchObject({ code: 'conflict' });
    expect(stored()).toEqual([]);
    await expect(sealBy(leader, 1)).resolves.toBe(1);
    await expect(sealBy({ username: 'leader2', role: 'leadership' })).rejects.toMatchObject({
      code: 'refused',
    });
    await expect(
      discuss(db, clock, id, { note: '改', actor: staff, expectedRevision: null }),
    ).rejects.toMatchObject({
      code: 'refused',
    });
  });

  test('the last day of the quarter can be sealed, the day before cannot', async () => {
    const on = async (instant: string) => {
      const then = fixedClock(instant);
      const own = { ...key, quarter: '2026Q2' };
      const id = await drawUp(db, then, own, { title: instant, actor: staff });
      await discuss(db, then, id, { note: '同意', actor: staff, expectedRevision: null });
      return seal(db, then, id, { actor: leader, expectedRevision: null, count: readReview });
    };
    await expect(on('2026-06-29T15:59:59.999Z')).rejects.toMatchObject({ code: 'refused' });
    await tamper("DELETE FROM Review WHERE quarter = '2026Q2'");
    await expect(on('2026-06-29T16:00:00.000Z')).resolves.toBe(1);
  });

  test('what is written while it is counted is counted again', async () => {
    const id = await drawUp(db, clock, key, { title: 'x', actor: staff });
    await discuss(db, clock, id, { note: '同意', actor: staff, expectedRevision: null });
    let times = 0;
    await seal(db, clock, id, {
      actor: leader,
      expectedRevision: null,
      count: (reading, asked) => {
        times += 1;
        const tables = readReview(reading, asked);
        if (times === 1)
          void db.write((tx) =>
            submitAll(tx, clock, [event(5, 'certify', '2026-03-05', { no: 'E', validUntil: '2029-03-04' })]),
          );
        return tables;
      },
    });
    expect(times).toBe(2);
    expect(page().tables.funnel.tiers[0]!.headline.value).toBe(3);
    expect(page().corrections).toEqual([]);
  });
});

describe('a sealed review', () => {
  test('says what was known, by whom and up to where', async () => {
    await sealed();
    const { tables, status, seal: mark, corrections } = page();
    expect(status).toBe('sealed');
    expect(mark).toMatchObject({ seq: 1, state: 'genuine', sealedBy: 'leader1' });
    expect(mark!.eventId).toBe(
      (db.raw.prepare('SELECT max(id) AS id FROM Event').get() as { id: number }).id,
    );
    const [hnte] = tables.movement[0]!.rows;
    const ids = tables.movement[0]!.columns.map(({ id }) => id);
    const cell = (id: string) => hnte!.cells[ids.indexOf(id)]!.value;
    expect([cell('opening'), cell('newly'), cell('expired'), cell('closing')]).toEqual([2, 1, 1, 2]);
    expect(corrections).toEqual([]);
  });

  test('stays the same byte for byte after late events, corrections, rebuilding and a change of rules', async () => {
    await sealed();
    const before = stored();
    const printed = JSON.stringify(page().tables);
    await submit(db, clock, event(5, 'certify', '2026-02-20', { no: 'E', validUntil: '2029-02-19' }));
    const wrong = db.raw
      .prepare("SELECT id FROM Event WHERE enterpriseId = 3 AND type = 'certify'")
      .get() as { id: number };
    await submit(db, clock, { ...event(3, 'void', '2026-04-09', { eventId: wrong.id }), reason: '名单有误' });
    await rebuild(db, clock);
    await enterOperatorValue(db, clock, {
      key: 'zhuhai-2024.unicorn.valuation',
      value: '1000000000',
      fromDay: '2026-01-01',
      reference: '珠科创〔2024〕1号',
      actor: 'admin',
    });
    expect(rulesDigest(operatorValuesOn(db, clock.today()))).not.toBe(page().seal!.rulesHash);
    await tamper("UPDATE Park SET name = name || 'x'");
    expect(stored()).toEqual(before);
    expect(JSON.stringify(page().tables)).toBe(printed);
    expect(page().seal!.state).toBe('genuine');
    expect(verify(db, clock).problems).toEqual([]);
  });

  test('shows what came later as corrections, old and new, with the reason', async () => {
    await sealed();
    await submit(db, clock, {
      ...event(5, 'certify', '2026-02-20', { no: 'E', validUntil: '2029-02-19' }),
      reason: '补录公告',
    });
    await submit(db, clock, event(6, 'certify', '2026-04-02', { no: 'F', validUntil: '2029-04-01' }));
    const found = page().corrections!;
    const line = (name: string) => found.find(({ key: own }) => own === name);
    expect(line('tier.headline.hnte')).toMatchObject({ old: '2', new: '3', by: 1 });
    expect(line('movement.schemes.hnte.newly')).toMatchObject({ old: '1', new: '2', by: 1 });
    expect(line('movement.schemes.hnte.newly')!.reason).toBe('封存后登记：认定 1 件（补录公告）');
    expect(line('movement.schemes.hnte.opening')).toBeUndefined();
  });

  test('is the same after a restore from a backup', async () => {
    await sealed();
    const [before, { file }] = [stored(), db];
    const copy = path.join(path.dirname(file), 'copy.db');
    await backup(db, copy);
    await submit(db, clock, event(5, 'certify', '2026-02-20', { no: 'E', validUntil: '2029-02-19' }));
    await tamper('UPDATE Review SET title = ?', '改');
    await db.close();
    restore(clock, copy, file);
    const again = openDatabase(file, { mode: 'read' });
    try {
      expect(again.raw.prepare('SELECT seq, content, mac, keyId FROM ReviewSeal').all()).toEqual(before);
      expect(reviewPage(again, request)).toMatchObject({
        status: 'sealed',
        seal: { state: 'genuine' },
        corrections: [],
      });
    } finally {
      await again.close();
    }
    expect(fs.readFileSync(copy).includes(fs.readFileSync(sealKeyFile(file), 'utf8').trim())).toBe(false);
  });

  test.each([
    [
      'a number of its tables',
      `UPDATE ReviewSeal SET content = replace(content, '"text":"2"', '"text":"9"')`,
    ],
    ['who sealed it', `UPDATE ReviewSeal SET content = replace(content, 'leader1', 'leader9')`],
    [
      'its signature',
      "UPDATE ReviewSeal SET mac = CASE substr(mac, 1, 1) WHEN '0' THEN '1' ELSE '0' END || substr(mac, 2)",
    ],
    ['the row of the review', "UPDATE Review SET drawnBy = 'somebody'"],
    ['what was discussed', "UPDATE Review SET discussion = '不同意'"],
    ['its text into none', "UPDATE ReviewSeal SET content = 'x'"],
  ])('tells that somebody changed %s in the database', async (_, sql) => {
    await sealed();
    await tamper(sql);
    expect(page().seal!.state).toBe('altered');
    expect(verify(db, clock).problems.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('第 1 号封存'),
    );
  });

  test('cannot be signed anew without the key', async () => {
    await sealed();
    const { content } = stored()[0]!;
    const other = content.replace('"sealedBy":"leader1"', '"sealedBy":"intruder"');
    const guess = createHmac('sha256', 'a key of the intruder that is long enough')
      .update(other)
      .digest('hex');
    await tamper('UPDATE ReviewSeal SET content = ?, mac = ?', other, guess);
    expect(page().seal!.state).toBe('altered');
  });

  test('one that is taken out is missed', async () => {
    await sealed();
    const held = { ...key, switches: { ...switches, counting: 'held' as const } };
    const id = await drawUp(db, clock, held, { title: '累计', actor: staff });
    await discuss(db, clock, id, { note: '同意', actor: staff, expectedRevision: null });
    await seal(db, clock, id, { actor: leader, expectedRevision: null, count: readReview });
    expect(reviewsPage(db, clock.today()).faults).toEqual([]);
    await tamper('DELETE FROM ReviewSeal WHERE seq = 1');
    expect(reviewsPage(db, clock.today()).faults).toEqual(['封存记录缺第 1 号']);
    expect(verify(db, clock).problems.map(({ message }) => message)).toContain('封存记录缺第 1 号');
  });

  test('without its key nothing is said of it, and no other seal is set', async () => {
    await sealed();
    const file = sealKeyFile(db.file);
    const kept = fs.readFileSync(file);
    fs.rmSync(file);
    expect(page().seal!.state).toBe('keyless');
    const held = { ...key, switches: { ...switches, counting: 'held' as const } };
    const id = await drawUp(db, clock, held, { title: '累计', actor: staff });
    await discuss(db, clock, id, { note: '同意', actor: staff, expectedRevision: null });
    const again = () => seal(db, clock, id, { actor: leader, expectedRevision: null, count: readReview });
    await expect(again()).rejects.toMatchObject({ code: 'database' });
    fs.writeFileSync(file, kept);
    expect(page().seal!.state).toBe('genuine');
    await expect(again()).resolves.toBe(2);
  });

  test('the key lies beside the database, for its own user alone, and not in it', async () => {
    await sealed();
    const file = sealKeyFile(db.file);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    const secret = fs.readFileSync(file, 'utf8').trim();
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    for (const name of [db.file, `${db.file}-wal`])
      if (fs.existsSync(name)) expect(fs.readFileSync(name).includes(secret)).toBe(false);
  });
});

describe('decisions', () => {
  const form = (fields: Record<string, string>) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    return data;
  };
  const user = (id: number, role: string) => ({ id, username: `user${id}`, role });

  beforeEach(async () => {
    await db.write((tx) => {
      for (const [id, role, disabled] of [
        [1, 'staff', 0],
        [2, 'enterprise', 0],
        [3, 'staff', 1],
      ] as const)
        tx.prepare(
          `INSERT INTO User (id, username, displayName, passwordHash, role, disabled, createdAt, passwordSetAt)
           VALUES (?, ?, ?, '', ?, ?, '', '')`,
        ).run(id, `user${id}`, `人员${id}`, role, disabled);
    });
  });

  test('have an owner who works here and a day that is not past', async () => {
    const id = await drawUp(db, clock, key, { title: '一季度', actor: staff });
    const right = { text: '走访到期企业', ownerId: '1', dueOn: '2026-04-10' };
    const tried = (change: Record<string, string>) =>
      decide(db, clock, id, form({ ...right, ...change }), 'x');
    expect(await tried({ text: ' ' })).toHaveProperty('text');
    expect(await tried({ dueOn: '2026-04-09' })).toHaveProperty('dueOn');
    expect(await tried({ dueOn: '2026-02-30' })).toHaveProperty('dueOn');
    for (const ownerId of ['2', '3', '9', '']) expect(await tried({ ownerId })).toHaveProperty('ownerId');
    expect(page().decisions).toEqual([]);
    expect(await tried({})).toEqual({});
    expect(page().decisions).toMatchObject([{ text: '走访到期企业', owner: '人员1', doneAt: null }]);
  });

  test('are asked about at the next review until they are done, by their owner or who leads', async () => {
    const id = await drawUp(db, clock, key, { title: '一季度', actor: staff });
    await decide(db, clock, id, form({ text: '走访', ownerId: '1', dueOn: '2026-05-01' }), 'x');
    const next = () => reviewPage(db, { ...request, quarter: '2026Q2' }).openBefore.map(({ text }) => text);
    const earlier = () => reviewPage(db, { ...request, quarter: '2025Q4' }).openBefore;
    expect(next()).toEqual(['走访']);
    expect(earlier()).toEqual([]);
    const decision = page().decisions[0]!.id;
    await expect(finishDecision(db, clock, decision, '已办', user(7, 'staff'))).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await finishDecision(db, clock, decision, ' ', user(1, 'staff'))).toHaveProperty('result');
    expect(await finishDecision(db, clock, decision, '已走访 3 家', user(1, 'staff'))).toEqual({});
    expect(next()).toEqual([]);
    await expect(finishDecision(db, clock, decision, '又', user(7, 'leadership'))).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

test.each([
  ['staff', '5', 'forbidden'],
  ['leadership', '5', 'forbidden'],
  ['administrator', '-1', 'invalid'],
  ['administrator', '101', 'invalid'],
])('%s may not set the limit of suppression to %s', async (role, text, code) => {
  await expect(keepSuppression(db, { username: 'x', role }, text)).rejects.toMatchObject({ code });
});

test('an administrator sets the limit of suppression, and the tables follow', async () => {
  expect(page().tables.suppressBelow).toBe(5);
  await keepSuppression(db, administrator, '０');
  expect(page().tables.suppressBelow).toBe(0);
  expect(page().tables.cohorts[0]!.total.entered.text).toBe('1');
});
