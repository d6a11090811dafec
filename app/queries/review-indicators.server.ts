/** The register's indicators as cards of a review: those with a target, and those entered as values. */
import { lookOf, rateLookOf, type IndicatorDefinition } from '../pipeline/figures/definition.ts';
import { ROUNDING_LABELS, type Exact } from '../pipeline/figures/exact.ts';
import { printedNumber, type Quantity } from '../pipeline/figures/quantity.ts';
import { printedChange, printedRate, type Change } from '../pipeline/figures/relations.ts';
import { spanWords } from '../pipeline/figures/span.ts';
import { noFigure } from '../pipeline/review/figure.ts';
import type {
  Figure,
  IndicatorCard,
  ReviewDefinition,
  ReviewPeriod,
  ReviewScope,
} from '../pipeline/review/tables.ts';
import { forecastOfFigure, type ForecastView } from './indicator-page.server.ts';
import { openBook, type Figure as BookFigure } from './figures.server.ts';
import { lineOf } from './indicator-lines.server.ts';
import { all, type Reading } from './sql.server.ts';

export interface ReviewIndicators {
  readonly cards: readonly IndicatorCard[];
  readonly definitions: readonly ReviewDefinition[];
}

/** Indicators with a target in force or a value that was entered. */
const told = (db: Reading): string[] =>
  all<{ indicator: string }>(
    db,
    `SELECT indicator FROM IndicatorTarget WHERE endedAt IS NULL UNION SELECT indicator FROM IndicatorValue
     ORDER BY indicator`,
  ).map(({ indicator }) => indicator);

/** Cards of a scope; an indicator is of a park, so a narrower choice has none. */
export function reviewIndicators(
  db: Reading,
  period: ReviewPeriod,
  { scope, parkIds, narrowed }: { scope: ReviewScope; parkIds: readonly number[] | null; narrowed: unknown },
): ReviewIndicators {
  const ids = narrowed ? [] : told(db);
  if (ids.length === 0) return { cards: [], definitions: [] };
  const book = openBook(db, {
    asOf: period.to,
    mode: period.window === 'quarter' ? 'quarter' : 'ytd',
    park: scope.park,
    parkIds,
  });
  const figures = ids.flatMap((id) => book.figure(id) ?? []);
  const known = figures.filter(({ reported, target }) => reported.value !== null || target !== null);
  return {
    cards: known.map((figure) =>
      cardOf(figure, period.to, forecastWords(forecastOfFigure(db, { asOf: period.to, parkIds }, figure))),
    ),
    definitions: known.map(({ definition }) => definedAs(definition)),
  };
}

/** The forecast in one sentence: a range always, a chance only where there are cases enough for one. */
function forecastWords(view: ForecastView | null): string | null {
  if (!view) return null;
  const { until, low, high, target, distribution, thin } = view;
  const range = low === high ? `${low} 家` : `${low}—${high} 家`;
  const chance = target && distribution?.reach ? `，达到目标 ${target} 的可能为 ${distribution.reach}` : '';
  const why = thin.length > 0 ? '（可比案例不足，只给范围）' : '';
  return `到 ${until} 预计 ${range}${chance}${why}`;
}

/** A fraction as whole numbers; none where they are too large to be exact in JSON. */
function exactParts({ num, den }: Exact): Pick<Figure, 'value' | 'over'> | null {
  const [value, over] = [Number(num), Number(den)];
  if (!Number.isSafeInteger(value) || !Number.isSafeInteger(over)) return null;
  return over === 1 ? { value } : { value, over };
}

const HUNDRED = 100n;

function quantityFigure(
  q: Quantity | null,
  definition: IndicatorDefinition,
  to: string | null = null,
): Figure {
  // A rate is held as its fraction, like every share of a review.
  const rate = q?.unit === '%';
  const parts = q && exactParts(rate ? { num: q.value.num, den: q.value.den * HUNDRED } : q.value);
  if (!q || !parts) return noFigure(definition.unit, definition.id);
  const look = { ...lookOf(definition), group: true };
  const digits = rate ? { digits: definition.rateDigits } : {};
  const text = printedNumber(q, { ...look, ...digits }) + (rate ? '%' : '');
  return { ...parts, unit: q.unit, text, definition: definition.id, to };
}

function changeOfFigure(change: Change | null, definition: IndicatorDefinition): Figure | null {
  if (!change) return null;
  const unit = change.kind === 'points' ? '百分点' : '%';
  if (change.kind === 'none') return noFigure(unit, definition.id);
  const parts = exactParts(change.kind === 'rate' ? change.rate : change.difference.value);
  if (!parts) return noFigure(unit, definition.id);
  return {
    ...parts,
    unit,
    text: printedChange(change, rateLookOf(definition)),
    definition: definition.id,
    to: null,
  };
}

function cardOf(figure: BookFigure, asOf: string, forecast: string | null): IndicatorCard {
  const { definition, reported, target, completion, progress } = figure;
  const { source, to, days } = lineOf(figure, null);
  const rate = completion?.rate;
  const share = rate?.ok ? exactParts(rate.share) : null;
  return {
    id: definition.id,
    label: definition.label,
    value: quantityFigure(
      reported.value,
      definition,
      to && `${to}${to.includes('?') ? '&' : '?'}asOf=${asOf}`,
    ),
    yearOnYear: changeOfFigure(figure.yearChange, definition),
    quarterOnQuarter: changeOfFigure(figure.previousChange, definition),
    target: target && quantityFigure(target.value, definition),
    progress: progress && {
      value: quantityFigure(progress.value, definition),
      days: spanWords(progress.span),
    },
    completion:
      rate && share
        ? {
            ...share,
            unit: '%',
            text: printedRate(rate, rateLookOf(definition)),
            definition: definition.id,
            to: null,
          }
        : null,
    remaining: completion?.remaining ? quantityFigure(completion.remaining, definition) : null,
    forecast,
    source,
    asOf: days,
  };
}

const definedAs = (own: IndicatorDefinition): ReviewDefinition => ({
  id: own.id,
  label: own.label,
  numerator: own.numerator,
  denominator: own.denominator,
  scope: own.scope,
  kind: own.nature,
  unit: own.unit,
  rounding: ROUNDING_LABELS[own.rounding],
  digits: own.digits,
  source: own.source,
  owner: own.owner,
});
