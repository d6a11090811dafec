/** Keeps the stored verdicts and the candidate lists in step with facts, rules and the day. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { readerOf, streamParts } from '../db/fact-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';
import type { Day } from '../rules/day.ts';
import type { Action } from '../rules/engine/types.ts';
import type { Facts } from '../rules/facts/parse.ts';
import { assembleFacts } from '../rules/facts/stored.ts';
import { populationJudge, type Judge, type Judgement } from '../rules/population.ts';
import { RULES } from '../rules/registry.ts';
import { selectRule } from '../rules/selection/select.ts';
import {
  NO_SURROUNDINGS,
  readSurroundings,
  type Judged,
  type Surroundings,
} from './candidate-judge.server.ts';
import { basisOf, keptLists, type ListBasis } from './candidate-lists.server.ts';
import { forgetEnterprise, storeCandidates } from './candidate-rows.server.ts';
import { listKeeper } from './lists.server.ts';
import { operatorValuesOn } from './operator-values.server.ts';
import { rulesDigest } from './rules-digest.server.ts';
import { markDue } from './verdict-due.server.ts';

export interface Refresh {
  /** Do nothing but count where more judgings than this are due. */
  readonly limit?: number;
  readonly onProgress?: (done: number, of: number) => void;
  /** Judge everybody again, also those whose verdicts still hold. */
  readonly all?: boolean;
  /** The one list that is wanted now; absent: all that are kept. */
  readonly list?: number;
  /** Compare all facts with what was judged instead of trusting the marks. */
  readonly thorough?: boolean;
}

/** Enterprises judged and stored in one transaction. */
const BATCH = 500;

/** Enterprises whose verdicts no longer hold: facts or rules changed, or their last day is over. */
const STALE = `FROM Enterprise e LEFT JOIN VerdictState v ON v.enterpriseId = e.id
  WHERE e.mergedIntoId IS NULL AND (v.enterpriseId IS NULL OR v.factsDigest <> e.factsDigest
    OR v.rulesDigest <> ? OR NOT ? BETWEEN v.judgedOn AND v.holdsUntil)`;

/**
 * The same from the marks alone, whatever the number of enterprises: each condition is a stretch of an index. A mark
 * is an empty last day (see verdict-due.server.ts). An enterprise may come twice.
 */
const DUE = `FROM (SELECT enterpriseId FROM VerdictState WHERE holdsUntil < @day
    UNION ALL SELECT enterpriseId FROM VerdictState WHERE rulesDigest < @digest
    UNION ALL SELECT enterpriseId FROM VerdictState WHERE rulesDigest > @digest
    UNION ALL SELECT enterpriseId FROM VerdictState WHERE rulesDigest = @digest AND judgedOn > @day) v
  CROSS JOIN Enterprise e ON e.id = v.enterpriseId`;

const EVERYBODY = 'FROM Enterprise e WHERE e.mergedIntoId IS NULL';

/** Whether any rule version judges this scheme and action on a day. */
export const isJudged = (scheme: string, action: Action, on: string): boolean =>
  RULES.some((rule) => rule.scheme === scheme) && selectRule(scheme, action, on).ok;

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
  revision: number;
}

function staleOnes(db: Db, refresh: Refresh, day: Day, digest: string): Stale[] {
  const select = (from: string) =>
    readerOf(db.raw).prepare<Stale>(`SELECT e.id, e.factsDigest, e.revision ${from}`);
  if (refresh.all) return select(`${EVERYBODY} ORDER BY e.id`).all();
  if (refresh.thorough) return select(`${STALE} ORDER BY e.id`).all(digest, day);
  const due = new Map(
    select(DUE)
      .all({ day, digest })
      .map((each) => [each.id, each]),
  );
  return [...due.values()].sort((a, b) => a.id - b.id);
}

/** One refresh under way. */
interface Work {
  readonly db: Db;
  readonly clock: Clock;
  readonly on: Day;
  readonly digest: string;
  readonly lists: readonly ListBasis[];
  readonly refresh: Refresh;
  readonly of: number;
  done: number;
}

function progress(work: Work, more: number): void {
  work.done += more;
  work.refresh.onProgress?.(work.done, work.of);
}

