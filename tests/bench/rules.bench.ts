/** Explained verdicts of 高企 (without the innovation score) and 专精特新: the engine against others, on the same facts. */
import { Engine } from 'json-rules-engine';
import { ZenEngine } from '@gorules/zen-engine';
import { compilePanel } from '../../app/rules/engine/compile.ts';
import { RESULTS } from '../../app/rules/engine/sheet.ts';
import type { Facts } from '../../app/rules/facts/parse.ts';
import { momentOf } from '../../app/rules/index.ts';
import { hnte2016 } from '../../app/rules/national/hnte-2016.ts';
import { srdi2026 } from '../../app/rules/national/srdi-2026.ts';
import { benchPopulation } from './facts.ts';
import { hnteByHand, srdiByHand } from './handwritten.ts';
import { median, type Benchmark, type BenchmarkOptions } from './benchmark.ts';

const ON = '2026-05-06';
const RULES = [
  { ...hnte2016, conditions: hnte2016.conditions.filter((c) => c.id !== 'innovation-score') },
  srdi2026,
];
const WIDTH = RULES.reduce((n, rule) => n + rule.conditions.length, 0);

/** What each side must produce for every enterprise and condition. */
interface Output {
  result: Uint8Array;
  actual: Float64Array;
  required: Float64Array;
  gap: Float64Array;
}
const output = (count: number): Output => ({
  result: new Uint8Array(count * WIDTH),
  actual: new Float64Array(count * WIDTH),
  required: new Float64Array(count * WIDTH),
  gap: new Float64Array(count * WIDTH),
});

function judgeWithEngine(population: readonly Facts[], out: Output): void {
  const panel = compilePanel(RULES);
  const moment = momentOf(ON, 'new');
  const slots = panel.slots();
  const sheets = panel.rules.map((rule) => rule.sheet());
  let at = 0;
  for (const facts of population) {
    panel.fill(facts, moment, slots);
    for (let r = 0; r < panel.rules.length; r += 1) {
      const rule = panel.rules[r]!;
      const sheet = sheets[r]!;
      rule.judge(slots, sheet);
      for (const row of rule.conditionRows) {
        out.result[at] = sheet.result[row]!;
        out.actual[at] = sheet.actual[row]!;
        out.required[at] = sheet.required[row]!;
        out.gap[at] = sheet.gap[row]!;
        at += 1;
      }
    }
  }
}

function judgeByHand(population: readonly Facts[], out: Output): void {
  let at = 0;
  for (const facts of population) {
    for (const lines of [hnteByHand(facts, ON), srdiByHand(facts, ON)]) {
      for (const line of lines) {
        out.result[at] = line.result;
        out.actual[at] = line.actual;
        out.required[at] = line.required;
        out.gap[at] = line.gap;
        at += 1;
      }
    }
  }
}

/** The sides must agree before their speeds are compared; returns how many of the results do not. */
export function disagreements(population: readonly Facts[]): string[] {
  const [ours, theirs] = [output(population.length), output(population.length)];
  judgeWithEngine(population, ours);
  judgeByHand(population, theirs);
  const ids = RULES.flatMap((rule) => rule.conditions.map((c) => `${rule.id} ${c.id}`));
  const found: string[] = [];
  for (let i = 0; i < ours.result.length; i += 1) {
    const id = ids[i % WIDTH]!;
    if (ours.result[i] !== theirs.result[i])
      found.push(
        `#${Math.floor(i / WIDTH)} ${id}: ${RESULTS[ours.result[i]!]} / ${RESULTS[theirs.result[i]!]}`,
      );
  }
  return found;
}

/** The numeric and yes-or-no conditions as the other engines take them: facts flattened, one rule a condition. */
function flat(facts: Facts) {
  const [one, two, three] = [facts.years![2025], facts.years![2024], facts.years![2023]];
  const n = (v: number | null | undefined) => v ?? 0;
  const sales = n(one?.salesRevenue) + n(two?.salesRevenue) + n(three?.salesRevenue);
  const rd = n(one?.rdExpense) + n(two?.rdExpense) + n(three?.rdExpense);
  const line = n(one?.salesRevenue) <= 5e9 ? 0.05 : n(one?.salesRevenue) <= 2e10 ? 0.04 : 0.03;
  return {
    resident: facts.residentEnterprise ? 1 : 0,
    days: (Date.parse(ON) - Date.parse(facts.registeredOn ?? '2026-01-01')) / 86_400_000,
    ip: (facts.intellectualProperty ?? []).length,
    field: facts.techField ? 1 : 0,
    tech: n(one?.techStaff) / (n(one?.employees) || 1),
    rdOverLine: rd / (sales || 1) / line,
    home: (n(one?.rdExpenseDomestic) + n(two?.rdExpenseDomestic) + n(three?.rdExpenseDomestic)) / (rd || 1),
    hiTech: n(one?.hiTechIncome) / (n(one?.totalIncome) || 1),
    clean: (facts.conduct ?? []).length === 0 ? 1 : 0,
    title: (facts.titles ?? []).length > 0 ? 1 : 0,
    niche: facts.niche?.since ? 9 : 0,
    revenue: n(one?.operatingRevenue) / 100,
    main: n(one?.mainRevenue) / (n(one?.operatingRevenue) || 1),
    debt: n(one?.totalLiabilities) / (n(one?.totalAssets) || 1),
    rd1: n(one?.rdExpense) / 100,
    rd2: n(two?.rdExpense) / 100,
    share: n(facts.niche?.marketShare) / 1e6,
    score: n(facts.years![2026]?.developmentScore) / 100,
  };
}

