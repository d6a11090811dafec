/** Numbers that operators enter where no text gives one. Nothing is overwritten: a correction is a further entry. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { readOperatorRows } from '../db/operator-rows.server.ts';
import { isDay, type Day } from '../rules/day.ts';
import { readEntry, type Entry } from '../rules/entry.ts';
import {
  checkOperatorValue,
  operatorKey,
  operatorValuesFrom,
  type OperatorKey,
  type OperatorValues,
} from '../rules/operator.ts';

/** What rules judge with on a day; undefined where nothing was entered. */
export const operatorValuesOn = (db: Pick<Db, 'raw'>, day: Day): OperatorValues | undefined =>
  operatorValuesFrom(readOperatorRows(readerOf(db.raw), day));

export interface NewOperatorValue {
  readonly key: string;
  /** Decimal text in the parameter's unit (元, fraction), or 元 for one dollar. */
  readonly value: string;
  /** First day on which rules judge with it. */
  readonly fromDay: string;
  /** The document it stands in. */
  readonly reference: string;
  readonly actor: string;
}

/** What was wrong with an entry, by field. */
export type EntryErrors = Partial<Record<'key' | 'value' | 'fromDay' | 'reference', string>>;

const LONGEST_REFERENCE = 500;

function checked(input: NewOperatorValue): { errors: EntryErrors; key: OperatorKey | null } {
  const key = operatorKey(input.key);
  const errors: EntryErrors = {};
  if (!key) errors.key = '没有这项数值，或不由运营录入';
  const value: Entry | null = key && checkOperatorValue(key, input.value);
  if (value && !value.ok) errors.value = `数值${value.reason}`;
  if (!isDay(input.fromDay)) errors.fromDay = '起始日期应写作 2026-04-01 这样的日期';
  const reference = input.reference.trim();
  if (reference === '') errors.reference = '请填写依据：文号、公告或来源';
  else if (reference.length > LONGEST_REFERENCE) errors.reference = `依据不超过 ${LONGEST_REFERENCE} 字`;
  return { errors, key };
}

/**
 * Enters a value. Verdicts stored before are out of date from then on and are judged anew.
 * @returns its id
 * @throws AppError `invalid`; `conflict` where the same value stands from that day on already
 */
export async function enterOperatorValue(db: Db, clock: Clock, input: NewOperatorValue): Promise<number> {
  const { errors } = checked(input);
  const first = Object.values(errors)[0];
  if (first !== undefined) throw new AppError('invalid', first);
  const { key, value, fromDay, actor } = input;
  return db.write((tx) => {
    const last = tx
      .prepare<{ value: string; reference: string }>(
        'SELECT value, reference FROM OperatorValue WHERE key = ? AND fromDay = ? ORDER BY id DESC LIMIT 1',
      )
      .get(key, fromDay);
    if (last?.value === value && last.reference === input.reference.trim()) {
      throw new AppError('conflict', '该起始日的同一数值与依据已经录入');
    }
    const done = tx
      .prepare(
        `INSERT INTO OperatorValue (key, value, fromDay, untilDay, reference, enteredBy, enteredAt)
         VALUES (?, ?, ?, NULL, ?, ?, ?)`,
      )
      .run(key, value, fromDay, input.reference.trim(), actor, clock.now());
    return Number(done.lastInsertRowid);
  });
}

export type FormOutcome =
  { readonly ok: true; readonly message: string } | { readonly ok: false; readonly errors: EntryErrors };

/** Enters what was typed into the form: the value in 万元, per cent, or as it stands. */
export async function enterFromForm(
  db: Db,
  clock: Clock,
  actor: string,
  form: FormData,
): Promise<FormOutcome> {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const key = operatorKey(text('key'));
  const typed = readTyped(key, text('value'));
  const input: NewOperatorValue = {
    key: text('key'),
    value: typed.ok ? typed.value : '',
    fromDay: text('fromDay'),
    reference: text('reference'),
    actor,
  };
  const { errors } = checked(input);
  if (key && !typed.ok) errors.value = `数值${typed.reason}`;
  if (!key) delete errors.value;
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  await enterOperatorValue(db, clock, input);
  return { ok: true, message: `已录入：${key!.label}，自 ${input.fromDay} 起用于判定` };
}

function readTyped(key: OperatorKey | null, text: string): Entry {
  if (text === '') return { ok: false, reason: '未填写' };
  if (key?.unit) return readEntry(text, key.unit);
  return { ok: true, value: text.normalize('NFKC').replace(/[\s,]/g, '') };
}
