/** Forms of the register: what was typed, to a definition, a value or a target. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { ABSENCES } from '../db/indicator-rows.server.ts';
import type { Nature } from '../pipeline/figures/definition.ts';
import type { Rounding } from '../pipeline/figures/exact.ts';
import type { Unit } from '../pipeline/figures/units.ts';
import { cellText } from './import/cells.ts';
import { endTarget, setTarget } from './indicator-targets.server.ts';
import { enterValue } from './indicator-values.server.ts';
import { endDefinition, keepDefinition } from './indicators.server.ts';

export type FormOutcome =
  | { readonly ok: true; readonly message: string }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

const textOf = (form: FormData, name: string): string =>
  String(form.get(name) ?? '')
    .normalize('NFC')
    .trim();
const orNull = (text: string): string | null => (text === '' ? null : text);

/** Full-width digits, thousands separators and blanks are how people write numbers. */
export const typedNumber = (text: string): string =>
  cellText(text)
    .replace(/[,，\s]/g, '')
    .replace(/^[−–]/, '-');

const rowNumber = (form: FormData, name: string): number | null => Number(textOf(form, name)) || null;
/** An empty field is no 0. */
const places = (text: string): number => (/^\d$/.test(text) ? Number(text) : Number.NaN);

const failed = (errors: object): FormOutcome => ({ ok: false, errors: { ...errors } });

/** Keeps or ends a definition. `id` of a kept one comes from the address, never from the form. */
export async function definitionFromForm(
  db: Db,
  clock: Clock,
  actor: string,
  form: FormData,
  id: string | null,
): Promise<FormOutcome> {
  const text = (name: string) => textOf(form, name);
  const replaces = rowNumber(form, 'rowId');
  if (text('do') === 'end' && replaces !== null) {
    await endDefinition(db, clock, replaces, actor);
    return { ok: true, message: '已停用这一口径' };
  }
  const isRate = text('nature') === 'rate';
  const done = await keepDefinition(
    db,
    clock,
    {
      id: id ?? text('id'),
      label: text('label'),
      nature: text('nature') as Nature,
      unit: text('unit') as Unit,
      numerator: text('numerator'),
      denominator: isRate ? orNull(text('denominator')) : null,
      numeratorId: isRate ? orNull(text('numeratorId')) : null,
      denominatorIds: isRate ? [text('denominatorIds'), text('secondDenominator')].filter(Boolean) : [],
      scope: text('scope'),
      rounding: text('rounding') as Rounding,
      digits: places(text('digits')),
      rateDigits: places(text('rateDigits')),
      source: text('source'),
      owner: text('owner'),
      partOf: orNull(text('partOf')),
      stepAfter: orNull(text('stepAfter')),
    },
    { actor, replaces },
  );
  return done.ok ? { ok: true, message: `已登记：${text('label')}` } : failed(done.errors);
}

/** Enters a value; of a stock one day is asked for. */
export async function valueFromForm(
  db: Db,
  clock: Clock,
  actor: string,
  form: FormData,
  indicator: string,
): Promise<FormOutcome> {
  const text = (name: string) => textOf(form, name);
  const toOn = text('toOn');
  const absence = ABSENCES.find((each) => each === text('absence')) ?? null;
  const done = await enterValue(
    db,
    clock,
    {
      indicator,
      fromOn: form.has('fromOn') ? text('fromOn') : toOn,
      toOn,
      parkId: rowNumber(form, 'parkId'),
      value: orNull(typedNumber(text('value'))),
      absence,
      unit: text('unit'),
      qualifier: orNull(text('qualifier')),
      source: text('source'),
      knownAt: text('knownAt'),
      note: orNull(text('note')),
    },
    actor,
  );
  if (!done.ok) return failed(done.errors);
  return { ok: true, message: done.id === null ? '与原记录相同，未新增' : '已录入' };
}

/** Sets, changes or ends a target. */
export async function targetFromForm(
  db: Db,
  clock: Clock,
  actor: string,
  form: FormData,
  indicator: string,
): Promise<FormOutcome> {
  const text = (name: string) => textOf(form, name);
  const replaces = rowNumber(form, 'targetId');
  if (text('do') === 'end' && replaces !== null) {
    await endTarget(db, clock, replaces, actor);
    return { ok: true, message: '已取消这一目标' };
  }
  const done = await setTarget(
    db,
    clock,
    {
      indicator,
      fromOn: text('fromOn'),
      toOn: text('toOn'),
      parkId: rowNumber(form, 'parkId'),
      value: typedNumber(text('value')),
      unit: text('unit'),
      name: text('name'),
      reference: text('reference'),
    },
    { actor, replaces },
  );
  return done.ok ? { ok: true, message: '已保存目标' } : failed(done.errors);
}
