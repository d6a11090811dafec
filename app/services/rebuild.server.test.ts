import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeTestDatabases, plantEnterprise, testDatabase } from '../../tests/database.ts';
import type { EventInput } from '../../machines/events.ts';
import { PROJECTION_VERSION } from '../pipeline/projection.ts';
import { decodeSnapshot } from '../pipeline/snapshot.ts';
import type { Db } from '../db/clients.server.ts';
import { fixedClock } from '../db/clock.ts';
import { submitAll } from './door.server.ts';
import { rebuild, renewProjections } from './rebuild.server.ts';
import { verify } from './verify.server.ts';

const clock = fixedClock('2026-05-06T02:00:00.000Z');
let db: Db;

beforeEach(async () => {
  db = testDatabase();
  const event = (
    enterpriseId: number,
    type: EventInput['type'],
    effectiveOn: string,
    payload = {},
  ): EventInput => ({
    enterpriseId,
    scheme: 'hnte',
    type,
    effectiveOn,
    actor: 'test',
    payload: { verdict: null, ...payload },
  });
  await db.write((tx) => {
    for (let i = 1; i <= 3; i += 1) {
      plantEnterprise(tx, i);
    }
    submitAll(tx, clock, [
      event(1, 'enrol', '2022-03-01'),
      event(1, 'nominate', '2022-04-01'),
      event(1, 'certify', '2023-01-01', { no: 'A', validUntil: '2025-12-31' }),
      event(2, 'certify', '2024-01-01', { no: 'B', validUntil: '2026-12-31' }),
      event(1, 'submit', '2022-05-01'),
      {
        enterpriseId: 2,
        scheme: null,
        type: 'moved',
        effectiveOn: '2025-01-01',
        actor: 'test',
        payload: { from: null, to: null },
      },
    ]);
  });
});
afterEach(closeTestDatabases);

const messages = () => verify(db, clock).problems.map((problem) => problem.message);
const damage = (sql: string) => db.write((tx) => void tx.prepare(sql).run());

describe('holding projections against the log', () => {
  test.each([
    ['a span', "DELETE FROM Span WHERE lane = 'application'", '停留区间与事件不符'],
    [
      'the day of a span',
      "UPDATE Span SET fromOn = '2022-03-02' WHERE state = 'library'",
      '停留区间与事件不符',
    ],
    ['a title', "UPDATE Title SET validUntil = '2027-12-31' WHERE no = 'B'", '称号与事件不符'],
    ['a status', "UPDATE Title SET status = 'valid' WHERE no = 'A'", '称号状态与事件不符：hnte'],
    ['the headline', "UPDATE Enterprise SET headline = 'giant' WHERE id = 3", '最高称号与事件不符'],
    ['a snapshot', 'DELETE FROM MachineSnapshot WHERE enterpriseId = 1', '缺少状态快照'],
    [
      'what a snapshot says',
      `UPDATE MachineSnapshot SET snapshot = replace(snapshot, 'lapsed', 'revoked')`,
      '状态快照与事件不符',
    ],
    [
      'a readable snapshot',
      "UPDATE MachineSnapshot SET snapshot = '{' WHERE enterpriseId = 1",
      '状态快照无法读取',
    ],
    ['an event behind the projections', "DELETE FROM Event WHERE type = 'nominate'", '停留区间与事件不符'],
    ['the roll-up', "UPDATE StockChange SET delta = 7 WHERE lane = 'held'", '存量汇总有'],
    ['a day of the roll-up', "DELETE FROM StockChange WHERE lane = 'headline'", '存量汇总有'],
    ['a quarter of the roll-up', "UPDATE StockQuarter SET delta = 7 WHERE lane = 'held'", '存量季度汇总有'],
    ['the roll-up of flows', "DELETE FROM FlowChange WHERE way = 'in'", '变动汇总有'],
    ['the roll-up of durations', 'UPDATE StepDuration SET days = days + 1', '环节时长汇总有'],
    [
      'a day too many',
      "INSERT INTO StockChange VALUES ('held', 'hnte', 'held', 9, '2026-01-01', 1)",
      '存量汇总有',
    ],
  ])('finds %s that does not agree, and rebuilding mends it', async (_, sql, message) => {
    expect(messages()).toEqual([]);
    await damage(sql);
    expect(messages().join()).toContain(message);
    const result = await rebuild(db, clock);
    expect(result.enterprises).toBe(2);
    expect(messages()).toEqual([]);
  });

  test('rebuilding what is right changes nothing but row ids', async () => {
    const read = () =>
      ['Event', 'MachineSnapshot', 'Enterprise', 'StockChange'].map((table) =>
        db.raw.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3, 4, 5`).all(),
      );
    const before = read();
    await rebuild(db, clock);
    expect(read()).toEqual(before);
  });
});

test('a snapshot that cannot be read is rebuilt from the events when the next one comes', async () => {
  await damage('UPDATE MachineSnapshot SET snapshot = \'{"of": "another program"}\' WHERE enterpriseId = 1');
  const [result] = await db.write((tx) =>
    submitAll(tx, clock, [
      { enterpriseId: 1, scheme: 'hnte', type: 'prepare', effectiveOn: '2026-05-06', actor: 'test' },
    ]),
  );
  expect(result).toMatchObject({ ok: true, state: 'preparing' });
  expect(messages()).toEqual([]);
});

describe('stored snapshots', () => {
  // As version 1 of the machines wrote it; each version keeps one here for ever.
  const V1 =
    '{"value":{"hnte":{"application":"submitted","title":"due","duty":"report_due"}},"context":{"hnte":{"verdict":{"rule":"hnte@2016","on":"2026-05-06","outcome":"eligible","vetoes":0,"unmet":[]}}},"ledger":{"hnte":{"titles":[{"level":"national","no":"GR202311000001","grantedOn":"2023-10-26","from":"2023-10-26","until":"2026-10-25","end":null,"cause":null,"source":"official","knownAt":"2023-11-01T00:00:00.000Z","eventId":1}],"lastOn":"2026-05-06","dutyYear":2026}},"gone":null,"moves":[],"park":1}';

  test('of version 1 are read', () => {
    const snapshot = decodeSnapshot(V1, 1);
    expect(snapshot?.way.regions.hnte?.value).toEqual({
      application: 'submitted',
      title: 'due',
      duty: 'report_due',
    });
    expect(snapshot?.way.regions.hnte?.titles[0]?.no).toBe('GR202311000001');
  });

  test.each([
    ['of a later version', V1, 99],
    ['with a state that does not exist', V1.replace('"submitted"', '"flying"'), 1],
    ['with a lane too few', V1.replace(',"duty":"report_due"', ''), 1],
    ['cut off', V1.slice(0, -9), 1],
    ['with another kind of day', V1.replace('2026-10-25', 'soon'), 1],
  ])('%s are not', (_, text, version) => {
    expect(decodeSnapshot(text, version)).toBeNull();
  });
});

test('projections that an earlier release wrote are rebuilt once, those of this one are left alone', async () => {
  const version = () => db.raw.pragma('user_version', { simple: true });
  expect(version()).toBe(0);
  await damage("UPDATE Span SET fromOn = '2022-03-02' WHERE lane = 'application'");
  expect(messages()).toContain('停留区间与事件不符');
  expect(await renewProjections(db, clock)).toBe(true);
  expect([version(), messages()]).toEqual([PROJECTION_VERSION, []]);
  await damage("UPDATE Span SET fromOn = '2022-03-02' WHERE lane = 'application'");
  expect(await renewProjections(db, clock)).toBe(false);
  expect(messages()).toContain('停留区间与事件不符');
});
