/** Which column of a table states what: recognised headers in Chinese and English, or a mapping file. */
import { z } from 'zod';
import {
  ENTERPRISE_FIELDS,
  FINANCING_FIELDS,
  IP_FIELDS,
  KEY_FIELDS,
  ROW_FIELDS,
  TITLE_FIELDS,
  YEAR_FIELDS,
  type FieldDefinition,
} from '../../rules/facts/fields.ts';
import { AppError } from '../errors.ts';

export const IMPORT_KINDS = ['enterprises', 'figures', 'titles', 'ip', 'financing', 'facts'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Whose value a column holds. `liabilities` parts add up to 负债总额; `flags` are remarks on the row's quality. */
export type Scope = 'key' | 'enterprise' | 'year' | 'item' | 'row' | 'liabilities' | 'flags' | 'json';

export interface Target {
  readonly scope: Scope;
  readonly field: FieldDefinition;
  /** The year in the header itself (2023年营业收入). */
  readonly year?: string;
}

export interface Column {
  readonly index: number;
  readonly header: string;
  /** Places by which the unit in the header moves the decimal point. */
  readonly unit: number;
  /** Empty: known, but states nothing by itself (报告日期, 错误说明, 序号). */
  readonly targets: readonly Target[];
}

/** Columns that are not recognised are kept: with an enterprise as extra attributes, else as evidence. */
export interface Plan {
  readonly columns: readonly Column[];
  readonly unknown: readonly { readonly index: number; readonly header: string }[];
  readonly notKnown: ReadonlySet<string>;
  /** A fixed year for all rows, from the mapping. */
  readonly year: string | null;
  /** Headers of amounts that name no unit themselves. English keys are in 元 by definition. */
  readonly unitless: readonly string[];
  readonly score: number;
}

/** The column in which rejected rows come back; ignored when the workbook is imported again. */
export const REASON_HEADER = '错误说明';
export const JSON_HEADER = 'JSON';

const plain = (key: string, label: string): FieldDefinition => ({ key, label, type: 'text', aliases: [] });
const part = (key: string, label: string): Target => ({
  scope: 'liabilities',
  field: { key, label, type: 'money', aliases: [] },
});
const figure = (key: string): Target => ({ scope: 'year', field: YEAR_FIELDS.find((f) => f.key === key)! });

/** Columns that follow from others, in our own lists: read over without a trace. */
export const IGNORED: ReadonlySet<string> = new Set([
  REASON_HEADER,
  '序号',
  '最高称号',
  '有效称号',
  '行业门类',
  '研发占比',
]);

/** Headers of registers and exports whose meaning is not simply a field's name. */
const SPECIAL: Readonly<Record<string, readonly Target[]>> = {
  ...Object.fromEntries([...IGNORED].map((header) => [header, []])),
  report_date: [],
  报告日期: [],
  revenue_yuan: [figure('operatingRevenue'), figure('salesRevenue')],
  current_liabilities_yuan: [part('current', '流动负债')],
  noncurrent_liabilities_yuan: [part('nonCurrent', '非流动负债')],
  流动负债合计: [part('current', '流动负债')],
  非流动负债合计: [part('nonCurrent', '非流动负债')],
  quality_flags: [{ scope: 'flags', field: plain('flags', '数据质量标记') }],
  数据质量标记: [{ scope: 'flags', field: plain('flags', '数据质量标记') }],
  [JSON_HEADER]: [{ scope: 'json', field: plain('json', 'JSON') }],
};

const HEADER_UNITS: Readonly<Record<string, number>> = {
  元: 0,
  人民币元: 0,
  yuan: 0,
  cny: 0,
  rmb: 0,
  千元: 3,
  万元: 4,
  人民币万元: 4,
  百万元: 6,
  亿元: 8,
  人民币亿元: 8,
  '%': -2,
  百分比: -2,
  人: 0,
  分: 0,
  项: 0,
  件: 0,
  个: 0,
};

/** Header without blanks, marks and case; `rdExpense`, `rd_expense` and `RD Expense` are one. */
export const headerKey = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_*＊:：]/g, '');

