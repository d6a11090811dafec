/** Candidate lists that are kept: made when first opened, kept in step from then on, dropped when nobody opens them. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import type { Reader } from '../db/connection.server.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { readWindowRows } from '../db/window-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';
import { windowsFor } from '../pipeline/windows.ts';
import { addDays, type Day } from '../rules/day.ts';
import type { Action } from '../rules/engine/types.ts';
import { SCHEMES } from '../rules/schemes.ts';
import { listJudge, type ListJudge, type ListSubject } from './candidate-judge.server.ts';
import { dropList } from './candidate-rows.server.ts';
import { operatorValuesOn } from './operator-values.server.ts';
import { rulesDigest } from './rules-digest.server.ts';

export interface KeptList {
  readonly id: number;
  readonly scheme: string;
  readonly action: Action;
  /** Empty for the list that follows today. */
  readonly onDay: string;
  readonly basis: string;
  readonly builtTo: number;
  readonly complete: boolean;
  readonly usedAt: string;
}

/** Raised when rows are made of the same verdicts differently than before. */
const VERSION = 1;

/** Lists for a day of their own that are kept at a time, and days for which any list is kept unopened. */
const MOST_DATED = 12;
const KEPT_DAYS = 30;

export function keptLists(reader: Reader): KeptList[] {
  return reader
    .prepare<Omit<KeptList, 'complete'> & { complete: number }>(
      'SELECT id, scheme, action, onDay, basis, builtTo, complete, usedAt FROM CandidateList ORDER BY id',
    )
    .all()
    .map((row) => ({ ...row, complete: row.complete === 1 }));
}

export interface Wanted {
  readonly scheme: string;
  readonly action: Action;
  /** The day of application; today's list follows the days. */
  readonly on: Day;
}

const keyOf = ({ on }: Wanted, today: Day) => (on === today ? '' : on);

/** The list for a day of application: the one kept, else a new one, still empty. */
export async function openList(db: Db, clock: Clock, wanted: Wanted): Promise<KeptList> {
  const today = clock.today();
  const find = (reader: Reader) =>
    keptLists(reader).find(
      (list) =>
        list.scheme === wanted.scheme && list.action === wanted.action && list.onDay === keyOf(wanted, today),
    );
  const known = find(readerOf(db.raw));
  if (known?.usedAt === today) return known;
  return db.write((tx) => {
    const list = find(tx);
    if (list) {
      tx.prepare('UPDATE CandidateList SET usedAt = ? WHERE id = ?').run(today, list.id);
      return list;
    }
    forget(tx, today, keyOf(wanted, today) === '' ? MOST_DATED : MOST_DATED - 1);
    tx.prepare('INSERT INTO CandidateList (scheme, action, onDay, basis, usedAt) VALUES (?, ?, ?, ?, ?)').run(
      wanted.scheme,
      wanted.action,
      keyOf(wanted, today),
      '',
      today,
    );
    return find(tx)!;
  });
}

/** Drops lists that nobody opened for long, and of those for a day of their own all but some. */
function forget(tx: Tx, today: Day, most: number): void {
  const lists = keptLists(tx);
  const dated = lists.filter(({ onDay }) => onDay !== '').sort((a, b) => (a.usedAt < b.usedAt ? 1 : -1));
  const old = lists.filter(({ usedAt }) => usedAt < addDays(today, -KEPT_DAYS));
  for (const { id } of new Set([...old, ...dated.slice(most)])) dropList(tx, id);
}

/** What a list is judged by, and the digest of all but the facts. */
export interface ListBasis {
  readonly list: KeptList;
  readonly basis: string;
  readonly judge: () => ListJudge;
}

export function basisOf(db: Pick<Db, 'raw'>, list: KeptList, today: Day): ListBasis {
  const { scheme, action, onDay } = list;
  const on = onDay || today;
  const operatorValues = operatorValuesOn(db, on);
  const windows = readWindowRows(readerOf(db.raw), scheme);
  const subject: ListSubject = { scheme, action, on, today, operatorValues, windows };
  const ahead = windowsFor(windows, action, today).map(({ key, region, opensOn, closesOn }) => [
    key,
    region,
    opensOn,
    closesOn,
  ]);
  let judge: ListJudge | undefined;
  return {
    list,
    basis: rulesDigest(operatorValues, [VERSION, SCHEMES.map(({ id }) => id), ahead]),
    judge: () => (judge ??= listJudge(subject)),
  };
}
