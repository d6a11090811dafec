import { useLocation } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { Correction, ReviewChoices, ReviewPage } from '../queries/review-page.server.ts';
import type { ComparisonLine, Figure, ReviewTables } from '../pipeline/review/tables.ts';
import { withQuery } from './address.ts';
import { ButtonLink } from './button.tsx';
import { Chart } from './chart.tsx';
import { Seal, tierOf } from './chips.tsx';
import { FilterBar } from './filters.tsx';
import { A } from './link.tsx';
import { Card, EmptyState, PageHead } from './page.tsx';
import { Icon } from './icons.tsx';
import { PrintButton } from './print-button.tsx';
import { DefinitionList, FigureText } from './review-figures.tsx';
import {
  Balance,
  CohortSheet,
  ComparisonTable,
  DurationTable,
  IndicatorTable,
  MovementSheetTable,
  StageTable,
  TierTable,
} from './review-tables.tsx';
import { SealBanner, SealFaults } from './review-way.tsx';

/** One tier large: its number by the way of counting chosen, and how it changed. */
function TierCard({ row, tier, label }: { row: ComparisonLine; tier: string; label: string }) {
  const own = tierOf(tier);
  return (
    <div className="card flex items-end gap-2 px-4 py-3">
      <div className="grow whitespace-nowrap">
        <p className="flex items-center gap-2 text-ink-2">
          {own && <Seal tier={own} />}
          {label}
        </p>
        <p className="mt-1 text-2xl font-semibold tabular-nums">
          <FigureText figure={row.current} unit />
        </p>
      </div>
      <dl className="grid grid-cols-[auto_auto] gap-x-2 text-right text-xs text-ink-3 tabular-nums">
        <dt>环比</dt>
        <dd className="text-ink-2">{row.previousChange.text}</dd>
        <dt>同比</dt>
        <dd className="text-ink-2">{row.yearChange.text}</dd>
      </dl>
    </div>
  );
}

