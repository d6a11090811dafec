/** The facts as they are written outside (see the contract): the way back from what rules read. Pure. */
import {
  ENTERPRISE_FIELDS,
  FINANCING_FIELDS,
  IP_FIELDS,
  TITLE_FIELDS,
  YEAR_FIELDS,
  type FieldDefinition,
  type FieldType,
} from './fields.ts';
import type { Facts, Provenance } from './parse.ts';

/** How many of the stored unit make one of the written: 分 in 元, hundredths, millionths. */
const PER: Partial<Record<FieldType, number>> = { money: 100, persons: 100, points: 100, share: 1e6 };

const scales = (fields: readonly FieldDefinition[]) =>
  fields.flatMap(({ key, type }) => (PER[type] === undefined ? [] : [[key, PER[type]] as const]));

/** By path, in which `*` stands for a year or a place in a list. */
const SCALES = new Map<string, number>([
  ...scales(ENTERPRISE_FIELDS),
  ...scales(YEAR_FIELDS).map(([key, per]) => [`years.*.${key}`, per] as const),
  ...scales(IP_FIELDS).map(([key, per]) => [`intellectualProperty.*.${key}`, per] as const),
  ...scales(TITLE_FIELDS).map(([key, per]) => [`titles.*.${key}`, per] as const),
  ...scales(FINANCING_FIELDS).map(([key, per]) => [`financing.*.${key}`, per] as const),
]);

/** Dates of what may not have happened: there `null` says that it has not, and is written. */
const MAY_BE_NULL = new Set([
  'listing.on',
  'intellectualProperty.*.transferredOn',
  'intellectualProperty.*.usedInHnteApplicationOn',
  'intellectualProperty.*.until',
  'conduct.*.until',
]);

/** What stands beside the facts proper. */
const BESIDE = new Set(['provenance', 'flags']);

/**
 * One enterprise's facts as JSON of the contract: amounts in 元, shares as fractions; what is not known is left out.
 * Reading it again gives the same facts.
 * @param sources values of which the source is known are written `{ value, source, knownAt }`
 */
export function writeFacts(facts: Facts, sources: boolean): Record<string, unknown> {
  const provenance: Facts['provenance'] = sources ? facts.provenance : {};
  const written: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(facts)) {
    if (BESIDE.has(key)) continue;
    const part = write(value, key, key, provenance[key], provenance);
    if (part !== undefined) written[key] = part;
  }
  return written;
}

/** @param common where the parts come from that say nothing themselves */
function write(
  value: unknown,
  path: string,
  pattern: string,
  common: Provenance | undefined,
  provenance: Facts['provenance'],
): unknown {
  if (value === undefined) return undefined;
  if (value === null) return MAY_BE_NULL.has(pattern) ? null : undefined;
  const isList = Array.isArray(value);
  if (isList || typeof value === 'object') {
    const parts = Object.entries(value as Record<string, unknown>).flatMap(([key, item]) => {
      const step = isList || pattern === 'years' || pattern === 'conversions' ? '*' : key;
      const own = provenance[`${path}.${key}`] ?? common;
      const part = write(item, `${path}.${key}`, `${pattern}.${step}`, own, provenance);
      return part === undefined ? [] : [[key, part] as const];
    });
    return isList ? parts.map(([, part]) => part) : Object.fromEntries(parts);
  }
  const per = SCALES.get(pattern);
  const shown = per === undefined ? value : (value as number) / per;
  if (!common || (common.source === null && common.knownAt === null)) return shown;
  return { value: shown, source: common.source, knownAt: common.knownAt };
}
