/** The event log as it is read: what a fold needs of an event, and which events a reading sees. */
import type { Payload } from '../../machines/events.ts';

export interface LogEvent {
  readonly id: number;
  /** The title it concerns; null for the enterprise itself. */
  readonly scheme: string | null;
  readonly type: string;
  /** Day on which it takes effect. */
  readonly effectiveOn: string;
  /** Instant at which the source knew it, ISO-8601 UTC. */
  readonly knownAt: string;
  readonly payload: Payload;
}

/** By the day of effect, then in the order of the log. */
export function inOrder(a: LogEvent, b: LogEvent): number {
  if (a.effectiveOn !== b.effectiveOn) return a.effectiveOn < b.effectiveOn ? -1 : 1;
  return a.id - b.id;
}

/** China has kept UTC+8 without summer time since 1992. */
const SHANGHAI_OFFSET = 8 * 3_600_000;
const LAST_MILLISECOND = 86_400_000 - 1;

/**
 * The instant of a time of knowledge. A day means its beginning in Asia/Shanghai for a statement (`from`) and its
 * end for a reading (`through`).
 */
export function knowledgeInstant(text: string, edge: 'from' | 'through'): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const time = isDay
    ? Date.parse(`${text}T00:00:00.000Z`) - SHANGHAI_OFFSET + (edge === 'through' ? LAST_MILLISECOND : 0)
    : Date.parse(text);
  return new Date(time).toISOString();
}

/**
 * The events a reading sees, in the order of effect: known by then and not voided by a correction known by then.
 * A void takes an event of the same log out; a void can be voided.
 * @param knownAt instant through which things were known; null: all that is known
 */
export function visible<E extends LogEvent>(events: readonly E[], knownAt: string | null = null): E[] {
  const known = knownAt === null ? events : events.filter((event) => event.knownAt <= knownAt);
  const voided = new Set<number>();
  // Latest first, so that a void which was itself voided has no effect.
  for (const event of known.filter((e) => e.type === 'void').sort((a, b) => b.id - a.id)) {
    const target = event.payload.eventId;
    if (!voided.has(event.id) && target != null && target < event.id) voided.add(target);
  }
  return known.filter((event) => event.type !== 'void' && !voided.has(event.id)).sort(inOrder);
}
