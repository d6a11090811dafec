/** The verdict that travels in an event: what our rules said when a step was taken, in short. */
import type { VerdictSummary } from '../../machines/events.ts';
import type { Db } from '../db/clients.server.ts';
import { readerOf, readParts } from '../db/fact-rows.server.ts';
import { holdsTitle, summaryOf } from '../pipeline/signals.ts';
import { assembleFacts } from '../rules/facts/stored.ts';
import { assess } from '../rules/index.ts';
import { operatorValuesOn } from './operator-values.server.ts';

/**
 * Judges an enterprise for a step of a scheme on a day: as a renewal where it holds the title then, else as new.
 * @returns null where no rule applies or the enterprise is not known
 */
export function judgeStep(
  db: Pick<Db, 'raw'>,
  enterpriseId: number,
  scheme: string,
  on: string,
): VerdictSummary | null {
  const parts = readParts(readerOf(db.raw), enterpriseId);
  if (!parts) return null;
  const facts = assembleFacts(parts);
  const action = holdsTitle(facts.titles ?? [], scheme, on) ? 'renewal' : 'new';
  const assessed = assess(facts, { scheme, action, on, operatorValues: operatorValuesOn(db, on) });
  return assessed.ok ? summaryOf(assessed.verdict) : null;
}
