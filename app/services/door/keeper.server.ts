/**
 * Keeps the projections of the enterprises that one transaction touches in step with the log: loads a way, appends
 * events to it, and writes what follows. An event in the order of effect costs a step; any other folds the
 * enterprise's events anew.
 */
import { familyOf } from '../../../machines/families.ts';
import { isResting } from '../../../machines/states.ts';
import { readEvents } from '../../db/event-rows.server.ts';
import type { Tx } from '../../db/writer.server.ts';
import { changedLanes, newRegion, take, type Region } from '../../pipeline/fold.ts';
import { visible, type LogEvent } from '../../pipeline/log.ts';
import {
  headlineOf,
  headlineSpans,
  heldSpans,
  LEVEL_LANE,
  levelSpans,
  memberships,
  NO_WAY,
  parkOn,
  project,
  type ProjectedSpan,
  type Way,
} from '../../pipeline/projection.ts';
import {
  book,
  bookChange,
  bookEnterprise,
  bookStep,
  clearDeltas,
  newDeltas,
  type Deltas,
} from '../../pipeline/roll-ups.ts';
import { decodeSnapshot, encodeSnapshot } from '../../pipeline/snapshot.ts';
import { refreshDigest } from '../facts/digest.server.ts';
import * as rows from './rows.server.ts';

/** An enterprise in hand: its way so far and what has to be stored at the end. */
export interface Held {
  readonly id: number;
  /** Park as the row of the enterprise says. */
  park: number | null;
  /** Day of registration under which its being on record is booked. */
  registeredOn: string | null;
  headline: string | null;
  way: Way;
  /** Park under which the roll-up was booked. */
  booked: number;
  revision: number;
  lastEventId: number;
  changed: boolean;
  /** Titles are facts that rules read: their digest is to be worked out anew. */
  titlesChanged: boolean;
}

export interface Keeper {
  readonly tx: Tx;
  readonly now: string;
  readonly today: string;
  readonly deltas: Deltas;
  readonly held: Map<number, Held>;
  nextId: number;
}

export function openKeeper(tx: Tx, now: string, today: string): Keeper {
  return { tx, now, today, deltas: newDeltas(), held: new Map(), nextId: rows.nextEventId(tx) };
}

/** The enterprise with its way, from its snapshot or, where that cannot be read, from its events. */
export function hold(keeper: Keeper, id: number): Held | null {
  const known = keeper.held.get(id);
  if (known) return known;
  const row = rows.readEnterprise(keeper.tx, id);
  if (!row) return null;
  const park = row.parkId;
  const snapshot =
    row.snapshot === null
      ? { way: NO_WAY, park: park ?? 0 }
      : (decodeSnapshot(row.snapshot, row.machineVersion ?? 0) ?? rebuilt(keeper.tx, id, park));
  const held: Held = {
    id,
    park,
    registeredOn: row.registeredOn,
    headline: row.headline,
    way: snapshot.way,
    booked: snapshot.park,
    revision: row.revision ?? 0,
    lastEventId: row.lastEventId ?? 0,
    changed: false,
    titlesChanged: false,
  };
  keeper.held.set(id, held);
  return held;
}

/** The way from the events; the roll-up is taken to be booked under the park of the stored spans' time. */
function rebuilt(tx: Tx, id: number, park: number | null) {
  return { way: project(visible(readEvents(tx, id))).way, park: park ?? 0 };
}

export function regionOf(held: Held, scheme: string): Region {
  return held.way.regions[scheme] ?? newRegion(familyOf(scheme));
}

/** True where an event can be taken as the next step, without looking back. */
function isNext(held: Held, event: LogEvent): boolean {
  const { way } = held;
  return (
    event.scheme !== null &&
    event.type !== 'void' &&
    way.gone === null &&
    way.moves.length === 0 &&
    (held.park ?? 0) === held.booked &&
    event.effectiveOn >= regionOf(held, event.scheme).lastOn
  );
}

export interface Outcome {
  readonly unexpected: boolean;
  readonly displaced: boolean;
}

/** Takes an accepted event (written by the caller) into the way and its projections. */
export function append(keeper: Keeper, held: Held, event: LogEvent): Outcome {
  held.changed = true;
  held.lastEventId = event.id;
  return isNext(held, event) ? appendNext(keeper, held, event, event.scheme!) : refold(keeper, held, event);
}

function appendNext(keeper: Keeper, held: Held, event: LogEvent, scheme: string): Outcome {
  const before = regionOf(held, scheme);
  const { region, displaced, unexpected } = take(familyOf(scheme), before, event);
  for (const lane of changedLanes(before.value, region.value)) {
    if (!isResting(before.value[lane] ?? 'none')) {
      const closed = rows.closeSpan(keeper.tx, held.id, lane, scheme, event.effectiveOn);
      if (closed) {
        bookChange(keeper.deltas, closed, held.booked, event.effectiveOn, -1);
        bookStep(keeper.deltas, closed, held.booked, 1);
      }
    }
    const state = region.value[lane]!;
    if (isResting(state)) continue;
    const span: ProjectedSpan = {
      lane,
      scheme,
      state,
      fromOn: event.effectiveOn,
      toOn: null,
      began: null,
      ended: null,
      eventId: event.id,
    };
    rows.insertSpan(keeper.tx, held.id, span);
    bookChange(keeper.deltas, span, held.booked, event.effectiveOn, 1);
  }
  const regions = { ...held.way.regions, [scheme]: region };
  if (region.titles !== before.titles) {
    const old = held.way.regions;
    rows.saveTitles(keeper.tx, held.id, scheme, region.titles, keeper.today);
    held.titlesChanged = true;
    replace(keeper, held, 'held', scheme, heldSpans(scheme, before.titles), heldSpans(scheme, region.titles));
    replace(
      keeper,
      held,
      LEVEL_LANE,
      scheme,
      levelSpans(scheme, before.titles),
      levelSpans(scheme, region.titles),
    );
    replace(keeper, held, 'headline', 'headline', headlineSpans(old), headlineSpans(regions));
  }
  held.way = { ...held.way, regions };
  return { displaced, unexpected };
}