/**
 * Judges anew, for today and under all schemes, every enterprise whose stored verdicts no longer hold: as new, and as
 * a renewal where it holds the title; and with it its rows in the candidate lists kept. Then goes on with lists that
 * are not complete.
 * @returns how many judgings are still to be done (0 unless they were more than the limit)
 */
export async function refreshVerdicts(db: Db, clock: Clock, refresh: Refresh = {}): Promise<number> {
  const on = clock.today();
  const operatorValues = operatorValuesOn(db, on);
  const digest = rulesDigest(operatorValues);
  const stale = staleOnes(db, refresh, on, digest);
  const wanted = ({ id }: { id: number }) => refresh.list === undefined || refresh.list === id;
  // Whoever is judged anew is judged for all lists; with nobody to judge, only the one wanted is looked at.
  const lists = keptLists(readerOf(db.raw))
    .filter((list) => stale.length > 0 || wanted(list))
    .map((list) => basisOf(db, list, on));
  const open = lists.filter(({ list, basis }) => (!list.complete || list.basis !== basis) && wanted(list));
  const rests = open.map((each) => ({ each, ids: unbuilt(db, each) }));
  const of = stale.length + rests.reduce((sum, { ids }) => sum + ids.length, 0);
  if (refresh.limit !== undefined && of > refresh.limit) return of;
  const work: Work = { db, clock, on, digest, lists, refresh, done: 0, of };
  if (stale.length > 0) {
    const judge = populationJudge(on, { operatorValues });
    for (let at = 0; at < stale.length; at += BATCH) await renew(work, stale.slice(at, at + BATCH), judge);
  }
  for (const { each, ids } of rests) await build(work, each, ids);
  return 0;
}

interface Renewed extends Stale {
  judgements: Judgement[];
  /** Schemes whose title is in force. */
  held: ReadonlySet<string>;
  rows: readonly (readonly [listId: number, judged: Judged])[];
}

/** Reads a batch with its surroundings from a reading of its own, so that writing meanwhile does not disturb it. */
function readBatch<T>(
  db: Db,
  batch: readonly Stale[],
  use: (of: Stale, facts: Facts, around: Surroundings) => T,
  forLists = true,
): T[] {
  const byId = new Map(batch.map((each) => [each.id, each]));
  const ids = [...byId.keys()];
  const [first, last] = [ids[0]!, ids.at(-1)!];
  const connection = db.openReader();
  try {
    const around = forLists ? readSurroundings(connection, first, last) : () => NO_SURROUNDINGS;
    const parts = streamParts(connection, {
      where: 'e.id BETWEEN ? AND ? AND e.id IN (SELECT value FROM json_each(?))',
      parameters: [first, last, JSON.stringify(ids)],
    });
    return [...parts].map((each) =>
      use(byId.get(each.enterprise.id)!, assembleFacts(each), around(each.enterprise.id)),
    );
  } finally {
    connection.close();
  }
}

/** Judges a batch for today and for every list kept, and stores it; what changed meanwhile stays due. */
async function renew(work: Work, batch: readonly Stale[], judge: Judge): Promise<void> {
  const { db, clock, on, lists } = work;
  const renewed = readBatch(
    db,
    batch,
    (of, facts, around): Renewed => {
      const held = heldSchemes(facts, on);
      const renewals =
        held.size > 0 ? judge(facts, 'renewal').filter((judgement) => held.has(judgement.scheme)) : [];
      return {
        ...of,
        held,
        judgements: [...judge(facts, 'new'), ...renewals],
        rows: lists.map((each) => [each.list.id, each.judge()(facts, around)]),
      };
    },
    lists.length > 0,
  );
  await db.write((tx) => {
    store(tx, work, renewed, clock.now());
    for (const { list } of lists) {
      storeCandidates(
        tx,
        list.id,
        renewed.map(({ id, rows }) => [id, rows.find(([listId]) => listId === list.id)![1].row]),
      );
    }
    // Merged into another meanwhile, or before: nothing is kept of them.
    const judged = new Set(renewed.map(({ id }) => id));
    for (const { id } of batch) if (!judged.has(id)) forgetEnterprise(tx, id);
  });
  progress(work, batch.length);
}

/** Schemes whose title is in force on the day. */
function heldSchemes(facts: Facts, on: Day): Set<string> {
  const held = (facts.titles ?? []).filter(
    (t) => t.status === 'valid' && (t.grantedOn ?? '9999') <= on && (t.validUntil ?? '9999') >= on,
  );
  return new Set(held.map((title) => title.scheme));
}

