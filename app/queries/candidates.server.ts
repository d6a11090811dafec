/** Candidates of a scheme, the closest first: from the stored verdicts for today, judged on demand for other days. */
import type { Db } from '../db/clients.server.ts';
import type { Action } from '../rules/engine/types.ts';
import { RULE_BY_ID } from '../rules/registry.ts';
import type { OpenCondition } from '../rules/engine/closeness.ts';
import { populationJudge, type Judgement } from '../rules/population.ts';
import { operatorValuesOn } from './operator-values.server.ts';
import { streamFacts } from './facts.server.ts';
import { inScope, presentOn, type Scope } from './scope.server.ts';
import { all, among, and, type Clause, type Reading } from './sql.server.ts';

export const CANDIDATE_TABS = ['eligible', 'near', 'undetermined', 'blocked'] as const;
export type CandidateTab = (typeof CANDIDATE_TABS)[number];

/** Unmet conditions up to which an enterprise counts as near. */
export const NEAR = 2;

export interface CandidateInput {
  readonly scheme: string;
  readonly action: Action;
  readonly tab: CandidateTab;
  readonly page: number;
  readonly size: number;
  /** Leave out those that hold the title on the day. */
  readonly withoutHolders: boolean;
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
  distance: number;
  holdsUntil: string;
  gaps: (OpenCondition & { label: string })[];
}

export interface CandidatePage {
  counts: Record<CandidateTab, number>;
  rows: CandidateRow[];
}

type Short = Pick<
  Judgement,
  'rule' | 'outcome' | 'met' | 'unmet' | 'unknown' | 'manual' | 'vetoes' | 'distance' | 'holdsUntil'
> & { id: number; gaps: readonly OpenCondition[] };

/** Which tab a verdict belongs to: vetoed or far is blocked, few unmet conditions is near. */
export function tabOf(verdict: Pick<Judgement, 'outcome' | 'unmet' | 'vetoes'>): CandidateTab {
  if (verdict.outcome !== 'ineligible') return verdict.outcome;
  return verdict.vetoes === 0 && verdict.unmet <= NEAR ? 'near' : 'blocked';
}

/** The same as SQL. */
const TAB_SQL = `CASE WHEN v.outcome <> 'ineligible' THEN v.outcome
  WHEN v.vetoes = 0 AND v.unmet <= ${NEAR} THEN 'near' ELSE 'blocked' END`;

function notHeld(scheme: string, asOf: string): Clause {
  return {
    sql: `NOT EXISTS (SELECT 1 FROM Span s WHERE s.enterpriseId = e.id AND s.lane = 'held' AND s.scheme = ?
            AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > ?))`,
    params: [scheme, asOf, asOf],
  };
}

/** Labels of a rule version's conditions, by id. */
function labelsOf(rule: string): Map<string, string> {
  const conditions = RULE_BY_ID.get(rule)?.conditions ?? [];
  return new Map(conditions.map(({ id, label }) => [id, label]));
}

const labelled = (gaps: readonly OpenCondition[], rule: string) => {
  const labels = labelsOf(rule);
  return gaps.map((gap) => ({ ...gap, label: labels.get(gap.id) ?? gap.id }));
};

const noCounts = (): Record<CandidateTab, number> => ({ eligible: 0, near: 0, undetermined: 0, blocked: 0 });

/** One page of candidates with the counts of all tabs. */
export function listCandidates(db: Db, input: CandidateInput, scope: Scope): CandidatePage {
  return scope.isToday ? stored(db, input, scope) : onAnotherDay(db, input, scope);
}

