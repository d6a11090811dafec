/** Values of indicators that the program does not count itself. Append-only: a correction is a further row. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { ABSENCES, type Absence, type ValueRow } from '../db/indicator-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';
import type { IndicatorDefinition } from '../pipeline/figures/definition.ts';
import { readExact } from '../pipeline/figures/exact.ts';
import { isQualifier } from '../pipeline/figures/quantity.ts';
import { dimensionOf, isUnit } from '../pipeline/figures/units.ts';
import { isDay, type Day } from '../rules/day.ts';
import { definitionIn, isBuiltin } from './indicators.server.ts';

export interface NewValue {
  readonly indicator: string;
  /** First and last day it speaks of; a stock speaks of one day. */
  readonly fromOn: Day;
  readonly toOn: Day;
  /** Null: the whole area. */
  readonly parkId: number | null;
  /** Decimal text in the unit; null with an absence. */
  readonly value: string | null;
  readonly absence: Absence | null;
  readonly unit: string;
  readonly qualifier: string | null;
  readonly source: string;
  /** When the source said it. */
  readonly knownAt: Day;
  /** Why an earlier value is corrected; needed where there is one. */
  readonly note: string | null;
}

export type ValueErrors = Partial<Record<keyof NewValue | '', string>>;

const LONGEST = 300;
/** As many digits as any figure of a report has; beyond them something else was pasted. */
const MOST_DIGITS = 24;
const DAY_FORM = '日期应写作 2026-04-01 这样';

export const parkExists = (tx: Tx, parkId: number | null): boolean =>
  parkId === null || tx.prepare('SELECT id FROM Park WHERE id = ?').get(parkId) !== undefined;

/** First and last day in order, none in the future; those of a stock are one. */
function daysErrors(input: NewValue, definition: IndicatorDefinition, today: Day): ValueErrors {
  const errors: ValueErrors = {};
  if (!isDay(input.toOn)) errors.toOn = DAY_FORM;
  else if (input.toOn > today) errors.toOn = '不能晚于今天：尚未到期的期间没有实际值';
  if (!isDay(input.fromOn)) errors.fromOn = DAY_FORM;
  else if (isDay(input.toOn) && input.fromOn > input.toOn) errors.fromOn = '首日不能晚于末日';
  else if (definition.nature === 'stock' && input.fromOn !== input.toOn)
    errors.fromOn = '时点存量只有一个截至日';
  if (!isDay(input.knownAt)) errors.knownAt = DAY_FORM;
  else if (input.knownAt > today) errors.knownAt = '知悉日期不能晚于今天';
  return errors;
}

/** What is wrong with a value by itself, by field. */
export function valueErrors(input: NewValue, definition: IndicatorDefinition, today: Day): ValueErrors {
  const errors = daysErrors(input, definition, today);
  if (input.absence !== null) {
    if (!ABSENCES.includes(input.absence)) errors.absence = '请选择未报送或不适用';
    if (input.value !== null) errors.value = '未报送或不适用的，不填数值';
  } else if (input.value === null || input.value.length > MOST_DIGITS || readExact(input.value) === null) {
    errors.value = '请填写数字';
  }
  if (!isUnit(input.unit)) errors.unit = '请选择单位';
  else if (dimensionOf(input.unit) !== dimensionOf(definition.unit)) {
    errors.unit = `口径的单位为${definition.unit}，${input.unit}与它不同类`;
  }
  if (input.qualifier !== null && !isQualifier(input.qualifier)) errors.qualifier = '请选择限定词';
  if (input.source.trim() === '') errors.source = '请填写来源：文件、报表或单位';
  for (const key of ['source', 'note'] as const) {
    if ((input[key]?.length ?? 0) > LONGEST) errors[key] = `不超过 ${LONGEST} 字`;
  }
  return errors;
}

const STATED = ['value', 'absence', 'unit', 'qualifier', 'source'] as const;

function latest(tx: Tx, { indicator, fromOn, toOn, parkId }: NewValue): ValueRow | undefined {
  return tx
    .prepare<ValueRow>(
      `SELECT * FROM IndicatorValue WHERE indicator = ? AND fromOn = ? AND toOn = ? AND parkId IS ?
       ORDER BY id DESC LIMIT 1`,
    )
    .get(indicator, fromOn, toOn, parkId);
}

/** A value that is on record may be corrected only with a reason; said again it changes nothing. */
function correction(old: ValueRow | undefined, input: NewValue): 'new' | 'same' | 'unexplained' {
  if (!old) return 'new';
  if (STATED.every((key) => old[key] === input[key])) return 'same';
  return input.note ? 'new' : 'unexplained';
}

export type ValueOutcome =
  /** `id` is null where the very same stood already; `corrects`: another value stood for these days. */
  | { readonly ok: true; readonly id: number | null; readonly corrects: boolean }
  | { readonly ok: false; readonly errors: ValueErrors };

/** Enters one value inside a transaction of the caller. */
export function enterValueIn(tx: Tx, clock: Clock, input: NewValue, actor: string): ValueOutcome {
  const definition = definitionIn(tx, input.indicator);
  const refuse = (message: string): ValueOutcome => ({ ok: false, errors: { '': message } });
  if (!definition) return refuse('登记簿中没有这项指标');
  if (isBuiltin(input.indicator)) return refuse('这项指标由系统从称号与事件计算，不录入');
  if (definition.nature === 'rate') return refuse('比率由分子与分母计算，不录入');
  const errors = valueErrors(input, definition, clock.today());
  if (!parkExists(tx, input.parkId)) errors.parkId = '没有这个园区';
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const old = latest(tx, input);
  const kind = correction(old, input);
  if (kind === 'same') return { ok: true, id: null, corrects: false };
  if (kind === 'unexplained') {
    const stood = old!.value === null ? '未报送或不适用' : old!.value + old!.unit;
    return {
      ok: false,
      errors: { note: `该期间已由 ${old!.actor} 录入 ${stood}；更正请写明理由` },
    };
  }
  const done = tx
    .prepare(
      `INSERT INTO IndicatorValue (indicator, fromOn, toOn, parkId, value, absence, unit, qualifier, source, knownAt,
         note, actor, recordedAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      input.indicator,
      input.fromOn,
      input.toOn,
      input.parkId,
      input.value,
      input.absence,
      input.unit,
      input.qualifier,
      input.source,
      input.knownAt,
      input.note,
      actor,
      clock.now(),
    );
  return { ok: true, id: Number(done.lastInsertRowid), corrects: old !== undefined };
}

/** Enters one value, or says by field why not. */
export const enterValue = async (
  db: Db,
  clock: Clock,
  input: NewValue,
  actor: string,
): Promise<ValueOutcome> => db.write((tx) => enterValueIn(tx, clock, input, actor));
