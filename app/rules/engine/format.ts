/** Numbers as people of the field read them. Everything here is for showing; nothing is compared. */
import type { Unit } from '../source.ts';

function grouped(text: string): string {
  const [whole, fraction] = text.split('.') as [string, string?];
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
}

/** An amount of 分 in 万元 with two decimals, half away from zero; the unit is not appended. */
export function tenThousands(cents: number): string {
  const exact = (BigInt(Math.abs(Math.round(cents))) + 5_000n) / 10_000n;
  const text = String(exact).padStart(3, '0');
  return `${cents < 0 && exact > 0n ? '-' : ''}${grouped(`${text.slice(0, -2)}.${text.slice(-2)}`)}`;
}

/** A fraction as a percentage with up to `digits` decimals, trailing zeros dropped. */
export function percent(fraction: number, digits = 2): string {
  return `${trimmed((fraction * 100).toFixed(digits))}%`;
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

const UNIT_WORDS: Readonly<Record<Unit, string>> = {
  CNY: '元',
  USD: '美元',
  ratio: '',
  persons: '人',
  points: '分',
  years: '年',
  days: '天',
  count: '项',
  rank: '名',
  level: '级',
  boolean: '',
};

/** A value in its unit (元, fraction, persons …) with the unit: 1,200.00 万元, 6.84%, 80 人, 是. */
export function showValue(value: number | boolean | null, unit: Unit | null): string {
  if (value === null) return '未知';
  if (typeof value === 'boolean' || unit === 'boolean') return value ? '是' : '否';
  if (unit === 'CNY') return `${tenThousands(Math.round(value * 100))} 万元`;
  if (unit === 'USD') return `${tenThousands(Math.round(value * 100))} 万美元`;
  if (unit === 'ratio') return percent(value);
  if (unit === 'rank') return `第 ${value} 名`;
  return `${grouped(trimmed(value.toFixed(2)))}${unit ? ` ${UNIT_WORDS[unit]}` : ''}`;
}
