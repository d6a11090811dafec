/** Figures of a review, printed exactly. Pure. */
import { exact } from '../figures/exact.ts';
import { quantity } from '../figures/quantity.ts';
import { changeOf, printedChange, printedRate, rateOf } from '../figures/relations.ts';
import type { Unit } from '../figures/units.ts';
import type { Figure } from './tables.ts';

/** Shown where there is no number. */
export const NONE = '—';

const grouped = (value: number) =>
  (value < 0 ? '−' : '') + String(Math.abs(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** A whole number. */
export const countFigure = (
  value: number,
  unit: Unit,
  definition: string,
  to: string | null = null,
): Figure => ({ value, unit, text: grouped(value), definition, to: value === 0 ? null : to });

/** Why there is no number, in `text`. */
export const noFigure = (unit: Unit, definition: string, text = NONE): Figure => ({
  value: null,
  unit,
  text,
  definition,
  to: null,
});

/** A share of two counts in per cent with one decimal; a base of 0 shows —. */
export function shareFigure(part: number, whole: number, definition: string): Figure {
  if (whole === 0) return noFigure('%', definition);
  const rate = rateOf(quantity(exact(part), '个'), quantity(exact(whole), '个'));
  return { value: part, over: whole, unit: '%', text: printedRate(rate), definition, to: null };
}

/** Growth of a count against an earlier one: base 0 or below shows —. */
export function changeFigure(now: Figure, before: Figure, definition: string): Figure {
  if (now.value === null || before.value === null) return noFigure('%', definition);
  const change = changeOf(quantity(exact(now.value), '个'), quantity(exact(before.value), '个'));
  if (change.kind !== 'rate') return noFigure('%', definition);
  return {
    value: now.value - before.value,
    over: before.value,
    unit: '%',
    text: printedChange(change),
    definition,
    to: null,
  };
}
