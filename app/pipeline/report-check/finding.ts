/** What a check asks the author, and what every check needs. */

import type { Rounding } from '../figures/exact.ts';
import { printed } from './interval.ts';
import type { Figure, Sentence } from './sentences.ts';

export type FindingKind =
  | 'arithmetic'
  | 'base'
  | 'percentage-point'
  | 'sum'
  | 'share'
  | 'target'
  | 'list'
  | 'contradiction'
  | 'database';

export interface Finding {
  readonly kind: FindingKind;
  /** The figure asked about. */
  readonly figure: Figure;
  /** What would follow from the other figures, as it would be printed. */
  readonly expected: string;
  /** The question, in words for the author. */
  readonly question: string;
}

/** Sentences of a text with the one looked at. */
export interface Place {
  readonly sentences: readonly Sentence[];
  readonly index: number;
  readonly sentence: Sentence;
  readonly rounding: Rounding;
  readonly text: string;
}

export type Check = (place: Place) => Finding[];

export const isLevel = (figure: Figure): boolean => figure.kind === 'level';
export const sameUnit = (a: Figure, b: Figure): boolean => isLevel(a) && isLevel(b) && a.unit === b.unit;

/** Levels of the part between semicolons that a figure stands in. */
export const levelsBeside = ({ sentence }: Place, { segment }: Figure): Figure[] =>
  sentence.figures.filter((each) => isLevel(each) && each.segment === segment);

/** The figure as the text has it. */
export const shown = ({ text }: Place, figure: Figure): string => text.slice(figure.start, figure.end);

/** A share or a change as it would be printed beside this figure. */
export const percentText = (value: number, figure: Figure, rounding: Rounding): string =>
  `${printed(value, figure.decimals, rounding)}%`;

/** A level as it would be printed in the unit of this figure. */
export const levelText = (value: number, figure: Figure, rounding: Rounding): string =>
  `${printed(value / figure.scale, figure.decimals, rounding)}${figure.unitText}`;

/** Two texts have two characters in a row in common. */
export function related(a: string, b: string): boolean {
  for (let i = 0; i + 2 <= a.length; i += 1) if (b.includes(a.slice(i, i + 2))) return true;
  return false;
}

/** Runs of figures of one kind and unit parted by nothing but 、 or 和: the items of 分别为 …. */
export function runsOf(figures: readonly Figure[]): Figure[][] {
  const runs: Figure[][] = [];
  for (const figure of figures) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const goes =
      last &&
      last.kind === figure.kind &&
      last.unit === figure.unit &&
      /^(?:、|和|及|与|，)$/.test(figure.before);
    if (goes) run!.push(figure);
    else runs.push([figure]);
  }
  return runs.filter((run) => run.length > 1);
}
