/** The list of enterprises: searched, filtered, sorted and paged by indexed SQL. */
import { byOrigin, inScope, LOCATED, presentOn, type Scope } from './scope.server.ts';
import { all, among, and, count, type Clause, type Reading } from './sql.server.ts';
import { bySection, SECTION_DIVISIONS } from './industry.server.ts';
import { searchClause } from './search.server.ts';
import { stewardNames } from './stewards.server.ts';

export const PAGE_SIZE = 50;
export const ENTERPRISE_SORTS = ['name', 'uscc', 'updatedAt'] as const;
export type EnterpriseSort = (typeof ENTERPRISE_SORTS)[number];

/** What may be wanting, whether it is there, where it came from: the values of those filters. */
export const GAPS = ['figures', 'industry', 'code'] as const;
export const PRESENCES = ['present', 'gone'] as const;
export const ORIGINS = ['home', 'moved'] as const;

export interface EnterpriseFilter {
  /** Name, former name, code or stock code, or a name as it sounds (pinyin, initials). */
  q?: string | null;
  /** Letter of a section of GB/T 4754. */
  section?: string | null;
  /** Headline tier, or `none`. */
  tier?: string | null;
  /** Scheme of a title in force, or several of which one is enough (`srdi.giant`). */
  title?: string | null;
  /** `lane:scheme:state` of a stay, as the funnel links it. */
  stage?: string | null;
  /** Days within which a title in force ends. */
  expiring?: number | null;
  /** What is wanting: `figures` of the last year, `industry`, `code` in doubt. */
  gap?: string | null;
  /** `present`: there on the day (在册); `gone`: deregistered, moved out or not registered yet. */
  presence?: string | null;
  /** Only those that are physically in the park. */
  located?: boolean;
  /** `moved`: came from elsewhere; `home`: did not. */
  origin?: 'home' | 'moved' | null;
}

export interface EnterpriseRow {
  id: number;
  uscc: string;
  usccFlag: string | null;
  name: string;
  park: string | null;
  industry: string | null;
  registeredOn: string | null;
  stockCode: string | null;
  tier: string | null;
  titles: string[];
  stewards: string[];
  year: number | null;
  employees: number | null;
  revenue: number | null;
  rdExpense: number | null;
  updatedAt: string;
}

/** Stays that cover the day looked at, of a lane, one of some schemes (`a.b`) and perhaps one of some states. */
function spanClause(lane: string, schemes: string, states: string | null, asOf: string): Clause {
  const scheme = among('scheme', schemes.split('.'));
  const state = states === null ? null : among('state', states.split('.'));
  return {
    sql: `e.id IN (SELECT enterpriseId FROM Span WHERE lane = ? AND ${scheme.sql}${state ? ` AND ${state.sql}` : ''}
            AND fromOn <= ? AND (toOn IS NULL OR toOn > ?))`,
    params: [lane, ...scheme.params, ...(state?.params ?? []), asOf, asOf],
  };
}

function gapClause(gap: string, asOf: string): Clause | null {
  if (gap === 'figures') {
    return {
      sql: 'NOT EXISTS (SELECT 1 FROM YearFigures y WHERE y.enterpriseId = e.id AND y.year = ?)',
      params: [Number(asOf.slice(0, 4)) - 1],
    };
  }
  if (gap === 'industry') return { sql: 'e.industry IS NULL', params: [] };
  if (gap === 'code') return { sql: 'e.usccFlag IS NOT NULL', params: [] };
  return null;
}