/** The same numbers as the picture of flows, as a table. */
function FlowTable({ tables }: { tables: ReviewTables }) {
  const { nodes, links } = tables.flows;
  const name = (id: string) => nodes.find((node) => node.id === id)?.label ?? id;
  return (
    <table className="ledger">
      <caption className="sr-only">梯队流动</caption>
      <thead>
        <tr>
          <th scope="col">由</th>
          <th scope="col">至</th>
          <th scope="col" className="num">
            家数<small>（家）</small>
          </th>
        </tr>
      </thead>
      <tbody>
        {links.map(({ from, to, count }) => (
          <tr key={from + to}>
            <th scope="row">{name(from)}</th>
            <td>{name(to)}</td>
            <td className="num">{count.text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Corrections({ corrections }: { corrections: readonly Correction[] }) {
  return (
    <Card
      title="更正"
      note="封存的数字不变；以下为封存后补录、更正引起的差异，按现在所知重新计数"
      flush
      id="corrections"
    >
      {corrections.length === 0 ? (
        <p className="px-4 py-3 text-ink-3">封存至今没有差异。</p>
      ) : (
        <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="更正">
          <table className="ledger">
            <caption className="sr-only">更正</caption>
            <thead>
              <tr>
                <th scope="col">指标</th>
                <th scope="col" className="num">
                  封存时
                </th>
                <th scope="col" className="num">
                  现在
                </th>
                <th scope="col" className="num">
                  差
                </th>
                <th scope="col">原因</th>
              </tr>
            </thead>
            <tbody>
              {corrections.map((own) => (
                <tr key={own.key}>
                  <th scope="row">
                    {own.label}
                    <small className="text-ink-3">（{own.unit}）</small>
                  </th>
                  <td className="num">{own.old ?? '无此项'}</td>
                  <td className="num">{own.new ?? '无此项'}</td>
                  <td className="num">{own.by === null ? '—' : own.by > 0 ? `+${own.by}` : `−${-own.by}`}</td>
                  <td className="wrap">{own.reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

const yes = [{ value: '1', label: '仅实体在地' }];

function Switches({ page, choices }: { page: ReviewPage; choices: ReviewChoices }) {
  const { request } = page;
  return (
    <FilterBar
      filters={[
        { name: 'window', label: '区间', options: choices.windows, value: request.window, always: true },
        { name: 'industry', label: '产业', options: choices.industries },
        { name: 'steward', label: '管家', options: choices.stewards },
        { name: 'source', label: '来源', options: choices.sources },
        { name: 'located', label: '在地', options: yes },
        {
          name: 'counting',
          label: '计法',
          options: [
            { value: 'headline', label: '就高' },
            { value: 'held', label: '累计' },
          ],
          value: request.switches.counting,
          always: true,
        },
        {
          name: 'unit',
          label: '单位',
          options: [
            { value: '家', label: '家' },
            { value: '家次', label: '家次' },
          ],
          value: request.switches.unit,
          always: true,
        },
      ]}
    />
  );
}

interface Props {
  page: ReviewPage;
  choices: ReviewChoices;
  svg: string;
  /** The steps of the review and its decisions. */
  children: ReactNode;
}

const Value = ({ label, figure }: { label: string; figure: Figure }) => (
  <div className="card px-4 py-3">
    <p className="text-ink-2">{label}</p>
    <p className="mt-1 text-2xl font-semibold tabular-nums">
      <FigureText figure={figure} unit />
    </p>
  </div>
);

/** A quarterly review. */
const FORMATS = [
  { id: 'docx', label: 'Word 报告' },
  { id: 'xlsx', label: 'Excel 表格' },
  { id: 'pptx', label: '幻灯片' },
  { id: 'csv', label: 'CSV 数据' },
];

/** The same review as files; folded, for four buttons more would hide what the page is for. */
function ExportMenu({ base }: { base: string }) {
  const { search } = useLocation();
  return (
    <details className="relative">
      <summary className="btn list-none">
        <Icon name="download" />
        导出
      </summary>
      <ul className="card absolute right-0 z-20 mt-1 grid w-36 gap-1 p-2 shadow-lg">
        {FORMATS.map(({ id, label }) => (
          <li key={id}>
            <a className="btn btn-quiet w-full justify-start" href={`${base}/${id}${search}`} download>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}

export function ReviewView({ page, choices, svg, children }: Props) {
  const { search } = useLocation();
  const { tables, seal, corrections } = page;
  const { period, scope, funnel, comparison } = tables;
  const [headline, schemes] = tables.movement;
  const other = (quarter: string) => `/reviews/${quarter}${withQuery(search, { window: null })}`;
  return (
    <>
      <PageHead
        before={<A to="/reviews">季度复盘</A>}
        title={`${period.label}复盘`}
        asOf={period.to}
        basis={`${scope.words}；口径见页末`}
      >
        <ButtonLink to={other(choices.before)}>上一季度</ButtonLink>
        <ButtonLink to={other(choices.after)}>下一季度</ButtonLink>
        <ButtonLink to={`/reviews/${period.quarter}/screen${search}`} reloadDocument>
          大屏
        </ButtonLink>
        <ExportMenu base={`/reviews/${period.quarter}/export`} />
        <PrintButton />
      </PageHead>
      <SealFaults faults={page.missing}>
        <p className="mt-1">
          见 <A to="/reviews">季度复盘</A>。
        </p>
      </SealFaults>
      {seal && <SealBanner seal={seal} />}
      <Switches page={page} choices={choices} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3 2xl:grid-cols-6">
          <Value label="在册企业" figure={funnel.enterprises} />
          <Value label="有梯队称号" figure={funnel.total} />
          {funnel.tiers.map(({ tier, label }) => (
            <TierCard
              key={tier}
              tier={tier}
              label={label}
              row={comparison.rows.find(({ id }) => id === `stock.${tier}`)!}
            />
          ))}
        </div>
        <div className="grid gap-4 xl:grid-cols-2">
          <div className="grid content-start gap-4">
            <Card title="四级梯队" note="期末" flush>
              <TierTable funnel={funnel} />
            </Card>
            <Card title="摘要">
              <div className="running space-y-2">
                {tables.paragraphs.map(({ heading, text }) => (
                  <p key={heading}>{text}</p>
                ))}
              </div>
            </Card>
          </div>
          <Card title="梯队流动" note="就高，家">
            {tables.flows.links.length > 0 ? (
              <Chart
                svg={svg}
                title="期内各级梯队从哪里来、到哪里去？"
                table={<FlowTable tables={tables} />}
              />
            ) : (
              <EmptyState title="期内没有梯队称号" />
            )}
          </Card>
        </div>
        <Card title="就高变动表" note={<Balance sheet={headline!} />} flush>
          <MovementSheetTable sheet={headline!} />
        </Card>
        <Card title="累计变动表" note={<Balance sheet={schemes!} />} flush>
          <MovementSheetTable sheet={schemes!} />
        </Card>
        <Card title="各称号各环节" note="期末；点数字看名单" flush>
          <StageTable funnel={funnel} />
        </Card>
        <Card title="与上期、上年同期比较" note="同一口径、同一累计区间" flush>
          <ComparisonTable comparison={comparison} now={period.label} />
        </Card>
        {tables.indicators.length > 0 && (
          <Card title="指标与任务完成" note="口径登记簿中有任务或填报数的指标" flush>
            <IndicatorTable cards={tables.indicators} />
          </Card>
        )}
        <Cohorts tables={tables} />
        <Card
          title="各环节用时"
          note="近四个完整季度离开该环节的；期末仍在该环节的时长未定（删失），未计入，所列可能偏短"
          flush
        >
          {tables.durations.length > 0 ? (
            <DurationTable lines={tables.durations} />
          ) : (
            <EmptyState title="近四个季度没有办结的环节" />
          )}
        </Card>
        {children}
        {corrections && <Corrections corrections={corrections} />}
        <Card title="口径" note="本页每个数字所依的定义" flush>
          <DefinitionList definitions={tables.definitions} />
          <ul className="list-disc px-8 py-3 text-xs text-ink-3">
            {tables.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Card>
      </div>
    </>
  );
}

function Cohorts({ tables }: { tables: ReviewTables }) {
  if (tables.cohorts.length === 0) return null;
  return (
    <Card
      title="同批入库去向"
      note={`按入库季度为近八季，按产业、管家为近四季；少于 ${tables.suppressBelow} 家的以 ※ 代替，并隐去可推知的数`}
    >
      <div className="grid gap-x-6 gap-y-4 xl:grid-cols-2">
        {tables.cohorts.map((table) => (
          <section key={table.by + table.scheme}>
            <h3 className="mb-1 font-semibold">{table.label}</h3>
            <CohortSheet table={table} />
          </section>
        ))}
      </div>
    </Card>
  );
}
