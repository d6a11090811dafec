/**
 * Folding: from the events of one title to the state of its life and the stays in each state. The same reduction
 * serves the step of the day (one event more), the reading of any past day and the rebuilding of everything.
 */
import type { VerdictSummary } from '../../machines/events.ts';
import { familyOf, type Family } from '../../machines/families.ts';
import { isResting, LANES, type Lane } from '../../machines/states.ts';
import { initialLife, step, type LifeValue } from '../../machines/step.ts';
import { NO_SIGNALS, type Signals } from '../../machines/title.ts';
import { inOrder, type LogEvent } from './log.ts';
import { applyToTitles, heldUntil, inForce, type HeldTitle } from './titles.ts';

/** Where one title's life stands, and what is needed to take the next step. */
export interface Region {
  readonly value: LifeValue;
  readonly verdict: VerdictSummary | null;
  readonly titles: readonly HeldTitle[];
  /** Day of effect of the last event taken in; an earlier event calls for a new fold. */
  readonly lastOn: string;
  /** Year of the last yearly duty that was opened. */
  readonly dutyYear: number | null;
}

/** A stay `[fromOn, toOn)` in a state of a lane; toOn null while it lasts. Equal days: left on the day it began. */
export interface LaneSpan {
  readonly lane: Lane;
  readonly state: string;
  readonly fromOn: string;
  toOn: string | null;
  readonly eventId: number;
}

export function newRegion(family: Family): Region {
  return { value: initialLife(family), verdict: null, titles: [], lastOn: '', dutyYear: null };
}

const STILL_HELD: Signals = { ...NO_SIGNALS, stillHeld: true };
const SUPERSEDED: Signals = { ...NO_SIGNALS, superseded: true };

/** What the way depends on, apart from guards: whether a title is in force after the event, and until when. */
function waySignals(event: LogEvent, titles: readonly HeldTitle[]): Signals {
  if (event.type === 'due') {
    const until = heldUntil(titles, event.effectiveOn);
    const stated = event.payload.validUntil;
    return until === null || (stated != null && until > stated) ? SUPERSEDED : NO_SIGNALS;
  }
  return titles.some((title) => inForce(title, event.effectiveOn)) ? STILL_HELD : NO_SIGNALS;
}

export interface Taken {
  readonly region: Region;
  /** The event had no place in the life where it now stands: a step of the park that history overtook. */
  readonly displaced: boolean;
  readonly unexpected: boolean;
}

/** Takes one accepted event, in order of effect. Guards were asked when it came; here only the way counts. */
export function take(family: Family, region: Region, event: LogEvent): Taken {
  const titles = applyToTitles(region.titles, event);
  const stepped = step(family, region.value, event.type, waySignals(event, titles));
  return {
    region: {
      value: stepped ? stepped.value : region.value,
      verdict: event.payload.verdict ?? region.verdict,
      titles,
      lastOn: event.effectiveOn,
      dutyYear: event.type === 'duty_open' ? (event.payload.year ?? region.dutyYear) : region.dutyYear,
    },
    displaced: stepped === null,
    unexpected: stepped?.unexpected ?? false,
  };
}

/** Lanes whose state an event changed. */
export function changedLanes(before: LifeValue, after: LifeValue): Lane[] {
  return LANES.filter((lane) => before[lane] !== after[lane]);
}

export interface Folded {
  readonly region: Region;
  readonly spans: LaneSpan[];
  /** Ids of events that had no place. */
  readonly displaced: number[];
}

/** Folds the events of one scheme; they must be visible ones in the order of effect ({@link visible}). */
export function foldScheme(scheme: string, events: readonly LogEvent[]): Folded {
  const family = familyOf(scheme);
  const spans: LaneSpan[] = [];
  const open = new Map<Lane, LaneSpan>();
  const displaced: number[] = [];
  let region = newRegion(family);
  for (const event of events) {
    const before = region.value;
    const taken = take(family, region, event);
    region = taken.region;
    if (taken.displaced) displaced.push(event.id);
    for (const lane of changedLanes(before, region.value)) {
      const last = open.get(lane);
      if (last) last.toOn = event.effectiveOn;
      open.delete(lane);
      const state = region.value[lane]!;
      if (isResting(state)) continue;
      const span: LaneSpan = { lane, state, fromOn: event.effectiveOn, toOn: null, eventId: event.id };
      spans.push(span);
      open.set(lane, span);
    }
  }
  return { region, spans, displaced };
}

/** Events of each scheme apart; those of the enterprise itself under null. Order is kept. */
export function bySchemes<E extends LogEvent>(events: readonly E[]): Map<string | null, E[]> {
  const groups = new Map<string | null, E[]>();
  for (const event of events) {
    const group = groups.get(event.scheme);
    if (group) group.push(event);
    else groups.set(event.scheme, [event]);
  }
  return groups;
}

/** The life of a title as it was at the end of a day. */
export function foldAsOf(scheme: string, events: readonly LogEvent[], asOf: string): Region {
  const until = events.filter((event) => event.effectiveOn <= asOf).sort(inOrder);
  return foldScheme(scheme, until).region;
}
