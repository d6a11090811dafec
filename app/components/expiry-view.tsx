import { useLocation } from '@remix-run/react';
import type { DutyLine, ExpiringLine, ExpiryFilter, ExpiryRow } from '../queries/expiry.server.ts';
import type { ShownWindow } from '../queries/windows.server.ts';
import { withQuery } from './address.ts';
import { SchemeChip } from './chips.tsx';
import type { Option } from './field.tsx';
import { FilterBar } from './filters.tsx';
import { dayInText, whole } from './format.ts';
import { CountLink } from './funnel-tables.tsx';
import { A, ExportLink } from './link.tsx';
import { Card, EmptyState, PageHead } from './page.tsx';
import { Pager } from './pager.tsx';
import { PrintButton } from './print-button.tsx';
import { DataTable, type Column } from './table.tsx';
import { Blank, DateText } from './values.tsx';
import { WindowState } from './window-state.tsx';

export interface ExpiryData {
  quarters: readonly string[];
  rows: readonly ExpiryRow[];
  bands: readonly { id: string; label: string; count: number }[];
  filter: ExpiryFilter;
  stewards: { options: readonly Option[]; value: string };
  lines: readonly ExpiringLine[];
  total: number;
  page: number;
  size: number;
  duties: readonly DutyLine[];
  windows: readonly ShownWindow[];
  schemes: readonly { value: string; label: string }[];
  asOf: string;
  where: string;
  mayKeep: boolean;
}

const SOFT: Readonly<Record<string, string>> = {
  '30': 'bg-unmet-soft text-unmet',
  '90': 'bg-unknown-soft text-unknown',
  '180': 'bg-manual-soft text-manual',
  later: 'bg-sunken text-ink-2',
};

/** Days left as a chip whose colour says the band, as does the number. */
export const DaysLeft = ({ days, band }: { days: number; band: string }) => (
  <span className={`chip ${SOFT[band] ?? SOFT.later}`}>{days < 0 ? `逾期 ${-days} 天` : `${days} 天`}</span>
);

const quarterWords = (quarter: string) =>
  quarter === 'later' ? '更晚' : `${quarter.slice(0, 4)}年${'一二三四'[Number(quarter[5]) - 1]}季度`;

/** The four bands as numbers that open their lists. */
function Bands({ bands, chosen }: { bands: ExpiryData['bands']; chosen: string | null }) {
  const { search } = useLocation();
  return (
    <nav className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4" aria-label="按剩余天数">
      {bands.map(({ id, label, count }) => (
        <A
          key={id}
          to={withQuery(search, { band: id === chosen ? null : id, quarter: null, page: null }) || '?'}
          aria-current={id === chosen ? 'true' : undefined}
          className={`card block px-4 py-3 text-ink! no-underline ${id === chosen ? 'border-accent' : ''}`}
          preventScrollReset
        >
          <span className={`chip ${SOFT[id]}`}>{label}</span>
          <span className="mt-1 block text-2xl tabular-nums">
            {whole(count)}
            <small className="ml-1 text-xs text-ink-3">项</small>
          </span>
        </A>
      ))}
    </nav>
  );
}

function Quarters({ quarters, rows }: Pick<ExpiryData, 'quarters' | 'rows'>) {
  const { search } = useLocation();
  const to = (scheme: string | null, quarter: string | null) =>
    `${withQuery(search, { ...(scheme ? { scheme } : {}), quarter, band: null, page: null })}#list`;
  const sum = (pick: (row: ExpiryRow) => number) => rows.reduce((total, row) => total + pick(row), 0);
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="证书按到期季度">
      <table className="ledger">
        <caption className="sr-only">证书按到期季度</caption>
        <thead>
          <tr>
            <th scope="col" className="pin pin-edge">
              称号<small>（项）</small>
            </th>
            {quarters.map((quarter) => (
              <th key={quarter} scope="col" className="num">
                {quarterWords(quarter)}
              </th>
            ))}
            <th scope="col" className="num">
              更晚
            </th>
            <th scope="col" className="num">
              合计
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.scheme}>
              <th scope="row" className="pin pin-edge">
                <SchemeChip scheme={row.scheme} label={row.label} />
              </th>
              {row.quarters.map((n, i) => (
                <td key={quarters[i]} className="num">
                  <CountLink count={n} to={to(row.scheme, quarters[i]!)} />
                </td>
              ))}
              <td className="num">
                <CountLink count={row.later} to={to(row.scheme, 'later')} />
              </td>
              <td className="num">
                <CountLink count={row.total} to={to(row.scheme, null)} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className="pin pin-edge">
              合计
            </th>
            {quarters.map((quarter, i) => (
              <td key={quarter} className="num">
                <CountLink count={sum((row) => row.quarters[i]!)} to={to(null, quarter)} />
              </td>
            ))}
            <td className="num">
              <CountLink count={sum((row) => row.later)} to={to(null, 'later')} />
            </td>
            <td className="num">
              <CountLink count={sum((row) => row.total)} to={to(null, null)} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

