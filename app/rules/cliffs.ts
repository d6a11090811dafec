/**
 * Cliffs: where growing makes a scheme fail, though nothing else gets worse. One lever of the last fiscal year is
 * moved upward on the engine's own verdict, other things equal; the turning points are exact to the smallest unit.
 * Pure; a page asks for one enterprise at a time.
 */
import { addDays, addYears, type Day } from './day.ts';
import { compilePanel, type CompiledRule, type Panel } from './engine/compile.ts';
import { MET, OUTCOMES, UNMET, WAIVED } from './engine/sheet.ts';
import { SCALE, type Moment } from './engine/types.ts';
import { testInputs, testParams } from './engine/walk.ts';
import { FIGURE_BY_KEY, type FigureKey } from './facts/figures.ts';
import type { Facts } from './facts/parse.ts';
import { assess, momentOf, type AssessInput } from './index.ts';
import { RULE_BY_ID } from './registry.ts';

export type CliffLever = 'revenue' | 'employees' | 'totalAssets' | 'scale' | 'age' | 'listing';

export interface Cliff {
  readonly lever: CliffLever;
  readonly leverLabel: string;
  /** Whether the condition stops holding here, or holds again after it was lost on the way. */
  readonly turn: 'lost' | 'regained';
  /** The first value from which it is so: 元, persons, times today's figures for `scale`, or a day; null for a listing. */
  readonly at: number | Day | null;
  /** The last value at which it is not yet so: one 分, a hundredth of a person, a thousandth, or a day before. */
  readonly before: number | Day | null;
  /** From today's value to `at`: 元, persons; null for a day, a listing, or the scale. */
  readonly distance: number | null;
  readonly conditionId: string;
  readonly label: string;
  /** Whether the whole scheme fails from here on, which it did not before. */
  readonly decides: boolean;
}

export type Cliffs =
  | { readonly ok: true; readonly rule: string; readonly cliffs: readonly Cliff[] }
  | { readonly ok: false; readonly reason: string };

interface FigureLever {
  readonly lever: CliffLever;
  readonly label: string;
  /** Figures that are one and the same thing and rise together; the first that is known and read is the one shown. */
  readonly keys: readonly FigureKey[];
  /** Figures that rise by the same amount where known, so that the growth is one of the main, high-tech business. */
  readonly along: readonly FigureKey[];
}

const LEVERS: readonly FigureLever[] = [
  {
    lever: 'revenue',
    label: '收入',
    keys: ['salesRevenue', 'operatingRevenue'],
    along: ['mainRevenue', 'mainProductRevenue', 'totalIncome', 'hiTechIncome'],
  },
  { lever: 'employees', label: FIGURE_BY_KEY.employees.label, keys: ['employees'], along: [] },
  { lever: 'totalAssets', label: FIGURE_BY_KEY.totalAssets.label, keys: ['totalAssets'], along: [] },
];

/** Every figure is kept times 100. */
const UNITS = SCALE.CNY;
/** How far a figure is followed: so many times today's value, and beyond every amount that the rule names. */
const REACH = 10;
const LARGEST = 1e15;
/** How many years ahead an age is followed. */
const YEARS_AHEAD = 20;

/** The state of a rule at one point of a lever. */
interface Point {
  readonly outcome: number;
  readonly results: Uint8Array;
  /** Changes whenever anything that decides does: each condition, each part of one, each item of a score. */
  readonly signature: string;
}

/**
 * The cliffs ahead of an enterprise under one scheme, lever by lever in rising order; a reason where no rule applies.
 *
 * @param input scheme, action and day; `rule` names a version instead of the one that applies
 */
export function cliffsOf(facts: Facts, input: AssessInput): Cliffs {
  const done = assess(facts, input);
  if (!done.ok) return done;
  const panel = compilePanel([RULE_BY_ID.get(done.verdict.rule)!], input);
  const compiled = panel.rules[0]!;
  const slots = panel.slots();
  const judge = (changed: Facts, moment: Moment): Point => {
    const sheet = compiled.sheet();
    panel.fill(changed, moment, slots);
    const outcome = compiled.judge(slots, sheet);
    return {
      outcome,
      results: sheet.result,
      signature: [sheet.result, sheet.pointsMin, sheet.pointsMax].join('|'),
    };
  };
  const moment = momentOf(input.on, input.action, input.operatorValues);
  const read = new Set(panel.inputs.flatMap((i) => (i.kind === 'figure' && i.offset === -1 ? [i.key] : [])));
  const edges = amountsOf(compiled, panel.valueOf);
  const search: FigureSearch = {
    facts,
    year: moment.year - 1,
    compiled,
    edges,
    read,
    judge: (changed) => judge(changed, moment),
  };
  const figure = LEVERS.flatMap((lever) => figureCliffs(lever, search));
  const rest = [
    ...scaleCliffs(search, new Set(figure.map(({ conditionId }) => conditionId))),
    ...ageCliffs(facts, moment, compiled, judge),
    ...listingCliffs(facts, compiled, (f) => judge(f, moment)),
  ];
  return { ok: true, rule: done.verdict.rule, cliffs: [...figure, ...rest] };
}

