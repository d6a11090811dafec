/** The rows of kept candidate lists and the counts of their tabs: the only place that writes them. */
import type { Tx } from '../db/writer.server.ts';
import type { OpenCondition } from '../rules/engine/closeness.ts';
import type { CandidateTab } from '../rules/ranking.ts';

/** What an enterprise is filtered by in every list. */
export interface Traits {
  readonly parkId: number;
  readonly section: string;
  readonly field: string;
  readonly size: number;
  readonly held: number;
}

export interface NewCandidate extends Traits {
  readonly tab: CandidateTab;
  readonly rankKey: number;
  readonly name: string;
  readonly registeredOn: string;
  readonly titleUntil: string;
  readonly rule: string;
  readonly outcome: string;
  readonly met: number;
  readonly unmet: number;
  readonly unknown: number;
  readonly manual: number;
  readonly vetoes: number;
  readonly distance: number;
  readonly gaps: readonly OpenCondition[];
  readonly holdsUntil: string;
  readonly figuresOf: number | null;
  readonly weakSource: string | null;
  readonly weakFigure: string | null;
  readonly windowOn: string | null;
}

const COLUMNS = [
  'tab',
  'rankKey',
  'name',
  'registeredOn',
  'titleUntil',
  'parkId',
  'section',
  'field',
  'size',
  'held',
  'rule',
  'outcome',
  'met',
  'unmet',
  'unknown',
  'manual',
  'vetoes',
  'distance',
  'holdsUntil',
  'figuresOf',
  'weakSource',
  'weakFigure',
  'windowOn',
] as const satisfies readonly (keyof NewCandidate)[];

const INSERT = `INSERT INTO Candidate (listId, enterpriseId, gaps, ${COLUMNS.join(', ')})
  VALUES (?, ?, ?, ${COLUMNS.map(() => '?').join(', ')})`;
const INSERT_GAP = `INSERT INTO CandidateGap
  (listId, enterpriseId, conditionId, tab, gap, parkId, section, field, size, held) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** What rows are counted by. */
const CELL = ['tab', 'parkId', 'section', 'field', 'size'] as const;
type Cell = Pick<NewCandidate, (typeof CELL)[number]>;

/** Rows added to or taken from a list, by condition ('' for the row itself) and cell. */
class Deltas {
  private readonly cells = new Map<string, { condition: string; cell: Cell; by: number }>();

  add(condition: string, cell: Cell, by: number): void {
    const key = `${condition}|${CELL.map((column) => cell[column]).join('|')}`;
    const known = this.cells.get(key);
    if (known) known.by += by;
    else this.cells.set(key, { condition, cell, by });
  }

  book(tx: Tx, listId: number): void {
    const add = tx.prepare(ADD);
    for (const { condition, cell, by } of this.cells.values())
      if (by !== 0) add.run(listId, condition, ...CELL.map((column) => cell[column]), by);
  }
}

const ADD = `INSERT INTO CandidateCount (listId, conditionId, ${CELL.join(', ')}, n) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (listId, conditionId, ${CELL.join(', ')}) DO UPDATE SET n = n + excluded.n`;

const REMOVE = `DELETE FROM Candidate WHERE listId = ? AND enterpriseId = ? RETURNING ${CELL.join(', ')}`;

/** Puts rows of one list in the place of those of the same enterprises; null: it is not in the list. */
export function storeCandidates(
  tx: Tx,
  listId: number,
  rows: Iterable<readonly [enterpriseId: number, row: NewCandidate | null]>,
): void {
  const deltas = new Deltas();
  for (const [enterpriseId, row] of rows) {
    remove(tx, listId, enterpriseId, deltas);
    if (row) insert(tx, listId, enterpriseId, row, deltas);
  }
  deltas.book(tx, listId);
}

/** Removes all that was judged of an enterprise that is no longer one of its own. */
export function forgetEnterprise(tx: Tx, enterpriseId: number): void {
  const lists = tx
    .prepare<{ listId: number }>('SELECT listId FROM Candidate WHERE enterpriseId = ?')
    .all(enterpriseId);
  for (const { listId } of lists) storeCandidates(tx, listId, [[enterpriseId, null]]);
  for (const table of ['StoredVerdict', 'VerdictState'])
    tx.prepare(`DELETE FROM ${table} WHERE enterpriseId = ?`).run(enterpriseId);
}

/** Removes a list with all that it holds. */
export function dropList(tx: Tx, listId: number): void {
  for (const table of ['CandidateGap', 'Candidate', 'CandidateCount'])
    tx.prepare(`DELETE FROM ${table} WHERE listId = ?`).run(listId);
  tx.prepare('DELETE FROM CandidateList WHERE id = ?').run(listId);
}

function remove(tx: Tx, listId: number, enterpriseId: number, deltas: Deltas): void {
  const old = tx.prepare<Cell>(REMOVE).get(listId, enterpriseId);
  if (!old) return;
  deltas.add('', old, -1);
  const gaps = tx
    .prepare<{ conditionId: string }>(
      'DELETE FROM CandidateGap WHERE listId = ? AND enterpriseId = ? RETURNING conditionId',
    )
    .all(listId, enterpriseId);
  for (const { conditionId } of gaps) deltas.add(conditionId, old, -1);
}

function insert(tx: Tx, listId: number, enterpriseId: number, row: NewCandidate, deltas: Deltas): void {
  const values = COLUMNS.map((column) => row[column]);
  tx.prepare(INSERT).run(listId, enterpriseId, JSON.stringify(row.gaps), ...values);
  deltas.add('', row, 1);
  const { tab, parkId, section, field, size, held } = row;
  for (const { id, gap } of row.gaps) {
    if (gap === null || !(gap > 0)) continue;
    tx.prepare(INSERT_GAP).run(listId, enterpriseId, id, tab, gap, parkId, section, field, size, held);
    deltas.add(id, row, 1);
  }
}
