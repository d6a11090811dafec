/**
 * One title in one year: the cheapest changes that leave nothing unmet. What every plan needs (each condition with a
 * single way) comes first; then the ways around are tried in all their combinations, the dearer ones cut off. Every
 * step asks the engine itself; nothing here knows a threshold.
 */
import { yearOf, type Day } from '../day.ts';
import { compilePanel, type CompiledRule, type Panel } from '../engine/compile.ts';
import { MET, UNKNOWN, UNMET, WAIVED, type Sheet } from '../engine/sheet.ts';
import type { Slots } from '../engine/quantity.ts';
import { testInputs } from '../engine/walk.ts';
import type { Input } from '../engine/types.ts';
import { momentOf, RULE_BY_ID } from '../index.ts';
import type { OperatorValues } from '../operator.ts';
import { compareCosts, GRAIN, type Cost } from './cost.ts';
import {
  equityDay,
  FIGURE_LEVERS,
  grantDay,
  project,
  withChanges,
  type Changes,
  type FigureLever,
  type Outlook,
} from './levers.ts';

/** Finds ways to hold a title before a year; given by plan.ts, which knows the other titles. */
export type Titles = (scheme: string, before: number, changes: Changes) => Changes[];

export interface AttemptInput {
  readonly of: Outlook;
  readonly scheme: string;
  readonly rule: string;
  readonly day: Day;
  /** What changes cost, over the whole horizon. */
  readonly costOf: (changes: Changes) => Cost;
  readonly operatorValues?: OperatorValues;
  readonly titles: Titles;
  /** Whether the titles held first can still be had with all that a plan changes. */
  readonly keepsTitles: (changes: Changes) => boolean;
}

export interface Found {
  readonly changes: Changes;
  readonly cost: Cost;
}

const MOST_INVENTIONS = 20;
const MOST = 1e13;
/** So many ways of one condition are followed, the cheapest first. */
const MOST_WAYS = 24;
/** Titles that others ask for first. */
const PREREQUISITES = ['tsme', 'isme', 'hnte', 'srdi'];

const compiled = new Map<string, Panel>();
const compiledWith = new WeakMap<OperatorValues, Map<string, Panel>>();

function panelOf(rule: string, operatorValues?: OperatorValues): Panel {
  let kept = compiled;
  if (operatorValues) {
    kept = compiledWith.get(operatorValues) ?? new Map<string, Panel>();
    compiledWith.set(operatorValues, kept);
  }
  let panel = kept.get(rule);
  if (!panel) kept.set(rule, (panel = compilePanel([RULE_BY_ID.get(rule)!], { operatorValues })));
  return panel;
}

/** A lever that one number turns: the amount of a year's figure or round, or a number of rights. */
interface Lever {
  /** Steps that may be taken; the last goes as far as it can. */
  readonly most: number;
  readonly at: (steps: number) => Changes;
}

export class Attempt {
  readonly #in: AttemptInput;
  readonly #panel: Panel;
  readonly #rule: CompiledRule;
  readonly #year: number;
  readonly #before: ReturnType<typeof project>;
  readonly #slots: Slots;
  readonly #sheet: Sheet;

  constructor(input: AttemptInput) {
    this.#in = input;
    this.#panel = panelOf(input.rule, input.operatorValues);
    this.#rule = this.#panel.rules[0]!;
    this.#year = yearOf(input.day);
    this.#before = project(input.of, this.#year);
    this.#slots = this.#panel.slots();
    this.#sheet = this.#rule.sheet();
  }