interface FigureSearch {
  readonly facts: Facts;
  readonly year: number;
  readonly compiled: CompiledRule;
  readonly edges: readonly number[];
  readonly read: ReadonlySet<FigureKey>;
  readonly judge: (facts: Facts) => Point;
}

function figureCliffs(lever: FigureLever, search: FigureSearch): Cliff[] {
  const { facts, year, compiled, edges, read } = search;
  const figures = facts.years?.[year];
  const keys = lever.keys.filter((key) => figures?.[key] != null);
  const shown = keys.find((key) => read.has(key)) ?? keys[0];
  if (!figures || shown === undefined) return [];
  const base = figures[shown]!;
  const raised = [...keys, ...lever.along].filter((key) => figures[key] != null);
  const highest = Math.max(...raised.map((key) => figures[key]!));
  const grown = new Map<number, Point>();
  const at = (growth: number): Point => {
    const known = grown.get(growth);
    if (known) return known;
    const more = Object.fromEntries(raised.map((key) => [key, figures[key]! + growth]));
    const point = search.judge({ ...facts, years: { ...facts.years, [year]: { ...figures, ...more } } });
    grown.set(growth, point);
    return point;
  };
  const most = Math.min(LARGEST - highest, Math.max(base * (REACH - 1), ...edges) + 1);
  // Between two amounts that the rule names, every part and item turns at most once: there bisection is exact.
  const stops = keys
    .flatMap((key) => edges.flatMap((edge) => [edge - 1, edge, edge + 1].map((v) => v - figures[key]!)))
    .filter((growth) => growth > 0 && growth < most);
  const points = [...new Set([0, 1, ...stops, most])].filter((g) => g <= most).sort((a, b) => a - b);
  const turns = points.slice(1).flatMap((to, i) => turningPoints(at, points[i]!, to));
  const lost = new Set<string>();
  return turns.flatMap((growth) =>
    turned(compiled, at(growth - 1), at(growth), lost).map((change) => ({
      lever: lever.lever,
      leverLabel: lever.keys.length > 1 ? FIGURE_BY_KEY[shown].label : lever.label,
      ...change,
      at: (base + growth) / UNITS,
      before: (base + growth - 1) / UNITS,
      distance: growth / UNITS,
    })),
  );
}

/**
 * What is lost only when persons, revenue and assets grow together, each by the same factor: 300号 calls an enterprise
 * large where all its metrics are. `alone` names the conditions that a single figure already ends.
 */
function scaleCliffs(search: FigureSearch, alone: ReadonlySet<string>): Cliff[] {
  const { facts, year, compiled, edges, judge } = search;
  const figures = facts.years?.[year];
  if (!figures) return [];
  const known = LEVERS.flatMap(({ keys }) => keys).filter((key) => (figures[key] ?? 0) > 0);
  const income = figures.salesRevenue ?? figures.operatingRevenue ?? 0;
  const points = new Map<number, Point>();
  const at = (step: number): Point => {
    let point = points.get(step);
    if (!point) {
      const more: Partial<Record<FigureKey, number>> = {};
      for (const key of known) more[key] = figures[key]! + growthOf(figures[key]!, step);
      for (const key of LEVERS[0]!.along)
        if (figures[key] != null) more[key] = figures[key]! + growthOf(income, step);
      point = judge({ ...facts, years: { ...facts.years, [year]: { ...figures, ...more } } });
      points.set(step, point);
    }
    return point;
  };
  const most = (REACH - 1) * STEPS;
  const stops = known
    .flatMap((key) => edges.map((edge) => Math.ceil((edge / figures[key]! - 1) * STEPS)))
    .filter((step) => step > 0 && step < most);
  const between = [...new Set([0, ...stops, most])].sort((a, b) => a - b);
  const lost = new Set<string>();
  return between
    .slice(1)
    .flatMap((to, i) => turningPoints(at, between[i]!, to))
    .flatMap((step) =>
      turned(compiled, at(step - 1), at(step), lost)
        .filter(({ conditionId }) => !alone.has(conditionId))
        .map((change) => ({
          lever: 'scale' as const,
          leverLabel: '人员、收入、资产同比例增长',
          ...change,
          at: (STEPS + step) / STEPS,
          before: (STEPS + step - 1) / STEPS,
          distance: null,
        })),
    );
}

