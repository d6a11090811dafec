/** What must hold of every rule whatever the facts. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyFacts } from '../any-facts.ts';
import { size } from '../size.ts';
import { parseFacts, type Facts } from '../../app/rules/facts/parse.ts';
import { addDays, addYears, daysBetween, isDay } from '../../app/rules/day.ts';
import { RULES } from '../../app/rules/index.ts';
import { companyJson, conditionOf, type Json, verdictOf } from './company.ts';
import { contradictions, judgeAll } from './judging.ts';

type Node = Record<string, unknown>;
const parsed = (json: unknown): Facts | null => {
  const read = parseFacts(structuredClone(json));
  return read.ok ? read.facts : null;
};

/** The complete company with its figures changed at random, so that verdicts lie on both sides. */
const perturbed = fc
  .tuple(
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 0.01, 0.1, 0.5, 0.9, 1.1, 2, 10)), { maxLength: 12 }),
    fc.integer({ min: 2005, max: 2020 }),
    fc.array(
      fc.record({
        kind: fc.constantFrom('safety', 'quality', 'tax', 'abnormalList'),
        severity: fc.constantFrom('minor', 'larger', 'major'),
        on: fc.constantFrom('2020-01-01', '2024-06-01', '2026-01-01'),
      }),
      { maxLength: 1 },
    ),
    fc.boolean(),
  )
  .map(([changes, registered, conduct, listed]) => {
    const json = companyJson() as Node;
    json.registeredOn = `${registered}-03-12`;
    json.conduct = conduct;
    if (listed) json.listing = { status: 'listed' };
    const figures = Object.values(json.years as Node).flatMap((year) =>
      Object.keys(year as Node).map((key) => [year as Node, key] as const),
    );
    for (const [at, factor] of changes) {
      const [year, key] = figures[at % figures.length]!;
      const value = Number(year[key]) * factor;
      year[key] = key === 'developmentScore' ? Math.min(100, Math.round(value)) : Math.round(value);
    }
    return json;
  });
/** Arbitrary facts, but registered before the years they speak of. */
const arbitrary = anyFacts.map((json) => ({ ...structuredClone(json), registeredOn: '2010-05-05' }) as Node);
const enterprises = fc.oneof(perturbed, arbitrary);

/**
 * Keys whose absence says something else than "not known": what has not happened, and values for which another
 * legal basis, another figure or the computed points then stand in.
 */
const NOT_DELETED =
  /(^|\.)(transferredOn|usedInHnteApplicationOn|until|sizeIndustry|rdExpenseBy|rdItems|techStaffBy|rdExpense|operatingRevenue|ipCount|acquisition|conversion)(\.|$)|^listing\.on$/;

/** Paths of everything that can be deleted; entries of lists stay, their keys may go. */
function pathsOf(node: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    const own = [...path, key];
    const deeper = pathsOf(value, own);
    return Array.isArray(node) || NOT_DELETED.test(own.join('.')) || 'value' in (node as Node)
      ? deeper
      : [own, ...deeper];
  });
}
function without(json: Node, path: readonly string[]): Node {
  const copy = structuredClone(json);
  let node = copy;
  for (const key of path.slice(0, -1)) node = node[key] as Node;
  delete node[path.at(-1)!];
  return copy;
}

/** Conditions and outcomes that came to be met though a fact went missing. */
function gained(before: ReturnType<typeof judgeAll>, after: ReturnType<typeof judgeAll>): string[] {
  const good = (result: string | undefined) => result === 'met' || result === 'waived';
  return after.flatMap((now, i) => {
    const was = before[i]!;
    const conditions = Object.entries(now.conditions).filter(
      ([id, result]) => good(result) && !good(was.conditions[id]),
    );
    const outcome = now.outcome === 'eligible' && was.outcome !== 'eligible' ? ['eligible'] : [];
    return [...conditions.map(([id]) => id), ...outcome].map((what) => `${now.rule} ${what}`);
  });
}