/**
 * Places by which a stated unit moves the point; null when the text is no unit. Brackets and 单位： around it are
 * allowed, so that the line of units under a header reads as well as a note above the table.
 */
export function unitPlaces(text: string): number | null {
  const bare = text
    .normalize('NFKC')
    .replace(/[\s()[\]]/g, '')
    .replace(/^单位:?/, '')
    .toLowerCase();
  return HEADER_UNITS[bare] ?? null;
}

interface HeaderParts {
  readonly name: string;
  readonly unit: number | null;
}

/** Takes a unit off the end of a header: （万元）, (%), /万元, _yuan. */
function splitUnit(header: string): HeaderParts {
  const text = header.normalize('NFKC').trim();
  const found =
    /^(.*?)\s*[([](?:单位[::]?)?\s*([^()[\]]+)[)\]]$/.exec(text) ?? /^(.+)[/_,、]([^/_,、]+)$/.exec(text);
  const unit = found ? HEADER_UNITS[found[2]!.trim().toLowerCase()] : undefined;
  return unit === undefined ? { name: text, unit: null } : { name: found![1]!, unit };
}

const ITEM_FIELDS: Partial<Record<ImportKind, readonly FieldDefinition[]>> = {
  titles: TITLE_FIELDS,
  ip: IP_FIELDS,
  financing: FINANCING_FIELDS,
};

type Index = ReadonlyMap<string, readonly Target[]>;
const indexes = new Map<ImportKind, Index>();

/** Every header that is understood in tables of a kind; what comes first has precedence. */
function headerIndex(kind: ImportKind): Index {
  const made = indexes.get(kind);
  if (made) return made;
  const index = new Map<string, readonly Target[]>();
  const add = (text: string, targets: readonly Target[]) => {
    const key = headerKey(text);
    if (!index.has(key)) index.set(key, targets);
  };
  for (const [header, targets] of Object.entries(SPECIAL)) add(header, targets);
  const groups: (readonly [Scope, readonly FieldDefinition[]])[] = [
    ['key', KEY_FIELDS],
    ['row', ROW_FIELDS],
    ['item', ITEM_FIELDS[kind] ?? []],
    ['enterprise', ENTERPRISE_FIELDS.filter((f) => !KEY_FIELDS.includes(f))],
    ['year', YEAR_FIELDS],
  ];
  // Labels before keys before aliases, so that an alias never hides another field's own name.
  for (const names of [
    (f: FieldDefinition) => [f.label],
    (f: FieldDefinition) => [f.key],
    (f: FieldDefinition) => f.aliases,
  ]) {
    for (const [scope, fields] of groups) {
      for (const field of fields) for (const name of names(field)) add(name, [{ scope, field }]);
    }
  }
  indexes.set(kind, index);
  return index;
}

/** True for a header that names its unit: 营业收入（万元）. */
export const namesUnit = (header: string): boolean => splitUnit(header).unit !== null;

interface Recognised {
  readonly targets: readonly Target[];
  readonly unit: number | null;
}

function recognise(header: string, index: Index): Recognised | null {
  const direct = index.get(headerKey(header));
  if (direct) return { targets: direct, unit: /_yuan$/i.test(header.trim()) ? 0 : null };
  const { name, unit } = splitUnit(header);
  const named = index.get(headerKey(name));
  if (named) return { targets: named, unit };
  const dated = /^((?:19|20)\d\d)年?度?(?:末|底)?[-_\s]?(.+)$/.exec(headerKey(name));
  const targets = dated ? index.get(dated[2]!) : undefined;
  if (!targets || targets.length === 0 || !targets.every((t) => t.scope === 'year')) return null;
  return { targets: targets.map((t) => ({ ...t, year: dated![1]! })), unit };
}