const COLUMNS: readonly Column<ExpiringLine>[] = [
  {
    key: 'name',
    label: '企业名称',
    pin: true,
    cell: (row) => <A to={`/enterprises/${row.uscc}`}>{row.name}</A>,
  },
  {
    key: 'scheme',
    label: '称号',
    cell: (row) => <SchemeChip scheme={row.scheme} label={row.schemeLabel} />,
  },
  { key: 'no', label: '证书编号', cell: (row) => row.no ?? <Blank /> },
  { key: 'validUntil', label: '有效期至', cell: (row) => <DateText day={row.validUntil} /> },
  { key: 'left', label: '剩余', num: true, cell: (row) => <DaysLeft days={row.daysLeft} band={row.band} /> },
  { key: 'renewFrom', label: '续期准备自', cell: (row) => <DateText day={row.renewFrom} /> },
  {
    key: 'renewal',
    label: '续期进度',
    cell: (row) => row.renewal ?? <span className="text-ink-3">未启动</span>,
  },
  { key: 'park', label: '园区', cell: (row) => row.park ?? <Blank /> },
];

const owing = (scheme: string, state: string, steward: string) =>
  `/enterprises${withQuery('', { stage: `duty:${scheme}:${state}`, steward })}`;

/** Yearly duties; the numbers open the enterprises of the same steward. */
const dutyColumns = (steward: string): readonly Column<DutyLine>[] => [
  {
    key: 'scheme',
    label: '称号',
    cell: (row) => <SchemeChip scheme={row.scheme} label={row.schemeLabel} />,
  },
  { key: 'label', label: '事项', cell: (row) => row.label },
  { key: 'closesOn', label: '下次截止', cell: (row) => <DateText day={row.closesOn} /> },
  { key: 'left', label: '剩余', unit: '天', num: true, cell: (row) => whole(row.daysLeft) },
  {
    key: 'due',
    label: '待报',
    unit: '家',
    num: true,
    cell: (row) => <CountLink count={row.due} to={owing(row.scheme, 'report_due', steward)} />,
  },
  {
    key: 'overdue',
    label: '逾期',
    unit: '家',
    num: true,
    cell: (row) => <CountLink count={row.overdue} to={owing(row.scheme, 'report_overdue', steward)} />,
  },
  { key: 'basis', label: '依据', wrap: true, cell: (row) => row.basis },
];

const WINDOWS: readonly Column<ShownWindow>[] = [
  {
    key: 'scheme',
    label: '称号',
    cell: (row) => <SchemeChip scheme={row.scheme} label={row.schemeLabel} />,
  },
  { key: 'label', label: '名称', wrap: true, cell: (row) => row.label },
  { key: 'region', label: '地区', cell: (row) => row.regionLabel },
  {
    key: 'days',
    label: '起止',
    cell: (row) => (row.opensOn ? `${row.opensOn} 至 ${row.closesOn}` : `截止 ${row.closesOn}`),
  },
  { key: 'state', label: '状态', cell: (row) => <WindowState window={row} /> },
  { key: 'reference', label: '依据', wrap: true, cell: (row) => row.reference },
];

const filterWords = (filter: ExpiryFilter, bands: ExpiryData['bands']) =>
  [
    filter.quarter && `${quarterWords(filter.quarter)}到期`,
    filter.band && bands.find(({ id }) => id === filter.band)?.label,
  ].filter((text) => typeof text === 'string');

/** What ends and falls due: certificates, yearly duties, and windows ahead. */
export function ExpiryView(props: ExpiryData) {
  const { filter, lines, total, page, size, asOf, where, rows, bands } = props;
  const words = filterWords(filter, bands);
  return (
    <>
      <PageHead
        title="到期与窗口"
        asOf={asOf}
        basis={`${where}；当日有效且有截止日的证书，同一称号已有更晚证书的不计；到期自截止日次日起失效`}
      >
        <PrintButton />
        <ExportLink to="/expiry.xlsx">导出 Excel</ExportLink>
        <ExportLink to="/expiry.ics">日历文件</ExportLink>
      </PageHead>
      <FilterBar
        filters={[
          { name: 'scheme', label: '称号', options: props.schemes },
          { name: 'steward', label: '管家', ...props.stewards },
        ]}
        keep={['band', 'quarter']}
        also={words}
      />
      <Bands bands={bands} chosen={filter.band} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <Card title="按到期季度" note="单位：项；点数字看名单">
          {rows.length > 0 ? (
            <Quarters quarters={props.quarters} rows={rows} />
          ) : (
            <EmptyState title="没有会到期的证书" />
          )}
        </Card>
        <section id="list">
          <h2 className="mb-2 text-lg">
            证书名单
            <span className="ml-2 text-xs text-ink-3">
              {words.length > 0 ? `${words.join('，')}，` : ''}共 {whole(total)} 项，按截止日排列
            </span>
          </h2>
          <DataTable
            caption="证书名单"
            columns={COLUMNS}
            rows={lines}
            rowKey={(row) => row.id}
            empty={<EmptyState title="没有证书">没有符合筛选的证书。</EmptyState>}
          />
          <Pager page={page} size={size} total={total} />
        </section>
        <Card title="年度义务" note="持有称号的企业每年须报送；点数字看名单" flush>
          <DataTable
            caption="年度义务"
            flow
            columns={dutyColumns(props.stewards.value)}
            rows={props.duties}
            rowKey={(row) => row.scheme}
            empty={<p className="p-4">此称号没有年度义务。</p>}
          />
        </Card>
        <Card
          title="申报窗口"
          note={`${dayInText(asOf)}起一年内`}
          actions={props.mayKeep && <A to="/windows">维护窗口</A>}
          flush
        >
          <DataTable
            caption="申报窗口"
            flow
            columns={WINDOWS}
            rows={props.windows}
            rowKey={(row) => row.key}
            empty={<p className="p-4">一年内没有已公布的窗口；新通知发布后请在“申报窗口”登记。</p>}
          />
        </Card>
      </div>
    </>
  );
}