const sameSpans = (a: readonly ProjectedSpan[], b: readonly ProjectedSpan[]): boolean =>
  a.length === b.length &&
  a.every((s, i) => {
    const t = b[i]!;
    return (
      s.state === t.state &&
      s.fromOn === t.fromOn &&
      s.toOn === t.toOn &&
      s.began === t.began &&
      s.ended === t.ended &&
      s.eventId === t.eventId
    );
  });

function replace(
  keeper: Keeper,
  held: Held,
  lane: string,
  scheme: string,
  old: readonly ProjectedSpan[],
  next: readonly ProjectedSpan[],
): void {
  if (sameSpans(old, next)) return;
  const parks = memberships([], held.booked || null);
  if (old.length > 0) rows.deleteSpans(keeper.tx, held.id, { lane, scheme });
  book(keeper.deltas, old, parks, -1);
  for (const span of next) rows.insertSpan(keeper.tx, held.id, span);
  book(keeper.deltas, next, parks, 1);
}

/** Folds all events of the enterprise anew and replaces its projections. */
function refold(keeper: Keeper, held: Held, event: LogEvent): Outcome {
  const displaced = reproject(keeper, held, [...readEvents(keeper.tx, held.id), event]);
  return { displaced: displaced.includes(event.id), unexpected: false };
}

/**
 * Replaces every projection of an enterprise by what these events say.
 * @param stated park and day of registration, where they were stated anew
 * @returns ids of events that found no place in the order of effect
 */
function reproject(keeper: Keeper, held: Held, events: readonly LogEvent[], stated?: Stated): number[] {
  const { tx, deltas } = keeper;
  const spansBefore = rows.readSpans(tx, held.id);
  bookEnterprise(deltas, { ...held, spans: spansBefore, park: held.booked || null }, -1);
  Object.assign(held, stated);
  rows.deleteSpans(tx, held.id);
  const { way, spans, displaced } = project(visible(events));
  const [movedBefore] = held.way.moves;
  if (way.moves.length > 0 || movedBefore) {
    // Where every move was taken back, it stands where it stood before the first, if that is known.
    held.park = parkOn(way.moves, keeper.today, movedBefore?.from ?? held.park);
    rows.setPark(tx, held.id, held.park);
  }
  for (const span of spans) rows.insertSpan(tx, held.id, span);
  bookEnterprise(deltas, { ...held, way, spans }, 1);
  for (const scheme of new Set([...rows.titleSchemes(tx, held.id), ...Object.keys(way.regions)])) {
    rows.saveTitles(tx, held.id, scheme, way.regions[scheme]?.titles ?? [], keeper.today);
  }
  held.way = way;
  held.booked = held.park ?? 0;
  held.changed = true;
  held.titlesChanged = true;
  return displaced;
}

type Stated = Pick<Held, 'park' | 'registeredOn'>;

/**
 * To be opened before the row of an enterprise is written with another park or day of registration, or for the
 * first time (null), and called when it is written: what is counted of it is booked under them, from the beginning.
 */
export function restating(keeper: Keeper, id: number | null): (writtenId: number) => void {
  const held = id === null ? null : hold(keeper, id);
  return (writtenId) => {
    const { parkId: park, registeredOn } = rows.readEnterprise(keeper.tx, writtenId)!;
    if (held && held.lastEventId > 0) {
      reproject(keeper, held, readEvents(keeper.tx, writtenId), { park, registeredOn });
    } else {
      const silent = { way: NO_WAY, spans: [] };
      if (held) bookEnterprise(keeper.deltas, { ...held, ...silent }, -1);
      bookEnterprise(keeper.deltas, { ...silent, park, registeredOn }, 1);
    }
    flush(keeper);
  };
}

/** Stores snapshots, headline tiers and the roll-up of everything in hand. */
export function flush(keeper: Keeper): void {
  for (const held of keeper.held.values()) {
    const headline = headlineOf(held.way, keeper.today);
    if (!held.changed) {
      // A day alone can bring a title into force that was announced ahead.
      if (headline !== held.headline) rows.touchEnterprise(keeper.tx, held.id, headline, keeper.now);
      held.headline = headline;
      continue;
    }
    held.revision += 1;
    held.headline = headline;
    const snapshot = encodeSnapshot({ way: held.way, park: held.booked });
    rows.saveSnapshot(keeper.tx, held.id, held.revision, snapshot, held.lastEventId);
    rows.touchEnterprise(keeper.tx, held.id, held.headline, keeper.now);
    if (held.titlesChanged) refreshDigest(keeper.tx, held.id);
    held.changed = false;
    held.titlesChanged = false;
  }
  rows.bookRollUps(keeper.tx, keeper.deltas);
  clearDeltas(keeper.deltas);
}
