/** A figure with its unit and the word that says how exact it is (近, 余, 约, 以上), printed as reports print it. Pure. */
import { decimalOf, readExact, type DecimalLook, type Exact, type Rounding } from './exact.ts';
import { converted, digitsOfUnit, type Unit } from './units.ts';

/** What a figure claims about the true one. */
export const QUALIFIERS = {
  近: { before: '近', after: '', claims: 'below' },
  约: { before: '约', after: '', claims: 'about' },
  超: { before: '超', after: '', claims: 'above' },
  余: { before: '', after: '余', claims: 'above' },
  以上: { before: '', after: '以上', claims: 'atLeast' },
  以下: { before: '', after: '以下', claims: 'atMost' },
} as const satisfies Record<string, { before: string; after: string; claims: string }>;
export type Qualifier = keyof typeof QUALIFIERS;
export const isQualifier = (text: string): text is Qualifier => Object.hasOwn(QUALIFIERS, text);

export interface Quantity {
  readonly value: Exact;
  readonly unit: Unit;
  /** Null: the figure itself is meant. */
  readonly qualifier: Qualifier | null;
}

export const quantity = (value: Exact, unit: Unit, qualifier: Qualifier | null = null): Quantity => ({
  value,
  unit,
  qualifier,
});

/** A quantity from decimal text; null where the text is no number. */
export function readQuantity(text: string, unit: Unit, qualifier: Qualifier | null = null): Quantity | null {
  const value = readExact(text);
  return value && quantity(value, unit, qualifier);
}

/** How an indicator's figures are printed. */
export interface Look {
  /** Places of a value; those of the unit where absent. */
  readonly digits?: number;
  readonly rounding?: Rounding;
  readonly trim?: boolean;
  readonly group?: boolean;
}

/** 家次 is written 家(次) in reports, the others as they are called. */
const written = (unit: Unit): string => (unit === '家次' ? '家(次)' : unit === '百分点' ? '个百分点' : unit);

/** The figure without its unit: a table has the unit in its head. */
export const printedNumber = ({ value, unit }: Quantity, look: Look = {}): string =>
  decimalOf(value, { ...look, digits: look.digits ?? digitsOfUnit(unit) } satisfies DecimalLook);

/** The figure with unit and qualifier: 580家, 近20%, 30余条, 60家(次), 42.63亿元, 40家以上. */
export function printed(q: Quantity, look: Look = {}): string {
  const number = printedNumber(q, look);
  if (q.qualifier === null) return number + written(q.unit);
  const { before, after } = QUALIFIERS[q.qualifier];
  // 余 stands between number and unit, 以上 behind the unit.
  return q.qualifier === '余'
    ? `${number}余${written(q.unit)}`
    : `${before}${number}${written(q.unit)}${after}`;
}

/** The same quantity in another unit of its dimension; null where there is none such. */
export function inUnit(q: Quantity, unit: Unit): Quantity | null {
  const value = converted(q.value, q.unit, unit);
  return value && { ...q, value, unit };
}
