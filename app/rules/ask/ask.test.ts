import { expect, test } from 'vitest';
import { benchPopulation } from '../../../tests/bench/facts.ts';
import { size } from '../../../tests/size.ts';
import { finishFacts, type Facts } from '../facts/parse.ts';
import type { PlainFacts } from '../facts/schema.ts';
import { assess, SCHEMES } from '../index.ts';
import { askNext, questionsRead } from './ask.ts';
import { alsoAnswers } from './questions.ts';

/** Milliseconds for what goes over a population, also where cores are shared. */
const LONG = size(60_000, 600_000);

const ON = '2026-05-06';
const DIVISION = '';

function at(facts: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | null | undefined)?.[key], facts);
}

function set(facts: object, path: string, value: unknown): void {
  const keys = path.split('.');
  let node = facts as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) node = (node[key] ??= {}) as Record<string, unknown>;
  node[keys.at(-1)!] = value;
}

interface Interview {
  questions: number;
  known: PlainFacts;
  asked: string[];
}

/** Answers what is asked from an enterprise's facts, 不清楚 for what it does not know, until nothing is asked. */
function interview(enterprise: Facts, schemes: string[]): Interview {
  const known: PlainFacts = {};
  const answered = new Set<string>();
  for (;;) {
    const facts = finishFacts(structuredClone(known), {});
    const { next } = askNext({ facts, answered, schemes, division: DIVISION, on: ON });
    if (!next) return { questions: answered.size, known, asked: [...answered] };
    for (const { key } of next.questions) {
      expect(answered.has(key), `asked twice: ${key}`).toBe(false);
      answered.add(key);
      const value = at(enterprise, key);
      if (value == null) continue;
      set(known, key, value);
      const other = alsoAnswers(key);
      if (other) set(known, other, value);
    }
  }
}

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
const ruled = SCHEMES.map(({ id }) => id).filter((id) => questionsRead(id, DIVISION, ON).size > 0);
/** 销售收入 is what 营业收入 is: the form asks once. */
const population = benchPopulation(size(200, 1000)).map((facts) => {
  for (const figures of Object.values(facts.years ?? {})) figures!.salesRevenue = figures!.operatingRevenue;
  return facts;
});

test(
  'half of the questions suffice at the median, one target title at a time',
  () => {
    const shares: number[] = [];
    for (const scheme of ruled) {
      const all = questionsRead(scheme, DIVISION, ON).size;
      const counts = population.map((enterprise) => interview(enterprise, [scheme]).questions);
      shares.push(...counts.map((count) => count / all));
      if (process.env.TIDU_REPORT) process.stdout.write(`${scheme}: median ${median(counts)} of ${all}\n`);
    }
    expect(median(shares)).toBeLessThanOrEqual(0.5);
  },
  LONG,
);

test(
  'all titles together need fewer questions than their rules read',
  () => {
    const all = new Set(ruled.flatMap((scheme) => [...questionsRead(scheme, DIVISION, ON)])).size;
    const counts = population
      .slice(0, size(60, 1000))
      .map((enterprise) => interview(enterprise, []).questions);
    if (process.env.TIDU_REPORT) process.stdout.write(`all: median ${median(counts)} of ${all}\n`);
    expect(median(counts)).toBeLessThan(all);
  },
  LONG,
);

test(
  'when nothing more is asked, the outcome is that of all that the enterprise knows',
  () => {
    for (const enterprise of population.slice(0, 60)) {
      for (const scheme of ['hnte', 'srdi', 'giant', 'tsme']) {
        const { known } = interview(enterprise, [scheme]);
        const short = assess(finishFacts(known, {}), { scheme, action: 'new', on: ON });
        const whole = assess(enterprise, { scheme, action: 'new', on: ON });
        expect(short.ok && short.verdict.outcome).toBe(whole.ok && whole.verdict.outcome);
      }
    }
  },
  LONG,
);

test('a title out of reach is asked about no more, unless every gap is wanted', () => {
  const facts = finishFacts({ years: { 2025: { operatingRevenue: 4_999_999_999 } } }, {});
  const input = { facts, answered: new Set<string>(), schemes: ['giant'], division: '', on: ON };
  expect(askNext(input).next).toBeNull();
  expect(askNext({ ...input, thorough: true }).next).not.toBeNull();
});

test('不清楚 is an answer: what it blocks is asked no more', () => {
  const facts = finishFacts({}, {});
  const first = askNext({ facts, answered: new Set(), schemes: ['hnte'], division: '', on: ON });
  const answered = new Set(['years.2025.techStaff']);
  const after = askNext({ facts, answered, schemes: ['hnte'], division: '', on: ON });
  expect(first.left).toBeGreaterThan(after.left);
  // 职工总数 serves nothing else of 高企.
  for (let i = 0, left = after; left.next && i < 40; i += 1) {
    expect(left.next.questions.map(({ key }) => key)).not.toContain('years.2025.employees');
    left.next.questions.forEach(({ key }) => answered.add(key));
    left = askNext({ facts, answered, schemes: ['hnte'], division: '', on: ON });
  }
});
