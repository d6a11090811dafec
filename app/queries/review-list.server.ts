/** The enterprises behind a figure of a review that no other list shows. */
import { MOVEMENT_COLUMNS } from '../pipeline/movement.ts';
import { isDay, quarterOf } from '../rules/day.ts';
import {
  COHORT_PART_LABELS,
  COHORT_PARTS,
  entryQuarter,
  lastQuarters,
  type CohortEntry,
} from '../pipeline/review/cohorts.ts';
import { GROUP_QUARTERS } from '../pipeline/review/compose.ts';
import { periodOf } from '../pipeline/review/period.ts';
import type { ReviewRequest } from '../pipeline/review/tables.ts';
import { movementCell } from './movement.server.ts';
import { cohortDays, industriesOf, keptReview, reviewEntries, stewardsOf } from './review.server.ts';
import { resolveScope, type ResolvedScope } from './review-scope.server.ts';
import { schemeLabel } from './schemes.server.ts';
import { all, type Reading } from './sql.server.ts';

export interface ReviewEntry {
  readonly uscc: string;
  readonly name: string;
  readonly scheme: string;
  readonly label: string;
  /** Day of entry, or first day of the stay. */
  readonly fromOn: string;
  /** What became of it, or the first day on which it no longer counted. */
  readonly state: string;
}

export interface ReviewList {
  readonly title: string;
  readonly note: string;
  readonly rows: readonly ReviewEntry[];
}

const BY = { quarter: '入库季度', steward: '管家', industry: '产业' } as const;

/** The list that an address asks for; null where it asks for none, or for one that is not shown. */
export function reviewList(
  db: Reading & { readonly file: string },
  request: ReviewRequest,
  query: URLSearchParams,
): ReviewList | null {
  const period = periodOf(request.quarter, request.window, request.on);
  const scope = resolveScope(db, request.switches, period.to);
  if (query.get('of') === 'movement') return movementList(db, scope, query);
  if (query.get('of') === 'cohort') return cohortList(db, request, scope, period.to, query);
  return null;
}

function movementList(db: Reading, scope: ResolvedScope, query: URLSearchParams): ReviewList | null {
  const [table, from, to] = [query.get('table'), query.get('from'), query.get('to')];
  const column = MOVEMENT_COLUMNS.find(({ id }) => id === query.get('column'));
  if ((table !== 'headline' && table !== 'schemes') || !column || !isDay(from) || !isDay(to)) return null;
  const row = query.get('row') || null;
  const entries = movementCell(db, {
    from,
    to,
    parkIds: scope.parkIds,
    only: scope.narrowed,
    table,
    row,
    column: column.id,
  });
  return {
    title: `${row === null ? '合计' : schemeLabel(row)}：${column.label}`,
    note: `${from} 至 ${to}，${table === 'headline' ? '就高' : '累计'}；${scope.scope.words}`,
    rows: entries.map(({ uscc, name, row: scheme, label, fromOn, toOn }) => ({
      uscc,
      name,
      scheme,
      label,
      fromOn,
      state: toOn ?? '持续',
    })),
  };
}

/** Entries of one cell of a cohort table. A cell that the page hides opens no list. */
function cohortList(
  db: Reading & { readonly file: string },
  request: ReviewRequest,
  scope: ResolvedScope,
  to: string,
  query: URLSearchParams,
): ReviewList | null {
  const by = query.get('by');
  const part = query.get('part');
  const key = query.get('key');
  const scheme = query.get('scheme') ?? '';
  const table = keptReview(db, request).cohorts.find((own) => own.by === by && own.scheme === scheme);
  const line = key === null ? table?.total : table?.rows.find((own) => own.key === key);
  if (!table || !line || (part !== 'entered' && !COHORT_PARTS.some((id) => id === part))) return null;
  const shown = line[part as 'entered' | (typeof COHORT_PARTS)[number]];
  if (shown.value === null) return null;
  const all = reviewEntries(db, scope, cohortDays(request.quarter, to));
  const recent = lastQuarters(request.quarter, GROUP_QUARTERS);
  const keyOf = keysOf(db, table.by, all, to);
  const rows = all.filter(
    (entry) =>
      (part === 'entered' || entry.outcome === part) &&
      (table.by === 'quarter' ? entry.scheme === scheme : recent.includes(quarterOf(entry.entryOn))) &&
      (key === null || keyOf(entry) === key),
  );
  return {
    title: `${table.label}：${line.label} ${COHORT_PART_LABELS[part as 'entered']}`,
    note: `${BY[table.by]}，至 ${to} 的去向；${scope.scope.words}`,
    rows: named(db, rows),
  };
}

function keysOf(db: Reading, by: string, entries: readonly CohortEntry[], to: string) {
  if (by === 'quarter') return entryQuarter;
  const ids = entries.map(({ enterpriseId }) => enterpriseId);
  const names = by === 'steward' ? stewardsOf(db, ids, to) : industriesOf(db, ids);
  return ({ enterpriseId }: CohortEntry) => names.get(enterpriseId)?.key ?? 'none';
}

function named(db: Reading, entries: readonly CohortEntry[]): ReviewEntry[] {
  const ids = JSON.stringify([...new Set(entries.map(({ enterpriseId }) => enterpriseId))]);
  const names = new Map(
    all<{ id: number; uscc: string; name: string }>(
      db,
      'SELECT e.id, e.uscc, e.name FROM json_each(?) j CROSS JOIN Enterprise e ON e.id = j.value',
      ids,
    ).map((row) => [row.id, row]),
  );
  return entries
    .map(({ enterpriseId, scheme, entryOn, outcome }) => {
      const { uscc = '', name = '' } = names.get(enterpriseId) ?? {};
      const state = COHORT_PART_LABELS[outcome];
      return { uscc, name, scheme, label: schemeLabel(scheme), fromOn: entryOn, state };
    })
    .sort((a, b) => (a.fromOn < b.fromOn ? -1 : a.fromOn > b.fromOn ? 1 : a.uscc < b.uscc ? -1 : 1));
}
