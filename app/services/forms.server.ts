/** Forms that state facts: from what was typed to validated facts, with the error of each field beside it. */
import { parseFacts, type Facts } from '../rules/facts/parse.ts';
import { isDay, type Day } from '../rules/day.ts';
import { SOURCES, type Source } from '../rules/facts/schema.ts';
import type { FieldDefinition } from '../rules/facts/fields.ts';
import { setAt } from '../rules/facts/field-of.ts';
import { isNothing, readCell } from './import/cells.ts';

export type FieldErrors = Record<string, string>;

/** Amounts are typed in 万元. */
const WAN = 4;

/** Every text field of a form as typed, to be shown again when something was wrong. */
export function typedValues(form: FormData): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === 'string') typed[name] = value;
  return typed;
}

export interface FormReading {
  /** Facts as stated, nested by path, in the form that the schema takes. */
  input: Record<string, unknown>;
  /** Fields left empty. */
  empty: string[];
  errors: FieldErrors;
}

/** Reads the fields of a form the way imports read cells: full-width digits, separators, units, dates in any form. */
export function readFields(form: FormData, fields: readonly FieldDefinition[]): FormReading {
  const reading: FormReading = { input: {}, empty: [], errors: {} };
  for (const field of fields) {
    const cell = form.get(field.key);
    if (typeof cell !== 'string') continue;
    if (isNothing(cell)) {
      reading.empty.push(field.key);
      continue;
    }
    const read = readCell(cell, field, field.type === 'money' ? WAN : 0);
    if (read.ok) setAt(reading.input, field.key, read.value);
    else reading.errors[field.key] = `${field.label}：${read.reason}`;
  }
  return reading;
}

/**
 * Validates stated facts against the one schema.
 * @param prefix path under which the form's fields lie (`years.2025.`)
 * @returns the facts, or null with the errors added under the fields' names
 */
export function checkFacts(
  input: Record<string, unknown>,
  fields: readonly FieldDefinition[],
  prefix: string,
  errors: FieldErrors,
): Facts | null {
  const parsed = parseFacts(input);
  if (parsed.ok) return Object.keys(errors).length === 0 ? parsed.facts : null;
  for (const { path, message } of parsed.problems) {
    const key = path.startsWith(prefix) ? path.slice(prefix.length) : path;
    const field = fields.find((each) => each.key === key);
    errors[field ? key : ''] ??= field ? `${field.label}：${message}` : message;
  }
  return null;
}

export interface StatedBy {
  source: Source;
  /** When the source knew it. */
  knownAt: Day;
}

/** Source and 知悉日期, asked of every statement typed by hand. */
export function readStatedBy(form: FormData, today: Day, errors: FieldErrors): StatedBy {
  const source = SOURCES.find((each) => each === form.get('source'));
  if (!source) errors.source = '请选择数据来源';
  const known = readCell(String(form.get('knownAt') ?? ''), KNOWN_AT, 0);
  const knownAt = known.ok ? String(known.value) : '';
  if (!isDay(knownAt)) errors.knownAt = '知悉日期应写作 2026-04-01 这样的日期';
  else if (knownAt > today) errors.knownAt = '知悉日期不能晚于今天';
  return { source: source ?? 'self', knownAt };
}

const KNOWN_AT: FieldDefinition = { key: 'knownAt', label: '知悉日期', type: 'day', aliases: [] };
