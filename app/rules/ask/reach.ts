/**
 * What answers can still do to a condition. The engine itself is asked: every fact that may still be told is tried at
 * both ends of its range, alone and together, and what comes out is what can come out. Where too much is open to try,
 * anything can. So nobody is asked for a figure that could change nothing: a score that is out of danger, a number
 * that only matters for a title which no answer of an enterprise can still secure.
 */
import { inputId, type CompiledRule, type Panel } from '../engine/compile.ts';
import { placesOf } from '../engine/inverse.ts';
import { unitOf, type Slots } from '../engine/quantity.ts';
import { MET, UNKNOWN, UNMET, WAIVED, type Sheet } from '../engine/sheet.ts';
import { testInputs } from '../engine/walk.ts';
import type { Feature, Input, Moment, Test } from '../engine/types.ts';
import type { Facts } from '../facts/parse.ts';
import type { Unit } from '../source.ts';
import type { Question } from './questions.ts';

export interface Reach {
  readonly canMeet: boolean;
  readonly canFail: boolean;
}

const ANYTHING: Reach = { canMeet: true, canFail: true };
/** So many facts (or lists) are tried together; more than that and anything can still happen. */
const MOST_TRIED = 9;

/** Both ends of what may be told. Amounts and heads begin above nothing, so that growth can be anything. */
const ENDS: Readonly<Record<Unit, readonly [number, number]>> = {
  CNY: [1, 1e15],
  USD: [1, 1e15],
  persons: [1, 1e9],
  points: [0, 10_000],
  ratio: [0, 1_000_000],
  years: [0, 100],
  days: [0, 100_000],
  count: [0, 1000],
  rank: [1, 1_000_000],
  level: [0, 1],
  boolean: [0, 1],
};

/** Slots that one answer fills together, and what it may put into each of them. */
interface Free {
  readonly slots: readonly number[];
  readonly values: readonly number[];
}

export interface Known {
  readonly panel: Panel;
  readonly compiled: CompiledRule;
  readonly slots: Slots;
  readonly facts: Facts;
  readonly moment: Moment;
  readonly open: OpenQuestions;
}

/** Unanswered questions that would tell an input; none where nobody can, null where it is known. */
export type OpenQuestions = (input: Input) => readonly Question[] | null;

const inputsOf = new WeakMap<Test, readonly Input[]>();

/** Every input that a test reads, each once. */
export function inputsIn(test: Test): readonly Input[] {
  let inputs = inputsOf.get(test);
  if (!inputs) inputsOf.set(test, (inputs = testInputs(test)));
  return inputs;
}

/** Whether a test compares with a number that nobody has entered: then no answer decides it. */
export const lacksNumber = (test: Test, { valueOf }: Panel): boolean =>
  test.kind === 'compare' && test.threshold.kind === 'fixed' && valueOf(test.threshold.param) === null;

/** What the answers still open can make of the condition at a row. `spare` is overwritten. */
export function reachOf(known: Known, row: number, spare: Sheet): Reach {
  const { panel, compiled, slots } = known;
  const { test } = compiled.rows[row]!.part;
  const place = placesOf(panel);
  const free = new Map<unknown, Free>();
  let chosen = test.kind === 'compare' && test.threshold.kind === 'chosen';
  for (const input of inputsIn(test)) {
    const slot = place.get(inputId(input))!;
    if (!Number.isNaN(slots[slot]!)) continue;
    const questions = known.open(input);
    if (!questions || questions.length === 0) continue;
    if (input.kind === 'feature' && input.feature.unit === 'level') chosen = true;
    const together = (input.kind === 'feature' && input.feature.batch?.pass) || slot;
    const before = free.get(together);
    free.set(together, {
      slots: [...(before?.slots ?? []), slot],
      values: before?.values ?? valuesOf(input, questions, known),
    });
  }
  if (free.size === 0) return { canMeet: false, canFail: false };
  // Which threshold will be chosen is not known: any may be.
  if (chosen || free.size > MOST_TRIED) return ANYTHING;
  return tryAll([...free.values()], known, row, spare);
}

function tryAll(free: readonly Free[], known: Known, row: number, spare: Sheet): Reach {
  const { compiled, slots } = known;
  const trial = slots.slice();
  const doubting = doubtingLeaves(known, row);
  let canMeet = false;
  let canFail = false;
  const visit = (at: number): void => {
    if (canMeet && canFail) return;
    if (at < free.length) {
      for (const value of free[at]!.values) {
        for (const slot of free[at]!.slots) trial[slot] = value;
        visit(at + 1);
      }
      return;
    }
    compiled.judge(trial, spare);
    const result = spare.result[row]!;
    if (result === UNMET) canFail = true;
    else if (result === MET || result === WAIVED) canMeet = true;
    // A part that exceeds its whole is not believed at the ends, but may be right between them.
    else if (doubting.some((leaf) => spare.result[leaf]! >= UNKNOWN)) canMeet = canFail = true;
  };
  visit(0);
  return { canMeet, canFail };
}

/** Undivided parts that refuse to judge some figures although all of them can be told. */
function doubtingLeaves(known: Known, row: number): number[] {
  const { panel, compiled, slots, open } = known;
  const { children, part } = compiled.rows[row]!;
  if (children.length > 0) return children.flatMap((child) => doubtingLeaves(known, child));
  const { test } = part;
  if (test.kind !== 'compare' || test.quantity.kind === 'linear' || lacksNumber(test, panel)) return [];
  const place = placesOf(panel);
  const tellable = (input: Input) =>
    !Number.isNaN(slots[place.get(inputId(input))!]!) || (open(input)?.length ?? 0) > 0;
  return inputsIn(test).every(tellable) ? [row] : [];
}

/** What an input can become: by every answer where they can be counted, else the ends of its range. */
function valuesOf(input: Input, questions: readonly Question[], { facts, moment }: Known): readonly number[] {
  const [question, more] = questions;
  const answers = question && !more && input.kind === 'feature' ? answersTo(question) : null;
  if (!answers) return ENDS[unitOf(input)];
  const feature = (input as { feature: Feature }).feature;
  return [...new Set(answers.map((answer) => feature.of(withAnswer(facts, question!.key, answer), moment)))];
}

function answersTo(question: Question): readonly (boolean | string)[] | null {
  if (question.type === 'flag') return [true, false];
  return question.type === 'option' && question.options ? question.options.map(({ value }) => value) : null;
}

function withAnswer(facts: Facts, path: string, value: unknown): Facts {
  const [head = '', ...rest] = path.split('.');
  const node = (facts as unknown as Record<string, unknown>)[head];
  const inner = rest.length === 0 ? value : { ...(node as object | null), [rest.join('.')]: value };
  return { ...facts, [head]: inner };
}
