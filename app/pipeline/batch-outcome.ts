/** What became of an enterprise that a batch submitted: read off the title's own events, never written twice. */
import { EVENTS, type EventType } from '../../machines/events.ts';
import { visible, type LogEvent } from './log.ts';

export interface BatchOutcome {
  readonly type: EventType;
  readonly label: string;
  readonly on: string;
  readonly eventId: number;
  /** Nothing more is to come of this application. */
  readonly final: boolean;
}

const FINAL: ReadonlySet<string> = new Set(['certify', 'renew', 'refuse', 'withdraw']);
/** What is said of the application itself; a reminder, a yearly duty or a further title is not. */
const SAID: ReadonlySet<string> = new Set([
  ...FINAL,
  'return',
  'resubmit',
  ...Object.entries(EVENTS).flatMap(([type, info]) =>
    info.by === 'authority' && 'leadsTo' in info && info.leadsTo ? [type] : [],
  ),
]);

/**
 * The latest news of the application after it was submitted; the first final one stays.
 * @param events accepted events of the enterprise in the order of the log, corrections included
 * @returns null while nothing was heard, or where the submission itself was corrected away
 */
export function batchOutcome(
  events: readonly LogEvent[],
  scheme: string,
  submitEventId: number,
): BatchOutcome | null {
  const own = visible(events).filter((event) => event.scheme === scheme);
  if (!own.some(({ id }) => id === submitEventId)) return null;
  const news = own.filter(({ id, type }) => id > submitEventId && SAID.has(type)).sort((a, b) => a.id - b.id);
  const last = news.find(({ type }) => FINAL.has(type)) ?? news.at(-1);
  if (!last) return null;
  const type = last.type as EventType;
  return { type, label: EVENTS[type].label, on: last.effectiveOn, eventId: last.id, final: FINAL.has(type) };
}
