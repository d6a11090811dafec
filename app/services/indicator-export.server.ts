/** The indicators as a workbook: as printed on the page, with what each counts. */
import type { ExportList } from './export.server.ts';

export interface IndicatorRow {
  readonly group: string;
  readonly label: string;
  readonly natureLabel: string;
  readonly days: string;
  readonly number: string;
  readonly unit: string;
  readonly known: boolean;
  readonly yearBase: string | null;
  readonly yearChange: { readonly text: string; readonly why: string | null };
  readonly previousChange: { readonly text: string } | null;
  readonly wider: { readonly text: string; readonly share: string } | null;
  readonly target: { readonly text: string; readonly completion: string; readonly remaining: string } | null;
  readonly rates: readonly { readonly name: string; readonly text: string }[];
  readonly scope: string;
  readonly source: string;
}

/** Figures stay numbers in the workbook; what is no figure stays its word. */
const cell = ({ known, number }: IndicatorRow): string | number => {
  const value = Number(number.replaceAll(',', '').replace('−', '-'));
  return known && Number.isFinite(value) ? value : number;
};

export const indicatorList = (rows: Iterable<IndicatorRow>): ExportList<IndicatorRow> => ({
  name: '指标',
  frozen: 2,
  rows,
  columns: [
    { header: '类别', width: 14, value: (row) => row.group },
    { header: '指标', width: 32, value: (row) => row.label },
    { header: '性质', width: 10, value: (row) => row.natureLabel },
    { header: '期间', width: 20, value: (row) => row.days },
    { header: '数值', width: 14, value: cell, format: '#,##0.######' },
    { header: '单位', width: 8, value: (row) => row.unit },
    { header: '上年同期', width: 14, value: (row) => row.yearBase },
    { header: '同比', width: 12, value: (row) => row.yearChange.why ?? row.yearChange.text },
    { header: '环比', width: 12, value: (row) => row.previousChange?.text ?? '不计' },
    { header: '全区', width: 12, value: (row) => row.wider?.text ?? null },
    { header: '占全区', width: 10, value: (row) => row.wider?.share ?? null },
    { header: '目标', width: 12, value: (row) => row.target?.text ?? null },
    { header: '完成率', width: 10, value: (row) => row.target?.completion ?? null },
    { header: '差额', width: 14, value: (row) => row.target?.remaining ?? null },
    {
      header: '按分母',
      width: 24,
      value: (row) => row.rates.map(({ name, text }) => `${name}：${text}`).join('；') || null,
    },
    { header: '范围', width: 30, value: (row) => row.scope },
    { header: '来源', width: 30, value: (row) => row.source },
  ],
});
