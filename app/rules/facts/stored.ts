/**
 * The stored form of the facts: flat rows as a database keeps them, and the way from them to the facts that rules
 * read. Pure; which database it is does not matter here. Booleans are 0 or 1, lists and odd parts JSON texts.
 */
import { FIGURE_KEYS, type FigureKey } from './figures.ts';
import { finishFacts, type Facts, type Flag, type Provenance } from './parse.ts';
import type { FinancingFact, IpFact, PlainFacts, Source, TitleFact, YearFacts } from './schema.ts';

export type Bit = 0 | 1 | null;

/** Fields of the facts with a column of their own in the enterprise's row. `park` is stored as a reference. */
export const ENTERPRISE_FIELDS = [
  { path: 'registeredOn', column: 'registeredOn', bit: false },
  { path: 'division', column: 'division', bit: false },
  { path: 'locatedInPark', column: 'locatedInPark', bit: true },
  { path: 'legalPerson', column: 'legalPerson', bit: true },
  { path: 'residentEnterprise', column: 'residentEnterprise', bit: true },
  { path: 'industry', column: 'industry', bit: false },
  { path: 'sizeIndustry', column: 'sizeIndustry', bit: false },
  { path: 'techField', column: 'techField', bit: false },
  { path: 'restrictedProducts', column: 'restrictedProducts', bit: true },
  { path: 'listing.status', column: 'listingStatus', bit: false },
  { path: 'listing.on', column: 'listingOn', bit: false },
  { path: 'listing.code', column: 'stockCode', bit: false },
  { path: 'listing.shortName', column: 'stockShortName', bit: false },
] as const;

type EnterpriseField = (typeof ENTERPRISE_FIELDS)[number];
type EnterpriseColumns = {
  [F in EnterpriseField as F['column']]: F['bit'] extends true ? Bit : string | null;
};

export interface EnterpriseRow extends EnterpriseColumns {
  readonly id: number;
  uscc: string;
  usccFlag: string | null;
  /** Empty where the name is not known. */
  name: string;
  /** Name of the park, from its own table. */
  park: string | null;
  /** JSON: path → value of every other fact; under `none` the lists known to be empty. */
  otherFacts: string;
  /** JSON: path → provenance; under `*` that of every value not named. */
  provenance: string;
  /** JSON: Flag[] */
  flags: string | null;
}

export interface RowProvenance {
  source: string | null;
  knownAt: string | null;
  /** JSON: field → provenance, where it differs from the row's. */
  provenance: string | null;
}

export type YearRow = { [K in FigureKey]: number | null } & RowProvenance & {
    readonly enterpriseId: number;
    readonly year: number;
    /** JSON: path → value of rdExpenseBy, rdItems, techStaffBy. */
    bases: string | null;
    /** JSON: Flag[] */
    flags: string | null;
  };

export const IP_FIELDS = [
  'kind',
  'no',
  'name',
  'appliedOn',
  'grantedOn',
  'obtainedBy',
  'transferredOn',
  'rightHolderRank',
  'relatedToMainProduct',
  'applied',
  'highValue',
  'usedInHnteApplicationOn',
  'until',
] as const satisfies readonly (keyof IpFact)[];
export const TITLE_FIELDS = [
  'scheme',
  'level',
  'no',
  'grantedOn',
  'validUntil',
  'status',
] as const satisfies readonly (keyof TitleFact)[];
export const FINANCING_FIELDS = [
  'closedOn',
  'amount',
  'currency',
  'postMoney',
  'qualifiedInvestor',
  'cededShare',
] as const satisfies readonly (keyof FinancingFact)[];

/** A row of a list; the booleans among its fields are bits. */
export type ListRow = RowProvenance & { readonly enterpriseId: number } & Readonly<Record<string, unknown>>;

/** The fields of list rows that are stored as 0 or 1. */
const LIST_BITS = new Set<string>(['relatedToMainProduct', 'applied', 'highValue', 'qualifiedInvestor']);

/** A value as SQLite takes it. */
export const toBit = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : value);

const fromBit = (bit: unknown): boolean | null => (bit === null || bit === undefined ? null : bit === 1);

/** Everything stored of one enterprise. */
export interface StoredParts {
  readonly enterprise: EnterpriseRow;
  readonly formerNames: readonly string[];
  /** By year, ascending. */
  readonly years: readonly YearRow[];
  readonly ip: readonly ListRow[];
  readonly titles: readonly ListRow[];
  readonly financing: readonly ListRow[];
}

