/** Enterprises on record (在册) on a day: registered by then, not deregistered, not moved out, each in the park where it then was. */
import { PRESENCE } from '../pipeline/projection.ts';
import type { Day } from '../rules/day.ts';
import { presentOn } from './scope.server.ts';
import { moves, stockOn } from './spans.server.ts';
import { all, and, count, type Clause, type Reading } from './sql.server.ts';

export interface PresenceInput {
  readonly asOf: Day;
  /** Ids of the parks looked at, children included; null: all. */
  readonly parkIds: readonly number[] | null;
  /** Only enterprises `e` of which this holds. */
  readonly only?: Clause | null;
}

/** How many are on record: of whole parks from the roll-up, of a narrower choice by looking at each. */
export const enterprisesOn = (db: Reading, { asOf, parkIds, only }: PresenceInput): number =>
  only ? presentIn(db, only, parkIds, asOf) : (stockOn(db, asOf, parkIds, [PRESENCE])[0]?.count ?? 0);

function presentIn(db: Reading, only: Clause, parkIds: readonly number[] | null, on: Day): number {
  const where = and([{ sql: 'e.mergedIntoId IS NULL', params: [] }, only, presentOn(on)]);
  if (!parkIds) return count(db, `SELECT count(*) FROM Enterprise e WHERE ${where.sql}`, ...where.params);
  const moved = moves(db);
  const rows = all<{ id: number; parkId: number | null }>(
    db,
    `SELECT e.id, e.parkId FROM Enterprise e WHERE ${where.sql}`,
    ...where.params,
  );
  return rows.filter(({ id, parkId }) => {
    const stay = moved.get(id)?.find((own) => own.from <= on && (own.to === null || on < own.to));
    return parkIds.includes(stay ? stay.park : (parkId ?? 0));
  }).length;
}
