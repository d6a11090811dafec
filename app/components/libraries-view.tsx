import { Form, useLocation } from '@remix-run/react';
import type { LibraryLook, LibraryRow, LibraryTotals } from '../queries/libraries.server.ts';
import type { LimitsShown } from '../queries/list-limits.server.ts';
import type { ProposalRow } from '../queries/library-history.server.ts';
import { withQuery } from './address.ts';
import { Button } from './button.tsx';
import { OutcomeChip, SchemeChip } from './chips.tsx';
import type { Option } from './field.tsx';
import { FilterBar } from './filters.tsx';
import { Due } from './follow-up-view.tsx';
import { whole } from './format.ts';
import { LibraryProposals } from './library-proposals.tsx';
import { LibraryHistoryView, type LibraryHistoryShown } from './library-history-view.tsx';
import { A, ExportLink } from './link.tsx';
import { LoadingProgress } from './loading-progress.tsx';
import { EmptyState, PageHead } from './page.tsx';
import { Pager } from './pager.tsx';
import { PotentialLimits } from './potential-limits.tsx';
import { gapText } from './quantity.ts';
import { DataTable, type Column } from './table.tsx';
import { Tabs } from './tabs.tsx';
import { Blank, DateText } from './values.tsx';

export type LibraryViewId = 'list' | 'history' | 'open' | 'decided';

interface Props {
  totals: LibraryTotals;
  look: LibraryLook;
  view: LibraryViewId;
  rows: readonly LibraryRow[];
  total: number;
  page: number;
  size: number;
  limits: LimitsShown | null;
  progress: { done: number; of: number } | null;
  history: LibraryHistoryShown | null;
  proposals: { rows: readonly ProposalRow[]; total: number } | null;
  waiting: number;
  stewards: { options: readonly Option[]; value: string };
  mayWrite: boolean;
  mayDecide: boolean;
  asOf: string;
  where: string;
}

const CHOSEN = 'z-1 border-accent bg-accent-soft font-semibold text-accent-deep';

/** How each list comes about, in a line. */
const BASIS: Readonly<Record<LibraryLook['list'], string>> = {
  potential: '由规则生成，不由人增删；限值由园区自定，不是认定标准',
  library: '提请与审批须为两人；进入、退出、晋级均留有理由',
  reservoir: '由规则生成：未持有高企，无一票否决，缺数据不超过 2 项且少于达到的项数',
  focus: '由人选定；下一步逾期的以颜色和标记提示',
  unicorn: '当日有效的称号，按子梯队分列',
};

/** The five lists with their counts; each opens its list. */
function Totals({ totals, look }: Pick<Props, 'totals' | 'look'>) {
  return (
    <nav aria-label="名单" className="mb-3 flex flex-wrap gap-2">
      {totals.lists.map((list) => (
        <A
          key={list.id}
          to={`/libraries?list=${list.id}`}
          className={`card flex items-baseline gap-2 px-3.5 py-1.5 no-underline hover:bg-canvas ${list.id === look.list ? 'border-accent! bg-accent-soft' : ''}`}
          aria-current={list.id === look.list ? 'page' : undefined}
        >
          <span className="text-ink-2">{list.label}</span>
          <span className="text-ink">
            <b className="text-lg">{whole(list.enterprises)}</b> 家
          </span>
          {list.places !== list.enterprises && (
            <span className="text-xs text-ink-3">{whole(list.places)} 家次</span>
          )}
        </A>
      ))}
    </nav>
  );
}

/** Schemes of a list with their counts, those without anybody too. */
function Schemes({ totals, look }: Pick<Props, 'totals' | 'look'>) {
  const own = totals.lists.find(({ id }) => id === look.list)!.schemes;
  const { search } = useLocation();
  if (own.length < 2) return null;
  const shown = own.filter(({ scheme, count }) => count > 0 || scheme === look.scheme);
  const rest = own.filter((each) => !shown.includes(each));
  const link = ({ scheme, label, count }: (typeof own)[number]) => (
    <A
      key={scheme}
      to={withQuery(search, { scheme, page: null })}
      className={`btn px-2.5 ${scheme === look.scheme ? CHOSEN : ''}`}
      aria-current={scheme === look.scheme ? 'page' : undefined}
    >
      {label}
      <span className="ml-1 text-xs text-ink-3">{whole(count)}</span>
    </A>
  );
  return (
    <nav className="no-print mb-3 flex flex-wrap items-center gap-1.5" aria-label="称号">
      {shown.map(link)}
      {rest.length > 0 && (
        <details className="relative" key={look.list}>
          <summary className="btn btn-quiet list-none">另 {rest.length} 个为 0</summary>
          <div className="absolute z-40 mt-1 grid w-40 gap-1 rounded-md border border-line bg-paper p-2 shadow-pop">
            {rest.map(link)}
          </div>
        </details>
      )}
    </nav>
  );
}

