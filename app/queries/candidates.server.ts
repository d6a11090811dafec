/** A page of a kept candidate list: filtered, sorted and paged on indexes that hold all it asks for. */
import type { OpenCondition } from '../rules/engine/closeness.ts';
import { FIGURE_BY_KEY, type FigureKey } from '../rules/facts/figures.ts';
import { INDUSTRY_SECTIONS } from '../rules/facts/sections.ts';
import { SIZES } from '../rules/features/size.ts';
import type { Unit } from '../rules/source.ts';
import { CANDIDATE_TABS, type CandidateTab } from '../rules/ranking.ts';
import { RULE_BY_ID, RULES } from '../rules/registry.ts';
import { testUnit } from '../rules/engine/principal.ts';
import { SCHEMES } from '../rules/schemes.ts';
import { stewardClause, type Scope } from './scope.server.ts';
import { searchClause } from './search.server.ts';
import { all, among, and, count, type Clause, type Param, type Reading } from './sql.server.ts';
import { stewardNames } from './stewards.server.ts';

export const CANDIDATE_SORTS = ['rank', 'name', 'registeredOn', 'titleUntil', 'gap'] as const;
export type CandidateSort = (typeof CANDIDATE_SORTS)[number];

export interface CandidateFilter {
  readonly q: string | null;
  /** Letter of a section of GB/T 4754. */
  readonly section: string | null;
  /** First level of the technical field, 1 to 8. */
  readonly field: string | null;
  readonly size: (typeof SIZES)[number] | null;
  /** Scheme of a title held on the day. */
  readonly held: string | null;
  /** Only those with a measured gap in this condition … */
  readonly gap: string | null;
  /** … of at most this much, in its own unit. */
  readonly most: number | null;
}

export interface CandidateInput extends CandidateFilter {
  /** The kept list (services/candidate-lists.server.ts). */
  readonly list: number;
  readonly tab: CandidateTab;
  readonly sort: { readonly key: CandidateSort; readonly down: boolean };
  readonly page: number;
  /** Rows a page. */
  readonly rows: number;
}

export interface CandidateRow {
  id: number;
  uscc: string;
  name: string;
  park: string | null;
  tier: string | null;
  rule: string;
  outcome: string;
  met: number;
  unmet: number;
  unknown: number;
  manual: number;
  vetoes: number;
  distance: number;
  holdsUntil: string;
  registeredOn: string | null;
  titleUntil: string | null;
  section: string;
  size: number;
  /** Year whose figures stand in for those of the last year (预判); null where those are there. */
  figuresOf: number | null;
  weakSource: string | null;
  /** The figure in words; null where none was read. */
  weakFigure: string | null;
  windowOn: string | null;
  stewards: string[];
  /** Day of the last visit or talk. */
  lastContact: string | null;
  gaps: (OpenCondition & { label: string; veto: boolean })[];
}

export interface CandidatePage {
  counts: Record<CandidateTab, number>;
  rows: CandidateRow[];
}

/** Stands in the lists for a day that is not known. */
const NO_DAY = '9999-12-31';

const one = <T extends string>(text: string | null, allowed: readonly T[]): T | null =>
  allowed.find((each) => each === text) ?? null;

/** Reads the filter of an address; what is malformed counts as not given. */
export function readCandidateFilter(
  query: URLSearchParams,
  conditions: readonly Condition[],
): CandidateFilter {
  const gap = one(
    query.get('gap'),
    conditions.map(({ id }) => id),
  );
  const unit = conditions.find(({ id }) => id === gap)?.unit;
  const most = Number(query.get('most') || Number.NaN);
  return {
    q: query.get('q')?.trim().slice(0, 100) || null,
    section: one(
      query.get('section'),
      INDUSTRY_SECTIONS.map(([letter]) => letter),
    ),
    field: one(query.get('field'), ['1', '2', '3', '4', '5', '6', '7', '8']),
    size: one(query.get('size'), SIZES),
    held: one(
      query.get('held'),
      SCHEMES.map(({ id }) => id),
    ),
    gap,
    most:
      gap !== null && Number.isFinite(most) && most > 0
        ? Number((most * perUnit(unit)).toPrecision(12))
        : null,
  };
}

