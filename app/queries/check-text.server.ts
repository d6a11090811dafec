/** The figure checker (报告数字核验) as pages and the command line ask it. */
import { ROUNDING_LABELS, ROUNDINGS, type Rounding } from '../pipeline/figures/exact.ts';
import { spanWords } from '../pipeline/figures/span.ts';
import {
  questionAt,
  questionsOf,
  readReport,
  type Question,
  type ReadReport,
} from '../pipeline/report-check/check.ts';
import { claimsOf, type Claim } from '../pipeline/report-check/claims.ts';
import { levelText } from '../pipeline/report-check/finding.ts';
import { interval, meets } from '../pipeline/report-check/interval.ts';
import type { Day } from '../rules/day.ts';
import { counterOf, type Counter } from './indicator-counts.server.ts';
import type { Reading } from './sql.server.ts';

export type { Question };

/** The register that a text is held against. */
export interface Register {
  readonly db: Reading;
  readonly asOf: Day;
  /** Ids of the parks looked at; null: all. */
  readonly parkIds: readonly number[] | null;
}

export interface CheckedText {
  readonly questions: readonly Question[];
  /** Figures read in the text. */
  readonly figures: number;
  /** Figures that were held against the register; null where it was not asked. */
  readonly compared: number | null;
}

/** Ways of rounding, as they may be chosen; the first is the usual one. */
export const roundingChoices = ROUNDINGS.map((value) => ({ value, label: ROUNDING_LABELS[value] }));

/** The rounding meant by its id or its Chinese name; undefined where there is none such. */
export const roundingNamed = (name: string): Rounding | undefined =>
  roundingChoices.find(({ value, label }) => value === name || label === name)?.value;

const inWords = (day: Day) => `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;

/** A question where no reading of the register gives the figure of the text. */
function compare(report: ReadReport, counter: Counter, claim: Claim): Question | null {
  const { figure, span, flow, label } = claim;
  const counts = claim.readings.map(({ measure, words }) => ({ count: counter.count(measure, span), words }));
  if (counts.some(({ count }) => meets(interval(count, count), figure.range))) return null;
  const [first, ...others] = counts.map(({ count, words }) => `${words}${count}家`);
  const rest = others.length > 0 ? `（${others.join('，')}）` : '';
  const when = flow ? spanWords(span) : `截至${inWords(span.to)}`;
  const question = `本系统${when}${label}${first}${rest}，与文中不同。请说明口径：时点、范围、${flow ? '新认定或净增' : '就高或累计'}。`;
  const expected = levelText(counts[0]!.count, figure, report.rounding);
  return questionAt(report, { kind: 'database', figure, expected, question, link: claim.list });
}

/** Reads a text, asks its author where its figures cannot all be right, and where the register says otherwise. */
export function checkText(text: string, rounding: Rounding, register: Register | null): CheckedText {
  const report = readReport(text, rounding);
  const figures = report.sentences.reduce((sum, sentence) => sum + sentence.figures.length, 0);
  const inside = questionsOf(report);
  if (!register) return { questions: inside, figures, compared: null };
  const counter = counterOf(register.db, register.parkIds);
  const claims = claimsOf(report.sentences, register.asOf);
  const against = claims.map((claim) => compare(report, counter, claim)).filter((each) => each !== null);
  const questions = [...inside, ...against].sort((a, b) => a.figure.offset - b.figure.offset);
  return { questions, figures, compared: claims.length };
}
