import { Form, useLocation } from '@remix-run/react';
import type { MarkedItem, TodoKind, TodoView as ViewId } from '../queries/todo.server.ts';
import { withQuery } from './address.ts';
import { Button } from './button.tsx';
import { ErrorSummary, Field, type FieldErrors, type Option } from './field.tsx';
import { FilterBar } from './filters.tsx';
import { minuteText } from './format.ts';
import { A } from './link.tsx';
import { Card, EmptyState, PageHead } from './page.tsx';
import { Pager } from './pager.tsx';
import { DataTable, type Column } from './table.tsx';
import { Tabs } from './tabs.tsx';

interface Props {
  counts: Readonly<Record<ViewId, number>>;
  rows: readonly MarkedItem[];
  chosen: MarkedItem | null;
  view: ViewId;
  views: readonly { id: ViewId; label: string }[];
  kinds: readonly Option[];
  stewards: { options: readonly Option[]; value: string };
  page: number;
  size: number;
  asOf: string;
  where: string;
  errors: FieldErrors;
  typed: Readonly<Record<string, string>>;
}

const EMPTY: Readonly<Record<ViewId, string>> = {
  near: '近期没有到期、截止或待登记的事项。',
  all: '没有待办。',
  snoozed: '没有推迟的事项。',
  done: '还没有办结仍在期内的事项。',
};

/** When it falls, in words and colour: a wait counts up, a deadline down. */
function When({ item }: { item: MarkedItem }) {
  const { daysLeft, kind } = item;
  if (daysLeft === null) return <span className="text-ink-3">不限</span>;
  if (kind === 'publicised') return <span className="chip bg-sunken text-ink-2">已 {-daysLeft} 天</span>;
  if (daysLeft < 0) return <span className="chip bg-unmet-soft text-unmet">逾期 {-daysLeft} 天</span>;
  const look =
    daysLeft <= 30
      ? 'bg-unmet-soft text-unmet'
      : daysLeft <= 90
        ? 'bg-unknown-soft text-unknown'
        : 'bg-manual-soft text-manual';
  return <span className={`chip ${look}`}>{daysLeft === 0 ? '今天' : `${daysLeft} 天`}</span>;
}

const markWords = ({ marked }: MarkedItem) =>
  marked &&
  [
    { done: '办结', snoozed: `推迟至 ${marked.untilDay}`, open: '重新列入' }[marked.mark],
    `${marked.actor} ${minuteText(marked.at)}`,
    marked.note,
  ]
    .filter(Boolean)
    .join('，');

const columnsFor = (search: string, kinds: readonly Option[]): readonly Column<MarkedItem>[] => [
  { key: 'day', label: '日期', cell: (row) => row.day ?? '—' },
  { key: 'left', label: '剩余', cell: (row) => <When item={row} /> },
  {
    key: 'kind',
    label: '类别',
    cell: (row) => kinds.find(({ value }) => value === (row.kind satisfies TodoKind))?.label,
  },
  {
    key: 'name',
    label: '企业',
    cell: (row) => <A to={row.to}>{row.name ?? '全部'}</A>,
  },
  {
    key: 'what',
    label: '事项',
    wrap: true,
    cell: (row) => row.what,
  },
  { key: 'detail', label: '说明', wrap: true, cell: (row) => row.detail },
  { key: 'marked', label: '处理记录', wrap: true, cell: markWords },
  {
    key: 'do',
    label: '操作',
    cell: (row) => (
      <A to={`${withQuery(search, { key: row.key })}#mark`}>
        处理<span className="sr-only">{[row.name, row.what, row.day].filter(Boolean).join(' ')}</span>
      </A>
    ),
  },
];

/** Deals with one entry: done, put off, or open again, with a note. */
function MarkForm({ item, errors, typed }: { item: MarkedItem; errors: FieldErrors; typed: Props['typed'] }) {
  const { search } = useLocation();
  const settled = item.marked !== null && item.marked.mark !== 'open';
  return (
    <Card
      id="mark"
      title={`处理：${item.what}`}
      note={[item.name, item.day, item.detail].filter(Boolean).join('，')}
    >
      <Form method="post" noValidate className="max-w-3xl">
        <ErrorSummary errors={errors} />
        <input type="hidden" name="key" value={item.key} />
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-[1fr_12rem]">
          <Field
            label="说明"
            name="note"
            optional
            maxLength={500}
            defaultValue={typed.note ?? ''}
            error={errors.note}
          />
          <Field
            label="推迟至"
            name="untilDay"
            type="date"
            defaultValue={typed.untilDay ?? ''}
            error={errors.untilDay}
            help="仅推迟时填写；次日重新列入"
          />
        </div>
        <p className="mt-4 flex flex-wrap gap-3">
          <Button look="primary" name="mark" value="done">
            办结
          </Button>
          <Button name="mark" value="snoozed">
            推迟
          </Button>
          {settled && (
            <Button name="mark" value="open">
              重新列入待办
            </Button>
          )}
          <A to={withQuery(search, { key: null }) || '?'} className="btn btn-quiet">
            取消
          </A>
        </p>
      </Form>
    </Card>
  );
}

/** 今日待办: what waits, sorted by its day. */
export function TodoView(props: Props) {
  const { counts, rows, chosen, view, views, kinds, stewards, page, size, asOf, where, errors, typed } =
    props;
  const { search } = useLocation();
  return (
    <>
      <PageHead
        title="今日待办"
        asOf={asOf}
        basis={`${where}；180 天内到期的证书、未报的年度义务、申报窗口、未办结的推荐批次、公示后待登记的结果、走访后约定的下一步、因缺数据未能判定的企业`}
      />
      <FilterBar
        filters={[
          { name: 'kind', label: '类别', options: kinds },
          { name: 'steward', label: '管家', ...stewards },
        ]}
        keep={['view']}
      />
      {chosen && (
        <div className="mb-4">
          <MarkForm key={chosen.key} item={chosen} errors={errors} typed={typed} />
        </div>
      )}
      <Tabs
        label="待办"
        tabs={views.map(({ id, label }) => ({
          to: withQuery(search, { view: id === 'near' ? null : id, page: null, key: null }) || '?',
          label,
          count: counts[id],
          current: id === view,
        }))}
      />
      <DataTable
        caption="今日待办"
        columns={columnsFor(search, kinds)}
        rows={rows}
        rowKey={(row) => row.key}
        empty={<EmptyState title="这里没有事项">{EMPTY[view]}</EmptyState>}
      />
      <Pager page={page} size={size} total={counts[view]} />
    </>
  );
}
