/** The page of one enterprise: what is recorded about it, apart from verdicts and history. */
import { FIGURE_KEYS, type FigureKey } from '../rules/facts/figures.ts';
import { tidyUscc } from '../rules/facts/uscc.ts';
import { all, one, type Reading } from './sql.server.ts';

export interface EnterpriseHead {
  id: number;
  uscc: string;
  usccFlag: string | null;
  name: string;
  registeredOn: string | null;
  division: string | null;
  parkCode: string | null;
  park: string | null;
  locatedInPark: number | null;
  legalPerson: number | null;
  residentEnterprise: number | null;
  industry: string | null;
  sizeIndustry: string | null;
  techField: string | null;
  restrictedProducts: number | null;
  listingStatus: string | null;
  listingOn: string | null;
  stockCode: string | null;
  stockShortName: string | null;
  headline: string | null;
  revision: number;
  updatedAt: string;
  extra: Record<string, unknown>;
  formerNames: string[];
  formerCodes: string[];
}

const HEAD_COLUMNS = `e.id, e.uscc, e.usccFlag, e.name, e.registeredOn, e.division, p.code AS parkCode, p.name AS park,
  e.locatedInPark, e.legalPerson, e.residentEnterprise, e.industry, e.sizeIndustry, e.techField,
  e.restrictedProducts, e.listingStatus, e.listingOn, e.stockCode, e.stockShortName, e.headline, e.revision,
  e.updatedAt, e.extra`;

/** JSON of a column; `fallback` when absent or damaged. */
function json<T>(text: string | null | undefined, fallback: T): T {
  if (!text) return fallback;
  try {
    return JSON.parse(text) as T;
  } catch {
    return fallback;
  }
}

/** The enterprise of a code, a former code or the code of one merged into it; null when there is none. */
export function enterpriseByCode(db: Reading, code: string): EnterpriseHead | null {
  const id = one<{ id: number }>(
    db,
    `SELECT coalesce(e.mergedIntoId, e.id) AS id FROM EnterpriseCode c JOIN Enterprise e ON e.id = c.enterpriseId
     WHERE c.code = ?`,
    tidyUscc(code),
  )?.id;
  return id === undefined ? null : enterpriseById(db, id);
}

export function enterpriseById(db: Reading, id: number): EnterpriseHead | null {
  const row = one<Omit<EnterpriseHead, 'extra' | 'formerNames' | 'formerCodes'> & { extra: string }>(
    db,
    `SELECT ${HEAD_COLUMNS} FROM Enterprise e LEFT JOIN Park p ON p.id = e.parkId WHERE e.id = ?`,
    id,
  );
  if (!row) return null;
  const names = all<{ name: string }>(
    db,
    'SELECT name FROM EnterpriseName WHERE enterpriseId = ? ORDER BY id DESC',
    id,
  );
  const codes = all<{ code: string }>(
    db,
    `SELECT code FROM EnterpriseCode WHERE enterpriseId = ? AND code <> ? ORDER BY since DESC`,
    id,
    row.uscc,
  );
  return {
    ...row,
    extra: json(row.extra, {}),
    formerNames: names.map(({ name }) => name),
    formerCodes: codes.map(({ code }) => code),
  };
}

export interface TitleRow {
  id: number;
  scheme: string;
  level: string | null;
  no: string | null;
  grantedOn: string | null;
  validUntil: string | null;
  status: string | null;
  source: string | null;
  knownAt: string | null;
}

/** Titles ever held, the latest first. */
export const titlesOf = (db: Reading, enterpriseId: number): TitleRow[] =>
  all(
    db,
    `SELECT id, scheme, level, no, grantedOn, validUntil, status, source, knownAt FROM Title
     WHERE enterpriseId = ? ORDER BY coalesce(grantedOn, validUntil, '') DESC, id DESC`,
    enterpriseId,
  );

export interface YearRow {
  year: number;
  figures: Partial<Record<FigureKey, number | null>>;
  source: string | null;
  knownAt: string | null;
  provenance: Record<string, { source: string | null; knownAt: string | null }>;
  flags: { path: string; message: string }[];
}

const FIGURE_COLUMNS = FIGURE_KEYS.join(', ');

type StoredYear = { year: number; source: string | null; knownAt: string | null } & Record<
  'provenance' | 'flags',
  string | null
> &
  Record<FigureKey, number | null>;

/** Figures by year, the latest first. Money in 分, persons and points in hundredths. */
export function yearsOf(db: Reading, enterpriseId: number, limit = 6): YearRow[] {
  const rows = all<StoredYear>(
    db,
    `SELECT year, ${FIGURE_COLUMNS}, source, knownAt, provenance, flags FROM YearFigures
     WHERE enterpriseId = ? ORDER BY year DESC LIMIT ?`,
    enterpriseId,
    limit,
  );
  return rows.map((row) => ({
    year: row.year,
    figures: Object.fromEntries(FIGURE_KEYS.map((key) => [key, row[key]])),
    source: row.source,
    knownAt: row.knownAt,
    provenance: json(row.provenance, {}),
    flags: json(row.flags, []),
  }));
}

/** Counts of intellectual property by kind. */
export const ipCounts = (db: Reading, enterpriseId: number) =>
  all<{ kind: string; count: number }>(
    db,
    'SELECT kind, count(*) AS count FROM IntellectualProperty WHERE enterpriseId = ? GROUP BY kind ORDER BY 2 DESC',
    enterpriseId,
  );

/** States the enterprise is in on a day, one for each scheme and lane. */
export const staysOn = (db: Reading, enterpriseId: number, asOf: string) =>
  all<{ scheme: string; lane: string; state: string; fromOn: string }>(
    db,
    `SELECT scheme, lane, state, fromOn FROM Span
     WHERE enterpriseId = ? AND fromOn <= ? AND (toOn IS NULL OR toOn > ?) ORDER BY scheme, fromOn`,
    enterpriseId,
    asOf,
    asOf,
  );

export interface RecordRow {
  id: number;
  kind: string;
  year: number | null;
  source: string | null;
  knownAt: string | null;
  recordedAt: string;
  /** Null where it is not told. */
  actor: string | null;
}

/** The latest statements about the enterprise's facts: who said what kind of thing, and when. */
export const recordsOf = (db: Reading, enterpriseId: number, limit = 12): RecordRow[] =>
  all(
    db,
    `SELECT id, kind, year, source, knownAt, recordedAt, actor FROM FactRecord
     WHERE enterpriseId = ? ORDER BY id DESC LIMIT ?`,
    enterpriseId,
    limit,
  );

/** Names by id. */
export const enterpriseNames = (db: Reading, ids: readonly number[]): Map<number, string> =>
  new Map(
    all<{ id: number; name: string }>(
      db,
      'SELECT id, name FROM Enterprise WHERE id IN (SELECT value FROM json_each(?))',
      JSON.stringify(ids),
    ).map(({ id, name }) => [id, name]),
  );
