import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readSort } from '../components/address.ts';
import { ButtonLink } from '../components/button.tsx';
import { SchemeChip, TIERS } from '../components/chips.tsx';
import { FilterBar } from '../components/filters.tsx';
import { hundredths, minuteText, percent } from '../components/format.ts';
import { Icon } from '../components/icons.tsx';
import { A, ExportLink } from '../components/link.tsx';
import { EmptyState, PageHead } from '../components/page.tsx';
import { Pager } from '../components/pager.tsx';
import { ColumnChooser, DataTable, type Column } from '../components/table.tsx';
import { Blank, DateText, Money } from '../components/values.tsx';
import {
  ENTERPRISE_SORTS,
  listEnterprises,
  PAGE_SIZE,
  readEnterpriseFilter,
  type EnterpriseRow,
} from '../queries/enterprises.server.ts';
import { readPage, readScope, scopeWords } from '../queries/scope.server.ts';
import { chooseSteward } from '../queries/stewards.server.ts';
import { INDUSTRY_SECTIONS, industrySection } from '../rules/facts/sections.ts';
import { schemeLabel, schemeOptions, stageLabel } from '../queries/schemes.server.ts';
import { enter, mayOpen } from '../services/access.server.ts';

export const meta: MetaFunction = () => [{ title: '企业 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app.enterprises._index');
  const steward = chooseSteward(db, readScope(db, query, clock.today()), query, user);
  const { scope } = steward;
  const sort = readSort(query.get('sort'), ENTERPRISE_SORTS, { key: 'name', down: false });
  const page = readPage(query);
  const filter = readEnterpriseFilter(query);
  const { rows, total } = listEnterprises(db, filter, scope, { sort, page });
  return {
    rows: rows.map((row) => ({
      ...row,
      section: industrySection(row.industry)?.label ?? null,
      titles: row.titles.map((scheme) => ({ scheme, label: schemeLabel(scheme) })),
    })),
    total,
    page,
    size: PAGE_SIZE,
    sort,
    schemes: schemeOptions(query.get('title')),
    also: narrowing(filter),
    filtered: [...query].some(([key, value]) => value !== '' && !NO_FILTER.has(key)),
    asOf: scope.asOf,
    where: scopeWords(scope),
    stewards: { options: steward.options, value: steward.chosen },
    mayAdd: mayOpen(user.role, '_app.enterprises.new'),
    /** The page that assigns a steward to all that is found here. */
    assign: mayOpen(user.role, '_app.enterprises.stewards') ? assignTo(query) : null,
  };
}

/** What an address may hold without narrowing the list. */
const NO_FILTER: ReadonlySet<string> = new Set(['page', 'sort', 'cols', 'asOf']);

function assignTo(query: URLSearchParams): string {
  const kept = new URLSearchParams(query);
  for (const key of ['page', 'sort', 'cols']) kept.delete(key);
  return `/enterprises/stewards${kept.size > 0 ? `?${kept.toString()}` : ''}`;
}

/** Filters that only links from other pages set, in words. */
function narrowing({
  stage,
  expiring,
  gap,
  located,
  origin,
}: ReturnType<typeof readEnterpriseFilter>): string[] {
  const gaps: Record<string, string> = {
    figures: '缺上一年度数据',
    industry: '缺行业代码',
    code: '统一社会信用代码存疑',
  };
  return [
    ...(stage ? [stageLabel(stage)] : []),
    ...(expiring ? [`${expiring} 天内有称号到期`] : []),
    ...(gap && gaps[gap] ? [gaps[gap]] : []),
    ...(located ? ['仅实体在地'] : []),
    ...(origin ? [origin === 'moved' ? '园外迁入' : '本地培育'] : []),
  ];
}