/** What one unit typed on the page is in the condition's own: 万元 and per cent are typed. */
const perUnit = (unit: Unit | null | undefined): number =>
  unit === 'CNY' || unit === 'USD' ? 10_000 : unit === 'ratio' ? 0.01 : 1;

export interface Condition {
  readonly id: string;
  readonly label: string;
  readonly unit: Unit | null;
}

interface Where extends Clause {
  /** Nothing is asked for but what rows are counted by, so that the kept counts answer. */
  readonly counted: boolean;
}

function whereOf(filter: CandidateFilter, scope: Scope): Where {
  const { parkIds, steward } = scope;
  const clauses: Clause[] = parkIds ? [among('c.parkId', parkIds)] : [];
  if (filter.section) clauses.push({ sql: 'c.section = ?', params: [filter.section] });
  if (filter.field) clauses.push({ sql: 'c.field = ?', params: [filter.field] });
  if (filter.size) clauses.push({ sql: 'c.size = ?', params: [SIZES.indexOf(filter.size)] });
  const counted = clauses.length;
  if (filter.held) {
    const bit = 2 ** SCHEMES.findIndex(({ id }) => id === filter.held);
    clauses.push({ sql: `(c.held & ${bit}) <> 0`, params: [] });
  }
  if (steward) clauses.push(stewardClause(steward, 'c.enterpriseId'));
  if (filter.q) clauses.push(searchClause('c.enterpriseId', filter.q));
  if (filter.most !== null) clauses.push({ sql: 'c.gap <= ?', params: [filter.most] });
  return { ...and(clauses), counted: clauses.length === counted };
}

const noCounts = () => Object.fromEntries(CANDIDATE_TABS.map((tab) => [tab, 0])) as CandidatePage['counts'];

/** How many rows each tab has. */
export function countCandidates(
  db: Reading,
  input: Pick<CandidateInput, 'list'> & CandidateFilter,
  scope: Scope,
): CandidatePage['counts'] {
  const where = whereOf(input, scope);
  const counts = noCounts();
  const rows = where.counted
    ? all<{ tab: CandidateTab; n: number }>(
        db,
        `SELECT c.tab, sum(c.n) AS n FROM CandidateCount c
         WHERE c.listId = ? AND c.conditionId = ? AND ${where.sql} GROUP BY c.tab`,
        input.list,
        input.gap ?? '',
        ...where.params,
      )
    : all<{ tab: CandidateTab; n: number }>(
        db,
        `SELECT c.tab, count(*) AS n FROM ${tableOf(input)} WHERE ${of(input)} AND ${where.sql} GROUP BY c.tab`,
        ...paramsOf(input),
        ...where.params,
      );
  for (const { tab, n } of rows) counts[tab] = n;
  return counts;
}

type Source = Pick<CandidateInput, 'list' | 'gap'>;
const tableOf = ({ gap }: Source) => (gap === null ? 'Candidate c' : 'CandidateGap c');
const of = ({ gap }: Source) => (gap === null ? 'c.listId = ?' : 'c.listId = ? AND c.conditionId = ?');
const paramsOf = ({ list, gap }: Source): Param[] => (gap === null ? [list] : [list, gap]);

const COLUMN: Record<CandidateSort, string> = {
  rank: 'c.rankKey',
  name: 'c.name',
  registeredOn: 'c.registeredOn',
  titleUntil: 'c.titleUntil',
  gap: 'c.gap',
};

