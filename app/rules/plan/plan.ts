/**
 * The way to a title: the earliest year in which its conditions can be met, and the least that has to change until
 * then. Closed years stay as they are; so a figure of theirs that is too low moves the earliest year. Every plan is
 * judged by the engine before it is given. Only what {@link FIGURE_LEVERS} name, own inventions and titles held
 * before are changed: a veto, a size, a person's judgement never.
 */
import { yearOf, type Day } from '../day.ts';
import { compilePanel, type CompiledRule, type Panel } from '../engine/compile.ts';
import { MET, UNKNOWN, UNMET, WAIVED, type Sheet } from '../engine/sheet.ts';
import { testInputs } from '../engine/walk.ts';
import type { Input } from '../engine/types.ts';
import type { Facts } from '../facts/parse.ts';
import { momentOf, RULE_BY_ID, selectRule } from '../index.ts';
import {
  FIGURE_LEVERS,
  grantDay,
  NO_CHANGES,
  outlook,
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
  | { readonly kind: 'title'; readonly scheme: string; readonly year: number };

export type Plan =
  | {
      readonly ok: true;
      readonly scheme: string;
      readonly rule: string;
      /** Year and day of the application. */
      readonly year: number;
      readonly on: Day;
      readonly steps: readonly Step[];
      readonly changes: Changes;
      /** Conditions that stay open: facts not known, or a person's judgement. */
      readonly open: readonly string[];
      /** What forbids the year before; empty where that is this year. */
      readonly notBefore: readonly string[];
    }
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
}

const HORIZON = 6;
const MOST_INVENTIONS = 20;
/** Ten thousand 元: amounts of a plan are whole multiples. */
const GRAIN = 1_000_000;
const MOST = 1e13;
/** Titles that others ask for first, in the order of effort. */
const PREREQUISITES = ['tsme', 'isme', 'hnte', 'srdi'];

const compiled = new Map<string, Panel>();

function panelOf(rule: string): Panel {
  let panel = compiled.get(rule);
  if (!panel) compiled.set(rule, (panel = compilePanel([RULE_BY_ID.get(rule)!])));
  return panel;
}

/** The earliest plan for one title, or why there is none. */
export function planFor(input: PlanInput, depth = 0): Plan {
  const { scheme, on, facts, horizon = HORIZON } = input;
  let blocking: string[] = [];
  for (let year = yearOf(on); year <= yearOf(on) + horizon; year += 1) {
    const day = year === yearOf(on) ? on : `${year}${on.slice(4).replace('-02-29', '-02-28')}`;
    const selected = selectRule(scheme, 'new', day, facts.division ?? null);
    if (!selected.ok) return { ok: false, scheme, reason: selected.reason, blocking: [] };
    const attempt = new Attempt(input, selected.rule, day, depth);
    const changes = attempt.solve();
    if (changes) {
      return {
        ok: true,
        scheme,
        rule: selected.rule,
        year,
        on: day,
        steps: stepsOf(input, changes, year),
        changes,
        open: attempt.open(changes),
        notBefore: blocking,
      };
    }
    blocking = attempt.blocking;
  }
  return { ok: false, scheme, reason: `${horizon} 年内没有可行的路径`, blocking };
}

function stepsOf(input: PlanInput, changes: Changes, until: number): Step[] {
  const before = outlook(input, { ...NO_CHANGES }, until);
  const figures = Object.entries(changes.figures).map(([place, to]): Step => {
    const [year = '', key = ''] = place.split('.');
    const from = before.years?.[year]?.[key as FigureLever] ?? null;
    return { kind: 'figure', key: key as FigureLever, year: Number(year), from, to };
  });
  return [
    ...changes.titles.map(({ scheme, grantedOn }): Step => ({
      kind: 'title',
      scheme,
      year: yearOf(grantedOn),
    })),
    ...figures.sort((a, b) => (a.kind === 'figure' && b.kind === 'figure' ? a.year - b.year : 0)),
    ...(changes.inventions > 0
      ? [{ kind: 'inventions', count: changes.inventions, by: grantDay(input) } as const]
      : []),
  ];
}

