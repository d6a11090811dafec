/**
 * Asking next what decides most. A target is a title; its rule is open while facts that somebody can answer may still
 * turn its outcome (reach.ts). Each condition that may still turn it lends its weight (how often it is failed) to the
 * questions that would decide it, more to each the fewer they are; the page whose questions carry most on average
 * comes next.
 */
import { momentOf, compilePanel, RULE_BY_ID, SCHEMES, selectRule } from '../index.ts';
import { read, type CompiledRule, type Panel } from '../engine/compile.ts';
import { UNKNOWN, type Sheet } from '../engine/sheet.ts';
import type { Input, Moment, Test } from '../engine/types.ts';
import type { Day } from '../day.ts';
import type { Facts } from '../facts/parse.ts';
import type { OperatorValues } from '../operator.ts';
import { questionFor, topicOf, type Question, type Topic } from './questions.ts';
import { inputsIn, lacksNumber, reachOf, type Known, type OpenQuestions, type Reach } from './reach.ts';
import { failedBy, heldBy } from './weights.ts';

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
  /** What operators entered where the texts give no number. */
  readonly operatorValues?: OperatorValues;
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

/** A list takes as long to fill in as so many figures. */
const LIST_EFFORT = 2;
/** Of one page only the boxes are asked that carry at least this part of its best one; the others if still needed. */
const WORTH = 0.5;
/** Weight of a condition that no answer can fail any more. */
const LAST = 0.001;

interface Target {
  readonly scheme: string;
  readonly compiled: CompiledRule;
  readonly sheet: Sheet;
  /** For trying out. */
  readonly spare: Sheet;
}

interface Board {
  readonly panel: Panel;
  readonly targets: readonly Target[];
  readonly slots: Float64Array;
}

const NO_VALUES: OperatorValues = {};
const boards = new WeakMap<OperatorValues, Map<string, Board>>();

/** The rules of the titles wished for, compiled once for a day and place. */
export function boardOf({
  schemes,
  division,
  on,
  operatorValues,
}: Pick<AskInput, 'schemes' | 'division' | 'on' | 'operatorValues'>): Board {
  const key = `${on} ${division} ${schemes.join()}`;
  const kept = boards.get(operatorValues ?? NO_VALUES) ?? new Map<string, Board>();
  boards.set(operatorValues ?? NO_VALUES, kept);
  let board = kept.get(key);
  if (!board) {
    const wanted = SCHEMES.filter(({ id }) => schemes.length === 0 || schemes.includes(id));
    const chosen = wanted.flatMap(({ id }) => {
      const found = selectRule(id, 'new', on, division || null);
      return found.ok ? [{ scheme: id, rule: RULE_BY_ID.get(found.rule)! }] : [];
    });
    const panel = compilePanel(
      chosen.map(({ rule }) => rule),
      { operatorValues },
    );
    const targets = chosen.map(({ scheme }, i) => {
      const compiled = panel.rules[i]!;
      return { scheme, compiled, sheet: compiled.sheet(), spare: compiled.sheet() };
    });
    board = { panel, targets, slots: panel.slots() };
    // A visitor has one board at a time; without scripts the server sees several.
    if (kept.size >= 64) kept.clear();
    kept.set(key, board);
  }
  return board;
}

/** What to ask next, given what is known. */
export function askNext(input: AskInput): Asked {
  const { facts, answered, thorough = false } = input;
  const { panel, targets, slots } = boardOf(input);
  const moment = momentOf(input.on, 'new', input.operatorValues);
  panel.fill(facts, moment, slots);
  const gain = new Map<Question, number>();
  const open = new Set<string>();
  const questions = openQuestions(facts, moment, answered);
  for (const { scheme, compiled, sheet, spare } of targets) {
    compiled.judge(slots, sheet);
    const decided = sheet.outcome !== 2;
    if (decided && !thorough) continue;
    const known: Known = { panel, compiled, slots, facts, moment, open: questions };
    for (const { row, reach } of rowsThatMatter(known, sheet, spare, decided)) {
      const shares = sharesOf(known, sheet, row);
      if (shares.size > 0 && !decided) open.add(scheme);
      // What can only be met decides last.
      const weight = reach.canFail ? failedBy(compiled.rows[row]!.condition.id) : LAST;
      for (const [question, share] of shares) gain.set(question, (gain.get(question) ?? 0) + weight * share);
    }
  }
  return { next: bestPage(gain), left: gain.size, open };
}

/**
 * Conditions on which answers may still turn the outcome: those that may yet fail, and, as long as every condition
 * can be met by answers alone, those that must be.
 */
