/** A review's tables, counted anew from what is on record, and kept while nothing on record changes. */
import { KNOWN_SCHEMES } from '../../machines/enterprise.ts';
import type { Stock } from '../pipeline/funnel.ts';
import type { Flow } from '../pipeline/review/flows.ts';
import { industrySection } from '../rules/facts/sections.ts';
import { addDays, quarterBounds, quarterOf, type Day } from '../rules/day.ts';
import { lastQuarters, type CohortEntry } from '../pipeline/review/cohorts.ts';
import type { WindowCounts } from '../pipeline/review/comparison.ts';
import { COHORT_QUARTERS, composeReview, GROUP_QUARTERS, TIERS } from '../pipeline/review/compose.ts';
import { periodOf, previousOf, quarterBefore, yearBeforeOf } from '../pipeline/review/period.ts';
import type { DaySpan, ReviewRequest, ReviewTables } from '../pipeline/review/tables.ts';
import { cohortEntries, countedIn, reviewNumbers, type ReviewNumbers } from './review-numbers.server.ts';
import { reviewIndicators } from './review-indicators.server.ts';
import { resolveScope, type ResolvedScope } from './review-scope.server.ts';
import { schemeLabel } from './schemes.server.ts';
import { all, one, type Reading } from './sql.server.ts';

const SUPPRESS_KEY = 'reviewSuppressBelow';
const SUPPRESS_BELOW = 5;

/** Below how many a number of a cohort is not shown. */
export function suppressBelow(db: Reading): number {
  const row = one<{ value: string }>(db, 'SELECT value FROM Setting WHERE key = ?', SUPPRESS_KEY);
  return row && /^\d{1,3}$/.test(row.value) ? Number(row.value) : SUPPRESS_BELOW;
}

const FORCE = ['held', 'headline'] as const;

/** Quarters that were over on a day, up to one of them. */
function completeQuarters(quarter: string, on: Day): string[] {
  const last = quarterBounds(quarter).to <= on ? quarter : quarterBefore(quarter);
  return lastQuarters(last, GROUP_QUARTERS);
}

/** First and last day of the quarters whose entries are followed. */
export function cohortDays(quarter: string, to: Day): DaySpan {
  return { from: quarterBounds(lastQuarters(quarter, COHORT_QUARTERS)[0]!).from, to };
}

const windowCounts = (numbers: ReviewNumbers, { from, to }: DaySpan): WindowCounts => ({
  stock: numbers.stock(to, FORCE),
  flows: numbers.flows(from, to),
});

/** The tables of a review as they are known now. */
export function readReview(db: Reading, request: ReviewRequest): ReviewTables {
  const period = periodOf(request.quarter, request.window, request.on);
  const resolved = resolveScope(db, request.switches, period.to);
  const numbers = reviewNumbers(db, resolved);
  const previous = previousOf(period);
  const yearBefore = yearBeforeOf(period);
  const entries = reviewEntries(db, resolved, cohortDays(period.quarter, period.to));
  const recent = entries
    .filter(({ entryOn }) => lastQuarters(period.quarter, GROUP_QUARTERS).includes(quarterOf(entryOn)))
    .map(({ enterpriseId }) => enterpriseId);
  const stewards = stewardsOf(db, recent, period.to);
  const industries = industriesOf(db, recent);
  const stock = numbers.stock(period.to);
  const opening = numbers.stock(addDays(period.from, -1), FORCE);
  const flows = numbers.flows(period.from, period.to);
  const indicators = reviewIndicators(db, period, resolved);
  return composeReview({
    period,
    previous,
    yearBefore,
    knownAt: request.now,
    scope: resolved.scope,
    suppressBelow: suppressBelow(db),
    parks: resolved.parkIds ? new Set(resolved.parkIds) : null,
    schemes: schemesShown([...stock, ...opening], flows).map((id) => ({ id, label: schemeLabel(id) })),
    enterprises: numbers.enterprises(period.to),
    stock,
    opening,
    flows,
    steps: numbers.steps(completeQuarters(period.quarter, period.to)),
    previousCounts: previous && windowCounts(numbers, previous),
    yearBeforeCounts: windowCounts(numbers, yearBefore),
    entries,
    stewardOf: (id) => stewards.get(id) ?? NOBODY,
    industryOf: (id) => industries.get(id) ?? NO_SECTION,
    indicators: indicators.cards,
    indicatorDefinitions: indicators.definitions,
  });
}

