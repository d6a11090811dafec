/**
 * Statements about values and how they meet what is on record: the better source wins, of equal sources the one
 * known later. Pure: a cell is a path with a value and where the value comes from.
 */
import { tidyName } from './name.ts';
import { FIGURE_KEYS } from './figures.ts';
import type { Facts, Provenance } from './parse.ts';
import { SOURCES, type PlainFacts, type Source, type YearFacts } from './schema.ts';
import { ENTERPRISE_FIELDS } from './stored.ts';

/** What is in force in one row. A list held as one value may have provenance below its own path, too. */
export interface Cells {
  readonly values: Map<string, unknown>;
  readonly provenance: Map<string, Provenance>;
}

export const emptyCells = (): Cells => ({ values: new Map(), provenance: new Map() });

/** One value as somebody states it. */
export interface Stated {
  readonly path: string;
  readonly value: unknown;
  readonly provenance: Provenance | null;
  /** Provenance of the parts of a list, by path. */
  readonly inner?: readonly (readonly [string, Provenance])[];
}

export interface Merged {
  /** What is in force is not what it was. */
  changed: boolean;
  /** Something was stated that did not come into force: a lesser source, or one that knew it earlier. */
  heard: boolean;
  /** Paths whose stated value differs from the one that stays in force. */
  readonly overruled: string[];
}

/** Smaller is more trusted. What names no source is trusted like somebody's own word. */
function rank(source: Source | null | undefined): number {
  return SOURCES.indexOf(source ?? 'self');
}

/** Whether what is on record stays although something else is stated. */
export function outranks(
  onRecord: Provenance | null | undefined,
  stated: Provenance | null | undefined,
): boolean {
  const difference = rank(onRecord?.source) - rank(stated?.source);
  if (difference !== 0) return difference < 0;
  return onRecord?.knownAt != null && stated?.knownAt != null && stated.knownAt < onRecord.knownAt;
}

/** Whether what is stated comes from a strictly better source. */
function better(onRecord: Provenance | null | undefined, stated: Provenance | null | undefined): boolean {
  return rank(stated?.source) < rank(onRecord?.source);
}

/** Whether the same value stated again is better founded than on record; a source named is better than none. */
export function confirms(
  onRecord: Provenance | null | undefined,
  stated: Provenance | null | undefined,
): boolean {
  if (stated == null) return false;
  const named = onRecord?.source == null && stated.source !== null;
  return better(onRecord, stated) || (named && rank(stated.source) === rank(null));
}

export function sameProvenance(a: Provenance | null | undefined, b: Provenance | null | undefined): boolean {
  return (a?.source ?? null) === (b?.source ?? null) && (a?.knownAt ?? null) === (b?.knownAt ?? null);
}

export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  return typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Lets statements meet the cells, changing them; `clear` names values to take back. What `yields` gives way to every
 * value on record that is not strictly less well founded.
 */
export function merge(
  cells: Cells,
  stated: readonly Stated[],
  clear: readonly string[] = [],
  yields = false,
): Merged {
  const merged: Merged = { changed: false, heard: false, overruled: [] };
  for (const path of clear) {
    if (!cells.values.delete(path)) continue;
    setProvenance(cells, path, null);
    merged.changed = true;
  }
  for (const item of stated) mergeOne(cells, item, merged, yields);
  return merged;
}

function mergeOne(cells: Cells, item: Stated, merged: Merged, yields: boolean): void {
  const { path, value, provenance } = item;
  if (!cells.values.has(path)) {
    if (item.inner) put(cells, item);
    else {
      cells.values.set(path, value);
      if (provenance) cells.provenance.set(path, provenance);
    }
    merged.changed = true;
    return;
  }
  const onRecord = cells.provenance.get(path) ?? null;
  if (sameValue(cells.values.get(path), value)) {
    if (confirms(onRecord, provenance)) {
      put(cells, item);
      merged.changed = true;
    } else if (!sameProvenance(onRecord, provenance)) merged.heard = true;
    return;
  }
  if (yields ? !better(onRecord, provenance) : outranks(onRecord, provenance)) {
    merged.overruled.push(path);
    merged.heard = true;
    return;
  }
  put(cells, item);
  merged.changed = true;
}

function put(cells: Cells, { path, value, provenance, inner }: Stated): void {
  const listed = Array.isArray(value) || Array.isArray(cells.values.get(path));
  cells.values.set(path, value);
  if (listed) setProvenance(cells, path, provenance);
  else if (provenance) cells.provenance.set(path, provenance);
  else cells.provenance.delete(path);
  for (const [innerPath, of] of inner ?? []) cells.provenance.set(innerPath, of);
}

/** Sets the provenance of a value and forgets that of the parts it had. */
function setProvenance(cells: Cells, path: string, provenance: Provenance | null): void {
  for (const key of cells.provenance.keys()) if (key.startsWith(`${path}.`)) cells.provenance.delete(key);
  if (provenance) cells.provenance.set(path, provenance);
  else cells.provenance.delete(path);
}