test(
  'deleting any fact never turns an open or unmet condition into a met one, nor an outcome into eligible',
  { timeout: 600_000 },
  () => {
    fc.assert(
      fc.property(enterprises, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), (json, picks) => {
        const paths = pathsOf(json);
        const before = parsed(json);
        if (paths.length === 0 || !before) return;
        const old = judgeAll(before);
        for (const pick of picks) {
          const path = paths[pick % paths.length]!;
          const after = parsed(without(json, path));
          if (after) expect(gained(old, judgeAll(after)), `without ${path.join('.')}`).toEqual([]);
        }
      }),
      { numRuns: size(400, 30_000) },
    );
  },
);

test('nothing known: nothing met, nothing eligible', () => {
  for (const { rule, outcome, conditions } of judgeAll(parsed({})!)) {
    expect(outcome, rule).toBe('undetermined');
    for (const result of Object.values(conditions)) expect(['unknown', 'manual']).toContain(result);
  }
});

test('the outcome is what the conditions say', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(enterprises, (json) => {
      const facts = parsed(json);
      if (facts) expect(contradictions(judgeAll(facts))).toEqual([]);
    }),
    { numRuns: size(500, 20_000) },
  );
});

/** The same facts with lists and keys in another order. */
function shuffled(node: unknown, random: () => number): unknown {
  if (typeof node !== 'object' || node === null) return node;
  const mix = <T>(items: T[]) =>
    items
      .map((item) => [random(), item] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, item]) => item);
  if (Array.isArray(node)) return mix(node.map((item) => shuffled(item, random)));
  return Object.fromEntries(mix(Object.entries(node)).map(([key, value]) => [key, shuffled(value, random)]));
}

test('the order of list entries and of keys does not matter', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(
      enterprises,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (json, stream) => {
        const [before, after] = [parsed(json), parsed(shuffled(json, () => stream.next().value as number))];
        if (before && after) expect(judgeAll(after)).toEqual(judgeAll(before));
      },
    ),
    { numRuns: size(300, 10_000) },
  );
});

describe('more is never worse, other things equal', { timeout: 600_000 }, () => {
  const money = fc.integer({ min: 1, max: 10_000_000_000 }).map((cents) => cents / 100);
  /** The result with a figure of 2025 as given and a little more. */
  const both = (rule: string, id: string, make: (value: number) => Json, value: number, more: number) =>
    [value, value + more].map(
      (v) => conditionOf(verdictOf(make(Math.round(v * 100) / 100), rule), id).result,
    );

  test.each([
    ['hnte@2016', 'rd-intensity'],
    ['srdi@2022', 'rd-share'],
    ['srdi@2026', 'rd-each-year'],
    ['giant@2026', 'rd-total'],
    ['giant@2022', 'innovation'],
    ['tsme@2017', 'score-or-direct'],
    ['isme@2022', 'score-or-direct'],
  ] as const)('%s %s: more R&D never turns met into unmet at constant revenue', (rule, id) => {
    fc.assert(
      fc.property(money, money, money, (revenue, rd, more) => {
        const make = (value: number): Json => {
          const json = { ...companyJson(), titles: [], awards: [], rdInstitutions: [], financing: [] };
          Object.assign(json.years!['2025']!, {
            salesRevenue: revenue,
            operatingRevenue: revenue,
            rdExpense: value,
          });
          return json;
        };
        const [first, second] = both(rule, id, make, rd, more);
        if (first === 'met') expect(second).toBe('met');
      }),
      { numRuns: size(60, 1000) },
    );
  });

  test.each([
    ['hnte@2016', 'tech-staff-share', 'techStaff'],
    ['hnte@2016', 'hi-tech-income-share', 'hiTechIncome'],
    ['giant@2026', 'main-revenue-share', 'mainRevenue'],
    ['giant@2026', 'development-score', 'developmentScore'],
  ] as const)('%s %s: more %s never turns met into unmet', (rule, id, key) => {
    const most = {
      techStaff: 120,
      hiTechIncome: 130_000_000,
      mainRevenue: 130_000_000,
      developmentScore: 100,
    }[key];
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b) => {
          const make = (value: number): Json => {
            const json = companyJson();
            json.years![key === 'developmentScore' ? '2026' : '2025']![key] = value;
            return json;
          };
          const low = Math.min(a, b) * most;
          const [first, second] = both(rule, id, make, low, Math.abs(a - b) * most);
          if (first === 'met') expect(second).toBe('met');
        },
      ),
      { numRuns: size(60, 1000) },
    );
  });

  test('the inverse suffices: with the target it names the condition is met', () => {
    const rows = [
      ['hnte@2016', 'rd-intensity', 'rdExpense'],
      ['hnte@2016', 'tech-staff-share', 'techStaff'],
      ['srdi@2026', 'revenue', 'operatingRevenue'],
      ['giant@2026', 'revenue-cagr', 'operatingRevenue'],
      ['giant@2026', 'rd-total', 'rdExpense'],
    ] as const;
    fc.assert(
      fc.property(fc.constantFrom(...rows), fc.integer({ min: 1, max: 12_000 }), ([rule, id, key], share) => {
        const json = { ...companyJson(), financing: [] };
        const figures = json.years!['2025']!;
        figures[key] = Math.round((Number(figures[key]) * share) / 100) / 100;
        const condition = conditionOf(verdictOf(json, rule), id);
        if (condition.result !== 'unmet') return;
        expect(condition.inverse).not.toBeNull();
        figures[key] = condition.inverse!.target;
        expect(conditionOf(verdictOf(json, rule), id).result).toBe('met');
      }),
      { numRuns: size(200, 1000) },
    );
  });
});

