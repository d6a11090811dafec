/** Lets one change meet what is on record of its enterprise; nothing is written yet. */
import {
  best,
  confirms,
  innerProvenance,
  merge,
  outranks,
  sameProvenance,
  stateEntry,
  stateEnterprise,
  stateYear,
  type Cells,
  type Merged,
  type Said,
  type Stated,
} from '../../rules/facts/cells.ts';
import { tidyName } from '../../rules/facts/name.ts';
import type { Facts, Flag, Provenance } from '../../rules/facts/parse.ts';
import type { YearFacts } from '../../rules/facts/schema.ts';
import type { EnterpriseValues, FactChange } from '../fact-change.ts';
import type { WriteContext } from './flush.server.ts';
import {
  formerNamesOf,
  listOf,
  LISTS,
  yearsOf,
  type ListName,
  type Working,
  type WorkingEntry,
} from './working.server.ts';

export interface Applied {
  readonly outcome: 'created' | 'updated' | 'unchanged';
  readonly flags: readonly Flag[];
}

/** One change on its way: what it is applied to, whose word it is, and what came of it. */
interface Step {
  readonly context: WriteContext;
  readonly working: Working;
  readonly change: FactChange;
  readonly said: Said;
  changed: boolean;
  readonly overruled: string[];
}

export function applyChange(context: WriteContext, working: Working, change: FactChange): Applied {
  const common = commonProvenance(context, change);
  const by = change.kind === 'facts' ? change.facts.provenance : undefined;
  const step: Step = { context, working, change, said: { common, by }, changed: false, overruled: [] };
  const isNew = working.id === null && working.waiting.length === 0;
  const created = apply(step, change) || isNew;
  if (step.changed) working.changed = true;
  const message = '已有更可信或更新的来源，本次所报仅存档，未采用';
  return {
    outcome: created ? 'created' : step.changed ? 'updated' : 'unchanged',
    flags: step.overruled.map((path) => ({ path, message })),
  };
}

function commonProvenance({ origin }: WriteContext, change: FactChange): Provenance | null {
  const source = change.source === undefined ? (origin.source ?? null) : change.source;
  const knownAt = change.knownAt === undefined ? (origin.knownAt ?? null) : change.knownAt;
  return source === null && knownAt === null ? null : { source, knownAt };
}

/** @returns whether the row that the change is about is new */
function apply(step: Step, change: FactChange): boolean {
  switch (change.kind) {
    case 'enterprise':
      applyEnterprise(step, change.values, change.clear ?? []);
      applyExtra(step, change.extra);
      addFlags(step, step.working, change.flags);
      return false;
    case 'figures':
      return applyYear(step, change.year, change.values, change.clear ?? [], change.flags ?? []);
    case 'ip':
      return applyEntry(step, 'ip', change.values);
    case 'financing':
      return applyEntry(step, 'financing', change.values);
    case 'facts':
      applyFacts(step, change.facts);
      applyExtra(step, change.extra);
      return false;
  }
}

function applyFacts(step: Step, facts: Facts): void {
  applyEnterprise(step, facts, []);
  for (const [year, values] of Object.entries(facts.years ?? {})) {
    if (values) applyYear(step, Number(year), values, [], lostValues(facts, year, values));
  }
  if (facts.intellectualProperty) applyList(step, 'ip', facts.intellectualProperty);
  if (facts.financing) applyList(step, 'financing', facts.financing);
  if (facts.titles?.length === 0) stateNone(step, 'titles');
}

/** Flags of values that were taken for unknown: nothing else on record will tell of them. */
function lostValues(facts: Facts, year: string, values: YearFacts): Flag[] {
  const prefix = `years.${year}.`;
  return facts.flags.filter(({ path }) => {
    if (!path.startsWith(prefix)) return false;
    const key = path.slice(prefix.length);
    return Object.hasOwn(values, key) && values[key as keyof YearFacts] == null;
  });
}

function applyEnterprise(step: Step, values: EnterpriseValues, clear: readonly string[]): void {
  const { working } = step;
  const stated = stateEnterprise(values, step.said).filter((item) => !heldByMoves(step, item));
  const { changed } = mergeInto(step, working.cells, stated, clear, {
    kind: 'enterprise',
    year: null,
    prefix: '',
  });
  if (changed) dropFlags(working, stated);
  if (values.formerNames) applyFormerNames(step, values.formerNames);
}

/** Where the log holds moves between parks, they say where the enterprise is, and a statement does not. */
function heldByMoves(step: Step, { path, value }: Stated): boolean {
  const { working, context } = step;
  if (path !== 'park' || working.id === null || working.cells.values.get('park') === value) return false;
  const moved = context.tx
    .prepare(
      "SELECT 1 FROM Event WHERE enterpriseId = ? AND scheme IS NULL AND type = 'moved' AND accepted = 1",
    )
    .get(working.id);
  if (moved) step.overruled.push('park');
  return moved !== undefined;
}

