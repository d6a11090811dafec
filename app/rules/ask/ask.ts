/**
 * Asking next what decides most. A target is a title; its rule is open while facts that somebody can answer may still
 * turn its outcome. Each open condition lends its weight to the questions that would decide it, more to each the
 * fewer they are; the page whose questions carry most on average comes next.
 */
import { momentOf, compilePanel, RULE_BY_ID, SCHEMES, selectRule } from '../index.ts';
import { read, type CompiledRule, type Panel } from '../engine/compile.ts';
import { MET, UNKNOWN, UNMET, WAIVED, type Sheet } from '../engine/sheet.ts';
import { testInputs } from '../engine/walk.ts';
import type { Input, Moment, Test } from '../engine/types.ts';
import type { Day } from '../day.ts';
import type { Facts } from '../facts/parse.ts';
import { questionFor, topicOf, type Question, type Topic } from './questions.ts';

export interface AskInput {
  readonly facts: Facts;
  /** Questions answered already, 不清楚 included. */
  readonly answered: ReadonlySet<string>;
  /** Titles wished for; empty stands for all. */
  readonly schemes: readonly string[];
  readonly division: string;
  readonly on: Day;
  /** Goes on for the gaps after an outcome is decided. */
  readonly thorough?: boolean;
}

export interface Page extends Topic {
  readonly questions: readonly Question[];
}

export interface Asked {
  /** What to ask next; null when no answer can change anything any more. */
  readonly next: Page | null;
  /** How many questions may still matter. */
  readonly left: number;
  /** Whether each title's outcome can still be changed by an answer. */
  readonly open: ReadonlySet<string>;
}

/** Facts that seldom decide: nearly every enterprise that asks has the ordinary answer. */
const SELDOM: ReadonlySet<string> = new Set([
  'legalPerson',
  'residentEnterprise',
  'restrictedProducts',
  'conduct',
  'listing.status',
]);
const SELDOM_WEIGHT = 0.1;
/** A score is rarely lost by measurable items alone. */
const SCORE_WEIGHT = 0.2;
/** A list takes as long to fill in as so many figures. */
const LIST_EFFORT = 2;

interface Target {
  readonly scheme: string;
  readonly compiled: CompiledRule;
  readonly sheet: Sheet;
}

interface Board {
  readonly panel: Panel;
  readonly targets: readonly Target[];
  readonly slots: Float64Array;
}

const boards = new Map<string, Board>();

/** The rules of the titles wished for, compiled once for a day and place. */
function boardOf({ schemes, division, on }: AskInput): Board {
  const key = `${on} ${division} ${schemes.join()}`;
  let board = boards.get(key);
  if (!board) {
    const wanted = SCHEMES.filter(({ id }) => schemes.length === 0 || schemes.includes(id));
    const chosen = wanted.flatMap(({ id }) => {
      const found = selectRule(id, 'new', on, division || null);
      return found.ok ? [{ scheme: id, rule: RULE_BY_ID.get(found.rule)! }] : [];
    });
    const panel = compilePanel(chosen.map(({ rule }) => rule));
    const targets = chosen.map(({ scheme }, i) => {
      const compiled = panel.rules[i]!;
      return { scheme, compiled, sheet: compiled.sheet() };
    });
    board = { panel, targets, slots: panel.slots() };
    // A visitor has one board at a time; without scripts the server sees several.
    if (boards.size >= 64) boards.clear();
    boards.set(key, board);
  }
  return board;
}

/** A condition's open questions, and those that would have to be answered together. */
interface Need {
  readonly weight: number;
  readonly sets: readonly (readonly Question[])[];
}

/** What to ask next, given what is known. */
export function askNext(input: AskInput): Asked {
  const { facts, answered, thorough = false } = input;
  const { panel, targets, slots } = boardOf(input);
  const moment = momentOf(input.on, 'new');
  panel.fill(facts, moment, slots);
  const gain = new Map<Question, number>();
  const open = new Set<string>();
  for (const { scheme, compiled, sheet } of targets) {
    compiled.judge(slots, sheet);
    const decided = sheet.outcome !== 2;
    if (decided && !thorough) continue;
    for (const row of compiled.conditionRows) {
      const need = needOf(compiled, sheet, row, facts, moment, answered);
      if (need.sets.length === 0) continue;
      if (!decided) open.add(scheme);
      for (const set of need.sets)
        for (const question of set)
          gain.set(question, (gain.get(question) ?? 0) + weigh(question, need.weight) / set.length);
    }
  }
  return { next: bestPage(gain), left: gain.size, open };
}

const weigh = (question: Question, weight: number) =>
  SELDOM.has(question.key) ? weight * SELDOM_WEIGHT : weight;

