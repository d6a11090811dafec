/** What the stored verdicts say in all, for the page that oversees them. */
import { schemeLabel, SCHEMES } from '../rules/schemes.ts';
import { all, and, type Reading } from './sql.server.ts';
import { idsInScope, type Scope } from './scope.server.ts';

export interface VerdictCount {
  readonly scheme: string;
  readonly label: string;
  readonly action: string;
  readonly eligible: number;
  readonly undetermined: number;
  readonly ineligible: number;
  readonly vetoed: number;
  /** Earliest day for which any of them was judged. */
  readonly judgedOn: string;
}

/** Outcomes per scheme and action in the park scope, in the order of the ladder. */
export function countVerdicts(db: Reading, scope: Scope): VerdictCount[] {
  // As in the candidate lists that the numbers open: who holds the title is no new applicant.
  const notHeld = {
    // The lane as an expression, so that the index by enterprise is taken.
    sql: `v.action <> 'new' OR NOT EXISTS (SELECT 1 FROM Span s WHERE s.enterpriseId = v.enterpriseId
            AND s.scheme = v.scheme AND s.lane || '' = 'held' AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn > ?))`,
    params: [scope.asOf, scope.asOf],
  };
  const where = and([...idsInScope('v.enterpriseId', scope), notHeld]);
  const rows = all<Omit<VerdictCount, 'label'>>(
    db,
    `SELECT v.scheme, v.action, sum(v.outcome = 'eligible') AS eligible, sum(v.outcome = 'undetermined') AS undetermined,
            sum(v.outcome = 'ineligible') AS ineligible, sum(v.vetoes > 0) AS vetoed, min(v.onDay) AS judgedOn
     FROM StoredVerdict v WHERE ${where.sql} GROUP BY v.scheme, v.action`,
    ...where.params,
  );
  const order = new Map(SCHEMES.map(({ id }, i) => [id, i]));
  return rows
    .map((row) => ({ ...row, label: schemeLabel(row.scheme) }))
    .sort(
      (a, b) => (order.get(a.scheme) ?? 99) - (order.get(b.scheme) ?? 99) || (a.action < b.action ? -1 : 1),
    );
}
