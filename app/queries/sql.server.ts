/** Reading by prepared statements on the read-only connection. */
import type { Db } from '../db/clients.server.ts';
import { prepareOnce } from '../db/connection.server.ts';

/** The part of the database that a page's query needs. */
export type Reading = Pick<Db, 'raw'>;
export type Param = string | number | null;

/** A piece of a WHERE with the parameters it takes, in order. */
export interface Clause {
  sql: string;
  params: Param[];
}

export const all = <Row>(db: Reading, sql: string, ...params: Param[]): Row[] =>
  prepareOnce<Row>(db.raw, sql).all(...params) as Row[];

export const one = <Row>(db: Reading, sql: string, ...params: Param[]): Row | undefined =>
  prepareOnce<Row>(db.raw, sql).get(...params) as Row | undefined;

/** The first column of the first row, a number; 0 when there is none. */
export const count = (db: Reading, sql: string, ...params: Param[]): number =>
  Number(Object.values(one<Record<string, number>>(db, sql, ...params) ?? {})[0] ?? 0);

/** Clauses joined by AND; true when there are none. */
export function and(clauses: readonly (Clause | null)[]): Clause {
  const given = clauses.filter((clause) => clause !== null);
  return {
    sql: given.map((clause) => `(${clause.sql})`).join(' AND ') || '1',
    params: given.flatMap((clause) => clause.params),
  };
}

/** SQL for the name of an account as people call its holder; the account itself where nobody has it. */
export const personOf = (column: string): string =>
  `coalesce((SELECT u.displayName FROM User u WHERE u.username = ${column}), ${column})`;

/** `column` is one of a list, given as one JSON parameter so that the statement stays the same. */
export const among = (column: string, values: readonly (string | number)[]): Clause => ({
  sql: `${column} IN (SELECT value FROM json_each(?))`,
  params: [JSON.stringify(values)],
});

/** The first column of every row, for long lists of numbers; no object is made for a row. */
export const column = (db: Reading, sql: string, ...params: Param[]): number[] =>
  prepareOnce(db.raw, sql)
    .pluck()
    .all(...params) as number[];