  /** The cheapest changes, going on from some; null where nothing (or nothing below the limit) does. */
  solve(start: Changes, limit: Cost | null = null): Found | null {
    const forced = this.#settle(start);
    if (!forced) return null;
    let best: Found | null = null;
    const visit = (changes: Changes, rows: readonly number[]): void => {
      const cost = this.cost(changes);
      const bound = best?.cost ?? limit;
      if (bound && compareCosts(cost, bound) >= 0) return;
      const sheet = this.#judge(changes);
      const next = rows.findIndex((row) => !this.#holds(sheet, row));
      if (next < 0) {
        const unmet = this.#rule.conditionRows.some((row) => sheet.result[row] === UNMET);
        if (!unmet && this.#in.keepsTitles(changes)) best = { changes, cost };
        return;
      }
      const row = rows[next]!;
      const unmet = sheet.result[row] === UNMET;
      const rest = rows.slice(next + 1);
      const ways = this.#ways(changes, row);
      for (const way of ways) visit(way, rest);
      if (ways.length === 0 && !unmet) visit(changes, rest);
    };
    visit(forced, this.#goals());
    return best;
  }

  /** Whether changes leave nothing unmet. */
  passes(changes: Changes): boolean {
    const sheet = this.#judge(changes);
    return !this.#rule.conditionRows.some((row) => sheet.result[row] === UNMET);
  }

  /** Conditions that no lever can meet in this year, each by itself. */
  blocking(start: Changes): string[] {
    const sheet = this.#judge(start);
    const unmet = this.#rule.conditionRows.filter((row) => sheet.result[row] === UNMET);
    return unmet
      .filter((row) => {
        const { condition } = this.#rule.rows[row]!;
        return condition.veto || this.#ways(start, row).length === 0;
      })
      .map((row) => this.#rule.rows[row]!.condition.label);
  }

  /** Conditions that hold without any change. */
  holding(start: Changes): ReadonlySet<string> {
    const sheet = this.#judge(start);
    const rows = this.#rule.conditionRows.filter((row) => this.#holds(sheet, row));
    return new Set(rows.map((row) => this.#rule.rows[row]!.condition.label));
  }

  /** Conditions that stay open: facts not known, or a person's judgement. */
  open(changes: Changes): string[] {
    const sheet = this.#judge(changes);
    const rows = this.#rule.conditionRows.filter((row) => sheet.result[row]! >= UNKNOWN);
    return rows.map((row) => this.#rule.rows[row]!.condition.label);
  }

  cost(changes: Changes): Cost {
    return this.#in.costOf(changes);
  }

  /** Rows to be met, vetoes apart: the parts of what asks for all of them one by one, sums over years last. */
  #goals(): number[] {
    const { rows, conditionRows } = this.#rule;
    const parts = (row: number): number[] =>
      rows[row]!.part.test.kind === 'all' ? rows[row]!.children.flatMap(parts) : [row];
    const sums = (row: number) => (rows[row]!.children.length === 0 && this.#places(row).length > 1 ? 1 : 0);
    return conditionRows
      .filter((row) => !rows[row]!.condition.veto)
      .flatMap(parts)
      .sort((a, b) => sums(a) - sums(b));
  }

  /** Raises what has a single way; null where something stays unmet. */
  #settle(start: Changes): Changes | null {
    let changes = start;
    for (const row of this.#goals()) {
      if (this.#isChoice(row)) continue;
      const sheet = this.#judge(changes);
      if (this.#holds(sheet, row)) continue;
      const unmet = sheet.result[row] === UNMET;
      const [way] = this.#ways(changes, row);
      if (way) changes = way;
      else if (unmet) return null;
    }
    return changes;
  }

  #isChoice(row: number): boolean {
    const { children, part } = this.#rule.rows[row]!;
    return children.length > 0 || part.test.kind === 'score' || this.#reads(row, 'title:');
  }

  #judge(changes: Changes): Sheet {
    const { of, day, operatorValues } = this.#in;
    const facts = withChanges(of, this.#before, changes);
    this.#panel.fill(facts, momentOf(day, 'new', operatorValues), this.#slots);
    this.#rule.judge(this.#slots, this.#sheet);
    return this.#sheet;
  }

  #holds(sheet: Sheet, row: number): boolean {
    return sheet.result[row] === MET || sheet.result[row] === WAIVED;
  }

  #met(changes: Changes, row: number): boolean {
    return this.#holds(this.#judge(changes), row);
  }

  /** Changes under which a row is met, the cheapest first; none where no lever reaches it. */
  #ways(changes: Changes, row: number): Changes[] {
    if (this.#met(changes, row)) return [changes];
    const { children, part } = this.#rule.rows[row]!;
    const { kind } = part.test;
    if (kind === 'score') return this.#scoreWays(changes, row);
    if (children.length === 0) return this.#leafWays(changes, row);
    const found =
      kind === 'all'
        ? children.reduce<Changes[]>(
            (ways, child) => this.#cheapest(ways.flatMap((way) => this.#ways(way, child))),
            [changes],
          )
        : children.flatMap((child) => this.#ways(changes, child));
    return this.#cheapest(found.filter((way) => this.#met(way, row)));
  }

  #cheapest(ways: readonly Changes[]): Changes[] {
    return ways
      .map((way) => ({ way, cost: this.cost(way) }))
      .sort((a, b) => compareCosts(a.cost, b.cost))
      .slice(0, MOST_WAYS)
      .map(({ way }) => way);
  }

  #leafWays(changes: Changes, row: number): Changes[] {
    if (this.#reads(row, 'title:')) return this.#titleWays(changes, row);
    const levers: ((from: Changes) => Lever | null)[] = this.#reads(row, 'ip:')
      ? [(from) => this.#inventions(from)]
      : this.#reads(row, 'equity:')
        ? [(from) => this.#round(from)]
        : this.#places(row).map((place) => (from: Changes) => this.#figure(from, place));
    // Where one year cannot bring enough, it goes as far as it can and the year before helps.
    let from = changes;
    for (const make of levers) {
      const lever = make(from);
      if (!lever) continue;
      const steps = leastSteps(lever.most, (at) => this.#met(lever.at(at), row));
      if (steps !== null) return [lever.at(steps)];
      from = lever.at(lever.most);
    }
    return [];
  }

  #reads(row: number, prefix: string): boolean {
    return testInputs(this.#rule.rows[row]!.part.test).some(
      (input) => input.kind === 'feature' && input.feature.id.startsWith(prefix),
    );
  }

  /** Figures of open years that a row reads and that can be turned, the last year first: it leaves the most time. */
  #places(row: number): string[] {
    const moment = momentOf(this.#in.day, 'new');
    const first = yearOf(this.#in.of.on);
    const yearsOf = (input: Input, key: FigureLever): readonly number[] => {
      if (input.kind === 'figure') return input.key === key ? [this.#year + input.offset] : [];
      const { id, years } = input.feature;
      const isExpense = key === 'rdExpense' && id.startsWith('rdExpense') && !id.includes('Domestic');
      return isExpense ? (years?.(moment) ?? []) : [];
    };
    const inputs = testInputs(this.#rule.rows[row]!.part.test);
    return FIGURE_LEVERS.flatMap(({ key }) => {
      const years = new Set(inputs.flatMap((input) => yearsOf(input, key)));
      return [...years]
        .filter((year) => year >= first)
        .sort((a, b) => b - a)
        .map((year) => `${year}.${key}`);
    });
  }

  /** One figure in steps of 万元; main revenue up to all revenue, debt down to nothing. */
  #figure(changes: Changes, place: string): Lever | null {
    const [year = '', key = ''] = place.split('.');
    const figures = withChanges(this.#in.of, this.#before, changes).years?.[year];
    const { direction } = FIGURE_LEVERS.find((lever) => lever.key === key)!;
    const unknown = direction < 0 ? figures?.totalAssets : 0;
    const start = figures?.[key as FigureLever] ?? unknown;
    if (start == null) return null;
    const end = direction < 0 ? 0 : key === 'mainRevenue' ? (figures?.operatingRevenue ?? MOST) : MOST;
    const most = Math.ceil(Math.max(0, (end - start) * direction) / GRAIN);
    if (most === 0) return null;
    const at = (steps: number): Changes => {
      const value = steps >= most ? end : start + direction * steps * GRAIN;
      return { ...changes, figures: { ...changes.figures, [place]: value } };
    };
    return { most, at };
  }

  #inventions(changes: Changes): Lever | null {
    const { of, day } = this.#in;
    const most = MOST_INVENTIONS - changes.inventions;
    if (grantDay(of) > day || most <= 0) return null;
    return { most, at: (steps) => ({ ...changes, inventions: changes.inventions + steps }) };
  }

  /** New equity paid in in the year before the application. */
  #round(changes: Changes): Lever | null {
    const year = this.#year - 1;
    if (year < yearOf(this.#in.of.on) || equityDay(this.#in.of, year) === null) return null;
    const before = changes.equity[year] ?? 0;
    const at = (steps: number): Changes => ({
      ...changes,
      equity: { ...changes.equity, [year]: before + steps * GRAIN },
    });
    return { most: MOST / GRAIN, at };
  }

  /** Every combination of the lever positions at which points change. */
  #scoreWays(changes: Changes, row: number): Changes[] {
    const makers: ((from: Changes) => Lever | null)[] = [
      ...this.#places(row).map((place) => (from: Changes) => this.#figure(from, place)),
      ...(this.#reads(row, 'ip:') ? [(from: Changes) => this.#inventions(from)] : []),
    ];
    const ways: Changes[] = [];
    const visit = (at: number, from: Changes): void => {
      if (this.#met(from, row)) {
        ways.push(from);
        return;
      }
      const make = makers[at];
      if (!make) return;
      visit(at + 1, from);
      const lever = make(from);
      if (lever) for (const steps of this.#turnsOf(lever)) visit(at + 1, lever.at(steps));
    };
    visit(0, changes);
    return this.#cheapest(ways);
  }

  /** Steps of a lever at which the points of any item rise. */
  #turnsOf(lever: Lever): number[] {
    const points = (steps: number) => {
      const { pointsMin } = this.#judge(lever.at(steps));
      return pointsMin.reduce((sum, min) => sum + min, 0);
    };
    const turns: number[] = [];
    const between = (low: number, lowPoints: number, high: number, highPoints: number): void => {
      if (lowPoints === highPoints) return;
      if (high - low === 1) {
        if (highPoints > lowPoints) turns.push(high);
        return;
      }
      const middle = Math.floor((low + high) / 2);
      const middlePoints = points(middle);
      between(low, lowPoints, middle, middlePoints);
      between(middle, middlePoints, high, highPoints);
    };
    between(0, points(0), lever.most, points(lever.most));
    return turns;
  }

  /** Titles held first, each by its own cheapest ways. */
  #titleWays(changes: Changes, row: number): Changes[] {
    const ways = PREREQUISITES.filter((scheme) => scheme !== this.#in.scheme).flatMap((scheme) => {
      const held = { scheme, grantedOn: `${this.#year - 1}-12-31` };
      const would = this.#met({ ...changes, titles: [...changes.titles, held] }, row);
      return would ? this.#in.titles(scheme, this.#year, changes) : [];
    });
    return this.#cheapest(ways.filter((way) => this.#met(way, row)));
  }
}

/** The fewest steps that do, by doubling and halving; null where even the most do not. */
function leastSteps(most: number, does: (steps: number) => boolean): number | null {
  let high = 1;
  while (!does(high)) {
    if (high >= most) return null;
    high = Math.min(most, high * 2);
  }
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (does(middle)) high = middle;
    else low = middle;
  }
  return high;
}
