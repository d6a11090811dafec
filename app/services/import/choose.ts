/** Which sheet of a file is the table, where its headers stand, and what it is about. */
import { AppError } from '../errors.ts';
import { cellText, type Cell } from './cells.ts';
import { guessKind, IMPORT_KINDS, planColumns, type ImportKind, type Mapping, type Plan } from './headers.ts';
import type { Sheet } from './source.server.ts';

export interface ChosenTable {
  readonly sheetIndex: number;
  readonly sheet: Sheet;
  /** Index of the header row in the sheet. */
  readonly headerRow: number;
  readonly headers: readonly string[];
  readonly kind: ImportKind;
  readonly plan: Plan;
  /** Data rows at most. */
  readonly total: number;
  readonly otherSheets: readonly string[];
}

const KIND_LABELS: Record<ImportKind, string> = {
  enterprises: '企业',
  figures: '年度数据',
  titles: '称号',
  ip: '知识产权',
  financing: '融资',
  facts: '事实',
};
export const kindLabel = (kind: ImportKind): string => KIND_LABELS[kind];

interface Candidate {
  sheetIndex: number;
  headerRow: number;
  headers: string[];
  score: number;
}

const headersOf = (row: readonly Cell[]) =>
  row.map((cell) => (cell === null ? '' : String(cell).replace(/\s+/g, ' ').trim()));

/** How many headers of a row are understood, as the kind that understands most of them. */
function scoreOf(headers: readonly string[], kind: ImportKind | null, mapping: Mapping | null): number {
  if (mapping?.columns)
    return headers.filter(
      (h) => h !== '' && (h in mapping.columns! || Object.values(mapping.key ?? {}).includes(h)),
    ).length;
  const kinds = kind ? [kind] : IMPORT_KINDS;
  return Math.max(...kinds.map((k) => planColumns(headers, k, null).columns.length));
}

/** The row among the first ones that reads most like headers; titles and notes may stand above it. */
function bestRow(
  sheet: Sheet,
  sheetIndex: number,
  kind: ImportKind | null,
  mapping: Mapping | null,
): Candidate | null {
  let best: Candidate | null = null;
  sheet.head.forEach((row, headerRow) => {
    const headers = headersOf(row);
    const score = scoreOf(headers, kind, mapping);
    if (score > 0 && score > (best?.score ?? 0)) best = { sheetIndex, headerRow, headers, score };
  });
  return best;
}

/**
 * Chooses the table of a file.
 * @throws AppError `invalid` when no row reads like headers, or they do not tell what the table is about
 */
export function chooseTable(
  sheets: readonly Sheet[],
  kind: ImportKind | null,
  mapping: Mapping | null,
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
  if (!found) throw new AppError('invalid', '没有找到可识别的表头；请使用导入模板，或用映射文件说明各列');
  const chosenKind = wanted ?? (mapping?.columns ? 'figures' : guessKind(found.headers));
  if (!chosenKind) {
    throw new AppError(
      'invalid',
      `看不出表的内容，请用 --kind 指明（${IMPORT_KINDS.join('、')}）；表头为：${found.headers.filter(Boolean).join('、')}`,
    );
  }
  const sheet = sheets[found.sheetIndex]!;
  return {
    sheetIndex: found.sheetIndex,
    sheet,
    headerRow: found.headerRow,
    headers: found.headers,
    kind: chosenKind,
    plan: planColumns(found.headers, chosenKind, mapping),
    total: Math.max(0, sheet.count - found.headerRow - 1),
    otherSheets: sheets
      .filter((_, i) => i !== found.sheetIndex)
      .map((s) => s.name ?? '')
      .filter((name) => cellText(name) !== ''),
  };
}
