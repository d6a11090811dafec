// A park with thirty enterprises for each test, and a batch of them taken as far as a test needs it.
import { afterEach, beforeEach } from 'vitest';
import { clock, fillPark, leader, section, staff, THIRTY, TODAY } from './batch-park.ts';
import { closeTestDatabases, testDatabase } from './database.ts';
import type { Db } from '../app/db/clients.server.ts';
import { readEvents } from '../app/db/event-rows.server.ts';
import { readerOf } from '../app/db/fact-rows.server.ts';
import { loadBatch } from '../app/queries/batches.server.ts';
import { drawBatch, type NewBatch } from '../app/services/batches/draft.server.ts';
import type { Asker, BatchRef } from '../app/services/batches/keeper.server.ts';
import { attachMinutes, decide, sign } from '../app/services/batches/meeting.server.ts';
import { passOn, passSteward } from '../app/services/batches/review.server.ts';

/** The database of the running test. */
export let db: Db;

/** Called by a test file: a database for each of its tests. Not done by importing, which files that share a process do once. */
export function eachOnItsOwnPark(): void {
  beforeEach(async () => {
    db = testDatabase();
    await fillPark(db);
  });
  afterEach(closeTestDatabases);
}

export const terms: NewBatch = {
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

export const batch = (id = 1) => loadBatch(db, id)!;
export const ref = (by: Asker, id = 1): BatchRef => ({ batchId: id, revision: batch(id).revision, by });
export const inState = (state: string) => batch().rows.filter((row) => row.state === state);
export const rowOfEnterprise = (enterpriseId: number) =>
  batch().rows.find((row) => row.enterpriseId === enterpriseId)!;
export const draw = (over: Partial<NewBatch> = {}, by = staff) =>
  drawBatch(db, clock, by, { ...terms, ...over });

export async function toSection(over: Partial<NewBatch> = {}) {
  await draw(over);
  await passOn(db, clock, ref(staff), 'send');
  await passSteward(
    db,
    clock,
    ref(staff),
    inState('in').map(({ id }) => id),
  );
}
export async function toMeeting(over: Partial<NewBatch> = {}) {
  await toSection(over);
  await passOn(db, clock, ref(section), 'pass_section');
}
export const signature = (department: string, decision: 'agree' | 'disagree' = 'agree') => ({
  department,
  person: '某某',
  decision,
  opinion: decision === 'disagree' ? '需补充' : null,
});
export const minutes = { name: '纪要.txt', bytes: new TextEncoder().encode('会议纪要') };
export async function held(over: Partial<NewBatch> = {}) {
  await toMeeting(over);
  await sign(db, clock, ref(section), signature('科技局'));
  await sign(db, clock, ref(leader), signature('财政局'));
  await attachMinutes(db, clock, ref(section), minutes);
}
export const allIn = () => inState('in').map(({ id }) => id);
export async function decided(over: Partial<NewBatch> = {}) {
  await held(over);
  return decide(db, clock, ref(section), { approved: allIn(), others: null });
}

export const wayOf = (enterpriseId: number) =>
  readEvents(readerOf(db.raw), enterpriseId)
    .filter(({ scheme }) => scheme === 'hnte')
    .map(({ type }) => type);
