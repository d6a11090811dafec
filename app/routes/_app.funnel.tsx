import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ButtonLink } from '../components/button.tsx';
import { Chart } from '../components/chart.tsx';
import { funnelSvg } from '../components/charts.server.ts';
import { tierSteps } from '../components/funnel-steps.ts';
import { SchemesTable, TiersTable } from '../components/funnel-tables.tsx';
import { ExportLink } from '../components/link.tsx';
import { PrintButton } from '../components/print-button.tsx';
import { Card, EmptyState, PageHead } from '../components/page.tsx';
import { funnelPage } from '../queries/funnel-page.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { enter } from '../services/access.server.ts';

export const meta: MetaFunction = () => [{ title: '漏斗 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, '_app.funnel');
  const scope = readScope(db, query, clock.today());
  const funnel = funnelPage(db, scope);
  return { funnel, where: scopeWords(scope), svg: funnelSvg('四级梯队', tierSteps(funnel)) };
}

export default function FunnelPage() {
  const { funnel, where, svg } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="漏斗" asOf={funnel.asOf} basis={`${where}；${funnel.counting}`}>
        <ButtonLink to="/definitions">口径登记簿</ButtonLink>
        <ExportLink to="/funnel.xlsx">导出 Excel</ExportLink>
        <PrintButton />
      </PageHead>
      <div className="grid gap-4">
        <Card>
          <div className="grid items-center gap-6 xl:grid-cols-2">
            <Chart svg={svg} title="在册企业中，各有多少家走到了每一级梯队？" />
            <TiersTable tiers={funnel.tiers} enterprises={funnel.enterprises} />
          </div>
        </Card>
        <Card title="各称号各阶段" note="单位：家；点数字看名单" flush>
          {funnel.schemes.length > 0 ? (
            <SchemesTable funnel={funnel} />
          ) : (
            <EmptyState title="当日没有在途申报，也没有有效称号">
              导入称号证书或登记入库后，这里会有数字。
            </EmptyState>
          )}
        </Card>
      </div>
    </>
  );
}
