/** Targets of indicators. A change ends the row and adds another. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import type { Tx } from '../db/writer.server.ts';
import { readExact } from '../pipeline/figures/exact.ts';
import { dimensionOf, isUnit } from '../pipeline/figures/units.ts';
import { isDay, type Day } from '../rules/day.ts';
import { parkExists } from './indicator-values.server.ts';
import { definitionIn } from './indicators.server.ts';

export interface NewTarget {
  readonly indicator: string;
  /** The days it is set for: the year, as a rule. */
  readonly fromOn: Day;
  readonly toOn: Day;
  readonly parkId: number | null;
  /** Decimal text in the unit. */
  readonly value: string;
  readonly unit: string;
  /** What texts call it: 年度任务, 年度目标, 计划. */
  readonly name: string;
  /** The document it stands in. */
  readonly reference: string;
}

export type TargetErrors = Partial<Record<keyof NewTarget | '', string>>;

function targetErrors(tx: Tx, input: NewTarget): TargetErrors {
  const definition = definitionIn(tx, input.indicator);
  if (!definition) return { '': '登记簿中没有这项指标' };
  const errors: TargetErrors = {};
  if (!isDay(input.fromOn)) errors.fromOn = '日期应写作 2026-04-01 这样';
  if (!isDay(input.toOn)) errors.toOn = '日期应写作 2026-04-01 这样';
  else if (isDay(input.fromOn) && input.fromOn > input.toOn) errors.fromOn = '首日不能晚于末日';
  const value = readExact(input.value);
  if (value === null || input.value.length > 24) errors.value = '请填写数字';
  else if (value.num === 0n) errors.value = '目标为 0 时没有完成率，请填写不为 0 的数';
  if (!isUnit(input.unit)) errors.unit = '请选择单位';
  else if (dimensionOf(input.unit) !== dimensionOf(definition.unit)) {
    errors.unit = `口径的单位为${definition.unit}，${input.unit}与它不同类`;
  }
  if (input.name === '') errors.name = '请填写名称，如年度任务';
  if (input.reference === '') errors.reference = '请填写依据：文件或会议';
  for (const [key, longest] of [
    ['name', 20],
    ['reference', 300],
  ] as const) {
    if (input[key].length > longest) errors[key] = `不超过 ${longest} 字`;
  }
  if (!parkExists(tx, input.parkId)) errors.parkId = '没有这个园区';
  return errors;
}

interface Standing extends Omit<NewTarget, 'indicator'> {
  readonly id: number;
}

const standing = (tx: Tx, { indicator, fromOn, toOn, parkId }: NewTarget) =>
  tx
    .prepare<Standing>(
      `SELECT id, fromOn, toOn, parkId, value, unit, name, reference FROM IndicatorTarget
       WHERE indicator = ? AND fromOn = ? AND toOn = ? AND parkId IS ? AND endedAt IS NULL`,
    )
    .get(indicator, fromOn, toOn, parkId);

function end(tx: Tx, id: number, actor: string, at: string): void {
  const done = tx
    .prepare('UPDATE IndicatorTarget SET endedBy = ?, endedAt = ? WHERE id = ? AND endedAt IS NULL')
    .run(actor, at, id);
  if (done.changes === 0) throw new AppError('conflict', '这一目标已被他人更改或取消，请重新打开页面');
}

export type TargetOutcome = { readonly ok: true } | { readonly ok: false; readonly errors: TargetErrors };

/**
 * Sets a target, or puts it in the place of another.
 * @param replaces id of the target it changes
 * @throws AppError `conflict` where that one is no longer in force
 */
export async function setTarget(
  db: Db,
  clock: Clock,
  input: NewTarget,
  { actor, replaces = null }: { actor: string; replaces?: number | null },
): Promise<TargetOutcome> {
  return db.write((tx): TargetOutcome => {
    const errors = targetErrors(tx, input);
    const other = standing(tx, input);
    if (other && other.id !== replaces) {
      errors[''] = `该期间已有目标 ${other.value}${other.unit}，请在原目标上更改`;
    }
    if (Object.keys(errors).length > 0) return { ok: false, errors };
    const keys = ['value', 'unit', 'name', 'reference'] as const;
    if (other && keys.every((key) => other[key] === input[key])) return { ok: true };
    const at = clock.now();
    if (replaces !== null) end(tx, replaces, actor, at);
    tx.prepare(
      `INSERT INTO IndicatorTarget (indicator, fromOn, toOn, parkId, value, unit, name, reference, enteredBy, enteredAt)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      input.indicator,
      input.fromOn,
      input.toOn,
      input.parkId,
      input.value,
      input.unit,
      input.name,
      input.reference,
      actor,
      at,
    );
    return { ok: true };
  });
}

/** Takes a target out of force; it stays on record. @throws AppError `conflict` where it is not in force */
export async function endTarget(db: Db, clock: Clock, id: number, actor: string): Promise<void> {
  await db.write((tx) => end(tx, id, actor, clock.now()));
}
