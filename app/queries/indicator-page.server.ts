/** One indicator: its figure, definition, every value and target it ever had, and the forecast of a title's stock. */
import { readerOf } from '../db/fact-rows.server.ts';
import {
  readTargetHistory,
  readValueHistory,
  type TargetRow,
  type ValueRow,
} from '../db/indicator-rows.server.ts';
import type { IndicatorDefinition } from '../pipeline/figures/definition.ts';
import { decimalOf, exact, roundedTo } from '../pipeline/figures/exact.ts';
import { ENOUGH } from '../pipeline/figures/forecast.ts';
import { printed, readQuantity } from '../pipeline/figures/quantity.ts';
import { printedRate, rateOf } from '../pipeline/figures/relations.ts';
import { spanWords, wholeYear } from '../pipeline/figures/span.ts';
import { measureOf, type Figure, type Mode } from './figures.server.ts';
import { readForecast, type StockForecast } from './forecast.server.ts';
import { absentText, daysText, lineOf, sentenceOf } from './indicator-lines.server.ts';
import { booksOf } from './indicators-page.server.ts';
import type { Scope } from './scope.server.ts';
import { all, type Reading } from './sql.server.ts';

const parkNames = (db: Reading): ReadonlyMap<number, string> =>
  new Map(
    all<{ id: number; name: string }>(db, 'SELECT id, name FROM Park').map(({ id, name }) => [id, name]),
  );

const ALL_PARKS = '全部';

function valueEntry(row: ValueRow, definition: IndicatorDefinition, parks: ReadonlyMap<number, string>) {
  const value = row.value === null ? null : readQuantity(row.value, row.unit, row.qualifier);
  return {
    id: row.id,
    days: daysText(definition.nature, { from: row.fromOn, to: row.toOn }),
    park: row.parkId === null ? ALL_PARKS : (parks.get(row.parkId) ?? ''),
    // As it was entered: its own places, not the definition's.
    text: value ? printed(value, { digits: 12, trim: true, group: true }) : absentText(row),
    source: row.source,
    knownAt: row.knownAt,
    note: row.note,
    actor: row.actor,
    recordedAt: row.recordedAt,
  };
}

/** The first of each indicator, days and park counts; what follows was corrected. */
function valueHistory(db: Reading, definition: IndicatorDefinition) {
  const parks = parkNames(db);
  const seen = new Set<string>();
  return readValueHistory(readerOf(db.raw), definition.id).map((row) => {
    const key = `${row.fromOn} ${row.toOn} ${row.parkId}`;
    const counts = !seen.has(key);
    seen.add(key);
    return { ...valueEntry(row, definition, parks), counts };
  });
}

function targetEntry(row: TargetRow, parks: ReadonlyMap<number, string>) {
  const value = readQuantity(row.value, row.unit)!;
  const { id, name, reference, enteredBy, enteredAt, endedBy, endedAt } = row;
  return {
    id,
    name,
    reference,
    enteredBy,
    enteredAt,
    endedBy,
    endedAt,
    days: spanWords({ from: row.fromOn, to: row.toOn }),
    park: row.parkId === null ? ALL_PARKS : (parks.get(row.parkId) ?? ''),
    text: printed(value, { digits: 12, trim: true, group: true }),
  };
}

const percentText = (chance: number): string => {
  const thousandths = exact(Math.round(chance * 1e6), 1e6);
  // A chance that is not certain is not printed as if it were.
  if (chance > 0 && roundedTo(thousandths, 3, 'halfUp') === 0n) return '不足0.1%';
  if (chance < 1 && roundedTo(thousandths, 3, 'halfUp') === 1000n) return '99.9%以上';
  return `${decimalOf(exact(Math.round(chance * 1e6), 1e4), { digits: 1 })}%`;
};

