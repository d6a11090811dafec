/**
 * The book of figures: every indicator with its definition, its value over days, its change, its target. Pages,
 * exports and texts all read from here, so that they cannot differ.
 */
import { readerOf } from '../db/fact-rows.server.ts';
import {
  readDefinitionRows,
  readTargetRows,
  readValueRows,
  type Absence,
  type TargetRow,
  type ValueRow,
} from '../db/indicator-rows.server.ts';
import { builtinIndicators, type BuiltinIndicator, type Measure } from '../pipeline/figures/builtin.ts';
import type { IndicatorDefinition } from '../pipeline/figures/definition.ts';
import { exact } from '../pipeline/figures/exact.ts';
import { inUnit, quantity, readQuantity, type Quantity } from '../pipeline/figures/quantity.ts';
import {
  changeOf,
  completionOf,
  perCent,
  rateOf,
  type Change,
  type Completion,
  type Rate,
} from '../pipeline/figures/relations.ts';
import {
  monthsBefore,
  quarterToDate,
  yearBefore,
  yearToDate,
  type DaySpan,
} from '../pipeline/figures/span.ts';
import { addDays, type Day } from '../rules/day.ts';
import { counterOf } from './indicator-counts.server.ts';
import { schemeLabel } from './schemes.server.ts';
import { one, type Reading } from './sql.server.ts';

const BUILTINS: ReadonlyMap<string, BuiltinIndicator> = new Map(
  builtinIndicators(schemeLabel).map((each) => [each.definition.id, each]),
);
export const isBuiltin = (indicator: string): boolean => BUILTINS.has(indicator);
/** How a built-in indicator is counted; null for what is entered. */
export const measureOf = (indicator: string): Measure | null => BUILTINS.get(indicator)?.measure ?? null;

/** 累计 from January, or the quarter; both up to the day looked at. */
const MODES = ['ytd', 'quarter'] as const;
export type Mode = (typeof MODES)[number];

export interface BookInput {
  readonly asOf: Day;
  readonly mode: Mode;
  /** Code of the park whose entered values and targets count; null: those of the whole area. */
  readonly park: string | null;
  /** Its id and those below it, for what is counted; null: all. */
  readonly parkIds: readonly number[] | null;
  /** Definitions, values and targets as entered up to this instant; null: now. Counts are of what is known now. */
  readonly knownAt?: string | null;
}

/** One value: the days it speaks of, and where it comes from. */
export interface Reported {
  readonly span: DaySpan;
  readonly value: Quantity | null;
  /** Said to be absent; null where nothing was said, or there is a value. */
  readonly absence: Absence | null;
  readonly source: string;
  /** The day the value was known; null for what is counted. */
  readonly knownAt: Day | null;
}

export interface NamedRate {
  /** The denominator it is of. */
  readonly name: string;
  readonly rate: Rate;
}

export interface Figure {
  readonly definition: IndicatorDefinition;
  readonly builtin: boolean;
  readonly reported: Reported;
  /** Of a rate: one a denominator. */
  readonly rates: readonly NamedRate[];
  /** 同比, against the same days a year before. */
  readonly yearChange: Change;
  readonly yearBase: Quantity | null;
  /** 环比; null for cumulative flows, which have none. */
  readonly previousChange: Change | null;
  readonly target: {
    readonly row: TargetRow;
    readonly value: Quantity;
    /** Of a stock: against what it was on the day before the target's days. */
    readonly growth: Change | null;
  } | null;
  /** What counts towards the target where that is not the figure shown: the quarter's own, of a target for the year. */
  readonly progress: Reported | null;
  readonly completion: Completion | null;
}

export interface Book {
  readonly definitions: ReadonlyMap<string, IndicatorDefinition>;
  /** The figure of an indicator; null where there is no such indicator. */
  figure: (indicator: string) => Figure | null;
  /** What was reported for exactly these days. */
  reported: (indicator: string, span: DaySpan) => Reported | null;
  /** Id of the park chosen, null for the whole area. */
  readonly parkId: number | null;
  readonly span: DaySpan;
}

const spanOf = (asOf: Day, mode: Mode): DaySpan => (mode === 'ytd' ? yearToDate(asOf) : quarterToDate(asOf));

/** Definitions in force by id: what the program counts, worded by the park where it did, and what it entered. */
export function definitionsOf(db: Reading, knownAt: string | null = null): Map<string, IndicatorDefinition> {
  const found = new Map([...BUILTINS].map(([id, { definition }]) => [id, definition]));
  for (const row of readDefinitionRows(readerOf(db.raw), knownAt)) found.set(row.id, row);
  return found;
}

/** Id of the park of a code, for what was entered under it. */
export const parkIdOf = (db: Reading, code: string | null): number | null =>
  code === null ? null : (one<{ id: number }>(db, 'SELECT id FROM Park WHERE code = ?', code)?.id ?? null);

const reportedRow = (row: ValueRow, definition: IndicatorDefinition): Reported => {
  const stated = row.value === null ? null : readQuantity(row.value, row.unit, row.qualifier);
  return {
    span: { from: row.fromOn, to: row.toOn },
    value: stated && (inUnit(stated, definition.unit) ?? stated),
    absence: row.absence,
    source: row.source,
    knownAt: row.knownAt,
  };
};