/** Enterprises that a list has not come to yet; all of them where it rests on something else than now. */
function unbuilt(db: Db, { list, basis }: ListBasis): Stale[] {
  return readerOf(db.raw)
    .prepare<Stale>(`SELECT e.id, e.factsDigest, e.revision ${EVERYBODY} AND e.id > ? ORDER BY e.id`)
    .all(list.basis === basis ? list.builtTo : 0);
}

/** Goes on with a list that is not complete, in the order of the enterprises. */
async function build(work: Work, { list, basis, judge }: ListBasis, ids: readonly Stale[]): Promise<void> {
  const { db } = work;
  for (let at = 0; at < ids.length; at += BATCH) {
    const batch = ids.slice(at, at + BATCH);
    const rows = readBatch(db, batch, (of, facts, around) => [of, judge()(facts, around)] as const);
    await db.write((tx) => {
      storeCandidates(
        tx,
        list.id,
        rows.map(([{ id }, { row }]) => [id, row]),
      );
      for (const [{ id, revision }, { until }] of rows) {
        if (hasChanged(tx, id, revision)) markDue(tx, id);
        else if (list.onDay === '') shorten(tx, id, until);
      }
      const complete = at + BATCH >= ids.length;
      keepPlace(tx, list.id, { basis, builtTo: batch.at(-1)!.id, complete });
    });
    progress(work, batch.length);
  }
  if (ids.length === 0)
    await db.write((tx) => keepPlace(tx, list.id, { basis, builtTo: list.builtTo, complete: true }));
}

const keepPlace = (tx: Tx, id: number, at: { basis: string; builtTo: number; complete: boolean }) =>
  tx
    .prepare('UPDATE CandidateList SET basis = ?, builtTo = ?, complete = ? WHERE id = ?')
    .run(at.basis, at.builtTo, at.complete ? 1 : 0, id);

const hasChanged = (tx: Tx, id: number, revision: number) =>
  tx.prepare<{ revision: number }>('SELECT revision FROM Enterprise WHERE id = ?').get(id)?.revision !==
  revision;

const shorten = (tx: Tx, id: number, until: Day) =>
  tx
    .prepare('UPDATE VerdictState SET holdsUntil = ? WHERE enterpriseId = ? AND holdsUntil > ?')
    .run(until, id, until);

/** It fails nowhere, but figures are missing without which nothing can be said. */
const isWanting = (j: Judgement): boolean =>
  j.action === 'new' && j.outcome === 'undetermined' && j.unknown > 0 && j.unmet === 0;

const CLEAR = 'DELETE FROM StoredVerdict WHERE enterpriseId = ?';
const WRITE = `INSERT INTO StoredVerdict (enterpriseId, scheme, action, onDay, rule, outcome, met, unmet, unknown,
    manual, vetoes, distance, gaps, holdsUntil, factsDigest, computedAt)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const STATE =
  'REPLACE INTO VerdictState (enterpriseId, factsDigest, rulesDigest, judgedOn, holdsUntil, wanting) VALUES (?, ?, ?, ?, ?, ?)';

function store(tx: Tx, { on, digest, lists }: Work, rows: readonly Renewed[], computedAt: string): void {
  const [clear, write, state] = [tx.prepare(CLEAR), tx.prepare(WRITE), tx.prepare(STATE)];
  const following = new Set(lists.filter(({ list }) => list.onDay === '').map(({ list }) => list.id));
  const keepLists = listKeeper(
    tx,
    { on, at: computedAt },
    rows.map(({ id }) => id),
  );
  for (const { id, factsDigest, revision, judgements, held, rows: own } of rows) {
    clear.run(id);
    let until = `${on.slice(0, 4)}-12-31`;
    for (const [listId, judged] of own)
      if (following.has(listId) && judged.until < until) until = judged.until;
    for (const j of judgements) {
      if (j.holdsUntil < until) until = j.holdsUntil;
      write.run(
        id,
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
    const wanting = judgements.filter((j) => isWanting(j) && !held.has(j.scheme)).length;
    state.run(id, factsDigest, digest, on, hasChanged(tx, id, revision) ? '' : until, wanting);
    keepLists(
      id,
      judgements.filter(({ action }) => action === 'new'),
      held,
    );
  }
}
