import { expect, test } from 'vitest';
import { benchPopulation } from '../../../tests/bench/facts.ts';
import { demoFacts } from '../../../tests/demo-facts.ts';
import { size } from '../../../tests/size.ts';
import { finishFacts, parseFacts, type Facts } from '../facts/parse.ts';
import { assess } from '../index.ts';
import type { ConditionVerdict } from '../verdict.ts';
import { compareCosts, costOf, GRAIN } from './cost.ts';
import { NO_CHANGES, outlook, project, type Changes } from './levers.ts';
import { plansFor, type Plan } from './plan.ts';

/** Milliseconds for what goes over a population, also where cores are shared. */
const LONG = size(120_000, 2_400_000);

const ON = '2026-05-06';
const base = (facts: Facts) => ({ facts, on: ON, inventionYears: 2 });

/** The engine's conditions for a title in a year, with changes made. */
function conditionsAt(facts: Facts, scheme: string, on: string, changes: Changes): ConditionVerdict[] {
  const until = Number(on.slice(0, 4));
  const done = assess(finishFacts(outlook(base(facts), changes, until), {}), { scheme, action: 'new', on });
  if (!done.ok) throw new Error(done.reason);
  return done.verdict.conditions;
}
const judged = (facts: Facts, plan: Plan) => conditionsAt(facts, plan.scheme, plan.on, plan.changes);
const idsOf = (conditions: readonly ConditionVerdict[], ...results: string[]) =>
  conditions.filter(({ result }) => results.includes(result)).map(({ id }) => id);

/** Paths that a lever fills: figures of open years. */
const LEVER = /^years\.(2026|202[7-9]|203\d)\.(rdExpense|mainRevenue|totalLiabilities)$/;
const SCHEMES = ['tsme', 'isme', 'hnte', 'srdi', 'giant'];

test(
  'plans of random enterprises, applied, leave nothing unmet and nothing open that a lever reaches',
  () => {
    let [plans, cheaper] = [0, 0];
    for (const facts of [...benchPopulation(size(20, 500)), ...demoFacts(size(10, 500), ON)]) {
      for (const scheme of SCHEMES) {
        const found = plansFor({ ...base(facts), scheme });
        if (!found.ok) continue;
        plans += 1;
        const { earliest, cheapest } = found;
        expect(earliest.year).toBeLessThanOrEqual(cheapest.year);
        expect(compareCosts(cheapest.cost, earliest.cost)).toBeLessThanOrEqual(0);
        if (cheapest !== earliest) cheaper += 1;
        for (const plan of new Set([earliest, cheapest])) {
          const conditions = judged(facts, plan);
          expect(idsOf(conditions, 'unmet'), scheme).toEqual([]);
          // What stays open misses something that no lever fills: a closed year, revenue, a judgement.
          for (const { id, missing } of conditions.filter(({ result }) => result === 'unknown'))
            expect(
              missing.some((path) => !LEVER.test(path)),
              `${scheme} ${id}: ${missing.join()}`,
            ).toBe(true);
          // A title held first can itself be had in its year with the same changes.
          for (const { scheme: held, grantedOn } of plan.changes.titles) {
            const year = grantedOn.slice(0, 4);
            expect(Number(year)).toBeLessThan(plan.year);
            const day = year === ON.slice(0, 4) ? ON : `${year}${ON.slice(4)}`;
            expect(idsOf(conditionsAt(facts, held, day, plan.changes), 'unmet'), held).toEqual([]);
          }
        }
      }
    }
    expect(plans).toBeGreaterThan(20);
    expect(cheaper).toBeGreaterThan(0);
  },
  LONG,
);

