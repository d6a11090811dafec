import type { TargetLine } from '../queries/indicator-page.server.ts';
import { ButtonLink } from './button.tsx';
import { forecastWords } from './forecast-view.tsx';
import { DefinitionLink, FigureText, IndicatorName, TargetBar } from './indicator-cells.tsx';
import { A } from './link.tsx';
import { EmptyState, PageHead } from './page.tsx';
import { PrintButton } from './print-button.tsx';
import { DataTable, type Column } from './table.tsx';

const COLUMNS: readonly Column<TargetLine>[] = [
  {
    key: 'label',
    label: '指标',
    pin: true,
    cell: ({ line }) => <IndicatorName id={line.id} label={line.label} />,
  },
  {
    key: 'days',
    label: '目标期间、依据',
    cell: ({ line }) => (
      <>
        {line.target!.days}（{line.target!.name}）
        <small className="block max-w-40 whitespace-normal text-ink-3">{line.target!.reference}</small>
      </>
    ),
  },
  {
    key: 'value',
    label: '现值',
    num: true,
    cell: ({ line }) => (
      <>
        <FigureText line={line} />
        <small className="block text-ink-3">{line.days}</small>
      </>
    ),
  },
  {
    key: 'target',
    label: '目标',
    num: true,
    cell: ({ line }) => (
      <>
        {line.target!.text}
        {line.target!.growth && <small className="block text-ink-3">{line.target!.growth}</small>}
      </>
    ),
  },
  {
    key: 'done',
    label: '完成率',
    num: true,
    cell: ({ line }) => (
      <span className="inline-grid w-20 leading-tight">
        {line.target!.completion}
        <TargetBar target={line.target!} />
        {line.target!.progress && <small className="text-ink-3">{line.target!.progress}</small>}
      </span>
    ),
  },
  {
    key: 'left',
    label: '差额',
    cell: ({ line }) => (
      <span className={line.target!.reached ? 'text-met' : ''}>{line.target!.remaining}</span>
    ),
  },
  {
    key: 'forecast',
    label: '期末预测',
    cell: ({ line, forecast }) =>
      forecast ? (
        <A to={`/indicators/${encodeURIComponent(line.id)}`}>{forecastWords(forecast)}</A>
      ) : (
        <span className="text-ink-3">不推算</span>
      ),
  },
  {
    key: 'definition',
    label: '口径',
    cell: ({ line }) => <DefinitionLink id={line.id} label={line.label} />,
  },
];

/** Targets in force, how far they are reached, and what the end may bring. */
export function TargetsView({
  rows,
  asOf,
  where,
}: {
  rows: readonly TargetLine[];
  asOf: string;
  where: string;
}) {
  return (
    <>
      <PageHead
        title="目标与预测"
        before={<A to="/indicators">指标</A>}
        asOf={asOf}
        basis={`${where}；完成率为现值比目标；预测只对称号存量，由在途申报和期内到期的称号推算`}
      >
        <ButtonLink to="/definitions">口径登记簿</ButtonLink>
        <PrintButton />
      </PageHead>
      <DataTable
        caption="目标与预测"
        flow
        columns={COLUMNS}
        rows={rows}
        rowKey={({ line }) => line.id}
        empty={
          <EmptyState title="截至日没有在期的目标">
            在 <A to="/indicators">指标</A> 里打开一项，点“设目标”。
          </EmptyState>
        }
      />
    </>
  );
}
