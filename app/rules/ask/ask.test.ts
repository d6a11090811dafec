import { expect, test } from 'vitest';
import { benchPopulation } from '../../../tests/bench/facts.ts';
import { demoFacts } from '../../../tests/demo-facts.ts';
import { size } from '../../../tests/size.ts';
import { finishFacts, type Facts } from '../facts/parse.ts';
import type { PlainFacts } from '../facts/schema.ts';
import { assess, momentOf, RULE_BY_ID, SCHEMES, selectRule } from '../index.ts';
import { testInputs } from '../engine/walk.ts';
import { askNext, questionsRead } from './ask.ts';
import { alsoAnswers } from './questions.ts';

/** Milliseconds for what goes over a population, also where cores are shared. */
const LONG = size(60_000, 600_000);

const ON = '2026-11-22';
const DIVISION = '';
const [YEAR, BEFORE] = [2025, 2024];

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
function interview(enterprise: Facts, schemes: string[], division = DIVISION): Interview {
  const known: PlainFacts = {};
  const answered = new Set<string>();
  for (;;) {
    const facts = finishFacts(structuredClone(known), {});
    const { next } = askNext({ facts, answered, schemes, division, on: ON });
    if (!next) return { questions: answered.size, known, asked: [...answered] };
    expect(next.questions.length).toBeGreaterThan(0);
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

/** Facts whose presence turns a rule to another fact: every kind of industry, figures on the schemes' own bases. */
const VARIANTS: readonly Facts[] = [
  {},
  ...[
    '0111',
    '3990',
    '4710',
    '5110',
    '5210',
    '5440',
    '6110',
    '6311',
    '6513',
    '7010',
    '7020',
    '7211',
    '7510',
    '8010',
    '8510',
  ].map((industry) => ({ industry })),
  ...(['hnte', 'deduction', 'accounting'] as const).map((basis) => ({
    years: Object.fromEntries(
      [YEAR, BEFORE, BEFORE - 1].map((year) => [year, { rdExpenseBy: { [basis]: 1 } }]),
    ),
  })),
  ...(['hnte', 'tsme'] as const).map((basis) => ({ years: { [YEAR]: { techStaffBy: { [basis]: 1 } } } })),
].map((plain) => finishFacts(plain as PlainFacts, {}));

/** Every fact that a title's rule reads, a list as one; also those that only a person can tell. */
function factsRead(scheme: string, division = DIVISION): Set<string> {
  const found = selectRule(scheme, 'new', ON, division || null);
  const rule = found.ok ? RULE_BY_ID.get(found.rule) : undefined;
  const moment = momentOf(ON, 'new');
  const inputs = (rule?.conditions ?? []).flatMap(({ test: of }) => testInputs(of));
  return new Set(
    VARIANTS.flatMap((facts) =>
      inputs.flatMap((input) =>
        input.kind === 'figure'
          ? [`years.${moment.year + input.offset}.${input.key}`]
          : [...input.feature.reads(moment, facts)],
      ),
    ),
  );
}

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
const report = (line: string) => void (process.env.TIDU_REPORT && process.stdout.write(`${line}\n`));
const ruled = (division: string) =>
  SCHEMES.map(({ id }) => id).filter((id) => questionsRead(id, division, ON).size > 0);
const demo = demoFacts(size(120, 1000), ON);

/**
 * Titles for which half of the boxes of the form cannot do, and why: an enterprise that fails nothing must tell every
 * figure of every condition. 高企: one fails in six by what it can answer itself, the others have 20 of 27 to tell
 * until nothing can fail any more. 单项冠军: 3 years of revenue and the titles that choose the line. 小升规: the
 * industry and its one revenue are all that there is.
 */
const NOT_BY_BOXES = new Set(['hnte', 'champion', 'scaleUp']);

test.each(['', '440400'])(
  'half of the facts that a rule reads suffice at the median of the demo park, for each title, in “%s”',
  (division) => {
    for (const scheme of ruled(division)) {
      const boxes = questionsRead(scheme, division, ON).size;
      const facts = factsRead(scheme, division).size;
      const counts = demo.map((enterprise) => interview(enterprise, [scheme], division).questions);
      const half = median(counts);
      report(`${scheme} in “${division}”: median ${half} of ${facts} facts, of ${boxes} boxes`);
      expect(half / facts, `${scheme}: ${half} of ${facts} facts`).toBeLessThanOrEqual(0.5);
      if (!NOT_BY_BOXES.has(scheme))
        expect(half / boxes, `${scheme}: ${half} of ${boxes} boxes`).toBeLessThanOrEqual(0.5);
    }
  },
  LONG,
);

test(
  'all titles together need fewer questions than their rules read',
  () => {
    const titles = ruled(DIVISION);
    const boxes = new Set(titles.flatMap((scheme) => [...questionsRead(scheme, DIVISION, ON)])).size;
    const facts = new Set(titles.flatMap((scheme) => [...factsRead(scheme)])).size;
    const some = demo.slice(0, size(60, 1000));
    const half = median(some.map((enterprise) => interview(enterprise, []).questions));
    report(`all: median ${half} of ${facts} facts, of ${boxes} boxes`);
    expect(half).toBeLessThan(boxes * 0.75);
    expect(half).toBeLessThanOrEqual(facts / 2);
  },
  LONG,
);

/** 销售收入 is what 营业收入 is: the form asks once. */
const bench = benchPopulation(size(60, 600)).map((facts) => {
  for (const figures of Object.values(facts.years ?? {})) figures!.salesRevenue = figures!.operatingRevenue;
  return facts;
});

test(
  'when nothing more is asked, no more knowledge changes the outcome',
  () => {
    for (const enterprise of [...bench, ...demo.slice(0, size(60, 1000))]) {
      for (const scheme of ruled(DIVISION)) {
        const { known } = interview(enterprise, [scheme]);
        const short = assess(finishFacts(known, {}), { scheme, action: 'new', on: ON });
        const whole = assess(enterprise, { scheme, action: 'new', on: ON });
        expect(short.ok && short.verdict.outcome, scheme).toBe(whole.ok && whole.verdict.outcome);
      }
    }
  },
  LONG,
);

test('a rule whose numbers nobody has entered asks nothing that cannot matter', () => {
  const facts = finishFacts({}, {});
  for (const scheme of ['gazelle', 'unicorn', 'unicornPotential', 'unicornSeed']) {
    const { next, open } = askNext({
      facts,
      answered: new Set(),
      schemes: [scheme],
      division: '440400',
      on: ON,
    });
    expect(next, scheme).toBeNull();
    expect(open.size).toBe(0);
  }
});

test('what can no longer fail is not asked about where no answer secures the title', () => {
  // 高企 needs the experts' score: no answer makes it eligible, and enough conversions keep it from failing.
  const facts = finishFacts(
    {
      registeredOn: '2015-01-01',
      intellectualProperty: [
        { kind: 'invention', grantedOn: '2021-05-01', obtainedBy: 'own', relatedToMainProduct: true },
      ],
      conversions: { 2023: 5, 2024: 5, 2025: 5 },
    } as PlainFacts,
    {},
  );
  const asked = interview({ ...facts, ...({ years: {} } as object) }, ['hnte']).asked;
  expect(asked).not.toContain('techField');
  expect(asked).not.toContain('years.2025.totalAssets');
  const few = finishFacts({ ...facts, conversions: { 2023: 0, 2024: 0, 2025: 1 } }, {});
  expect(interview(few, ['hnte']).asked).toContain('years.2025.totalAssets');
});

test('a title out of reach is asked about no more, unless every gap is wanted', () => {
  const facts = finishFacts({ years: { 2025: { operatingRevenue: 4_999_999_999 } } }, {});
  const input = { facts, answered: new Set<string>(), schemes: ['giant'], division: DIVISION, on: ON };
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
