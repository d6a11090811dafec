/** The two switches of every page, read from its address: which park, and as of which day. */
import { OUTSIDE } from '../pipeline/projection.ts';
import { isDay, type Day } from '../rules/day.ts';
import { all, among, type Clause, type Reading } from './sql.server.ts';

export interface ParkNode {
  id: number;
  code: string;
  name: string;
  depth: number;
}

export interface Scope {
  /** Code of the park chosen, null for all. */
  park: string | null;
  parkName: string | null;
  /** Its id and those of all parks below it; null for no restriction. */
  parkIds: readonly number[] | null;
  asOf: Day;
  /** The day looked at is today. */
  isToday: boolean;
  /** Only the enterprises that a steward, or nobody (null), looks after on the day; absent for no restriction. */
  steward?: { userId: number | null; on: Day; words: string };
}

/** All parks in the order of the tree, each with its depth. */
export const parkTree = (db: Reading): ParkNode[] =>
  all(
    db,
    `WITH RECURSIVE tree(id, code, name, depth, path) AS (
       SELECT id, code, name, 0, code FROM Park WHERE parentId IS NULL
       UNION ALL
       SELECT p.id, p.code, p.name, t.depth + 1, t.path || '/' || p.code
       FROM Park p JOIN tree t ON p.parentId = t.id WHERE t.depth < 8)
     SELECT id, code, name, depth FROM tree ORDER BY path`,
  );

/** The park with this code, and all below it; empty when there is none such. */
const parksBelow = (db: Reading, code: string) =>
  all<{ id: number; name: string }>(
    db,
    `WITH RECURSIVE below(id, name) AS (
       SELECT id, name FROM Park WHERE code = ?
       UNION SELECT p.id, p.name FROM Park p JOIN below b ON p.parentId = b.id)
     SELECT id, name FROM below`,
    code,
  );

/** Reads `park` and `asOf` from an address; what is malformed counts as not given. */
export function readScope(db: Reading, query: URLSearchParams, today: Day): Scope {
  const code = query.get('park')?.trim() || null;
  const below = code === null ? [] : parksBelow(db, code);
  const day = query.get('asOf');
  const asOf = isDay(day) ? day : today;
  const known = below.length > 0;
  return {
    park: known ? code : null,
    parkName: below[0]?.name ?? null,
    parkIds: known ? below.map((park) => park.id) : null,
    asOf,
    isToday: asOf === today,
  };
}

/** Restricts a column of enterprises to those in the care of a steward on the day, or of nobody (null). */
export function stewardClause({ userId, on }: NonNullable<Scope['steward']>, column = 'e.id'): Clause {
  const lasts = 'fromOn <= ? AND (toOn IS NULL OR toOn > ?)';
  return userId === null
    ? {
        sql: `NOT EXISTS (SELECT 1 FROM Stewardship WHERE enterpriseId = ${column} AND ${lasts})`,
        params: [on, on],
      }
    : {
        sql: `${column} IN (SELECT enterpriseId FROM Stewardship WHERE userId = ? AND ${lasts})`,
        params: [userId, on, on],
      };
}

/** Restricts enterprises `e` to the park and the steward chosen; those merged into another never count. */
export const inScope = ({ parkIds, steward }: Pick<Scope, 'parkIds' | 'steward'>): Clause[] => [
  { sql: 'e.mergedIntoId IS NULL', params: [] },
  ...(parkIds ? [among('e.parkId', parkIds)] : []),
  ...(steward ? [stewardClause(steward)] : []),
];

/**
 * The same over a column of their ids, without a look at each enterprise: the few that were merged, or the ids of the
 * park, are read once, so that counts can stay in one index.
 */
export const idsInScope = (
  column: string,
  { parkIds, steward }: Pick<Scope, 'parkIds' | 'steward'>,
): Clause[] => [
  { sql: `${column} NOT IN (SELECT id FROM Enterprise WHERE mergedIntoId IS NOT NULL)`, params: [] },
  ...(parkIds
    ? [
        {
          sql: `${column} IN (SELECT id FROM Enterprise WHERE parkId IN (SELECT value FROM json_each(?)))`,
          params: [JSON.stringify(parkIds)],
        },
      ]
    : []),
  ...(steward ? [stewardClause(steward, column)] : []),
];

/** Enterprises `e` that came from outside, or those that did not. */
export const byOrigin = (source: 'home' | 'moved'): Clause => ({
  sql: `e.id ${source === 'home' ? 'NOT ' : ''}IN (SELECT enterpriseId FROM Span WHERE lane = 'park'
          AND scheme = 'park' AND state = '${OUTSIDE}' AND fromOn = '0001-01-01')`,
  params: [],
});

/** Enterprises `e` that are physically in the park; those of which it is not known are not. */
export const LOCATED: Clause = { sql: 'e.locatedInPark = 1', params: [] };

/** Ids of those that were deregistered or moved out by the day. */
function goneBy(asOf: Day): Clause {
  const sql = `SELECT enterpriseId FROM MachineSnapshot WHERE enterpriseId IN (
      SELECT enterpriseId FROM Event WHERE scheme IS NULL AND type = 'deregistered' AND accepted = 1)
      AND json_extract(snapshot, '$.gone.on') <= ?
    UNION ALL SELECT enterpriseId FROM Span WHERE lane = 'park' AND scheme = 'park' AND state = '${OUTSIDE}'
      AND fromOn <= ? AND (toOn IS NULL OR toOn > ?)`;
  return { sql, params: [asOf, asOf, asOf] };
}

/** The enterprise in a column is not among those that were deregistered or moved out by the day. */
export function stillHere(column: string, asOf: Day): Clause {
  const { sql, params } = goneBy(asOf);
  return { sql: `${column} NOT IN (${sql})`, params };
}

/**
 * Restricts enterprises `e` to those that are there on the day (在册): registered by then, not deregistered, not
 * moved out. `false` turns it round.
 */
export function presentOn(asOf: Day, present = true): Clause {
  if (!present) {
    const { sql, params } = goneBy(asOf);
    return {
      sql: `e.id IN (SELECT id FROM Enterprise WHERE registeredOn > ? UNION ALL ${sql})`,
      params: [asOf, ...params],
    };
  }
  const here = stillHere('e.id', asOf);
  return {
    sql: `(e.registeredOn IS NULL OR e.registeredOn <= ?) AND ${here.sql}`,
    params: [asOf, ...here.params],
  };
}

/** The same over a column of their ids, which are of enterprises on record. */
export function idsPresentOn(column: string, asOf: Day): Clause {
  const here = stillHere(column, asOf);
  const sql = `${column} NOT IN (SELECT id FROM Enterprise WHERE registeredOn > ?) AND ${here.sql}`;
  return { sql, params: [asOf, ...here.params] };
}

/** Page number from an address, from 1. */
export function readPage(query: URLSearchParams): number {
  const page = Number(query.get('page') ?? 1);
  return Number.isSafeInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1;
}

/** What the line under the title says: the park or all, and the steward where one is chosen. */
export const scopeWords = ({ parkName, steward }: Scope): string =>
  (parkName ?? '全部园区') + (steward ? `，管家：${steward.words}` : '');