type ProvenanceMap = Record<string, Provenance>;
/** What is filled in while the rows are read. */
interface Collected {
  /** Null where nobody asks for it. */
  readonly provenance: ProvenanceMap | null;
  readonly flags: Flag[];
}

/**
 * The facts of an enterprise from its rows: values, provenance, stored flags and those that follow from the values.
 * @param provenance false leaves it empty: values alone cost half as much
 */
export function assembleFacts(parts: StoredParts, provenance = true): Facts {
  const { plain, collected } = recordedIn(parts, provenance);
  const facts = finishFacts(plain, collected.provenance ?? {}, collected.flags);
  // Only now: the code was checked when it was stored, and checking it again would cost more than all the rest.
  facts.uscc = parts.enterprise.uscc;
  return facts;
}

/** The facts as they are on record, those also that contradict each other and count as not known when they are judged. */
export function recordedFacts(parts: StoredParts): Facts {
  const { plain, collected } = recordedIn(parts, true);
  const { provenance, flags } = collected;
  return Object.assign(plain, { uscc: parts.enterprise.uscc, provenance: provenance ?? {}, flags });
}

function recordedIn(parts: StoredParts, provenance: boolean): { plain: PlainFacts; collected: Collected } {
  const collected: Collected = { provenance: provenance ? {} : null, flags: [] };
  const plain = fromEnterprise(parts.enterprise, parts.formerNames, collected);
  const years: Record<string, YearFacts> = {};
  for (const row of parts.years) years[row.year] = fromYear(row, collected);
  plain.years = years;
  if (parts.ip.length > 0)
    plain.intellectualProperty = fromList<IpFact>(parts.ip, IP_FIELDS, 'intellectualProperty', collected);
  if (parts.titles.length > 0)
    plain.titles = fromList<TitleFact>(parts.titles, TITLE_FIELDS, 'titles', collected);
  if (parts.financing.length > 0)
    plain.financing = fromList<FinancingFact>(parts.financing, FINANCING_FIELDS, 'financing', collected);
  return { plain, collected };
}

function fromEnterprise(
  row: EnterpriseRow,
  formerNames: readonly string[],
  collected: Collected,
): PlainFacts {
  const listed =
    row.listingStatus !== null ||
    row.listingOn !== null ||
    row.stockCode !== null ||
    row.stockShortName !== null;
  // All keys in one order, so that every enterprise has the same shape.
  const plain: PlainFacts = {
    uscc: null,
    name: row.name === '' ? null : row.name,
    formerNames: formerNames.length > 0 ? [...formerNames] : null,
    registeredOn: row.registeredOn,
    division: row.division,
    park: row.park,
    locatedInPark: fromBit(row.locatedInPark),
    legalPerson: fromBit(row.legalPerson),
    residentEnterprise: fromBit(row.residentEnterprise),
    industry: row.industry,
    sizeIndustry: row.sizeIndustry as PlainFacts['sizeIndustry'],
    techField: row.techField,
    restrictedProducts: fromBit(row.restrictedProducts),
    listing: listed
      ? {
          status: row.listingStatus as 'unlisted' | null,
          on: row.listingOn,
          code: row.stockCode,
          shortName: row.stockShortName,
        }
      : null,
    years: null,
    intellectualProperty: null,
    conversions: null,
    titles: null,
    financing: null,
    niche: null,
    rdInstitutions: null,
    awards: null,
    standards: null,
    management: null,
    conduct: null,
    expertScores: null,
    operatorScores: null,
  };
  const other = row.otherFacts === '{}' ? null : readOther(row.otherFacts);
  if (other) unflatten(other, plain as Record<string, unknown>);
  if (collected.provenance) enterpriseProvenance(row, other, collected.provenance);
  if (row.usccFlag) collected.flags.push({ path: 'uscc', message: row.usccFlag });
  if (row.flags) collected.flags.push(...(JSON.parse(row.flags) as Flag[]));
  return plain;
}

/** Name of the entry among the other facts that lists what is known to be none. */
export const NONE = 'none';

/** The other facts of an enterprise: path → value, and the lists known to be empty. */
export interface OtherFacts {
  readonly values: Record<string, unknown>;
  readonly none: readonly string[];
}

export function readOther(json: string): OtherFacts {
  const { [NONE]: none, ...values } = JSON.parse(json) as Record<string, unknown>;
  return { values, none: (none as string[] | undefined) ?? [] };
}