/** Steps of the scale: thousandths of today's figures. */
const STEPS = 1000;
const growthOf = (value: number, step: number) => Math.floor((value * step) / STEPS);

/** The growths at which anything turns from the one before, above `low` and up to `high`. */
function turningPoints(at: (growth: number) => Point, low: number, high: number): number[] {
  if (high <= low || at(low).signature === at(high).signature) return [];
  if (high - low === 1) return [high];
  const middle = low + Math.floor((high - low) / 2);
  return [...turningPoints(at, low, middle), ...turningPoints(at, middle, high)];
}

/** Conditions that stop holding between two points, and those among `lost` that hold again. Keeps `lost`. */
function turned(
  compiled: CompiledRule,
  before: Point,
  after: Point,
  lost: Set<string>,
): Pick<Cliff, 'turn' | 'conditionId' | 'label' | 'decides'>[] {
  const holds = (code: number) => code === MET || code === WAIVED;
  const ineligible = (point: Point) => OUTCOMES[point.outcome] === 'ineligible';
  return compiled.conditionRows.flatMap((row): ReturnType<typeof turned> => {
    const { id, label } = compiled.rows[row]!.condition;
    const [was, is] = [before.results[row]!, after.results[row]!];
    const change = { conditionId: id, label };
    if (holds(was) && is === UNMET) {
      lost.add(id);
      return [{ turn: 'lost', ...change, decides: !ineligible(before) && ineligible(after) }];
    }
    if (was === UNMET && holds(is) && lost.has(id)) return [{ turn: 'regained', ...change, decides: false }];
    return [];
  });
}

/** The amounts (scaled) that a rule names: thresholds and the edges of the bands that choose one. */
function amountsOf(compiled: CompiledRule, valueOf: Panel['valueOf']): number[] {
  const params = compiled.rule.conditions.flatMap(({ test }) => testParams(test));
  return params.flatMap((param) => {
    const value = param.unit === 'CNY' || param.unit === 'persons' ? valueOf(param) : null;
    return value ? [Math.floor((value.p * UNITS) / value.q)] : [];
  });
}

/** Limits of age: the day after the anniversary up to which a condition holds. Fiscal years stay those of today. */
function ageCliffs(
  facts: Facts,
  moment: Moment,
  compiled: CompiledRule,
  judge: (facts: Facts, moment: Moment) => Point,
): Cliff[] {
  const { registeredOn } = facts;
  if (!registeredOn) return [];
  const ageing = new Set(
    compiled.conditionRows.flatMap((row) => {
      const { condition } = compiled.rows[row]!;
      const reads = testInputs(condition.test).some(
        (input) => input.kind === 'feature' && input.feature.reads(moment, facts).includes('registeredOn'),
      );
      return reads ? [condition.id] : [];
    }),
  );
  if (ageing.size === 0) return [];
  const days = Array.from({ length: YEARS_AHEAD + 10 }, (_, i) => addYears(registeredOn, i + 1))
    .flatMap((day) => [day, addDays(day, 1)])
    .filter((day) => day > moment.on && day <= addYears(moment.on, YEARS_AHEAD));
  const lost = new Set<string>();
  return days.flatMap((day) => {
    const before = addDays(day, -1);
    const [was, is] = [judge(facts, { ...moment, on: before }), judge(facts, { ...moment, on: day })];
    return turned(compiled, was, is, lost)
      .filter(({ conditionId }) => ageing.has(conditionId))
      .map((change) => ({
        lever: 'age' as const,
        leverLabel: '成立年限',
        ...change,
        at: day,
        before,
        distance: null,
      }));
  });
}

/** What a listing on an exchange would end. */
function listingCliffs(facts: Facts, compiled: CompiledRule, judge: (facts: Facts) => Point): Cliff[] {
  if (facts.listing?.status === 'listed') return [];
  const listed: Facts = { ...facts, listing: { ...facts.listing, status: 'listed', on: null } };
  return turned(compiled, judge(facts), judge(listed), new Set()).map((change) => ({
    lever: 'listing' as const,
    leverLabel: '上市',
    ...change,
    at: null,
    before: null,
    distance: null,
  }));
}
