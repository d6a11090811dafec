/** Writes what was changed of one enterprise: its rows, the statements heard, and the digest of what is judged. */
import { readListRows } from '../../db/fact-rows.server.ts';
import { writeSearch } from '../../db/search-rows.server.ts';
import type { Tx } from '../../db/writer.server.ts';
import { packProvenance, type Cells } from '../../rules/facts/cells.ts';
import { FIGURE_KEYS } from '../../rules/facts/figures.ts';
import { nameKey } from '../../rules/facts/name.ts';
import type { Flag } from '../../rules/facts/parse.ts';
import {
  assembleFacts,
  ENTERPRISE_FIELDS,
  NONE,
  toBit,
  type EnterpriseRow,
  type ListRow,
  type YearRow,
} from '../../rules/facts/stored.ts';
import { ensurePark } from '../parks.server.ts';
import { openKeeper, restating } from '../door/keeper.server.ts';
import type { Origin } from '../fact-change.ts';
import { markDue } from '../verdict-due.server.ts';
import { digestOf } from './digest.server.ts';
import {
  formerNamesOf,
  listOf,
  LISTS,
  yearsOf,
  type ListName,
  type Working,
  type WorkingEntry,
  type WorkingYear,
} from './working.server.ts';

export interface WriteContext {
  readonly tx: Tx;
  readonly origin: Origin;
  readonly now: string;
  readonly today: string;
}

const LIST_NAMES = Object.keys(LISTS) as ListName[];

/** Writes the enterprise if it changed, and the statements heard in any case. */
export function flush(context: WriteContext, working: Working): void {
  const { tx } = context;
  if (working.changed) {
    const facts = write(context, working);
    for (const tell of working.waiting) tell(working.id!, facts.flags);
  } else {
    const flags = flagsOf(working);
    for (const tell of working.waiting) tell(working.id!, flags);
  }
  for (const record of working.records) {
    tx.prepare(INSERT_RECORD).run(
      working.id,
      record.kind,
      record.year,
      record.patch,
      record.common?.source ?? null,
      record.common?.knownAt ?? null,
      context.now,
      context.origin.actor,
      record.evidence,
      context.origin.importId ?? null,
    );
  }
}

/** The flags of an enterprise that did not change, as far as it was looked at. */
function flagsOf(working: Working): readonly Flag[] {
  const years = [...(working.years?.values() ?? [])].map(yearRow);
  const enterprise = enterpriseRow(working);
  return assembleFacts({ enterprise, years, ip: [], titles: [], financing: [], formerNames: [] }, false)
    .flags;
}

