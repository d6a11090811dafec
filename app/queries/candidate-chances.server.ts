/** What the park's own applications of a scheme came to, by how close they stood when they were handed in. */
import {
  chancesOf,
  closenessClass,
  type Chance,
  type ClosenessClass,
  type PastCase,
} from '../rules/ranking.ts';
import { all, count, type Reading } from './sql.server.ts';

export type Chances = Partial<Record<ClosenessClass, Chance>>;

/** Decisions looked back at; older ones were under other rules and other authorities. */
const DECISIONS = 2000;

/**
 * Decisions on applications with the verdict of the step that handed them in: the last one before the decision, and
 * after the decision before. Titles that came into the log as mere certificates have none and are not counted.
 */
const CASES = `SELECT d.type = 'certify' AS certified, json_extract(s.payload, '$.verdict.outcome') AS outcome,
    json_array_length(s.payload, '$.verdict.unmet') AS unmet,
    coalesce(json_extract(s.payload, '$.verdict.vetoes'), 0) AS vetoes
  FROM (SELECT id, enterpriseId, scheme, type, effectiveOn FROM Event
        WHERE scheme = ? AND type IN ('certify', 'refuse') AND accepted = 1
        ORDER BY effectiveOn DESC LIMIT ${DECISIONS}) d
  CROSS JOIN Event s ON s.id = (
    SELECT e.id FROM Event e WHERE e.enterpriseId = d.enterpriseId AND +e.scheme = d.scheme AND e.accepted = 1
      AND e.type IN ('submit', 'resubmit') AND e.effectiveOn <= d.effectiveOn
      AND NOT EXISTS (SELECT 1 FROM Event x WHERE x.enterpriseId = d.enterpriseId AND +x.scheme = d.scheme
        AND x.type IN ('certify', 'refuse') AND x.accepted = 1 AND x.id <> d.id
        AND x.effectiveOn >= e.effectiveOn AND x.effectiveOn < d.effectiveOn)
    ORDER BY e.effectiveOn DESC, e.id DESC LIMIT 1)
  WHERE json_extract(s.payload, '$.verdict.outcome') IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM Event v WHERE v.enterpriseId = d.enterpriseId AND v.type = 'void'
      AND json_extract(v.payload, '$.eventId') IN (d.id, s.id))`;

const known = new Map<string, { last: number; chances: Chances }>();

/** Chances by class of closeness, of this scheme; only classes with enough cases are there. */
export function chancesIn(db: Reading & { readonly file: string }, scheme: string): Chances {
  const last = count(db, 'SELECT max(id) FROM Event');
  const key = `${db.file}|${scheme}`;
  const kept = known.get(key);
  if (kept?.last === last) return kept.chances;
  const rows = all<{ certified: number; outcome: string; unmet: number | null; vetoes: number }>(
    db,
    CASES,
    scheme,
  );
  const cases = rows.map(({ certified, outcome, unmet, vetoes }): PastCase => ({
    closeness: closenessClass({ outcome, unmet: unmet ?? 0, vetoes }),
    certified: certified === 1,
  }));
  const chances = chancesOf(cases);
  known.set(key, { last, chances });
  return chances;
}
