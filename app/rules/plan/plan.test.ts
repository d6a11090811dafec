import { expect, test } from 'vitest';
import { benchPopulation } from '../../../tests/bench/facts.ts';
import { size } from '../../../tests/size.ts';
import { finishFacts, parseFacts, type Facts } from '../facts/parse.ts';
import { assess } from '../index.ts';
import type { ConditionVerdict } from '../verdict.ts';
import { outlook } from './levers.ts';
import { planFor, type Plan } from './plan.ts';

/** Milliseconds for what goes over a population, also where cores are shared. */
const LONG = size(60_000, 600_000);

const ON = '2026-05-06';
const base = (facts: Facts) => ({ facts, on: ON, inventionYears: 2 });

function judged(facts: Facts, plan: Plan & { ok: true }): ConditionVerdict[] {
  const done = assess(finishFacts(outlook(base(facts), plan.changes, plan.year), {}), {
    scheme: plan.scheme,
    action: 'new',
    on: plan.on,
  });
  if (!done.ok) throw new Error(done.reason);
  return done.verdict.conditions;
}

/** Own class Ⅰ rights, R&D of the years to come: what the levers reach, whatever else is not known. */
const REACHED = ['rd-total', 'rd-each-year', 'main-revenue-share', 'debt-ratio', 'base-title'];

test(
  'plans of random enterprises, applied, leave nothing unmet',
  () => {
    let plans = 0;
    for (const facts of benchPopulation(size(60, 500))) {
      for (const scheme of ['hnte', 'srdi', 'giant']) {
        const plan = planFor({ ...base(facts), scheme });
        if (!plan.ok) continue;
        plans += 1;
        const conditions = judged(facts, plan);
        expect(conditions.filter(({ result }) => result === 'unmet').map(({ id }) => id)).toEqual([]);
        const unknown = conditions.filter(({ result, id }) => result === 'unknown' && REACHED.includes(id));
        // Something that no lever reaches (a figure of a closed year, revenue) must be missing too.
        const lever = /^years\.(2026|202[7-9]|203\d)\.(rdExpense|mainRevenue|totalLiabilities)$/;
        for (const { id, missing } of unknown)
          expect(
            missing.some((path) => !lever.test(path)),
            `${scheme} ${id}: ${missing.join()}`,
          ).toBe(true);
      }
    }
    expect(plans).toBeGreaterThan(10);
  },
  LONG,
);

test(
  'a veto is never relaxed',
  () => {
    for (const facts of benchPopulation(20)) {
      const guilty = {
        ...facts,
        conduct: [{ kind: 'safety', severity: 'extraordinary', on: '2030-01-01', until: null }],
      } as Facts;
      const plan = planFor({ ...base(guilty), scheme: 'giant' });
      if (plan.ok) expect(plan.year).toBeLessThan(2030);
      else expect(plan.ok).toBe(false);
      const now = {
        ...facts,
        conduct: [{ kind: 'safety', severity: 'extraordinary', on: '2026-01-01', until: null }],
      } as Facts;
      const later = planFor({ ...base(now), scheme: 'giant' });
      if (later.ok) expect(later.year).toBeGreaterThanOrEqual(2029);
    }
  },
  LONG,
);

/** A giant in the making; revenue of the years to come is its own forecast. */
const growing = (rd2025: number): Facts => {
  const rest = {
    mainRevenue: 54_000_000,
    totalAssets: 80_000_000,
    totalLiabilities: 20_000_000,
    employees: 100,
  };
  const revenue = (amount: number) => ({ ...rest, operatingRevenue: amount, mainRevenue: amount * 0.95 });
  const parsed = parseFacts({
    industry: '3990',
    years: {
      2023: { ...revenue(50_000_000), rdExpense: 3_000_000 },
      2024: { ...revenue(55_000_000), rdExpense: 3_000_000 },
      2025: { ...revenue(60_000_000), rdExpense: rd2025 },
      2026: { ...revenue(70_000_000), developmentScore: 80 },
      2027: revenue(80_000_000),
      2028: revenue(90_000_000),
    },
    conduct: [],
    intellectualProperty: [],
    titles: [{ scheme: 'srdi', grantedOn: '2025-06-01', validUntil: '2035-05-31', status: 'valid' }],
    niche: { since: '2016-01-01', marketShare: 0.2, wellKnown: true, keyField: true },
    awards: [],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.facts;
};
const planOf = (facts: Facts) => {
  const plan = planFor({ ...base(facts), scheme: 'giant' });
  if (!plan.ok) throw new Error(`${plan.reason}: ${plan.blocking.join()}`);
  return plan;
};
const WAN = 1_000_000;

test('not before 2028, because 2025 is already too low: closed years stay', () => {
  // 1,000,000 of 60,000,000 is 1.67 %, below the 3 % that each of the two years before needs.
  const plan = planOf(growing(1_000_000));
  expect(plan.year).toBe(2028);
  expect(plan.notBefore).toContain('近两年每年研发费用占营业收入比重');
  expect(plan.open).toEqual([]);
  // 1,200 万元 over 2026 and 2027, own patents applied for now and granted in two years, four of them.
  const spent = ['2026.rdExpense', '2027.rdExpense'].map(
    (place) => plan.changes.figures[place] ?? 1_000_000 * 100,
  );
  expect(spent.reduce((sum, amount) => sum + amount, 0)).toBe(1200 * WAN);
  expect(plan.changes.inventions).toBe(4);
  expect(
    judged(growing(1_000_000), plan).filter(({ result }) => result !== 'met' && result !== 'waived'),
  ).toEqual([]);
});

test(
  'on a grid of R&D in both years and of patents, nothing less would do',
  () => {
    const facts = growing(1_000_000);
    const plan = planOf(facts);
    const total = ['2026.rdExpense', '2027.rdExpense'].reduce(
      (sum, place) => sum + (plan.changes.figures[place] ?? 100 * WAN),
      0,
    );
    let feasible = 0;
    for (let first = 100; first <= 1300; first += 50) {
      for (let second = 100; second <= 1300; second += 50) {
        for (const inventions of [0, 3, 4]) {
          const figures = { '2026.rdExpense': first * WAN, '2027.rdExpense': second * WAN };
          const met = judged(facts, { ...plan, changes: { ...plan.changes, figures, inventions } });
          if (met.some(({ result }) => result === 'unmet')) continue;
          feasible += 1;
          expect((first + second) * WAN).toBeGreaterThanOrEqual(total);
          expect(inventions).toBeGreaterThanOrEqual(plan.changes.inventions);
        }
      }
    }
    expect(feasible).toBeGreaterThan(0);
  },
  LONG,
);

test('a title that must be held first is planned before it', () => {
  const facts = { ...growing(3_000_000), titles: [] } as Facts;
  const plan = planFor({ ...base(facts), scheme: 'srdi' });
  if (!plan.ok) throw new Error(plan.blocking.join());
  const [held] = plan.changes.titles;
  expect(['tsme', 'isme']).toContain(held?.scheme);
  expect(Number(held!.grantedOn.slice(0, 4))).toBeLessThan(plan.year);
});

test('the title held first may itself wait for another, and is renewed until it is needed', () => {
  const facts = { ...growing(3_000_000), titles: [] } as Facts;
  const plan = planOf(facts);
  const schemes = plan.changes.titles.map(({ scheme }) => scheme);
  expect(schemes.at(-1)).toBe('srdi');
  expect(['tsme', 'isme']).toContain(schemes[0]);
  expect(judged(facts, plan).filter(({ result }) => result === 'unmet')).toEqual([]);
});
