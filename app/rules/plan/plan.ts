/**
 * The ways to a title: the earliest year in which its conditions can be met, the cheapest year of those ahead, and
 * the least that has to change until then. Closed years stay as they are; so a figure of theirs that is too low moves
 * the earliest year. Only what {@link FIGURE_LEVERS} name, own inventions, new equity and titles held before are
 * changed: a veto, a size, a person's judgement never.
 */
import { yearOf, type Day } from '../day.ts';
import { schemeLabel, selectRule } from '../index.ts';
import type { OperatorValues } from '../operator.ts';
import { Attempt, type Found, type Titles } from './attempt.ts';
import { compareCosts, costOf, type Cost, type Prices } from './cost.ts';
import {
  equityDay,
  FIGURE_LEVERS,
  grantDay,
  NO_CHANGES,
  project,
  type Changes,
  type FigureLever,
  type Outlook,
} from './levers.ts';

export type Step =
  | {
      readonly kind: 'figure';
      readonly key: FigureLever;
      readonly year: number;
      readonly from: number | null;
      readonly to: number;
    }
  | { readonly kind: 'inventions'; readonly count: number; readonly by: Day }
  | { readonly kind: 'equity'; readonly amount: number; readonly by: Day }
  | { readonly kind: 'title'; readonly scheme: string; readonly year: number }
  /** Nothing to do but wait: a condition that the years alone meet. */
  | { readonly kind: 'wait'; readonly label: string };

export interface Plan {
  readonly scheme: string;
  readonly rule: string;
  /** Year and day of the application. */
  readonly year: number;
  readonly on: Day;
  readonly steps: readonly Step[];
  readonly changes: Changes;
  readonly cost: Cost;
  /** Conditions that stay open: facts not known, or a person's judgement. */
  readonly open: readonly string[];
  /** What forbids the year before; empty where that is this year. */
  readonly notBefore: readonly string[];
}

export type Plans =
  | { readonly ok: true; readonly scheme: string; readonly earliest: Plan; readonly cheapest: Plan }
  | {
      readonly ok: false;
      readonly scheme: string;
      readonly reason: string;
      readonly blocking: readonly string[];
    };

export interface PlanInput extends Outlook {
  readonly scheme: string;
  /** How many years ahead are looked at. */
  readonly horizon?: number;
  readonly prices?: Prices;
  readonly operatorValues?: OperatorValues;
  /** Titles whose applications of this year are closed already. */
  readonly closed?: ReadonlySet<string>;
}

/** Said where this year's applications are closed. */
const CLOSED = '今年的申报已经截止';
const HORIZON = 6;
/** A title that needs a title that needs a title. */
const DEEPEST = 3;

/** The earliest and the cheapest plan for one title, or why there is none. */
export function plansFor(input: PlanInput): Plans {
  const { scheme, on, horizon = HORIZON } = input;
  const first = yearOf(on);
  const search = searchOf(input);
  let earliest: Plan | null = null;
  let cheapest: Plan | null = null;
  let blocking: readonly string[] = [];
  const waited = new Set<string>();
  for (let year = first; year <= first + horizon; year += 1) {
    const attempt = search(scheme, year, 0);
    if (attempt === CLOSED) {
      blocking = [CLOSED];
      continue;
    }
    if (typeof attempt === 'string') {
      if (earliest) break;
      return { ok: false, scheme, reason: attempt, blocking: [] };
    }
    const found = attempt.attempt.solve(NO_CHANGES, cheapest?.cost ?? null);
    if (found) {
      const plan = planOf(input, search, attempt, found, blocking, waited);
      earliest ??= plan;
      cheapest = plan;
      // Nothing is cheaper than nothing.
      if (found.cost.money === 0 && found.cost.inventions === 0 && found.cost.titles === 0) break;
    }
    if (earliest) continue;
    blocking = attempt.attempt.blocking(NO_CHANGES);
    if (blocking.length === 0) blocking = ['各项条件不能在同一年都达到'];
    for (const label of blocking) waited.add(label);
  }
  if (!earliest || !cheapest) return { ok: false, scheme, reason: `${horizon} 年内没有可行的路径`, blocking };
  return { ok: true, scheme, earliest, cheapest };
}

interface Tried {
  readonly attempt: Attempt;
  readonly scheme: string;
  readonly rule: string;
  readonly day: Day;
}

type Search = (scheme: string, year: number, depth: number) => Tried | string;

