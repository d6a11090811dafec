/** Rows of a reviewed list as a workbook. */
import type { ExportList } from '../export.server.ts';

export interface ReviewedLine {
  line: number;
  name: string;
  code: string | null;
  region: string | null;
  certificateNo: string | null;
  note: string | null;
  reason: string;
  state: string;
  enterprise: string | null;
  uscc: string | null;
  decidedBy: string | null;
  outcomeText: string | null;
}

export function reviewedList(name: string, rows: Iterable<ReviewedLine>): ExportList<ReviewedLine> {
  return {
    name,
    frozen: 2,
    rows,
    columns: [
      { header: '行', width: 8, value: (row) => row.line, format: '0' },
      { header: '名单所列名称', width: 40, value: (row) => row.name },
      { header: '名单所列代码', width: 22, value: (row) => row.code },
      { header: '地区', width: 14, value: (row) => row.region },
      { header: '证书编号', width: 18, value: (row) => row.certificateNo },
      { header: '比对理由', width: 48, value: (row) => row.reason },
      { header: '状态', width: 14, value: (row) => row.state },
      { header: '园区企业', width: 40, value: (row) => row.enterprise },
      { header: '统一社会信用代码', width: 22, value: (row) => row.uscc },
      { header: '经办', width: 12, value: (row) => row.decidedBy },
      { header: '登记结果', width: 40, value: (row) => row.outcomeText },
      { header: '名单备注', width: 30, value: (row) => row.note },
    ],
  };
}