const INSERT_RECORD = `INSERT INTO FactRecord
  (enterpriseId, kind, year, patch, source, knownAt, recordedAt, actor, evidence, importId)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

function write(context: WriteContext, working: Working) {
  const { tx } = context;
  const row = enterpriseRow(working);
  const years = [...yearsOf(tx, working).values()].sort((a, b) => a.year - b.year);
  const yearRows = new Map(years.map((year) => [year, yearRow(year)]));
  const lists = Object.fromEntries(
    LIST_NAMES.map((name) => [name, listOf(tx, working, name).entries.map((entry) => listRow(entry, name))]),
  ) as Record<ListName, ListRow[]>;
  const names = [...formerNamesOf(tx, working), ...working.newNames];
  const facts = assembleFacts(
    {
      enterprise: row,
      years: [...yearRows.values()],
      ip: lists.ip,
      financing: lists.financing,
      titles: working.id === null ? [] : readListRows(tx, 'titles', working.id),
      formerNames: names,
    },
    false,
  );
  const isNew = working.id === null;
  const rebook = isRestated(working, row)
    ? restating(openKeeper(tx, context.now, context.today), working.id)
    : null;
  working.id = writeEnterprise(context, working, row, digestOf(facts));
  for (const [year, stored] of yearRows) if (year.dirty) writeYear(tx, working.id, year, stored);
  for (const name of LIST_NAMES) writeList(tx, working.id, working, name, lists[name]);
  for (const name of working.newNames) writeFormerName(tx, working.id, name, context.now);
  const renamed = working.oldName !== null && working.oldName !== row.name ? [working.oldName] : [];
  const stock = typeof row.stockShortName === 'string' ? [row.stockShortName] : [];
  if (isNew || renamed.length + working.newNames.length + stock.length > 0)
    writeSearch(tx, working.id, [row.name, ...stock, ...names, ...renamed].map(nameKey));
  rebook?.(working.id);
  return facts;
}

/** True where what the enterprise is counted by, its park or the day of its registration, is stated anew. */
const isRestated = ({ counted }: Working, row: EnterpriseRow): boolean =>
  counted?.park !== row.park || counted.registeredOn !== row.registeredOn;

const NONE_LISTS = new Set(['formerNames', 'intellectualProperty', 'titles', 'financing']);
const COLUMN_PATHS = new Set<string>(['name', 'park', ...ENTERPRISE_FIELDS.map((field) => field.path)]);

function enterpriseRow(working: Working): EnterpriseRow {
  const { values } = working.cells;
  const row: Record<string, unknown> = {
    id: working.id ?? 0,
    uscc: working.uscc,
    usccFlag: working.usccFlag,
    name: values.get('name') ?? '',
    park: values.get('park') ?? null,
    flags: working.flags.length > 0 ? JSON.stringify(working.flags) : null,
  };
  for (const { path, column } of ENTERPRISE_FIELDS) row[column] = toBit(values.get(path)) ?? null;
  const other: Record<string, unknown> = {};
  const none: string[] = [];
  for (const [path, value] of values) {
    if (NONE_LISTS.has(path)) none.push(path);
    else if (!COLUMN_PATHS.has(path)) other[path] = value;
  }
  if (none.length > 0) other[NONE] = none;
  row.otherFacts = JSON.stringify(other);
  const { common, named } = packProvenance(working.cells);
  row.provenance = JSON.stringify(common ? { '*': common, ...named } : (named ?? {}));
  return row as unknown as EnterpriseRow;
}

const FIELD_COLUMNS = ENTERPRISE_FIELDS.map((field) => field.column);
const WRITTEN = [
  'usccFlag',
  'name',
  'nameKey',
  'parkId',
  ...FIELD_COLUMNS,
  'otherFacts',
  'provenance',
  'flags',
  'factsDigest',
  'updatedAt',
];
const INSERT_ENTERPRISE = `INSERT INTO Enterprise (uscc, extra, revision, createdAt, ${WRITTEN.join(', ')})
  VALUES (?, ?, 1, ?, ${WRITTEN.map(() => '?').join(', ')})`;
const UPDATE_ENTERPRISE = `UPDATE Enterprise SET revision = revision + 1,
  extra = json_patch(extra, ?), ${WRITTEN.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`;
const INSERT_CODE = `INSERT INTO EnterpriseCode (code, enterpriseId, kind, since) VALUES (?, ?, 'current', ?)`;

function writeEnterprise(
  { tx, now, origin }: WriteContext,
  working: Working,
  row: EnterpriseRow,
  digest: string,
): number {
  const values = [
    row.usccFlag,
    row.name,
    nameKey(row.name),
    row.park === null ? null : ensurePark(tx, row.park, { now, actor: origin.actor }),
    ...FIELD_COLUMNS.map((column) => row[column]),
    row.otherFacts,
    row.provenance,
    row.flags,
    digest,
    now,
  ];
  const extra = JSON.stringify(working.extra ?? {});
  if (working.id === null) {
    const added = tx.prepare(INSERT_ENTERPRISE).run(working.uscc, extra, now, ...values);
    const id = Number(added.lastInsertRowid);
    tx.prepare(INSERT_CODE).run(working.uscc, id, now);
    markDue(tx, id);
    return id;
  }
  tx.prepare(UPDATE_ENTERPRISE).run(extra, ...values, working.id);
  markDue(tx, working.id);
  if (working.oldName !== null && working.oldName !== row.name) {
    writeFormerName(tx, working.id, working.oldName, now);
  }
  return working.id;
}

/** Keeps a former name; one that is known already stays as it is. */
export function writeFormerName(tx: Tx, enterpriseId: number, name: string, now: string): void {
  tx.prepare(
    `INSERT INTO EnterpriseName (enterpriseId, name, nameKey, recordedAt) VALUES (?, ?, ?, ?)
     ON CONFLICT (enterpriseId, name) DO NOTHING`,
  ).run(enterpriseId, name, nameKey(name), now);
}

/** Source, day of knowledge and named exceptions as columns of a row. */
function provenanceColumns(cells: Cells) {
  const { common, named } = packProvenance(cells);
  return {
    source: common?.source ?? null,
    knownAt: common?.knownAt ?? null,
    provenance: named ? JSON.stringify(named) : null,
  };
}

const FIGURE_SET = new Set<string>(FIGURE_KEYS);

function yearRow({ year, cells, flags }: WorkingYear): YearRow {
  const row: Record<string, unknown> = { enterpriseId: 0, year };
  for (const key of FIGURE_KEYS) row[key] = cells.values.get(key) ?? null;
  let bases: Record<string, unknown> | null = null;
  for (const [path, value] of cells.values) if (!FIGURE_SET.has(path)) (bases ??= {})[path] = value;
  row.bases = bases ? JSON.stringify(bases) : null;
  row.flags = flags.length > 0 ? JSON.stringify(flags) : null;
  return Object.assign(row, provenanceColumns(cells)) as unknown as YearRow;
}

const YEAR_COLUMNS = [...FIGURE_KEYS, 'bases', 'source', 'knownAt', 'provenance', 'flags'] as const;
const WRITE_YEAR = `INSERT INTO YearFigures (enterpriseId, year, ${YEAR_COLUMNS.join(', ')})
  VALUES (?, ?, ${YEAR_COLUMNS.map(() => '?').join(', ')})
  ON CONFLICT (enterpriseId, year) DO UPDATE SET ${YEAR_COLUMNS.map((c) => `${c} = excluded.${c}`).join(', ')}`;

function writeYear(tx: Tx, enterpriseId: number, { year }: WorkingYear, row: YearRow): void {
  const values: unknown[] = [enterpriseId, year];
  for (const column of YEAR_COLUMNS) values.push(row[column]);
  tx.prepare(WRITE_YEAR).run(values);
}

function listRow({ id, cells }: WorkingEntry, name: ListName): ListRow {
  const row: Record<string, unknown> = { id, enterpriseId: 0 };
  for (const field of LISTS[name].fields) row[field] = toBit(cells.values.get(field)) ?? null;
  return Object.assign(row, provenanceColumns(cells)) as unknown as ListRow;
}

const listColumns = (name: ListName) => [...LISTS[name].fields, 'source', 'knownAt', 'provenance'];
const LIST_SQL = Object.fromEntries(
  LIST_NAMES.map((name) => {
    const { table } = LISTS[name];
    const columns = listColumns(name);
    return [
      name,
      {
        columns,
        insert: `INSERT INTO ${table} (enterpriseId, ${columns.join(', ')})
          VALUES (?, ${columns.map(() => '?').join(', ')})`,
        update: `UPDATE ${table} SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`,
        clear: `DELETE FROM ${table} WHERE enterpriseId = ?`,
      },
    ];
  }),
) as Record<ListName, { columns: string[]; insert: string; update: string; clear: string }>;

function writeList(
  tx: Tx,
  enterpriseId: number,
  working: Working,
  name: ListName,
  rows: readonly ListRow[],
): void {
  const list = working.lists[name];
  if (!list) return;
  const sql = LIST_SQL[name];
  if (list.replaced) tx.prepare(sql.clear).run(enterpriseId);
  list.entries.forEach((entry, i) => {
    const values = sql.columns.map((column) => rows[i]![column]);
    if (list.replaced || entry.id === null) tx.prepare(sql.insert).run(enterpriseId, ...values);
    else if (entry.dirty) tx.prepare(sql.update).run(...values, entry.id);
  });
}
