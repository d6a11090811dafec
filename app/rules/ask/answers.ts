/**
 * What somebody answered: texts as typed, checked; and the facts made of them. Pure, and small enough for a browser:
 * the same reading runs there and, without scripts, on the server.
 */
import { isDay } from '../day.ts';
import { readEntry } from '../entry.ts';
import { scaleDecimal } from '../facts/decimal.ts';
import { divisionsNamed } from '../facts/divisions.ts';
import { setAt } from '../facts/field-of.ts';
import { finishFacts, type Facts, type Provenance } from '../facts/parse.ts';
import type { PlainFacts } from '../facts/schema.ts';
import { SCHEME_BY_ID } from '../schemes.ts';
import type { Unit } from '../source.ts';
import { alsoAnswers, questionFor, type Entry, type Question } from './questions.ts';

/** One entry of a list, by box; a blank box is not known. */
export type RowAnswer = Readonly<Record<string, string>>;
/** null is 不清楚, an empty list is 没有. */
export type Answer = string | readonly RowAnswer[] | null;

/** Everything a self-assessment knows. */
export interface Answers {
  readonly version: 1;
  /** The titles wished for; empty stands for all. */
  readonly schemes: readonly string[];
  /** GB/T 2260 code of the place whose own rules apply; '' for the national ones. */
  readonly division: string;
  readonly given: Readonly<Record<string, Answer>>;
  /** Pages in the order in which they were answered. */
  readonly asked: readonly string[];
  /** Goes on after the outcome is decided, to know every gap. */
  readonly thorough: boolean;
}

export const NO_ANSWERS: Answers = {
  version: 1,
  schemes: [],
  division: '',
  given: {},
  asked: [],
  thorough: false,
};

type Value = number | string | boolean | readonly string[] | null;
export type Read =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: string };

const UNITS: Readonly<Partial<Record<Entry['type'], readonly [Unit, number]>>> = {
  money: ['CNY', 2],
  persons: ['persons', 2],
  points: ['points', 2],
  share: ['ratio', 6],
  whole: ['count', 0],
};
/** So many industries are named to whom gave a name. */
const MOST_NAMED = 6;
const MOST: Readonly<Partial<Record<Entry['type'], number>>> = {
  share: 1_000_000,
  whole: 100_000,
  points: 10_000,
  persons: 1_000_000_000,
  money: 1e15,
};

/** Reads one box: the value as rules hold it (money in 分, shares in millionths), null for a blank one. */
export function readBox(entry: Entry, typed: string): Read {
  const text = typed.normalize('NFKC').trim();
  if (text === '') return { ok: true, value: null };
  const unit = UNITS[entry.type];
  if (unit) return readNumber(entry, text, ...unit);
  switch (entry.type) {
    case 'day':
      return isDay(text) && text >= '1949-01-01'
        ? { ok: true, value: text }
        : { ok: false, reason: '日期应写作 2018-03-12' };
    case 'flag':
      return text === 'yes' || text === 'no'
        ? { ok: true, value: text === 'yes' }
        : { ok: false, reason: '请选择是或否' };
    case 'option':
      return entry.options?.some(({ value }) => value === text)
        ? { ok: true, value: text }
        : { ok: false, reason: '请从选项中选择' };
    case 'list':
      return {
        ok: true,
        value: text === '无' ? [] : text.split(/[；;]/).map((part) => part.trim().slice(0, 100)),
      };
    default:
      return readText(entry, text.slice(0, 100));
  }
}

function readNumber(entry: Entry, text: string, unit: Unit, digits: number): Read {
  const negative = entry.signed === true && text.startsWith('-');
  const typed = readEntry(negative ? text.slice(1) : text, unit);
  if (!typed.ok) return typed;
  const read = scaleDecimal(typed.value, digits);
  if (!read.ok) return read;
  if (read.value > MOST[entry.type]!) return { ok: false, reason: '数字过大，请核对单位' };
  if (/rank$/i.test(entry.key) && read.value < 1) return { ok: false, reason: '名次从 1 起' };
  return { ok: true, value: negative ? -read.value || 0 : read.value };
}

function readText(entry: Entry, text: string): Read {
  if (entry.key === 'industry' && !/^[A-T]?\d{2,4}$/.test(text))
    return { ok: false, reason: industryReason(text) };
  return { ok: true, value: text };
}

/** A name is answered with the codes that it may stand for. */
function industryReason(text: string): string {
  const named = divisionsNamed(text).slice(0, MOST_NAMED);
  if (named.length === 0) return '行业代码为 2 至 4 位数字，如 6513';
  return `“${text}”请填代码：${named.map(({ code, name }) => `${code} ${name}`).join('；')}`;
}

