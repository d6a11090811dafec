/** Explained verdicts of 高企 (without the innovation score) and 专精特新: the engine against others, on the same facts. */
import { Engine } from 'json-rules-engine';
import { ZenEngine } from '@gorules/zen-engine';
import { compilePanel, type Panel } from '../../app/rules/engine/compile.ts';
import { loadColumns, type Columns } from '../../app/rules/engine/columns.ts';
import { RESULTS } from '../../app/rules/engine/sheet.ts';
import type { Facts } from '../../app/rules/facts/parse.ts';
import { sizeRange } from '../../app/rules/features/size.ts';
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

/** From plain facts, as the reference by hand gets them. */
function judgeWithEngine(population: readonly Facts[], out: Output): void {
  const panel = compilePanel(RULES);
  const moment = momentOf(ON, 'new');
  const slots = panel.slots();
  const write = writer(panel, out);
  for (const facts of population) {
    panel.fill(facts, moment, slots);
    write(slots);
  }
}

/** From the columns in which the program keeps a loaded population. */
function judgeColumns(columns: Columns, out: Output): void {
  const write = writer(columns.panel, out);
  columns.each((slots) => write(slots));
}

function writer(panel: Panel, out: Output): (slots: Float64Array) => void {
  const sheets = panel.rules.map((rule) => rule.sheet());
  let at = 0;
  return (slots) => {
    for (let r = 0; r < panel.rules.length; r += 1) {
      const rule = panel.rules[r]!;
      const sheet = sheets[r]!;
      rule.judge(slots, sheet);
      for (let c = 0; c < rule.conditionRows.length; c += 1) {
        const row = rule.conditionRows[c]!;
        out.result[at] = sheet.result[row]!;
        out.actual[at] = sheet.actual[row]!;
        out.required[at] = sheet.required[row]!;
        out.gap[at] = sheet.gap[row]!;
        at += 1;
      }
    }
  };
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

/** The quantities of the conditions from plain facts, as the other engines are given them. */
const QUANTITIES: Readonly<Record<string, (facts: Facts) => number>> = (() => {
  const n = (v: number | null | undefined) => v ?? 0;
  const of = (facts: Facts, year: number) => facts.years?.[year];
  const sum = (facts: Facts, key: 'rdExpense' | 'salesRevenue' | 'rdExpenseDomestic') =>
    n(of(facts, 2025)?.[key]) + n(of(facts, 2024)?.[key]) + n(of(facts, 2023)?.[key]);
  const line = (facts: Facts) =>
    n(of(facts, 2025)?.salesRevenue) <= 5e9 ? 0.05 : n(of(facts, 2025)?.salesRevenue) <= 2e10 ? 0.04 : 0.03;
  return {
    resident: (f) => (f.residentEnterprise ? 1 : 0),
    days: (f) => (Date.parse(ON) - Date.parse(f.registeredOn ?? ON)) / 86_400_000,
    ip: (f) => (f.intellectualProperty ?? []).filter((ip) => ip.grantedOn && ip.relatedToMainProduct).length,
    field: (f) => (f.techField ? 1 : 0),
    tech: (f) => n(of(f, 2025)?.techStaff) / (n(of(f, 2025)?.employees) || 1),
    rdOverLine: (f) => sum(f, 'rdExpense') / (sum(f, 'salesRevenue') || 1) / line(f),
    home: (f) => sum(f, 'rdExpenseDomestic') / (sum(f, 'rdExpense') || 1),
    hiTech: (f) => n(of(f, 2025)?.hiTechIncome) / (n(of(f, 2025)?.totalIncome) || 1),
    clean: (f) => ((f.conduct ?? []).some((c) => c.severity === 'major') ? 0 : 1),
    title: (f) =>
      (f.titles ?? []).some(
        (t) => (t.scheme === 'tsme' || t.scheme === 'isme') && t.status === 'valid' && t.validUntil! >= ON,
      )
        ? 1
        : 0,
    sme: (f) => ((sizeRange(f, 2026)?.[1] ?? 3) <= 2 ? 1 : 0),
    clean3: (f) => ((f.conduct ?? []).some((c) => c.severity !== 'minor' && c.on! >= '2023-05-06') ? 0 : 1),
    equity: (f) =>
      (f.financing ?? []).reduce(
        (total, r) =>
          r.qualifiedInvestor && r.closedOn! >= '2024-01-01' && r.closedOn! < '2026-01-01'
            ? total + r.amount!
            : total,
        0,
      ) / 100,
    ipOne: (f) =>
      (f.intellectualProperty ?? []).filter(
        (ip) =>
          ip.kind === 'invention' &&
          ip.grantedOn &&
          ip.obtainedBy === 'own' &&
          ip.rightHolderRank === 1 &&
          ip.applied &&
          ip.relatedToMainProduct,
      ).length,
    award: (f) => (f.awards ?? []).filter((a) => a.kind === 'scienceAndTechnology' && a.rank! <= 3).length,
    rdBody: (f) =>
      (f.rdInstitutions ?? []).filter((b) => b.level === 'national' || b.level === 'provincial').length,
    wellKnown: (f) => (f.niche?.wellKnown ? 1 : 0),
    rank: (f) => n(f.niche?.nationalRank),
    niche: (f) => (f.niche?.since ? 2026 - Number(f.niche.since.slice(0, 4)) : 0),
    revenue: (f) => n(of(f, 2025)?.operatingRevenue) / 100,
    main: (f) => n(of(f, 2025)?.mainRevenue) / (n(of(f, 2025)?.operatingRevenue) || 1),
    debt: (f) => n(of(f, 2025)?.totalLiabilities) / (n(of(f, 2025)?.totalAssets) || 1),
    rd1: (f) => n(of(f, 2025)?.rdExpense) / 100,
    rdShare1: (f) => n(of(f, 2025)?.rdExpense) / (n(of(f, 2025)?.operatingRevenue) || 1),
    rd2: (f) => n(of(f, 2024)?.rdExpense) / 100,
    rdShare2: (f) => n(of(f, 2024)?.rdExpense) / (n(of(f, 2024)?.operatingRevenue) || 1),
    share: (f) => n(f.niche?.marketShare) / 1e6,
    score: (f) => n(of(f, 2026)?.developmentScore) / 100,
  };
})();

const BOUNDS: readonly [string, '>=' | '<=', number][] = [
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
  ['rdShare1', '>=', 0.03],
  ['rd2', '>=', 1_000_000],
  ['rdShare2', '>=', 0.03],
  ['share', '>=', 0.1],
  ['score', '>=', 50],
  // Waivers and parts of conditions are explained too, as ours are.
  ['sme', '>=', 1],
  ['clean3', '>=', 1],
  ['equity', '>=', 20_000_000],
  ['ipOne', '>=', 1],
  ['award', '>=', 1],
  ['rdBody', '>=', 1],
  ['wellKnown', '>=', 1],
  ['rank', '<=', 3],
];

/** What the other engines take: the quantities of one enterprise by name. */
const flat = (facts: Facts) =>
  Object.fromEntries(Object.entries(QUANTITIES).map(([key, of]) => [key, of(facts)]));

interface Sides {
  readonly ours: () => void;
  readonly reference: () => Promise<void> | void;
  readonly oursCount: number;
  readonly referenceCount: number;
  readonly size: string;
}

/** Runs both sides in turn after a warm-up; figures are enterprises a second. */
async function compare(options: BenchmarkOptions, sides: Sides) {
  const rate = async (work: () => Promise<void> | void, count: number) => {
    const start = performance.now();
    await work();
    return count / ((performance.now() - start) / 1000);
  };
  sides.ours();
  await sides.reference();
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < options.rounds; round += 1) {
    ours.push(await rate(sides.ours, sides.oursCount));
    theirs.push(await rate(sides.reference, sides.referenceCount));
  }
  return { ours: median(ours), reference: median(theirs), size: sides.size, rounds: options.rounds };
}

