/** Reading the chain of seals. */
import type { StoredSeal } from '../pipeline/review/seal.ts';

/** Whatever prepares statements: a transaction, a reader, a connection. */
interface Preparing {
  prepare(sql: string): { all(...params: unknown[]): unknown[]; get(...params: unknown[]): unknown };
}

const COLUMNS = 'seq, reviewId, content, keyId, mac';

/** All seals in their order, with what they say. */
export const readSeals = (reader: Preparing): StoredSeal[] =>
  reader.prepare(`SELECT ${COLUMNS} FROM ReviewSeal ORDER BY seq`).all() as StoredSeal[];

/** The numbers and signatures of all seals, and the last of them whole: what the head is held against. */
export function readSealEnd(reader: Preparing) {
  return {
    links: reader.prepare('SELECT seq, mac FROM ReviewSeal ORDER BY seq').all() as Pick<
      StoredSeal,
      'seq' | 'mac'
    >[],
    last: (reader.prepare(`SELECT ${COLUMNS} FROM ReviewSeal ORDER BY seq DESC LIMIT 1`).get() ??
      null) as StoredSeal | null,
  };
}