/** The page whose questions gain most on average. */
function bestPage(gain: ReadonlyMap<Question, number>): Page | null {
  const pages = new Map<string, { topic: Topic; questions: Question[]; sum: number; effort: number }>();
  for (const [question, value] of gain) {
    const topic = topicOf(question);
    const page = pages.get(topic.id) ?? { topic, questions: [], sum: 0, effort: 0 };
    page.questions.push(question);
    page.sum += value;
    page.effort += question.rows ? LIST_EFFORT : 1;
    pages.set(topic.id, page);
  }
  const best = [...pages.values()].sort(
    (a, b) => b.sum / b.effort - a.sum / a.effort || (a.topic.id < b.topic.id ? -1 : 1),
  )[0];
  if (!best) return null;
  return {
    ...best.topic,
    // The last year first: it is the one at hand.
    questions: best.questions.sort((a, b) => (a.key < b.key ? 1 : -1)),
  };
}

const NOTHING: Need = { weight: 0, sets: [] };

function needOf(
  compiled: CompiledRule,
  sheet: Sheet,
  row: number,
  facts: Facts,
  moment: Moment,
  answered: ReadonlySet<string>,
): Need {
  const result = sheet.result[row]!;
  if (result === MET || result === UNMET || result === WAIVED) return NOTHING;
  const { test } = compiled.rows[row]!.part;
  const leaves = openLeaves(compiled, sheet, row).flatMap((leaf) => {
    const questions = askable(compiled.rows[leaf]!.part.test, facts, moment, answered);
    return questions.length > 0 ? [questions] : [];
  });
  const weight = test.kind === 'score' ? SCORE_WEIGHT : 1;
  // Where one way suffices, the condition fails only when every way does.
  const together = test.kind === 'any' || test.kind === 'waivable';
  const sets = together && leaves.length > 0 ? [[...new Set(leaves.flat())]] : leaves;
  return { weight, sets };
}

/** The undivided parts of a condition that are open, and whose answers its result waits for. */
function openLeaves({ rows }: CompiledRule, sheet: Sheet, row: number): number[] {
  const leaves: number[] = [];
  const visit = (at: number) => {
    if (sheet.result[at]! < UNKNOWN) return;
    const { children } = rows[at]!;
    if (children.length === 0) leaves.push(at);
    else children.forEach(visit);
  };
  visit(row);
  return leaves;
}

const inputsOf = new WeakMap<Test, readonly Input[]>();

/** The unanswered questions of an undivided test; none where it stays open whatever they bring. */
function askable(test: Test, facts: Facts, moment: Moment, answered: ReadonlySet<string>): Question[] {
  let inputs = inputsOf.get(test);
  if (!inputs) inputsOf.set(test, (inputs = testInputs(test)));
  const found = new Set<Question>();
  let blocked = false;
  for (const input of inputs) {
    if (!Number.isNaN(read(input, facts, moment))) continue;
    for (const path of pathsOf(input, facts, moment)) {
      if (known(facts, path)) continue;
      const question = questionFor(path);
      if (question && !answered.has(question.key)) found.add(question);
      else blocked = true;
    }
  }
  // Points add up item by item; anything else needs all that it reads.
  return blocked && test.kind !== 'score' ? [] : [...found];
}

function pathsOf(input: Input, facts: Facts, moment: Moment): readonly string[] {
  return input.kind === 'figure'
    ? [`years.${moment.year + input.offset}.${input.key}`]
    : input.feature.reads(moment, facts);
}

function known(facts: Facts, path: string): boolean {
  let node: unknown = facts;
  for (const key of path.split('.')) {
    if (typeof node !== 'object' || node === null) return false;
    node = (node as Record<string, unknown>)[key];
  }
  return node != null;
}

/** Every question that a title's rule may ask on the day, for measuring how few are needed. */
export function questionsRead(scheme: string, division: string, on: Day): ReadonlySet<string> {
  const found = selectRule(scheme, 'new', on, division || null);
  const rule = found.ok ? RULE_BY_ID.get(found.rule) : undefined;
  const moment = momentOf(on, 'new');
  const nothing: Facts = { provenance: {}, flags: [] };
  const questions = new Set<string>();
  for (const { test } of rule?.conditions ?? [])
    for (const input of testInputs(test))
      for (const path of pathsOf(input, nothing, moment)) {
        const question = questionFor(path);
        if (question) questions.add(question.key);
      }
  return questions;
}

/** The questions of one page that any of the titles reads, to change what was answered. */
export function pageOf(id: string, input: AskInput): Page | null {
  const { targets } = boardOf(input);
  const keys = new Set(targets.flatMap(({ scheme }) => [...questionsRead(scheme, input.division, input.on)]));
  const questions = [...keys].flatMap((key) => {
    const question = questionFor(key);
    return question && question.topic === id ? [question] : [];
  });
  if (questions.length === 0) return null;
  return { ...topicOf(questions[0]!), questions: questions.sort((a, b) => (a.key < b.key ? 1 : -1)) };
}
