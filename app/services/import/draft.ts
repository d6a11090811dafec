/** What one row says, collected cell by cell before it is judged as a whole. */
import { KEY_FIELDS } from '../../rules/facts/fields.ts';
import { tidyName } from '../../rules/facts/name.ts';
import type { Source } from '../../rules/facts/schema.ts';
import { cellText, readCell, type Cell } from './cells.ts';
import type { Column, Target } from './headers.ts';

/** Known remarks of published tables, in words. */
const QUALITY_FLAGS: Readonly<Record<string, string>> = {
  revenue_differs_from_total: '营业收入与营业总收入相差过大，可能误读了母公司口径',
  rd_staff_pct_mismatch: '研发人员数与所报占比对不上',
  rd_exceeds_revenue: '研发费用大于收入',
  rd_staff_exceeds_employees: '研发人员数大于职工总数',
  revenue_negative: '营业收入为负',
  net_assets_negative: '净资产为负',
};

export interface Draft {
  readonly key: { uscc?: string; stockCode?: string; name?: string };
  readonly enterprise: Record<string, unknown>;
  readonly years: Record<string, Record<string, unknown>>;
  readonly conversions: Record<string, unknown>;
  readonly item: Record<string, unknown>;
  readonly liabilities: { current?: string; nonCurrent?: string };
  readonly flags: { field: string; year: string | null; message: string }[];
  year: string | null;
  source: Source | null;
  knownAt: string | null;
  readonly reasons: string[];
}

/** Nothing said yet. @param year the year fixed for all rows, or null */
export const emptyDraft = (year: string | null): Draft => ({
  key: {},
  enterprise: {},
  years: {},
  conversions: {},
  item: {},
  liabilities: {},
  flags: [],
  year,
  source: null,
  knownAt: null,
  reasons: [],
});

/** Sets `a.b` in a nested object unless something stands there (the first column of a meaning has precedence). */
export function setPath(object: Record<string, unknown>, path: string, value: unknown): void {
  const dot = path.indexOf('.');
  if (dot < 0) {
    object[path] ??= value;
    return;
  }
  const inner = (object[path.slice(0, dot)] ??= {}) as Record<string, unknown>;
  inner[path.slice(dot + 1)] ??= value;
}

function takeKey(draft: Draft, field: string, cell: Cell): void {
  if (field === 'name') draft.key.name ??= tidyName(String(cell));
  else if (field === 'uscc') {
    const read = readCell(cell, KEY_FIELDS[0]!, 0);
    if (read.ok) draft.key.uscc ??= read.value as string;
    else draft.reasons.push(`统一社会信用代码：${read.reason}`);
  } else draft.key.stockCode ??= cellText(cell);
}

/** Takes one cell for one of its column's meanings; what cannot be read becomes a reason. */
export function takeTarget(draft: Draft, column: Column, target: Target, cell: Cell): void {
  const { scope, field } = target;
  if (scope === 'flags') {
    for (const code of cellText(cell).split(/[;；,，|\s]+/)) {
      if (code !== '') draft.flags.push({ field: '', year: null, message: QUALITY_FLAGS[code] ?? code });
    }
    return;
  }
  const read = readCell(cell, field, column.unit);
  if (!read.ok) {
    draft.reasons.push(`${column.header}：${read.reason}`);
    return;
  }
  const value = read.value;
  if (read.flag)
    draft.flags.push({ field: field.key, year: target.year ?? null, message: `${field.label}${read.flag}` });
  if (scope === 'key') takeKey(draft, field.key, field.type === 'text' ? (value as string) : cell);
  else if (scope === 'row') {
    if (field.key === 'year') draft.year ??= value as string;
    else if (field.key === 'source') draft.source ??= value as Source;
    else draft.knownAt ??= value as string;
  } else if (scope === 'liabilities')
    draft.liabilities[field.key as 'current' | 'nonCurrent'] ??= value as string;
  else if (scope === 'enterprise') setPath(draft.enterprise, field.key, value);
  else if (scope === 'item') draft.item[field.key] ??= value;
  else takeFigure(draft, target, value);
}

/** `''` stands for the row's own year, which may come in a later column. */
function takeFigure(draft: Draft, target: Target, value: unknown): void {
  const year = target.year ?? '';
  if (target.field.key === 'conversions') draft.conversions[year] ??= value;
  else setPath((draft.years[year] ??= {}), target.field.key, value);
}

/** Decimal texts added exactly. */
function addDecimals(a: string, b: string): string {
  const places = Math.max(...[a, b].map((text) => (text.split('.')[1] ?? '').length));
  const scaled = (text: string) =>
    BigInt(text.replace('.', '') + '0'.repeat(places - (text.split('.')[1] ?? '').length));
  const sum = scaled(a) + scaled(b);
  if (places === 0) return String(sum);
  const digits = String(sum < 0n ? -sum : sum).padStart(places + 1, '0');
  return `${sum < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Adds up parts, and gives the figures without a year in their head the row's own. */
export function finishYears(draft: Draft): void {
  const { current, nonCurrent } = draft.liabilities;
  if (current !== undefined && nonCurrent !== undefined) {
    const own = (draft.years[''] ??= {});
    own.totalLiabilities ??= addDecimals(current, nonCurrent);
  }
  for (const collected of [draft.years, draft.conversions] as Record<string, unknown>[]) {
    const own = collected[''];
    if (own === undefined) continue;
    delete collected[''];
    if (draft.year === null) draft.reasons.push('缺少年度');
    else if (typeof own === 'object')
      collected[draft.year] = { ...(own as object), ...(collected[draft.year] as object) };
    else collected[draft.year] ??= own;
  }
}