/** Where the values of a statement come from: what the facts say of each, else what holds for all of it. */
export interface Said {
  readonly common: Provenance | null;
  readonly by?: Facts['provenance'];
}

const known = (of: Provenance | undefined): Provenance | null =>
  of && (of.source !== null || of.knownAt !== null) ? of : null;

const said = ({ common, by }: Said, path: string): Provenance | null => known(by?.[path]) ?? common;

/** The provenance given for parts of a list, by their paths. */
export function innerProvenance(by: Facts['provenance'] | undefined, path: string): [string, Provenance][] {
  const found: [string, Provenance][] = [];
  for (const key in by) {
    const of = known(by[key]);
    if (of && key.startsWith(`${path}.`)) found.push([key, of]);
  }
  return found;
}

/** Parts of the facts without a table: nested objects by item, whole lists, and scores by scheme and item. */
const NESTED = ['conversions', 'niche', 'management'] as const;
const LISTS = ['rdInstitutions', 'awards', 'standards', 'conduct'] as const;
const SCORED = ['expertScores', 'operatorScores'] as const;

/** What a statement says about the enterprise itself, former names apart. */
export function stateEnterprise(values: Partial<PlainFacts>, from: Said): Stated[] {
  const stated: Stated[] = [];
  const say = (path: string, value: unknown) => {
    if (value === null || value === undefined) return;
    if (!Array.isArray(value)) stated.push({ path, value, provenance: said(from, path) });
    else stated.push({ path, value, provenance: said(from, path), inner: innerProvenance(from.by, path) });
  };
  say('name', values.name && tidyName(values.name));
  say('park', values.park);
  for (const { path } of ENTERPRISE_FIELDS) {
    say(
      path,
      path.startsWith('listing.')
        ? values.listing?.[path.slice(8) as 'on']
        : values[path as keyof PlainFacts],
    );
  }
  for (const key of LISTS) say(key, values[key]);
  for (const part of NESTED) {
    for (const [key, value] of Object.entries(values[part] ?? {})) say(`${part}.${key}`, value);
  }
  for (const part of SCORED) {
    for (const [scheme, items] of Object.entries(values[part] ?? {})) {
      for (const [item, value] of Object.entries(items ?? {})) say(`${part}.${scheme}.${item}`, value);
    }
  }
  return stated;
}

const BASES = ['rdExpenseBy', 'rdItems', 'techStaffBy'] as const;

/** What a statement says about one year; paths are within the year. */
export function stateYear(values: YearFacts, from: Said, year: string | number): Stated[] {
  const stated: Stated[] = [];
  const say = (path: string, value: number | null | undefined) => {
    if (value === null || value === undefined) return;
    stated.push({ path, value, provenance: from.by ? said(from, `years.${year}.${path}`) : from.common });
  };
  for (const key of FIGURE_KEYS) say(key, values[key]);
  for (const basis of BASES) {
    for (const [key, value] of Object.entries(values[basis] ?? {})) say(`${basis}.${key}`, value);
  }
  return stated;
}

/** What a statement says about one entry of a list; `prefix` is the entry's path in the facts, if it stands there. */
export function stateEntry(
  entry: object,
  fields: readonly string[],
  from: Said,
  prefix: string | null,
): Stated[] {
  const stated: Stated[] = [];
  for (const path of fields) {
    const value = (entry as Record<string, unknown>)[path];
    if (value === null || value === undefined) continue;
    stated.push({ path, value, provenance: prefix === null ? from.common : said(from, `${prefix}.${path}`) });
  }
  return stated;
}

/** The best founded of several, for the standing of a list as a whole. */
export function best(of: Iterable<Provenance | null>): Provenance | null {
  let found: Provenance | null = null;
  for (const one of of) if (one && (found === null || outranks(one, found))) found = one;
  return found;
}

export interface Packed {
  /** What holds for every value that is not named. */
  readonly common: Provenance | null;
  readonly named: Readonly<Record<string, Provenance>> | null;
}

/** Provenance in short: what all values share once, the rest by name. */
export function packProvenance(cells: Cells): Packed {
  let common: Provenance | null = null;
  for (const path of cells.values.keys()) {
    const of = cells.provenance.get(path);
    if (!of || (common && common !== of && !sameProvenance(common, of))) {
      common = null;
      break;
    }
    common = of;
  }
  // The usual case: one source for all values, and none for parts of a list.
  if (common && cells.provenance.size === cells.values.size) return { common, named: null };
  let named: Record<string, Provenance> | null = null;
  for (const [path, of] of cells.provenance) {
    if (common && cells.values.has(path)) continue;
    (named ??= {})[path] = of;
  }
  return { common, named };
}
