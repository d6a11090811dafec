/**
 * Units of reports. Two figures may be added or compared only within one dimension: 家 counts enterprises, 家次
 * counts times, and a per cent is no percentage point. Pure.
 */
import { divide, exact, multiply, type Exact } from './exact.ts';

interface UnitInfo {
  /** What it measures; figures of different dimensions never mix. */
  readonly dimension: string;
  /** How many of the dimension's smallest unit it is. */
  readonly factor: bigint;
  /** Places printed where nothing else is said. */
  readonly digits: number;
}

const unit = (dimension: string, factor: bigint = 1n, digits = 0): UnitInfo => ({
  dimension,
  factor,
  digits,
});

export const UNITS = {
  家: unit('enterprises'),
  家次: unit('enterprise-times'),
  人: unit('persons'),
  万人: unit('persons', 10_000n, 1),
  人次: unit('person-times'),
  项: unit('items'),
  件: unit('pieces'),
  个: unit('things'),
  款: unit('products'),
  户: unit('accounts'),
  次: unit('times'),
  条: unit('entries'),
  场: unit('events'),
  名: unit('places'),
  元: unit('money', 100n, 2),
  万元: unit('money', 1_000_000n, 2),
  亿元: unit('money', 10_000_000_000n, 2),
  '%': unit('rate', 1n, 1),
  百分点: unit('points', 1n, 1),
  平方米: unit('area', 1n, 2),
  万平方米: unit('area', 10_000n, 2),
  平方公里: unit('area', 1_000_000n, 2),
  倍: unit('multiple', 1n, 2),
  天: unit('days'),
  分: unit('score', 1n, 1),
} as const satisfies Record<string, UnitInfo>;

export type Unit = keyof typeof UNITS;
export const UNIT_NAMES = Object.keys(UNITS) as Unit[];

export const isUnit = (text: string): text is Unit => Object.hasOwn(UNITS, text);

export const dimensionOf = (name: Unit): string => UNITS[name].dimension;
export const digitsOfUnit = (name: Unit): number => UNITS[name].digits;

/** A value of one unit in another of the same dimension; null where they measure different things. */
export function converted(value: Exact, from: Unit, to: Unit): Exact | null {
  if (dimensionOf(from) !== dimensionOf(to)) return null;
  return divide(multiply(value, exact(UNITS[from].factor)), exact(UNITS[to].factor));
}
