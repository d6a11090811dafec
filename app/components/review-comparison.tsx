import type { ComparedReviews } from '../queries/review-page.server.ts';
import { A } from './link.tsx';
import { EmptyState, PageHead } from './page.tsx';
import { PrintButton } from './print-button.tsx';
import { SealBanner } from './review-way.tsx';
import { DataTable, type Column } from './table.tsx';

type Line = NonNullable<ComparedReviews>['rows'][number];

const columns = (a: string, b: string): readonly Column<Line>[] => [
  { key: 'label', label: '指标', cell: (row) => row.label },
  { key: 'unit', label: '单位', cell: (row) => row.unit },
  { key: 'old', label: a, num: true, cell: (row) => row.old ?? '无此项' },
  { key: 'new', label: b, num: true, cell: (row) => row.new ?? '无此项' },
  {
    key: 'by',
    label: '差',
    num: true,
    cell: (row) => (row.by === null ? '—' : row.by > 0 ? `+${row.by}` : `−${-row.by}`),
  },
];

/** Two sealed reviews, figure by figure: those that differ. */
export function ReviewComparisonView({ compared }: { compared: ComparedReviews }) {
  if (!compared) {
    return (
      <>
        <PageHead before={<A to="/reviews">季度复盘</A>} title="比较封存的复盘" />
        <div className="card">
          <EmptyState title="请选择两份封存的复盘">在季度复盘页选择先后两份，再点比较。</EmptyState>
        </div>
      </>
    );
  }
  const { a, b, rows } = compared;
  return (
    <>
      <PageHead
        before={<A to="/reviews">季度复盘</A>}
        title="比较封存的复盘"
        note={`${a.title}　与　${b.title}`}
        asOf={b.to}
        basis={
          a.words === b.words ? a.words : `前者：${a.words}；后者：${b.words}，口径不同，差异不可直接比较`
        }
      >
        <PrintButton />
      </PageHead>
      <SealBanner seal={a.seal} />
      <SealBanner seal={b.seal} />
      <DataTable
        caption="两份复盘的差异"
        columns={columns(a.label, b.label)}
        rows={rows}
        rowKey={(row) => row.key}
        empty={<EmptyState title="两份复盘的数字相同" />}
      />
    </>
  );
}
