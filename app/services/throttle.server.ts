/** Attempts that are counted and, past a number, refused for a while: logins, codes, claims. */
import { createHash } from 'node:crypto';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import type { Tx } from '../db/writer.server.ts';

export interface Limit {
  /** What is counted, in words; kept as a hash only. */
  readonly key: string;
  readonly attempts: number;
}

/** Minutes over which attempts are counted. */
const WINDOW = 15;

const hashed = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Counts an attempt under every limit. Counted before anything is checked, many at once cannot slip through together.
 * @param what begins the sentence for the user: 登录失败次数过多
 * @throws AppError `too-many` once a limit is reached, for {@link WINDOW} minutes
 */
export function countAttempt(tx: Tx, clock: Clock, limits: readonly Limit[], what: string): void {
  const now = clock.now();
  const since = new Date(Date.parse(now) - WINDOW * 60_000).toISOString();
  tx.prepare('DELETE FROM LoginThrottle WHERE since <= ?').run(since);
  const found = tx.prepare<{ failures: number }>('SELECT failures FROM LoginThrottle WHERE key = ?');
  for (const { key, attempts } of limits) {
    if ((found.get(hashed(key))?.failures ?? 0) >= attempts) {
      throw new AppError('too-many', `${what}，请 ${WINDOW} 分钟后再试`);
    }
  }
  for (const { key } of limits) {
    tx.prepare(
      `INSERT INTO LoginThrottle (key, failures, since) VALUES (?, 1, ?)
       ON CONFLICT (key) DO UPDATE SET failures = failures + 1`,
    ).run(hashed(key), now);
  }
}

/** Takes the count back after a success. */
export function forgetAttempts(tx: Tx, limits: readonly Limit[]): void {
  for (const { key } of limits) tx.prepare('DELETE FROM LoginThrottle WHERE key = ?').run(hashed(key));
}