/** Gaps named in a row; the rest are counted. */
const NAMED = 2;

/** What still stands in the way, in words: the unmet first. */
function Standing({ row }: { row: LibraryRow }) {
  if (row.outcome === null) return <Blank says="当日没有判定" />;
  const order = { unmet: 0, unknown: 1, manual: 2, met: 3, waived: 3 };
  const gaps = [...row.gaps].sort((a, b) => order[a.result] - order[b.result]);
  const word = { unmet: '', unknown: ' 缺数据', manual: ' 待人工判断', met: '', waived: '' };
  const words = gaps.slice(0, NAMED).map(({ label, result, gap, unit }) => {
    const short = result === 'unmet' ? gapText(gap, unit) : '';
    return label + (short ? ` 差 ${short}` : result === 'unmet' ? ' 未达到' : word[result]);
  });
  return (
    <span className="inline-flex items-center gap-2">
      <OutcomeChip outcome={row.outcome} />
      <span
        className="inline-block max-w-56 truncate text-ink-2 2xl:max-w-96"
        title={gaps.map(({ label }) => label).join('；')}
      >
        {words.join('；')}
        {gaps.length > NAMED && ` 等 ${gaps.length} 项`}
      </span>
    </span>
  );
}

const Contact = ({ contact }: { contact: LibraryRow['contact'] }) =>
  contact ? (
    <>
      <DateText day={contact.onDay} />
      <small className="ml-1 text-ink-3">{contact.kind}</small>
    </>
  ) : (
    <Blank says="没有联系记录" />
  );

const Next = ({ row }: { row: LibraryRow }) =>
  row.next ? (
    <A to={`/enterprises/${row.uscc}#follow-ups`} className="inline-flex items-center gap-2">
      <Due on={row.next.on} daysLeft={row.next.daysLeft} />
      <span className="max-w-56 truncate">{row.next.action}</span>
    </A>
  ) : (
    <Blank says="没有约定" />
  );

