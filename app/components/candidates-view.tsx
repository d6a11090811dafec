import { useEffect, useState, type MouseEvent } from 'react';
import { Form, useLocation, useRevalidator } from '@remix-run/react';
import type { ApplicationDay } from '../queries/candidate-day.server.ts';
import type { CandidatePage, CandidateSort } from '../queries/candidates.server.ts';
import type { SavedView } from '../queries/saved-views.server.ts';
import type { CandidateTab, Chance, ClosenessClass } from '../rules/ranking.ts';
import { withQuery } from './address.ts';
import { Button } from './button.tsx';
import { candidateColumns } from './candidate-columns.tsx';
import { CandidateFilters } from './candidate-filters.tsx';
import { Seal, tierOf } from './chips.tsx';
import type { Option } from './field.tsx';
import { whole } from './format.ts';
import { A, ExportLink } from './link.tsx';
import { EmptyState, PageHead } from './page.tsx';
import { Pager } from './pager.tsx';
import { SavedViews } from './saved-views.tsx';
import { ColumnChooser, DataTable, DensityLink } from './table.tsx';
import { Tabs } from './tabs.tsx';
import { WindowState } from './window-state.tsx';

interface Props extends CandidatePage {
  judged: boolean;
  /** Judgings still to be done. */
  left: number;
  scheme: string;
  label: string;
  action: string;
  tab: CandidateTab;
  sort: { key: CandidateSort; down: boolean };
  gap: string | null;
  page: number;
  size: number;
  near: number;
  schemes: readonly Option[];
  titles: readonly Option[];
  day: ApplicationDay;
  conditions: readonly { id: string; label: string; unit: string | null; n: number }[];
  stewards: { options: readonly Option[]; value: string };
  chances: Partial<Record<ClosenessClass, Chance>>;
  views: readonly SavedView[];
  mayRemoveAny: boolean;
  /** Rows can be chosen for a batch. */
  mayNominate: boolean;
  today: string;
  asOf: string;
  where: string;
}

const CHOSEN = 'z-1 border-accent bg-accent-soft font-semibold text-accent-deep';

const TABS: readonly { id: CandidateTab; label: string; empty: string }[] = [
  { id: 'near', label: '接近', empty: '没有只差一两项条件的企业。' },
  { id: 'eligible', label: '符合', empty: '没有全部条件都达到的企业；条件中常有待人工判断的项，请看待定。' },
  { id: 'undetermined', label: '待定', empty: '没有缺数据或待人工判断的企业。' },
  { id: 'blocked', label: '差距大或一票否决', empty: '没有差距大的企业。' },
];

/** Milliseconds between two looks at how far judging is. */
const LOOK = 1000;

/** Goes on asking while judging goes on; without scripts a link does the same. */
function Progress({ left }: { left: number }) {
  const { revalidate, state } = useRevalidator();
  const { search } = useLocation();
  useEffect(() => {
    if (left === 0 || state !== 'idle') return;
    const timer = setTimeout(revalidate, LOOK);
    return () => clearTimeout(timer);
  }, [left, state, revalidate]);
  if (left === 0) return null;
  return (
    <p role="status" className="mb-3 rounded-md bg-accent-soft px-4 py-2 text-accent-deep">
      还有 {whole(left)} 家次正在后台判定，名单和数字会自动补全，可以先看已判定的。
      <A to={search || '?'}>刷新</A>
    </p>
  );
}

/** Said where some of the rows shown rest on an earlier year than the day asks for. */
function Prejudged({ on, rows }: { on: string; rows: CandidatePage['rows'] }) {
  const n = rows.filter(({ figuresOf }) => figuresOf !== null).length;
  if (n === 0) return null;
  return (
    <p className="mb-3 text-ink-2">
      {Number(on.slice(0, 4)) - 1}{' '}
      年度数据尚未报来的企业，按上一年度数据预判：年度数据取最近一个完整年度，规则、年限和称号仍按申报日。本页{' '}
      {n} 家，见“依据年度”。
    </p>
  );
}