/** Days of an enterprise's life moved about, so that expiries and anniversaries fall within the year. */
const dated = fc
  .tuple(
    perturbed,
    fc.array(fc.tuple(fc.nat(), fc.integer({ min: -400, max: 240 })), { minLength: 4, maxLength: 16 }),
  )
  .map(([json, moves]) => {
    const copy: Node = structuredClone(json);
    copy.titles = (copy.titles as Node[]).slice(1);
    copy.rdInstitutions = [];
    copy.awards = [{ kind: 'scienceAndTechnology', level: 'national', rank: 2, on: '2024-06-01' }];
    copy.standards = [{ level: 'national', role: 'lead', on: '2022-06-01' }];
    const days = pathsOf(copy)
      .map((path) => ({ path, node: path.slice(0, -1).reduce<Node>((n, key) => n[key] as Node, copy) }))
      .filter(({ path, node }) => isDay(node[path.at(-1)!]));
    for (const [pick, offset] of moves) {
      const { path, node } = days[pick % days.length]!;
      // A day of this year or the last, or its anniversary three, five or ten years ago.
      node[path.at(-1)!] = addYears(addDays('2026-05-06', offset), -[0, 1, 2, 3, 5, 9, 10][pick % 7]!);
    }
    return copy;
  });

/** Results of a condition and of its parts. */
const linesOf = ({ result, parts }: ReturnType<typeof conditionOf>) =>
  [result, ...parts.map((p) => p.result)].join(' ');

test('a verdict holds until the day it names, if no fact changes', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(dated, fc.nat(364), fc.nat(), (json, day, pick) => {
      const facts = parsed(json);
      if (!facts) return;
      const on = addDays('2026-01-01', day);
      for (const rule of RULES) {
        const first = verdictOf(facts, rule.id, { on });
        expect(first.holdsUntil >= on, `${rule.id}: ${first.holdsUntil} before ${on}`).toBe(true);
        const span = daysBetween(on, first.holdsUntil);
        for (const later of [addDays(on, pick % (span + 1)), first.holdsUntil]) {
          const then = verdictOf(facts, rule.id, { on: later });
          const differing = first.conditions
            .filter((c, i) => linesOf(c) !== linesOf(then.conditions[i]!))
            .map((c) => c.id);
          expect(
            differing,
            `${rule.id} on ${on}, said to hold until ${first.holdsUntil}, is another on ${later}`,
          ).toEqual([]);
        }
      }
    }),
    { numRuns: size(40, 3000) },
  );
});
