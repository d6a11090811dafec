/** What a batch does to the ways of its enterprises: always through the one write door, in the batch's transaction. */
import type { EventType } from '../../../machines/events.ts';
import { familyOf } from '../../../machines/families.ts';
import { readEvents } from '../../db/event-rows.server.ts';
import { isRecommended, recommendation, type BatchPartsRow } from '../../pipeline/batch.ts';
import { foldScheme } from '../../pipeline/fold.ts';
import { visible } from '../../pipeline/log.ts';
import { summaryOf } from '../../pipeline/signals.ts';
import { submitAll, type EventInput } from '../door.server.ts';
import type { Checked } from './check.server.ts';
import type { Desk } from './keeper.server.ts';

type Row = Pick<
  BatchPartsRow,
  'id' | 'enterpriseId' | 'name' | 'override' | 'nominateEventId' | 'prepareEventId' | 'submitEventId'
>;

/** What the door said about one enterprise; `eventId` null: it stood there already. */
export type Moved =
  | { readonly row: Row; readonly ok: true; readonly eventId: number | null }
  | { readonly row: Row; readonly ok: false; readonly reason: string };

/** Where the application of an enterprise stands in this transaction. */
function applicationOf(desk: Desk, enterpriseId: number): string {
  const { scheme } = desk.parts.batch;
  const own = visible(readEvents(desk.tx, enterpriseId)).filter((event) => event.scheme === scheme);
  return foldScheme(scheme, own).region.value.application;
}

const inputOf = (desk: Desk, row: Row, type: EventType, more: Partial<EventInput>): EventInput => ({
  enterpriseId: row.enterpriseId,
  scheme: desk.parts.batch.scheme,
  type,
  effectiveOn: desk.clock.today(),
  actor: desk.by.username,
  evidence: { batch: desk.parts.batch.id, title: desk.parts.batch.title },
  ...more,
  payload: { batch: String(desk.parts.batch.id), ...more.payload },
});

/** With our verdict, and with the clerk's written reason where one was given against it. */
function withVerdict(row: Row, found: Checked | undefined): Partial<EventInput> {
  const verdict = found?.verdict ? summaryOf(found.verdict) : null;
  return row.override === null
    ? { payload: { verdict } }
    : { reason: row.override, payload: { verdict, override: true } };
}

function send(desk: Desk, rows: readonly Row[], inputs: readonly EventInput[]): Moved[] {
  return submitAll(desk.tx, desk.clock, inputs).map((result, i): Moved => {
    const row = rows[i]!;
    return result.ok ? { row, ok: true, eventId: result.eventId } : { row, ok: false, reason: result.reason };
  });
}

/** Recommends enterprises; those that stand there already, or beyond, are left where they are. */
export function recommend(desk: Desk, rows: readonly Row[], checked: ReadonlyMap<number, Checked>): Moved[] {
  const { scheme } = desk.parts.batch;
  const { type } = recommendation(familyOf(scheme));
  const there = rows.filter((row) => isRecommended(scheme, applicationOf(desk, row.enterpriseId)));
  const rest = rows.filter((row) => !there.includes(row));
  return [
    ...there.map((row) => ({ row, ok: true, eventId: null }) as const),
    ...send(
      desk,
      rest,
      rest.map((row) => inputOf(desk, row, type, withVerdict(row, checked.get(row.enterpriseId)))),
    ),
  ];
}

/** Whether a family has a stage of preparing after that of being recommended. */
export const preparesAfterwards = (scheme: string): boolean => {
  const family = familyOf(scheme);
  return (
    (family.preparation as readonly string[]).includes('preparing') &&
    recommendation(family).state !== 'preparing'
  );
};

/** Tells enterprises to prepare their papers. */
export const prepare = (desk: Desk, rows: readonly Row[]): Moved[] =>
  send(
    desk,
    rows,
    rows.map((row) => inputOf(desk, row, 'prepare', {})),
  );

/** Submits applications with the verdict as it is now. */
export const submitRows = (
  desk: Desk,
  rows: readonly Row[],
  checked: ReadonlyMap<number, Checked>,
): Moved[] =>
  send(
    desk,
    rows,
    rows.map((row) => inputOf(desk, row, 'submit', withVerdict(row, checked.get(row.enterpriseId)))),
  );

/** States before a submission from which a family takes an application back (others are of the library). */
const WITHDRAWABLE: ReadonlySet<string> = new Set(['nominated', 'preparing', 'tutoring']);

/** Takes back what this batch recommended, where the enterprise still stands there. */
export function releaseNominated(desk: Desk, rows: readonly Row[], reason: string): Moved[] {
  const own = rows.filter(
    (row) =>
      row.nominateEventId !== null &&
      row.submitEventId === null &&
      WITHDRAWABLE.has(applicationOf(desk, row.enterpriseId)),
  );
  return send(
    desk,
    own,
    own.map((row) => inputOf(desk, row, 'withdraw', { reason })),
  );
}

/** Corrects events of this batch away, the latest of each enterprise first. @returns what the door refused */
export function voidEvents(
  desk: Desk,
  rows: readonly Row[],
  idsOf: (row: Row) => readonly (number | null)[],
  reason: string,
): string[] {
  const given = rows.flatMap((row) =>
    idsOf(row)
      .filter((id) => id !== null)
      .sort((a, b) => b - a)
      .map((eventId) => ({ row, input: inputOf(desk, row, 'void', { reason, payload: { eventId } }) })),
  );
  return send(
    desk,
    given.map(({ row }) => row),
    given.map(({ input }) => input),
  ).flatMap((moved) => (moved.ok ? [] : [`${moved.row.name}：${moved.reason}`]));
}
