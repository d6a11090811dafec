/**
 * Keeps the lists made by rule in step with the stored verdicts: who enters, who leaves and why. Called where verdicts
 * are stored, in the same transaction, so that a list is never of another moment than the verdicts; after a change of
 * the limits the whole list is gone through in pieces.
 */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';
import type { Day } from '../rules/day.ts';
import type { Closeness } from '../rules/engine/closeness.ts';
import {
  DEFAULT_LIMITS,
  LIMIT_BOUNDS,
  RESERVOIR_SCHEME,
  standingIn,
  standingInReservoir,
  type ListLimits,
  type Standing,
} from '../rules/lists.ts';
import { RULES } from '../rules/registry.ts';
import { SYSTEM } from './door.server.ts';

/** When the lists are kept: the day of entering or leaving, and the instant of writing. */
export interface Moment {
  readonly on: Day;
  readonly at: string;
}

/** A verdict for a new application, in short. */
type Short = Closeness & { readonly scheme: string };

interface OpenStay {
  readonly id: number;
  readonly enterpriseId: number;
  readonly list: string;
  readonly scheme: string;
  readonly unmet: number;
  readonly distance: number;
}

const limitsIn = (tx: Pick<Tx, 'prepare'>): Map<string, ListLimits> =>
  new Map(
    [
      ...tx
        .prepare<ListLimits & { scheme: string }>(
          `SELECT scheme, maxUnmet, maxShort, maxUnknown FROM ListRule
           WHERE id IN (SELECT max(id) FROM ListRule GROUP BY scheme)`,
        )
        .all(),
    ].map(({ scheme, ...limits }) => [scheme, limits]),
  );

