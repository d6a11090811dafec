import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { SchemeChip } from '../components/chips.tsx';
import { A } from '../components/link.tsx';
import { Card, PageHead } from '../components/page.tsx';
import { RuleTabs } from '../components/rule-tabs.tsx';
import { Citation } from '../components/rule-parts.tsx';
import { DataTable, type Column } from '../components/table.tsx';
import { ACTION_LABELS } from '../components/terms.ts';
import { DateText } from '../components/values.tsx';
import {
  listRules,
  listSelection,
  type RuleListRow,
  type SelectionDescription,
} from '../queries/rule-pages.server.ts';
import { enter } from '../services/access.server.ts';
import { hiddenRulePages } from '../services/rule-access.server.ts';

export const meta: MetaFunction = () => [{ title: '规则 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { user } = await enter(request, '_app.rules._index');
  return { rules: listRules(), selection: listSelection(), hidden: hiddenRulePages(user) };
}

const toRule = (id: string) => `/rules/${encodeURIComponent(id)}`;

const COLUMNS: readonly Column<RuleListRow>[] = [
  {
    key: 'label',
    label: '规则版本',
    pin: true,
    wrap: true,
    cell: (row) => (
      <>
        <A to={toRule(row.id)}>{row.label}</A>
        <code className="block font-mono text-xs text-ink-3">{row.id}</code>
      </>
    ),
  },
  { key: 'scheme', label: '称号', cell: (row) => <SchemeChip scheme={row.scheme} label={row.schemeShort} /> },
  { key: 'doc', label: '文号', wrap: true, cell: (row) => row.docNos.join('；') },
  { key: 'from', label: '申请日自', cell: (row) => <DateText day={row.from} /> },
  { key: 'to', label: '申请日至', cell: (row) => (row.to ? <DateText day={row.to} /> : '现行') },
  { key: 'conditions', label: '条件', num: true, cell: (row) => row.conditions },
  {
    key: 'covered',
    label: '条款：自动/人工/录入/不判',
    cell: (row) => (
      <span className="flex items-center gap-2">
        <CoverageBar row={row} />
        {row.automated} / {row.human} / {row.operator} / {row.outOfScope}
      </span>
    ),
  },
  { key: 'checkedOn', label: '最近核对', cell: (row) => <DateText day={row.checkedOn} /> },
];

const PARTS = [
  ['automated', 'bg-met'],
  ['human', 'bg-manual'],
  ['operator', 'bg-unknown'],
  ['outOfScope', 'bg-line-strong'],
] as const;

/** A picture of the four numbers beside it. */
function CoverageBar({ row }: { row: RuleListRow }) {
  return (
    <span className="flex h-2 w-24 overflow-hidden rounded-sm bg-sunken" aria-hidden="true">
      {PARTS.map(([key, look]) => (
        <span key={key} className={look} style={{ flexGrow: row[key] }} />
      ))}
    </span>
  );
}

const SELECTION_COLUMNS: readonly Column<SelectionDescription>[] = [
  { key: 'scheme', label: '称号', pin: true, cell: (row) => row.schemeLabel },
  { key: 'action', label: '事项', cell: (row) => row.actions.map((a) => ACTION_LABELS[a]).join('、') },
  { key: 'region', label: '登记地', cell: (row) => row.regionLabel },
  { key: 'from', label: '申请日自', cell: (row) => (row.from ? <DateText day={row.from} /> : '不限') },
  { key: 'to', label: '申请日至', cell: (row) => (row.to ? <DateText day={row.to} /> : '不限') },
  { key: 'rule', label: '适用版本', cell: (row) => <A to={toRule(row.rule)}>{row.ruleLabel}</A> },
  { key: 'citation', label: '依据', wrap: true, cell: (row) => <Citation citation={row.citation} /> },
  { key: 'note', label: '说明', wrap: true, cell: (row) => row.note },
];

export default function Rules() {
  const { rules, selection, hidden } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="规则" basis="每个版本一行；适用哪一版由称号、申请类型、申请日期和登记地决定" />
      <RuleTabs hidden={hidden} />
      <DataTable
        caption="规则版本"
        flow
        columns={COLUMNS}
        rows={rules}
        rowKey={(row) => row.id}
        empty={<p>没有规则。</p>}
      />
      <p className="mt-4 mb-6 max-w-3xl text-ink-2">
        修订不覆盖旧版：旧判定保留当时的版本。没有见到原文的数值标为待核实，需由运营录入的数值在录入前按未知处理，不会用猜测的数字代替。
      </p>
      <Card title="谁适用哪一版" note="申请日首尾均含；登记地更具体的优先" id="selection" flush>
        <DataTable
          caption="谁适用哪一版"
          flow
          columns={SELECTION_COLUMNS}
          rows={selection}
          rowKey={(row) => `${row.rule} ${row.actions.join()} ${row.from} ${row.region}`}
          empty={<p>没有适用关系。</p>}
        />
      </Card>
    </>
  );
}
