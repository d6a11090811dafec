/** Movements, certificates by their end and what is to be done, as workbooks. */
import type { ExportList } from './export.server.ts';

const COUNT = '0';

export interface MovementLine {
  label: string;
  [column: string]: number | string;
}

/** Both tables in one sheet, told apart by their first column. */
export function movementList(
  columns: readonly { id: string; label: string }[],
  rows: Iterable<MovementLine & { counted: string }>,
): ExportList<MovementLine & { counted: string }> {
  return {
    name: '梯队变动表',
    frozen: 2,
    rows,
    columns: [
      { header: '计法', width: 14, value: (row) => row.counted },
      { header: '称号', width: 14, value: (row) => row.label },
      ...columns.map(({ id, label }) => ({
        header: label,
        value: (row: MovementLine) => row[id] ?? null,
        format: COUNT,
      })),
    ],
  };
}

export interface MovementEntryLine {
  name: string;
  uscc: string;
  label: string;
  fromOn: string;
  toOn: string | null;
}

export function movementCellList(
  name: string,
  rows: Iterable<MovementEntryLine>,
): ExportList<MovementEntryLine> {
  return {
    // A sheet's name takes none of these signs and at most 31 characters.
    name: name.replace(/[\\/?*[\]:：]/g, ' ').slice(0, 31),
    frozen: 1,
    rows,
    columns: [
      { header: '企业名称', width: 36, value: (row) => row.name },
      { header: '统一社会信用代码', width: 22, value: (row) => row.uscc },
      { header: '称号', width: 14, value: (row) => row.label },
      { header: '计入之日', width: 12, value: (row) => row.fromOn },
      { header: '不再计入之日', width: 14, value: (row) => row.toOn },
    ],
  };
}

export interface ExpiryLine {
  name: string;
  uscc: string;
  park: string | null;
  schemeLabel: string;
  no: string | null;
  grantedOn: string | null;
  validUntil: string;
  daysLeft: number;
  renewFrom: string | null;
  renewal: string | null;
}

export function expiryList(rows: Iterable<ExpiryLine>): ExportList<ExpiryLine> {
  return {
    name: '到期',
    frozen: 1,
    rows,
    columns: [
      { header: '企业名称', width: 36, value: (row) => row.name },
      { header: '统一社会信用代码', width: 22, value: (row) => row.uscc },
      { header: '所属园区', width: 16, value: (row) => row.park },
      { header: '称号', width: 14, value: (row) => row.schemeLabel },
      { header: '证书编号', width: 22, value: (row) => row.no },
      { header: '发证日期', width: 12, value: (row) => row.grantedOn },
      { header: '有效期至', width: 12, value: (row) => row.validUntil },
      { header: '剩余（天）', value: (row) => row.daysLeft, format: COUNT },
      { header: '续期准备自', width: 12, value: (row) => row.renewFrom },
      { header: '续期进度', width: 14, value: (row) => row.renewal },
    ],
  };
}
