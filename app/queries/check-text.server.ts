/** The figure checker (报告数字核验) as pages and the command line ask it. */
import { questionsOf, readReport, type Question } from '../pipeline/report-check/check.ts';
import { ROUNDINGS, type Rounding } from '../pipeline/report-check/interval.ts';

export interface CheckedText {
  readonly questions: readonly Question[];
  /** Figures read in the text. */
  readonly figures: number;
}

/** Ways of rounding, as they may be chosen; the first is the usual one. */
export const roundingChoices = ROUNDINGS.map(({ id, label }) => ({ value: id, label }));

/** The rounding meant by its id or its Chinese name; undefined where there is none such. */
export const roundingNamed = (name: string): Rounding | undefined =>
  ROUNDINGS.find(({ id, label }) => id === name || label === name)?.id;

/** Reads a text and asks its author where its figures cannot all be right. */
export function checkText(text: string, rounding: Rounding): CheckedText {
  const report = readReport(text, rounding);
  const figures = report.sentences.reduce((sum, sentence) => sum + sentence.figures.length, 0);
  return { questions: questionsOf(report), figures };
}