const names = z.union([z.string(), z.array(z.string())]);

/** The mapping file of a foreign table; see the contract. */
export const mappingSchema = z.strictObject({
  kind: z.enum(IMPORT_KINDS).optional(),
  sheet: z.string().optional(),
  key: z.record(z.string(), z.string()).optional(),
  year: z.union([z.string(), z.number().int()]).optional(),
  unit: z.string().optional(),
  notKnown: z.array(z.union([z.string(), z.number()])).default([]),
  columns: z.record(z.string(), names).optional(),
});
export type Mapping = z.output<typeof mappingSchema>;

/** Reads a mapping file's JSON. @throws AppError `invalid` naming what is wrong */
export function parseMapping(json: unknown): Mapping {
  const parsed = mappingSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new AppError('invalid', `映射文件有误：${issue.path.join('.') || '（根）'}：${issue.message}`);
}

/** 15-digit texts of the values that mean "not known", so that -1, "-1" and -1.0 are one. */
function notKnownSet(values: readonly (string | number)[]): ReadonlySet<string> {
  return new Set(
    values.map((v) =>
      typeof v === 'string' && !Number.isNaN(Number(v)) ? String(Number(v)) : String(v).trim(),
    ),
  );
}

/** True when the mapping says that this cell is not known. */
export function saysNotKnown(cell: string | number | boolean, notKnown: ReadonlySet<string>): boolean {
  if (notKnown.size === 0 || typeof cell === 'boolean') return false;
  if (typeof cell === 'number') return notKnown.has(String(cell));
  const text = cell.trim();
  return text !== '' && notKnown.has(Number.isNaN(Number(text)) ? text : String(Number(text)));
}

function targetNamed(name: string, kind: ImportKind): Target {
  const index = headerIndex(kind);
  const targets = index.get(headerKey(name));
  if (targets?.length === 1) return targets[0]!;
  throw new AppError('invalid', `映射文件有误：没有字段“${name}”`);
}

/** Places of the unit that a mapping gives for amounts; null when it gives none. */
export const mappedUnit = (mapping: Mapping | null): number | null =>
  mapping?.unit === undefined ? null : moneyUnit(mapping.unit);

function moneyUnit(text: string): number {
  const unit = HEADER_UNITS[text.trim().toLowerCase()];
  if (unit === undefined || unit < 0)
    throw new AppError('invalid', `映射文件有误：单位“${text}”应为 CNY、元、千元、万元、百万元或亿元`);
  return unit;
}

/** True for a header of an amount in Chinese that names no unit. */
const saysNoUnit = (header: string, found: Recognised) =>
  found.unit === null && hasMoney(found) && /[\u3400-\u9fff]/.test(header);

const hasMoney = (found: Recognised) => found.targets.some((t) => t.field.type === 'money');

const isYear = (header: string) =>
  recognise(header, headerIndex('figures'))?.targets.some(
    (t) => t.scope === 'row' && t.field.key === 'year',
  ) ?? false;

/**
 * Plans how the columns of a table are read. With a mapping that names columns, those alone are read (and key and
 * year recognised where it does not name them): what a foreign header means is not guessed beside it. A figure of no
 * year in a list of enterprises is kept as an attribute, not judged.
 * @param tableUnit places by which amounts are moved whose header names no unit; the mapping's has precedence
 * @throws AppError `invalid` when the mapping names a header or a field that does not exist
 */