/** Former names only ever grow. */
function applyFormerNames(step: Step, given: readonly string[]): void {
  const { working, context } = step;
  const onRecord = formerNamesOf(context.tx, working);
  if (given.length === 0) {
    if (onRecord.length + working.newNames.length === 0) stateNone(step, 'formerNames');
    return;
  }
  const first = onRecord.length + working.newNames.length === 0;
  const added = [...new Set(given.map(tidyName))].filter(
    (name) => name !== '' && !onRecord.includes(name) && !working.newNames.includes(name),
  );
  if (added.length === 0) return;
  working.newNames.push(...added);
  forgetNone(working.cells, 'formerNames');
  if (first)
    for (const [path, of] of innerProvenance(step.said.by, 'formerNames'))
      working.cells.provenance.set(path, of);
  step.changed = true;
  record(step, 'enterprise', null, { formerNames: added });
}

function applyExtra(step: Step, extra: Readonly<Record<string, unknown>> | undefined): void {
  if (!extra || Object.keys(extra).length === 0) return;
  const { working, context } = step;
  const onRecord = working.extra ?? storedExtra(context, working);
  const news = Object.entries(extra).filter(
    ([key, value]) => value != null && JSON.stringify(onRecord[key]) !== JSON.stringify(value),
  );
  working.extra = onRecord;
  if (news.length === 0) return;
  Object.assign(onRecord, Object.fromEntries(news));
  step.changed = true;
  record(step, 'enterprise', null, { extra: Object.fromEntries(news) });
}

function storedExtra({ tx }: WriteContext, working: Working): Record<string, unknown> {
  if (working.id === null) return {};
  const row = tx.prepare<{ extra: string }>('SELECT extra FROM Enterprise WHERE id = ?').get(working.id);
  return JSON.parse(row?.extra ?? '{}') as Record<string, unknown>;
}

function applyYear(
  step: Step,
  year: number,
  values: YearFacts,
  clear: readonly string[],
  flags: readonly Flag[],
): boolean {
  const years = yearsOf(step.context.tx, step.working);
  const stated = stateYear(values, step.said, year);
  let row = years.get(year);
  const isNew = row === undefined;
  if (!row) {
    if (stated.length === 0 && flags.length === 0) return false;
    row = {
      year,
      cells: { values: new Map(), provenance: new Map() },
      flags: [],
      stored: false,
      dirty: false,
    };
    years.set(year, row);
  }
  const before = step.changed;
  step.changed = isNew;
  mergeInto(step, row.cells, stated, clear, { kind: 'figures', year, prefix: `years.${year}.` });
  if (step.changed) dropFlags(row, stated, `years.${year}.`);
  addFlags(step, row, flags);
  row.dirty ||= step.changed;
  step.changed ||= before;
  return isNew;
}

interface Place {
  readonly kind: string;
  readonly year: number | null;
  /** What stands before the paths of the cells in the facts. */
  readonly prefix: string;
}

function mergeInto(
  step: Step,
  cells: Cells,
  stated: readonly Stated[],
  clear: readonly string[],
  place: Place,
): Merged {
  const merged = merge(cells, stated, clear, step.change.yields);
  if (merged.changed) step.changed = true;
  for (const path of merged.overruled) step.overruled.push(place.prefix + path);
  if (!merged.changed && !merged.heard) return merged;
  const patch: Record<string, unknown> = {};
  for (const path of clear) patch[path] = null;
  for (const { path, value, provenance } of stated) {
    patch[path] = sameProvenance(provenance, step.said.common) ? value : { value, ...provenance };
  }
  record(step, place.kind, place.year, patch, !merged.changed);
  return merged;
}

/** Keeps the statement; one that changed nothing only if it was not heard before. */
function record(step: Step, kind: string, year: number | null, patch: object, onlyIfNew = false): void {
  const { working, context, said, change } = step;
  const text = JSON.stringify(patch);
  if (onlyIfNew && working.id !== null && heardBefore(step, kind, year, text)) return;
  const evidence = { ...context.origin.evidence, ...change.evidence };
  working.records.push({
    kind,
    year,
    patch: text,
    common: said.common,
    evidence: Object.keys(evidence).length > 0 ? JSON.stringify(evidence) : null,
  });
}

function heardBefore(
  { working, context, said }: Step,
  kind: string,
  year: number | null,
  patch: string,
): boolean {
  const inHand = working.records.some((r) => r.kind === kind && r.year === year && r.patch === patch);
  return (
    inHand ||
    context.tx
      .prepare(
        `SELECT 1 FROM FactRecord WHERE enterpriseId = ? AND kind = ? AND year IS ? AND patch = ?
         AND source IS ? AND knownAt IS ?`,
      )
      .get(working.id, kind, year, patch, said.common?.source ?? null, said.common?.knownAt ?? null) !==
      undefined
  );
}

