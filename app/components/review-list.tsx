import { useLocation } from '@remix-run/react';
import type { ReviewEntry, ReviewList } from '../queries/review-list.server.ts';
import { withQuery } from './address.ts';
import { SchemeChip } from './chips.tsx';
import { whole } from './format.ts';
import { A } from './link.tsx';
import { EmptyState, PageHead } from './page.tsx';
import { Pager } from './pager.tsx';
import { PrintButton } from './print-button.tsx';
import { DataTable, type Column } from './table.tsx';

const COLUMNS: readonly Column<ReviewEntry>[] = [
  {
    key: 'name',
    label: '企业名称',
    pin: true,
    cell: (row) => <A to={`/enterprises/${row.uscc}`}>{row.name}</A>,
  },
  { key: 'uscc', label: '统一社会信用代码', cell: (row) => row.uscc },
  { key: 'scheme', label: '称号', cell: (row) => <SchemeChip scheme={row.scheme} label={row.label} /> },
  { key: 'fromOn', label: '计入之日', cell: (row) => row.fromOn },
  { key: 'state', label: '去向', cell: (row) => row.state },
];

interface Props extends ReviewList {
  total: number;
  number: number;
  size: number;
  quarter: string;
  asOf: string;
}

const LIST_KEYS = ['of', 'by', 'scheme', 'key', 'part', 'table', 'row', 'column', 'from', 'to', 'page'];

/** The enterprises behind one figure of a review. */
export function ReviewListView({ title, note, rows, total, number, size, quarter, asOf }: Props) {
  const { search } = useLocation();
  const back = withQuery(search, Object.fromEntries(LIST_KEYS.map((key) => [key, null])));
  return (
    <>
      <PageHead
        before={<A to={`/reviews/${quarter}${back}`}>{quarter} 复盘</A>}
        title={title}
        note={`共 ${whole(total)} 家次`}
        asOf={asOf}
        basis={`${note}；与复盘同一查询，一行计一次`}
      >
        <PrintButton />
      </PageHead>
      <DataTable
        caption={title}
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => `${row.uscc}-${row.scheme}-${row.fromOn}`}
        empty={<EmptyState title="没有企业" />}
      />
      <Pager page={number} size={size} total={total} />
    </>
  );
}
