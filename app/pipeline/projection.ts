/** From the folded lives of an enterprise to everything that is stored about them, and the daily roll-up of that. */
import { HEADLINE_TIERS, type HeadlineTier } from '../../machines/states.ts';
import { bySchemes, foldScheme, type LaneSpan, type Region } from './fold.ts';
import type { LogEvent } from './log.ts';
import { heldWindows, type HeldTitle, type Window } from './titles.ts';

/**
 * Version of what is projected from the log: spans, titles, headline tiers and roll-ups. Raise it when their meaning
 * changes; databases of an earlier one are rebuilt when they are next opened for writing.
 */
export const PROJECTION_VERSION = 3;

/** A stored stay `[fromOn, toOn)`; see Span in the schema. */
export interface ProjectedSpan {
  readonly lane: string;
  readonly scheme: string;
  readonly state: string;
  readonly fromOn: string;
  readonly toOn: string | null;
  readonly began: string | null;
  readonly ended: string | null;
  readonly eventId: number;
}

/** The end of an enterprise: deregistered on a day, or a duplicate that never counts. */
export interface Gone {
  readonly on: string;
  readonly why: 'deregistered' | 'merged';
  readonly eventId: number;
}

export interface Move {
  readonly on: string;
  readonly from: number | null;
  readonly to: number | null;
  readonly eventId: number;
}

/** Everything that is true of one enterprise's way, folded from its events. */
export interface Way {
  readonly regions: Readonly<Record<string, Region>>;
  readonly gone: Gone | null;
  readonly moves: readonly Move[];
}

export const NO_WAY: Way = { regions: {}, gone: null, moves: [] };

function span(
  lane: string,
  scheme: string,
  state: string,
  w: Omit<Window, 'cause'>,
  began: string | null,
  ended: string | null,
) {
  return {
    lane,
    scheme,
    state,
    fromOn: w.from,
    toOn: w.to,
    began,
    ended,
    eventId: w.eventId,
  } satisfies ProjectedSpan;
}

/** Days with a title of a scheme in force; the first is a new recognition, one after a gap a renewed one. */
export function heldSpans(scheme: string, titles: readonly HeldTitle[]): ProjectedSpan[] {
  return heldWindows(titles).map((w, index) =>
    span('held', scheme, 'held', w, index === 0 ? 'first' : 'again', w.to === null ? null : w.cause),
  );
}

/** Schemes that are recognised at several levels, each of which is counted by itself. */
const LEVELLED: readonly string[] = ['srdi', 'giant'];

/** Lane of the days with a certificate of one level in force; the level is the state. */
export const LEVEL_LANE = 'level';

/** Days with a certificate of each level in force, whatever became of it later. */
export function levelSpans(scheme: string, titles: readonly HeldTitle[]): ProjectedSpan[] {
  if (!LEVELLED.includes(scheme)) return [];
  const levels = new Set(titles.flatMap(({ level }) => level ?? []));
  return [...levels].flatMap((level) =>
    heldWindows(titles.filter((title) => title.level === level)).map((window) =>
      span(LEVEL_LANE, scheme, level, window, null, null),
    ),
  );
}

export function laneSpans(scheme: string, spans: readonly LaneSpan[]): ProjectedSpan[] {
  return spans.map(({ lane, state, fromOn, toOn, eventId }) => ({
    lane,
    scheme,
    state,
    fromOn,
    toOn,
    began: null,
    ended: null,
    eventId,
  }));
}

type TierWindows = readonly (readonly [HeadlineTier, readonly Window[]])[];

/** The tier that counts on a day: the highest one held (就高). */
export function headlineOn(windows: TierWindows, on: string): HeadlineTier | null {
  for (const [tier, stays] of windows) {
    if (stays.some((w) => w.from <= on && (w.to === null || on < w.to))) return tier;
  }
  return null;
}

/** Windows of the headline tiers, highest first. */
export function tierWindows(regions: Way['regions']): TierWindows {
  return HEADLINE_TIERS.flatMap((tier) => {
    const titles = regions[tier]?.titles;
    return titles && titles.length > 0 ? [[tier, heldWindows(titles)] as const] : [];
  });
}

/** The headline tier of an enterprise on a day; none once it is gone. */
export function headlineOf(way: Way, today: string): HeadlineTier | null {
  if (way.gone && (way.gone.why === 'merged' || way.gone.on <= today)) return null;
  return headlineOn(tierWindows(way.regions), today);
}

/** Stays in the headline tiers: each day of an enterprise counts once, at its highest. */
export function headlineSpans(regions: Way['regions']): ProjectedSpan[] {
  const windows = tierWindows(regions);
  if (windows.length === 0) return [];
  const days = new Set<string>();
  for (const [, stays] of windows) for (const { from, to } of stays) days.add(from).add(to ?? '');
  days.delete('');
  const spans: (ProjectedSpan & { toOn: string | null; ended: string | null })[] = [];
  for (const day of [...days].sort()) {
    const tier = headlineOn(windows, day);
    const last = spans.at(-1);
    const running = last && last.toOn === null ? last : undefined;
    if (running?.state === tier) continue;
    if (running) {
      running.toOn = day;
      running.ended = rises(running.state, tier) ? 'transfer' : endCause(windows, running.state, day);
    }
    if (tier === null) continue;
    const began = running ? (rises(running.state, tier) ? 'transfer' : 'fallback') : last ? 'again' : 'first';
    const eventId = windows.find(([t]) => t === tier)![1].findLast((w) => w.from <= day)!.eventId;
    spans.push({
      lane: 'headline',
      scheme: 'headline',
      state: tier,
      fromOn: day,
      toOn: null,
      began,
      ended: null,
      eventId,
    });
  }
  return spans;
}

