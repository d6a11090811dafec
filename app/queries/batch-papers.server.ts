/** A batch as papers: the table to be signed, and the 推荐表 of each that goes on; verdicts as frozen in the batch. */
import type { RowState } from '../../machines/batch-states.ts';
import type { Db } from '../db/clients.server.ts';
import type { Day } from '../rules/day.ts';
import { loadBatch } from './batches.server.ts';
import { enterpriseById } from './enterprise.server.ts';
import { paperBasics } from './papers.server.ts';
import { schemeName } from './schemes.server.ts';

/** States in which an enterprise does not go on: no 推荐表 is printed of it. */
const OUT: ReadonlySet<RowState> = new Set(['held_back', 'cut', 'not_nominated']);

/** Null where there is no such batch. */
export function batchPapers(db: Db, id: number, on: Day) {
  const batch = loadBatch(db, id);
  if (!batch) return null;
  const name = schemeName(batch.scheme);
  return {
    table: { title: batch.title, schemeName: name, applicationOn: batch.applicationOn, rows: batch.rows },
    sheets: batch.rows
      .filter(({ state }) => !OUT.has(state))
      .flatMap((row) => {
        const head = enterpriseById(db, row.enterpriseId);
        if (!head) return [];
        return [{ basics: paperBasics(db, head, on), schemeName: name, verdict: row.verdict, reason: null }];
      }),
  };
}
