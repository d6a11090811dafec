import { useLocation } from '@remix-run/react';
import type { HistoryRow, Turn } from '../queries/library-history.server.ts';
import { withQuery } from './address.ts';
import { FilterBar } from './filters.tsx';
import { whole } from './format.ts';
import { Icon, type IconName } from './icons.tsx';
import { A } from './link.tsx';
import { EmptyState } from './page.tsx';
import { Pager } from './pager.tsx';
import { DataTable, type Column } from './table.tsx';
import { Blank, DateText } from './values.tsx';

export interface LibraryHistoryShown {
  counts: Readonly<Record<Turn, number>>;
  rows: readonly HistoryRow[];
  turn: Turn | null;
  from: string;
  to: string;
}

const LOOK: Readonly<Record<Turn, { label: string; soft: string; icon: IconName }>> = {
  in: { label: '进入', soft: 'bg-accent-soft text-accent-deep', icon: 'plus' },
  up: { label: '晋级', soft: 'bg-met-soft text-met', icon: 'up' },
  out: { label: '退出', soft: 'bg-sunken text-ink-2', icon: 'down' },
};
const TURNS = Object.keys(LOOK) as Turn[];

const COLUMNS: readonly Column<HistoryRow>[] = [
  {
    key: 'name',
    label: '企业名称',
    pin: true,
    cell: (row) => <A to={`/enterprises/${row.uscc}`}>{row.name}</A>,
  },
  { key: 'on', label: '日期', cell: (row) => <DateText day={row.on} /> },
  {
    key: 'turn',
    label: '进出',
    cell: ({ turn }) => (
      <span className={`chip ${LOOK[turn].soft}`}>
        <Icon name={LOOK[turn].icon} className="size-3" />
        {LOOK[turn].label}
      </span>
    ),
  },
  { key: 'what', label: '事件', cell: (row) => row.what ?? <Blank says="由名单得出" /> },
  { key: 'why', label: '理由', wrap: true, cell: (row) => row.why ?? <Blank says="没有写明" /> },
  { key: 'by', label: '经办', cell: (row) => row.by || <Blank /> },
  { key: 'park', label: '园区', cell: (row) => row.park ?? <Blank /> },
];

/** Who entered, rose and left within a period, with the reasons; each count opens its list. */
export function LibraryHistoryView({
  counts,
  rows,
  turn,
  from,
  to,
  page,
  size,
}: LibraryHistoryShown & { page: number; size: number }) {
  const { search } = useLocation();
  const all = counts.in + counts.up + counts.out;
  const total = turn === null ? all : counts[turn];
  return (
    <>
      <FilterBar
        filters={[
          { name: 'from', label: '自', type: 'date', width: 'w-36' },
          { name: 'to', label: '至', type: 'date', width: 'w-36' },
        ]}
        keep={['list', 'scheme', 'view', 'steward']}
        clear={withQuery(search, { from: null, to: null, page: null })}
      />
      <p className="mb-3 flex flex-wrap items-center gap-2">
        <span className="text-ink-2">
          {from} 至 {to}
        </span>
        {[null, ...TURNS].map((each) => (
          <A
            key={each ?? 'all'}
            to={withQuery(search, { turn: each, page: null }) || '?'}
            className={`btn px-2.5 ${each === turn ? 'border-accent bg-accent-soft font-semibold text-accent-deep' : ''}`}
            aria-current={each === turn ? 'true' : undefined}
          >
            {each === null ? '全部' : LOOK[each].label} {whole(each === null ? all : counts[each])}
          </A>
        ))}
      </p>
      <DataTable
        caption="进出记录"
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => row.key}
        empty={<EmptyState title="这段时间没有进出">换一段时间再看。</EmptyState>}
      />
      <Pager page={page} size={size} total={total} />
    </>
  );
}
