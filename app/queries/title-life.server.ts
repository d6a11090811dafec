/** The page of one title's life: where it stands, its picture, what can be done next and what cannot, and why. */
import { familyOf } from '../../machines/families.ts';
import { eventLabel } from '../../machines/events.ts';
import type { Db } from '../db/clients.server.ts';
import { readEvents } from '../db/event-rows.server.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { visible } from '../pipeline/log.ts';
import { readLife, revisionOf } from './life.server.ts';
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

export async function titleLife(db: Db, input: { enterpriseId: number; scheme: string; on: string }) {
  const { marks, words, steps, scheme } = readLife(db, input);
  const { svg } = await drawStatechart(familyOf(scheme), marks);
  return {
    scheme,
    label: schemeName(scheme),
    words,
    steps,
    // The page has the picture's style sheet in its own.
    svg: svg.replace(/<style>[\s\S]*?<\/style>/, ''),
    moments: momentsOf(db, input.enterpriseId, scheme),
    revision: revisionOf(db, input.enterpriseId),
  };
}
export type TitleLife = Awaited<ReturnType<typeof titleLife>>;