function stateNone(step: Step, path: string): void {
  const stated: Stated = { path, value: [], provenance: step.said.by?.[path] ?? step.said.common };
  mergeInto(step, step.working.cells, [stated], [], { kind: 'enterprise', year: null, prefix: '' });
}

function forgetNone(cells: Cells, path: string): void {
  cells.values.delete(path);
  cells.provenance.delete(path);
}

/** A list given as a whole takes the place of the one on record, unless that is better founded. */
function applyList(step: Step, name: ListName, entries: readonly object[]): void {
  const { working, context, said } = step;
  const { path, fields } = LISTS[name];
  const list = listOf(context.tx, working, name);
  const stated = entries.map((entry, i) => stateEntry(entry, fields, said, `${path}.${i}`));
  if (stated.length === 0) {
    if (list.entries.length === 0) return stateNone(step, path);
  }
  const news: WorkingEntry[] = stated.map((cells) => ({ id: null, cells: cellsOf(cells), dirty: true }));
  const [onRecord, given] = [standing(list.entries), standing(news)];
  const same = sameEntries(list.entries, news);
  if (same ? !confirms(onRecord, given) : list.entries.length > 0 && outranks(onRecord, given)) {
    if (!same) step.overruled.push(path);
    if (!same || !sameProvenance(onRecord, given)) record(step, name, null, entries, true);
    return;
  }
  list.entries = news;
  list.replaced = true;
  if (news.length === 0) working.cells.values.set(path, []);
  else forgetNone(working.cells, path);
  step.changed = true;
  record(step, name, null, entries);
}

function cellsOf(stated: readonly Stated[]): Cells {
  const cells: Cells = { values: new Map(), provenance: new Map() };
  merge(cells, stated);
  return cells;
}

const standing = (entries: readonly WorkingEntry[]) =>
  best(entries.flatMap((entry) => [...entry.cells.provenance.values()]));

const valuesOf = (entry: WorkingEntry) => JSON.stringify([...entry.cells.values].sort());

function sameEntries(a: readonly WorkingEntry[], b: readonly WorkingEntry[]): boolean {
  return a.length === b.length && a.every((entry, i) => valuesOf(entry) === valuesOf(b[i]!));
}

/** One entry of a list: met with the one it is about, else added. @returns whether it was added */
function applyEntry(step: Step, name: ListName, entry: object): boolean {
  const { working, context, said } = step;
  const { path, fields } = LISTS[name];
  const list = listOf(context.tx, working, name);
  const stated = stateEntry(entry, fields, said, null);
  const wanted = new Map(stated.map((item) => [item.path, item.value]));
  let found = list.entries.find(({ cells }) => SAME[name](cells.values, wanted));
  const isNew = found === undefined;
  if (!found) {
    found = { id: null, cells: { values: new Map(), provenance: new Map() }, dirty: true };
    list.entries.push(found);
    forgetNone(working.cells, path);
  }
  const merged = mergeInto(step, found.cells, stated, [], { kind: name, year: null, prefix: `${path}.` });
  found.dirty ||= merged.changed;
  return isNew;
}

type Values = ReadonlyMap<string, unknown>;

const equalIn = (a: Values, b: Values, keys: readonly string[]) =>
  keys.every((key) => (a.get(key) ?? null) === (b.get(key) ?? null));

const plainNo = (values: Values) =>
  String(values.get('no') ?? '')
    .normalize('NFKC')
    .replace(/\s/g, '')
    .toUpperCase();

/** When two entries are about the same thing. */
const SAME: Record<ListName, (onRecord: Values, stated: Values) => boolean> = {
  ip(onRecord, stated) {
    const [a, b] = [plainNo(onRecord), plainNo(stated)];
    if (a !== '' && b !== '') return a === b;
    return equalIn(onRecord, stated, ['kind', 'name', 'appliedOn', 'grantedOn']);
  },
  financing: (onRecord, stated) => equalIn(onRecord, stated, ['closedOn', 'amount', 'currency']),
};

interface Flagged {
  flags: Flag[];
}

function addFlags(step: Step, on: Flagged, flags: readonly Flag[] | undefined): void {
  for (const flag of flags ?? []) {
    if (on.flags.some(({ path, message }) => path === flag.path && message === flag.message)) continue;
    on.flags.push({ path: flag.path, message: flag.message });
    step.changed = true;
  }
}

/** A value stated anew leaves the doubts about the old one behind. */
function dropFlags(on: Flagged, stated: readonly Stated[], prefix = ''): void {
  if (on.flags.length === 0) return;
  const paths = new Set(stated.map((item) => prefix + item.path));
  on.flags = on.flags.filter((flag) => !paths.has(flag.path));
}
