/**
 * Returning one enterprise for supplement: what is asked is named, and only that is open; everything else about it
 * stays as it was checked.
 */
import type { Db } from '../../db/clients.server.ts';
import type { Clock } from '../../db/clock.ts';
import { AppError } from '../../db/errors.ts';
import type { Verdict } from '../../rules/index.ts';
import { keepFile } from '../files.server.ts';
import { recheckRow, type Checked } from './check.server.ts';
import { atDesk, moveRow, note, refuse, rowOf, type BatchRef, type Desk } from './keeper.server.ts';
import { attach } from './meeting.server.ts';

export interface AskedItem {
  /** `condition:ID` or `document:N`. */
  readonly key: string;
  readonly label: string;
  /** What came, in words; null while it is open. */
  readonly answer: string | null;
}

export interface Asking {
  /** Ids of conditions of the row's verdict. */
  readonly conditions: readonly string[];
  /** Documents and other things, by name. */
  readonly documents: readonly string[];
  readonly note: string | null;
}

const MOST_ASKED = 20;

/** Asks for a supplement. @throws AppError `invalid` when nothing, or something unknown, is asked for */
export async function askSupplement(
  db: Db,
  clock: Clock,
  ref: BatchRef,
  rowId: number,
  asking: Asking,
): Promise<void> {
  const documents = [...new Set(asking.documents.map((text) => text.trim()).filter(Boolean))];
  if (asking.conditions.length + documents.length === 0)
    throw new AppError('invalid', '请勾选要补充的条件，或写明要补充的材料');
  if (asking.conditions.length + documents.length > MOST_ASKED || documents.some((text) => text.length > 100))
    throw new AppError('invalid', `一次最多要求补充 ${MOST_ASKED} 项，每项不超过 100 字`);
  await atDesk(db, clock, ref, 'ask', (desk) => {
    const row = rowOf(desk, rowId);
    const verdict = verdictOf(desk, rowId);
    const items = [
      ...asking.conditions.map((id): AskedItem => {
        const found = verdict?.conditions.find((condition) => condition.id === id);
        if (!found) throw new AppError('invalid', '所选条件不在该企业的判定中');
        return { key: `condition:${id}`, label: found.label, answer: null };
      }),
      ...documents.map((label, i): AskedItem => ({ key: `document:${i}`, label, answer: null })),
    ];
    moveRow(desk, row, 'ask', { note: asking.note, detail: { asked: items.map(({ label }) => label) } });
    desk.tx.prepare('UPDATE BatchRow SET asked = ? WHERE id = ?').run(JSON.stringify(items), rowId);
  });
}

function verdictOf(desk: Desk, rowId: number): Verdict | null {
  const { verdict } = desk.tx
    .prepare<{ verdict: string | null }>('SELECT verdict FROM BatchRow WHERE id = ?')
    .get(rowId)!;
  return verdict === null ? null : (JSON.parse(verdict) as Verdict);
}

export interface Supplied {
  /** Answers by key, in words. */
  readonly answers: ReadonlyMap<string, string>;
  /** Files by key. */
  readonly files: ReadonlyMap<string, { readonly name: string; readonly bytes: Uint8Array }>;
}

/**
 * Takes in what was asked for, all of it and nothing else. The conditions asked about are judged anew with the facts
 * of now; all others keep the result they had.
 * @throws AppError `refused` for what was not asked, `invalid` while something is missing
 */
export async function supply(
  db: Db,
  clock: Clock,
  ref: BatchRef,
  rowId: number,
  supplied: Supplied,
): Promise<void> {
  const { row, found } = recheckRow(db, { batchId: ref.batchId, rowId, today: clock.today() });
  const kept = await Promise.all(
    [...supplied.files].map(async ([key, upload]) => [key, await keepFile(db, upload)] as const),
  );
  await atDesk(db, clock, ref, 'supply', (desk) => {
    const asked = JSON.parse(row.asked ?? '[]') as AskedItem[];
    const keys = new Set(asked.map(({ key }) => key));
    for (const key of [...supplied.answers.keys(), ...supplied.files.keys()])
      if (!keys.has(key)) refuse('只能补充所要求的内容，其余已锁定');
    const files = new Map(kept);
    const answered = asked.map((item): AskedItem => {
      const words = supplied.answers.get(item.key)?.trim() ?? '';
      const file = files.get(item.key);
      if (!words && !file) throw new AppError('invalid', `还没有补充“${item.label}”`);
      return { ...item, answer: [words, file?.name].filter(Boolean).join('；') };
    });
    moveRow(desk, row, 'supply', { detail: { answered } });
    desk.tx.prepare('UPDATE BatchRow SET asked = ? WHERE id = ?').run(JSON.stringify(answered), rowId);
    for (const file of files.values()) attach(desk, file, 'evidence', rowId);
    renew(desk, rowId, asked, found);
  });
}

/** Judges the conditions that were asked about anew, and only those. */
function renew(desk: Desk, rowId: number, asked: readonly AskedItem[], found: Checked): void {
  const ids = new Set(
    asked.flatMap(({ key }) => (key.startsWith('condition:') ? [key.slice('condition:'.length)] : [])),
  );
  const before = verdictOf(desk, rowId);
  if (ids.size === 0 || before === null || found.verdict?.rule !== before.rule) return;
  const verdict = withConditions(before, found.verdict, ids);
  desk.tx
    .prepare('UPDATE BatchRow SET verdict = ?, outcome = ?, checkedAt = ? WHERE id = ?')
    .run(JSON.stringify(verdict), verdict.outcome, desk.clock.now(), rowId);
  note(desk, { type: 'check', rowId, detail: { conditions: [...ids], outcome: verdict.outcome } });
}

/** A verdict with some of its conditions taken from a later one; its outcome follows from the whole. */
export function withConditions(before: Verdict, later: Verdict, ids: ReadonlySet<string>): Verdict {
  const conditions = before.conditions.map(
    (condition) =>
      (ids.has(condition.id) ? later.conditions.find(({ id }) => id === condition.id) : null) ?? condition,
  );
  const vetoes = [
    ...before.vetoes.filter(({ id }) => !ids.has(id)),
    ...later.vetoes.filter(({ id }) => ids.has(id)),
  ];
  const results = conditions.map(({ result }) => result);
  const outcome =
    vetoes.length > 0 || results.includes('unmet')
      ? 'ineligible'
      : results.every((result) => result === 'met' || result === 'waived')
        ? 'eligible'
        : 'undetermined';
  const { score } = ids.has('innovation-score') ? later : before;
  return { ...before, conditions, vetoes, outcome, ...(score ? { score } : {}) };
}