/** The rows of a list that say anything, read; the first that cannot be read is the error. */
function readRows(rows: readonly Entry[], given: readonly RowAnswer[]): Record<string, Value>[] | string {
  const read: Record<string, Value>[] = [];
  for (const row of given) {
    const values: Record<string, Value> = {};
    for (const entry of rows) {
      const one = readBox(entry, row[entry.key] ?? '');
      if (!one.ok) return `${entry.label}：${one.reason}`;
      values[entry.key] = one.value;
    }
    if (Object.values(values).every((value) => value === null)) continue;
    const first = rows[0]!;
    if (values[first.key] === null && first.type === 'option') return `请选择${first.label}`;
    read.push(values);
  }
  return read;
}

/** Why an answer cannot be taken; null when it can. */
export function answerProblem(question: Question, answer: Answer): string | null {
  if (answer === null) return null;
  if (!question.rows) {
    if (typeof answer !== 'string') return '请填写';
    const read = readBox(question, answer);
    return read.ok ? null : read.reason;
  }
  if (typeof answer === 'string') return '请填写';
  const read = readRows(question.rows, answer);
  if (typeof read === 'string') return read;
  return answer.length > 0 && read.length === 0 ? '选了“有”，请至少填写一项' : null;
}

/** The facts that answers state; what cannot be read or was 不清楚 is not known. Sources are 企业自报. */
export function factsOf(answers: Answers): Facts {
  const plain: PlainFacts = {};
  const provenance: Record<string, Provenance> = {};
  const self: Provenance = { source: 'self', knownAt: null };
  const say = (path: string, value: unknown) => {
    setAt(plain as Record<string, unknown>, path, value);
    provenance[path] = self;
  };
  if (answers.division) say('division', answers.division);
  for (const [id, answer] of Object.entries(answers.given)) {
    const question = questionFor(id);
    if (!question || question.key !== id || answer === null || answerProblem(question, answer) !== null)
      continue;
    if (typeof answer === 'string') {
      const read = readBox(question, answer);
      if (!read.ok || read.value === null) continue;
      say(id, read.value);
      const other = alsoAnswers(id);
      if (other) say(other, read.value);
    } else {
      const read = readRows(question.rows!, answer);
      if (typeof read !== 'string') say(id, entries(id, read));
    }
  }
  return finishFacts(plain, provenance);
}

/** Groups of equal rights are written out; what the question itself states is added. */
function entries(id: string, rows: readonly Record<string, Value>[]): unknown[] {
  if (id === 'titles') return rows.map((row) => ({ ...row, status: 'valid' }));
  if (id === 'financing') return rows.map((row) => ({ ...row, currency: 'CNY' }));
  if (id !== 'intellectualProperty') return [...rows];
  return rows.flatMap(({ count, ...row }) =>
    Array.from({ length: Math.min(500, typeof count === 'number' ? count : 1) }, () => row),
  );
}

/** Answers as they are kept; anything that is none becomes an empty start. */
export function readAnswers(text: string | null | undefined): Answers {
  try {
    return tidy(JSON.parse(text ?? 'null'));
  } catch {
    return NO_ANSWERS;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 200;

function tidy(stored: unknown): Answers {
  if (typeof stored !== 'object' || stored === null) return NO_ANSWERS;
  const from = stored as Partial<Record<keyof Answers, unknown>>;
  if (from.version !== 1) return NO_ANSWERS;
  const texts = (value: unknown) => (Array.isArray(value) ? value.filter(isText).slice(0, 200) : []);
  const given: Record<string, Answer> = {};
  for (const [id, answer] of Object.entries(typeof from.given === 'object' ? (from.given ?? {}) : {})) {
    const question = questionFor(id);
    if (question && question.key === id) given[id] = tidyAnswer(answer);
  }
  return {
    version: 1,
    schemes: texts(from.schemes).filter((id) => SCHEME_BY_ID.has(id)),
    division: isText(from.division) && /^\d{6}$/.test(from.division) ? from.division : '',
    given,
    asked: texts(from.asked),
    thorough: from.thorough === true,
  };
}

function tidyAnswer(answer: unknown): Answer {
  if (isText(answer)) return answer;
  if (!Array.isArray(answer)) return null;
  return answer
    .slice(0, 100)
    .map((row: unknown) =>
      Object.fromEntries(
        Object.entries(typeof row === 'object' && row !== null ? row : {}).filter(([, v]) => isText(v)),
      ),
    );
}
