import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { SchemeChip } from '../components/chips.tsx';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { DataTable, type Column } from '../components/table.tsx';
import { DateText } from '../components/values.tsx';
import { listRules, type RuleListRow } from '../queries/rule-pages.server.ts';
import { enter } from '../services/access.server.ts';

export const meta: MetaFunction = () => [{ title: '规则 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  await enter(request, '_app.rules._index');
  return { rules: listRules() };
}

const COLUMNS: readonly Column<RuleListRow>[] = [
  {
    key: 'label',
    label: '规则版本',
    pin: true,
    cell: (row) => <A to={`/rules/${encodeURIComponent(row.id)}`}>{row.label}</A>,
  },
  { key: 'id', label: '编号', cell: (row) => <code className="font-mono text-xs">{row.id}</code> },
  { key: 'scheme', label: '称号', cell: (row) => <SchemeChip scheme={row.scheme} /> },
  { key: 'doc', label: '文号', wrap: true, cell: (row) => row.docNos.join('；') },
  { key: 'from', label: '申请日自', cell: (row) => <DateText day={row.from} /> },
  { key: 'to', label: '申请日至', cell: (row) => (row.to ? <DateText day={row.to} /> : '现行') },
  { key: 'conditions', label: '条件', num: true, cell: (row) => row.conditions },
  { key: 'automated', label: '自动判定条款', num: true, cell: (row) => row.automated },
  { key: 'human', label: '人工判断', num: true, cell: (row) => row.human },
  { key: 'operator', label: '运营录入', num: true, cell: (row) => row.operator },
  { key: 'out', label: '不在范围', num: true, cell: (row) => row.outOfScope },
  { key: 'checkedOn', label: '最近核对', cell: (row) => <DateText day={row.checkedOn} /> },
];

export default function Rules() {
  const { rules } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="规则" basis="每个版本一行；适用哪一版由称号、申请类型、申请日期和登记地决定" />
      <DataTable
        caption="规则版本"
        flow
        columns={COLUMNS}
        rows={rules}
        rowKey={(row) => row.id}
        empty={<p>没有规则。</p>}
      />
      <p className="mt-4 max-w-3xl text-ink-2">
        修订不覆盖旧版：旧判定保留当时的版本。没有见到原文的数值标为待核实，需由运营录入的数值在录入前按未知处理，不会用猜测的数字代替。
      </p>
    </>
  );
}
