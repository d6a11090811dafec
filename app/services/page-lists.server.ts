/** The lists of pages as workbooks: the same columns as on screen, labels instead of codes. */
import { industrySection } from '../rules/facts/sections.ts';
import { SOURCE_LABELS } from '../rules/facts/sources.ts';
import type { Source } from '../rules/facts/vocabulary.ts';
import { SCHEME_BY_ID } from '../rules/schemes.ts';
import { MONEY_FORMAT, PERCENT_FORMAT, type ExportList } from './export.server.ts';

const label = (scheme: string | null): string | null =>
  scheme === null ? null : (SCHEME_BY_ID.get(scheme)?.short ?? scheme);

/** 分 as 万元, exact: the cell's format shows two decimals, and the list can be imported again without loss. */
const wan = (fen: number | null) => (fen === null ? null : fen / 1e6);

export interface EnterpriseLine {
  name: string;
  uscc: string;
  park: string | null;
  industry: string | null;
  registeredOn: string | null;
  stockCode: string | null;
  tier: string | null;
  titles: readonly string[];
  year: number | null;
  employees: number | null;
  revenue: number | null;
  rdExpense: number | null;
}

export function enterpriseList(rows: Iterable<EnterpriseLine>): ExportList<EnterpriseLine> {
  return {
    name: '企业',
    frozen: 2,
    rows,
    columns: [
      { header: '企业名称', width: 36, value: (row) => row.name },
      { header: '统一社会信用代码', width: 22, value: (row) => row.uscc },
      { header: '最高称号', width: 12, value: (row) => label(row.tier) },
      { header: '有效称号', width: 28, value: (row) => row.titles.map(label).join('、') || null },
      { header: '行业代码', value: (row) => row.industry },
      { header: '行业门类', width: 24, value: (row) => industrySection(row.industry)?.label ?? null },
      { header: '所属园区', width: 16, value: (row) => row.park },
      { header: '成立日期', width: 12, value: (row) => row.registeredOn },
      { header: '股票代码', value: (row) => row.stockCode },
      { header: '最新年度', value: (row) => row.year, format: '0' },
      { header: '销售收入（万元）', width: 16, value: (row) => wan(row.revenue), format: MONEY_FORMAT },
      { header: '研发费用（万元）', width: 16, value: (row) => wan(row.rdExpense), format: MONEY_FORMAT },
      {
        header: '研发占比',
        value: (row) => (row.revenue && row.rdExpense !== null ? row.rdExpense / row.revenue : null),
        format: PERCENT_FORMAT,
      },
      {
        header: '职工总数（人）',
        value: (row) => (row.employees === null ? null : row.employees / 100),
        format: '0.##',
      },
    ],
  };
}

const FILTER_WORDS: Readonly<Record<string, string>> = {
  q: '搜索',
  tier: '最高称号',
  title: '有效称号',
  section: '行业门类',
  stage: '阶段',
  expiring: '几天内到期',
  gap: '数据缺口',
  presence: '是否在册',
};

/** The filters in force, a line each. */
export const filterLines = (query: URLSearchParams): string[] =>
  Object.entries(FILTER_WORDS).flatMap(([key, words]) => {
    const value = query.get(key);
    return value ? [`${words}：${key === 'tier' || key === 'title' ? label(value) : value}`] : [];
  });

export interface CandidateLine {
  name: string;
  uscc: string;
  park: string | null;
  tier: string | null;
  rule: string;
  met: number;
  unmet: number;
  unknown: number;
  manual: number;
  holdsUntil: string;
  titleUntil: string | null;
  stewards: readonly string[];
  lastContact: string | null;
  figuresOf: number | null;
  weakFigure: string | null;
  weakSource: string | null;
  gaps: readonly { label: string; result: string; gap: number | null; unit: string | null }[];
}

const gapsOf = (row: CandidateLine, result: string): string | null =>
  row.gaps
    .filter((gap) => gap.result === result)
    .map((gap) => gap.label + (gap.gap === null ? '' : `（差 ${measured(gap.gap, gap.unit)}）`))
    .join('；') || null;

/** A gap as text; already rounded up where it was judged. */
function measured(gap: number, unit: string | null): string {
  if (unit === 'CNY') return `${(Math.ceil(gap / 100) / 100).toLocaleString('en-US')} 万元`;
  if (unit === 'ratio') return `${Math.ceil(gap * 1e4 - 1e-6) / 100} 个百分点`;
  return String(gap);
}

const sourceOf = (source: string | null) => (source && SOURCE_LABELS[source as Source]) || '未注明';

export function candidateList(name: string, rows: Iterable<CandidateLine>): ExportList<CandidateLine> {
  return {
    name,
    frozen: 2,
    rows,
    columns: [
      { header: '企业名称', width: 36, value: (row) => row.name },
      { header: '统一社会信用代码', width: 22, value: (row) => row.uscc },
      { header: '最高称号', width: 12, value: (row) => label(row.tier) },
      { header: '所属园区', width: 16, value: (row) => row.park },
      { header: '达到（项）', value: (row) => row.met, format: '0' },
      { header: '未达到（项）', value: (row) => row.unmet, format: '0' },
      { header: '缺数据（项）', value: (row) => row.unknown, format: '0' },
      { header: '待人工判断（项）', value: (row) => row.manual, format: '0' },
      { header: '未达到的条件与差距', width: 60, value: (row) => gapsOf(row, 'unmet') },
      { header: '缺数据的条件', width: 40, value: (row) => gapsOf(row, 'unknown') },
      { header: '待人工判断的条件', width: 40, value: (row) => gapsOf(row, 'manual') },
      {
        header: '数据年度',
        width: 18,
        value: (row) => (row.figuresOf ? `按 ${row.figuresOf} 年度预判` : null),
      },
      {
        header: '最弱数据来源',
        width: 28,
        value: (row) => row.weakFigure && `${sourceOf(row.weakSource)}（${row.weakFigure}）`,
      },
      { header: '最近到期称号', width: 14, value: (row) => row.titleUntil },
      { header: '管家', width: 16, value: (row) => row.stewards.join('、') || null },
      { header: '最近联系', width: 12, value: (row) => row.lastContact },
      { header: '规则版本', width: 14, value: (row) => row.rule },
      { header: '结论有效至', width: 12, value: (row) => row.holdsUntil },
    ],
  };
}

export interface FunnelLine {
  label: string;
  cells: readonly { column: string; count: number }[];
}

export function funnelList(
  columns: readonly { id: string; label: string }[],
  rows: Iterable<FunnelLine>,
): ExportList<FunnelLine> {
  return {
    name: '漏斗',
    frozen: 1,
    rows,
    columns: [
      { header: '称号', width: 18, value: (row) => row.label },
      ...columns.map(({ id, label: header }) => ({
        header: `${header}（家）`,
        value: (row: FunnelLine) => row.cells.find((cell) => cell.column === id)?.count ?? 0,
        format: '0',
      })),
    ],
  };
}
