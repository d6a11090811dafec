/**
 * The figure checker (报告数字核验): reads a report's text and asks its author where figures cannot all be right.
 * It asks only where no values that round to the printed ones satisfy the relation that the words state.
 */
import type { Rounding } from '../figures/exact.ts';
import { cleanText, originalSpan, type CleanText } from './clean.ts';
import { contradictionsIn } from './contradictions.ts';
import type { Check, Finding, FindingKind } from './finding.ts';
import { checkDirection, checkGrowth, checkIncrease } from './growth.ts';
import { checkLists } from './lists.ts';
import { checkParts } from './parts.ts';
import { checkPoints } from './points.ts';
import { checkQuotients } from './quotients.ts';
import { readSentences, type Figure, type Sentence } from './sentences.ts';
import { checkSums } from './sums.ts';
import { checkCompletion, checkExcess } from './targets.ts';

/** A question to the author. */
export interface Question {
  readonly kind: FindingKind;
  /** The clause asked about, as it stands in the text. */
  readonly quote: string;
  /** Where `quote` begins, in UTF-16 units. */
  readonly offset: number;
  /** The figure itself within the text. */
  readonly figure: { readonly text: string; readonly offset: number };
  readonly expected: string;
  readonly question: string;
  /** The list that the program's own number opens. */
  readonly link?: string;
}

/** A report's text, read. */
export interface ReadReport {
  readonly original: string;
  readonly clean: CleanText;
  readonly sentences: readonly Sentence[];
  readonly rounding: Rounding;
}

const CHECKS: readonly Check[] = [
  checkPoints,
  checkGrowth,
  checkIncrease,
  checkDirection,
  checkParts,
  checkCompletion,
  checkExcess,
  checkSums,
  checkLists,
  checkQuotients,
];

/** Reads a text; never throws, whatever it holds. */
export function readReport(original: string, rounding: Rounding): ReadReport {
  const clean = cleanText(original);
  return { original, clean, sentences: readSentences(clean.text, rounding), rounding };
}

const LONGEST_QUOTE = 120;

/** Where the clause of a figure begins: after the last punctuation that parts clauses. */
function quoteStart(text: string, figure: Figure): number {
  const least = Math.max(0, figure.start - LONGEST_QUOTE);
  for (let i = figure.start - 1; i >= least; i -= 1) {
    if ('，。；！？\n'.includes(text[i]!) || (text[i] === '、' && figure.start - i > 2)) return i + 1;
  }
  return least;
}

/** A question with its place in the original text. */
export function questionAt(
  report: ReadReport,
  finding: Omit<Finding, 'figure'> & { figure: Figure; link?: string },
): Question {
  const { original, clean } = report;
  const { figure, ...rest } = finding;
  const whole = originalSpan(clean, quoteStart(clean.text, figure), figure.end);
  const own = originalSpan(clean, figure.start, figure.end);
  return {
    ...rest,
    quote: original.slice(whole.from, whole.to),
    offset: whole.from,
    figure: { text: original.slice(own.from, own.to), offset: own.from },
  };
}

/** The questions that the text by itself raises, in its order; one for each figure. */
export function questionsOf(report: ReadReport): Question[] {
  const { sentences, rounding, clean } = report;
  const asked = new Map<Figure, Finding>();
  sentences.forEach((sentence, index) => {
    const place = { sentences, index, sentence, rounding, text: clean.text };
    for (const check of CHECKS) {
      for (const finding of check(place)) if (!asked.has(finding.figure)) asked.set(finding.figure, finding);
    }
  });
  for (const finding of contradictionsIn(sentences, clean.text)) {
    if (!asked.has(finding.figure)) asked.set(finding.figure, finding);
  }
  return [...asked.values()]
    .sort((a, b) => a.figure.start - b.figure.start)
    .map((finding) => questionAt(report, finding));
}
