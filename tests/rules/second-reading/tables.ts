/** The plain table set of the second reading, and a company written into it and as the contract's facts. */
import Database from 'better-sqlite3';
import type { Json } from '../company.ts';
import type { Company, Year } from './companies.ts';

const YEAR_COLUMNS = [
  ['employees', 'employees'],
  ['techStaff', 'tech'],
  ['techStaffHnte', 'tech_hnte'],
  ['salesRevenue', 'sales'],
  ['operatingRevenue', 'revenue'],
  ['mainRevenue', 'main'],
  ['totalIncome', 'income'],
  ['hiTechIncome', 'hitech'],
  ['rdExpense', 'rd'],
  ['rdExpenseHnte', 'rd_hnte'],
  ['rdExpenseDomestic', 'rd_domestic'],
  ['totalAssets', 'assets'],
  ['totalLiabilities', 'liabilities'],
  ['developmentScore', 'score'],
] as const satisfies readonly (readonly [keyof Year, string])[];

/** 工信部联企业〔2011〕300号: lower bounds of a large enterprise; X persons, Y revenue and Z assets in 万元. */
const LARGE: readonly (readonly [string, number | null, number | null, number | null])[] = [
  ['agriculture', null, 20000, null],
  ['industry', 1000, 40000, null],
  ['construction', null, 80000, 80000],
  ['wholesale', 200, 40000, null],
  ['retail', 300, 20000, null],
  ['transport', 1000, 30000, null],
  ['warehousing', 200, 30000, null],
  ['post', 1000, 30000, null],
  ['accommodation', 300, 10000, null],
  ['catering', 300, 10000, null],
  ['telecom', 2000, 100000, null],
  ['software', 300, 10000, null],
  ['realEstate', null, 200000, 10000],
  ['propertyManagement', 1000, 5000, null],
  ['leasing', 300, null, 120000],
  ['other', 300, null, null],
];

/** Divisions of GB/T 4754—2017 used by the generator and the row of 300号 they belong to. */
const DIVISIONS = [
  ['39', 'industry'],
  ['65', 'software'],
  ['51', 'wholesale'],
  ['52', 'retail'],
  ['47', 'construction'],
  ['73', 'other'],
] as const;

/** 0 for a year `t - back.n` before the registration, in which there was no enterprise; else NULL. */
export const BEFORE = `CASE WHEN CAST(substr(registered, 1, 4) AS INTEGER) > t - back.n THEN 0 END`;
/** A figure of table f in the year `t - back.n`. */
export const figureOf = (column: string) => `COALESCE(f.${column}, ${BEFORE}) AS ${column}`;

/** An empty table set in memory. Money in 分, persons and scores in hundredths, shares in millionths; 0/1 for no/yes. */
export function openTables(): Database.Database {
  const db = new Database(':memory:');
  db.exec(`
    CREATE TABLE company (id INTEGER PRIMARY KEY, on_day TEXT, t INTEGER, renewal INTEGER, registered TEXT,
      resident INTEGER, field TEXT, size_row TEXT, niche_since TEXT, share INTEGER, national_rank INTEGER,
      well_known INTEGER, key_field INTEGER, ip_known INTEGER, titles_known INTEGER, conduct_known INTEGER,
      awards_known INTEGER) STRICT;
    CREATE TABLE figures (id INTEGER, year INTEGER, ${YEAR_COLUMNS.map(([, c]) => `${c} INTEGER`).join(', ')},
      PRIMARY KEY (id, year)) STRICT;
    CREATE TABLE ip (id INTEGER, kind TEXT, granted TEXT, obtained TEXT, holder INTEGER, related INTEGER,
      applied INTEGER, used_on TEXT, until TEXT) STRICT;
    CREATE TABLE title (id INTEGER, scheme TEXT, granted TEXT, valid_until TEXT, status TEXT) STRICT;
    CREATE TABLE conduct (id INTEGER, kind TEXT, severity TEXT, on_day TEXT) STRICT;
    CREATE TABLE award (id INTEGER, kind TEXT, level TEXT, rank INTEGER, on_day TEXT) STRICT;
    CREATE TABLE large (size_row TEXT PRIMARY KEY, x INTEGER, y INTEGER, z INTEGER) STRICT;
    CREATE TABLE back (n INTEGER PRIMARY KEY) STRICT;
    INSERT INTO back VALUES (0), (1), (2), (3);
    CREATE INDEX ip_id ON ip (id); CREATE INDEX title_id ON title (id);
    CREATE INDEX conduct_id ON conduct (id); CREATE INDEX award_id ON award (id);`);
  const large = db.prepare('INSERT INTO large VALUES (?, ?, ?, ?)');
  const times = (value: number | null, factor: number) => (value === null ? null : value * factor);
  for (const [row, x, y, z] of LARGE) large.run(row, times(x, 100), times(y, 1_000_000), times(z, 1_000_000));
  return db;
}

