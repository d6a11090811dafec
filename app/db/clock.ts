/** The only place that asks for the time. */
import type { Day } from '../rules/day.ts';

export interface Clock {
  /** The instant, ISO-8601 in UTC with milliseconds; never earlier than the one given before. */
  now(): string;
  /** The day in Asia/Shanghai, whatever the server's zone. */
  today(): Day;
}

/** China has kept UTC+8 without summer time since 1992. */
const SHANGHAI_OFFSET = 8 * 3_600_000;

/** The day in Asia/Shanghai of an instant given as an ISO-8601 text. */
export function dayInShanghai(instant: string): Day {
  return new Date(Date.parse(instant) + SHANGHAI_OFFSET).toISOString().slice(0, 10);
}

let latest = 0;

/** The machine's clock; a step backwards of the system's time is held until time has caught up. */
export const systemClock: Clock = {
  now() {
    latest = Math.max(latest, Date.now());
    return new Date(latest).toISOString();
  },
  today: () => dayInShanghai(systemClock.now()),
};

/** A clock that stands still, for tests and for replaying a history. */
export function fixedClock(instant: string): Clock {
  return { now: () => instant, today: () => dayInShanghai(instant) };
}
