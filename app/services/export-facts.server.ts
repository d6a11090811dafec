/** The facts as tables that can be imported again: one list for each kind of import. */
import {
  ENTERPRISE_FIELDS,
  EXTRA_LABELS,
  FINANCING_FIELDS,
  IP_FIELDS,
  KEY_FIELDS,
  ROW_FIELDS,
  TITLE_FIELDS,
  YEAR_FIELDS,
  type FieldDefinition,
} from '../rules/facts/fields.ts';
import { valueAt } from '../rules/facts/field-of.ts';
import type { Facts } from '../rules/facts/parse.ts';
import { schemeLabel } from '../rules/schemes.ts';
import type { Db } from '../db/clients.server.ts';
import { readerOf, streamParts, type Selection } from '../db/fact-rows.server.ts';
import { assembleFacts } from '../rules/facts/stored.ts';
import {
  COUNT_FORMAT,
  MONEY_FORMAT,
  PERCENT_FORMAT,
  type ExportCell,
  type ExportColumn,
  type ExportList,
} from './export.server.ts';
import { kindLabel } from './import/choose.ts';
import type { ImportKind } from './import/headers.ts';

export type TableKind = Exclude<ImportKind, 'facts'>;
export const TABLE_KINDS = [
  'enterprises',
  'figures',
  'titles',
  'ip',
  'financing',
] as const satisfies readonly TableKind[];

interface FactRow {
  readonly facts: Facts;
  readonly extra: Readonly<Record<string, unknown>>;
  /** The row's own part: a year's figures, a right, a title, a round. */
  readonly item: Readonly<Record<string, unknown>>;
}

const YEAR_FIELD = ROW_FIELDS.find(({ key }) => key === 'year')!;
const IDENTITY = KEY_FIELDS.filter(({ key }) => key !== 'listing.code');

/** The columns of the table of a kind, in order: the enterprise first, then the row's own. */
export function fieldsOf(kind: TableKind): {
  readonly enterprise: readonly FieldDefinition[];
  readonly item: readonly FieldDefinition[];
} {
  if (kind === 'enterprises') return { enterprise: ENTERPRISE_FIELDS, item: [] };
  if (kind === 'figures') return { enterprise: IDENTITY, item: [YEAR_FIELD, ...YEAR_FIELDS] };
  const item = kind === 'titles' ? TITLE_FIELDS : kind === 'ip' ? IP_FIELDS : FINANCING_FIELDS;
  return { enterprise: IDENTITY, item };
}

/** Header with its unit, as import understands it. */
export const headerOf = (field: FieldDefinition): string =>
  field.type === 'money' ? `${field.label}（万元）` : field.label;

const FORMATS: Partial<Record<FieldDefinition['type'], string>> = {
  money: MONEY_FORMAT,
  share: PERCENT_FORMAT,
  persons: COUNT_FORMAT,
  points: COUNT_FORMAT,
};

/** A value of the facts as people read it: 万元, labels, 是 / 否. */
export function exportCell(field: FieldDefinition, value: unknown): ExportCell {
  if (value === null || value === undefined) return null;
  switch (field.type) {
    case 'money':
    case 'share':
      return (value as number) / 1e6;
    case 'persons':
    case 'points':
      return (value as number) / 100;
    case 'whole':
      return value as number;
    case 'flag':
      return value === true ? '是' : '否';
    case 'option':
      return field.options?.find((o) => o.value === value)?.label ?? String(value);
    case 'list':
      return (value as string[]).join('；');
    case 'scheme':
      return schemeLabel(String(value));
    default:
      return String(value);
  }
}

const column = (field: FieldDefinition, part: 'facts' | 'item'): ExportColumn<FactRow> => ({
  header: headerOf(field),
  value: (row) => exportCell(field, valueAt(row[part], field.key)),
  ...(FORMATS[field.type] ? { format: FORMATS[field.type] } : {}),
  width: field.key === 'name' ? 36 : field.type === 'uscc' ? 22 : undefined,
});

const extraColumns = EXTRA_LABELS.map(([label]): ExportColumn<FactRow> => ({
  header: label,
  value: ({ extra }) => (extra[label] == null ? null : String(extra[label])),
}));

/** All enterprises' facts of one kind. @param selection condition on the enterprise `e`; all without it */
export function factsList(db: Db, kind: TableKind, selection: Selection = {}): ExportList<FactRow> {
  const fields = fieldsOf(kind);
  const columns = [
    ...fields.enterprise.map((field) => column(field, 'facts')),
    ...fields.item.map((field) => column(field, 'item')),
    ...(kind === 'enterprises' ? extraColumns : []),
  ];
  return { name: kindLabel(kind), columns, rows: factRows(db, kind, selection), frozen: 2 };
}

function* factRows(db: Db, kind: TableKind, selection: Selection): Generator<FactRow> {
  const connection = db.openReader();
  try {
    for (const parts of streamParts(connection, selection)) {
      const facts = assembleFacts(parts);
      const extra = kind === 'enterprises' ? extraOf(db, parts.enterprise.id) : {};
      for (const item of itemsOf(kind, facts)) yield { facts, extra, item };
    }
  } finally {
    connection.close();
  }
}

/** What a register carried beyond the facts. */
function extraOf(db: Db, enterpriseId: number): Record<string, unknown> {
  const row = readerOf(db.raw)
    .prepare<{ extra: string }>('SELECT extra FROM Enterprise WHERE id = ?')
    .get(enterpriseId);
  return row ? (JSON.parse(row.extra) as Record<string, unknown>) : {};
}

function itemsOf(kind: TableKind, facts: Facts): Record<string, unknown>[] {
  if (kind === 'enterprises') return [{}];
  if (kind === 'titles') return facts.titles ?? [];
  if (kind === 'ip') return facts.intellectualProperty ?? [];
  if (kind === 'financing') return facts.financing ?? [];
  const years = new Set([...Object.keys(facts.years ?? {}), ...Object.keys(facts.conversions ?? {})]);
  return [...years]
    .sort()
    .map((year) => ({ ...facts.years?.[year], year, conversions: facts.conversions?.[year] }));
}
