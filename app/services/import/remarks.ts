/** What an import's page says of single rows and columns: the first of each kind; all refused rows are in the workbook. */
import { cellText, type Cell } from './cells.ts';
import type { ChosenTable } from './choose.ts';
import { isKnownExtra } from './rows.ts';
import type { RowOutcome } from './write.server.ts';

export interface RowRemark {
  /** Line or row in the file, from 1. */
  readonly line: number;
  /** The name or code that the row gives; empty where it gives none. */
  readonly who: string;
  readonly reason: string;
}

export interface ImportRemarks {
  readonly rejected: readonly RowRemark[];
  /** Rows that were taken although something about them is doubtful. */
  readonly doubtful: readonly RowRemark[];
  /** Headers that were kept without being understood. */
  readonly unknownHeaders: readonly string[];
  readonly otherSheets: readonly string[];
}

const KEPT = 50;

/** Collects the remarks of one import. */
export function createRemarks(table: ChosenTable) {
  const rejected: RowRemark[] = [];
  const doubtful: RowRemark[] = [];
  const named = ['name', 'uscc', 'listing.code'].flatMap((key) =>
    table.plan.columns.filter((c) => c.targets.some((t) => t.scope === 'key' && t.field.key === key)),
  );
  const who = (cells: readonly Cell[]) =>
    named.map((column) => cellText(cells[column.index] ?? null)).find((text) => text !== '') ?? '';
  const all: ImportRemarks = {
    rejected,
    doubtful,
    unknownHeaders: table.plan.unknown.map((c) => c.header).filter((header) => !isKnownExtra(header)),
    otherSheets: table.otherSheets,
  };
  const note = (row: { line: number; cells: readonly Cell[] }, outcome: RowOutcome) => {
    if (outcome.outcome === 'empty') return;
    const refused = outcome.outcome === 'rejected';
    const list = refused ? rejected : doubtful;
    const reason = refused ? outcome.reason : [...new Set(outcome.doubts)].join('；');
    if (reason !== '' && list.length < KEPT) list.push({ line: row.line, who: who(row.cells), reason });
  };
  return { all, note };
}

/** Remarks as they are kept with an import; null for one that has none on record. */
export const readRemarks = (stored: string | null): ImportRemarks | null =>
  stored === null ? null : (JSON.parse(stored) as ImportRemarks);