/** Ids of the rows of a page, from an index alone. */
function pageIds(db: Reading, input: CandidateInput, scope: Scope): number[] {
  const { sort, tab, rows: size } = input;
  // A gap is sorted by only where it is filtered by; the other keys are those of the whole rows.
  const byGap = input.gap !== null && sort.key === 'gap';
  const where = whereOf(input, scope);
  const first = (input.page - 1) * size;
  if (input.gap !== null && !byGap) return pageIdsOfBoth(db, input, where, first);
  const column = byGap ? COLUMN.gap : COLUMN[sort.key === 'gap' ? 'rank' : sort.key];
  const select = (more: string, order: string, limit: number, offset: number) =>
    all<{ id: number }>(
      db,
      `SELECT c.enterpriseId AS id FROM ${tableOf(input)} WHERE ${of(input)} AND c.tab = ? AND ${where.sql} ${more}
       ORDER BY ${order} LIMIT ? OFFSET ?`,
      ...paramsOf(input),
      tab,
      ...where.params,
      limit,
      offset,
    ).map(({ id }) => id);
  const down = sort.down ? ' DESC' : '';
  const order = `${column}${down}, c.enterpriseId${down}`;
  const isDay = sort.key === 'registeredOn' || sort.key === 'titleUntil';
  if (!isDay || !sort.down) return select('', order, size, first);
  // Backwards, what is not known would come first: it is asked for apart, after all that is known.
  const known = count(
    db,
    `SELECT count(*) FROM ${tableOf(input)} WHERE ${of(input)} AND c.tab = ? AND ${where.sql} AND ${column} < '${NO_DAY}'`,
    ...paramsOf(input),
    tab,
    ...where.params,
  );
  const shown = first < known ? select(`AND ${column} < '${NO_DAY}'`, order, size, first) : [];
  if (shown.length === size) return shown;
  const rest = select(
    `AND ${column} = '${NO_DAY}'`,
    'c.enterpriseId',
    size - shown.length,
    Math.max(0, first - known),
  );
  return [...shown, ...rest];
}

/** Filtered by a gap, but in another order: the rows found are sorted. */
function pageIdsOfBoth(db: Reading, input: CandidateInput, where: Where, first: number): number[] {
  const down = input.sort.down ? ' DESC' : '';
  const column = COLUMN[input.sort.key].replace('c.', 'k.');
  return all<{ id: number }>(
    db,
    `SELECT c.enterpriseId AS id FROM CandidateGap c
     JOIN Candidate k ON k.listId = c.listId AND k.enterpriseId = c.enterpriseId
     WHERE ${of(input)} AND c.tab = ? AND ${where.sql}
     ORDER BY ${column}${down}, c.enterpriseId${down} LIMIT ? OFFSET ?`,
    ...paramsOf(input),
    input.tab,
    ...where.params,
    input.rows,
    first,
  ).map(({ id }) => id);
}

/** One page of candidates with the counts of all tabs. */
export function listCandidates(db: Reading, input: CandidateInput, scope: Scope): CandidatePage {
  const counts = countCandidates(db, input, scope);
  const first = (input.page - 1) * input.rows;
  return {
    counts,
    rows: first >= counts[input.tab] ? [] : candidateRows(db, input.list, pageIds(db, input, scope), scope),
  };
}

/** Ids alone of a page, in the order of the list. */
export const candidateIds = (db: Reading, input: CandidateInput, scope: Scope): number[] =>
  pageIds(db, input, scope);

type BaseRow = Omit<CandidateRow, 'gaps' | 'stewards' | 'lastContact'> & { gaps: string };

