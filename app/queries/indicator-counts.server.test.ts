// Counts by level: a past day counts what was in force on it, whatever became of the certificates later.
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { EventInput } from '../../machines/events.ts';
import { closeTestDatabases, plantEnterprise, plantParks, testDatabase } from '../../tests/database.ts';
import { anyDay, anyOtherEvent, anyTitleEvent } from '../../tests/random-events.ts';
import { size } from '../../tests/size.ts';
import type { Db } from '../db/clients.server.ts';
import { fixedClock } from '../db/clock.ts';
import { eventsByEnterprise } from '../db/event-rows.server.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { visible } from '../pipeline/log.ts';
import { memberships, project } from '../pipeline/projection.ts';
import { inForce } from '../pipeline/titles.ts';
import { addDays } from '../rules/day.ts';
import { submit, submitAll } from '../services/door.server.ts';
import { rebuild } from '../services/rebuild.server.ts';
import { verify } from '../services/verify.server.ts';
import { listEnterprises, readEnterpriseFilter } from './enterprises.server.ts';
import { openBook } from './figures.server.ts';
import { counterOf } from './indicator-counts.server.ts';
import { lineOf } from './indicator-lines.server.ts';
import { schemeOptions, stageLabel } from './schemes.server.ts';
import { readScope } from './scope.server.ts';

afterEach(closeTestDatabases);

const clock = fixedClock('2026-05-06T02:00:00.000Z');
const LEVELS = ['national', 'provincial', 'municipal'];
const KEYS = ['srdi', 'giant'].flatMap((scheme) => LEVELS.map((level) => ({ scheme, level })));

const counted = (db: Db, on: string, parkIds: readonly number[] | null = null) => {
  const counter = counterOf(db, parkIds);
  return KEYS.map(({ scheme, level }) =>
    counter.count({ kind: 'level', scheme, level }, { from: on, to: on }),
  );
};

describe('a certificate of a level', () => {
  const certify = (
    id: number,
    level: string,
    no: string,
    from: string,
    until: string | null,
  ): EventInput => ({
    enterpriseId: id,
    scheme: 'giant',
    type: 'certify',
    effectiveOn: from,
    actor: 'test',
    payload: { verdict: null, level, no, grantedOn: from, validUntil: until },
  });
  const withdrawn = (id: number, type: 'revoke' | 'relinquish', no: string, on: string): EventInput => ({
    enterpriseId: id,
    scheme: 'giant',
    type,
    effectiveOn: on,
    actor: 'test',
    reason: 'x',
    payload: { verdict: null, no },
  });
  const national = (db: Db, on: string) =>
    counterOf(db, null).count({ kind: 'level', scheme: 'giant', level: 'national' }, { from: on, to: on });

  async function planted(...events: EventInput[]): Promise<Db> {
    const db = testDatabase();
    await db.write((tx) => {
      for (let id = 1; id <= 3; id += 1) plantEnterprise(tx, id);
      for (const result of submitAll(tx, clock, events)) expect(result).toMatchObject({ ok: true });
    });
    return db;
  }

  test('counts from the day it is granted through its last day', async () => {
    const db = await planted(certify(1, 'national', 'A', '2023-03-01', '2026-02-28'));
    expect(['2023-02-28', '2023-03-01', '2026-02-28', '2026-03-01'].map((on) => national(db, on))).toEqual([
      0, 1, 1, 0,
    ]);
  });

  test.each(['revoke', 'relinquish'] as const)('still counts on the days before a later %s', async (type) => {
    const db = await planted(
      certify(1, 'national', 'A', '2023-03-01', '2026-02-28'),
      certify(2, 'national', 'B', '2023-03-01', '2026-02-28'),
    );
    const days = ['2024-12-31', '2025-06-29', '2025-06-30', '2025-07-01'];
    expect(days.map((on) => national(db, on))).toEqual([2, 2, 2, 2]);
    expect(await submit(db, clock, withdrawn(1, type, 'A', '2025-06-30'))).toMatchObject({ ok: true });
    expect(days.map((on) => national(db, on))).toEqual([2, 2, 1, 1]);
    expect(verify(db, clock).problems).toEqual([]);
  });

  test('an enterprise with two of one level counts once, one with two levels in both', async () => {
    const db = await planted(
      certify(1, 'national', 'A', '2023-01-01', '2025-12-31'),
      certify(1, 'national', 'B', '2024-01-01', '2026-12-31'),
      certify(1, 'municipal', 'C', '2024-01-01', '2026-12-31'),
    );
    const levels = () => counted(db, '2024-06-30').slice(3);
    expect(levels()).toEqual([1, 0, 1]);
    await submit(db, clock, withdrawn(1, 'revoke', 'A', '2024-03-01'));
    expect(levels()).toEqual([1, 0, 1]);
  });

  test('opens its list, which says what it is', async () => {
    const db = await planted(
      certify(1, 'national', 'A', '2023-03-01', null),
      certify(2, 'municipal', 'B', '2023-03-01', null),
      withdrawn(1, 'revoke', 'A', '2025-06-30'),
    );
    const stage = 'level:giant:national';
    const listed = (asOf: string) =>
      listEnterprises(db, { stage }, readScope(db, new URLSearchParams({ asOf }), clock.today()), {
        sort: { key: 'name', down: false },
        page: 1,
      }).rows.map(({ id }) => id);
    expect([listed('2025-06-29'), listed('2025-06-30')]).toEqual([[1], []]);
    expect(stageLabel(stage)).toBe('小巨人：国家级证书有效');
  });

  test('counts over several titles open lists of just as many', async () => {
    const db = await planted(
      certify(1, 'national', 'A', '2023-03-01', '2025-02-28'),
      { ...certify(1, 'municipal', 'B', '2023-03-01', '2025-06-30'), scheme: 'srdi' },
      { ...certify(2, 'municipal', 'C', '2024-03-01', null), scheme: 'srdi' },
      { ...certify(3, 'national', 'D', '2024-03-01', null), scheme: 'hnte' },
    );
    for (const asOf of ['2023-02-28', '2024-12-31', '2025-04-01', '2025-12-31']) {
      const figures = openBook(db, { asOf, mode: 'ytd', park: null, parkIds: null });
      for (const id of ['srdi.all', 'headline.total', 'unicorn.library', 'hnte.total', 'headline.srdi']) {
        const line = lineOf(figures.figure(id)!, null);
        if (line.number === '0') continue;
        const query = new URLSearchParams(line.to!.split('?')[1]);
        query.set('asOf', asOf);
        const scope = readScope(db, query, clock.today());
        const { total } = listEnterprises(db, readEnterpriseFilter(query), scope, {
          sort: { key: 'name', down: false },
          page: 1,
        });
        expect([id, asOf, String(total)]).toEqual([id, asOf, line.number]);
      }
    }
    expect(schemeOptions('srdi.giant').at(-1)).toEqual({ value: 'srdi.giant', label: '专精特新或小巨人' });
  });

  test('of a database of before is counted after rebuilding', async () => {
    const db = await planted(certify(1, 'national', 'A', '2023-03-01', '2026-02-28'));
    await db.write((tx) => {
      tx.prepare("DELETE FROM Span WHERE lane = 'level'").run();
      for (const table of ['StockChange', 'StockQuarter'])
        tx.prepare(`DELETE FROM ${table} WHERE lane = 'level'`).run();
    });
    expect(national(db, '2024-01-01')).toBe(0);
    await rebuild(db, clock);
    expect(national(db, '2024-01-01')).toBe(1);
    expect(verify(db, clock).problems).toEqual([]);
  });
});

