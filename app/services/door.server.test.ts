import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { closeTestDatabases, plantEnterprise, plantParks, testDatabase } from '../../tests/database.ts';
import { anyDay, anyOtherEvent, anyTitleEvent, DAYS, FIRST_DAY } from '../../tests/random-events.ts';
import { size } from '../../tests/size.ts';
import type { EventInput } from '../../machines/events.ts';
import type { Db } from '../db/clients.server.ts';
import { fixedClock } from '../db/clock.ts';
import { readEvents } from '../db/event-rows.server.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { foldAsOf } from '../pipeline/fold.ts';
import { visible } from '../pipeline/log.ts';
import { addDays } from '../rules/day.ts';
import { submit, submitAll, type SubmitResult } from './door.server.ts';
import { sweep } from './sweep.server.ts';
import { verify } from './verify.server.ts';

afterEach(closeTestDatabases);

const clock = fixedClock('2026-05-06T02:00:00.000Z');
const today = clock.today();

/** Enterprises 1 to `count` in a park each. */
async function withEnterprises(count = 3): Promise<Db> {
  const db = testDatabase();
  await db.write((tx) => {
    plantParks(tx);
    for (let i = 1; i <= count; i += 1) {
      plantEnterprise(tx, i, { parkId: (i % 3) + 1 });
    }
  });
  return db;
}

const event = (type: EventInput['type'], rest: Partial<EventInput> = {}): EventInput => ({
  enterpriseId: 1,
  scheme: 'hnte',
  type,
  effectiveOn: today,
  actor: '张三',
  ...rest,
});
const run = (db: Db, ...inputs: EventInput[]): Promise<SubmitResult[]> =>
  db.write((tx) => submitAll(tx, clock, inputs));
const rows = <Row>(db: Db, sql: string) => db.raw.prepare(sql).all() as Row[];
const problems = (db: Db) => verify(db, clock).problems;

const verdict = (outcome: 'eligible' | 'ineligible' | 'undetermined', vetoes = 0) => ({
  verdict: {
    rule: 'hnte@2016',
    on: today,
    outcome,
    vetoes,
    unmet: outcome === 'ineligible' ? ['rd-intensity'] : [],
  },
});

describe("the park's own steps", () => {
  test.each([
    ['nominate', verdict('eligible'), true],
    ['nominate', verdict('undetermined'), true],
    ['nominate', verdict('ineligible'), false],
    ['nominate', verdict('undetermined', 1), false],
    ['submit', verdict('ineligible'), false],
    ['enrol', verdict('ineligible'), true],
    ['enrol', verdict('ineligible', 1), false],
    ['prepare', verdict('ineligible', 1), true],
  ] as const)('%s with %j is taken: %s', async (type, payload, taken) => {
    const db = await withEnterprises();
    const [result] = await run(db, event(type, { payload }));
    expect(result!.ok).toBe(taken);
    const stored = rows<{ accepted: number; refusal: string | null }>(
      db,
      'SELECT accepted, refusal FROM Event',
    );
    expect(stored).toHaveLength(1);
    expect(stored[0]!.accepted).toBe(taken ? 1 : 0);
    if (!result!.ok) expect(stored[0]!.refusal).toBe(result!.reason);
    expect(problems(db)).toEqual([]);
  });

  test('a refused step says why and changes nothing', async () => {
    const db = await withEnterprises();
    await run(db, event('submit'));
    const [refused] = await run(db, event('nominate'));
    expect(refused).toEqual({ ok: false, code: 'refused', reason: '当前为“已提交”，不能“推荐”' });
    expect(rows(db, 'SELECT state FROM Span')).toEqual([{ state: 'submitted' }]);
    expect(rows(db, 'SELECT revision FROM MachineSnapshot')).toEqual([{ revision: 1 }]);
  });

  test('goes on against the verdict only with a reason, and says so', async () => {
    const db = await withEnterprises();
    const payload = { ...verdict('ineligible'), override: true };
    const [without, with_] = await run(
      db,
      event('nominate', { payload }),
      event('nominate', { payload, reason: '数据待更新' }),
    );
    expect(without).toMatchObject({ ok: false, code: 'invalid' });
    expect(with_).toMatchObject({ ok: true, state: 'nominated', flags: ['经办人说明理由后越过判定'] });
  });

  test('a title in force that is far from its end is not applied for again', async () => {
    const db = await withEnterprises();
    const held = { grantedOn: '2025-01-01', validUntil: addDays(today, 181) };
    const results = await run(db, event('certify', { payload: held }), event('nominate'));
    expect(results[1]).toMatchObject({ ok: false, reason: '不能“推荐”：已持有有效称号，尚未进入到期窗口' });
    const near = { scheme: 'srdi', payload: { grantedOn: '2025-01-01', validUntil: addDays(today, 180) } };
    expect((await run(db, event('certify', near), event('nominate', { scheme: 'srdi' })))[1]).toMatchObject({
      ok: true,
    });
  });
});

