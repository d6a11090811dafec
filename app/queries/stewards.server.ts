/** Who looks after which enterprise: of one, of the rows of a page, and as a filter in the address. */
import type { Day } from '../rules/day.ts';
import type { Scope } from './scope.server.ts';
import { all, type Reading } from './sql.server.ts';

/** May look after enterprises while the account is not disabled; the service that assigns asks the same. */
const MAY = `u.role IN ('staff', 'administrator') AND u.disabled = 0`;

export interface Steward {
  readonly userId: number;
  readonly name: string;
  /** government | company */
  readonly side: string;
  readonly fromOn: string;
}

export interface PastSteward extends Steward {
  readonly toOn: string;
}

const SELECT = `SELECT s.userId, u.displayName AS name, s.side, s.fromOn, s.toOn
  FROM Stewardship s JOIN User u ON u.id = s.userId WHERE s.enterpriseId = ?`;

/** The stewards of an enterprise on a day, the government's first. */
export const stewardsOn = (db: Reading, enterpriseId: number, on: Day): Steward[] =>
  all(
    db,
    `${SELECT} AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > ?) ORDER BY s.side DESC`,
    enterpriseId,
    on,
    on,
  );

/** Stewardships that are over, the latest first; those handed over on the day they began never lasted. */
export const pastStewards = (db: Reading, enterpriseId: number): PastSteward[] =>
  all(db, `${SELECT} AND s.toOn > s.fromOn ORDER BY s.toOn DESC, s.id DESC`, enterpriseId);

/** Names of the stewards on a day by enterprise, for the rows of one page. */
export function stewardNames(db: Reading, ids: readonly number[], on: Day): Map<number, string[]> {
  const rows = all<{ id: number; name: string }>(
    db,
    `SELECT s.enterpriseId AS id, u.displayName AS name FROM json_each(?) j
     CROSS JOIN Stewardship s ON s.enterpriseId = j.value JOIN User u ON u.id = s.userId
     WHERE s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > ?) ORDER BY s.side DESC`,
    JSON.stringify(ids),
    on,
    on,
  );
  const names = new Map<number, string[]>();
  for (const { id, name } of rows) names.set(id, [...new Set([...(names.get(id) ?? []), name])]);
  return names;
}

/** Names of enterprises, for lines that name what was not taken. */
export const namesOf = (db: Reading, ids: readonly number[]): Map<number, string> =>
  new Map(
    all<{ id: number; name: string }>(
      db,
      'SELECT e.id, e.name FROM json_each(?) j CROSS JOIN Enterprise e ON e.id = j.value',
      JSON.stringify(ids),
    ).map(({ id, name }) => [id, name]),
  );

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Users who may be made stewards, by name. */
export const stewardCandidates = (db: Reading): Choice[] =>
  all<{ id: number; name: string; username: string }>(
    db,
    `SELECT u.id, u.displayName AS name, u.username FROM User u WHERE ${MAY} ORDER BY u.displayName, u.id`,
  ).map(({ id, name, username }) => ({
    value: String(id),
    label: name === username ? name : `${name}（${username}）`,
  }));

interface Viewer {
  readonly id: number;
  readonly displayName: string;
}

export interface StewardChoice {
  /** The scope with the steward in it. */
  readonly scope: Scope;
  /** Entries of the filter; with a default of one's own also one for all. */
  readonly options: readonly Choice[];
  /** The entry in force; empty for all. */
  readonly chosen: string;
}

/**
 * Reads `steward` from an address: `me`, `none`, `all`, or the id of a user; what is malformed counts as not given.
 * @param mine nothing given means one's own enterprises, for whoever has some on the day
 */
export function chooseSteward(
  db: Reading,
  scope: Scope,
  query: URLSearchParams,
  viewer: Viewer,
  mine = false,
): StewardChoice {
  const keepers = stewardsInOffice(db, scope.asOf);
  const own = keepers.some(({ id }) => id === viewer.id);
  const asked = query.get('steward') || (mine && own ? 'me' : 'all');
  const others = keepers.filter(({ id }) => id !== viewer.id);
  const options = [
    ...(mine && own ? [{ value: 'all', label: '全部' }] : []),
    ...(own || asked === 'me' || asked === String(viewer.id) ? [{ value: 'me', label: '我的' }] : []),
    ...others.map(({ id, name }) => ({ value: String(id), label: name })),
    { value: 'none', label: '未分配' },
  ];
  const steward = stewardAsked(asked, viewer, others, scope.asOf);
  const chosen = steward ? (steward.userId === viewer.id ? 'me' : asked) : mine && own ? 'all' : '';
  return { scope: steward ? { ...scope, steward } : scope, options, chosen };
}

function stewardAsked(
  asked: string,
  viewer: Viewer,
  others: readonly { id: number; name: string }[],
  on: Day,
): Scope['steward'] {
  if (asked === 'none') return { userId: null, on, words: '未分配' };
  if (asked === 'me' || asked === String(viewer.id))
    return { userId: viewer.id, on, words: viewer.displayName };
  const found = others.find(({ id }) => String(id) === asked);
  return found && { userId: found.id, on, words: found.name };
}

/** Whoever looks after an enterprise on the day. */
const stewardsInOffice = (db: Reading, on: Day) =>
  all<{ id: number; name: string }>(
    db,
    `SELECT u.id, u.displayName AS name FROM User u
     WHERE EXISTS (SELECT 1 FROM Stewardship s WHERE s.userId = u.id AND s.fromOn <= ?
       AND (s.toOn IS NULL OR s.toOn > ?)) ORDER BY u.displayName, u.id`,
    on,
    on,
  );