/** Positions of the levers to try, in whole steps: none, half, one step less, exactly as planned, more. */
function gridOf(facts: Facts, plan: Plan, year: number): Changes[] {
  const before = project(base(facts), year);
  let grid: Changes[] = [
    { ...NO_CHANGES, titles: plan.changes.titles.filter(({ grantedOn }) => grantedOn < `${year}`) },
  ];
  const spread = (of: (changes: Changes) => Changes[]) => void (grid = grid.flatMap(of));
  for (let of = 2026; of < year; of += 1) {
    for (const key of ['rdExpense', 'mainRevenue', 'totalLiabilities'] as const) {
      const start = before[of]?.[key];
      if (start == null || (key !== 'rdExpense' && of !== year - 1)) continue;
      const planned = plan.changes.figures[`${of}.${key}`];
      const whole = before[of]?.operatingRevenue ?? Number.POSITIVE_INFINITY;
      const values =
        key === 'totalLiabilities'
          ? [
              start - Math.floor(start / 2 / GRAIN) * GRAIN,
              ...(planned === undefined ? [] : [planned, planned + GRAIN]),
            ]
          : [
              start + 300 * GRAIN,
              start + Math.ceil(start / GRAIN) * GRAIN,
              ...(planned === undefined ? [] : [planned, planned - GRAIN]),
            ];
      const fit = values.filter((value) =>
        key === 'mainRevenue' ? value <= whole && value > start : value >= 0,
      );
      spread((changes) => [
        changes,
        ...fit.map((value) => ({ ...changes, figures: { ...changes.figures, [`${of}.${key}`]: value } })),
      ]);
    }
  }
  if (year >= 2028)
    spread((changes) =>
      [...new Set([0, 1, 3, 4, plan.changes.inventions])].map((inventions) => ({ ...changes, inventions })),
    );
  if (year > 2026)
    spread((changes) =>
      [0, 5, 20].map((millions) =>
        millions ? { ...changes, equity: { [year - 1]: millions * 100_000_000 } } : changes,
      ),
    );
  return grid;
}

test(
  'no position on a grid of the levers does it cheaper, or in an earlier year',
  () => {
    let [tried, possible] = [0, 0];
    for (const facts of [...benchPopulation(size(4, 250)), ...demoFacts(size(3, 250), ON)]) {
      for (const scheme of SCHEMES) {
        const found = plansFor({ ...base(facts), scheme, horizon: 3 });
        if (!found.ok) continue;
        const met = idsOf(judged(facts, found.earliest), 'met', 'waived');
        const before = project(base(facts), 2029);
        for (let year = 2026; year <= 2029; year += 1) {
          const on = `${year}${ON.slice(4)}`;
          const points = gridOf(facts, found.cheapest, year);
          const every = Math.max(1, Math.floor(points.length / size(300, 120)));
          for (const changes of points.filter((_, i) => i % every === 0)) {
            tried += 1;
            const conditions = conditionsAt(facts, scheme, on, changes);
            if (idsOf(conditions, 'unmet').length > 0) continue;
            if (met.some((id) => !idsOf(conditions, 'met', 'waived').includes(id))) continue;
            const held = changes.titles.every(({ scheme: of, grantedOn }) => {
              const day = grantedOn.startsWith('2026') ? ON : `${grantedOn.slice(0, 4)}${ON.slice(4)}`;
              return idsOf(conditionsAt(facts, of, day, changes), 'unmet').length === 0;
            });
            if (!held) continue;
            possible += 1;
            const told = `${scheme} ${year} ${JSON.stringify(changes)} against ${JSON.stringify(found)}`;
            expect(year, told).toBeGreaterThanOrEqual(found.earliest.year);
            const cost = costOf(changes, before, {});
            expect(compareCosts(cost, found.cheapest.cost), told).toBeGreaterThanOrEqual(0);
            if (year === found.earliest.year)
              expect(compareCosts(cost, found.earliest.cost), told).toBeGreaterThanOrEqual(0);
          }
        }
      }
    }
    expect(tried).toBeGreaterThan(500);
    expect(possible).toBeGreaterThan(50);
  },
  LONG,
);