describe('what an authority announced', () => {
  test('a certificate out of nothing is taken, a disagreement and an odd order are flagged', async () => {
    const db = await withEnterprises();
    const [certified, publicised] = await run(
      db,
      event('certify', {
        payload: { ...verdict('ineligible'), grantedOn: '2026-01-01', validUntil: '2028-12-31' },
      }),
      event('publicise', { scheme: 'srdi' }),
    );
    expect(certified).toMatchObject({
      ok: true,
      state: 'certified',
      flags: ['与本系统按 hnte@2016 的判定（不符合）不一致'],
    });
    expect(publicised).toMatchObject({ ok: true, state: 'publicised', flags: ['与此前状态的顺序不符'] });
    expect(rows(db, 'SELECT headline FROM Enterprise WHERE id = 1')).toEqual([{ headline: 'hnte' }]);
    expect(problems(db)).toEqual([]);
  });

  test('the same list read twice writes nothing the second time', async () => {
    const db = await withEnterprises();
    const list = [
      event('certify', {
        payload: { no: 'GR1', grantedOn: '2017-10-01', validUntil: '2020-09-30', status: 'expired' },
      }),
      event('certify', { payload: { no: 'GR2', grantedOn: '2020-12-01', validUntil: '2023-11-30' } }),
      event('certify', {
        payload: { no: 'GR3', grantedOn: '2024-01-15', validUntil: '2027-01-14', status: 'revoked' },
      }),
      event('certify', { scheme: 'srdi', payload: { validUntil: '2027-01-14' } }),
    ];
    await run(db, ...list);
    const before = rows(db, 'SELECT * FROM Event');
    const again = await run(db, ...list);
    expect(again.every((result) => result.ok && result.unchanged)).toBe(true);
    expect(rows(db, 'SELECT * FROM Event')).toEqual(before);
    expect(rows(db, 'SELECT no, status FROM Title ORDER BY id')).toEqual([
      { no: 'GR1', status: 'expired' },
      { no: 'GR2', status: 'expired' },
      { no: 'GR3', status: 'revoked' },
      { no: null, status: 'valid' },
    ]);
    expect(problems(db)).toEqual([]);
  });

  test('a correction takes an event out; the correction of the correction brings it back', async () => {
    const db = await withEnterprises();
    const payload = { grantedOn: '2026-01-01', validUntil: '2028-12-31' };
    await run(db, event('certify', { payload }));
    const [unexplained] = await run(db, event('void', { payload: { eventId: 1 } }));
    expect(unexplained).toMatchObject({ ok: false, reason: '更正须写明理由' });
    const [voided] = await run(db, event('void', { payload: { eventId: 1 }, reason: '录错企业' }));
    expect(voided).toMatchObject({ ok: true, state: 'none' });
    expect(rows(db, 'SELECT * FROM Title')).toEqual([]);
    expect(problems(db)).toEqual([]);
    const eventId = voided!.ok ? voided!.eventId : 0;
    const [back] = await run(db, event('void', { payload: { eventId }, reason: '未录错' }));
    expect(back).toMatchObject({ ok: true, state: 'certified' });
    expect(problems(db)).toEqual([]);
  });
});

