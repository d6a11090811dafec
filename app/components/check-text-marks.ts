/** A checked text cut at the figures asked about. Pure. */
import type { Question } from '../queries/check-text.server.ts';

export interface Stretch {
  readonly text: string;
  /** Numbers of the questions about this stretch, from 1; none for plain text. */
  readonly asked: readonly number[];
}

/** The whole text in stretches, in order; joined they are the text again. */
export function stretches(text: string, questions: readonly Question[]): Stretch[] {
  const found = new Map<number, { end: number; asked: number[] }>();
  questions.forEach(({ figure }, i) => {
    const mark = found.get(figure.offset);
    if (mark) mark.asked.push(i + 1);
    else found.set(figure.offset, { end: figure.offset + figure.text.length, asked: [i + 1] });
  });
  const pieces: Stretch[] = [];
  let at = 0;
  for (const [start, { end, asked }] of [...found].sort((a, b) => a[0] - b[0])) {
    if (start < at) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), asked: [] });
    pieces.push({ text: text.slice(start, end), asked });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), asked: [] });
  return pieces;
}
