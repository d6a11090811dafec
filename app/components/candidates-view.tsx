import { useEffect } from 'react';
import { useRevalidator } from '@remix-run/react';
import type { CandidatePage, CandidateRow, CandidateTab } from '../queries/candidates.server.ts';
import type { ShownWindow } from '../queries/windows.server.ts';
import { RESULT_SOFT, SchemeChip, Seal, tierOf } from './chips.tsx';
import { whole } from './format.ts';
import { Icon } from './icons.tsx';
import { A, ExportLink } from './link.tsx';
import { EmptyState, PageHead } from './page.tsx';
import { Pager } from './pager.tsx';
import { gapText } from './quantity.ts';
import { DataTable, type Column } from './table.tsx';
import { Tabs } from './tabs.tsx';
import { RESULT_LABELS } from './terms.ts';
import { Blank, DateText } from './values.tsx';
import { WindowState } from './window-state.tsx';

interface Props extends CandidatePage {
  judged: boolean;
  /** Enterprises still to be judged. */
  left: number;
  scheme: string;
  label: string;
  action: string;
  tab: CandidateTab;
  page: number;
  size: number;
  near: number;
  schemes: readonly { id: string; label: string }[];
  nextWindow: ShownWindow | null;
  asOf: string;
  where: string;
}

const CHOSEN = 'z-1 border-accent bg-accent-soft font-semibold text-accent-deep';

/** Gaps shown in a row; the rest are counted. */
const SHOWN = 3;

/** What stands between the enterprise and the title: measured gaps first. */
function Gaps({ gaps }: { gaps: CandidateRow['gaps'] }) {
  if (gaps.length === 0) return <span className="text-met">全部达到</span>;
  const rank = { unmet: 0, unknown: 1, manual: 2, met: 3, waived: 3 };
  // Where something is unmet, that is what decides; the columns beside count what is open.
  const unmet = gaps.filter((gap) => gap.result === 'unmet');
  const ordered = unmet.length > 0 ? unmet : [...gaps].sort((a, b) => rank[a.result] - rank[b.result]);
  return (
    <span className="flex gap-1.5">
      {ordered.slice(0, SHOWN).map((gap) => (
        <span key={gap.id} className={`chip ${RESULT_SOFT[gap.result]}`} title={gap.label}>
          <Icon name={gap.result} className="size-3" />
          <span className="max-w-40 truncate">{gap.label}</span>
          {gap.result === 'unmet' && gap.gap !== null ? (
            <b>差 {gapText(gap.gap, gap.unit)}</b>
          ) : (
            RESULT_LABELS[gap.result]
          )}
        </span>
      ))}
      {ordered.length > SHOWN && <span className="text-ink-3">等 {ordered.length} 项</span>}
    </span>
  );
}

const columnsFor = (
  scheme: string,
  page: number,
  size: number,
): readonly Column<CandidateRow & { place: number }>[] => [
  {
    key: 'name',
    label: '企业名称',
    pin: true,
    cell: (row) => (
      <>
        <span className="mr-2 inline-block w-8 text-right text-xs text-ink-3">
          {(page - 1) * size + row.place}
        </span>
        <A to={`/enterprises/${row.uscc}#verdict-${scheme}`}>{row.name}</A>
      </>
    ),
  },
  {
    key: 'tier',
    label: '最高称号',
    cell: (row) => (row.tier ? <SchemeChip scheme={row.tier} /> : <Blank says="无" />),
  },
  { key: 'met', label: '达到', num: true, cell: (row) => row.met },
  {
    key: 'unmet',
    label: '未达到',
    num: true,
    cell: (row) => row.unmet || <span className="text-ink-3">0</span>,
  },
  {
    key: 'unknown',
    label: '缺数据',
    num: true,
    cell: (row) => row.unknown || <span className="text-ink-3">0</span>,
  },
  {
    key: 'manual',
    label: '待人工',
    num: true,
    cell: (row) => row.manual || <span className="text-ink-3">0</span>,
  },
  { key: 'gaps', label: '差什么', cell: (row) => <Gaps gaps={row.gaps} /> },
  { key: 'park', label: '园区', cell: (row) => row.park ?? <Blank /> },
  {
    key: 'rule',
    label: '规则版本',
    cell: (row) => <A to={`/rules/${encodeURIComponent(row.rule)}`}>{row.rule}</A>,
  },
  { key: 'holdsUntil', label: '结论有效至', cell: (row) => <DateText day={row.holdsUntil} /> },
];