describe('days', () => {
  test('a title holds through its last day and ends on the next, once', async () => {
    const db = await withEnterprises();
    const payload = { no: 'GR1', grantedOn: addDays(today, -1000), validUntil: today };
    await run(db, event('certify', { payload }));
    expect(rows(db, 'SELECT headline FROM Enterprise WHERE id = 1')).toEqual([{ headline: 'hnte' }]);
    expect(await sweep(db, clock)).toMatchObject({ events: 0 });
    const tomorrow = fixedClock('2026-05-07T02:00:00.000Z');
    expect(verify(db, tomorrow)).toMatchObject({ pending: 1, problems: [] });
    expect(await sweep(db, tomorrow)).toMatchObject({ events: 1 });
    expect(await sweep(db, tomorrow)).toMatchObject({ events: 0 });
    expect(rows(db, "SELECT effectiveOn, actor FROM Event WHERE type = 'expire'")).toEqual([
      { effectiveOn: '2026-05-07', actor: 'system' },
    ]);
    expect(rows(db, 'SELECT headline FROM Enterprise WHERE id = 1')).toEqual([{ headline: null }]);
    expect(verify(db, tomorrow)).toMatchObject({ pending: 0, problems: [] });
  });

  test('an import of history is up to the day at once', async () => {
    const db = await withEnterprises();
    const [result] = await run(
      db,
      event('certify', { payload: { grantedOn: '2016-01-01', validUntil: '2018-12-31' } }),
    );
    expect(result).toMatchObject({ ok: true, state: 'lapsed' });
    expect(rows(db, "SELECT fromOn, toOn FROM Span WHERE lane = 'held'")).toEqual([
      { fromOn: '2016-01-01', toOn: '2019-01-01' },
    ]);
  });

  test('the yearly report is opened in its months, reported, or overdue', async () => {
    const db = await withEnterprises();
    const payload = { grantedOn: '2025-03-01', validUntil: '2028-02-28' };
    const march = fixedClock('2026-03-05T02:00:00.000Z');
    await db.write((tx) =>
      submitAll(tx, march, [event('certify', { payload }), event('certify', { enterpriseId: 2, payload })]),
    );
    const duty = () =>
      rows<{ enterpriseId: number; state: string }>(
        db,
        "SELECT enterpriseId, state FROM Span WHERE lane = 'duty' AND toOn IS NULL",
      );
    expect(duty().map((row) => row.state)).toEqual(['report_due', 'report_due']);
    await run(db, event('report', { effectiveOn: '2026-05-06', payload: { year: 2026 } }));
    await sweep(db, fixedClock('2026-06-01T02:00:00.000Z'));
    expect(duty()).toEqual([{ enterpriseId: 2, state: 'report_overdue' }]);
    expect(problems(db)).toEqual([]);
  });
});

describe('two at once', () => {
  test('of two clerks with the same revision one succeeds and the other is told', async () => {
    const db = await withEnterprises();
    const [first, second] = await Promise.all([
      submit(db, clock, event('prepare', { actor: '甲', expectedRevision: 0 })),
      submit(db, clock, event('submit', { actor: '乙', expectedRevision: 0, payload: verdict('eligible') })),
    ]);
    expect(first).toMatchObject({ ok: true, revision: 1 });
    expect(second).toEqual({
      ok: false,
      code: 'conflict',
      reason: '该企业的状态已有变化：甲 刚办理了“准备申报”，请刷新后再办理',
    });
  });

  test('50 concurrent writers lose nothing', async () => {
    const db = await withEnterprises(5);
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, i) => {
        const payload = {
          no: `N${i}`,
          grantedOn: addDays('2024-01-01', i),
          validUntil: addDays('2027-01-01', i),
        };
        return submit(db, clock, event('certify', { enterpriseId: (i % 5) + 1, payload }));
      }),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(50);
    expect(rows(db, "SELECT count(*) AS n FROM Event WHERE type = 'certify'")).toEqual([{ n: 50 }]);
    expect(rows(db, 'SELECT count(*) AS n FROM Title')).toEqual([{ n: 50 }]);
    expect(problems(db)).toEqual([]);
  });
});

