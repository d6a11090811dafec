import { afterEach, describe, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { invented } from '../../tests/population.ts';
import type { Db } from '../db/clients.server.ts';
import { fixedClock } from '../db/clock.ts';
import { titleLife } from '../queries/title-life.server.ts';
import { recordFacts } from './facts.server.ts';
import { takeStep } from './step.server.ts';

afterEach(closeTestDatabases);

const CLOCK = fixedClock('2026-05-20T04:00:00.000Z');
const SUBJECT = { enterpriseId: 1, scheme: 'hnte' };

async function park(): Promise<Db> {
  const db = testDatabase();
  await db.write((tx) => recordFacts(tx, CLOCK, invented(1, 1), { actor: 'test' }));
  return db;
}

function send(db: Db, fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return takeStep({ db, clock: CLOCK, actor: 'wang' }, SUBJECT, form);
}
const events = (db: Db) =>
  db.raw
    .prepare(
      "SELECT id, type, reason, evidence, payload, accepted FROM Event WHERE actor = 'wang' ORDER BY id",
    )
    .all() as {
    id: number;
    type: string;
    reason: string | null;
    evidence: string | null;
    payload: string;
    accepted: number;
  }[];
const titles = (db: Db) => db.raw.prepare('SELECT no, level, grantedOn, validUntil FROM Title').all();
const ON = { effectiveOn: '2026-05-10' };

describe('announcements entered singly', () => {
  test.each(['accept', 'publicise', 'file'])(
    '%s without an application is taken and flagged',
    async (type) => {
      const db = await park();
      const done = await send(db, { ...ON, type, docNo: '示例〔2026〕1号' });
      expect(done).toMatchObject({ ok: true });
      expect(done.ok && done.message).toContain('顺序不符');
      expect(events(db)).toMatchObject([{ type, evidence: '{"docNo":"示例〔2026〕1号"}' }]);
      expect(titles(db)).toEqual([]);
    },
  );

  test('认定 with its certificate makes the title', async () => {
    const db = await park();
    const certificate = { no: 'GR1', level: 'national', validUntil: '2029-05-09' };
    expect(await send(db, { ...ON, ...certificate, type: 'certify' })).toMatchObject({ ok: true });
    expect(titles(db)).toEqual([{ ...certificate, grantedOn: '2026-05-10' }]);
  });

  test.each([
    ['公示 has no certificate', { type: 'publicise', no: 'GR1' }, 'no'],
    ['公示 has no validity', { type: 'publicise', validUntil: '2029-05-09' }, 'validUntil'],
    ['validity ends before it begins', { type: 'certify', validUntil: '2026-05-09' }, 'validUntil'],
    ['no such day', { type: 'certify', validUntil: '2029-02-30' }, 'validUntil'],
    ['未通过 without a reason', { type: 'refuse' }, 'reason'],
    ['撤销 without a reason', { type: 'revoke' }, 'reason'],
    ['a day to come', { type: 'publicise', effectiveOn: '2026-05-21' }, 'effectiveOn'],
    ['nothing chosen', { type: '' }, 'type'],
  ])('%s', async (_what, fields, field) => {
    const db = await park();
    const done = await send(db, { ...ON, ...(fields as Record<string, string>) });
    expect(done.ok ? [] : Object.keys(done.errors)).toEqual([field]);
    expect(events(db)).toEqual([]);
  });

  test('未通过 with its reason', async () => {
    const db = await park();
    expect(await send(db, { ...ON, type: 'refuse', reason: '研发费用占比不足' })).toMatchObject({ ok: true });
    expect(events(db)).toMatchObject([{ type: 'refuse', reason: '研发费用占比不足' }]);
  });

  test('the page offers what is not expected, too, and only stages of this kind of title', async () => {
    const db = await park();
    const life = await titleLife(db, { ...SUBJECT, on: '2026-05-20' });
    const offered = [...life.steps, ...life.others].map(({ type }) => type);
    expect(offered).toEqual(
      expect.arrayContaining(['accept', 'publicise', 'certify', 'refuse', 'renew', 'revoke']),
    );
    expect(offered).not.toContain('roadshow');
    expect(offered).not.toContain('present');
    expect(new Set(offered).size).toBe(offered.length);
  });
});

describe('corrections', () => {
  test('take an event out, with the reason, and the state is read anew; once', async () => {
    const db = await park();
    await send(db, { ...ON, type: 'certify', validUntil: '2029-05-09' });
    const { id } = events(db)[0]!;
    const before = await titleLife(db, { ...SUBJECT, on: '2026-05-20' });
    expect(before.history.find((item) => item.id === String(id))).toMatchObject({ correctable: true });
    expect(await send(db, { type: 'void', eventId: String(id), voidReason: '' })).toMatchObject({
      ok: false,
      errors: { [`void-${id}`]: '请写明更正的理由' },
    });
    const stale = {
      type: 'void',
      eventId: String(id),
      voidReason: '录错企业',
      revision: String(before.revision - 1),
    };
    expect(await send(db, stale)).toMatchObject({ ok: false, status: 409 });
    expect(titles(db)).toHaveLength(1);
    expect(await send(db, { ...stale, revision: String(before.revision) })).toMatchObject({ ok: true });
    expect(titles(db)).toEqual([]);
    const after = await titleLife(db, { ...SUBJECT, on: '2026-05-20' });
    expect(after.history.find((item) => item.id === String(id))).toMatchObject({
      correctable: false,
      struck: true,
    });
  });

  test('an event of another title, or none, is not corrected', async () => {
    const db = await park();
    await send(db, { ...ON, type: 'publicise' });
    const { id } = events(db)[0]!;
    const form = new FormData();
    form.set('type', 'void');
    form.set('eventId', String(id));
    form.set('voidReason', '试');
    const other = { enterpriseId: 1, scheme: 'srdi' };
    expect(await takeStep({ db, clock: CLOCK, actor: 'wang' }, other, form)).toMatchObject({ ok: false });
    expect(await send(db, { type: 'void', eventId: 'x', voidReason: '试' })).toMatchObject({
      ok: false,
      status: 400,
    });
  });
});
