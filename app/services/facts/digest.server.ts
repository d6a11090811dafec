/** The digest of the judged facts, by which a stored verdict is known to be of them. */
import { hash } from 'node:crypto';
import { AppError } from '../../db/errors.ts';
import { readParts } from '../../db/fact-rows.server.ts';
import type { Tx } from '../../db/writer.server.ts';
import { canonicalFacts } from '../../rules/facts/canonical.ts';
import type { PlainFacts } from '../../rules/facts/schema.ts';
import { assembleFacts } from '../../rules/facts/stored.ts';

/** SHA-256 of the judged facts: changes exactly when a verdict may change. */
export const digestOf = (facts: PlainFacts): string => hash('sha256', canonicalFacts(facts), 'hex');

/** Brings the digest up to date after something judged was written elsewhere (titles, by the door). */
export function refreshDigest(tx: Tx, enterpriseId: number): void {
  const parts = readParts(tx, enterpriseId);
  if (!parts) throw new AppError('not-found', '没有这家企业');
  tx.prepare('UPDATE Enterprise SET factsDigest = ? WHERE id = ?').run(
    digestOf(assembleFacts(parts, false)),
    enterpriseId,
  );
}