/** Opens the book of a day; figures are read when they are asked for. */
export function openBook(db: Reading, input: BookInput): Book {
  const { asOf, mode, parkIds, knownAt = null } = input;
  const reader = readerOf(db.raw);
  const parkId = parkIdOf(db, input.park);
  const definitions = definitionsOf(db, knownAt);
  const counter = counterOf(db, parkIds);
  const values = Map.groupBy(readValueRows(reader, parkId, knownAt), (row) => row.indicator);
  const targets = Map.groupBy(readTargetRows(reader, parkId, knownAt), (row) => row.indicator);
  const span = spanOf(asOf, mode);

  function reported(indicator: string, days: DaySpan): Reported | null {
    const definition = definitions.get(indicator);
    if (!definition) return null;
    const builtin = BUILTINS.get(indicator);
    if (builtin) {
      const count = counter.count(builtin.measure, days);
      const value = quantity(exact(count), definition.unit);
      return { span: days, value, absence: null, source: definition.source, knownAt: null };
    }
    if (definition.nature === 'rate') return rateReported(definition, days);
    const stock = definition.nature === 'stock';
    const row = values
      .get(indicator)
      ?.find(({ fromOn, toOn }) => toOn === days.to && (stock || fromOn === days.from));
    return row ? reportedRow(row, definition) : null;
  }

  function ratesOf({ numeratorId, denominatorIds }: IndicatorDefinition, days: DaySpan): NamedRate[] {
    const above = numeratorId === null ? null : (reported(numeratorId, days)?.value ?? null);
    return denominatorIds.map((id) => ({
      name: definitions.get(id)?.label ?? id,
      rate: rateOf(above, reported(id, days)?.value ?? null),
    }));
  }

  /** A rate by its first denominator. */
  function rateReported(definition: IndicatorDefinition, days: DaySpan): Reported {
    const [first] = ratesOf(definition, days);
    const value = first?.rate.ok ? perCent(first.rate.share) : null;
    return { span: days, value, absence: null, source: definition.source, knownAt: null };
  }

  /** The latest days reported up to the day: those from January on, or the quarter; of a stock, any day. */
  function latestDays(definition: IndicatorDefinition): DaySpan {
    if (BUILTINS.has(definition.id)) return span;
    const { numeratorId, denominatorIds } = definition;
    const named = definition.nature === 'rate' ? [numeratorId, ...denominatorIds] : [definition.id];
    // What is counted is known for any day, what is entered only for its own.
    const id = named.find((each) => each !== null && !BUILTINS.has(each));
    const base = id && definitions.get(id);
    if (!base) return span;
    const fits = ({ fromOn, toOn }: ValueRow) =>
      toOn <= asOf &&
      (base.nature === 'stock' || fromOn === (mode === 'ytd' ? yearToDate(toOn) : quarterToDate(toOn)).from);
    const row = values.get(id)?.findLast(fits);
    return row ? { from: row.fromOn, to: row.toOn } : span;
  }

  /** 上期 of what has one: a stock a quarter before, a flow of a quarter the quarter before. */
  function previousDays(definition: IndicatorDefinition, days: DaySpan): DaySpan | null {
    if (definition.nature === 'flow' && mode === 'ytd') return null;
    return monthsBefore(days, 3);
  }

  function targetFor(definition: IndicatorDefinition, days: DaySpan) {
    const rows = targets.get(definition.id) ?? [];
    // The one of the days' own year: a target for next year says nothing of this one.
    const row = rows.find(({ fromOn, toOn }) => fromOn <= days.to && days.to <= toOn);
    const stated = row && readQuantity(row.value, row.unit);
    if (!row || !stated) return null;
    const value = inUnit(stated, definition.unit) ?? stated;
    const eve = addDays(row.fromOn, -1);
    const opening = reported(definition.id, { from: eve, to: eve })?.value ?? null;
    return { row, value, growth: definition.nature === 'stock' ? changeOf(value, opening) : null };
  }

  /** Of a flow, what came since the target's first day; null where the figure itself is that. */
  function progressFor(definition: IndicatorDefinition, days: DaySpan, since: Day): Reported | null {
    if (definition.nature !== 'flow' || days.from === since) return null;
    const span = { from: since, to: days.to };
    const { source } = definition;
    return reported(definition.id, span) ?? { span, value: null, absence: null, source, knownAt: null };
  }

  function figure(indicator: string): Figure | null {
    const definition = definitions.get(indicator);
    if (!definition) return null;
    const days = latestDays(definition);
    const own = reported(indicator, days) ?? {
      span: days,
      value: null,
      absence: null,
      source: definition.source,
      knownAt: null,
    };
    const yearBase = reported(indicator, yearBefore(days))?.value ?? null;
    const earlier = previousDays(definition, days);
    const target = targetFor(definition, days);
    const progress = target && progressFor(definition, days, target.row.fromOn);
    return {
      definition,
      builtin: BUILTINS.has(indicator),
      reported: own,
      rates: definition.nature === 'rate' ? ratesOf(definition, days) : [],
      yearBase,
      yearChange: changeOf(own.value, yearBase),
      previousChange: earlier && changeOf(own.value, reported(indicator, earlier)?.value ?? null),
      target,
      progress,
      completion: target && completionOf((progress ?? own).value, target.value),
    };
  }

  return { definitions, figure, reported, parkId, span };
}

/** Parts of a whole, in the order of the register. */
export const partsOf = (book: Book, whole: string): IndicatorDefinition[] =>
  [...book.definitions.values()].filter((each) => each.partOf === whole);

/** Steps of a nested funnel from its first on. */
export function stepsFrom(book: Book, first: string): IndicatorDefinition[] {
  const all = [...book.definitions.values()];
  const steps: IndicatorDefinition[] = [];
  for (let at = book.definitions.get(first); at && !steps.includes(at);) {
    steps.push(at);
    const { id } = at;
    at = all.find((each) => each.stepAfter === id);
  }
  return steps;
}