type Row = Omit<EnterpriseRow, 'titles'> & {
  section: string | null;
  titles: { scheme: string; label: string }[];
};

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'name',
    label: '企业名称',
    pin: true,
    sortable: true,
    cell: (row) => (
      <A to={`/enterprises/${row.uscc}`} prefetch="intent">
        {row.name || row.uscc}
      </A>
    ),
  },
  {
    key: 'uscc',
    label: '统一社会信用代码',
    sortable: true,
    optional: true,
    cell: (row) => (
      <>
        {row.uscc}
        {row.usccFlag && (
          <span className="ml-1 text-unknown" title={row.usccFlag}>
            <Icon name="warn" />
            <span className="sr-only">代码存疑</span>
          </span>
        )}
      </>
    ),
  },
  {
    key: 'tier',
    label: '最高称号',
    cell: (row) => (row.tier ? <SchemeChip scheme={row.tier} /> : <Blank says="无" />),
  },
  {
    key: 'titles',
    label: '有效称号',
    optional: true,
    cell: (row) =>
      row.titles.length === 0 ? <Blank says="无" /> : row.titles.map(({ label }) => label).join('、'),
  },
  { key: 'section', label: '行业门类', optional: true, clip: true, cell: (row) => row.section ?? <Blank /> },
  {
    key: 'stewards',
    label: '管家',
    optional: true,
    cell: (row) => (row.stewards.length === 0 ? <Blank says="未分配" /> : row.stewards.join('、')),
  },
  { key: 'park', label: '园区', optional: true, cell: (row) => row.park ?? <Blank /> },
  {
    key: 'registeredOn',
    label: '成立日期',
    optional: true,
    cell: (row) => <DateText day={row.registeredOn} />,
  },
  {
    key: 'stockCode',
    label: '股票代码',
    optional: 'off',
    cell: (row) => row.stockCode ?? <Blank says="无" />,
  },
  { key: 'year', label: '最新年度', num: true, optional: true, cell: (row) => row.year ?? <Blank /> },
  {
    key: 'revenue',
    label: '销售收入',
    unit: '万元',
    num: true,
    optional: true,
    cell: (row) => <Money fen={row.revenue} />,
  },
  {
    key: 'rd',
    label: '研发费用',
    unit: '万元',
    num: true,
    optional: true,
    cell: (row) => <Money fen={row.rdExpense} />,
  },
  {
    key: 'intensity',
    label: '研发占比',
    num: true,
    optional: true,
    cell: (row) =>
      row.revenue && row.rdExpense !== null && row.revenue > 0 ? (
        percent(row.rdExpense / row.revenue)
      ) : (
        <Blank />
      ),
  },
  {
    key: 'employees',
    label: '职工',
    unit: '人',
    num: true,
    optional: true,
    cell: (row) => (row.employees === null ? <Blank /> : hundredths(row.employees)),
  },
  {
    key: 'updatedAt',
    label: '更新时间',
    sortable: true,
    num: true,
    optional: 'off',
    cell: (row) => minuteText(row.updatedAt),
  },
];

export default function Enterprises() {
  const { rows, total, page, size, sort, schemes, stewards, also, filtered, asOf, where, mayAdd, assign } =
    useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="企业" asOf={asOf} basis={`${where}，每家一行；最高称号就高计`}>
        <ColumnChooser columns={COLUMNS} />
        <ExportLink to="/enterprises.xlsx">导出 Excel</ExportLink>
        {assign && total > 0 && <ButtonLink to={assign}>分配管家</ButtonLink>}
        {mayAdd && (
          <ButtonLink to="/enterprises/new" look="primary">
            <Icon name="plus" />
            新增企业
          </ButtonLink>
        )}
      </PageHead>
      <FilterBar
        keep={['stage', 'expiring', 'gap', 'located', 'origin']}
        also={also}
        filters={[
          { name: 'q', label: '名称、拼音、代码、曾用名、股票代码', placeholder: '输入后按回车' },
          {
            name: 'tier',
            label: '最高称号',
            options: [
              ...TIERS.map(({ id, short }) => ({ value: id, label: short })),
              { value: 'none', label: '无称号' },
            ],
          },
          { name: 'title', label: '有效称号', options: schemes },
          {
            name: 'presence',
            label: '是否在册',
            options: [
              { value: 'present', label: '在册' },
              { value: 'gone', label: '已注销或迁出' },
            ],
          },
          { name: 'steward', label: '管家', ...stewards },
          {
            name: 'section',
            label: '行业门类',
            options: INDUSTRY_SECTIONS.map(([value, label]) => ({ value, label: `${value} ${label}` })),
          },
        ]}
      />
      <DataTable
        caption="企业"
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => row.id}
        sort={sort}
        empty={
          <EmptyState title={filtered ? '没有符合条件的企业' : '还没有企业'}>
            {mayAdd ? (
              <>
                {filtered && '可以放宽筛选条件，或 '}
                <A to="/import">导入企业名录</A>、<A to="/enterprises/new">手工新增</A>。
              </>
            ) : filtered ? (
              '可以放宽筛选条件。'
            ) : (
              '园区工作人员导入企业名录后，这里会有企业。'
            )}
          </EmptyState>
        }
      />
      <Pager page={page} size={size} total={total} />
    </>
  );
}
