import type { IndicatorPage } from '../queries/indicator-page.server.ts';
import { ButtonLink } from './button.tsx';
import { ForecastCard } from './forecast-view.tsx';
import { minuteText } from './format.ts';
import {
  Changed,
  DefinitionLink,
  FigureText,
  indicatorAddress,
  IndicatorName,
  TargetBar,
} from './indicator-cells.tsx';
import { A } from './link.tsx';
import { Card, PageHead, Pairs } from './page.tsx';
import { DataTable, type Column } from './table.tsx';

type Value = IndicatorPage['values'][number];
type Target = IndicatorPage['targets'][number];

const VALUES: readonly Column<Value>[] = [
  { key: 'days', label: '期间', pin: true, cell: (row) => row.days },
  { key: 'park', label: '园区', cell: (row) => row.park },
  {
    key: 'text',
    label: '数值',
    num: true,
    cell: (row) => (row.counts ? row.text : <s className="text-ink-3">{row.text}</s>),
  },
  { key: 'state', label: '状态', cell: (row) => (row.counts ? '有效' : '已更正') },
  { key: 'source', label: '来源', wrap: true, cell: (row) => row.source },
  { key: 'known', label: '知悉日期', cell: (row) => row.knownAt },
  { key: 'note', label: '更正理由', wrap: true, cell: (row) => row.note },
  { key: 'actor', label: '录入', cell: (row) => `${row.actor}，${minuteText(row.recordedAt)}` },
];

const targetColumns = (id: string, mayWrite: boolean): readonly Column<Target>[] => [
  { key: 'days', label: '期间', pin: true, cell: (row) => row.days },
  { key: 'park', label: '园区', cell: (row) => row.park },
  { key: 'name', label: '名称', cell: (row) => row.name },
  {
    key: 'text',
    label: '目标',
    num: true,
    cell: (row) => (row.endedAt ? <s className="text-ink-3">{row.text}</s> : row.text),
  },
  { key: 'reference', label: '依据', wrap: true, cell: (row) => row.reference },
  { key: 'by', label: '登记', cell: (row) => `${row.enteredBy}，${minuteText(row.enteredAt)}` },
  {
    key: 'end',
    label: '更改或取消',
    cell: (row) =>
      row.endedAt ? (
        `${row.endedBy}，${minuteText(row.endedAt)}`
      ) : mayWrite ? (
        <A to={`${indicatorAddress(id)}/target?target=${row.id}`}>
          更改<span className="sr-only"> {row.text}</span>
        </A>
      ) : (
        '有效'
      ),
  },
];

function Now({ line, parts, partOf, numerator, denominator }: IndicatorPage) {
  const { target } = line;
  const items = [
    { label: line.natureLabel === '时点存量' ? '截至日' : '期间', value: line.days },
    {
      label: '同比',
      value: (
        <>
          <Changed change={line.yearChange} />
          {line.yearBase && <span className="text-ink-3">（上年同期 {line.yearBase}）</span>}
        </>
      ),
    },
    { label: '环比', value: <Changed change={line.previousChange} /> },
    ...(line.wider ? [{ label: line.wider.label, value: `${line.wider.text}，占 ${line.wider.share}` }] : []),
    ...line.rates.map(({ name, text }) => ({ label: `按${name}`, value: text })),
    { label: '范围', value: line.scope },
    { label: denominator ? '分子' : '计数', value: numerator },
    ...(denominator ? [{ label: '分母', value: denominator }] : []),
    { label: '来源', value: line.source },
    ...(partOf ? [{ label: '属于', value: <IndicatorName {...partOf} /> }] : []),
    ...(parts.length > 0
      ? [
          {
            label: '组成',
            value: parts.map((part, i) => (
              <span key={part.id}>
                {i > 0 && '、'}
                <IndicatorName {...part} />
              </span>
            )),
          },
        ]
      : []),
  ];
  return (
    <Card title="当前" note={<DefinitionLink id={line.id} label={line.label} />}>
      <p className="mb-3 text-2xl font-semibold tabular-nums">
        <FigureText line={line} />
      </p>
      {target && (
        <div className="mb-4 max-w-lg">
          <TargetBar target={target} />
          <p className="mt-1 text-ink-2">
            {target.called} {target.text}，{target.progress && `${target.progress}，`}
            <b className="text-ink">完成 {target.completion}</b>，{target.remaining}
          </p>
        </div>
      )}
      <Pairs items={items} />
    </Card>
  );
}

/** One indicator: its figure, what it may become, its targets, and every value it was given. */
export function IndicatorView(page: IndicatorPage & { asOf: string; where: string; mayWrite: boolean }) {
  const { line, asOf, where, mayWrite, sentence, forecast, targets, values, entered } = page;
  const address = indicatorAddress(line.id);
  return (
    <>
      <PageHead
        title={line.label}
        before={<A to="/indicators">指标</A>}
        asOf={asOf}
        basis={`${where}；${line.natureLabel}，单位为${line.unit}`}
      >
        {mayWrite && entered && (
          <ButtonLink look="primary" to={`${address}/value`}>
            录入数值
          </ButtonLink>
        )}
        {mayWrite && <ButtonLink to={`${address}/target`}>设目标</ButtonLink>}
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <Now {...page} />
        {forecast && (
          <Card title="期末预测" note={`到 ${forecast.until}`}>
            <ForecastCard forecast={forecast} />
          </Card>
        )}
        {sentence && (
          <Card title="文字稿">
            <p className="running">{sentence}</p>
          </Card>
        )}
        <Card title="目标" note="更改不覆盖，原目标留存" flush>
          <DataTable
            caption="目标"
            flow
            columns={targetColumns(line.id, mayWrite)}
            rows={targets}
            rowKey={(row) => row.id}
            empty={<p className="p-4 text-ink-3">没有设过目标。</p>}
          />
        </Card>
        {entered && (
          <Card title="录入记录" note="只增不改；更正是新的一条" flush>
            <DataTable
              caption="录入记录"
              flow
              columns={VALUES}
              rows={values}
              rowKey={(row) => row.id}
              empty={<p className="p-4 text-ink-3">还没有录入过数值。</p>}
            />
          </Card>
        )}
      </div>
    </>
  );
}
