/** The mark by which a database is known as a demo: its pages say so, and the production start refuses it. */
import type { Db } from '../db/clients.server.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';

/** What a demo database was made of. `complete` is false while it is being loaded. */
export interface DemoMark {
  readonly seed: string;
  readonly size: number;
  readonly day: string;
  readonly complete: boolean;
}

const KEYS = { demo: 'demo', details: 'demo-park' } as const;

export function markDemo(tx: Tx, mark: DemoMark): void {
  const put = tx.prepare('REPLACE INTO Setting (key, value) VALUES (?, ?)');
  put.run(KEYS.demo, 'true');
  put.run(KEYS.details, JSON.stringify(mark));
}

/** The mark, or null for a database that is no demo. */
export function readDemoMark(db: Db): DemoMark | null {
  const get = readerOf(db.raw).prepare<{ value: string }>('SELECT value FROM Setting WHERE key = ?');
  if (!get.get(KEYS.demo)) return null;
  const details = get.get(KEYS.details)?.value;
  return details ? (JSON.parse(details) as DemoMark) : { seed: '', size: 0, day: '', complete: false };
}

export interface Counts {
  readonly enterprises: number;
  readonly events: number;
  /** Statements about facts, those not in force included. */
  readonly statements: number;
}

/** What a database holds. */
export function countAll(db: Db): Counts {
  const count = (table: string) =>
    readerOf(db.raw).prepare<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).get()!.n;
  return { enterprises: count('Enterprise'), events: count('Event'), statements: count('FactRecord') };
}
