import type { IndicatorLine } from '../queries/indicator-lines.server.ts';
import type { FunnelView, IndicatorsPage, PartitionView } from '../queries/indicators-page.server.ts';
import { withQuery } from './address.ts';
import { ButtonLink } from './button.tsx';
import { Icon } from './icons.tsx';
import { Changed, DefinitionLink, FigureText, IndicatorName, TargetBar } from './indicator-cells.tsx';
import { A, ExportLink } from './link.tsx';
import { Card, EmptyState, PageHead } from './page.tsx';
import { PrintButton } from './print-button.tsx';
import { DataTable, type Column } from './table.tsx';
import { Tabs } from './tabs.tsx';

interface Props extends IndicatorsPage {
  asOf: string;
  where: string;
  search: string;
  mayWrite: boolean;
}

/** One indicator with a target: value, changes, completion, where it comes from. */
function IndicatorCard({ line }: { line: IndicatorLine }) {
  const { target } = line;
  return (
    <li className="card flex flex-col p-4">
      <p className="flex items-baseline gap-2">
        <span className="min-w-0 grow font-semibold">
          <IndicatorName id={line.id} label={line.label} />
        </span>
        <DefinitionLink id={line.id} label={line.label} />
      </p>
      <p className="mt-1 text-2xl font-semibold tabular-nums">
        <FigureText line={line} />
      </p>
      <dl className="mt-1 flex flex-wrap gap-x-4 text-xs text-ink-2">
        <div className="flex gap-1">
          <dt>同比</dt>
          <dd>
            <Changed change={line.yearChange} />
          </dd>
        </div>
        <div className="flex gap-1">
          <dt>环比</dt>
          <dd>
            <Changed change={line.previousChange} />
          </dd>
        </div>
        {line.yearBase && (
          <div className="flex gap-1">
            <dt>上年同期</dt>
            <dd>{line.yearBase}</dd>
          </div>
        )}
      </dl>
      {target && (
        <div className="mt-3">
          <TargetBar target={target} />
          <p className="mt-1 flex flex-wrap items-baseline gap-x-2 text-xs text-ink-2">
            <span>
              {target.called} {target.text}
            </span>
            {target.progress && <span>{target.progress}</span>}
            <b className="text-ink">完成 {target.completion}</b>
            <span className={target.reached ? 'text-met' : ''}>{target.remaining}</span>
            {target.growth && <span>{target.growth}</span>}
          </p>
        </div>
      )}
      <p className="mt-auto pt-3 text-xs text-ink-3">
        {line.natureLabel}，{line.days}；来源：{line.source}
        {line.knownAt && `，${line.knownAt} 知悉`}
      </p>
    </li>
  );
}

const COLUMNS: readonly Column<IndicatorLine>[] = [
  {
    key: 'label',
    label: '指标',
    pin: true,
    cell: (line) => <IndicatorName id={line.id} label={line.label} />,
  },
  { key: 'days', label: '期间', cell: (line) => line.days },
  { key: 'value', label: '数值', num: true, cell: (line) => <FigureText line={line} /> },
  { key: 'base', label: '上年同期', num: true, cell: (line) => line.yearBase ?? '—' },
  { key: 'year', label: '同比', num: true, cell: (line) => <Changed change={line.yearChange} /> },
  { key: 'previous', label: '环比', num: true, cell: (line) => <Changed change={line.previousChange} /> },
  {
    key: 'wider',
    label: '全区（占比）',
    num: true,
    cell: (line) => line.wider && `${line.wider.text}（${line.wider.share}）`,
  },
  { key: 'target', label: '目标', num: true, cell: (line) => line.target?.text },
  { key: 'done', label: '完成率', num: true, cell: (line) => line.target?.completion },
  {
    key: 'rates',
    label: '分母',
    wrap: true,
    cell: (line) => line.rates.map(({ name, text }) => `${name}：${text}`).join('；'),
  },
  { key: 'source', label: '来源', wrap: true, cell: (line) => line.source },
  {
    key: 'definition',
    label: '口径',
    cell: (line) => <DefinitionLink id={line.id} label={line.label} />,
  },
];

/** Columns that no line of the table fills are left out. */
function columnsFor(lines: readonly IndicatorLine[]): readonly Column<IndicatorLine>[] {
  const empty = {
    wider: lines.every((line) => !line.wider),
    target: lines.every((line) => !line.target),
    done: lines.every((line) => !line.target),
    rates: lines.every((line) => line.rates.length === 0),
  };
  return COLUMNS.filter(({ key }) => !empty[key as keyof typeof empty]);
}

