/** Figures of a report held against the register: counts of titles, and values of entered indicators. */
import type { IndicatorDefinition } from '../pipeline/figures/definition.ts';
import { spanWords, type DaySpan } from '../pipeline/figures/span.ts';
import { converted } from '../pipeline/figures/units.ts';
import { printed } from '../pipeline/figures/quantity.ts';
import { questionAt, type Question, type ReadReport } from '../pipeline/report-check/check.ts';
import { claimsOf, type Claim } from '../pipeline/report-check/claims.ts';
import { RESULT_WORDS, type Comparison } from '../pipeline/report-check/comparison.ts';
import { enteredClaims, type EnteredClaim } from '../pipeline/report-check/entered.ts';
import { levelText } from '../pipeline/report-check/finding.ts';
import { interval, meets } from '../pipeline/report-check/interval.ts';
import type { Figure } from '../pipeline/report-check/sentences.ts';
import type { Day } from '../rules/day.ts';
import { isBuiltin, openBook, type Book } from './figures.server.ts';
import { counterOf, type Counter } from './indicator-counts.server.ts';
import { one, type Reading } from './sql.server.ts';

/** The register that a text is held against. */
export interface Register {
  readonly db: Reading;
  readonly asOf: Day;
  /** Ids of the park looked at, which comes first, and of those below it; null: all. */
  readonly parkIds: readonly number[] | null;
}

interface Answer {
  readonly comparison: Comparison;
  readonly question: Question | null;
}

const inWords = (day: Day) => `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
const daysOf = (flow: boolean, span: DaySpan) => (flow ? spanWords(span) : `截至${inWords(span.to)}`);

/** A comparison with the place of its figure in the text. */
function placed(
  report: ReadReport,
  at: Figure,
  rest: Omit<Comparison, 'quote' | 'figure' | 'resultWords'>,
): Comparison {
  const question = { kind: 'database', figure: at, expected: '', question: '' } as const;
  const { quote, figure } = questionAt(report, question);
  return { quote, figure, ...rest, resultWords: RESULT_WORDS[rest.result] };
}

/** A count of titles; right if any of its readings gives it. */
function ofTitles(report: ReadReport, counter: Counter, claim: Claim): Answer {
  const { figure, span, flow, label, list } = claim;
  const counts = claim.readings.map(({ measure, words }) => ({ count: counter.count(measure, span), words }));
  const fitting = counts.find(({ count }) => meets(interval(count, count), figure.range));
  const said = counts.map(({ count, words }) => `${words}${count}家`);
  const days = daysOf(flow, span);
  const result = fitting ? 'same' : 'different';
  const words = fitting ? `${fitting.words}${fitting.count}家` : said.join('，');
  const comparison = placed(report, figure, { label, days, result, words, link: list });
  if (fitting) return { comparison, question: null };
  const [first, ...others] = said;
  const rest = others.length > 0 ? `（${others.join('，')}）` : '';
  const question = `本系统${days}${label}${first}${rest}，与文中不同。请说明口径：时点、范围、${flow ? '新认定或净增' : '就高或累计'}。`;
  const expected = levelText(counts[0]!.count, figure, report.rounding);
  return {
    comparison,
    question: questionAt(report, { kind: 'database', figure, expected, question, link: list }),
  };
}

/** A value of an entered indicator against the one on record for exactly these days. */
function ofEntered(report: ReadReport, book: Book, claim: EnteredClaim): Answer {
  const { figure, definition, span, unit } = claim;
  const days = daysOf(definition.nature === 'flow', span);
  const link = `/indicators/${encodeURIComponent(definition.id)}`;
  const { label } = definition;
  const reported = book.reported(definition.id, span);
  const value = reported?.value ?? null;
  const own = value && converted(value.value, value.unit, unit);
  const left = (words: string): Answer => ({
    comparison: placed(report, figure, { label, days, result: 'left', words, link }),
    question: null,
  });
  if (!value || !own) return left(reported?.absence ? '台账记为未报送或不适用' : '台账没有这一期的数值');
  if (value.qualifier !== null) return left(`台账为${printed(value, { trim: true })}，不是确数`);
  const number = Number(own.num) / Number(own.den);
  const same = meets(interval(number, number), figure.range);
  const words = printed(value, { trim: true });
  const comparison = placed(report, figure, {
    label,
    days,
    result: same ? 'same' : 'different',
    words,
    link,
  });
  if (same) return { comparison, question: null };
  const question = `登记的${label}${days}为${words}（来源：${reported!.source}），与文中不同。请核对，或说明口径。`;
  const expected = levelText(number, figure, report.rounding);
  return { comparison, question: questionAt(report, { kind: 'database', figure, expected, question, link }) };
}

const isEntered = ({ id, nature }: IndicatorDefinition): boolean => !isBuiltin(id) && nature !== 'rate';

/** Every figure of the text that the register knows by name, in the order of the text. */
export function againstRegister(report: ReadReport, { db, asOf, parkIds }: Register): Answer[] {
  const { claims, left } = claimsOf(report.sentences, asOf);
  const counter = counterOf(db, parkIds);
  const [own] = parkIds ?? [];
  const park =
    own === undefined ? null : one<{ code: string }>(db, 'SELECT code FROM Park WHERE id = ?', own);
  const book = openBook(db, { asOf, mode: 'ytd', park: park?.code ?? null, parkIds });
  const taken = new Set([...claims, ...left].map(({ figure }) => figure));
  const entered = enteredClaims(
    report.sentences,
    [...book.definitions.values()].filter(isEntered),
    asOf,
  ).filter(({ figure }) => !taken.has(figure));
  const unasked = left.map(({ figure, label, why }): Answer => ({
    comparison: placed(report, figure, { label, days: '', result: 'left', words: why, link: null }),
    question: null,
  }));
  return [
    ...claims.map((claim) => ofTitles(report, counter, claim)),
    ...entered.map((claim) => ofEntered(report, book, claim)),
    ...unasked,
  ].sort((a, b) => a.comparison.figure.offset - b.comparison.figure.offset);
}
