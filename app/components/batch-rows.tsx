import type { BatchPage, BatchRowLine } from '../queries/batch-page.server.ts';
import { Gaps, RowState } from './batch-parts.tsx';
import { OutcomeChip } from './chips.tsx';
import { Icon } from './icons.tsx';
import { A } from './link.tsx';
import type { Column } from './table.tsx';
import { Blank } from './values.tsx';

/** Whether a step of an enterprise is open to whoever looks. */
export const isOpen = (row: BatchRowLine, type: string) =>
  row.offers.some((offer) => offer.type === type && offer.reason === null);

/** Rows that a button of the bar may concern. */
export const selectable = (row: BatchRowLine) => row.state === 'in' || isOpen(row, 'hold');

/** The columns of the enterprises of a batch. */
export function batchColumns(
  batch: BatchPage,
  boxes: boolean,
  chosen: ReadonlySet<number>,
): readonly Column<BatchRowLine>[] {
  const after = batch.rows.some((row) => row.submitEventId !== null);
  return [
    {
      key: 'name',
      label: '企业名称',
      pin: true,
      cell: (row) => (
        <span className="flex items-center gap-2">
          {boxes && (
            <input
              type="checkbox"
              name="row"
              value={row.id}
              aria-label={`选择 ${row.name}`}
              defaultChecked={chosen.has(row.id)}
              disabled={!selectable(row)}
            />
          )}
          <span className="inline-block w-7 text-right text-xs text-ink-3">{row.rank ?? '—'}</span>
          <A to={`/batches/${batch.id}/rows/${row.id}`}>{row.name}</A>
        </span>
      ),
    },
    { key: 'state', label: '状态', cell: (row) => <RowState state={row.state} label={row.stateLabel} /> },
    {
      key: 'outcome',
      label: '判定',
      cell: (row) => (
        <span className="flex items-center gap-1.5">
          {row.outcome === null ? <Blank says="没有适用的规则" /> : <OutcomeChip outcome={row.outcome} />}
          {row.frozenAt !== null && <span className="text-xs whitespace-nowrap text-ink-3">已定格</span>}
          {row.factsChanged && row.frozenAt === null && (
            <span className="chip bg-unknown-soft text-unknown">数据有变化</span>
          )}
        </span>
      ),
    },
    {
      key: 'gaps',
      label: '未达到或待定',
      cell: (row) => <Gaps gaps={row.gaps} judged={row.outcome !== null} />,
    },
    {
      key: 'why',
      label: '原因与说明',
      wrap: true,
      cell: (row) =>
        [row.why, row.override && `越过判定：${row.override}`].filter(Boolean).join('；') || null,
    },
    {
      key: 'steward',
      label: '管家',
      cell: (row) =>
        row.confirmedName !== null ? (
          <span className="whitespace-nowrap text-met">
            <Icon name="met" className="mark" /> {row.confirmedName} 已确认
          </span>
        ) : (
          row.stewards.join('、') || <Blank says="未分配" />
        ),
    },
    ...(after
      ? [
          {
            key: 'result',
            label: '结果',
            cell: (row: BatchRowLine) =>
              row.result ? (
                <span className="whitespace-nowrap">
                  {row.result.label} <time className="text-ink-3">{row.result.on}</time>
                </span>
              ) : row.submitEventId !== null ? (
                <span className="whitespace-nowrap text-ink-3">待结果</span>
              ) : null,
          },
        ]
      : []),
    { key: 'uscc', label: '统一社会信用代码', cell: (row) => <span className="font-mono">{row.uscc}</span> },
  ];
}
