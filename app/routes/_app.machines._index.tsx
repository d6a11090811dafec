import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { DataTable, type Column } from '../components/table.tsx';
import { listMachines } from '../queries/machine-catalogue.server.ts';
import { schemeLabel } from '../queries/schemes.server.ts';
import { enter } from '../services/access.server.ts';

export const meta: MetaFunction = () => [{ title: '状态机 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  await enter(request, '_app.machines._index');
  return {
    machines: listMachines().map((machine) => ({
      ...machine,
      schemeLabels: machine.schemes.map(schemeLabel),
    })),
  };
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['machines'][number];

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'label',
    label: '状态机',
    pin: true,
    cell: (row) => <A to={`/machines/${row.name}`}>{row.label}</A>,
  },
  { key: 'name', label: '编号', cell: (row) => <code className="font-mono text-xs">{row.name}</code> },
  { key: 'schemes', label: '适用称号', wrap: true, cell: (row) => row.schemeLabels.join('、') || '—' },
];

export default function Machines() {
  const { machines } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="状态机" basis="每项称号各走一条路，从培育入库到认定、到期" />
      <DataTable
        caption="状态机"
        flow
        columns={COLUMNS}
        rows={machines}
        rowKey={(row) => row.name}
        empty={<p>没有。</p>}
      />
      <p className="mt-4 max-w-3xl text-ink-2">
        判定只拦园区自己的步骤（入库、推荐、提交）；主管部门公布的结果一律照录，与判定不一致时标出。到期由每日检查产生，不靠计时器。
      </p>
    </>
  );
}