/** The two things that can happen to a stay, as statements of a transaction. */
function stays(tx: Tx, { on, at }: Moment) {
  const insert = tx.prepare(
    `INSERT INTO ListStay (list, scheme, enterpriseId, fromOn, why, addedBy, addedAt, unmet, distance)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = tx.prepare(
    'UPDATE ListStay SET toOn = ?, ended = ?, endReason = ?, endedBy = ?, endedAt = ? WHERE id = ?',
  );
  return {
    enter(list: string, enterpriseId: number, { scheme, unmet, distance }: Short, why: string) {
      insert.run(list, scheme, enterpriseId, on, why, SYSTEM, at, unmet, distance);
    },
    leave(id: number, { held, why }: Pick<Standing, 'held' | 'why'>) {
      update.run(on, held ? 'promoted' : 'rule', why, SYSTEM, at, id);
    },
  };
}

/**
 * Takes one enterprise after the other into the lists within one transaction of the caller.
 * @param ids the enterprises that will come: where they are now is read at once
 */
export function listKeeper(
  tx: Tx,
  moment: Moment,
  ids: readonly number[],
): (enterpriseId: number, verdicts: readonly Short[], held: ReadonlySet<string>) => void {
  const limits = limitsIn(tx);
  const open = Map.groupBy(
    tx
      .prepare<OpenStay>(
        `SELECT id, enterpriseId, list, scheme, unmet, distance FROM ListStay
         WHERE enterpriseId IN (SELECT value FROM json_each(?)) AND list IN ('potential', 'reservoir')
           AND toOn IS NULL`,
      )
      .all(JSON.stringify(ids)),
    ({ enterpriseId }) => enterpriseId,
  );
  const { enter, leave } = stays(tx, moment);
  const move = tx.prepare('UPDATE ListStay SET unmet = ?, distance = ? WHERE id = ?');
  return (enterpriseId, verdicts, held) => {
    const lasting = new Map(
      (open.get(enterpriseId) ?? []).map((stay) => [`${stay.list}:${stay.scheme}`, stay]),
    );
    const meet = (list: string, verdict: Short, standing: Standing) => {
      const stay = lasting.get(`${list}:${verdict.scheme}`);
      lasting.delete(`${list}:${verdict.scheme}`);
      const { unmet, distance } = verdict;
      if (!stay && standing.in) enter(list, enterpriseId, verdict, standing.why);
      else if (stay && !standing.in) leave(stay.id, standing);
      else if (stay && (stay.unmet !== unmet || stay.distance !== distance))
        move.run(unmet, distance, stay.id);
    };
    for (const verdict of verdicts) {
      const holds = held.has(verdict.scheme);
      meet('potential', verdict, standingIn(limits.get(verdict.scheme) ?? DEFAULT_LIMITS, verdict, holds));
      if (verdict.scheme === RESERVOIR_SCHEME)
        meet('reservoir', verdict, standingInReservoir(verdict, holds));
    }
    for (const { id } of lasting.values()) leave(id, { held: false, why: '当日没有适用的规则版本' });
  };
}

export type LimitErrors = Partial<Record<keyof ListLimits | 'reason' | '', string>>;

/** What is wrong with limits, by field. */
export function limitErrors(limits: ListLimits, reason: string): LimitErrors {
  const errors: LimitErrors = {};
  for (const key of Object.keys(LIMIT_BOUNDS) as (keyof ListLimits)[]) {
    const [least, most] = LIMIT_BOUNDS[key];
    const value = limits[key];
    if (!Number.isSafeInteger(value) || value < least || value > most)
      errors[key] = `请填写 ${least} 至 ${most} 之间的整数`;
  }
  if (reason.trim() === '') errors.reason = '请写明理由';
  else if (reason.length > 300) errors.reason = '不超过 300 字';
  return errors;
}

/**
 * Sets the limits of a scheme's 潜力清单; the list follows by {@link renewList}.
 * @throws AppError `invalid`
 */
export async function setLimits(
  db: Db,
  clock: Clock,
  scheme: string,
  limits: ListLimits,
  { actor, reason }: { readonly actor: string; readonly reason: string },
): Promise<void> {
  if (!RULES.some((rule) => rule.scheme === scheme)) throw new AppError('invalid', '该称号没有规则版本');
  const first = Object.values(limitErrors(limits, reason))[0];
  if (first !== undefined) throw new AppError('invalid', first);
  await db.write((tx) => {
    const now = limitsIn(tx).get(scheme) ?? DEFAULT_LIMITS;
    if (
      now.maxUnmet === limits.maxUnmet &&
      now.maxShort === limits.maxShort &&
      now.maxUnknown === limits.maxUnknown
    )
      return;
    tx.prepare(
      `INSERT INTO ListRule (scheme, maxUnmet, maxShort, maxUnknown, reason, setBy, setAt)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ).run(scheme, limits.maxUnmet, limits.maxShort, limits.maxUnknown, reason.trim(), actor, clock.now());
  });
}

export interface ListRun {
  done: number;
  readonly of: number;
}

interface Renewing extends ListRun {
  readonly finished: Promise<void>;
}

// The built pages carry a copy of this module; all copies speak of the same runs.
const shared = globalThis as { __tiduListRuns?: Map<string, Renewing> };
const runs = (shared.__tiduListRuns ??= new Map());

const ruleId = (db: Pick<Db, 'raw'>, scheme: string) =>
  Number(
    readerOf(db.raw)
      .prepare<{ id: number | null }>('SELECT max(id) AS id FROM ListRule WHERE scheme = ?')
      .get(scheme)?.id ?? 0,
  );
const doneKey = (scheme: string) => `list.renewed.${scheme}`;

/** How far the renewal of a scheme's list is; null when it follows its limits. */
export function listRun(db: Db, scheme: string): ListRun | null {
  const run = runs.get(`${db.file}|${scheme}`);
  return run ? { done: run.done, of: run.of } : null;
}

/** Whether a change of the limits has not reached the list yet (a server that was stopped in between, say). */
export function listIsBehind(db: Pick<Db, 'raw'>, scheme: string): boolean {
  const row = readerOf(db.raw)
    .prepare<{ value: string }>('SELECT value FROM Setting WHERE key = ?')
    .get(doneKey(scheme));
  return Number(row?.value ?? 0) !== ruleId(db, scheme);
}

/**
 * Brings a scheme's 潜力清单 in step with its limits; a call while it is under way joins it.
 * @param patience milliseconds after which the rest goes on by itself
 */
