import { Form, useLocation } from '@remix-run/react';
import type { MovementCellPage, MovementPage, MovementTable } from '../queries/movement-page.server.ts';
import { withQuery } from './address.ts';
import { Button, ButtonLink } from './button.tsx';
import { SchemeChip } from './chips.tsx';
import { dayInText, whole } from './format.ts';
import { CountLink } from './funnel-tables.tsx';
import { Icon } from './icons.tsx';
import { A, ExportLink, SwitchFields } from './link.tsx';
import { Card, EmptyState, PageHead } from './page.tsx';
import { Pager } from './pager.tsx';
import { PrintButton } from './print-button.tsx';
import { DataTable, type Column } from './table.tsx';
import { DateText } from './values.tsx';

type Choice = { label: string; from: string; to: string };
const CHOSEN = 'border-accent bg-accent-soft font-semibold text-accent-deep';

/** Which period: one click for quarters and years, two dates for any other. A plain GET form. */
function PeriodPicker({
  page,
  choices,
}: {
  page: Pick<MovementPage, 'from' | 'to' | 'knownAt'>;
  choices: readonly Choice[];
}) {
  const { search, pathname } = useLocation();
  return (
    <div className="no-print mb-4 grid gap-2">
      <nav className="flex flex-wrap gap-1.5" aria-label="期间">
        {choices.map(({ label, from, to }) => {
          const here = from === page.from && to === page.to;
          return (
            <A
              key={label}
              to={`?from=${from}&to=${to}${page.knownAt ? `&knownAt=${page.knownAt}` : ''}`}
              className={`btn px-2.5 ${here ? CHOSEN : ''}`}
              aria-current={here ? 'true' : undefined}
            >
              {label}
            </A>
          );
        })}
      </nav>
      <Form key={search} action={pathname} className="flex flex-wrap items-end gap-2" aria-label="自选期间">
        <SwitchFields />
        {(
          [
            ['from', '期间首日', page.from],
            ['to', '期间末日', page.to],
            ['knownAt', '按何日所知（选填）', page.knownAt],
          ] as const
        ).map(([name, label, value]) => (
          <label key={name} className="block text-xs text-ink-3">
            <span className="mb-0.5 block">{label}</span>
            <input type="date" name={name} className="input w-40 text-base" defaultValue={value ?? ''} />
          </label>
        ))}
        <Button>查看</Button>
      </Form>
    </div>
  );
}

const SIGN = { 1: '＋', [-1]: '－', 0: '' } as const;

