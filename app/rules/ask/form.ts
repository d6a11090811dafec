/** A posted page of the self-assessment, in the browser or on the server: what was answered, or what is wrong. Pure. */
import { SCHEMES } from '../schemes.ts';
import { answerProblem, NO_ANSWERS, type Answer, type Answers, type RowAnswer } from './answers.ts';
import type { Page } from './ask.ts';
import { PLACES } from './places.ts';
import type { Question } from './questions.ts';

/** What of a FormData is needed. */
export interface Posted {
  get(name: string): unknown;
}

export interface Step {
  readonly answers: Answers;
  /** By question; empty when the page was taken. */
  readonly errors: Readonly<Record<string, string>>;
  /** What was typed, to be shown again where it was not taken. */
  readonly typed: Readonly<Record<string, Answer>>;
}

/** Most entries of one list on a form. */
export const MOST_ROWS = 30;

const text = (form: Posted, name: string) => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim().slice(0, 200) : '';
};

function rowsOf(question: Question, form: Posted): RowAnswer[] {
  const rows: RowAnswer[] = [];
  for (let i = 0; i < MOST_ROWS; i += 1) {
    const row = Object.fromEntries(
      question.rows!.map(({ key }) => [key, text(form, `${question.key}.${i}.${key}`)] as const),
    );
    if (Object.values(row).some((value) => value !== '')) rows.push(row);
  }
  return rows;
}

/** The answer to one question; undefined where nothing was chosen. */
function answerOf(question: Question, form: Posted): Answer | undefined {
  if (!question.rows) {
    const typed = text(form, question.key);
    return typed === 'unclear' ? null : typed === '' ? undefined : typed;
  }
  switch (text(form, `${question.key}.has`)) {
    case 'no':
      return [];
    case 'yes': {
      const rows = rowsOf(question, form);
      return rows.length > 0 ? rows : [{}];
    }
    case 'unclear':
      return null;
    default:
      return undefined;
  }
}

/** Takes a page: `unclear` answers all of it with 不清楚. Of several boxes, those left blank are 不清楚 too. */
export function takePage(answers: Answers, page: Page, form: Posted): Step {
  const skip = text(form, 'intent') === 'unclear';
  const typed: Record<string, Answer> = {};
  const errors: Record<string, string> = {};
  for (const question of page.questions) {
    const answer = skip ? null : answerOf(question, form);
    typed[question.key] = answer ?? null;
    const problem = answer == null ? null : answerProblem(question, answer);
    if (problem) errors[question.key] = `${question.rows ? '' : `${question.label}：`}${problem}`;
    else if (answer === undefined && question.rows) errors[question.key] = '请选择没有、有或不清楚';
  }
  const silent = page.questions.every(({ key }) => typed[key] === null);
  const chosen = page.questions.some((question) => answerOf(question, form) === null);
  if (!skip && silent && !chosen && Object.keys(errors).length === 0)
    errors[page.questions[0]!.key] = '请填写；如不清楚，请选“不清楚，先跳过”';
  if (Object.keys(errors).length > 0) return { answers, errors, typed };
  return {
    answers: {
      ...answers,
      given: { ...answers.given, ...typed },
      asked: [...answers.asked.filter((id) => id !== page.id), page.id],
    },
    errors: {},
    typed: {},
  };
}

/** The first page: the titles wished for and the place; what was answered before stays. */
export function chosenStart(form: Posted, before: Answers | null): Answers {
  const division = text(form, 'division');
  return {
    ...(before ?? NO_ANSWERS),
    schemes: SCHEMES.map(({ id }) => id).filter((id) => text(form, `scheme.${id}`) === 'yes'),
    division: PLACES.some(({ code }) => code === division) ? division : '',
    thorough: false,
  };
}