test('on any day the counts by level equal those of the log folded, park by park', async () => {
  const history = fc.array(
    fc
      .nat({ max: 3 })
      .chain((i) =>
        fc.oneof(
          { weight: 6, arbitrary: anyTitleEvent(i + 1) },
          { weight: 1, arbitrary: anyOtherEvent(i + 1) },
        ),
      ),
    { minLength: 1, maxLength: 24 },
  );
  await fc.assert(
    fc.asyncProperty(history, fc.array(anyDay, { minLength: 4, maxLength: 4 }), async (events, days) => {
      const db = testDatabase();
      await db.write((tx) => {
        plantParks(tx);
        for (let id = 1; id <= 4; id += 1) plantEnterprise(tx, id, { parkId: id === 4 ? null : id });
      });
      for (const event of events) await submit(db, clock, event);
      const edges = events.flatMap(({ effectiveOn }) => [effectiveOn, addDays(effectiveOn, -1)]);
      for (const on of [...days, ...edges.slice(0, 6)]) {
        for (const parkIds of [null, [2]])
          expect([on, counted(db, on, parkIds)]).toEqual([on, folded(db, on, parkIds)]);
      }
      await closeTestDatabases();
    }),
    { numRuns: size(25, 400) },
  );
}, 120_000);

/** The same from the ledgers of the folded log, without spans or roll-ups. */
function folded(db: Db, on: string, parkIds: readonly number[] | null): number[] {
  const totals = KEYS.map(() => 0);
  const park = db.raw.prepare('SELECT parkId FROM Enterprise WHERE id = ?');
  for (const { enterpriseId, events } of eventsByEnterprise(readerOf(db.raw))) {
    const { regions, gone, moves } = project(visible(events)).way;
    if (gone && (gone.why === 'merged' || gone.on <= on)) continue;
    const { parkId } = park.get(enterpriseId) as { parkId: number | null };
    const there = memberships(moves, parkId).findLast(({ from }) => from <= on)!.park;
    if (parkIds === null ? there < 0 : !parkIds.includes(there)) continue;
    KEYS.forEach(({ scheme, level }, i) => {
      const titles = regions[scheme]?.titles ?? [];
      if (titles.some((title) => title.level === level && inForce(title, on))) totals[i]! += 1;
    });
  }
  return totals;
}
