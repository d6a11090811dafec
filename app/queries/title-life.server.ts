/** The page of one title's life: where it stands, its picture, what can be done next and what cannot, and why. */
import { familyOf } from '../../machines/families.ts';
import type { Db } from '../db/clients.server.ts';
import { readLife, revisionOf } from './life.server.ts';
import { schemeName } from './schemes.server.ts';
import { drawStatechart } from './statechart.server.ts';

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
    revision: revisionOf(db, input.enterpriseId),
  };
}
export type TitleLife = Awaited<ReturnType<typeof titleLife>>;
