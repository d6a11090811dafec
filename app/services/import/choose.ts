/** Which sheet of a file is the table, where its headers stand, and what it is about. */
import { AppError } from '../errors.ts';
import { cellText } from './cells.ts';
import { headersOf, isUnitLine, joinHeads, unitAbove, withTableUnit, withUnits } from './head-lines.ts';
import {
  guessKind,
  IMPORT_KINDS,
  mappedUnit,
  planColumns,
  type ImportKind,
  type Mapping,
  type Plan,
} from './headers.ts';
import type { Sheet } from './source.server.ts';

export interface ChosenTable {
  readonly sheetIndex: number;
  readonly sheet: Sheet;
  /** Index of the last line of headers in the sheet. */
  readonly headerRow: number;
  readonly headers: readonly string[];
  /** Headers of amounts whose unit nobody gave; they are read as 元. */
  readonly unitless: readonly string[];
  readonly kind: ImportKind;
  readonly plan: Plan;
  /** Data rows at most. */
  readonly total: number;
  readonly otherSheets: readonly string[];
}

/** The kind under which values of indicators are on record; their table has columns of its own. */
export const INDICATOR_VALUES = 'indicators';

const KIND_LABELS: Record<ImportKind | typeof INDICATOR_VALUES, string> = {
  [INDICATOR_VALUES]: '指标数值',
  enterprises: '企业',
  figures: '年度数据',
  titles: '称号',
  ip: '知识产权',
  financing: '融资',
  facts: '事实',
};
export const kindLabel = (kind: keyof typeof KIND_LABELS): string => KIND_LABELS[kind];

/** How the refusal of a table without a unit begins: a page shows it at its own field. */
export const UNIT_MISSING = '没有写明金额单位';

/** The refusal of a table whose amounts could be 元 as well as 万元. */
export const unitMissing = (headers: readonly string[]): AppError =>
  new AppError(
    'invalid',
    `${UNIT_MISSING}：${headers.join('、')}。请在“金额单位”中选定，或在表头写明，如“营业收入（万元）”`,
  );

const NO_HEADERS =
  '没有找到可识别的表头。请核对文件是不是企业名录或数据表，表头写明“企业名称”“统一社会信用代码”等；也可以下载模板，把数据贴进去';

interface Candidate {
  sheetIndex: number;
  /** Index of the last line of headers. */
  headerRow: number;
  headers: string[];
  score: number;
  /** Places by which amounts are moved whose header names no unit, as noted above the table. */
  unit: number | null;
}

/** How many headers of a row are understood, as the kind that understands most of them. */
function scoreOf(headers: readonly string[], kind: ImportKind | null, mapping: Mapping | null): number {
  if (mapping?.columns)
    return headers.filter(
      (h) => h !== '' && (h in mapping.columns! || Object.values(mapping.key ?? {}).includes(h)),
    ).length;
  const kinds = kind ? [kind] : IMPORT_KINDS;
  return Math.max(...kinds.map((k) => planColumns(headers, k, null).columns.length));
}

/** The lines among the first ones that read most like headers; titles and notes may stand above them. */
function bestRow(
  sheet: Sheet,
  sheetIndex: number,
  kind: ImportKind | null,
  mapping: Mapping | null,
): Candidate | null {
  let best: Candidate | null = null;
  const take = (headers: string[], headerRow: number, first: number) => {
    const score = scoreOf(headers, kind, mapping);
    if (score === 0 || score <= (best?.score ?? 0)) return;
    best = { sheetIndex, headerRow, headers, score, unit: unitAbove(sheet.head.slice(0, first)) };
  };
  sheet.head.forEach((row, at) => take(headersOf(row), at, at));
  // Two lines count as one header only where they say more together than either does alone.
  if (!mapping?.columns)
    sheet.head
      .slice(1)
      .forEach((lower, above) => take(joinHeads(sheet.head[above]!, lower), above + 1, above));
  return best && (mapping?.columns ? best : underUnits(best, sheet));
}

/** A line of units under the headers belongs to them. */
function underUnits(found: Candidate, sheet: Sheet): Candidate {
  const below = sheet.head[found.headerRow + 1];
  if (!below || !isUnitLine(below)) return found;
  return { ...found, headerRow: found.headerRow + 1, headers: withUnits(found.headers, below) };
}

/**
 * Chooses the table of a file.
 * @param unit places by which amounts are moved whose header names no unit, where neither the table nor the mapping says
 * @throws AppError `invalid` when no row reads like headers, or they do not tell what the table is about
 */
export function chooseTable(
  sheets: readonly Sheet[],
  kind: ImportKind | null,
  mapping: Mapping | null,
  unit: number | null = null,
): ChosenTable {
  if (mapping?.sheet && !sheets.some((s) => s.name === mapping.sheet)) {
    throw new AppError('invalid', `映射文件有误：没有工作表“${mapping.sheet}”`);
  }
  const wanted = kind ?? mapping?.kind ?? null;
  let best: Candidate | null = null;
  sheets.forEach((sheet, index) => {
    if (mapping?.sheet && sheet.name !== mapping.sheet) return;
    const candidate = bestRow(sheet, index, wanted, mapping);
    if (candidate && candidate.score > (best?.score ?? 0)) best = candidate;
  });
  const found = best as Candidate | null;
  if (!found) throw new AppError('invalid', NO_HEADERS);
  const chosenKind = wanted ?? (mapping?.columns ? 'figures' : guessKind(found.headers));
  if (!chosenKind) {
    throw new AppError(
      'invalid',
      `看不出表的内容，请用 --kind 指明（${IMPORT_KINDS.join('、')}）；表头为：${found.headers.filter(Boolean).join('、')}`,
    );
  }
  const sheet = sheets[found.sheetIndex]!;
  const tableUnit = mappedUnit(mapping) ?? found.unit ?? unit;
  const plan = planColumns(found.headers, chosenKind, mapping, tableUnit);
  return {
    sheetIndex: found.sheetIndex,
    sheet,
    headerRow: found.headerRow,
    headers: withTableUnit(found.headers, plan.unitless, tableUnit),
    kind: chosenKind,
    plan,
    unitless: tableUnit === null ? plan.unitless : [],
    total: Math.max(0, sheet.count - found.headerRow - 1),
    otherSheets: sheets
      .filter((_, i) => i !== found.sheetIndex)
      .map((s) => s.name ?? '')
      .filter((name) => cellText(name) !== ''),
  };
}
