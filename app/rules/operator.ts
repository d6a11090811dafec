/** Numbers that no text we saw gives, and yearly exchange rates: the park enters them itself, with their source. */
import { rational, type Rational } from './engine/exact.ts';
import { testParams } from './engine/walk.ts';
import { plainValue, type Entry } from './entry.ts';
import { RULES } from './registry.ts';
import { scaleDecimal } from './facts/decimal.ts';
import type { Param, Unit } from './source.ts';

export interface OperatorParam {
  readonly param: Param;
  /** Rule versions that compare with it. */
  readonly rules: readonly string[];
}

/** Every number of every version that an operator has to enter, in the order of the versions. */
export const OPERATOR_PARAMS: readonly OperatorParam[] = collect();

function collect(): OperatorParam[] {
  const found = new Map<string, { param: Param; rules: string[] }>();
  for (const rule of RULES) {
    for (const { test } of [...rule.conditions, ...(rule.advice ?? [])]) {
      for (const param of testParams(test)) {
        if (param.value !== null) continue;
        const entry = found.get(param.id) ?? { param, rules: [] };
        if (!entry.rules.includes(rule.id)) entry.rules.push(rule.id);
        found.set(param.id, entry);
      }
    }
  }
  return [...found.values()];
}

const RATE = /^fx\.USD\.((?:19|20)\d{2})$/;

/** The year of an exchange rate's key; null for any other key. */
export function rateYear(key: string): number | null {
  const year = RATE.exec(key)?.[1];
  return year === undefined ? null : Number(year);
}

/** Key of the average rate of a year: 元 for one dollar. */
export const rateKey = (year: number): string => `fx.USD.${year}`;

export interface OperatorKey {
  readonly key: string;
  readonly label: string;
  /** Null for an exchange rate. */
  readonly unit: Unit | null;
}

/** What a key stands for; null for one that no rule asks for. */
export function operatorKey(key: string): OperatorKey | null {
  const year = rateYear(key);
  if (year !== null) return { key, label: `${year} 年美元兑人民币平均汇率`, unit: null };
  const found = OPERATOR_PARAMS.find(({ param }) => param.id === key)?.param;
  return found ? { key, label: found.label, unit: found.unit } : null;
}

/** Most decimals of an exchange rate. */
const RATE_DIGITS = 6;

/** A decimal text checked as a value of this key (in 元, as a fraction …). */
export function checkOperatorValue({ unit }: OperatorKey, text: string): Entry {
  if (unit !== null) return plainValue(text, unit);
  const read = scaleDecimal(text, RATE_DIGITS);
  if (!read.ok) return read;
  return read.value > 0 ? { ok: true, value: text } : { ok: false, reason: '汇率应大于 0' };
}

export type OperatorValues = Readonly<Record<string, Rational>>;

/** Sets of values met before: the same values are the same object, so that what is compiled for them is found again. */
const known = new Map<string, OperatorValues>();
const KEPT = 32;

/** Stored values as rules read them; undefined where there is none. */
export function operatorValuesFrom(
  rows: readonly { readonly key: string; readonly value: string }[],
): OperatorValues | undefined {
  if (rows.length === 0) return undefined;
  const sorted = [...rows].sort((a, b) => (a.key < b.key ? -1 : 1));
  const text = JSON.stringify(sorted.map(({ key, value }) => [key, value]));
  let values = known.get(text);
  if (!values) {
    values = Object.fromEntries(sorted.map(({ key, value }) => [key, rational(value)]));
    if (known.size >= KEPT) known.delete(known.keys().next().value!);
    known.set(text, values);
  }
  return values;
}
