/** Facts as the text of a form field, and back to what the field's definition reads. Pure. */
import { unscale } from '../rules/facts/decimal.ts';
import type { FieldDefinition } from '../rules/facts/fields.ts';
import { valueAt } from '../rules/facts/field-of.ts';

/** A fact as its field shows it: money in 万元, shares in per cent, everything exact. Empty when not known. */
export function fieldText(field: FieldDefinition, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join('；');
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value !== 'number') return String(value);
  if (field.type === 'money') return unscale(value, 6);
  if (field.type === 'persons' || field.type === 'points') return unscale(value, 2);
  if (field.type === 'share') return `${unscale(value, 4)}%`;
  return String(value);
}

/** The texts of several fields, by key. */
export const fieldTexts = (fields: readonly FieldDefinition[], facts: unknown): Record<string, string> =>
  Object.fromEntries(fields.map((field) => [field.key, fieldText(field, valueAt(facts, field.key))]));

/** What stands behind the box. */
export const fieldUnit = (field: FieldDefinition): string | undefined =>
  ({ money: '万元', persons: '人', points: '分' })[field.type as string];