/** True for a step up; a fall to a lower tier ends the higher one by its own cause. */
function rises(from: string, to: HeadlineTier | null): boolean {
  return to !== null && HEADLINE_TIERS.indexOf(to) < HEADLINE_TIERS.indexOf(from as HeadlineTier);
}

function endCause(windows: TierWindows, tier: string, day: string): string | null {
  return windows.find(([t]) => t === tier)?.[1].find((w) => w.to === day)?.cause ?? null;
}

/** Day before all days on record. */
const BEGINNING = '0001-01-01';

/** Park of an enterprise that moved away, or had not come yet; it counts nowhere. */
export const OUTSIDE = -1;

/** Where an enterprise belonged, day by day; 0: no park is known. `base` is its park where no move is on record. */
export function memberships(
  moves: readonly Move[],
  base: number | null,
): { park: number; from: string; to: string | null }[] {
  const stays = [
    { park: moves[0] ? (moves[0].from ?? 0) : (base ?? 0), from: BEGINNING, to: null as string | null },
  ];
  for (const move of moves) {
    stays.at(-1)!.to = move.on;
    stays.push({ park: move.to ?? OUTSIDE, from: move.on, to: null });
  }
  return stays.filter((stay) => stay.to === null || stay.from < stay.to);
}

/** Park of an enterprise on a day; `base` where no move is on record, null outside or where none is known. */
export function parkOn(moves: readonly Move[], on: string, base: number | null): number | null {
  if (moves.length === 0) return base;
  const stays = memberships(moves, null);
  const { park } = stays.findLast((stay) => stay.from <= on) ?? stays[0]!;
  return park > 0 ? park : null;
}

function parkSpans(moves: readonly Move[]): ProjectedSpan[] {
  if (moves.length === 0) return [];
  return memberships(moves, null).map(({ park, from, to }) => {
    const eventId = moves.findLast((move) => move.on <= from)?.eventId ?? moves[0]!.eventId;
    return span('park', 'park', String(park), { from, to, eventId }, null, null);
  });
}

/** Lane under which the roll-up counts the enterprises on record (在册); it has no stored spans. */
export const PRESENCE = 'presence';

/** The days of an enterprise on record: from its registration, or ever where that is unknown, until it is gone. */
export function presenceSpans(gone: Gone | null, registeredOn: string | null): ProjectedSpan[] {
  return clip(
    [span(PRESENCE, '', 'here', { from: registeredOn ?? BEGINNING, to: null, eventId: 0 }, null, null)],
    gone,
  );
}

/** Spans of an enterprise that is gone: cut at the day, or none at all for a merged duplicate. */
export function clip(spans: readonly ProjectedSpan[], gone: Gone | null): ProjectedSpan[] {
  if (gone === null) return spans as ProjectedSpan[];
  if (gone.why === 'merged') return [];
  return spans
    .filter((s) => s.fromOn < gone.on)
    .map((s) =>
      s.toOn === null || s.toOn > gone.on
        ? { ...s, toOn: gone.on, ended: 'deregistered', eventId: s.eventId }
        : s,
    );
}

function goneBy(events: readonly LogEvent[]): Gone | null {
  const merged = events.findLast((event) => event.type === 'merged');
  if (merged) return { on: merged.effectiveOn, why: 'merged', eventId: merged.id };
  const end = events.find((event) => event.type === 'deregistered');
  return end ? { on: end.effectiveOn, why: 'deregistered', eventId: end.id } : null;
}

export interface Projection {
  readonly way: Way;
  readonly spans: ProjectedSpan[];
  /** Ids of events that found no place in the order of effect. */
  readonly displaced: number[];
}

/** Projects the visible events of one enterprise, in the order of effect. */
export function project(events: readonly LogEvent[]): Projection {
  const regions: Record<string, Region> = {};
  const spans: ProjectedSpan[] = [];
  const displaced: number[] = [];
  const groups = bySchemes(events);
  for (const [scheme, own] of groups) {
    if (scheme === null) continue;
    const folded = foldScheme(scheme, own);
    regions[scheme] = folded.region;
    const { titles } = folded.region;
    spans.push(
      ...laneSpans(scheme, folded.spans),
      ...heldSpans(scheme, titles),
      ...levelSpans(scheme, titles),
    );
    displaced.push(...folded.displaced);
  }
  const own = groups.get(null) ?? [];
  const moves = own
    .filter((event) => event.type === 'moved')
    .map(({ effectiveOn, payload, id }) => ({
      on: effectiveOn,
      from: payload.from ?? null,
      to: payload.to ?? null,
      eventId: id,
    }));
  const way: Way = { regions, gone: goneBy(own), moves };
  return { way, spans: allSpans(way, spans), displaced };
}

/** Adds what follows from several lives at once, and cuts at the enterprise's end. */
function allSpans(way: Way, spans: readonly ProjectedSpan[]): ProjectedSpan[] {
  return clip([...spans, ...headlineSpans(way.regions), ...parkSpans(way.moves)], way.gone);
}
