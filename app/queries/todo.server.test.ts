// 今日待办 read page by page is the whole of it, whatever waits and whatever was done about it.
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { closeTestDatabases, plantEnterprise, plantParks, testDatabase } from '../../tests/database.ts';
import { anyDay, anyOtherEvent, anyTitleEvent } from '../../tests/random-events.ts';
import { size } from '../../tests/size.ts';
import { fixedClock } from '../db/clock.ts';
import type { Db } from '../db/clients.server.ts';
import { addDays, daysBetween } from '../rules/day.ts';
import { submitAll } from '../services/door.server.ts';
import { sweep } from '../services/sweep.server.ts';
import { readScope, type Scope } from './scope.server.ts';
import { bellCount, TODO_KINDS, todoItems, todoPage, type TodoItem, type TodoView } from './todo.server.ts';

afterEach(closeTestDatabases);

const COUNT = 6;
const SIZE = 3;

const anyHistory = fc.array(
  fc
    .integer({ min: 1, max: COUNT })
    .chain((id) => fc.oneof({ weight: 9, arbitrary: anyTitleEvent(id) }, anyOtherEvent(id))),
  { minLength: 5, maxLength: 40 },
);
const anyNote = fc.record({
  of: fc.integer({ min: 1, max: COUNT }),
  after: fc.integer({ min: -60, max: 250 }),
  done: fc.boolean(),
});
/** Which entry is marked, and how. */
const anyMark = fc.record({
  at: fc.nat(),
  mark: fc.constantFrom('done', 'snoozed', 'open'),
  until: fc.integer({ min: -20, max: 20 }),
});

interface Mark {
  readonly mark: string;
  readonly untilDay: string;
}

async function park(
  history: readonly object[],
  notes: readonly { of: number; after: number; done: boolean }[],
  on: string,
) {
  const db = testDatabase();
  const clock = fixedClock(`${on}T02:00:00.000Z`);
  await db.write((tx) => {
    plantParks(tx);
    for (let i = 1; i <= COUNT; i += 1)
      plantEnterprise(tx, i, { parkId: (i % 3) + 1, registeredOn: '2019-01-01' });
    submitAll(tx, clock, history as never);
    const note = tx.prepare(
      `INSERT INTO FollowUp (enterpriseId, kind, onDay, note, nextAction, nextOn, "by", recordedAt, doneAt)
       VALUES (?, 'visit', ?, 'x', 'y', ?, 'z', ?, ?)`,
    );
    for (const { of, after, done } of notes) note.run(of, on, addDays(on, after), on, done ? on : null);
    // Every other enterprise lacks figures.
    const verdict = tx.prepare(
      `INSERT INTO StoredVerdict (enterpriseId, scheme, action, onDay, rule, outcome, met, unmet, unknown, manual,
         vetoes, distance, gaps, holdsUntil, factsDigest, computedAt)
       VALUES (?, 'champion', 'new', ?, 'champion@2023', 'undetermined', 1, 0, 1, 0, 0, 1, '[]', '9999-12-31', '', '')`,
    );
    const state = tx.prepare(
      `REPLACE INTO VerdictState (enterpriseId, factsDigest, rulesDigest, judgedOn, holdsUntil, wanting)
       VALUES (?, '', '', ?, '', 1)`,
    );
    for (let i = 2; i <= COUNT; i += 2) {
      verdict.run(i, on);
      state.run(i, on);
    }
  });
  await sweep(db, clock);
  return db;
}

function viewsOf(item: TodoItem, mark: Mark | undefined, on: string): TodoView[] {
  if (mark?.mark === 'done') return ['done'];
  if (mark?.mark === 'snoozed' && mark.untilDay >= on) return ['snoozed'];
  return item.day !== null && daysBetween(on, item.day) <= 30 ? ['near', 'all'] : ['all'];
}

function everyPage(db: Db, scope: Scope, view: TodoView, kind: (typeof TODO_KINDS)[number]['id'] | null) {
  const keys: string[] = [];
  const days: string[] = [];
  for (let page = 1; ; page += 1) {
    const { rows } = todoPage(db, scope, { view, kind, page, size: SIZE, chosen: null });
    keys.push(...rows.map(({ key }) => key));
    days.push(...rows.map(({ day }) => day ?? '9999-12-31'));
    if (rows.length < SIZE) return { keys, days };
  }
}

test('the pages of every view and kind are its entries, each once and by their day, and the counts are theirs', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyHistory,
      fc.array(anyNote, { maxLength: 12 }),
      fc.array(anyMark, { maxLength: 8 }),
      anyDay,
      fc.constantFrom('', 'park=p1'),
      async (history, notes, marked, on, address) => {
        const db = await park(history, notes, on);
        const scope = readScope(db, new URLSearchParams(address), on);
        const items = todoItems(db, scope);
        const marks = new Map<string, Mark>();
        await db.write((tx) => {
          const insert = tx.prepare(
            'INSERT INTO TodoMark (key, mark, untilDay, actor, at) VALUES (?, ?, ?, ?, ?)',
          );
          for (const { at, mark, until } of marked) {
            const item = items[at % Math.max(1, items.length)];
            if (!item || /^(batch|submission)/.test(item.key)) continue;
            const untilDay = addDays(on, until);
            insert.run(item.key, mark, untilDay, 'test', on);
            marks.set(item.key, { mark, untilDay });
          }
        });
        for (const kind of [null, ...TODO_KINDS.map(({ id }) => id)]) {
          const own = items.filter((item) => kind === null || item.kind === kind);
          const expected = (view: TodoView) =>
            own.filter((item) => viewsOf(item, marks.get(item.key), on).includes(view)).map(({ key }) => key);
          for (const view of ['near', 'all', 'snoozed', 'done'] as const) {
            const { keys, days } = everyPage(db, scope, view, kind);
            expect([view, kind, [...keys].sort()]).toEqual([view, kind, expected(view).sort()]);
            expect(days).toEqual([...days].sort());
          }
          const { counts } = todoPage(db, scope, { view: 'near', kind, page: 1, size: SIZE, chosen: null });
          for (const view of ['near', 'all', 'snoozed', 'done'] as const)
            expect([view, kind, counts[view]]).toEqual([view, kind, expected(view).length]);
          if (kind === null) expect(bellCount(db, scope)).toBe(counts.near);
        }
        for (const item of items.slice(0, 5)) {
          const { chosen } = todoPage(db, scope, {
            view: 'near',
            kind: null,
            page: 1,
            size: 1,
            chosen: item.key,
          });
          expect(chosen).toMatchObject(item);
        }
        await closeTestDatabases();
      },
    ),
    { numRuns: size(12, 200) },
  );
});
