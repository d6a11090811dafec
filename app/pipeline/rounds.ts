/** Whether what an authority announces was announced before in the same round of application. Pure. */
import { daysBetween } from '../rules/day.ts';
import type { LogEvent } from './log.ts';

/**
 * Stages of one application lie within half a year, certificates of one scheme a year or more apart: announcements of
 * one kind further apart than that, or with the end of an application between them, are of two rounds.
 */
const ROUND_DAYS = 180;

/** Events that end an application or begin another. */
const BETWEEN_ROUNDS: ReadonlySet<string> = new Set([
  'certify',
  'renew',
  'refuse',
  'withdraw',
  'nominate',
  'submit',
]);

/** Two certificates of different numbers, or levels, are two. */
function conflicts(event: LogEvent, stated: { no?: string | null; level?: string | null }): boolean {
  const { no, level } = event.payload;
  return (
    (no != null && stated.no != null && no !== stated.no) ||
    (level != null && stated.level != null && level !== stated.level)
  );
}

/**
 * The event that says already what an announcement of a day would say; null where it is news.
 * @param events the visible events of the scheme
 */
export function announcedAlready(
  events: readonly LogEvent[],
  type: string,
  on: string,
  stated: { no?: string | null; level?: string | null } = {},
): LogEvent | null {
  const same = events.filter((event) => event.type === type && !conflicts(event, stated));
  const numbered = same.find((event) => stated.no != null && event.payload.no === stated.no);
  if (numbered && type !== 'renew') return numbered;
  const inRound = (event: LogEvent) => {
    const [from, to] = event.effectiveOn < on ? [event.effectiveOn, on] : [on, event.effectiveOn];
    if (from === to) return true;
    if (daysBetween(from, to) > ROUND_DAYS) return false;
    return !events.some(
      (other) =>
        other.type !== type &&
        BETWEEN_ROUNDS.has(other.type) &&
        from < other.effectiveOn &&
        other.effectiveOn < to,
    );
  };
  return same.findLast(inRound) ?? null;
}
