/** The page of one title's life: where it stands, its picture, what can be done next and what cannot, and why. */
import { familyOf } from '../../machines/families.ts';
import { EVENT_TYPES, EVENTS, eventLabel, type EventInfo } from '../../machines/events.ts';
import type { Db } from '../db/clients.server.ts';
import { readEvents } from '../db/event-rows.server.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { visible } from '../pipeline/log.ts';
import { readLife, revisionOf } from './life.server.ts';
import { timelineItems } from './timeline-items.server.ts';
import { schemeName } from './schemes.server.ts';
import type { Reading } from './sql.server.ts';
import { drawStatechart } from './statechart.server.ts';

export interface Moment {
  readonly on: string;
  /** What took effect on the day, in words. */
  readonly labels: readonly string[];
}

/** The days on which something happened to a title, in order; what was corrected away is left out. */
export function momentsOf(db: Reading, enterpriseId: number, scheme: string): Moment[] {
  const events = visible(readEvents(readerOf(db.raw), enterpriseId)).filter(
    (event) => event.scheme === scheme,
  );
  return [...Map.groupBy(events, (event) => event.effectiveOn)]
    .map(([on, own]) => ({ on, labels: own.map((event) => eventLabel(event.type)) }))
    .sort((a, b) => (a.on < b.on ? -1 : 1));
}

/**
 * What an authority may announce besides the steps that are expected from here: recorded all the same and flagged.
 * Stages that this kind of title does not go through are left out.
 */
function otherAnnouncements(scheme: string, expected: ReadonlySet<string>) {
  const family = familyOf(scheme);
  const stages: readonly string[] = [...family.review, 'supplement', 'objection', 'refused'];
  return EVENT_TYPES.filter((type) => {
    const { by, about, leadsTo }: EventInfo = EVENTS[type];
    if (by !== 'authority' || about !== 'title' || expected.has(type)) return false;
    if (leadsTo) return stages.includes(leadsTo);
    return type === 'certify' || type === 'revoke' || (type === 'renew' && family.windowDays > 0);
  }).map((type) => ({ type, label: eventLabel(type) }));
}

/** What happened to a title, the latest first; whoever may correct an event does so here. */
const historyOf = (db: Reading, enterpriseId: number, scheme: string) =>
  timelineItems(db, enterpriseId, { limit: 1000 })
    .filter((item) => item.scheme === scheme)
    .slice(0, 60);

export async function titleLife(db: Db, input: { enterpriseId: number; scheme: string; on: string }) {
  const { marks, words, steps, scheme } = readLife(db, input);
  const { svg } = await drawStatechart(familyOf(scheme), marks);
  return {
    scheme,
    label: schemeName(scheme),
    words,
    steps,
    others: otherAnnouncements(scheme, new Set(steps.map(({ type }) => type))),
    history: historyOf(db, input.enterpriseId, scheme),
    // The page has the picture's style sheet in its own.
    svg: svg.replace(/<style>[\s\S]*?<\/style>/, ''),
    moments: momentsOf(db, input.enterpriseId, scheme),
    revision: revisionOf(db, input.enterpriseId),
  };
}
export type TitleLife = Awaited<ReturnType<typeof titleLife>>;
