/** What a merge changes in the record that stays, value by value. Pure. */
import { ENTERPRISE_FIELDS, YEAR_FIELDS } from '../rules/facts/fields.ts';
import { valueAt } from '../rules/facts/field-of.ts';
import type { Facts } from '../rules/facts/parse.ts';

export interface Difference {
  /** As in the facts: `industry`, `years.2024.rdExpense`. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Lists are compared by their length: entries are met with each other by the merge itself. */
const LISTS = ['titles', 'intellectualProperty', 'financing'] as const;

/** Values that differ between two states of one record, in the order of the forms; of lists their lengths. */
export function differences(before: Facts, after: Facts): Difference[] {
  const years = [...new Set([...Object.keys(before.years ?? {}), ...Object.keys(after.years ?? {})])].sort();
  const paths = [
    ...ENTERPRISE_FIELDS.map(({ key }) => key),
    ...years.flatMap((year) => YEAR_FIELDS.map(({ key }) => `years.${year}.${key}`)),
  ];
  const values = paths
    .map((path) => ({ path, before: valueAt(before, path) ?? null, after: valueAt(after, path) ?? null }))
    .filter((each) => JSON.stringify(each.before) !== JSON.stringify(each.after));
  const lists = LISTS.map((path) => ({
    path,
    before: before[path]?.length ?? null,
    after: after[path]?.length ?? null,
  })).filter((each) => each.before !== each.after);
  return [...values, ...lists];
}
