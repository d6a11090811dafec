/** Official windows as stored: an ended entry stays on record. */
import type { WindowEntry } from '../pipeline/windows.ts';
import type { Reader } from './connection.server.ts';

export interface WindowRow extends WindowEntry {
  readonly enteredBy: string;
  readonly enteredAt: string;
}

/** Entries in force, the latest to close first; of one scheme or of all. */
export function readWindowRows(reader: Reader, scheme: string | null = null): WindowRow[] {
  return reader
    .prepare<Omit<WindowRow, 'yearly'> & { yearly: number }>(
      `SELECT id, scheme, kind, region, label, opensOn, closesOn, yearly, lastYear, reference, link, doubt,
              enteredBy, enteredAt
       FROM OfficialWindow WHERE endedAt IS NULL AND (? IS NULL OR scheme = ?) ORDER BY closesOn DESC, id`,
    )
    .all(scheme, scheme)
    .map((row) => ({ ...row, yearly: row.yearly === 1 }));
}
