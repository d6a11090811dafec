import type { BatchLine } from '../queries/batches.server.ts';
import { BatchState } from './batch-parts.tsx';
import { ButtonLink } from './button.tsx';
import { SchemeChip } from './chips.tsx';
import type { Option } from './field.tsx';
import { FilterBar } from './filters.tsx';
import { minuteText, whole } from './format.ts';
import { A } from './link.tsx';
import { EmptyState, PageHead } from './page.tsx';
import { Pager } from './pager.tsx';
import { DataTable, type Column } from './table.tsx';
import { Blank, DateText } from './values.tsx';

interface Props {
  lines: readonly BatchLine[];
  total: number;
  page: number;
  size: number;
  schemes: readonly Option[];
  states: readonly Option[];
  today: string;
  mayDraw: boolean;
}

/** A count that opens its list. */
const Count = ({ row, state, n }: { row: BatchLine; state: string; n: number }) =>
  n === 0 ? <span className="text-ink-3">0</span> : <A to={`/batches/${row.id}?rows=${state}`}>{whole(n)}</A>;

const settled = (row: BatchLine) => row.state === 'closed' || row.state === 'withdrawn';

const columns = (today: string): readonly Column<BatchLine>[] => [
  {
    key: 'title',
    label: '批次',
    pin: true,
    cell: (row) => <A to={`/batches/${row.id}`}>{row.title}</A>,
  },
  { key: 'scheme', label: '称号', cell: (row) => <SchemeChip scheme={row.scheme} label={row.schemeLabel} /> },
  { key: 'state', label: '状态', cell: (row) => <BatchState state={row.state} label={row.stateLabel} /> },
  { key: 'on', label: '申报日期', cell: (row) => <DateText day={row.applicationOn} /> },
  {
    key: 'deadline',
    label: '报送截止',
    cell: (row) =>
      row.deadline !== null && row.deadline < today && row.submittedAt === null && !settled(row) ? (
        <span className="chip bg-unmet-soft text-unmet">{row.deadline} 已过</span>
      ) : (
        <DateText day={row.deadline} />
      ),
  },
  {
    key: 'quota',
    label: '限额',
    num: true,
    cell: (row) => (row.quota === null ? <Blank says="不限" /> : whole(row.quota)),
  },
  { key: 'total', label: '企业', unit: '家', num: true, cell: (row) => whole(row.total) },
  { key: 'in', label: '列入', num: true, cell: (row) => <Count row={row} state="in" n={row.in} /> },
  {
    key: 'approved',
    label: '同意',
    num: true,
    cell: (row) => <Count row={row} state="approved" n={row.approved} />,
  },
  {
    key: 'submitted',
    label: '报送',
    num: true,
    cell: (row) => <Count row={row} state="submitted" n={row.submitted} />,
  },
  {
    key: 'out',
    label: '暂缓',
    num: true,
    cell: (row) => <Count row={row} state="held_back" n={row.held_back} />,
  },
  {
    key: 'not',
    label: '不予推荐',
    num: true,
    cell: (row) => <Count row={row} state="not_nominated" n={row.not_nominated} />,
  },
  { key: 'by', label: '起草', cell: (row) => row.createdName },
  { key: 'updated', label: '最近办理', cell: (row) => minuteText(row.updatedAt) },
];

/** All batches, the latest changed first. */
export function BatchListView(props: Props) {
  const { lines, total, page, size, schemes, states, today, mayDraw } = props;
  return (
    <>
      <PageHead
        title="推荐批次"
        asOf={today}
        basis="一家企业在同一称号的未办结批次中只列入一次；各数为批次中的企业数（家）"
      >
        {mayDraw && (
          <ButtonLink to="/batches/new" look="primary">
            起草批次
          </ButtonLink>
        )}
      </PageHead>
      <FilterBar
        filters={[
          { name: 'scheme', label: '称号', options: schemes },
          { name: 'state', label: '状态', options: states },
        ]}
      />
      <DataTable
        caption="推荐批次"
        columns={columns(today)}
        rows={lines}
        rowKey={(row) => row.id}
        empty={
          <EmptyState title="没有推荐批次">
            {mayDraw ? (
              <>
                从<A to="/candidates">候选名单</A>勾选企业，或<A to="/batches/new">直接起草</A>。
              </>
            ) : (
              '园区人员起草后在这里看到。'
            )}
          </EmptyState>
        }
      />
      <Pager page={page} size={size} total={total} />
    </>
  );
}