/** A whole and its parts: they must make it up. */
function Partition({ partition }: { partition: PartitionView }) {
  const { balanced } = partition;
  const look = balanced === null ? 'text-unknown' : balanced ? 'text-met' : 'text-unmet';
  return (
    <Card title={<IndicatorName id={partition.id} label={partition.label} />} note={partition.days} flush>
      <table className="ledger">
        <caption className="sr-only">{partition.label}的组成</caption>
        <thead>
          <tr>
            <th scope="col">组成部分</th>
            <th scope="col" className="num">
              数值
            </th>
            <th scope="col" className="num">
              占比
            </th>
          </tr>
        </thead>
        <tbody>
          {partition.parts.map((part) => (
            <tr key={part.id}>
              <th scope="row">
                <IndicatorName id={part.id} label={part.label} />
              </th>
              <td className="num">{part.to ? <A to={part.to}>{part.text}</A> : part.text}</td>
              <td className="num">{part.share}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">合计</th>
            <td className="num">{partition.total}</td>
            <td className="num">100%</td>
          </tr>
        </tfoot>
      </table>
      <p className={`flex items-center gap-1 px-4 py-2 text-xs ${look}`}>
        <Icon name={balanced === null ? 'unknown' : balanced ? 'met' : 'unmet'} />
        {partition.check}
      </p>
    </Card>
  );
}

/** A share as a bar beside its number. */
const ShareBar = ({ share }: { share: number }) => (
  <span
    aria-hidden="true"
    className="mr-3 inline-block h-2.5 w-40 max-w-1/2 overflow-hidden rounded-sm bg-sunken align-middle"
  >
    <span className="block h-full bg-accent" style={{ width: `${Math.min(1, share) * 100}%` }} />
  </span>
);

/** Steps of which each is part of the one before, with both shares. */
function NestedFunnel({ funnel }: { funnel: FunnelView }) {
  return (
    <Card title={`${funnel.label}：逐级转化`} note={funnel.days} flush>
      <table className="ledger">
        <caption className="sr-only">{funnel.label}逐级转化</caption>
        <thead>
          <tr>
            <th scope="col">步骤</th>
            <th scope="col" className="num">
              数值
            </th>
            <th scope="col" className="num">
              占上一步
            </th>
            <th scope="col" className="num">
              占首步
            </th>
          </tr>
        </thead>
        <tbody>
          {funnel.steps.map((step) => (
            <tr key={step.id}>
              <th scope="row">
                <IndicatorName id={step.id} label={step.label} />
                {!step.nested && <span className="ml-2 text-xs text-unmet">多于上一步，请说明口径</span>}
              </th>
              <td className="num">{step.text}</td>
              <td className="num">{step.ofPrevious ?? '—'}</td>
              <td className="num">
                <ShareBar share={step.width} />
                <span className="inline-block w-14">{step.ofFirst}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Sentences({ sentences }: { sentences: readonly string[] }) {
  return (
    <Card title="文字稿" note="由以上数字按固定句式生成，可直接复制">
      <div className="running max-w-4xl">
        {sentences.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
    </Card>
  );
}

/** Every indicator of the scope as of a day. */
export function IndicatorsView({ asOf, where, search, mayWrite, ...page }: Props) {
  const { mode, days, cards, groups, partitions, funnels, sentences } = page;
  const tab = (span: string | null, label: string) => ({
    to: `/indicators${withQuery(search, { span })}`,
    label,
    current: (span ?? 'ytd') === mode,
  });
  return (
    <>
      <PageHead
        title="指标"
        asOf={asOf}
        basis={`${where}；计数期间 ${days}；同比为上年同一累计期间；环比为三个月前的存量或上一季度，累计数不计环比；录入指标取截至日前最近一期`}
      >
        <ButtonLink to="/targets">目标与预测</ButtonLink>
        <ButtonLink to="/definitions">口径登记簿</ButtonLink>
        {mayWrite && <ButtonLink to="/definitions/new">登记指标</ButtonLink>}
        {mayWrite && <ButtonLink to="/indicator-values">批量录入</ButtonLink>}
        <ExportLink to="/indicators.xlsx">导出 Excel</ExportLink>
        <PrintButton />
      </PageHead>
      <Tabs label="期间" tabs={[tab(null, '本年累计'), tab('quarter', '本季')]} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {cards.length > 0 && (
          <ul
            aria-label="有目标的指标"
            className="grid grid-cols-[repeat(auto-fill,minmax(17rem,1fr))] gap-4"
          >
            {cards.map((line) => (
              <IndicatorCard key={line.id} line={line} />
            ))}
          </ul>
        )}
        {groups.length === 0 && (
          <div className="card">
            <EmptyState title="还没有指标">登记称号或录入数值后，这里会有数字。</EmptyState>
          </div>
        )}
        {(partitions.length > 0 || funnels.length > 0) && (
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-2">
            {funnels.map((funnel) => (
              <NestedFunnel key={funnel.id} funnel={funnel} />
            ))}
            {partitions.map((partition) => (
              <Partition key={partition.id} partition={partition} />
            ))}
          </div>
        )}
        {groups.map((group) => (
          <Card key={group.label} title={group.label} note={`${group.lines.length} 项`} flush>
            <DataTable
              caption={group.label}
              flow
              columns={columnsFor(group.lines)}
              rows={group.lines}
              rowKey={(line) => line.id}
              empty={null}
            />
          </Card>
        ))}
        {sentences.length > 0 && <Sentences sentences={sentences} />}
      </div>
    </>
  );
}
