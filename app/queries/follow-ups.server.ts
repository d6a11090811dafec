/** 走访与跟进 as pages show it: of one enterprise, and the next actions that are open. */
import { dayInShanghai } from '../db/clock.ts';
import { FOLLOW_KINDS, followKindLabel } from '../pipeline/follow-ups.ts';
import { daysBetween, type Day } from '../rules/day.ts';
import { schemeLabel, schemeOptions } from './schemes.server.ts';
import { idsInScope, type Scope } from './scope.server.ts';
import { all, among, and, count, personOf, type Clause, type Reading } from './sql.server.ts';

interface Row {
  id: number;
  scheme: string | null;
  kind: string;
  onDay: string;
  note: string;
  nextAction: string | null;
  nextOn: string | null;
  by: string;
  recordedAt: string;
  doneAt: string | null;
  doneBy: string | null;
  doneNote: string | null;
  voidedAt: string | null;
  voidedBy: string | null;
  voidReason: string | null;
  replacesId: number | null;
}

/** Entries of an enterprise, the latest first, those voided among them. */
export function followUpsOf(db: Reading, enterpriseId: number, on: Day, limit = 200) {
  const rows = all<Row>(
    db,
    `SELECT f.id, f.scheme, f.kind, f.onDay, f.note, f.nextAction, f.nextOn, ${personOf('f."by"')} AS "by",
            f.recordedAt, f.doneAt, ${personOf('f.doneBy')} AS doneBy, f.doneNote, f.voidedAt,
            ${personOf('f.voidedBy')} AS voidedBy, f.voidReason, f.replacesId
     FROM FollowUp f WHERE f.enterpriseId = ? ORDER BY f.onDay DESC, f.id DESC LIMIT ?`,
    enterpriseId,
    limit,
  );
  return rows.map((row) => ({
    ...row,
    kindLabel: followKindLabel(row.kind),
    schemeLabel: row.scheme === null ? null : schemeLabel(row.scheme),
    recordedOn: dayInShanghai(row.recordedAt),
    doneOn: row.doneAt === null ? null : dayInShanghai(row.doneAt),
    /** Days to the next action; negative once it is late, null where none is open. */
    daysLeft:
      row.nextOn === null || row.doneAt !== null || row.voidedAt !== null
        ? null
        : daysBetween(on, row.nextOn),
  }));
}
export type FollowUpLine = ReturnType<typeof followUpsOf>[number];

/** An entry as the form shows it, by its field names; null where it is not in force. */
export function followUpForm(
  db: Reading,
  enterpriseId: number,
  id: string | null,
): Record<string, string> | null {
  const [row] = all<Row>(
    db,
    'SELECT * FROM FollowUp WHERE id = ? AND enterpriseId = ? AND voidedAt IS NULL',
    Number(id ?? 0) || 0,
    enterpriseId,
  );
  if (!row) return null;
  const { scheme, kind, onDay, note, nextAction, nextOn } = row;
  return {
    id: String(row.id),
    scheme: scheme ?? '',
    kind,
    onDay,
    note,
    nextAction: nextAction ?? '',
    nextOn: nextOn ?? '',
  };
}

export interface OpenAction {
  readonly id: number;
  readonly enterpriseId: number;
  readonly uscc: string;
  readonly name: string;
  readonly scheme: string | null;
  readonly kind: string;
  readonly onDay: Day;
  readonly nextAction: string;
  readonly nextOn: Day;
}

const open = (scope: Scope, until: Day, of: readonly number[] | null = null): Clause =>
  and([
    { sql: 'f.nextOn <= ? AND f.doneAt IS NULL AND f.voidedAt IS NULL', params: [until] },
    ...idsInScope('f.enterpriseId', scope),
    of ? among('f.id', of) : null,
  ]);

/** How many next actions nobody has done yet, due up to a day. */
export function countOpenActions(db: Reading, scope: Scope, until: Day): number {
  const where = open(scope, until);
  return count(
    db,
    `SELECT count(*) FROM FollowUp f INDEXED BY FollowUp_doneAt_voidedAt_nextOn_enterpriseId_idx WHERE ${where.sql}`,
    ...where.params,
  );
}

/** Next actions that nobody has done yet, due up to a day; the first due first. @param of their ids; null: all */
export function openActions(
  db: Reading,
  scope: Scope,
  until: Day,
  { limit = -1, of = null }: { limit?: number | undefined; of?: readonly number[] | null | undefined } = {},
): OpenAction[] {
  const where = open(scope, until, of);
  return all(
    db,
    `SELECT f.id, f.enterpriseId, e.uscc, e.name, f.scheme, f.kind, f.onDay, f.nextAction, f.nextOn
     FROM FollowUp f INDEXED BY FollowUp_doneAt_voidedAt_nextOn_enterpriseId_idx CROSS JOIN Enterprise e ON e.id = f.enterpriseId
     WHERE ${where.sql} ORDER BY f.nextOn, f.id LIMIT ?`,
    ...where.params,
    limit,
  );
}

/** What may be chosen in the form of an entry. */
export const followUpChoices = () => ({
  kinds: FOLLOW_KINDS.map(({ id, label }) => ({ value: id as string, label: label as string })),
  schemes: schemeOptions(),
});
