/** Values entered by operators, as stored: every entry stays, the latest one for the latest first day counts. */
import type { Reader } from './connection.server.ts';

export interface OperatorRow {
  readonly id: number;
  readonly key: string;
  /** Decimal text in the parameter's unit. */
  readonly value: string;
  readonly fromDay: string;
  readonly untilDay: string | null;
  readonly reference: string;
  readonly enteredBy: string;
  readonly enteredAt: string;
}

/** The entries that count on a day, one a key. */
export function readOperatorRows(reader: Reader, day: string): OperatorRow[] {
  return reader
    .prepare<OperatorRow>(
      `SELECT id, key, value, fromDay, untilDay, reference, enteredBy, enteredAt FROM (
         SELECT *, row_number() OVER (PARTITION BY key ORDER BY fromDay DESC, id DESC) AS place
         FROM OperatorValue WHERE fromDay <= ?)
       WHERE place = 1 AND (untilDay IS NULL OR untilDay >= ?)
       ORDER BY key`,
    )
    .all(day, day);
}

/** Every entry ever made, the latest first. */
export function readOperatorHistory(reader: Reader): OperatorRow[] {
  return reader
    .prepare<OperatorRow>(
      `SELECT id, key, value, fromDay, untilDay, reference, enteredBy, enteredAt
       FROM OperatorValue ORDER BY id DESC`,
    )
    .all();
}
