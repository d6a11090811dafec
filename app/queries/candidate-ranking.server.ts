/** Who is closest to a title that it does not hold: everybody judged anew, ranked, the first explained. */
import type { Db } from '../db/clients.server.ts';
import { openingByPlace } from '../pipeline/windows.ts';
import { assess, selectRule, type Action } from '../rules/index.ts';
import { populationJudge } from '../rules/population.ts';
import type { Closeness } from '../rules/engine/closeness.ts';
import { yearOf, type Day } from '../rules/day.ts';
import { yearsBack } from '../rules/prejudge.ts';
import { rankKey } from '../rules/ranking.ts';
import type { Facts } from '../rules/facts/parse.ts';
import type { Outcome } from '../rules/engine/types.ts';
import { loadFacts, streamFacts } from './facts.server.ts';
import { operatorValuesOn } from './operator-values.server.ts';
import { presentOn } from './scope.server.ts';
import { all, among } from './sql.server.ts';
import { windowEntries } from './windows.server.ts';

/** How many are given where no number is asked for. */
export const CANDIDATES_SHOWN = 50;

export interface RankingInput {
  readonly scheme: string;
  readonly action: Action;
  readonly on: Day;
  readonly limit: number;
  /** Ids of the parks looked at, children included; absent or null: all. */
  readonly parkIds?: readonly number[] | null;
  /** The day on which it is asked, of which the next window is; `on` where absent. */
  readonly today?: Day;
}

export interface Candidate extends Closeness {
  readonly rank: number;
  readonly uscc: string | null;
  readonly name: string | null;
  readonly scheme: string;
  readonly rule: string;
  readonly on: Day;
  readonly outcome: Outcome;
  /** The year on whose figures it was prejudged, those of the last year not being there yet; else null. */
  readonly figuresOf: number | null;
  /** Conditions that are not met yet, the vetoes first as they stand in the rule. */
  readonly gaps: readonly {
    readonly id: string;
    readonly label: string;
    readonly result: string;
    readonly gap: number | null;
    readonly unit: string | null;
  }[];
}

export interface Ranking {
  readonly judged: number;
  /** Enterprises left out because they hold the title on the day (for a renewal: do not). */
  readonly holders: number;
  /** Reasons for which some were not judged, with how many. */
  readonly skipped: ReadonlyMap<string, number>;
  readonly candidates: readonly Candidate[];
}

/** The titles of a scheme that count on a day: granted, not past, valid. */
const titlesOn = (facts: Facts, scheme: string, on: Day) =>
  (facts.titles ?? []).filter(
    (t) =>
      t.scheme === scheme &&
      (t.status ?? 'valid') === 'valid' &&
      t.grantedOn != null &&
      t.grantedOn <= on &&
      (t.validUntil == null || t.validUntil >= on),
  );

/** True while a title of the scheme counts. */
export const holdsTitle = (facts: Facts, scheme: string, on: Day): boolean =>
  titlesOn(facts, scheme, on).length > 0;

/** The last day of the first title of the scheme to end; null where none ends. */
const endOf = (facts: Facts, scheme: string, on: Day): Day | null =>
  titlesOn(facts, scheme, on)
    .flatMap(({ validUntil }) => validUntil ?? [])
    .sort()[0] ?? null;

interface Ranked extends Closeness {
  readonly enterpriseId: number;
  readonly key: number;
  readonly back: number;
}

/** Enterprises that were not there on the day: deregistered or moved out. */
function goneOn(db: Db, on: Day): Set<number> {
  const where = presentOn(on, false);
  const rows = all<{ id: number }>(db, `SELECT e.id FROM Enterprise e WHERE ${where.sql}`, ...where.params);
  return new Set(rows.map(({ id }) => id));
}

/** Enterprises judged before others get their turn. */
const BREATH = 500;

/**
 * Ranks all enterprises that are there as the candidate lists of the pages do: the same judgement, on the last complete
 * year where the last year is not there yet, and the same key.
 */
export async function rankCandidates(db: Db, input: RankingInput): Promise<Ranking> {
  const { scheme, action, on, parkIds } = input;
  const skipped = new Map<string, number>();
  const ranked: Ranked[] = [];
  const judge = populationJudge(on, {
    schemes: [scheme],
    evidence: true,
    operatorValues: operatorValuesOn(db, on),
  });
  const opening = openingByPlace(windowEntries(db, scheme), action, input.today ?? on);
  let holders = 0;
  const gone = goneOn(db, on);
  const parks = parkIds ? among('e.parkId', parkIds) : null;
  let looked = 0;
  for (const { enterpriseId, facts } of streamFacts(db, { where: parks?.sql, parameters: parks?.params })) {
    if (++looked % BREATH === 0) await new Promise((resolve) => setImmediate(resolve));
    if (gone.has(enterpriseId)) continue;
    if (action !== 'annual' && holdsTitle(facts, scheme, on) !== (action === 'renewal')) {
      holders += 1;
      continue;
    }
    const back = yearsBack(facts, on);
    const [judgement] = judge(facts, action, back);
    if (judgement) {
      const { distance, weakest } = judgement;
      const pressing = action === 'renewal' ? endOf(facts, scheme, on) : opening(facts.division ?? '');
      ranked.push({ ...judgement, enterpriseId, back, key: rankKey({ distance, weakest, pressing, on }) });
    } else {
      const selected = selectRule(scheme, action, on, facts.division ?? null);
      const reason = selected.ok ? '规则不适用' : selected.reason;
      skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
    }
  }
  ranked.sort((a, b) => a.key - b.key || a.enterpriseId - b.enterpriseId);
  const candidates = ranked.slice(0, input.limit).map((entry, i) => explained(db, input, entry, i + 1));
  return { judged: ranked.length, holders, skipped, candidates };
}

function explained(db: Db, input: RankingInput, entry: Ranked, rank: number): Candidate {
  const facts = loadFacts(db, entry.enterpriseId);
  const { scheme, action, on } = input;
  const operatorValues = operatorValuesOn(db, on);
  const assessed = assess(facts, { scheme, action, on, operatorValues, yearsBack: entry.back });
  if (!assessed.ok) throw new Error(assessed.reason);
  const { rule, outcome, conditions } = assessed.verdict;
  const { distance, met, unmet, unknown, manual, vetoes } = entry;
  return {
    rank,
    uscc: facts.uscc ?? null,
    name: facts.name ?? null,
    scheme,
    rule,
    on,
    outcome,
    figuresOf: entry.back > 0 ? yearOf(on) - 1 - entry.back : null,
    distance,
    met,
    unmet,
    unknown,
    manual,
    vetoes,
    gaps: conditions
      .filter((c) => c.result !== 'met' && c.result !== 'waived')
      .map(({ id, label, result, gap, unit }) => ({ id, label, result, gap, unit })),
  };
}