/** One of the two tables: every number opens its list, the last row adds up. */
function Table({
  table,
  period,
  caption,
  unit,
}: {
  table: MovementTable;
  period: Pick<MovementPage, 'from' | 'to'>;
  caption: string;
  unit: string;
}) {
  const { search } = useLocation();
  const cell = (row: string, column: string) =>
    `/movement/cell${withQuery(search, { from: period.from, to: period.to, table: table.table, row, column })}`;
  return (
    <table className="ledger">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col" className="pin pin-edge">
            {table.table === 'headline' ? '梯队' : '称号'}
            <small>（{unit}）</small>
          </th>
          {table.columns.map(({ id, label, sign }) => (
            <th key={id} scope="col" className="num">
              <span className="text-ink-3" aria-hidden="true">
                {id === 'closing' ? '＝' : SIGN[sign]}
              </span>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row) => (
          <tr key={row.row}>
            <th scope="row" className="pin pin-edge">
              <SchemeChip scheme={row.row} label={row.label} />
            </th>
            {table.columns.map(({ id }) => (
              <td key={id} className="num">
                <CountLink count={row[id]} to={cell(row.row, id)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" className="pin pin-edge">
            合计
          </th>
          {table.columns.map(({ id }) => (
            <td key={id} className="num">
              <CountLink count={table.total[id]} to={cell('', id)} />
            </td>
          ))}
        </tr>
      </tfoot>
    </table>
  );
}

/** Whether the table adds up, said in words beside it. */
const Balance = ({ ok }: { ok: boolean }) => (
  <span className={ok ? 'text-met' : 'text-unmet'}>
    <Icon name={ok ? 'met' : 'unmet'} className="mr-1 inline size-3" />
    {ok ? '各行平衡' : '有行不平衡，请运行 tidu verify'}
  </span>
);

const TITLES = {
  headline: { title: '就高', unit: '家', note: '每家企业只计其最高有效称号；晋级转入、转出只在本表' },
  schemes: { title: '累计', unit: '家次', note: '每项称号各自计数，一家企业可计入多项' },
} as const;

/** The movement table (梯队变动表) of a period. */
export function MovementView({
  page,
  choices,
  where,
}: {
  page: MovementPage;
  choices: readonly Choice[];
  where: string;
}) {
  return (
    <>
      <PageHead
        title="梯队变动表"
        note={`${dayInText(page.from)}至${dayInText(page.to)}${page.knownAt ? `，按 ${page.knownAt} 所知` : ''}`}
        asOf={page.to}
        basis={`${where}；${page.counting}`}
      >
        <ButtonLink to="/definitions">口径登记簿</ButtonLink>
        <PrintButton />
        <ExportLink to="/movement.xlsx">导出 Excel</ExportLink>
      </PageHead>
      <PeriodPicker page={page} choices={choices} />
      <div className="grid gap-4">
        {page.tables.map((table) => {
          const { title, unit, note } = TITLES[table.table];
          return (
            <Card
              key={table.table}
              title={title}
              note={
                <>
                  {note}　<Balance ok={table.balances} />
                </>
              }
            >
              {table.rows.length > 0 ? (
                <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={`${title}变动表`}>
                  <Table table={table} period={page} caption={`${title}变动表`} unit={unit} />
                </div>
              ) : (
                <EmptyState title="这一期间没有称号">导入称号证书后，这里会有数字。</EmptyState>
              )}
            </Card>
          );
        })}
        <p className="text-xs text-ink-3">
          期初 ＋ 新认定 ＋ 重新认定 ＋ 迁入（＋ 晋级转入）－ 到期 － 撤销 － 注销 － 迁出（－ 晋级转出）＝
          期末。点数字看名单。
        </p>
      </div>
    </>
  );
}

type Entry = MovementCellPage['entries'][number];

const CELL_COLUMNS: readonly Column<Entry>[] = [
  {
    key: 'name',
    label: '企业名称',
    pin: true,
    cell: (row) => <A to={`/enterprises/${row.uscc}`}>{row.name}</A>,
  },
  { key: 'uscc', label: '统一社会信用代码', cell: (row) => row.uscc },
  {
    key: 'row',
    label: '称号',
    cell: (row) => <SchemeChip scheme={row.row} label={row.label} />,
  },
  { key: 'fromOn', label: '计入之日', cell: (row) => <DateText day={row.fromOn} /> },
  {
    key: 'toOn',
    label: '不再计入之日',
    cell: (row) => (row.toOn ? <DateText day={row.toOn} /> : '持续'),
  },
];

/** The list behind one number of the table. */
export function MovementCellView({
  page,
  number,
  size,
  where,
}: {
  page: MovementCellPage;
  number: number;
  size: number;
  where: string;
}) {
  const { search } = useLocation();
  const back = `/movement${withQuery(search, { table: null, row: null, column: null, page: null })}`;
  return (
    <>
      <PageHead
        before={<A to={back}>梯队变动表</A>}
        title={page.title}
        note={`${page.tableLabel}，${dayInText(page.from)}至${dayInText(page.to)}，共 ${whole(page.total)} ${page.table === 'headline' ? '家' : '家次'}`}
        asOf={page.to}
        basis={`${where}；与变动表同一查询，一行计一次`}
      >
        <PrintButton />
        <ExportLink to="/movement/cell.xlsx">导出 Excel</ExportLink>
      </PageHead>
      <DataTable
        caption={page.title}
        columns={CELL_COLUMNS}
        rows={page.entries}
        rowKey={(row) => `${row.enterpriseId}-${row.row}-${row.fromOn}`}
        empty={<EmptyState title="没有企业">这一期间没有计入此格的企业。</EmptyState>}
      />
      <Pager page={number} size={size} total={page.total} />
    </>
  );
}