/** The window that the day of application comes from: open, ahead, or the last one. */
function Window({ day }: { day: ApplicationDay }) {
  const { window } = day;
  if (window === null) return <span className="text-ink-3">申报窗口：尚未登记</span>;
  return (
    <span className="flex flex-wrap items-center gap-2">
      {window.status === 'closed' ? '最近的窗口' : '下一窗口'}：{window.label}
      {window.region !== '' && `（${window.regionLabel}）`}，{window.opensOn ?? '开始日未公布'} 至{' '}
      {window.closesOn}
      <WindowState window={window} />
    </span>
  );
}

const WHY: Record<ApplicationDay['by'], string> = {
  asked: '指定的申报日',
  window: '下一窗口开放日',
  today: '没有将开放的窗口，按查看日',
};

/** States the day of application and lets one change it. */
function DayForm({ day }: { day: ApplicationDay }) {
  const { pathname, search } = useLocation();
  const others = [...new URLSearchParams(search)].filter(([key]) => key !== 'on' && key !== 'page');
  return (
    <Form action={pathname} className="flex flex-wrap items-center gap-2" aria-label="申报日">
      {others.map(([key, value], i) => (
        <input key={i} type="hidden" name={key} value={value} />
      ))}
      <label className="flex items-center gap-1.5">
        按申报日
        <input
          key={day.on}
          type="date"
          name="on"
          defaultValue={day.on}
          className="input h-7 w-36 text-base"
          required
        />
        判定
      </label>
      <Button className="no-print h-7">更换</Button>
      <span className="text-xs text-ink-3">{WHY[day.by]}</span>
      {day.on !== day.usual && (
        <A className="no-print text-xs" to={withQuery(search, { on: null, page: null }) || '?'}>
          回到 {day.usual}
        </A>
      )}
    </Form>
  );
}

/** Ticks or unticks every box of the page. */
function tickAll(event: MouseEvent<HTMLButtonElement>): void {
  const boxes = document.querySelectorAll<HTMLInputElement>('input[name="enterprise"][form="choose"]');
  const all = [...boxes].every((box) => box.checked);
  for (const box of boxes) box.checked = !all;
  event.currentTarget.form?.dispatchEvent(new Event('change', { bubbles: true }));
}

/** How many boxes of the page are ticked. */
function useTicked(): number {
  const [ticked, setTicked] = useState(0);
  useEffect(() => {
    const tally = () => setTicked(document.querySelectorAll('input[form="choose"]:checked').length);
    // Boxes of rows that are still shown keep their ticks.
    const first = setTimeout(tally);
    document.addEventListener('change', tally);
    return () => {
      clearTimeout(first);
      document.removeEventListener('change', tally);
    };
  }, []);
  return ticked;
}

/** Why a tab is empty: nobody in it, or nobody in any. */
function NoCandidates({ tab, none }: { tab: CandidateTab; none: boolean }) {
  if (!none) return <EmptyState title="这里没有企业">{TABS.find(({ id }) => id === tab)!.empty}</EmptyState>;
  return (
    <EmptyState title="没有可判定的企业">
      四类都没有企业：园区或筛选范围内没有在册企业，或都已持有这一称号。可以放宽筛选，或导入企业名录和年度数据。
    </EmptyState>
  );
}

/** What is done with rows chosen: those ticked, or everybody whom the filter finds. */
function Choosing({ scheme, on, total }: { scheme: string; on: string; total: number }) {
  const { search } = useLocation();
  const ticked = useTicked();
  return (
    <Form id="choose" method="post" action="/batches/new" className="no-print mt-3 flex flex-wrap gap-2">
      <input type="hidden" name="scheme" value={scheme} />
      <input type="hidden" name="on" value={on} />
      <Button type="button" onClick={tickAll}>
        本页全选 / 全不选
      </Button>
      <Button look="primary">勾选的列入推荐批次</Button>
      <A
        className="btn"
        to={`/candidates/${scheme}/batch${withQuery(search, { page: null })}`}
        reloadDocument
      >
        筛选所得 {whole(total)} 家列入推荐批次
      </A>
      {ticked > 0 && (
        <span role="status" className="self-center text-ink-2">
          本页已勾选 {ticked} 家
        </span>
      )}
    </Form>
  );
}

