/** The daily sweep: what a day brings without anybody acting (到期, 到期窗口, 年报). Machines hold no timers. */
import { FAMILIES, LONGEST_WINDOW, SCHEME_FAMILIES, type Family } from '../../machines/families.ts';
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import type { Tx } from '../db/writer.server.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { addDays } from '../rules/day.ts';
import { bringUpToDay } from './door.server.ts';
import { flush, hold, openKeeper } from './door/keeper.server.ts';

export interface Swept {
  /** Enterprises looked at. */
  enterprises: number;
  /** Events written; 0 on a second run on the same day. */
  events: number;
}

/** Enterprises a transaction: others may write in between. */
const BATCH = 200;

/** Titles announced ahead come into force on their day; looked back this far for days on which nothing ran. */
const LOOK_BACK_DAYS = 31;

function candidates(db: Db, today: string): number[] {
  const withDuty = Object.keys(SCHEME_FAMILIES).filter((scheme) => {
    const family: Family = FAMILIES[SCHEME_FAMILIES[scheme]!];
    return family.duty !== undefined;
  });
  return readerOf(db.raw)
    .prepare<{ id: number }>(
      `SELECT DISTINCT enterpriseId AS id FROM Title
       WHERE status = 'valid' AND (validUntil <= ? OR grantedOn BETWEEN ? AND ? OR scheme IN (SELECT value FROM json_each(?)))
       ORDER BY enterpriseId`,
    )
    .all(addDays(today, LONGEST_WINDOW), addDays(today, -LOOK_BACK_DAYS), today, JSON.stringify(withDuty))
    .map((row) => row.id);
}

/** Brings every title up to the day of the clock. Running it again on the same day writes nothing. */
export async function sweep(
  db: Db,
  clock: Clock,
  onProgress?: (done: number, total: number) => void,
): Promise<Swept> {
  const ids = candidates(db, clock.today());
  const swept: Swept = { enterprises: ids.length, events: 0 };
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH);
    swept.events += await db.write((tx) => sweepSome(tx, clock, batch));
    onProgress?.(Math.min(start + BATCH, ids.length), ids.length);
  }
  return swept;
}

/** Brings the titles of some enterprises up to the day, inside the caller's transaction. @returns events written */
export function sweepSome(tx: Tx, clock: Clock, ids: readonly number[]): number {
  const keeper = openKeeper(tx, clock.now(), clock.today());
  let events = 0;
  for (const id of ids) {
    const held = hold(keeper, id);
    if (!held) continue;
    for (const scheme of Object.keys(held.way.regions)) events += bringUpToDay(keeper, held, scheme);
  }
  flush(keeper);
  return events;
}