function rowsThatMatter(
  known: Known,
  sheet: Sheet,
  spare: Sheet,
  decided: boolean,
): { row: number; reach: Reach }[] {
  const { compiled } = known;
  const open = compiled.conditionRows.filter((row) => sheet.result[row]! >= UNKNOWN);
  const reached = open.map((row) => ({ row, reach: reachOf(known, row, spare) }));
  const winnable = decided || reached.every(({ reach }) => reach.canMeet);
  return reached.filter(({ reach }) => reach.canFail || (winnable && reach.canMeet));
}

/** The page whose questions gain most on average. */
function bestPage(gain: ReadonlyMap<Question, number>): Page | null {
  const pages = new Map<string, { topic: Topic; questions: Question[]; best: number }>();
  for (const [question, value] of gain) {
    const topic = topicOf(question);
    const page = pages.get(topic.id) ?? { topic, questions: [], best: 0 };
    page.questions.push(question);
    page.best = Math.max(page.best, value);
    pages.set(topic.id, page);
  }
  const rated = [...pages.values()].map(({ topic, questions, best }) => {
    const asked = questions.filter((question) => gain.get(question)! >= best * WORTH);
    const sum = asked.reduce((total, question) => total + gain.get(question)!, 0);
    const effort = asked.reduce((total, question) => total + (question.rows ? LIST_EFFORT : 1), 0);
    return { topic, asked, value: sum / effort };
  });
  const [best] = rated.sort((a, b) => b.value - a.value || (a.topic.id < b.topic.id ? -1 : 1));
  if (!best) return null;
  // The last year first: it is the one at hand.
  return { ...best.topic, questions: best.asked.sort((a, b) => (a.key < b.key ? 1 : -1)) };
}

/** How much each open question does for a condition: the fewer decide a part together, the more each. */
function sharesOf({ panel, compiled, open }: Known, sheet: Sheet, row: number): Map<Question, number> {
  const { test } = compiled.rows[row]!.part;
  const oneSuffices = test.kind === 'any' || test.kind === 'waivable';
  const shares = new Map<Question, number>();
  const seen = new Set<string>();
  for (const leaf of openLeaves(compiled, sheet, row)) {
    const questions = askable(compiled.rows[leaf]!.part.test, panel, open);
    const together = questions.map(({ key }) => key).join();
    if (seen.has(together)) continue;
    seen.add(together);
    const chance = oneSuffices ? Math.min(...questions.map(({ key }) => heldBy(key))) : 1;
    for (const question of questions)
      shares.set(question, (shares.get(question) ?? 0) + chance / questions.length);
  }
  return shares;
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

/** The unanswered questions of an undivided test; none where it stays open whatever they bring. */
function askable(test: Test, panel: Panel, open: OpenQuestions): Question[] {
  const found = new Set<Question>();
  let blocked = lacksNumber(test, panel);
  for (const input of inputsIn(test)) {
    const questions = open(input);
    if (!questions) continue;
    if (questions.length === 0) blocked = true;
    for (const question of questions) found.add(question);
  }
  // Points add up item by item; anything else needs all that it reads.
  return blocked && test.kind !== 'score' ? [] : [...found];
}

/** The unanswered questions behind each input, looked up once. */
function openQuestions(facts: Facts, moment: Moment, answered: ReadonlySet<string>): OpenQuestions {
  const found = new Map<Input, readonly Question[] | null>();
  return (input) => {
    let questions = found.get(input);
    if (questions === undefined) {
      questions = Number.isNaN(read(input, facts, moment))
        ? pathsOf(input, facts, moment).flatMap((path) => {
            const question = known(facts, path) ? null : questionFor(path);
            return question && !answered.has(question.key) ? [question] : [];
          })
        : null;
      found.set(input, questions);
    }
    return questions;
  };
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
    for (const input of inputsIn(test))
      for (const path of pathsOf(input, nothing, moment)) {
        const question = questionFor(path);
        if (question) questions.add(question.key);
      }
  return questions;
}

/** The questions of one page that any of the titles reads, to change what was answered. */
function pageOf(id: string, input: AskInput): Page | null {
  const { targets } = boardOf(input);
  const keys = new Set(targets.flatMap(({ scheme }) => [...questionsRead(scheme, input.division, input.on)]));
  const questions = [...keys].flatMap((key) => {
    const question = questionFor(key);
    return question && question.topic === id ? [question] : [];
  });
  if (questions.length === 0) return null;
  return { ...topicOf(questions[0]!), questions: questions.sort((a, b) => (a.key < b.key ? 1 : -1)) };
}

/**
 * The page to show: what comes next, or the one that is named; of one that is asked in two parts what was answered of
 * it and what comes next.
 */
export function pageToShow(topic: string | null, { next }: Asked, input: AskInput): Page | null {
  const whole = topic ? pageOf(topic, input) : null;
  if (!whole) return next;
  if (whole.id !== next?.id) return whole;
  const asked = new Set(next.questions.map(({ key }) => key));
  const questions = whole.questions.filter(({ key }) => asked.has(key) || input.answered.has(key));
  return { ...whole, questions };
}
