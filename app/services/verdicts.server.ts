/** Keeps the stored verdicts of the whole population in step with facts, rules and the day. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { readerOf, streamParts } from '../db/fact-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';
import type { Action } from '../rules/engine/types.ts';
import { assembleFacts } from '../rules/facts/stored.ts';
import { RULES } from '../rules/registry.ts';
import { selectRule } from '../rules/selection/select.ts';
import { summariser, type Summary } from '../rules/summary.ts';

export interface Refresh {
  readonly scheme: string;
  readonly action: Action;
  /** Milliseconds after which the rest is left for the next call; absent: all is done. */
  readonly budget?: number;
  readonly onProgress?: (done: number, of: number) => void;
}

/** Enterprises judged and stored in one transaction. */
const BATCH = 500;

/** Verdicts that no longer hold: facts or titles written since, a day after their last, another rule version. */
const STALE = `e.mergedIntoId IS NULL AND NOT EXISTS (
  SELECT 1 FROM StoredVerdict v WHERE v.enterpriseId = e.id AND v.scheme = ? AND v.action = ?
    AND v.computedAt > e.updatedAt AND v.onDay <= ? AND v.holdsUntil >= ?)`;

/** Whether any rule version judges this scheme and action on a day. */
export const isJudged = (scheme: string, action: Action, on: string): boolean =>
  RULES.some((rule) => rule.scheme === scheme) && selectRule(scheme, action, on).ok;

/**
 * Judges anew, for today, every enterprise whose stored verdict no longer holds.
 * @returns how many are still to be done (0 unless a budget ran out)
 */
export async function refreshVerdicts(db: Db, clock: Clock, refresh: Refresh): Promise<number> {
  const { scheme, action } = refresh;
  const on = clock.today();
  const stale = readerOf(db.raw)
    .prepare<Stale>(`SELECT e.id, e.factsDigest FROM Enterprise e WHERE ${STALE} ORDER BY e.id`)
    .all(scheme, action, on, on);
  const summarise = summariser(scheme, action, on);
  const started = performance.now();
  for (let at = 0; at < stale.length; at += BATCH) {
    if (refresh.budget !== undefined && at > 0 && performance.now() - started > refresh.budget) {
      return stale.length - at;
    }
    const batch = stale.slice(at, at + BATCH);
    // Stamped before the facts are read: whatever is written meanwhile makes the verdict stale again.
    const computedAt = clock.now();
    const rows = judge(db, batch, summarise);
    await db.write((tx) => store(tx, rows, { scheme, action, on, computedAt }));
    refresh.onProgress?.(Math.min(at + BATCH, stale.length), stale.length);
  }
  return 0;
}

interface Stale {
  id: number;
  factsDigest: string;
}

interface JudgedRow {
  enterpriseId: number;
  factsDigest: string;
  summary: Summary | null;
}

function judge(db: Db, batch: readonly Stale[], summarise: ReturnType<typeof summariser>): JudgedRow[] {
  const digests = new Map(batch.map(({ id, factsDigest }) => [id, factsDigest]));
  const ids = [...digests.keys()];
  const connection = db.openReader();
  try {
    const parts = streamParts(connection, {
      where: 'e.id BETWEEN ? AND ? AND e.id IN (SELECT value FROM json_each(?))',
      parameters: [ids[0], ids.at(-1), JSON.stringify(ids)],
    });
    return [...parts].map((each) => ({
      enterpriseId: each.enterprise.id,
      factsDigest: digests.get(each.enterprise.id) ?? '',
      summary: summarise(assembleFacts(each)),
    }));
  } finally {
    connection.close();
  }
}

function store(
  tx: Tx,
  rows: readonly JudgedRow[],
  look: { scheme: string; action: Action; on: string; computedAt: string },
): void {
  const write = tx.prepare(
    `REPLACE INTO StoredVerdict (enterpriseId, scheme, action, onDay, rule, outcome, met, unmet, unknown, manual,
       vetoes, distance, gaps, holdsUntil, factsDigest, computedAt)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const remove = tx.prepare('DELETE FROM StoredVerdict WHERE enterpriseId = ? AND scheme = ? AND action = ?');
  const { scheme, action, on, computedAt } = look;
  for (const { enterpriseId, factsDigest, summary } of rows) {
    if (!summary) {
      remove.run(enterpriseId, scheme, action);
      continue;
    }
    const { rule, outcome, met, unmet, unknown, manual, vetoes, distance, gaps, holdsUntil } = summary;
    write.run(
      enterpriseId,
      scheme,
      action,
      on,
      rule,
      outcome,
      met,
      unmet,
      unknown,
      manual,
      vetoes,
      distance,
      JSON.stringify(gaps),
      holdsUntil,
      factsDigest,
      computedAt,
    );
  }
}