test(
  'a veto is never relaxed',
  () => {
    for (const facts of benchPopulation(size(10, 100))) {
      const guilty = (on: string) =>
        ({ ...facts, conduct: [{ kind: 'safety', severity: 'extraordinary', on, until: null }] }) as Facts;
      for (const [facts_, from, to] of [
        [guilty('2030-01-01'), 0, 2029],
        [guilty('2026-01-01'), 2029, 9999],
      ] as const) {
        const found = plansFor({ ...base(facts_), scheme: 'giant' });
        if (!found.ok) continue;
        for (const plan of [found.earliest, found.cheapest]) {
          expect(plan.year).toBeGreaterThanOrEqual(from);
          if (plan.year <= 2030) expect(plan.year).toBeLessThanOrEqual(to);
          expect(judged(facts_, plan).filter(({ id }) => id === 'clean-record')[0]?.result).toBe('met');
        }
      }
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
const planOf = (facts: Facts, scheme = 'giant') => {
  const found = plansFor({ ...base(facts), scheme });
  if (!found.ok) throw new Error(`${found.reason}: ${found.blocking.join()}`);
  return found.earliest;
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
  const plan = planOf(facts, 'srdi');
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
  expect(idsOf(judged(facts, plan), 'unmet')).toEqual([]);
});

/** All of 专精特新 but the revenue: 1,000 万元 in 2025 and after. */
const small = (since = '2016-01-01'): Facts => {
  const year = { operatingRevenue: 10_000_000, mainRevenue: 9_500_000, rdExpense: 2_000_000 };
  const rest = { totalAssets: 20_000_000, totalLiabilities: 5_000_000, employees: 40 };
  const right = { kind: 'invention', grantedOn: '2024-01-01', obtainedBy: 'own', transferredOn: null };
  const parsed = parseFacts({
    industry: '3990',
    years: { 2024: { ...year, ...rest }, 2025: { ...year, ...rest }, 2026: { developmentScore: 70 } },
    intellectualProperty: [{ ...right, rightHolderRank: 1, relatedToMainProduct: true, applied: true }],
    titles: [{ scheme: 'isme', grantedOn: '2025-06-01', validUntil: '2035-05-31', status: 'valid' }],
    niche: { since, marketShare: 0.2, wellKnown: true },
    conduct: [],
    financing: [],
    awards: [],
    rdInstitutions: [],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.facts;
};

test('equity stands in for revenue: the least that the text asks for, in a year that counts', () => {
  const plan = planOf(small(), 'srdi');
  // 2,000 万元 over the two fiscal years before the application; a round begun in May is paid in by the year's end.
  expect(plan).toMatchObject({ year: 2027, changes: { equity: { 2026: 2000 * WAN } } });
  expect(plan.steps).toContainEqual({ kind: 'equity', amount: 2000 * WAN, by: '2026-12-31' });
  expect(plan.open).toEqual([]);
  const slow = plansFor({ ...base(small()), scheme: 'srdi', equityMonths: 12 });
  expect(slow.ok && slow.earliest.year).toBe(2028);
});

test('a call that is over this year moves a title, and one that needs it, to the next', () => {
  const facts = { ...growing(3_000_000), titles: [] } as Facts;
  const years = (closed: string[]) => {
    const found = plansFor({ ...base(facts), scheme: 'srdi', closed: new Set(closed) });
    return found.ok && [found.earliest.year, found.earliest.notBefore];
  };
  const [open] = years([]) as [number];
  expect(open).toBe(2027);
  expect((years(['tsme', 'isme']) as [number])[0]).toBe(2028);
  const found = plansFor({ ...base(small()), scheme: 'scaleUp', closed: new Set(['scaleUp']) });
  expect(found.ok ? found.earliest.year : found.reason).not.toBe(2026);
});

test('years in the niche are waited for', () => {
  const plan = planOf(small('2024-07-01'), 'srdi');
  // Three full years at the end of 2027: the application of 2028.
  expect(plan.year).toBe(2028);
  expect(plan.steps[0]).toEqual({ kind: 'wait', label: '截至上年末从事特定细分市场时间' });
});

test('prices decide between a right and research, and what the cheapest year is', () => {
  // 高企 would do for 科小 too, but is not held; the score lacks ten points.
  const parsed = parseFacts({
    residentEnterprise: true,
    restrictedProducts: false,
    conduct: [],
    titles: [],
    intellectualProperty: [],
    awards: [],
    standards: [],
    rdInstitutions: [],
    years: {
      2025: {
        employees: 100,
        techStaff: 30,
        salesRevenue: 10_000_000,
        operatingRevenue: 10_000_000,
        totalAssets: 10_000_000,
        costAndExpenses: 9_000_000,
        rdExpense: 300_000,
      },
    },
  });
  const facts = parsed.ok ? parsed.facts : finishFacts({}, {});
  const bought = plansFor({ ...base(facts), scheme: 'tsme', prices: { invention: 100 * WAN } });
  // 20 for staff; research of 5 % gives 40 more in the next year.
  expect(bought).toMatchObject({
    ok: true,
    earliest: { year: 2027, changes: { figures: { '2026.rdExpense': 50 * WAN }, inventions: 0 } },
    cheapest: { year: 2027, cost: { money: 20 * WAN } },
  });
  const patent = plansFor({ ...base(facts), scheme: 'tsme', prices: { invention: 3 * WAN } });
  // One right gives 30, research of 3 % another 20 as it is: cheaper, but it takes two years to be granted.
  expect(patent).toMatchObject({
    ok: true,
    earliest: { year: 2027, cost: { money: 20 * WAN } },
    cheapest: { year: 2028, cost: { money: 3 * WAN }, changes: { figures: {}, inventions: 1 } },
  });
});
