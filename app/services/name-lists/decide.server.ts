/** What a person says about the rows of a list: it is this enterprise, it is not, or neither yet. */
import type { Db } from '../../db/clients.server.ts';
import type { Clock } from '../../db/clock.ts';
import { AppError } from '../../db/errors.ts';
import { readEvents } from '../../db/event-rows.server.ts';
import type { Tx } from '../../db/writer.server.ts';
import { visible } from '../../pipeline/log.ts';
import { recordFacts } from '../facts.server.ts';
import { findNamed } from '../import/find.server.ts';

export type Decision =
  | { readonly kind: 'confirm'; readonly enterpriseId: number }
  /** An enterprise that nobody proposed, by its code or name. */
  | { readonly kind: 'assign'; readonly codeOrName: string }
  | { readonly kind: 'deny' }
  | { readonly kind: 'undo' };

export interface RowDecision {
  readonly listId: number;
  readonly rowId: number;
  /** Revision of the row as it was seen. */
  readonly revision: number;
  readonly decision: Decision;
  /** The person says that the name on the list is a former name of the enterprise. */
  readonly formerName?: boolean;
  readonly actor: string;
}

interface Row {
  readonly id: number;
  readonly name: string;
  readonly line: number;
  readonly revision: number;
  readonly outcome: string | null;
  readonly eventId: number | null;
  readonly enterpriseId: number | null;
  readonly decidedBy: string | null;
  readonly title: string;
  readonly listedOn: string;
}

/**
 * Decides about one row.
 * @throws AppError `not-found`; `conflict` where somebody else decided meanwhile, or an event was made of the row;
 *   `invalid` where no enterprise is meant
 */
export async function decideRow(db: Db, clock: Clock, input: RowDecision): Promise<void> {
  await db.write((tx) => {
    const row = tx
      .prepare<Row>(
        `SELECT r.id, r.name, r.line, r.revision, r.outcome, r.eventId, r.enterpriseId, r.decidedBy, l.title, l.listedOn
         FROM NameListRow r JOIN NameList l ON l.id = r.listId WHERE r.id = ? AND r.listId = ?`,
      )
      .get(input.rowId, input.listId);
    if (!row) throw new AppError('not-found', '名单中没有这一行');
    if (stands(tx, row)) throw new AppError('conflict', `第 ${row.line} 行已登记，更正请到企业的称号页`);
    if (row.revision !== input.revision) {
      throw new AppError('conflict', `第 ${row.line} 行刚由 ${row.decidedBy ?? '他人'} 处理过，请核对后再定`);
    }
    const enterpriseId = meant(tx, input.decision);
    if (enterpriseId !== null && input.formerName) rememberName(tx, clock, row, enterpriseId, input.actor);
    keep(tx, clock, row.id, DECISIONS[input.decision.kind], enterpriseId, input.actor);
  });
}

/** Whether the row has an event that counts; one that a correction took out does not. */
function stands(tx: Tx, { eventId, enterpriseId }: Row): boolean {
  if (eventId === null || enterpriseId === null) return false;
  return visible(readEvents(tx, enterpriseId)).some((event) => event.id === eventId);
}

const DECISIONS = { confirm: 'confirmed', assign: 'confirmed', deny: 'denied', undo: null } as const;

function meant(tx: Tx, decision: Decision): number | null {
  if (decision.kind === 'assign') {
    const found = findNamed(tx, decision.codeOrName);
    if (!found.ok) throw new AppError('invalid', found.reason);
    return found.id;
  }
  if (decision.kind !== 'confirm') return null;
  const found = tx
    .prepare('SELECT 1 FROM Enterprise WHERE id = ? AND mergedIntoId IS NULL')
    .get(decision.enterpriseId);
  if (!found) throw new AppError('conflict', '这家企业的记录已并入另一家，请重新比对');
  return decision.enterpriseId;
}

function keep(
  tx: Tx,
  clock: Clock,
  rowId: number,
  decision: 'confirmed' | 'denied' | null,
  enterpriseId: number | null,
  actor: string,
): void {
  tx.prepare(
    `UPDATE NameListRow SET decision = @decision, enterpriseId = @enterpriseId, decidedBy = @actor, decidedAt = @now,
       outcome = NULL, outcomeText = NULL, eventId = NULL, revision = revision + 1 WHERE id = @rowId`,
  ).run({ rowId, decision, enterpriseId, actor, now: clock.now() });
}

/** A former name is remembered only because a person says that it is one. */
function rememberName(tx: Tx, clock: Clock, row: Row, enterpriseId: number, actor: string): void {
  const evidence = { note: `名单《${row.title}》第 ${row.line} 行` };
  const values = { formerNames: [row.name] };
  const change = {
    kind: 'enterprise',
    enterpriseId,
    values,
    source: 'official',
    knownAt: row.listedOn,
  } as const;
  const [result] = recordFacts(tx, clock, [change], { actor, evidence });
  if (result?.outcome === 'rejected') throw new AppError('invalid', result.reason);
}

/** Confirms every certain hit that nobody has decided about. @returns how many */
export function confirmHits(db: Db, clock: Clock, listId: number, actor: string): Promise<number> {
  return db.write(
    (tx) =>
      tx
        .prepare(
          `UPDATE NameListRow SET decision = 'confirmed', enterpriseId = json_extract(candidates, '$[0].enterpriseId'),
             decidedBy = @actor, decidedAt = @now, revision = revision + 1
           WHERE listId = @listId AND match = 'hit' AND decision IS NULL AND outcome IS NULL`,
        )
        .run({ listId, actor, now: clock.now() }).changes,
  );
}

/** Takes back every decision of which no event was made. @returns how many */
export function undoAll(db: Db, clock: Clock, listId: number, actor: string): Promise<number> {
  return db.write(
    (tx) =>
      tx
        .prepare(
          `UPDATE NameListRow SET decision = NULL, enterpriseId = NULL, decidedBy = @actor, decidedAt = @now,
             revision = revision + 1 WHERE listId = @listId AND decision IS NOT NULL AND outcome IS NULL`,
        )
        .run({ listId, actor, now: clock.now() }).changes,
  );
}