/** Ours over columns against an engine that is given a sample of the same enterprises. */
function againstEngine(
  options: BenchmarkOptions,
  sampleSize: number,
  reference: (sample: readonly Facts[]) => Promise<void>,
  how: string,
) {
  const population = benchPopulation(options.size);
  const columns = loadColumns(compilePanel(RULES), momentOf(ON, 'new'), population);
  const out = output(population.length);
  const sample = population.slice(0, sampleSize);
  return compare(options, {
    ours: () => judgeColumns(columns, out),
    reference: () => reference(sample),
    oursCount: population.length,
    referenceCount: sample.length,
    size: `${population.length} enterprises × 3 years in columns, ${WIDTH} conditions; reference on ${sample.length}, ${how}`,
  });
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
      const population = benchPopulation(options.size);
      const [mine, theirs] = [output(options.size), output(options.size)];
      return compare(options, {
        ours: () => judgeWithEngine(population, mine),
        reference: () => judgeByHand(population, theirs),
        oursCount: population.length,
        referenceCount: population.length,
        size: `${population.length} enterprises × 3 years from plain facts, ${WIDTH} conditions, both sides`,
      });
    },
  },
  {
    name: 'rules.vs-json-rules-engine',
    unit,
    goal: '>=200',
    run: (options) => {
      // As its documentation has it: one rule a condition, derived facts computed from the record through the almanac.
      const engine = new Engine();
      for (const [key, of] of Object.entries(QUANTITIES)) {
        engine.addFact(key, async (_params, almanac) => of(await almanac.factValue<Facts>('record')));
      }
      for (const [fact, op, value] of BOUNDS) {
        engine.addRule({
          conditions: {
            all: [{ fact, operator: op === '>=' ? 'greaterThanInclusive' : 'lessThanInclusive', value }],
          },
          event: { type: fact },
        });
      }
      const explained: unknown[] = [];
      return againstEngine(
        options,
        500,
        async (sample) => {
          for (const record of sample) {
            const { results, failureResults } = await engine.run({ record });
            explained.length = 0;
            for (const { event, conditions, result } of [...results, ...failureResults]) {
              const [condition] = (conditions as unknown as { all: { factResult: number; value: number }[] })
                .all;
              explained.push({
                id: event?.type,
                met: result,
                actual: condition!.factResult,
                required: condition!.value,
                gap: Math.abs(condition!.value - condition!.factResult),
              });
            }
          }
        },
        'one rule a condition',
      );
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
      return againstEngine(
        options,
        2000,
        async (sample) => {
          for (const facts of sample) await decision.evaluate(flat(facts));
        },
        'one expression a condition, quantities given',
      );
    },
  },
];