describe('random histories', () => {
  test.each([
    ['in the order of effect', true],
    ['with late and backdated events', false],
  ])(
    'of many enterprises with 60 events each, %s, agree with their projections',
    async (_, ordered) => {
      const count = size(20, 200);
      const db = await withEnterprises(count);
      const end = fixedClock(`${addDays(FIRST_DAY, DAYS + 900)}T02:00:00.000Z`);
      const any = fc.integer({ min: 1, max: count }).chain(anyTitleEvent);
      const inputs = fc.sample(any, { numRuns: count * 60, seed: 20261122 });
      if (ordered)
        inputs.sort((a, b) => (a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : 0));
      for (let i = 0; i < inputs.length; i += 500) {
        await db.write((tx) => submitAll(tx, end, inputs.slice(i, i + 500)));
      }
      const result = verify(db, end);
      expect(result.problems).toEqual([]);
      expect(result.events).toBeGreaterThan(count * 40);
      for (const on of fc.sample(anyDay, { numRuns: 10, seed: 7 })) {
        const spans = rows<{ id: number; scheme: string; lane: string; state: string }>(
          db,
          `SELECT enterpriseId AS id, scheme, lane, state FROM Span WHERE lane IN ('application', 'title', 'duty')
         AND fromOn <= '${on}' AND (toOn IS NULL OR toOn > '${on}')`,
        );
        const stored = new Set(spans.map((s) => [s.id, s.scheme, s.lane, s.state].join()));
        const folded = new Set<string>();
        for (let id = 1; id <= count; id += 1) {
          const log = visible(readEvents(readerOf(db.raw), id));
          for (const scheme of new Set(log.map((e) => e.scheme!))) {
            const own = log.filter((e) => e.scheme === scheme);
            for (const [lane, state] of Object.entries(foldAsOf(scheme, own, on).value)) {
              if (!['idle', 'none', 'clear'].includes(state)) folded.add([id, scheme, lane, state].join());
            }
          }
        }
        expect(stored).toEqual(folded);
      }
    },
    300_000,
  );

  const history = fc
    .integer({ min: 1, max: 3 })
    .chain((id) =>
      fc.oneof({ weight: 9, arbitrary: anyTitleEvent(id) }, { weight: 1, arbitrary: anyOtherEvent(id) }),
    );

  test('in any order, the projections are what folding the log gives, on any day', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(history, { maxLength: 60 }),
        fc.array(anyDay, { minLength: 3, maxLength: 8 }),
        async (inputs, days) => {
          const db = await withEnterprises();
          const end = fixedClock(`${addDays(FIRST_DAY, DAYS + 900)}T02:00:00.000Z`);
          for (let i = 0; i < inputs.length; i += 7) {
            await db.write((tx) => submitAll(tx, end, inputs.slice(i, i + 7)));
          }
          expect(verify(db, end).problems).toEqual([]);
          expect(await sweep(db, end)).toMatchObject({ events: 0 });
          for (const id of [1, 2, 3]) {
            const gone =
              rows<{ on: string }>(
                db,
                `SELECT min(effectiveOn) AS "on" FROM Event WHERE enterpriseId = ${id} AND type = 'deregistered'`,
              )[0]!.on ?? '9999';
            const log = visible(readEvents(readerOf(db.raw), id));
            const schemes = new Set(log.map((e) => e.scheme).filter((scheme) => scheme !== null));
            for (const on of days.filter((day) => day < gone)) {
              for (const scheme of schemes) {
                const region = foldAsOf(
                  scheme,
                  log.filter((e) => e.scheme === scheme),
                  on,
                );
                const stored = rows<{ lane: string; state: string }>(
                  db,
                  `SELECT lane, state FROM Span WHERE enterpriseId = ${id} AND scheme = '${scheme}'
                AND lane NOT IN ('held', 'level') AND fromOn <= '${on}' AND (toOn IS NULL OR toOn > '${on}')`,
                );
                const value = Object.fromEntries(
                  Object.entries(region.value).filter(
                    ([, state]) => !['idle', 'none', 'clear'].includes(state),
                  ),
                );
                expect(Object.fromEntries(stored.map((s) => [s.lane, s.state]))).toEqual(value);
              }
            }
          }
          await closeTestDatabases();
        },
      ),
      { numRuns: size(40, 200) },
    );
  }, 300_000);
});

describe('a move that is taken back', () => {
  const moved = (from: number | null, to: number | null, effectiveOn = '2026-01-15') =>
    event('moved', { scheme: null, effectiveOn, payload: { from, to } });
  const takenBack = (eventId: number) =>
    event('void', { scheme: null, payload: { eventId }, reason: '未迁移' });
  const park = (db: Db) => db.raw.prepare('SELECT parkId FROM Enterprise WHERE id = 1').pluck().get();

  test.each([
    ['to another park', moved(2, 3), 3],
    ['out', moved(2, null), null],
  ])('%s leaves the enterprise where it stood', async (_, input, there) => {
    const db = await withEnterprises();
    expect(park(db)).toBe(2);
    await run(db, input);
    expect(park(db)).toBe(there);
    await run(db, takenBack(1));
    expect(park(db)).toBe(2);
    expect(verify(db, clock).problems).toEqual([]);
  });

  test('as the second of two leaves it where the first led', async () => {
    const db = await withEnterprises();
    await run(db, moved(2, 3), moved(3, 1, '2026-02-15'), takenBack(2));
    expect(park(db)).toBe(3);
  });

  test('from nobody knows where leaves its park alone', async () => {
    const db = await withEnterprises();
    await run(db, moved(null, 2), takenBack(1));
    expect(park(db)).toBe(2);
  });
});