const TABS: readonly { id: CandidateTab; label: string; empty: string }[] = [
  { id: 'near', label: '接近', empty: '没有只差一两项条件的企业。' },
  { id: 'eligible', label: '符合', empty: '没有全部条件都达到的企业；条件中常有待人工判断的项，请看待定。' },
  { id: 'undetermined', label: '待定', empty: '没有缺数据或待人工判断的企业。' },
  { id: 'blocked', label: '差距大或一票否决', empty: '没有差距大的企业。' },
];

/** Goes on asking while judging goes on; without scripts a link does the same. */
function Progress({ left }: { left: number }) {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (left > 0 && state === 'idle') revalidate();
  }, [left, state, revalidate]);
  if (left === 0) return null;
  return (
    <p role="status" className="mb-3 rounded-md bg-accent-soft px-4 py-2 text-accent-deep">
      数据有更新，还有 {whole(left)} 家正在重新判定，名单会自动补全。<A to="?">刷新</A>
    </p>
  );
}

/** When applications are taken: the window open or ahead, else the last one. */
const NextWindow = ({ window }: { window: ShownWindow | null }) =>
  window === null ? (
    <span className="text-ink-3">申报窗口：尚未登记</span>
  ) : (
    <span className="flex flex-wrap items-center gap-2">
      {window.status === 'closed' ? '最近的窗口' : '下一窗口'}：{window.label}
      {window.region !== '' && `（${window.regionLabel}）`}，{window.opensOn ?? '开始日未公布'} 至{' '}
      {window.closesOn}
      <WindowState window={window} />
    </span>
  );

/** Who is next for a scheme, and what each still lacks. */
export function CandidatesView(props: Props) {
  const { scheme, label, action, tab, counts, rows, page, size, asOf, where, near } = props;
  const tier = tierOf(scheme);
  const address = (changes: Record<string, string>) => {
    const query = new URLSearchParams({ tab, action, ...changes });
    if (query.get('action') === 'new') query.delete('action');
    if (query.get('tab') === 'near') query.delete('tab');
    const text = query.toString();
    return text === '' ? '?' : `?${text}`;
  };
  return (
    <>
      <PageHead
        title={
          <span className="flex items-center gap-3">
            {tier && <Seal tier={tier} />}
            {label}候选
          </span>
        }
        note={<NextWindow window={props.nextWindow} />}
        asOf={asOf}
        basis={`${where}；${action === 'new' ? '新申请，不含已持有者' : '复核 / 重新认定'}；未达到不超过 ${near} 项为接近，按差距由小到大`}
      >
        <span className="flex" role="group" aria-label="申请类型">
          {[
            ['new', '新申请'],
            ['renewal', '复核 / 重新认定'],
          ].map(([id, text]) => (
            <A
              key={id}
              to={address({ action: id! })}
              className={`btn rounded-none first:rounded-l-md last:-ml-px last:rounded-r-md ${id === action ? CHOSEN : ''}`}
              aria-current={id === action ? 'true' : undefined}
            >
              {text}
            </A>
          ))}
        </span>
        <ExportLink to={`/candidates/${scheme}/xlsx`}>导出 Excel</ExportLink>
      </PageHead>
      <nav className="no-print mb-3 flex flex-wrap items-center gap-1.5" aria-label="称号">
        {props.schemes.map((each) => (
          <A
            key={each.id}
            to={`/candidates/${each.id}${address({})}`}
            className={`btn px-2.5 ${each.id === scheme ? CHOSEN : ''}`}
            aria-current={each.id === scheme ? 'page' : undefined}
          >
            {each.label}
          </A>
        ))}
      </nav>
      <Progress left={props.left} />
      {props.judged ? (
        <>
          <Tabs
            label="结论"
            tabs={TABS.map(({ id, label: text }) => ({
              to: address({ tab: id }),
              label: text,
              count: counts[id],
              current: id === tab,
            }))}
          />
          <DataTable
            caption={`${label}候选`}
            columns={columnsFor(scheme, page, size)}
            rows={rows.map((row, i) => ({ ...row, place: i + 1 }))}
            rowKey={(row) => row.id}
            empty={<EmptyState title="这里没有企业">{TABS.find(({ id }) => id === tab)!.empty}</EmptyState>}
          />
          <Pager page={page} size={size} total={counts[tab]} />
        </>
      ) : (
        <div className="card">
          <EmptyState title="当日没有适用的规则版本">请更换申请类型，或在上方更换截至日期。</EmptyState>
        </div>
      )}
    </>
  );
}