const BOUNDS: readonly [keyof ReturnType<typeof flat>, '>=' | '<=', number][] = [
  ['resident', '>=', 1],
  ['days', '>=', 365],
  ['ip', '>=', 1],
  ['field', '>=', 1],
  ['tech', '>=', 0.1],
  ['rdOverLine', '>=', 1],
  ['home', '>=', 0.6],
  ['hiTech', '>=', 0.6],
  ['clean', '>=', 1],
  ['title', '>=', 1],
  ['niche', '>=', 3],
  ['revenue', '>=', 15_000_000],
  ['main', '>=', 0.8],
  ['debt', '<=', 0.8],
  ['rd1', '>=', 1_000_000],
  ['rd2', '>=', 1_000_000],
  ['share', '>=', 0.1],
  ['score', '>=', 50],
];

/** Runs both sides in turn; figures are enterprises a second. */
async function compare(
  options: BenchmarkOptions,
  referenceSize: number,
  reference: (population: readonly Facts[]) => Promise<void> | void,
) {
  const population = benchPopulation(options.size);
  const sample = population.slice(0, Math.min(referenceSize, population.length));
  const out = output(population.length);
  judgeWithEngine(population, out);
  await reference(sample);
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < options.rounds; round += 1) {
    let start = performance.now();
    judgeWithEngine(population, out);
    ours.push(population.length / ((performance.now() - start) / 1000));
    start = performance.now();
    await reference(sample);
    theirs.push(sample.length / ((performance.now() - start) / 1000));
  }
  return {
    ours: median(ours),
    reference: median(theirs),
    size: `${population.length} enterprises × 3 years, ${WIDTH} conditions, reference on ${sample.length}`,
    rounds: options.rounds,
  };
}

const unit = 'enterprises/s';

export const benchmarks: Benchmark[] = [
  {
    name: 'rules.vs-handwritten',
    unit,
    goal: '>=0.33',
    run: (options) => {
      const wrong = disagreements(benchPopulation(Math.min(options.size, 20_000)));
      if (wrong.length > 0) throw new Error(`the two sides disagree: ${wrong.slice(0, 5).join('; ')}`);
      const out = output(options.size);
      return compare(options, options.size, (population) => judgeByHand(population, out));
    },
  },
  {
    name: 'rules.vs-json-rules-engine',
    unit,
    goal: '>=200',
    run: (options) => {
      const engine = new Engine();
      for (const [fact, op, value] of BOUNDS) {
        engine.addRule({
          conditions: {
            all: [{ fact, operator: op === '>=' ? 'greaterThanInclusive' : 'lessThanInclusive', value }],
          },
          event: { type: fact },
        });
      }
      return compare(options, 500, async (population) => {
        for (const facts of population) await engine.run(flat(facts));
      });
    },
  },
  {
    name: 'rules.vs-zen',
    unit,
    goal: '>=80',
    run: (options) => {
      const zen = new ZenEngine();
      const expressions = BOUNDS.map(([fact, op, value], i) => ({
        id: `e${i}`,
        key: fact,
        value: `{ met: ${fact} ${op} ${value}, actual: ${fact}, required: ${value}, gap: ${op === '>=' ? `${value} - ${fact}` : `${fact} - ${value}`} }`,
      }));
      const content = {
        nodes: [
          { id: 'in', type: 'inputNode', name: 'in' },
          { id: 'judge', type: 'expressionNode', name: 'judge', content: { expressions } },
          { id: 'out', type: 'outputNode', name: 'out' },
        ],
        edges: [
          { id: 'a', sourceId: 'in', targetId: 'judge', type: 'edge' },
          { id: 'b', sourceId: 'judge', targetId: 'out', type: 'edge' },
        ],
      };
      const decision = zen.createDecision(Buffer.from(JSON.stringify(content)));
      return compare(options, 2000, async (population) => {
        for (const facts of population) await decision.evaluate(flat(facts));
      });
    },
  },
];