/** The rows of a page by their ids, in that order. */
function candidateRows(db: Reading, list: number, ids: readonly number[], scope: Scope): CandidateRow[] {
  const json = JSON.stringify(ids);
  const rows = all<BaseRow>(
    db,
    `SELECT e.id, e.uscc, e.name, p.name AS park, e.headline AS tier, c.rule, c.outcome, c.met, c.unmet, c.unknown,
            c.manual, c.vetoes, c.distance, c.holdsUntil, nullif(c.registeredOn, '${NO_DAY}') AS registeredOn,
            nullif(c.titleUntil, '${NO_DAY}') AS titleUntil, c.section, c.size, c.figuresOf, c.weakSource,
            c.weakFigure, c.windowOn, c.gaps
     FROM json_each(?) j CROSS JOIN Candidate c ON c.listId = ? AND c.enterpriseId = j.value
     CROSS JOIN Enterprise e ON e.id = j.value LEFT JOIN Park p ON p.id = e.parkId ORDER BY j.key`,
    json,
    list,
  );
  const stewards = stewardNames(db, ids, scope.asOf);
  const contacts = lastContacts(db, json, scope.asOf);
  const tiers = scope.isToday ? null : tiersOn(db, ids, scope.asOf);
  return rows.map((row) => ({
    ...row,
    tier: tiers ? (tiers.get(row.id) ?? null) : row.tier,
    weakFigure: row.weakFigure && figureWords(row.weakFigure),
    stewards: stewards.get(row.id) ?? [],
    lastContact: contacts.get(row.id) ?? null,
    gaps: labelled(JSON.parse(row.gaps) as OpenCondition[], row.rule),
  }));
}

/** A figure written `2025.rdExpense` in words. */
function figureWords(text: string): string {
  const [year, key] = text.split('.');
  return `${year} 年${FIGURE_BY_KEY[key as FigureKey]?.label ?? key}`;
}

const labels = new Map<string, Map<string, { label: string; veto: boolean }>>();

/** Labels of a rule version's conditions, by id. */
function labelsOf(rule: string) {
  let known = labels.get(rule);
  if (!known) {
    const conditions = RULE_BY_ID.get(rule)?.conditions ?? [];
    known = new Map(conditions.map(({ id, label, veto }) => [id, { label, veto: veto === true }]));
    labels.set(rule, known);
  }
  return known;
}

function labelled(gaps: readonly OpenCondition[], rule: string): CandidateRow['gaps'] {
  const known = labelsOf(rule);
  return gaps.map((gap) => ({ ...gap, ...(known.get(gap.id) ?? { label: gap.id, veto: false }) }));
}

/** The last day up to `asOf` on which somebody spoke with each enterprise. */
function lastContacts(db: Reading, ids: string, asOf: string): Map<number, string> {
  return new Map(
    all<{ id: number; day: string }>(
      db,
      `SELECT f.enterpriseId AS id, max(f.onDay) AS day FROM json_each(?) j
       CROSS JOIN FollowUp f ON f.enterpriseId = j.value
       WHERE f.onDay <= ? AND f.voidedAt IS NULL GROUP BY f.enterpriseId`,
      ids,
      asOf,
    ).map(({ id, day }) => [id, day]),
  );
}

function tiersOn(db: Reading, ids: readonly number[], asOf: string): Map<number, string> {
  const own = among('enterpriseId', ids);
  return new Map(
    all<{ id: number; state: string }>(
      db,
      `SELECT enterpriseId AS id, state FROM Span
       WHERE ${own.sql} AND +lane = 'headline' AND fromOn <= ? AND (toOn IS NULL OR toOn > ?)`,
      ...own.params,
      asOf,
      asOf,
    ).map(({ id, state }) => [id, state]),
  );
}

/** The conditions of all versions of a scheme's rules, each once, in the order of the texts. */
export function conditionsOf(scheme: string): Condition[] {
  const found = new Map<string, Condition>();
  for (const rule of RULES.filter((each) => each.scheme === scheme).reverse())
    for (const { id, label, test } of rule.conditions)
      if (!found.has(id)) found.set(id, { id, label, unit: testUnit(test) });
  return [...found.values()];
}

/** In how many rows of a list each condition has a measured gap; those in none are left out. */
export function gapCounts(db: Reading, list: number): Map<string, number> {
  return new Map(
    all<{ id: string; n: number }>(
      db,
      `SELECT conditionId AS id, sum(n) AS n FROM CandidateCount WHERE listId = ? AND conditionId <> ''
       GROUP BY conditionId HAVING sum(n) > 0`,
      list,
    ).map(({ id, n }) => [id, n]),
  );
}