/** The conditions of a filter; every enterprise that was merged into another is left out. */
export function enterpriseWhere(filter: EnterpriseFilter, scope: Scope): Clause {
  const clauses: Clause[] = inScope(scope);
  const { asOf } = scope;
  if (filter.q?.trim()) clauses.push(searchClause('e.id', filter.q));
  const section = filter.section ? bySection(filter.section) : null;
  if (section) clauses.push(section);
  if (filter.located) clauses.push(LOCATED);
  if (filter.origin) clauses.push(byOrigin(filter.origin));
  if (filter.tier) {
    const none = filter.tier === 'none';
    if (scope.isToday) {
      clauses.push(
        none ? { sql: 'e.headline IS NULL', params: [] } : { sql: 'e.headline = ?', params: [filter.tier] },
      );
    } else if (none) {
      const held = spanClause('headline', 'headline', null, asOf);
      clauses.push({ sql: `NOT (${held.sql})`, params: held.params });
    } else {
      clauses.push(spanClause('headline', 'headline', filter.tier, asOf));
    }
  }
  if (filter.title) clauses.push(spanClause('held', filter.title, null, asOf));
  const [lane, scheme, state] = filter.stage?.split(':') ?? [];
  if (lane && scheme) clauses.push(spanClause(lane, scheme, state || null, asOf));
  if (filter.expiring) {
    clauses.push({
      sql: `e.id IN (SELECT enterpriseId FROM Title WHERE status = 'valid' AND validUntil >= ?
              AND validUntil <= date(?, '+' || ? || ' days'))`,
      params: [asOf, asOf, filter.expiring],
    });
  }
  if (filter.presence) clauses.push(presentOn(asOf, filter.presence !== 'gone'));
  const gap = filter.gap ? gapClause(filter.gap, asOf) : null;
  if (gap) clauses.push(gap);
  return and(clauses);
}

const ORDER: Record<EnterpriseSort, string> = { name: 'e.name', uscc: 'e.uscc', updatedAt: 'e.updatedAt' };

type BaseRow = Omit<EnterpriseRow, 'titles' | 'stewards' | 'year' | 'employees' | 'revenue' | 'rdExpense'>;

export interface EnterprisePage {
  rows: EnterpriseRow[];
  total: number;
}

/** Where a row stands in an order: the value sorted by, and the id that decides among equal ones. */
export interface EnterprisePlace {
  readonly value: string;
  readonly id: number;
}

/** What comes behind a place: found by the index of the order, however far down it is. */
function behind({ value, id }: EnterprisePlace, sort: { key: EnterpriseSort; down: boolean }): Clause {
  const column = ORDER[sort.key];
  const beyond = sort.down ? '<' : '>';
  return {
    sql: `${column} ${beyond}= ? AND (${column} ${beyond} ? OR e.id > ?)`,
    params: [value, value, id],
  };
}

/**
 * A page of the list.
 * @param options.size rows; the export asks for more at a time
 * @param options.after begin behind this place in the order, instead of at a page
 */
export function listEnterprises(
  db: Reading,
  filter: EnterpriseFilter,
  scope: Scope,
  options: {
    sort: { key: EnterpriseSort; down: boolean };
    page: number;
    size?: number;
    after?: EnterprisePlace | null;
  },
): EnterprisePage {
  const where = enterpriseWhere(filter, scope);
  const size = options.size ?? PAGE_SIZE;
  const order = `${ORDER[options.sort.key]} ${options.sort.down ? 'DESC' : 'ASC'}, e.id`;
  const total = countEnterprises(db, filter, scope);
  const rest = options.after ? and([where, behind(options.after, options.sort)]) : where;
  // What is skipped is read from the index alone.
  const base = all<BaseRow>(
    db,
    `SELECT e.id, e.uscc, e.usccFlag, e.name, p.name AS park, e.industry, e.registeredOn, e.stockCode,
            e.headline AS tier, e.updatedAt
     FROM (SELECT e.id FROM Enterprise e WHERE ${rest.sql} ORDER BY ${order} LIMIT ? OFFSET ?) x
     CROSS JOIN Enterprise e ON e.id = x.id LEFT JOIN Park p ON p.id = e.parkId ORDER BY ${order}`,
    ...rest.params,
    size,
    (options.page - 1) * size,
  );
  return { rows: addDetails(db, base, scope), total };
}

