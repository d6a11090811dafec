/** The verdict that travels in an event: what our rules said when a step was taken, in short. */
import type { VerdictSummary } from '../../machines/events.ts';
import type { Db } from '../db/clients.server.ts';
import { readerOf, readParts } from '../db/fact-rows.server.ts';
import { assembleFacts } from '../rules/facts/stored.ts';
import { assess } from '../rules/index.ts';

/**
 * Judges an enterprise for a step of a scheme on a day: as a renewal where it holds the title then, else as new.
 * @returns null where no rule applies or the enterprise is not known
 */
export function judgeStep(db: Db, enterpriseId: number, scheme: string, on: string): VerdictSummary | null {
  const parts = readParts(readerOf(db.raw), enterpriseId);
  if (!parts) return null;
  const facts = assembleFacts(parts);
  const holds = (facts.titles ?? []).some(
    (title) =>
      title.scheme === scheme &&
      title.status === 'valid' &&
      (title.grantedOn ?? '') <= on &&
      (title.validUntil ?? '9999') >= on,
  );
  const assessed = assess(facts, { scheme, action: holds ? 'renewal' : 'new', on });
  if (!assessed.ok) return null;
  const { rule, outcome, conditions, vetoes } = assessed.verdict;
  return {
    rule,
    on,
    outcome,
    vetoes: vetoes.length,
    unmet: conditions.filter((condition) => condition.result === 'unmet').map((condition) => condition.id),
  };
}
