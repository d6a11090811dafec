/** Building every projection anew from the log: states, spans, titles, headline tiers and the roll-up. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { eventsByEnterprise } from '../db/event-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';
import { visible } from '../pipeline/log.ts';
import {
  headlineOf,
  NO_WAY,
  parkOn,
  project,
  PROJECTION_VERSION,
  type ProjectedSpan,
} from '../pipeline/projection.ts';
import { bookEnterprise, newDeltas } from '../pipeline/roll-ups.ts';
import { encodeSnapshot } from '../pipeline/snapshot.ts';
import { statusOf } from '../pipeline/titles.ts';
import { refreshDigest } from './facts/digest.server.ts';
import * as rows from './door/rows.server.ts';

export interface Rebuilt {
  enterprises: number;
  events: number;
  spans: number;
}

/**
 * Replaces all projections by what the log says, in one transaction: others read the old ones until it is done,
 * and a failure leaves them as they were.
 */
export function rebuild(
  db: Db,
  clock: Clock,
  onProgress?: (done: number, total: number) => void,
): Promise<Rebuilt> {
  return db.write((tx) => rebuildIn(tx, clock, onProgress));
}

/**
 * Rebuilds the projections that an earlier release wrote with another meaning; an empty database is marked at once.
 * @returns whether there was anything to do
 */
export async function renewProjections(
  db: Db,
  clock: Clock,
  onProgress?: (done: number, total: number) => void,
): Promise<boolean> {
  if (Number(db.raw.pragma('user_version', { simple: true })) >= PROJECTION_VERSION) return false;
  await rebuild(db, clock, onProgress);
  return true;
}

function rebuildIn(tx: Tx, clock: Clock, onProgress?: (done: number, total: number) => void): Rebuilt {
  const [now, today] = [clock.now(), clock.today()];
  const before = rows.titleSignatures(tx);
  const heads = rows.readHeads(tx);
  const restoreIndexes = rows.withoutSpanIndexes(tx);
  rows.clearProjections(tx);
  const waiting: { enterpriseId: number; span: ProjectedSpan }[] = [];
  const deltas = newDeltas();
  const result: Rebuilt = { enterprises: 0, events: 0, spans: 0 };
  const silent = new Map(heads);
  for (const { enterpriseId, events } of eventsByEnterprise(tx)) {
    silent.delete(enterpriseId);
    const { way, spans } = project(visible(events));
    const head = heads.get(enterpriseId)!;
    const park = parkOn(way.moves, today, head.parkId);
    if (park !== head.parkId) rows.setPark(tx, enterpriseId, park);
    for (const span of spans) waiting.push({ enterpriseId, span });
    if (waiting.length >= 2000) rows.insertSpans(tx, waiting.splice(0));
    for (const [scheme, region] of Object.entries(way.regions)) {
      for (const title of region.titles)
        rows.insertTitle(tx, enterpriseId, scheme, title, statusOf(title, today));
    }
    bookEnterprise(deltas, { way, spans, park, registeredOn: head.registeredOn }, 1);
    const snapshot = encodeSnapshot({ way, park: park ?? 0 });
    rows.saveSnapshot(tx, enterpriseId, head.revision ?? 1, snapshot, events.at(-1)!.id);
    const headline = headlineOf(way, today);
    if (headline !== head.headline) rows.touchEnterprise(tx, enterpriseId, headline, now);
    result.enterprises += 1;
    result.events += events.length;
    result.spans += spans.length;
    if (result.enterprises % 1000 === 0) onProgress?.(result.enterprises, heads.size);
  }
  for (const { parkId: park, registeredOn } of silent.values())
    bookEnterprise(deltas, { way: NO_WAY, spans: [], park, registeredOn }, 1);
  rows.insertSpans(tx, waiting);
  restoreIndexes();
  rows.bookRollUps(tx, deltas);
  // Titles are facts that rules read: where they came out otherwise, the digest of the facts follows.
  const after = rows.titleSignatures(tx);
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    if (before.get(id) !== after.get(id)) refreshDigest(tx, id);
  }
  tx.prepare(`PRAGMA user_version = ${PROJECTION_VERSION}`).run();
  return result;
}