function columnsFor(look: LibraryLook, choosing: boolean): readonly Column<LibraryRow>[] {
  const scheme = look.scheme;
  const judged = scheme !== '' && look.list !== 'unicorn';
  const byRule = look.list === 'potential' || look.list === 'reservoir';
  const columns: (Column<LibraryRow> | false)[] = [
    {
      key: 'name',
      label: '企业名称',
      pin: true,
      cell: (row) => (
        <>
          {choosing && (
            <input
              type="checkbox"
              name="enterprise"
              value={row.id}
              form="choose"
              className="mr-2 align-middle"
              aria-label={`选择 ${row.name}`}
            />
          )}
          <A to={`/enterprises/${row.uscc}${judged ? `#verdict-${scheme}` : ''}`}>{row.name}</A>
        </>
      ),
    },
    {
      key: 'tier',
      label: '最高称号',
      cell: (row) => (row.tier ? <SchemeChip scheme={row.tier} /> : <Blank says="无" />),
    },
    judged && { key: 'standing', label: '现况', cell: (row) => <Standing row={row} /> },
    {
      key: 'since',
      label: look.list === 'unicorn' ? '入库日期' : '进入日期',
      cell: (row) => <DateText day={row.since} />,
    },
    { key: 'why', label: '进入时的理由', clip: true, cell: (row) => row.why ?? <Blank says="没有写明" /> },
    byRule && {
      key: 'underway',
      label: '申报进度',
      cell: (row) => row.underway ?? <Blank says="未开始" />,
    },
    { key: 'stewards', label: '管家', cell: (row) => row.stewards.join('、') || <Blank says="未分配" /> },
    { key: 'contact', label: '最近联系', cell: (row) => <Contact contact={row.contact} /> },
    { key: 'next', label: '下一步', cell: (row) => <Next row={row} /> },
    { key: 'park', label: '园区', cell: (row) => row.park ?? <Blank /> },
  ];
  return columns.filter((column) => column !== false);
}

/** What may be done with the enterprises that are ticked; a page of its own takes it, and says what it did not do. */
function Choosing({ look }: { look: LibraryLook }) {
  const { search, pathname } = useLocation();
  const enrols = look.list !== 'unicorn' && look.list !== 'focus';
  return (
    <Form
      id="choose"
      method="post"
      action="/libraries/change"
      className="no-print mt-3 flex flex-wrap items-end gap-3 rounded-md border border-line bg-paper p-3"
      aria-label="办理勾选的企业"
    >
      <input type="hidden" name="scheme" value={look.scheme} />
      <input type="hidden" name="back" value={pathname + search} />
      <label className="grow text-xs text-ink-3">
        <span className="mb-0.5 block">勾选企业后写明理由</span>
        <input name="reason" className="input text-base" maxLength={300} autoComplete="off" />
      </label>
      {enrols && look.list !== 'library' && (
        <Button name="do" value="enrol">
          提请入培育库
        </Button>
      )}
      {look.list === 'library' && (
        <Button name="do" value="remove">
          提请退库
        </Button>
      )}
      {look.list === 'focus' ? (
        <Button name="do" value="unfocus">
          移出重点跟进
        </Button>
      ) : (
        <Button name="do" value="focus">
          列入重点跟进
        </Button>
      )}
    </Form>
  );
}

/** How near the 蓄水池 reaches. */
function Nearness({ k }: { k: number }) {
  const { search } = useLocation();
  return (
    <span className="flex" role="group" aria-label="未达到不超过几项">
      {[0, 1, 2, 3].map((each) => (
        <A
          key={each}
          to={withQuery(search, { k: each, page: null })}
          className={`btn rounded-none first:rounded-l-md last:-ml-px last:rounded-r-md ${each === k ? CHOSEN : ''}`}
          aria-current={each === k ? 'true' : undefined}
        >
          未达到 ≤ {each} 项
        </A>
      ))}
    </span>
  );
}

function List(props: Props) {
  const { look, rows, total, page, size, mayWrite, limits } = props;
  const { search } = useLocation();
  const choosing = mayWrite && rows.length > 0;
  const label = props.totals.lists.find(({ id }) => id === look.list)!.label;
  return (
    <>
      {limits && (
        <PotentialLimits key={look.scheme} scheme={look.scheme} limits={limits} mayWrite={mayWrite} />
      )}
      <FilterBar
        filters={[{ name: 'steward', label: '管家', ...props.stewards }]}
        keep={['list', 'scheme', 'view', 'k']}
        clear={withQuery(search, { steward: null, page: null })}
      >
        {look.list === 'reservoir' && <Nearness k={look.k} />}
        <ExportLink to="/libraries.xlsx">导出 Excel</ExportLink>
      </FilterBar>
      <DataTable
        caption={label}
        columns={columnsFor(look, choosing)}
        rows={rows}
        rowKey={(row) => row.id}
        empty={
          <EmptyState title="这里没有企业">
            {look.list === 'focus'
              ? '在其他名单或企业页上把企业列入重点跟进。'
              : '没有企业在这一名单的范围内。'}
          </EmptyState>
        }
      />
      <Pager page={page} size={size} total={total} />
      {choosing && <Choosing look={look} />}
    </>
  );
}

/** 培育与名单: who is close, who is prepared, who is looked after. */
export function LibrariesView(props: Props) {
  const { totals, look, view, asOf, where, waiting, progress, history } = props;
  const { search } = useLocation();
  const to = (id: LibraryViewId) =>
    withQuery(search, { view: id === 'list' ? null : id, page: null, turn: null }) || '?';
  const views: readonly { id: LibraryViewId; label: string; count?: number }[] = [
    { id: 'list', label: '名单' },
    { id: 'history', label: '进出记录' },
    ...(look.list === 'library'
      ? [
          { id: 'open' as const, label: '待审批', count: waiting },
          { id: 'decided' as const, label: '审批记录' },
        ]
      : []),
  ];
  return (
    <>
      <PageHead
        title="培育与名单"
        note={
          <span>
            各名单合计 <b>{whole(totals.enterprises)}</b> 家，{whole(totals.places)} 家次
          </span>
        }
        asOf={asOf}
        basis={`${where}；${BASIS[look.list]}`}
      />
      <Totals totals={totals} look={look} />
      <Schemes totals={totals} look={look} />
      {progress && <LoadingProgress words="正在按新限值更新名单" done={progress.done} of={progress.of} />}
      <Tabs
        label="名单内容"
        tabs={views.map(({ id, label, count }) => ({ to: to(id), label, count, current: id === view }))}
      />
      {view === 'list' && <List {...props} />}
      {view === 'history' && history && (
        <LibraryHistoryView {...history} page={props.page} size={props.size} />
      )}
      {(view === 'open' || view === 'decided') && (
        <LibraryProposals
          rows={props.proposals?.rows ?? []}
          open={view === 'open'}
          mayDecide={props.mayDecide}
        />
      )}
    </>
  );
}