/** The forecast as printed. */
export function forecastView({ until, result, groups }: StockForecast, target: string | null) {
  const { lowest, highest, deciding } = result;
  const label = new Map(groups.map((group) => [group.id, group.label]));
  return {
    until,
    target,
    lowest,
    highest,
    low: result.low,
    high: result.high,
    distribution:
      result.kind === 'distribution'
        ? {
            median: result.median,
            reach: result.reach === null ? null : percentText(result.reach),
          }
        : null,
    thin: result.kind === 'range' ? result.thin.map((track) => track.label) : [],
    groups: groups.map(({ id, label: name, open, trials, successes }) => ({
      id,
      label: name,
      open,
      trials,
      successes,
      rate:
        trials >= ENOUGH
          ? printedRate(rateOf(readQuantity(String(successes), '家'), readQuantity(String(trials), '家')))
          : `不足 ${ENOUGH} 例，不推算`,
    })),
    deciding: deciding.map(({ open, chance, weight }) => ({
      id: open.id,
      name: open.name,
      uscc: open.uscc,
      group: label.get(open.track) ?? open.track,
      on: open.on,
      ends: open.track === 'keep',
      chance: chance === null ? null : percentText(chance),
      weight: weight === null ? null : percentText(weight),
    })),
  };
}
export type ForecastView = ReturnType<typeof forecastView>;

/** The scheme whose stock an indicator is; null for any other. */
function schemeOf(indicator: string): string | null {
  const measure = measureOf(indicator);
  return measure?.kind === 'held' && measure.schemes.length === 1 && !measure.stages
    ? measure.schemes[0]!
    : null;
}

/** The forecast of a figure to the end of its target's days, or of the year; null where nothing can be said. */
export function forecastOfFigure(
  db: Reading,
  scope: Pick<Scope, 'asOf' | 'parkIds'>,
  figure: Figure,
): ForecastView | null {
  const scheme = schemeOf(figure.definition.id);
  const { asOf, parkIds } = scope;
  const until = figure.target?.row.toOn ?? wholeYear(asOf).to;
  const { value } = figure.reported;
  if (scheme === null || value === null || until <= asOf) return null;
  const wanted = figure.target?.value.value ?? null;
  // Half an enterprise more than a target is one more.
  const target = wanted && Number(roundedTo(wanted, 0, 'up'));
  const forecast = readForecast(db, { scheme, asOf, until, parkIds, stock: Number(value.value.num), target });
  return forecastView(forecast, figure.target && printed(figure.target.value));
}

/** Everything about one indicator; null where there is none such. */
export function indicatorPage(db: Reading, scope: Scope, mode: Mode, indicator: string) {
  const { book, whole } = booksOf(db, scope, mode);
  const figure = book.figure(indicator);
  if (!figure) return null;
  const { definition } = figure;
  const parks = parkNames(db);
  const parts = [...book.definitions.values()].filter((each) => each.partOf === indicator);
  return {
    line: lineOf(figure, whole),
    sentence: sentenceOf(book, figure, whole),
    numerator: definition.numerator,
    denominator: definition.denominator,
    parts: parts.map(({ id, label }) => ({ id, label })),
    partOf: definition.partOf && {
      id: definition.partOf,
      label: book.definitions.get(definition.partOf)?.label ?? definition.partOf,
    },
    /** Values are entered by hand: neither counted nor a rate. */
    entered: !figure.builtin && definition.nature !== 'rate',
    values: valueHistory(db, definition),
    targets: readTargetHistory(readerOf(db.raw), indicator).map((row) => targetEntry(row, parks)),
    forecast: forecastOfFigure(db, scope, figure),
  };
}
export type IndicatorPage = NonNullable<ReturnType<typeof indicatorPage>>;

/** Targets in force in the scope, with what is said of their end. */
export function targetsPage(db: Reading, scope: Scope, mode: Mode) {
  const { book, whole } = booksOf(db, scope, mode);
  return [...book.definitions.keys()].flatMap((id) => {
    const figure = book.figure(id);
    if (!figure?.target) return [];
    return [{ line: lineOf(figure, whole), forecast: forecastOfFigure(db, scope, figure) }];
  });
}
export type TargetLine = ReturnType<typeof targetsPage>[number];