/** Attempts by title, year and depth, with the ways to hold a title first. */
function searchOf(input: PlanInput): Search {
  const { on, facts, prices = {}, operatorValues, horizon = HORIZON } = input;
  const first = yearOf(on);
  const before = project(input, first + horizon);
  const cost = (changes: Changes) => costOf(changes, before, prices);
  const tried = new Map<string, Tried | string>();
  const solved = new Map<string, Found | null>();

  const search = (scheme: string, year: number, depth: number): Tried | string => {
    const key = `${scheme} ${year} ${depth}`;
    let one = tried.get(key);
    if (one === undefined) tried.set(key, (one = make(scheme, year, depth)));
    return one;
  };
  const make = (scheme: string, year: number, depth: number): Tried | string => {
    if (year === first && input.closed?.has(scheme)) return CLOSED;
    const day: Day = year === first ? on : `${year}${on.slice(4).replace('-02-29', '-02-28')}`;
    const selected = selectRule(scheme, 'new', day, facts.division ?? null);
    if (!selected.ok) return selected.reason;
    const { rule } = selected;
    const attempt = new Attempt({
      of: input,
      scheme,
      rule,
      day,
      costOf: cost,
      operatorValues,
      titles: titles(depth),
      keepsTitles,
    });
    return { attempt, scheme, rule, day };
  };
  const keepsTitles = (changes: Changes): boolean =>
    changes.titles.every(({ scheme, grantedOn }) => {
      const one = search(scheme, yearOf(grantedOn), 1);
      return typeof one !== 'string' && one.attempt.passes(changes);
    });
  /** One way for each year in which the title can be had in time, as long as a later year may be cheaper. */
  const titles =
    (depth: number): Titles =>
    (scheme, before, changes) => {
      const ways: Changes[] = [];
      if (depth >= DEEPEST) return ways;
      let least: Cost | null = null;
      for (let year = first; year < before; year += 1) {
        const one = search(scheme, year, depth + 1);
        if (typeof one === 'string') continue;
        const key = `${scheme} ${year} ${depth} ${JSON.stringify(changes)}`;
        let found = solved.get(key);
        if (found === undefined) solved.set(key, (found = one.attempt.solve(changes)));
        if (!found || (least && compareCosts(found.cost, least) >= 0)) continue;
        least = found.cost;
        const held = { scheme, grantedOn: `${year}-12-31` };
        ways.push({ ...found.changes, titles: [...found.changes.titles, held] });
        if (compareCosts(found.cost, cost(changes)) === 0) break;
      }
      return ways;
    };
  return search;
}

function planOf(
  input: PlanInput,
  search: Search,
  { attempt, scheme, rule, day }: Tried,
  { changes, cost }: Found,
  notBefore: readonly string[],
  waited: ReadonlySet<string>,
): Plan {
  const held = attempt.holding(NO_CHANGES);
  const waits = [...waited].filter((label) => held.has(label));
  const year = yearOf(day);
  return {
    scheme,
    rule,
    year,
    on: day,
    steps: [...waits.map((label): Step => ({ kind: 'wait', label })), ...stepsOf(input, changes, year)],
    changes,
    cost,
    open: [...attempt.open(changes), ...openOfTitles(changes, search)],
    notBefore,
  };
}

/** What stays open of the titles that have to be held first. */
function openOfTitles(changes: Changes, search: Search): string[] {
  return changes.titles.flatMap(({ scheme, grantedOn }) => {
    const tried = search(scheme, yearOf(grantedOn), 1);
    if (typeof tried === 'string') return [];
    return tried.attempt.open(changes).map((label) => `${schemeLabel(scheme)}：${label}`);
  });
}

function stepsOf(input: PlanInput, changes: Changes, until: number): Step[] {
  const before = project(input, until);
  const figures = Object.entries(changes.figures).map(([place, to]) => {
    const [year = '', key = ''] = place.split('.');
    const from = before[year]?.[key as FigureLever] ?? null;
    return { kind: 'figure' as const, key: key as FigureLever, year: Number(year), from, to };
  });
  const order = (key: FigureLever) => FIGURE_LEVERS.findIndex((lever) => lever.key === key);
  return [
    ...changes.titles.map(({ scheme, grantedOn }): Step => ({
      kind: 'title',
      scheme,
      year: yearOf(grantedOn),
    })),
    ...figures.sort((a, b) => a.year - b.year || order(a.key) - order(b.key)),
    ...Object.entries(changes.equity).map(([year, amount]): Step => ({
      kind: 'equity',
      amount,
      by: equityDay(input, Number(year))!,
    })),
    ...(changes.inventions > 0
      ? [{ kind: 'inventions', count: changes.inventions, by: grantDay(input) } as const]
      : []),
  ];
}
