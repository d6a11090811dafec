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

/** Rows added to or taken from a list, by condition ('' for the row itself), tab and park. */
type Deltas = Map<string, number>;

interface OldRow {
  tab: string;
  parkId: number;
}

/** Puts rows of one list in the place of those of the same enterprises; null: it is not in the list. */
export function storeCandidates(
  tx: Tx,
  listId: number,
  rows: Iterable<readonly [enterpriseId: number, row: NewCandidate | null]>,
): void {
  const deltas: Deltas = new Map();
  for (const [enterpriseId, row] of rows) {
    remove(tx, listId, enterpriseId, deltas);
    if (row) insert(tx, listId, enterpriseId, row, deltas);
  }
  book(tx, listId, deltas);
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

const add = (deltas: Deltas, condition: string, { tab, parkId }: OldRow, by: number) => {
  const key = `${condition}|${tab}|${parkId}`;
  deltas.set(key, (deltas.get(key) ?? 0) + by);
};

function remove(tx: Tx, listId: number, enterpriseId: number, deltas: Deltas): void {
  const old = tx
    .prepare<OldRow>('DELETE FROM Candidate WHERE listId = ? AND enterpriseId = ? RETURNING tab, parkId')
    .get(listId, enterpriseId);
  if (!old) return;
  add(deltas, '', old, -1);
  const gaps = tx
    .prepare<{ conditionId: string }>(
      'DELETE FROM CandidateGap WHERE listId = ? AND enterpriseId = ? RETURNING conditionId',
    )
    .all(listId, enterpriseId);
  for (const { conditionId } of gaps) add(deltas, conditionId, old, -1);
}

function insert(tx: Tx, listId: number, enterpriseId: number, row: NewCandidate, deltas: Deltas): void {
  const values = COLUMNS.map((column) => row[column]);
  tx.prepare(INSERT).run(listId, enterpriseId, JSON.stringify(row.gaps), ...values);
  add(deltas, '', row, 1);
  const { tab, parkId, section, field, size, held } = row;
  for (const { id, gap } of row.gaps) {
    if (gap === null || !(gap > 0)) continue;
    tx.prepare(INSERT_GAP).run(listId, enterpriseId, id, tab, gap, parkId, section, field, size, held);
    add(deltas, id, row, 1);
  }
}

function book(tx: Tx, listId: number, deltas: Deltas): void {
  for (const [key, by] of deltas) {
    if (by === 0) continue;
    const [condition, tab, park] = key.split('|');
    tx.prepare(
      `INSERT INTO CandidateCount (listId, conditionId, tab, parkId, n) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (listId, conditionId, tab, parkId) DO UPDATE SET n = n + excluded.n`,
    ).run(listId, condition, tab, Number(park), by);
  }
}