/** Of two plans for the same figure the one that goes farther. */
function farther(one: Changes['figures'], other: Changes['figures']): Changes['figures'] {
  const both: Record<string, number> = { ...one };
  for (const [place, value] of Object.entries(other)) {
    const lowers = FIGURE_LEVERS.some(({ key, direction }) => direction < 0 && place.endsWith(`.${key}`));
    const present = both[place] ?? value;
    both[place] = lowers ? Math.min(present, value) : Math.max(present, value);
  }
  return both;
}

/** One title in one year. */
class Attempt {
  readonly blocking: string[] = [];
  readonly #input: PlanInput;
  readonly #panel: Panel;
  readonly #rule: CompiledRule;
  readonly #day: Day;
  readonly #year: number;
  readonly #depth: number;

  constructor(input: PlanInput, rule: string, day: Day, depth: number) {
    this.#input = input;
    this.#panel = panelOf(rule);
    this.#rule = this.#panel.rules[0]!;
    this.#day = day;
    this.#year = yearOf(day);
    this.#depth = depth;
  }

  /** The changes that leave nothing unmet; null where they cannot. */
  solve(): Changes | null {
    let changes: Changes = NO_CHANGES;
    for (const row of this.#order()) {
      const sheet = this.#judge(changes);
      if (this.#holds(sheet, row)) continue;
      const next = this.#raise(changes, row);
      if (next) changes = next;
      else if (sheet.result[row] === UNMET) this.blocking.push(this.#rule.rows[row]!.condition.label);
    }
    if (this.blocking.length > 0) return null;
    // A later step may have undone an earlier one.
    const last = this.#judge(changes);
    return this.#rule.conditionRows.some((row) => last.result[row] === UNMET) ? null : changes;
  }

  open(changes: Changes): string[] {
    const sheet = this.#judge(changes);
    return this.#rule.conditionRows.flatMap((row) =>
      sheet.result[row]! >= UNKNOWN ? [this.#rule.rows[row]!.condition.label] : [],
    );
  }

  /** Conditions on single years before sums over several: so a sum is topped up by no more than is missing. */
  #order(): number[] {
    const { rows, conditionRows } = this.#rule;
    const several = (row: number) =>
      rows[row]!.children.length === 0 && testInputs(rows[row]!.part.test).length > 2 ? 1 : 0;
    const sums = (row: number) => (several(row) || /合计|总额/.test(rows[row]!.condition.label) ? 1 : 0);
    return [...conditionRows].filter((row) => !rows[row]!.condition.veto).sort((a, b) => sums(a) - sums(b));
  }

  #judge(changes: Changes): Sheet {
    const facts: Facts = outlook(this.#input, changes, this.#year);
    const slots = this.#panel.slots();
    const sheet = this.#rule.sheet();
    this.#panel.fill(facts, momentOf(this.#day, 'new'), slots);
    this.#rule.judge(slots, sheet);
    return sheet;
  }

  #holds(sheet: Sheet, row: number): boolean {
    return sheet.result[row] === MET || sheet.result[row] === WAIVED;
  }

