import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { FilterBar } from '../components/filters.tsx';
import { A } from '../components/link.tsx';
import { EmptyState, PageHead } from '../components/page.tsx';
import { RuleTabs } from '../components/rule-tabs.tsx';
import { TreatmentChip } from '../components/rule-parts.tsx';
import { DataTable, type Column } from '../components/table.tsx';
import {
  listCoverage,
  listRules,
  TREATMENT_OPTIONS,
  type CoverageRow,
} from '../queries/rule-pages.server.ts';
import { enter } from '../services/access.server.ts';
import { hiddenRulePages } from '../services/rule-access.server.ts';

export const meta: MetaFunction = () => [{ title: '条款覆盖 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { user, query } = await enter(request, '_app.rules.coverage');
  const filter = { treatment: query.get('treatment'), scheme: query.get('scheme') };
  const schemes = new Map(listRules().map(({ scheme, schemeLabel }) => [scheme, schemeLabel]));
  return {
    rows: listCoverage(filter),
    total: listCoverage().length,
    schemes: [...schemes].map(([value, label]) => ({ value, label })),
    treatments: TREATMENT_OPTIONS,
    hidden: hiddenRulePages(user),
  };
}

const COLUMNS: readonly Column<CoverageRow>[] = [
  {
    key: 'rule',
    label: '规则版本',
    pin: true,
    cell: (row) => <A to={`/rules/${encodeURIComponent(row.rule)}`}>{row.ruleLabel}</A>,
  },
  { key: 'article', label: '条款', wrap: true, cell: (row) => row.article },
  { key: 'says', label: '内容', wrap: true, cell: (row) => row.says },
  {
    key: 'treatment',
    label: '处理',
    cell: (row) => <TreatmentChip treatment={row.treatment} label={row.treatmentLabel} />,
  },
  { key: 'by', label: '由哪些条件落实', wrap: true, cell: (row) => row.by.join('、') },
  { key: 'reason', label: '说明', wrap: true, cell: (row) => row.reason },
];

export default function Coverage() {
  const { rows, total, schemes, treatments, hidden } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="条款覆盖"
        before={<A to="/rules">规则</A>}
        basis={`全部版本共 ${total} 条，所列 ${rows.length} 条；每一条款由程序、由人、由运营录入，或不在判定范围`}
      />
      <RuleTabs hidden={hidden} />
      <FilterBar
        filters={[
          { name: 'scheme', label: '称号', options: schemes },
          { name: 'treatment', label: '处理', options: treatments },
        ]}
      />
      <DataTable
        caption="条款覆盖"
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => `${row.rule} ${row.article} ${row.says}`}
        empty={<EmptyState title="没有符合条件的条款">可以放宽筛选条件。</EmptyState>}
      />
    </>
  );
}