const bit = (value: boolean | null) => (value === null ? null : value ? 1 : 0);
const known = (list: readonly unknown[] | null) => (list === null ? 0 : 1);

/** Writes companies as rows, numbered from 0. */
export function fill(db: Database.Database, companies: readonly Company[]): void {
  const into = (table: string, columns: number) =>
    db.prepare(`INSERT INTO ${table} VALUES (${Array.from({ length: columns }, () => '?').join(', ')})`);
  const [company, figures] = [into('company', 17), into('figures', YEAR_COLUMNS.length + 2)];
  const [ip, title, conduct, award] = [into('ip', 9), into('title', 5), into('conduct', 4), into('award', 5)];
  db.transaction(() => {
    companies.forEach((c, id) => {
      const division = DIVISIONS.find(([code]) => c.industry?.startsWith(code))?.[1] ?? null;
      company.run(
        id,
        c.on,
        c.year,
        c.action === 'renewal' ? 1 : 0,
        c.registeredOn,
        bit(c.resident),
        c.techField,
        c.sizeIndustry ?? division,
        c.nicheSince,
        c.marketShare,
        c.nationalRank,
        bit(c.wellKnown),
        bit(c.keyField),
        known(c.ip),
        known(c.titles),
        known(c.conduct),
        known(c.awards),
      );
      for (const [year, f] of c.years) figures.run(id, year, ...YEAR_COLUMNS.map(([key]) => f[key]));
      for (const r of c.ip ?? [])
        ip.run(
          id,
          r.kind,
          r.grantedOn,
          r.obtainedBy,
          r.rightHolderRank,
          r.relatedToMainProduct,
          r.applied,
          r.usedInHnteApplicationOn,
          r.until,
        );
      for (const r of c.titles ?? []) title.run(id, r.scheme, r.grantedOn, r.validUntil, r.status);
      for (const r of c.conduct ?? []) conduct.run(id, r.kind, r.severity, r.on);
      for (const r of c.awards ?? []) award.run(id, r.kind, r.level, r.rank, r.on);
    });
  })();
}

/** Hundredths as the decimal text that the contract takes. */
function text(hundredths: number | null): string | null {
  if (hundredths === null) return null;
  const digits = String(hundredths).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const flag = (value: unknown) => (value === null ? null : value === 1);

/** The company as the contract writes facts. */
export function toJson(c: Company): Json {
  const years: Record<string, Record<string, unknown>> = {};
  for (const [year, { techStaffHnte, rdExpenseHnte, ...figures }] of c.years) {
    const written: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(figures)) written[key] = text(value as number | null);
    if (techStaffHnte !== null) written.techStaffBy = { hnte: text(techStaffHnte) };
    if (rdExpenseHnte !== null) written.rdExpenseBy = { hnte: text(rdExpenseHnte) };
    years[year] = written;
  }
  return {
    registeredOn: c.registeredOn,
    residentEnterprise: c.resident,
    techField: c.techField,
    sizeIndustry: c.sizeIndustry,
    industry: c.industry,
    years,
    niche: {
      since: c.nicheSince,
      marketShare: c.marketShare === null ? null : c.marketShare / 1_000_000,
      nationalRank: c.nationalRank,
      wellKnown: c.wellKnown,
      keyField: c.keyField,
    },
    intellectualProperty:
      c.ip?.map((r) => ({
        ...r,
        relatedToMainProduct: flag(r.relatedToMainProduct),
        applied: flag(r.applied),
      })) ?? null,
    titles: c.titles,
    conduct: c.conduct,
    awards: c.awards,
  } as Json;
}
