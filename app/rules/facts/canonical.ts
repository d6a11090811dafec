/** The judged values of an enterprise as one text, for telling whether a verdict may have changed. */
import { FIGURE_KEYS } from './figures.ts';
import type { PlainFacts, YearFacts } from './schema.ts';
import { FINANCING_FIELDS, IP_FIELDS, TITLE_FIELDS } from './stored.ts';

/** The parts outside the tables, in the order of the canonical text. */
const OTHER_PARTS = [
  'conversions',
  'niche',
  'rdInstitutions',
  'awards',
  'standards',
  'management',
  'conduct',
  'expertScores',
  'operatorScores',
] as const satisfies readonly (keyof PlainFacts)[];

/**
 * A text that is the same exactly when the judged values are: fixed order, null and absent alike. Names and the code
 * are not judged; where a value comes from is not part of it either.
 */
export function canonicalFacts(facts: PlainFacts): string {
  const { listing } = facts;
  const years = Object.keys(facts.years ?? {}).sort();
  return JSON.stringify([
    ENTERPRISE_SCALARS.map((key) => facts[key] ?? null),
    listing ? [listing.status, listing.on, listing.code, listing.shortName] : null,
    years.map((year) => canonicalYear(year, facts.years![year])),
    canonicalList(facts.intellectualProperty, IP_FIELDS),
    canonicalList(facts.titles, TITLE_FIELDS),
    canonicalList(facts.financing, FINANCING_FIELDS),
    OTHER_PARTS.map((key) => (facts[key] == null ? null : sorted(facts[key]))),
  ]);
}

const ENTERPRISE_SCALARS = [
  'registeredOn',
  'division',
  'park',
  'locatedInPark',
  'legalPerson',
  'residentEnterprise',
  'industry',
  'sizeIndustry',
  'techField',
  'restrictedProducts',
] as const satisfies readonly (keyof PlainFacts)[];

function canonicalYear(year: string, figures: YearFacts | null | undefined): unknown[] | null {
  if (!figures) return null;
  const { rdExpenseBy, rdItems, techStaffBy } = figures;
  const values: unknown[] = [year];
  for (const key of FIGURE_KEYS) values.push(figures[key] ?? null);
  if (rdExpenseBy || rdItems || techStaffBy) values.push(sorted([rdExpenseBy, rdItems, techStaffBy]));
  return values;
}

function canonicalList(
  list: readonly object[] | null | undefined,
  fields: readonly string[],
): unknown[] | null {
  if (!list) return null;
  return list.map((entry) => fields.map((field) => (entry as Record<string, unknown>)[field] ?? null));
}

/** The same value with sorted keys and without what is null. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, unknown>).filter(([, item]) => item != null);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, item]) => [key, sorted(item)]);
}
