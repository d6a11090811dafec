/** The figure checker (报告数字核验) as pages and the command line ask it. */
import { ROUNDING_LABELS, ROUNDINGS, type Rounding } from '../pipeline/figures/exact.ts';
import { questionsOf, readReport, type Question } from '../pipeline/report-check/check.ts';
import { comparisonNote, type Comparison } from '../pipeline/report-check/comparison.ts';
import { againstRegister, type Register } from './text-register.server.ts';

export type { Comparison, Question };

export interface CheckedText {
  readonly questions: readonly Question[];
  /** Figures read in the text. */
  readonly figures: number;
  /** Figures that the register knows by name, compared or not; null where it was not asked. */
  readonly compared: readonly Comparison[] | null;
  /** How many of them were the same, different and not compared; '' where the register was not asked. */
  readonly comparedNote: string;
}

/** Ways of rounding, as they may be chosen; the first is the usual one. */
export const roundingChoices = ROUNDINGS.map((value) => ({ value, label: ROUNDING_LABELS[value] }));

/** The rounding meant by its id or its Chinese name; undefined where there is none such. */
export const roundingNamed = (name: string): Rounding | undefined =>
  roundingChoices.find(({ value, label }) => value === name || label === name)?.value;

/** Reads a text, asks its author where its figures cannot all be right, and where the register says otherwise. */
export function checkText(text: string, rounding: Rounding, register: Register | null): CheckedText {
  const report = readReport(text, rounding);
  const figures = report.sentences.reduce((sum, sentence) => sum + sentence.figures.length, 0);
  const inside = questionsOf(report);
  if (!register) return { questions: inside, figures, compared: null, comparedNote: '' };
  const answers = againstRegister(report, register);
  const against = answers.map(({ question }) => question).filter((each) => each !== null);
  const questions = [...inside, ...against].sort((a, b) => a.figure.offset - b.figure.offset);
  const compared = answers.map(({ comparison }) => comparison);
  return { questions, figures, compared, comparedNote: comparisonNote(compared) };
}
