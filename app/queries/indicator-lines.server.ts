/** Figures of the book as they are printed: one line an indicator, with the address of the list it counts. */
import type { Measure } from '../pipeline/figures/builtin.ts';
import {
  lookOf,
  NATURE_LABELS,
  rateLookOf,
  type IndicatorDefinition,
  type Nature,
} from '../pipeline/figures/definition.ts';
import { printed, printedNumber } from '../pipeline/figures/quantity.ts';
import { LEVEL_LANE } from '../pipeline/projection.ts';
import { MISSING, printedChange, printedRate, rateOf, type Change } from '../pipeline/figures/relations.ts';
import { spanWords, untilWords, type DaySpan } from '../pipeline/figures/span.ts';
import { rateClause, sentence, type Statement } from '../pipeline/figures/text.ts';
import { measureOf, partsOf, type Book, type Figure, type Reported } from './figures.server.ts';

/** Shown where nothing was ever said; 0, 未报送 and 不适用 are other cells. */
const NOTHING = '—';
const ABSENT = { notReported: '未报送', notApplicable: '不适用' } as const;

export interface ChangeCell {
  /** +18.7%, −0.5个百分点, or — */
  readonly text: string;
  /** Why there is no figure. */
  readonly why: string | null;
  /** Up 1, down −1, otherwise 0: never shown by colour alone. */
  readonly direction: 1 | -1 | 0;
}

export interface TargetCell {
  readonly id: number;
  readonly name: string;
  /** 620家 */
  readonly text: string;
  /** 2026年 */
  readonly days: string;
  /** Both in one: 2026年度任务, 2026年上半年计划. */
  readonly called: string;
  readonly completion: string;
  /** What counts towards it where that is not the figure shown: 2026年1—9月 13家. */
  readonly progress: string | null;
  /** Share of the target reached, at most 1, for a bar; null where it is not known. */
  readonly fill: number | null;
  /** 尚差40家, 已达到, 超出3家 */
  readonly remaining: string;
  readonly reached: boolean | null;
  /** 较期初 +40家（+6.9%）; null for a flow, or where the beginning is not known. */
  readonly growth: string | null;
  readonly reference: string;
}

export interface IndicatorLine {
  readonly id: string;
  readonly label: string;
  readonly builtin: boolean;
  readonly nature: Nature;
  readonly natureLabel: string;
  readonly unit: string;
  /** The figure with its unit, or why there is none. */
  readonly text: string;
  /** The figure alone, for a column whose head has the unit. */
  readonly number: string;
  readonly known: boolean;
  /** 2021年1—11月, or the day of a stock. */
  readonly days: string;
  readonly rates: readonly { readonly name: string; readonly text: string }[];
  readonly yearChange: ChangeCell;
  /** The figure it is compared with. */
  readonly yearBase: string | null;
  readonly previousChange: ChangeCell | null;
  readonly target: TargetCell | null;
  /** The same of all parks, where one is chosen, and its share of that. */
  readonly wider: { readonly label: string; readonly text: string; readonly share: string } | null;
  readonly scope: string;
  readonly source: string;
  readonly knownAt: string | null;
  readonly to: string | null;
}

const changeCell = (change: Change, look: { digits: number }): ChangeCell => {
  const text = printedChange(change, look);
  const up = text.startsWith('+');
  return {
    text,
    why: change.kind === 'none' ? MISSING[change.why] : null,
    direction: up ? 1 : text.startsWith('−') ? -1 : 0,
  };
};

/** The days a figure speaks of. */
export const daysText = (nature: Nature, { from, to }: DaySpan): string =>
  nature === 'stock' ? to : spanWords({ from, to });

export const absentText = ({ absence }: Pick<Reported, 'absence'>): string =>
  absence ? ABSENT[absence] : NOTHING;

function growthText(growth: Change | null, definition: IndicatorDefinition): string | null {
  if (!growth?.difference || growth.kind === 'points') return null;
  const { difference } = growth;
  const plus = difference.value.num > 0n ? '+' : '';
  const rate = printedChange(growth, rateLookOf(definition));
  return `较期初 ${plus}${printed(difference, lookOf(definition))}（${rate}）`;
}

function targetCell({ target, completion, definition, progress }: Figure): TargetCell | null {
  if (!target || !completion) return null;
  const look = lookOf(definition);
  const { remaining, reached, rate } = completion;
  const beyond = remaining && {
    ...remaining,
    value: { num: -remaining.value.num, den: remaining.value.den },
  };
  const left =
    remaining === null
      ? MISSING[rate.ok ? 'value' : rate.why]
      : remaining.value.num > 0n
        ? `尚差${printed(remaining, look)}`
        : remaining.value.num === 0n
          ? '已达到'
          : `超出${printed(beyond!, look)}`;
  const { row, value } = target;
  return {
    id: row.id,
    name: row.name,
    text: printed(value, { ...look, trim: true }),
    days: spanWords({ from: row.fromOn, to: row.toOn }),
    called: `${spanWords({ from: row.fromOn, to: row.toOn })}${row.name}`.replace('年年', '年'),
    completion: printedRate(rate, rateLookOf(definition)),
    progress:
      progress && `${spanWords(progress.span)} ${progress.value ? printed(progress.value, look) : NOTHING}`,
    fill: rate.ok ? Math.max(0, Math.min(1, Number(rate.share.num) / Number(rate.share.den))) : null,
    remaining: left,
    reached,
    growth: growthText(target.growth, definition),
    reference: row.reference,
  };
}

