/** The self-assessment as a report: what paper and Word both show. Pure. */
import type { Answers } from '../rules/ask/answers.ts';
import { questionFor, topicOf } from '../rules/ask/questions.ts';
import { STANDINGS, type Assessed, type Standing } from '../rules/ask/standing.ts';
import type { ConditionVerdict } from '../rules/verdict.ts';
import { factLabel } from './fact-labels.ts';
import { actualText, gapText, requirementText } from './quantity.ts';

export const STANDING_LABELS: Readonly<Record<Standing, string>> = {
  met: '符合',
  nearly: '接近',
  undetermined: '待定',
  not: '不符合',
};

export interface ReportRow {
  readonly title: string;
  readonly standing: string;
  readonly rule: string;
  /** What stands in the way, the gravest first. */
  readonly points: readonly string[];
  /** What was left out for want of room. */
  readonly more: number;
}

export interface Report {
  readonly day: string;
  readonly counts: readonly { readonly label: string; readonly count: number }[];
  readonly rows: readonly ReportRow[];
  readonly figures: readonly { readonly label: string; readonly value: string }[];
  /** Calls for applications that suit, one a line. */
  readonly calls: readonly string[];
  /** Numbers that the operator entered, with where they stand. */
  readonly entered: readonly string[];
}

/** So that all titles fit on two pages. */
const MOST_POINTS = 4;
const MOST_CALLS = 6;
const ORDER = ['unmet', 'unknown', 'manual'];

/** One condition that is not met, in one line: threshold, own value, gap, what would do, article. */
export function pointText(condition: ConditionVerdict): string {
  const { label, result, actual, required, comparison, unit, gap, missing, article, inverse } = condition;
  const words: string[] = [];
  if (typeof required === 'number') words.push(`要求${requirementText(comparison, required, unit)}`);
  if (typeof actual === 'number') words.push(`现为${actualText(actual, required, unit)}`);
  const short = result === 'unmet' ? gapText(gap, unit) : '';
  if (short) words.push(`差${short}`);
  if (inverse) words.push(inverse.text);
  if (result === 'unknown')
    words.push(`缺${[...new Set(missing.map(factLabel))].slice(0, 3).join('、') || '数据'}`);
  if (result === 'manual') words.push('由主管部门判断');
  return `${label}${words.length > 0 ? `：${words.join('，')}` : ''}（${article}）`;
}

export function reportOf(
  assessed: Assessed,
  answers: Answers,
  day: string,
  also: Pick<Report, 'calls' | 'entered'>,
): Report {
  const rows = assessed.verdicts.map(({ verdict, standing, label }): ReportRow => {
    const open = verdict.conditions
      .filter(({ result }) => ORDER.includes(result))
      .sort((a, b) => ORDER.indexOf(a.result) - ORDER.indexOf(b.result));
    const points = [
      ...verdict.vetoes.map((veto) => `一票否决：${veto.label}（${veto.article}）`),
      ...open.filter(({ id }) => !verdict.vetoes.some((veto) => veto.id === id)).map(pointText),
    ];
    return {
      title: label,
      standing: STANDING_LABELS[standing],
      rule: verdict.rule,
      points: points.slice(0, MOST_POINTS),
      more: Math.max(0, points.length - MOST_POINTS),
    };
  });
  return {
    day,
    counts: STANDINGS.map((standing) => ({
      label: STANDING_LABELS[standing],
      count: assessed.verdicts.filter((of) => of.standing === standing).length,
    })),
    rows,
    figures: figuresOf(answers),
    calls: also.calls.slice(0, MOST_CALLS),
    entered: also.entered,
  };
}

/** What was answered, in words, as typed; 不清楚 is left out. */
export function figuresOf(answers: Answers): { label: string; value: string; topic: string }[] {
  const units: Readonly<Record<string, string>> = {
    money: ' 万元',
    persons: ' 人',
    points: ' 分',
    share: '%',
  };
  return Object.entries(answers.given).flatMap(([id, answer]) => {
    const question = questionFor(id);
    if (!question || answer === null) return [];
    const topic = topicOf(question);
    const label = /\d{4} 年/.test(question.label) ? `${question.label}${topic.title}` : question.label;
    if (typeof answer !== 'string')
      return [{ label, value: answer.length === 0 ? '没有' : `${answer.length} 项`, topic: topic.id }];
    const chosen = question.options?.find(({ value }) => value === answer)?.label;
    const value =
      chosen ?? (answer === 'yes' ? '是' : answer === 'no' ? '否' : answer + (units[question.type] ?? ''));
    return [{ label, value, topic: topic.id }];
  });
}