/** Entries of the headline tiers' ways in some days, with what became of them. */
export function reviewEntries(db: Reading, scope: ResolvedScope, days: DaySpan): CohortEntry[] {
  const counts = countedIn(db, scope);
  return TIERS.flatMap((tier) => cohortEntries(db, tier, days, counts));
}

/** The tiers first, then the other schemes the program knows, then those a park added. */
function schemesShown(stock: readonly Stock[], flows: readonly Flow[]): string[] {
  const added = [
    ...stock.filter(({ lane }) => lane !== 'headline').map(({ scheme }) => scheme),
    ...flows.filter(({ lane }) => lane === 'held').map(({ row }) => row),
  ];
  return [...new Set<string>([...TIERS, ...KNOWN_SCHEMES, ...added.sort()])];
}

interface Named {
  readonly key: string;
  readonly label: string;
}
const NOBODY: Named = { key: 'none', label: '未分配' };
const NO_SECTION: Named = { key: 'none', label: '产业未知' };

/** Who looks after each enterprise on a day; the government's steward where there are two. */
export function stewardsOf(db: Reading, ids: readonly number[], on: Day): Map<number, Named> {
  const rows = all<{ id: number; userId: number; name: string }>(
    db,
    `SELECT s.enterpriseId AS id, u.id AS userId, u.displayName AS name FROM json_each(?) j
     CROSS JOIN Stewardship s ON s.enterpriseId = j.value JOIN User u ON u.id = s.userId
     WHERE s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > ?) ORDER BY s.side`,
    JSON.stringify([...new Set(ids)]),
    on,
    on,
  );
  return new Map(rows.map(({ id, userId, name }) => [id, { key: String(userId), label: name }]));
}

/** Section of GB/T 4754 of each enterprise. */
export function industriesOf(db: Reading, ids: readonly number[]): Map<number, Named> {
  const rows = all<{ id: number; industry: string | null }>(
    db,
    'SELECT e.id, e.industry FROM json_each(?) j CROSS JOIN Enterprise e ON e.id = j.value',
    JSON.stringify([...new Set(ids)]),
  );
  return new Map(
    rows.map(({ id, industry }) => {
      const section = industrySection(industry);
      return [id, section ? { key: section.code, label: section.label } : NO_SECTION];
    }),
  );
}

/** Up to where the log and the statements of facts are read. */
export interface Position {
  readonly eventId: number;
  readonly factRecordId: number;
}

/** The position as a reading sees it. */
export function positionOf(db: Reading): Position {
  return one<Position>(
    db,
    `SELECT (SELECT coalesce(max(id), 0) FROM Event) AS eventId,
            (SELECT coalesce(max(id), 0) FROM FactRecord) AS factRecordId`,
  )!;
}

/** Everything on record that the tables depend on, as a short text that changes with it. */
function version(db: Reading): string {
  const { eventId, factRecordId } = positionOf(db);
  const rest = one<Record<string, unknown>>(
    db,
    `SELECT (SELECT max(updatedAt) FROM Enterprise) AS enterprises, (SELECT max(id) FROM Span) AS spans,
       (SELECT count(*) || max(assignedAt) || coalesce(max(endedAt), '') FROM Stewardship) AS stewards,
       (SELECT group_concat(id || ':' || coalesce(parentId, '') || ':' || name, ';') FROM Park) AS parks,
       (SELECT group_concat(id || displayName, ';') FROM User WHERE role <> 'enterprise') AS users,
       (SELECT max(id) || '' FROM IndicatorValue) AS entered, (SELECT count(*) || max(coalesce(endedAt, enteredAt)) FROM IndicatorTarget) AS targets,
       (SELECT count(*) || max(enteredAt) FROM IndicatorDefinition) AS definitions,
       (SELECT value FROM Setting WHERE key = '${SUPPRESS_KEY}') AS suppress`,
  );
  return JSON.stringify([eventId, factRecordId, rest]);
}

interface Kept {
  readonly version: string;
  readonly tables: ReviewTables;
}
/** The last reviews looked at; the oldest goes first. */
const kept = new Map<string, Kept>();
const KEPT = 24;

/** The tables of a review, counted once for what is on record. Their `knownAt` is the time of counting. */
export function keptReview(db: Reading & { readonly file: string }, request: ReviewRequest): ReviewTables {
  const { quarter, window, switches, on } = request;
  const key = JSON.stringify([db.file, quarter, window, switches, on]);
  const now = version(db);
  const known = kept.get(key);
  if (known?.version === now) return known.tables;
  const tables = readReview(db, request);
  kept.delete(key);
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
  kept.set(key, { version: now, tables });
  return tables;
}