export function planColumns(
  headers: readonly string[],
  kind: ImportKind,
  mapping: Mapping | null,
  tableUnit: number | null = null,
): Plan {
  const mapped = mappedHeaders(headers, kind, mapping);
  const fallbackUnit = mappedUnit(mapping) ?? tableUnit;
  const unitless: string[] = [];
  const index = headerIndex(kind);
  const columns: Column[] = [];
  const dated = kind === 'figures' || kind === 'facts' || mapping?.year !== undefined || headers.some(isYear);
  const unknown: { index: number; header: string }[] = [];
  headers.forEach((header, at) => {
    if (header === '') return;
    const found = mapped.get(header) ?? recogniseBeside(recognise(header, index), mapping);
    const stateless = !dated && found?.targets.some((t) => t.scope === 'year' && t.year === undefined);
    if (found && !stateless) {
      // Only amounts take the unit of the table: a number of persons in a table of 万元 is a number of persons.
      const unit = found.unit ?? (hasMoney(found) ? fallbackUnit : null) ?? 0;
      if (saysNoUnit(header, found)) unitless.push(header);
      columns.push({ index: at, header, unit, targets: found.targets });
    } else unknown.push({ index: at, header });
  });
  const explicit = (c: Column) =>
    mapped.has(c.header) ? 0 : c.targets.some((t) => t.field.label === c.header) ? 1 : 2;
  columns.sort((a, b) => explicit(a) - explicit(b) || a.index - b.index);
  return {
    columns,
    unknown,
    notKnown: notKnownSet(mapping?.notKnown ?? []),
    year: typeof mapping?.year === 'number' ? String(mapping.year) : null,
    unitless,
    score: columns.length,
  };
}

const BESIDE_MAPPING: ReadonlySet<Scope> = new Set(['key', 'row', 'json']);

function recogniseBeside(found: Recognised | null, mapping: Mapping | null): Recognised | null {
  if (!mapping?.columns || !found) return found;
  if (mapping.key && found.targets.some((t) => t.scope === 'key')) return null;
  if (mapping.year !== undefined && found.targets.some((t) => t.field.key === 'year')) return null;
  return found.targets.every((t) => BESIDE_MAPPING.has(t.scope)) ? found : null;
}

function mappedHeaders(
  headers: readonly string[],
  kind: ImportKind,
  mapping: Mapping | null,
): Map<string, Recognised> {
  const mapped = new Map<string, Recognised>();
  if (!mapping) return mapped;
  const take = (header: string, targets: Target[]) => {
    if (!headers.includes(header)) throw new AppError('invalid', `映射文件有误：表中没有列“${header}”`);
    mapped.set(header, {
      targets: [...(mapped.get(header)?.targets ?? []), ...targets],
      unit: splitUnit(header).unit,
    });
  };
  for (const [field, header] of Object.entries(mapping.key ?? {})) take(header, [targetNamed(field, kind)]);
  if (typeof mapping.year === 'string') take(mapping.year, [targetNamed('year', kind)]);
  for (const [header, fields] of Object.entries(mapping.columns ?? {})) {
    take(
      header,
      [fields].flat().map((name) => targetNamed(name, kind)),
    );
  }
  return mapped;
}

const has = (plan: Plan, scope: Scope, key: string) =>
  plan.columns.some((c) => c.targets.some((t) => t.scope === scope && t.field.key === key));

/** What a table is about, from its headers; null when they tell nothing. */
export function guessKind(headers: readonly string[]): ImportKind | null {
  if (has(planColumns(headers, 'facts', null), 'json', 'json')) return 'facts';
  const titles = planColumns(headers, 'titles', null);
  if (has(titles, 'item', 'scheme')) return 'titles';
  if (has(planColumns(headers, 'ip', null), 'item', 'kind')) return 'ip';
  const financing = planColumns(headers, 'financing', null);
  if (has(financing, 'item', 'amount') || has(financing, 'item', 'closedOn')) return 'financing';
  const table = planColumns(headers, 'figures', null);
  const yearly = table.columns.flatMap((c) => c.targets).filter((t) => t.scope === 'year');
  const dated = has(table, 'row', 'year') || yearly.some((t) => t.year !== undefined);
  const named = table.columns.some((c) => c.targets.some((t) => t.scope === 'key'));
  if (yearly.length > 0 && dated && named) return 'figures';
  return has(table, 'key', 'uscc') && has(table, 'key', 'name') ? 'enterprises' : null;
}