/** Titles in force and the latest figures known, for the rows of one page: from the rows, never by the lane's index. */
function addDetails(db: Reading, base: BaseRow[], { asOf, isToday }: Scope): EnterpriseRow[] {
  const ids = JSON.stringify(base.map((row) => row.id));
  const spans = all<{ id: number; lane: string; scheme: string; state: string }>(
    db,
    `SELECT s.enterpriseId AS id, s.lane, s.scheme, s.state FROM json_each(?) j
     CROSS JOIN Span s ON s.enterpriseId = j.value
     WHERE +s.lane IN ('held', 'headline') AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > ?)`,
    ids,
    asOf,
    asOf,
  );
  const figures = all<Pick<EnterpriseRow, 'id' | 'employees' | 'revenue' | 'rdExpense'> & { year: number }>(
    db,
    `SELECT y.enterpriseId AS id, y.year, y.employees, coalesce(y.salesRevenue, y.operatingRevenue) AS revenue,
            y.rdExpense
     FROM json_each(?) j CROSS JOIN YearFigures y ON y.enterpriseId = j.value
     WHERE y.year <= ? AND coalesce(y.employees, y.salesRevenue, y.operatingRevenue, y.rdExpense) IS NOT NULL
     ORDER BY y.year`,
    ids,
    Number(asOf.slice(0, 4)),
  );
  const byId = Map.groupBy(spans, (span) => span.id);
  const stewards = stewardNames(
    db,
    base.map((row) => row.id),
    asOf,
  );
  const latest = new Map(figures.map((row) => [row.id, row]));
  return base.map((row) => {
    const own = byId.get(row.id) ?? [];
    const { year = null, employees = null, revenue = null, rdExpense = null } = latest.get(row.id) ?? {};
    const tier = isToday ? row.tier : (own.find((span) => span.lane === 'headline')?.state ?? null);
    const titles = own.filter((span) => span.lane === 'held').map((span) => span.scheme);
    return {
      ...row,
      tier,
      titles,
      stewards: stewards.get(row.id) ?? [],
      year,
      employees,
      revenue,
      rdExpense,
    };
  });
}

/** All rows of a filter, page after page, for the export. */
export function* allEnterprises(
  db: Reading,
  filter: EnterpriseFilter,
  scope: Scope,
  sort: { key: EnterpriseSort; down: boolean },
): Generator<EnterpriseRow> {
  const size = 1000;
  for (let page = 1; ; page += 1) {
    const { rows } = listEnterprises(db, filter, scope, { sort, page, size });
    yield* rows;
    if (rows.length < size) return;
  }
}

/** How many a filter finds. */
export function countEnterprises(db: Reading, filter: EnterpriseFilter, scope: Scope): number {
  const where = enterpriseWhere(filter, scope);
  return count(db, `SELECT count(*) FROM Enterprise e WHERE ${where.sql}`, ...where.params);
}

/** The ids of everything a filter finds. */
export function enterpriseIds(db: Reading, filter: EnterpriseFilter, scope: Scope): number[] {
  const where = enterpriseWhere(filter, scope);
  return all<{ id: number }>(
    db,
    `SELECT e.id FROM Enterprise e WHERE ${where.sql} ORDER BY e.id`,
    ...where.params,
  ).map(({ id }) => id);
}

/** One of the values allowed; what an address makes up counts as not given. */
const known = (text: string | null, allowed: readonly string[]) =>
  text !== null && allowed.includes(text) ? text : null;

/** Reads the filter of an address. */
export function readEnterpriseFilter(query: URLSearchParams): EnterpriseFilter {
  const expiring = Number(query.get('expiring') ?? 0);
  return {
    q: query.get('q'),
    section: known(query.get('section'), Object.keys(SECTION_DIVISIONS)),
    tier: query.get('tier'),
    title: query.get('title'),
    stage: query.get('stage'),
    gap: known(query.get('gap'), GAPS),
    presence: known(query.get('presence'), PRESENCES),
    located: query.get('located') === '1',
    origin: known(query.get('origin'), ORIGINS) as EnterpriseFilter['origin'],
    expiring: Number.isSafeInteger(expiring) && expiring > 0 && expiring <= 3660 ? expiring : null,
  };
}
