import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { Button } from '../components/button.tsx';
import { whole } from '../components/format.ts';
import { A } from '../components/link.tsx';
import { EmptyState, PageHead } from '../components/page.tsx';
import { LoadingProgress } from '../components/loading-progress.tsx';
import { RuleTabs } from '../components/rule-tabs.tsx';
import { DataTable, type Column } from '../components/table.tsx';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { countVerdicts, type VerdictCount } from '../queries/verdict-counts.server.ts';
import { enter } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { hiddenRulePages } from '../services/rule-access.server.ts';
import { keepVerdictsFresh, verdictRun } from '../services/verdict-job.server.ts';
import { staleVerdicts } from '../services/verdicts.server.ts';

export const meta: MetaFunction = () => [{ title: '判定更新 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app.rules.verdicts');
  const scope = readScope(db, query, clock.today());
  return {
    hidden: hiddenRulePages(user),
    basis: scopeWords(scope),
    today: clock.today(),
    run: verdictRun(db),
    stale: staleVerdicts(db, clock.today()),
    rows: countVerdicts(db, scope),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock } = await enter(request, '_app.rules.verdicts');
  const all = (await request.formData()).get('all') !== null;
  // Runs on while the page is shown; its progress stands there.
  void keepVerdictsFresh(db, clock, { all }).catch(() => undefined);
  return redirectSaying('/rules/verdicts', all ? '已开始全部重新判定' : '已开始更新判定');
}

/** The list that a number counts: judged for the same day. */
const link = (row: VerdictCount, tab: string, n: number, today: string) => (
  <A
    to={`/candidates/${row.scheme}?tab=${tab}&on=${today}${row.action === 'renewal' ? '&action=renewal' : ''}`}
  >
    {whole(n)}
  </A>
);

const columnsOn = (today: string): readonly Column<VerdictCount>[] => [
  { key: 'label', label: '称号', pin: true, cell: (row) => row.label },
  { key: 'action', label: '申请', cell: (row) => (row.action === 'renewal' ? '复核 / 重新认定' : '新申请') },
  {
    key: 'eligible',
    label: '符合',
    unit: '家',
    num: true,
    cell: (row) => link(row, 'eligible', row.eligible, today),
  },
  {
    key: 'undetermined',
    label: '待定',
    unit: '家',
    num: true,
    cell: (row) => link(row, 'undetermined', row.undetermined, today),
  },
  { key: 'ineligible', label: '不符合', unit: '家', num: true, cell: (row) => whole(row.ineligible) },
  { key: 'vetoed', label: '其中一票否决', unit: '家', num: true, cell: (row) => whole(row.vetoed) },
  { key: 'judgedOn', label: '最早判定日', cell: (row) => row.judgedOn },
];

export default function Verdicts() {
  const { hidden, basis, today, run, stale, rows } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="判定更新"
        before={<A to="/rules">规则</A>}
        asOf={today}
        basis={`${basis}；新申请不含已持有该称号的企业；名单对缺上一年度数据的企业按最近完整年度预判，家数可能不同；${stale === 0 ? '全部判定都是最新的' : `${whole(stale)} 家的判定已过期，所列数字尚未反映`}`}
      >
        {!run && (
          <Form method="post" className="flex gap-2">
            {stale > 0 && <Button look="primary">更新 {whole(stale)} 家</Button>}
            <Button name="all" value="1">
              全部重新判定
            </Button>
          </Form>
        )}
      </PageHead>
      <RuleTabs hidden={hidden} />
      {run && <LoadingProgress words="正在判定" {...run} />}
      <DataTable
        caption="各称号判定结果"
        columns={columnsOn(today)}
        rows={rows}
        rowKey={(row) => `${row.scheme}-${row.action}`}
        flow
        empty={<EmptyState title="还没有判定">导入企业后自动判定。</EmptyState>}
      />
    </>
  );
}
