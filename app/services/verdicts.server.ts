/** Keeps the stored verdicts of the whole population in step with facts, rules and the day. */
import { createHash } from 'node:crypto';
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { readerOf, streamParts } from '../db/fact-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';
import type { Day } from '../rules/day.ts';
import type { PanelOptions } from '../rules/engine/compile.ts';
import type { Action } from '../rules/engine/types.ts';
import type { Facts } from '../rules/facts/parse.ts';
import { assembleFacts } from '../rules/facts/stored.ts';
import { populationJudge, rulesText, type Judge, type Judgement } from '../rules/population.ts';
import { RULES } from '../rules/registry.ts';
import { selectRule } from '../rules/selection/select.ts';
import { listKeeper } from './lists.server.ts';
import { operatorValuesOn } from './operator-values.server.ts';

export interface Refresh {
  /** Milliseconds after which the rest is left for the next call; absent: all is done. */
  readonly budget?: number;
  readonly onProgress?: (done: number, of: number) => void;
  /** Judge everybody again, also those whose verdicts still hold. */
  readonly all?: boolean;
}

/** Enterprises judged and stored in one transaction. */
const BATCH = 500;

/** Enterprises whose verdicts no longer hold: facts or rules changed, or their last day is over. */
const STALE = `FROM Enterprise e LEFT JOIN VerdictState v ON v.enterpriseId = e.id
  WHERE e.mergedIntoId IS NULL AND (v.enterpriseId IS NULL OR v.factsDigest <> e.factsDigest
    OR v.rulesDigest <> ? OR NOT ? BETWEEN v.judgedOn AND v.holdsUntil)`;

/** The same parameters, but everybody. */
const EVERYBODY = 'FROM Enterprise e WHERE e.mergedIntoId IS NULL AND ? <> ?';

/** Whether any rule version judges this scheme and action on a day. */
export const isJudged = (scheme: string, action: Action, on: string): boolean =>
  RULES.some((rule) => rule.scheme === scheme) && selectRule(scheme, action, on).ok;

/** Digest of everything but the facts that a verdict depends on. */
export function rulesDigest(operatorValues?: PanelOptions['operatorValues']): string {
  return createHash('sha256').update(rulesText(operatorValues)).digest('hex');
}

/** How many enterprises have verdicts that are out of date or none at all. */
export function staleVerdicts(db: Db, today: Day): number {
  const digest = rulesDigest(operatorValuesOn(db, today));
  return Number(
    readerOf(db.raw).prepare<{ n: number }>(`SELECT count(*) AS n ${STALE}`).get(digest, today)?.n ?? 0,
  );
}

interface Stale {
  id: number;
  factsDigest: string;
}

/**
 * Judges anew, for today and under all schemes, every enterprise whose stored verdicts no longer hold: as new, and as
 * a renewal where it holds the title.
 * @returns how many are still to be done (0 unless a budget ran out)
 */
export async function refreshVerdicts(db: Db, clock: Clock, refresh: Refresh = {}): Promise<number> {
  const on = clock.today();
  const operatorValues = operatorValuesOn(db, on);
  const digest = rulesDigest(operatorValues);
  const stale = readerOf(db.raw)
    .prepare<Stale>(`SELECT e.id, e.factsDigest ${refresh.all ? EVERYBODY : STALE} ORDER BY e.id`)
    .all(digest, on);
  if (stale.length === 0) return 0;
  const judge = populationJudge(on, { operatorValues });
  const started = performance.now();
  for (let at = 0; at < stale.length; at += BATCH) {
    if (refresh.budget !== undefined && at > 0 && performance.now() - started > refresh.budget) {
      return stale.length - at;
    }
    const rows = judgeBatch(db, stale.slice(at, at + BATCH), judge, on);
    await db.write((tx) => store(tx, rows, { on, digest, computedAt: clock.now() }));
    refresh.onProgress?.(Math.min(at + BATCH, stale.length), stale.length);
  }
  return 0;
}

interface Judged {
  enterpriseId: number;
  factsDigest: string;
  judgements: Judgement[];
  /** Schemes whose title is in force. */
  held: ReadonlySet<string>;
}

/** Judges from a reading of its own; the digest is of before it, so that whatever is written meanwhile makes it stale. */
function judgeBatch(db: Db, batch: readonly Stale[], judge: Judge, on: Day): Judged[] {
  const digests = new Map(batch.map(({ id, factsDigest }) => [id, factsDigest]));
  const ids = [...digests.keys()];
  const connection = db.openReader();
  try {
    const parts = streamParts(connection, {
      where: 'e.id BETWEEN ? AND ? AND e.id IN (SELECT value FROM json_each(?))',
      parameters: [ids[0], ids.at(-1), JSON.stringify(ids)],
    });
    return [...parts].map((each) => {
      const facts = assembleFacts(each);
      const held = heldSchemes(facts, on);
      const renewals =
        held.size > 0 ? judge(facts, 'renewal').filter((judgement) => held.has(judgement.scheme)) : [];
      return {
        enterpriseId: each.enterprise.id,
        factsDigest: digests.get(each.enterprise.id) ?? '',
        judgements: [...judge(facts, 'new'), ...renewals],
        held,
      };
    });
  } finally {
    connection.close();
  }
}

/** Schemes whose title is in force on the day. */
function heldSchemes(facts: Facts, on: Day): Set<string> {
  const held = (facts.titles ?? []).filter(
    (t) => t.status === 'valid' && (t.grantedOn ?? '9999') <= on && (t.validUntil ?? '9999') >= on,
  );
  return new Set(held.map((title) => title.scheme));
}

function store(tx: Tx, rows: readonly Judged[], look: { on: Day; digest: string; computedAt: string }): void {
  const { on, digest, computedAt } = look;
  const clear = tx.prepare('DELETE FROM StoredVerdict WHERE enterpriseId = ?');
  const write = tx.prepare(
    `INSERT INTO StoredVerdict (enterpriseId, scheme, action, onDay, rule, outcome, met, unmet, unknown, manual,
       vetoes, distance, gaps, holdsUntil, factsDigest, computedAt)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const state = tx.prepare(
    'REPLACE INTO VerdictState (enterpriseId, factsDigest, rulesDigest, judgedOn, holdsUntil) VALUES (?, ?, ?, ?, ?)',
  );
  const keepLists = listKeeper(tx, { on, at: computedAt });
  for (const { enterpriseId, factsDigest, judgements, held } of rows) {
    clear.run(enterpriseId);
    let until = `${on.slice(0, 4)}-12-31`;
    for (const j of judgements) {
      if (j.holdsUntil < until) until = j.holdsUntil;
      write.run(
        enterpriseId,
        j.scheme,
        j.action,
        on,
        j.rule,
        j.outcome,
        j.met,
        j.unmet,
        j.unknown,
        j.manual,
        j.vetoes,
        j.distance,
        JSON.stringify(j.gaps),
        j.holdsUntil,
        factsDigest,
        computedAt,
      );
    }
    state.run(enterpriseId, factsDigest, digest, on, until);
    keepLists(
      enterpriseId,
      judgements.filter(({ action }) => action === 'new'),
      held,
    );
  }
}
