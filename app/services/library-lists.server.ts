/** Libraries and lists as workbooks: the columns of the page. */
import { SCHEME_BY_ID } from '../rules/schemes.ts';
import type { ExportList } from './export.server.ts';

export interface LibraryLine {
  name: string;
  uscc: string;
  park: string | null;
  tier: string | null;
  since: string;
  why: string | null;
  rule: string | null;
  outcome: string | null;
  unmet: number | null;
  gaps: readonly { label: string; result: string }[];
  stewards: readonly string[];
  contact: { onDay: string; kind: string } | null;
  next: { action: string; on: string; daysLeft: number } | null;
  underway: string | null;
}

const OUTCOME: Readonly<Record<string, string>> = {
  eligible: '符合',
  ineligible: '不符合',
  undetermined: '待定',
};

export function libraryList(name: string, rows: Iterable<LibraryLine>): ExportList<LibraryLine> {
  const of = (row: LibraryLine, result: string) =>
    row.gaps
      .filter((gap) => gap.result === result)
      .map(({ label }) => label)
      .join('；') || null;
  return {
    name,
    frozen: 2,
    rows,
    columns: [
      { header: '企业名称', width: 36, value: (row) => row.name },
      { header: '统一社会信用代码', width: 22, value: (row) => row.uscc },
      {
        header: '最高称号',
        width: 12,
        value: (row) => (row.tier === null ? null : (SCHEME_BY_ID.get(row.tier)?.short ?? row.tier)),
      },
      { header: '所属园区', width: 16, value: (row) => row.park },
      { header: '进入日期', width: 12, value: (row) => row.since },
      { header: '进入时的理由', width: 40, value: (row) => row.why },
      { header: '现时判定', value: (row) => OUTCOME[row.outcome ?? ''] ?? null },
      { header: '规则版本', width: 14, value: (row) => row.rule },
      { header: '未达到（项）', value: (row) => row.unmet, format: '0' },
      { header: '未达到的条件', width: 40, value: (row) => of(row, 'unmet') },
      { header: '缺数据的条件', width: 40, value: (row) => of(row, 'unknown') },
      { header: '申报进度', value: (row) => row.underway },
      { header: '管家', width: 16, value: (row) => row.stewards.join('、') || null },
      { header: '最近联系', width: 12, value: (row) => row.contact?.onDay ?? null },
      { header: '联系方式', value: (row) => row.contact?.kind ?? null },
      { header: '下一步', width: 30, value: (row) => row.next?.action ?? null },
      { header: '下一步日期', width: 12, value: (row) => row.next?.on ?? null },
      {
        header: '逾期（天）',
        value: (row) => (row.next && row.next.daysLeft < 0 ? -row.next.daysLeft : null),
        format: '0',
      },
    ],
  };
}