/** Who is next for a scheme, and what each still lacks. */
export function CandidatesView(props: Props) {
  const { scheme, label, action, tab, counts, rows, page, size, asOf, where, near, day } = props;
  const { search } = useLocation();
  const tier = tierOf(scheme);
  const to = (changes: Record<string, string | null>) => withQuery(search, { page: null, ...changes }) || '?';
  const columns = candidateColumns({
    ...props,
    on: day.on,
    choosable: props.mayNominate,
    prejudged: rows.some(({ figuresOf }) => figuresOf !== null),
  });
  return (
    <>
      <PageHead
        title={
          <span className="flex items-center gap-3">
            {tier && <Seal tier={tier} />}
            {label}候选
          </span>
        }
        note={
          <>
            <DayForm day={day} />
            <Window day={day} />
          </>
        }
        asOf={asOf}
        basis={`${where}；${action === 'new' ? '不含申报日已持有者' : '只含申报日持有者'}；未达到不超过 ${near} 项为接近；依次按差距、数据来源、${action === 'new' ? '窗口' : '到期'}远近排序`}
      >
        <span className="flex" role="group" aria-label="申请类型">
          {[
            ['new', '新申请'],
            ['renewal', '复核 / 重新认定'],
          ].map(([id, text]) => (
            <A
              key={id}
              to={to({ action: id === 'new' ? null : id!, on: null, gap: null, most: null, sort: null })}
              className={`btn rounded-none first:rounded-l-md last:-ml-px last:rounded-r-md ${id === action ? CHOSEN : ''}`}
              aria-current={id === action ? 'true' : undefined}
            >
              {text}
            </A>
          ))}
        </span>
        <SavedViews views={props.views} mayRemoveAny={props.mayRemoveAny} />
        <ColumnChooser columns={columns} />
        <DensityLink />
        <A to={`/candidates/${scheme}/what-if`} className="btn">
          假设测算
        </A>
        <ExportLink to={`/candidates/${scheme}/xlsx`}>导出 Excel</ExportLink>
      </PageHead>
      <nav className="no-print mb-3 flex flex-wrap items-center gap-1.5" aria-label="称号">
        {props.schemes.map((each) => (
          <A
            key={each.value}
            to={`/candidates/${each.value}${withQuery(search, { page: null, on: null, gap: null, most: null, sort: null, cols: null })}`}
            className={`btn px-2.5 ${each.value === scheme ? CHOSEN : ''}`}
            aria-current={each.value === scheme ? 'page' : undefined}
          >
            {each.label}
          </A>
        ))}
      </nav>
      <Progress left={props.left} />
      {props.judged ? (
        <>
          <CandidateFilters conditions={props.conditions} schemes={props.titles} stewards={props.stewards} />
          <Tabs
            label="结论"
            tabs={TABS.map(({ id, label: text }) => ({
              to: to({ tab: id === 'near' ? null : id }),
              label: text,
              count: counts[id],
              current: id === tab,
            }))}
          />
          <Prejudged on={day.on} rows={rows} />
          <DataTable
            caption={`${label}候选`}
            columns={columns}
            rows={rows.map((row, i) => ({ ...row, place: (page - 1) * size + i + 1 }))}
            rowKey={(row) => row.id}
            sort={props.sort}
            empty={<NoCandidates tab={tab} none={Object.values(counts).every((n) => n === 0)} />}
          />
          <Pager page={page} size={size} total={counts[tab]} />
          {props.mayNominate && counts[tab] > 0 && (
            <Choosing key={search} scheme={scheme} on={day.on} total={counts[tab]} />
          )}
        </>
      ) : (
        <div className="card">
          <EmptyState title="当日没有适用的规则版本">请更换申请类型或申报日。</EmptyState>
        </div>
      )}
    </>
  );
}