export async function renewList(db: Db, clock: Clock, scheme: string, patience = Infinity): Promise<void> {
  const key = `${db.file}|${scheme}`;
  let run = runs.get(key);
  if (!run) {
    const last =
      readerOf(db.raw).prepare<{ id: number }>('SELECT max(id) AS id FROM Enterprise').get()?.id ?? 0;
    const begun = { done: 0, of: last };
    const finished = goThrough(db, clock, scheme, begun).finally(() => runs.delete(key));
    // Whoever waits gets the error; nobody waiting is no crash.
    finished.catch(() => undefined);
    run = Object.assign(begun, { finished });
    runs.set(key, run);
  }
  if (patience === Infinity) return run.finished;
  await Promise.race([
    run.finished,
    new Promise<void>((resolve) => {
      setTimeout(resolve, patience).unref();
    }),
  ]);
}

/** Enterprises gone through in one transaction. */
const PIECE = 2000;

async function goThrough(db: Db, clock: Clock, scheme: string, progress: ListRun): Promise<void> {
  for (;;) {
    const goal = ruleId(db, scheme);
    for (progress.done = 0; progress.done < progress.of; progress.done += PIECE) {
      const from = progress.done;
      await db.write((tx) => renewPiece(tx, { on: clock.today(), at: clock.now() }, scheme, from));
    }
    await db.write((tx) =>
      tx.prepare('REPLACE INTO Setting (key, value) VALUES (?, ?)').run(doneKey(scheme), String(goal)),
    );
    if (ruleId(db, scheme) === goal) return;
  }
}

function renewPiece(tx: Tx, moment: Moment, scheme: string, after: number): void {
  const limits = limitsIn(tx).get(scheme) ?? DEFAULT_LIMITS;
  const rows = tx
    .prepare<Closeness & { id: number; held: 0 | 1; stay: number | null }>(
      `SELECT v.enterpriseId AS id, v.met, v.unmet, v.unknown, v.manual, v.vetoes, v.distance, l.id AS stay,
              EXISTS (SELECT 1 FROM Span s WHERE s.enterpriseId = v.enterpriseId AND s.scheme = v.scheme
                AND s.lane = 'held' AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > ?)) AS held
       FROM StoredVerdict v LEFT JOIN ListStay l ON l.enterpriseId = v.enterpriseId AND l.list = 'potential'
         AND l.scheme = v.scheme AND l.toOn IS NULL
       WHERE v.enterpriseId > ? AND v.enterpriseId <= ? AND v.scheme = ? AND v.action = 'new'`,
    )
    .all(moment.on, moment.on, after, after + PIECE, scheme);
  const { enter, leave } = stays(tx, moment);
  for (const row of rows) {
    const standing = standingIn(limits, row, row.held === 1);
    if (standing.in && row.stay === null) enter('potential', row.id, { ...row, scheme }, standing.why);
    if (!standing.in && row.stay !== null) leave(row.stay, standing);
  }
}

/** The stays of a record that is merged into another end; the other is judged for itself. */
export function mergeLists(tx: Tx, clock: Clock, from: number, into: number, actor: string): void {
  const already = tx
    .prepare("SELECT 1 FROM ListStay WHERE enterpriseId = ? AND list = 'focus' AND toOn IS NULL")
    .get(into);
  // What people chose goes on there, unless it stands there already.
  if (!already)
    tx.prepare(
      "UPDATE ListStay SET enterpriseId = ? WHERE enterpriseId = ? AND list = 'focus' AND toOn IS NULL",
    ).run(into, from);
  tx.prepare(
    `UPDATE ListStay SET toOn = ?, ended = 'rule', endReason = '记录已并入另一家企业', endedBy = ?, endedAt = ?
     WHERE enterpriseId = ? AND toOn IS NULL`,
  ).run(clock.today(), actor, clock.now(), from);
  tx.prepare(
    `UPDATE LibraryProposal SET decision = 'withdrawn', decisionReason = '记录已并入另一家企业', decidedBy = ?, decidedAt = ?
     WHERE enterpriseId = ? AND decision IS NULL`,
  ).run(actor, clock.now(), from);
}