  #met(changes: Changes, row: number): boolean {
    return this.#holds(this.#judge(changes), row);
  }

  /** Changes under which a row is met, the least of each lever; null where no lever reaches it. */
  #raise(changes: Changes, row: number): Changes | null {
    const { children, part } = this.#rule.rows[row]!;
    if (children.length === 0) return this.#raiseLeaf(changes, row);
    if (part.test.kind === 'all') {
      let next: Changes | null = changes;
      for (const child of children) if (next && !this.#met(next, child)) next = this.#raise(next, child);
      return next && this.#met(next, row) ? next : null;
    }
    for (const child of children) {
      const next = this.#raise(changes, child);
      if (next && this.#met(next, row)) return next;
    }
    return null;
  }

  #raiseLeaf(changes: Changes, row: number): Changes | null {
    const inputs = testInputs(this.#rule.rows[row]!.part.test);
    const ids = inputs.map((input) => (input.kind === 'figure' ? input.key : input.feature.id));
    if (ids.some((id) => id.startsWith('title:'))) return this.#holdTitle(changes, row);
    if (ids.some((id) => id.startsWith('ip:'))) return this.#addInventions(changes, row);
    // The last year first: it leaves the most time.
    for (const { key, year, direction } of this.#figures(inputs)) {
      const next = this.#turn(changes, row, `${year}.${key}`, direction);
      if (next) return next;
    }
    return null;
  }

  #figures(inputs: readonly Input[]): { key: FigureLever; year: number; direction: 1 | -1 }[] {
    const moment = momentOf(this.#day, 'new');
    return FIGURE_LEVERS.flatMap(({ key, direction }) => {
      const years = inputs.flatMap((input) => {
        if (input.kind === 'figure') return input.key === key ? [this.#year + input.offset] : [];
        return key === 'rdExpense' &&
          input.feature.id.startsWith('rdExpense') &&
          !input.feature.id.includes('Domestic')
          ? [...(input.feature.years?.(moment) ?? [])]
          : [];
      });
      const given = this.#input.facts.years;
      return [...new Set(years)]
        .filter((year) => year >= yearOf(this.#input.on) && given?.[year]?.[key] == null)
        .sort((a, b) => b - a)
        .map((year) => ({ key, year, direction }));
    });
  }

  /** The least turn of one figure, in whole 万元, that meets the row: bisection on the engine's own answer. */
  #turn(changes: Changes, row: number, place: string, direction: 1 | -1): Changes | null {
    const [year = '', key = ''] = place.split('.');
    const start = outlook(this.#input, changes, this.#year).years?.[year]?.[key as FigureLever] ?? 0;
    const at = (steps: number): Changes => {
      const value = direction > 0 ? start + steps * GRAIN : Math.max(0, start - steps * GRAIN);
      return { ...changes, figures: { ...changes.figures, [place]: value } };
    };
    const most = Math.ceil((direction > 0 ? MOST : start) / GRAIN);
    let high = 1;
    while (!this.#met(at(high), row)) {
      if (high >= most) return null;
      high = Math.min(most, high * 2);
    }
    let low = Math.floor(high / 2);
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#met(at(middle), row)) high = middle;
      else low = middle;
    }
    // Main revenue is a part of all revenue.
    const whole = outlook(this.#input, changes, this.#year).years?.[year]?.operatingRevenue;
    const value = at(high).figures[place]!;
    if (key === 'mainRevenue' && whole != null && value > whole) {
      const capped = { ...changes, figures: { ...changes.figures, [place]: whole } };
      return this.#met(capped, row) ? capped : null;
    }
    return at(high);
  }

  #addInventions(changes: Changes, row: number): Changes | null {
    if (grantDay(this.#input) > this.#day) return null;
    for (let count = changes.inventions + 1; count <= MOST_INVENTIONS; count += 1) {
      const next = { ...changes, inventions: count };
      if (this.#met(next, row)) return next;
    }
    return null;
  }

  /** A title held first: the earliest of those that would do, applied for at least a year before. */
  #holdTitle(changes: Changes, row: number): Changes | null {
    if (this.#depth >= 3) return null;
    const plans = PREREQUISITES.filter((scheme) => scheme !== this.#input.scheme).flatMap((scheme) => {
      const grantedOn = (year: number): Day => `${year}-12-31`;
      const probe = {
        ...changes,
        titles: [...changes.titles, { scheme, grantedOn: grantedOn(this.#year - 1) }],
      };
      if (!this.#met(probe, row)) return [];
      const plan = planFor(
        { ...this.#input, scheme, horizon: this.#year - 1 - yearOf(this.#input.on) },
        this.#depth + 1,
      );
      return plan.ok && plan.year < this.#year ? [{ scheme, plan, grantedOn: grantedOn(plan.year) }] : [];
    });
    const [first] = plans.sort(
      (a, b) => a.plan.year - b.plan.year || a.plan.steps.length - b.plan.steps.length,
    );
    if (!first) return null;
    const { plan, scheme, grantedOn } = first;
    const next: Changes = {
      figures: farther(plan.changes.figures, changes.figures),
      inventions: Math.max(changes.inventions, plan.changes.inventions),
      titles: [...changes.titles, ...plan.changes.titles, { scheme, grantedOn }],
    };
    return this.#met(next, row) ? next : null;
  }
}
