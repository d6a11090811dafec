/** What is already known of an enterprise, as answers of the self-assessment: nobody types again what is on record. */
import { unscale } from '../facts/decimal.ts';
import { valueAt } from '../facts/field-of.ts';
import type { Facts } from '../facts/parse.ts';
import { answerProblem, NO_ANSWERS, readBox, type Answer, type Answers, type RowAnswer } from './answers.ts';
import { MOST_ROWS } from './form.ts';
import { PLACES } from './places.ts';
import { alsoAnswers, questionFor, type Entry, type Question } from './questions.ts';

/** Who it is decides nothing, and the self-assessment does not ask for it. */
const IDENTITY: ReadonlySet<string> = new Set(['uscc', 'name', 'formerNames', 'park', 'locatedInPark']);

/** Years before the day looked at whose figures are taken over: those that a rule may ask for. */
const YEARS_BACK = 4;

const SCALES: Readonly<Partial<Record<Entry['type'], number>>> = {
  money: 6,
  persons: 2,
  points: 2,
  share: 4,
};

/** A value as it would be typed into its box; null where the box cannot say it exactly. */
function typed(entry: Entry, value: unknown): string | null {
  const text = written(entry, value);
  if (text === null || text === '') return text;
  const read = readBox(entry, text);
  return read.ok && JSON.stringify(read.value) === JSON.stringify(value) ? text : null;
}

function written(entry: Entry, value: unknown): string | null {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return entry.type === 'list' ? value.join('；') || '无' : null;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return null;
  const digits = SCALES[entry.type];
  return digits === undefined ? String(value) : unscale(value, digits);
}

type Row = Readonly<Record<string, unknown>>;

/** What the question itself states of every entry, and what a title has beside what is asked of it. */
const UNASKED: Readonly<Record<string, readonly string[]>> = {
  titles: ['status', 'level', 'no'],
  financing: ['currency'],
};

/** A list as its boxes would hold it; null where they cannot say all of it. */
function listed({ key, rows = [] }: Question, facts: readonly Row[]): RowAnswer[] | null {
  const meant = key === 'titles' ? facts.filter(({ status }) => status === 'valid') : facts;
  if (key === 'financing' && meant.some(({ currency }) => currency !== 'CNY')) return null;
  const asked = new Set([...rows.map((entry) => entry.key), ...(UNASKED[key] ?? [])]);
  const groups = new Map<string, { row: Record<string, string>; count: number }>();
  for (const fact of meant) {
    const row: Record<string, string> = {};
    for (const [name, value] of Object.entries(fact))
      if (!asked.has(name) && value !== null && value !== undefined) return null;
    for (const entry of rows) {
      const text = entry.key === 'count' ? '' : typed(entry, fact[entry.key]);
      if (text === null) return null;
      if (text !== '') row[entry.key] = text;
    }
    const same = key === 'intellectualProperty' ? JSON.stringify(row) : String(groups.size);
    const group = groups.get(same);
    if (group) group.count += 1;
    else groups.set(same, { row, count: 1 });
  }
  if (groups.size > MOST_ROWS) return null;
  return [...groups.values()].map(({ row, count }) =>
    key === 'intellectualProperty' ? { ...row, count: String(count) } : row,
  );
}

function answerOf(question: Question, value: unknown): Answer | undefined {
  const answer = question.rows
    ? Array.isArray(value)
      ? listed(question, value as Row[])
      : null
    : typed(question, value) || null;
  return answer === null || answerProblem(question, answer) !== null ? undefined : answer;
}

/** Paths of the single values and lists in the facts. */
function* pathsIn(node: object, before = ''): Generator<string> {
  for (const [key, value] of Object.entries(node)) {
    if (value === null || value === undefined) continue;
    if (typeof value === 'object' && !Array.isArray(value)) yield* pathsIn(value, `${before}${key}.`);
    else yield before + key;
  }
}

/** The place of the registration's own rules: the nearest that contains it. */
function placeOf(division: string | null | undefined): string {
  const holds = (code: string) => code !== '' && division?.startsWith(code.replace(/(00)+$/, '')) === true;
  const places = PLACES.map(({ code }) => code).filter(holds);
  return places.sort((a, b) => b.replace(/(00)+$/, '').length - a.replace(/(00)+$/, '').length)[0] ?? '';
}

/**
 * The answers that facts give. What a box cannot say exactly is left to be asked; nothing is rounded or guessed.
 * @param on day looked at: older years than rules ask for are left out
 */
export function answersFrom(facts: Facts, on: string): Answers {
  const { provenance: _p, flags: _f, division, ...stated } = facts;
  const first = Number(on.slice(0, 4)) - YEARS_BACK;
  const given: Record<string, Answer> = {};
  for (const path of pathsIn(stated)) {
    const year = /^years\.(\d{4})\./.exec(path)?.[1];
    if (IDENTITY.has(path) || (year !== undefined && Number(year) < first)) continue;
    const question = questionFor(path);
    if (!question || given[question.key] !== undefined) continue;
    // One box asks for both revenues; where they differ it can say neither.
    const [own, other] = [question.key, alsoAnswers(question.key)].map((of) => of && valueAt(facts, of));
    if (own != null && other != null && own !== other) continue;
    const answer = answerOf(question, valueAt(facts, path));
    if (answer !== undefined) given[question.key] = answer;
  }
  return { ...NO_ANSWERS, division: placeOf(division), given };
}

/** Answers given before stay as they are; what is known besides fills the rest. */
export const withKnown = (own: Answers, known: Answers): Answers => ({
  ...own,
  division: own.division || known.division,
  given: { ...known.given, ...own.given },
});
