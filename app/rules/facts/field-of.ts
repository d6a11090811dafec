/** From a path in the facts (`years.2025.rdExpense`) to what is there and how it is typed. Pure. */
import { ENTERPRISE_FIELDS, YEAR_FIELDS, type FieldDefinition } from './fields.ts';

const OWN = new Map(ENTERPRISE_FIELDS.map((field) => [field.key, field]));
const YEAR = new Map(YEAR_FIELDS.map((field) => [field.key, field]));
const YEARLY = /^years\.(\d{4})\.(.+)$/;

/** The value at a path such as `niche.marketShare`; undefined when any step is missing. */
export function valueAt(facts: unknown, path: string): unknown {
  let node = facts;
  for (const key of path.split('.')) {
    if (typeof node !== 'object' || node === null) return undefined;
    node = (node as Record<string, unknown>)[key];
  }
  return node;
}

/** Puts a value at a path, making the objects on the way. */
export function setAt(facts: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  let node = facts;
  for (const key of keys.slice(0, -1)) node = (node[key] ??= {}) as Record<string, unknown>;
  node[keys.at(-1)!] = value;
}

/** The definition of the single value at a path; null for a list and for what has no column of its own. */
export function fieldOf(path: string): FieldDefinition | null {
  const yearly = YEARLY.exec(path);
  return (yearly ? YEAR.get(yearly[2]!) : OWN.get(path)) ?? null;
}

/** Lists that are stated as a whole. */
export const LIST_PATHS: readonly string[] = [
  'intellectualProperty',
  'titles',
  'financing',
  'rdInstitutions',
  'awards',
  'standards',
  'conduct',
];