/** The list behind a built-in count; null where there is no such list. */
export function listOf(measure: Measure | null, { from, to }: DaySpan): string | null {
  if (!measure) return null;
  switch (measure.kind) {
    case 'held':
      return measure.stages ? null : `/enterprises?title=${measure.schemes.join('.')}`;
    case 'headline':
      // All tiers together: whoever holds a title of one of them.
      return measure.tiers.length === 1
        ? `/enterprises?tier=${measure.tiers[0]}`
        : `/enterprises?title=${measure.tiers.join('.')}`;
    case 'stages':
      return `/enterprises?stage=application:${measure.scheme}:${measure.stages.join('.')}`;
    case 'level':
      return `/enterprises?stage=${LEVEL_LANE}:${measure.scheme}:${measure.level}`;
    case 'movement': {
      const [column, ...more] = measure.columns;
      return more.length === 0 && !measure.less
        ? `/movement/cell?from=${from}&to=${to}&table=schemes&row=${measure.scheme}&column=${column}`
        : `/movement?from=${from}&to=${to}`;
    }
    default:
      return null;
  }
}

/** The same figure of all parks. */
function widerOf(figure: Figure, whole: Book | null): IndicatorLine['wider'] {
  const { definition, reported } = figure;
  if (!whole || definition.nature === 'rate') return null;
  const value = whole.reported(definition.id, reported.span)?.value ?? null;
  if (value === null || reported.value === null) return null;
  return {
    label: WHOLE,
    text: printed(value, lookOf(definition)),
    share: printedRate(rateOf(reported.value, value), rateLookOf(definition)),
  };
}

/** What all parks together are called beside one of them. */
const WHOLE = '全区';

/** @param whole the book of all parks, where one of them is looked at */
export function lineOf(figure: Figure, whole: Book | null): IndicatorLine {
  const { definition, reported, yearBase, yearChange, previousChange } = figure;
  const look = lookOf(definition);
  const rateLook = rateLookOf(definition);
  const { value } = reported;
  const isRate = definition.nature === 'rate';
  const own = isRate ? { ...look, digits: definition.rateDigits } : look;
  const [first] = figure.rates;
  const absent = isRate && first && !first.rate.ok ? MISSING[first.rate.why] : absentText(reported);
  return {
    id: definition.id,
    label: definition.label,
    builtin: figure.builtin,
    nature: definition.nature,
    natureLabel: NATURE_LABELS[definition.nature],
    unit: definition.unit,
    text: value ? printed(value, { ...own, group: true }) : absent,
    number: value ? printedNumber(value, { ...own, group: true }) : absent,
    known: value !== null,
    days: daysText(definition.nature, reported.span),
    rates: figure.rates.map(({ name, rate }) => ({ name, text: printedRate(rate, rateLook) })),
    yearChange: changeCell(yearChange, rateLook),
    yearBase: yearBase && printed(yearBase, { ...own, group: true }),
    previousChange: previousChange && changeCell(previousChange, rateLook),
    target: targetCell(figure),
    wider: widerOf(figure, whole),
    scope: definition.scope,
    source: reported.source,
    knownAt: reported.knownAt,
    to: value && value.value.num !== 0n ? listOf(measureOf(definition.id), reported.span) : null,
  };
}

/** The figure as a statement of a report. */
function statementOf(book: Book, figure: Figure, whole: Book | null): Statement {
  const { definition, reported, yearChange, completion, target, progress } = figure;
  const wider = whole?.reported(definition.id, reported.span)?.value ?? null;
  return {
    definition,
    span: reported.span,
    value: reported.value,
    change: yearChange,
    completion,
    progress: progress?.value ? { span: progress.span, value: progress.value } : null,
    ...(target && { targetName: target.row.name }),
    parts: partsOf(book, definition.id).map((part) => ({
      label: part.label,
      value: book.reported(part.id, reported.span)?.value ?? null,
    })),
    wider: wider && { label: WHOLE, value: wider },
  };
}

/** The figure in the idiom of a report; null where there is nothing to say. */
export function sentenceOf(book: Book, figure: Figure, whole: Book | null): string | null {
  const { definition, reported, rates } = figure;
  if (definition.nature === 'rate') {
    const said = rateClause(definition, rates);
    const { from, to } = reported.span;
    return said && `${from === to ? untilWords(to) : spanWords(reported.span)}，${said}。`;
  }
  return sentence(statementOf(book, figure, whole));
}
