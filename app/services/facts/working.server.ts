/** One enterprise's facts in hand while statements are applied: loaded when needed, written once at the end. */
import { readEnterpriseRow, readFormerNames, readListRows, readYearRows } from '../../db/fact-rows.server.ts';
import type { Tx } from '../../db/writer.server.ts';
import { emptyCells, type Cells } from '../../rules/facts/cells.ts';
import { FIGURE_KEYS } from '../../rules/facts/figures.ts';
import type { Flag, Provenance } from '../../rules/facts/parse.ts';
import type { Source } from '../../rules/facts/schema.ts';
import {
  ENTERPRISE_FIELDS,
  FINANCING_FIELDS,
  IP_FIELDS,
  readOther,
  type EnterpriseRow,
  type ListRow,
  type RowProvenance,
  type YearRow,
} from '../../rules/facts/stored.ts';

/** The lists that this service writes, with their name in the facts, their table and their fields. */
export const LISTS = {
  ip: { path: 'intellectualProperty', table: 'IntellectualProperty', fields: IP_FIELDS },
  financing: { path: 'financing', table: 'Financing', fields: FINANCING_FIELDS },
} as const;
export type ListName = keyof typeof LISTS;

export interface WorkingYear {
  readonly year: number;
  readonly cells: Cells;
  flags: Flag[];
  stored: boolean;
  dirty: boolean;
}

export interface WorkingEntry {
  /** Null until it is written. */
  readonly id: number | null;
  readonly cells: Cells;
  dirty: boolean;
}

export interface WorkingList {
  entries: WorkingEntry[];
  /** Every stored row goes, and the entries are written anew. */
  replaced: boolean;
}

export interface PendingRecord {
  readonly kind: string;
  readonly year: number | null;
  readonly patch: string;
  readonly common: Provenance | null;
  readonly evidence: string | null;
}

export interface Working {
  /** Null until the enterprise is written. */
  id: number | null;
  readonly uscc: string;
  readonly usccFlag: string | null;
  /** The name on record before this batch. */
  readonly oldName: string | null;
  /** What it was counted by before this batch; null for a new enterprise. */
  readonly counted: { readonly park: string | null; readonly registeredOn: string | null } | null;
  readonly cells: Cells;
  flags: Flag[];
  extra: Record<string, unknown> | null;
  years: Map<number, WorkingYear> | null;
  readonly lists: Partial<Record<ListName, WorkingList>>;
  formerNames: string[] | null;
  readonly newNames: string[];
  readonly records: PendingRecord[];
  /** Something of this enterprise changed, so that it must be written. */
  changed: boolean;
  /** Told the id, and the flags that follow from the values, when it is written. */
  readonly waiting: ((id: number, flags: readonly Flag[]) => void)[];
}

/** An enterprise that is not on record yet. */
export function newWorking(uscc: string, usccFlag: string | null): Working {
  return {
    id: null,
    uscc,
    usccFlag,
    oldName: null,
    counted: null,
    cells: emptyCells(),
    flags: [],
    extra: null,
    years: new Map(),
    lists: { ip: { entries: [], replaced: false }, financing: { entries: [], replaced: false } },
    formerNames: [],
    newNames: [],
    records: [],
    changed: true,
    waiting: [],
  };
}

/** An enterprise on record; its years and lists are read when they are asked for. */
export function loadWorking(tx: Tx, id: number): Working | null {
  const row = readEnterpriseRow(tx, id);
  if (!row) return null;
  return {
    ...newWorking(row.uscc, row.usccFlag),
    id,
    oldName: row.name === '' ? null : row.name,
    counted: { park: row.park, registeredOn: row.registeredOn },
    cells: enterpriseCells(row),
    flags: row.flags ? (JSON.parse(row.flags) as Flag[]) : [],
    years: null,
    lists: {},
    formerNames: null,
    changed: false,
  };
}

function enterpriseCells(row: EnterpriseRow): Cells {
  const cells = emptyCells();
  const { values } = cells;
  if (row.name !== '') values.set('name', row.name);
  if (row.park !== null) values.set('park', row.park);
  for (const { path, column, bit } of ENTERPRISE_FIELDS) {
    const value = row[column];
    if (value !== null) values.set(path, bit ? value === 1 : value);
  }
  if (row.otherFacts !== '{}') {
    const other = readOther(row.otherFacts);
    for (const path in other.values) values.set(path, other.values[path]);
    for (const path of other.none) values.set(path, []);
  }
  if (row.provenance !== '{}') {
    const { '*': common, ...named } = JSON.parse(row.provenance) as Record<string, Provenance>;
    if (common) for (const path of values.keys()) cells.provenance.set(path, common);
    for (const path in named) cells.provenance.set(path, named[path]!);
  }
  return cells;
}

/** The years in hand, read at the first call. */
export function yearsOf(tx: Tx, working: Working): Map<number, WorkingYear> {
  if (working.years) return working.years;
  const years = new Map<number, WorkingYear>();
  for (const row of readYearRows(tx, working.id!)) years.set(row.year, workingYear(row));
  working.years = years;
  return years;
}

function workingYear(row: YearRow): WorkingYear {
  const cells = emptyCells();
  for (const key of FIGURE_KEYS) if (row[key] !== null) cells.values.set(key, row[key]);
  if (row.bases) {
    for (const [path, value] of Object.entries(JSON.parse(row.bases) as object))
      cells.values.set(path, value);
  }
  readProvenance(row, cells);
  const flags = row.flags ? (JSON.parse(row.flags) as Flag[]) : [];
  return { year: row.year, cells, flags, stored: true, dirty: false };
}

function readProvenance(row: RowProvenance, cells: Cells): void {
  if (row.source !== null || row.knownAt !== null) {
    const common = { source: row.source as Source | null, knownAt: row.knownAt };
    for (const path of cells.values.keys()) cells.provenance.set(path, common);
  }
  if (!row.provenance) return;
  const named = JSON.parse(row.provenance) as Record<string, Provenance>;
  for (const path in named) cells.provenance.set(path, named[path]!);
}

/** A list in hand, read at the first call. */
export function listOf(tx: Tx, working: Working, name: ListName): WorkingList {
  return (working.lists[name] ??= {
    entries: readListRows(tx, name, working.id!).map((row) => workingEntry(row, LISTS[name].fields)),
    replaced: false,
  });
}

const BITS = new Set<string>(['relatedToMainProduct', 'applied', 'highValue', 'qualifiedInvestor']);

function workingEntry(row: ListRow, fields: readonly string[]): WorkingEntry {
  const cells = emptyCells();
  for (const field of fields) {
    const value = row[field];
    if (value !== null) cells.values.set(field, BITS.has(field) ? value === 1 : value);
  }
  readProvenance(row, cells);
  return { id: row.id as number, cells, dirty: false };
}

/** Former names in hand, read at the first call. */
export function formerNamesOf(tx: Tx, working: Working): string[] {
  return (working.formerNames ??= readFormerNames(tx, working.id!));
}