function stored(db: Reading, input: CandidateInput, scope: Scope): CandidatePage {
  const where = and([
    ...inScope(scope),
    presentOn(scope.asOf),
    { sql: 'v.scheme = ? AND v.action = ?', params: [input.scheme, input.action] },
    input.withoutHolders ? notHeld(input.scheme, scope.asOf) : null,
  ]);
  const from = 'FROM StoredVerdict v JOIN Enterprise e ON e.id = v.enterpriseId';
  const counts = noCounts();
  for (const { tab, n } of all<{ tab: CandidateTab; n: number }>(
    db,
    `SELECT ${TAB_SQL} AS tab, count(*) AS n ${from} WHERE ${where.sql} GROUP BY 1`,
    ...where.params,
  )) {
    counts[tab] = n;
  }
  const outcome = input.tab === 'near' || input.tab === 'blocked' ? 'ineligible' : input.tab;
  const rows = all<Omit<CandidateRow, 'gaps'> & { gaps: string }>(
    db,
    `SELECT e.id, e.uscc, e.name, p.name AS park, e.headline AS tier, v.rule, v.outcome, v.met, v.unmet, v.unknown,
            v.manual, v.distance, v.holdsUntil, v.gaps
     ${from} LEFT JOIN Park p ON p.id = e.parkId
     WHERE ${where.sql} AND v.outcome = ? AND ${TAB_SQL} = ?
     ORDER BY v.distance, v.enterpriseId LIMIT ? OFFSET ?`,
    ...where.params,
    outcome,
    input.tab,
    input.size,
    (input.page - 1) * input.size,
  );
  return {
    counts,
    rows: rows.map((row) => ({ ...row, gaps: labelled(JSON.parse(row.gaps) as OpenCondition[], row.rule) })),
  };
}

/** Populations judged for other days, kept while the database does not change; the oldest goes first. */
const judged = new Map<string, Short[]>();
const KEPT = 4;

function population(db: Db, scheme: string, action: Action, on: string): Short[] {
  const version = db.raw.pragma('data_version', { simple: true });
  const key = `${db.file}|${String(version)}|${scheme}|${action}|${on}`;
  const known = judged.get(key);
  if (known) return known;
  const judge = populationJudge(on, { schemes: [scheme], operatorValues: operatorValuesOn(db, on) });
  const rows: Short[] = [];
  for (const { enterpriseId, facts } of streamFacts(db)) {
    const [judgement] = judge(facts, action);
    if (judgement) rows.push({ ...judgement, id: enterpriseId });
  }
  rows.sort((a, b) => a.distance - b.distance || a.id - b.id);
  if (judged.size >= KEPT) judged.delete(judged.keys().next().value!);
  judged.set(key, rows);
  return rows;
}

function onAnotherDay(db: Db, input: CandidateInput, scope: Scope): CandidatePage {
  const where = and([
    ...inScope(scope),
    presentOn(scope.asOf),
    input.withoutHolders ? notHeld(input.scheme, scope.asOf) : null,
  ]);
  const eligible = new Set(
    all<{ id: number }>(db, `SELECT e.id FROM Enterprise e WHERE ${where.sql}`, ...where.params).map(
      ({ id }) => id,
    ),
  );
  const counts = noCounts();
  const own: Short[] = [];
  for (const row of population(db, input.scheme, input.action, scope.asOf)) {
    if (!eligible.has(row.id)) continue;
    const tab = tabOf(row);
    counts[tab] += 1;
    if (tab === input.tab) own.push(row);
  }
  const shown = own.slice((input.page - 1) * input.size, input.page * input.size);
  const ids = among(
    'e.id',
    shown.map(({ id }) => id),
  );
  const heads = new Map(
    all<Pick<CandidateRow, 'id' | 'uscc' | 'name' | 'park'>>(
      db,
      `SELECT e.id, e.uscc, e.name, p.name AS park FROM Enterprise e LEFT JOIN Park p ON p.id = e.parkId WHERE ${ids.sql}`,
      ...ids.params,
    ).map((head) => [head.id, head]),
  );
  const tiers = tiersOn(
    db,
    shown.map(({ id }) => id),
    scope.asOf,
  );
  const rows = shown.map((row) => ({
    ...row,
    ...heads.get(row.id)!,
    tier: tiers.get(row.id) ?? null,
    gaps: labelled(row.gaps, row.rule),
  }));
  return { counts, rows };
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