/** Puts flat paths back into nested objects; a path has at most three parts, the last of which may hold dots. */
function unflatten(other: OtherFacts, into: Record<string, unknown>): void {
  for (const key of other.none) into[key] ??= [];
  for (const path in other.values) place(into, path, other.values[path]);
}

function place(into: Record<string, unknown>, path: string, value: unknown): void {
  const dot = path.indexOf('.');
  if (dot < 0) {
    into[path] = value;
    return;
  }
  const head = path.slice(0, dot);
  let rest = path.slice(dot + 1);
  let node = (into[head] ??= {}) as Record<string, unknown>;
  if (SCORES.has(head)) {
    const second = rest.indexOf('.');
    node = (node[rest.slice(0, second)] ??= {}) as Record<string, unknown>;
    rest = rest.slice(second + 1);
  }
  node[rest] = value;
}

/** The facts that are nested twice: scheme, then item. */
const SCORES = new Set(['expertScores', 'operatorScores']);

const SCALAR_PATHS = ['name', 'park', ...ENTERPRISE_FIELDS.map((f) => f.path)] as const;

function enterpriseProvenance(row: EnterpriseRow, other: OtherFacts | null, into: ProvenanceMap): void {
  if (row.provenance === '{}') return;
  const { '*': common, ...named } = JSON.parse(row.provenance) as ProvenanceMap;
  if (common) {
    for (const path of SCALAR_PATHS) if (scalar(row, path) !== null) into[path] = common;
    for (const path in other?.values) into[path] = common;
    for (const path of other?.none ?? []) into[path] = common;
  }
  Object.assign(into, named);
}

const COLUMN_OF = new Map<string, EnterpriseField['column']>(
  ENTERPRISE_FIELDS.map((f) => [f.path, f.column]),
);

function scalar(row: EnterpriseRow, path: string): unknown {
  if (path === 'name') return row.name === '' ? null : row.name;
  if (path === 'park') return row.park;
  return row[COLUMN_OF.get(path)!];
}

const yearPaths = new Map<number, Record<FigureKey, string>>();

/** The paths of a year's figures, made once per year and not once per enterprise. */
function pathsOfYear(year: number): Record<FigureKey, string> {
  let paths = yearPaths.get(year);
  if (!paths) {
    paths = Object.fromEntries(FIGURE_KEYS.map((key) => [key, `years.${year}.${key}`])) as Record<
      FigureKey,
      string
    >;
    yearPaths.set(year, paths);
  }
  return paths;
}

function fromYear(row: YearRow, { provenance, flags }: Collected): YearFacts {
  const figures: YearFacts = {};
  for (const key of FIGURE_KEYS) figures[key] = row[key];
  const common = provenance && rowProvenance(row);
  if (common) {
    const paths = pathsOfYear(row.year);
    for (const key of FIGURE_KEYS) if (row[key] !== null) provenance[paths[key]] = common;
  }
  figures.rdExpenseBy = null;
  figures.rdItems = null;
  figures.techStaffBy = null;
  if (row.bases) {
    const bases = JSON.parse(row.bases) as Record<string, number>;
    for (const path in bases) {
      place(figures as Record<string, unknown>, path, bases[path]);
      if (common) provenance[`years.${row.year}.${path}`] = common;
    }
  }
  if (provenance && row.provenance) addNamed(row.provenance, `years.${row.year}.`, provenance);
  if (row.flags) flags.push(...(JSON.parse(row.flags) as Flag[]));
  return figures;
}

function rowProvenance(row: RowProvenance): Provenance | null {
  if (row.source === null && row.knownAt === null) return null;
  return { source: row.source as Source | null, knownAt: row.knownAt };
}

function addNamed(json: string, prefix: string, into: ProvenanceMap): void {
  const named = JSON.parse(json) as ProvenanceMap;
  for (const key in named) into[prefix + key] = named[key]!;
}

function fromList<T>(
  rows: readonly ListRow[],
  fields: readonly string[],
  name: string,
  { provenance }: Collected,
): T[] {
  return rows.map((row, i) => {
    const entry: Record<string, unknown> = {};
    const common = provenance && rowProvenance(row);
    for (const field of fields) {
      const stored = row[field] ?? null;
      entry[field] = LIST_BITS.has(field) ? fromBit(stored) : stored;
      if (common && stored !== null) provenance[`${name}.${i}.${field}`] = common;
    }
    if (provenance && row.provenance) addNamed(row.provenance, `${name}.${i}.`, provenance);
    return entry as T;
  });
}
