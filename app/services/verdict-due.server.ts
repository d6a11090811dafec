/** Which enterprises are to be judged anew: their state has an empty last day. */
import type { Tx } from '../db/writer.server.ts';

/** To be called by whoever writes what a verdict or a candidate list rests on: facts, titles, park, presence, name. */
export function markDue(tx: Tx, enterpriseId: number): void {
  tx.prepare(
    `INSERT INTO VerdictState (enterpriseId, factsDigest, rulesDigest, judgedOn, holdsUntil) VALUES (?, '', '', '', '')
     ON CONFLICT (enterpriseId) DO UPDATE SET holdsUntil = ''`,
  ).run(enterpriseId);
}
