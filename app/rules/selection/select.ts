import { addDays, type Day } from '../day.ts';
import type { Action } from '../engine/types.ts';
import { schemeLabel } from '../schemes.ts';
import { SELECTION, type SelectionRow } from './table.ts';

export interface Selection {
  readonly ok: true;
  readonly rule: string;
  readonly row: SelectionRow;
}
export interface NoSelection {
  readonly ok: false;
  /** Why there is no answer, in Chinese. */
  readonly reason: string;
}

const ACTION_WORDS: Readonly<Record<Action, string>> = {
  new: '新申请',
  renewal: '复核（重新认定）',
  annual: '年度评价',
};

/**
 * The one rule version for a scheme, action, application day and place (division code; null: the national rule).
 * The most specific region wins; no row, or two equally specific ones, is a reasoned refusal and never a guess.
 */
export function selectRule(
  scheme: string,
  action: Action,
  on: Day,
  division: string | null = null,
  table = SELECTION,
): Selection | NoSelection {
  const rows = table.filter(
    (row) =>
      row.scheme === scheme &&
      row.actions.includes(action) &&
      (row.from === null || row.from <= on) &&
      (row.to === null || row.to >= on) &&
      (row.region === '' || (division ?? '').startsWith(row.region)),
  );
  const what = `${schemeLabel(scheme)}（${ACTION_WORDS[action]}，${on}）`;
  if (rows.length === 0) return { ok: false, reason: `${what}没有适用的规则版本` };
  const longest = Math.max(...rows.map((row) => row.region.length));
  const [row, second] = rows.filter((r) => r.region.length === longest);
  if (second) return { ok: false, reason: `${what}有两个版本同时适用：${row!.rule}、${second.rule}` };
  return { ok: true, rule: row!.rule, row: row! };
}

/** Last day on which the same selection holds: the day before another row begins or this one ends. */
export function selectionHoldsUntil(scheme: string, action: Action, on: Day, table = SELECTION): Day | null {
  const ends = table
    .filter((row) => row.scheme === scheme && row.actions.includes(action))
    .flatMap((row) => [
      row.from !== null && row.from > on ? addDays(row.from, -1) : null,
      row.to !== null && row.to >= on ? row.to : null,
    ]);
  return ends.filter((day) => day !== null).sort()[0] ?? null;
}
