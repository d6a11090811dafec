/** Holding every seal against its key, for `tidu verify` and before another seal is set. */
import type { Reader } from '../db/connection.server.ts';
import { readSealKey } from '../db/seal-key.server.ts';
import { chainFaults, stateOfSeal, type SealedRow, type StoredSeal } from '../pipeline/review/seal.ts';

/** What is wrong with the seals of a database, in words; nothing where none was ever set. */
export function sealProblems(reader: Reader, databaseFile: string): string[] {
  const seals = reader
    .prepare<StoredSeal>('SELECT seq, reviewId, content, keyId, mac FROM ReviewSeal ORDER BY seq')
    .all();
  if (seals.length === 0) return [];
  const rows = new Map(
    reader
      .prepare<SealedRow>(
        `SELECT id, quarter, scope, title, drawnBy, drawnAt, discussedBy, discussedAt, discussion FROM Review`,
      )
      .all()
      .map((row) => [row.id, row]),
  );
  const key = readSealKey(databaseFile);
  const messages = chainFaults(seals);
  for (const seal of seals) {
    const row = rows.get(seal.reviewId);
    const state = row ? stateOfSeal(seal, row, key) : 'altered';
    const name = `第 ${seal.seq} 号封存（${row?.title ?? '复盘不存在'}）`;
    if (state === 'altered') messages.push(`${name}与封存时不符：数据库被直接改动过`);
    if (state === 'keyless') messages.push(`${name}无法核验：缺少封存密钥 ${seal.keyId}`);
  }
  return messages;
}
