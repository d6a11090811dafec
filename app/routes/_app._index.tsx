import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { funnelSvg } from '../components/charts.server.ts';
import { tierSteps } from '../components/funnel-steps.ts';
import { OverviewView } from '../components/overview-view.tsx';
import { funnelPage } from '../queries/funnel-page.server.ts';
import { dataGaps, expiringTitles, recentEvents } from '../queries/overview.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { schemeLabel } from '../queries/schemes.server.ts';
import { enter, mayOpen } from '../services/access.server.ts';

export const meta: MetaFunction = () => [{ title: '总览 - 梯度' }];

/** Titles that end within this many days are called for on the overview. */
const SOON = 180;

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app._index');
  const scope = readScope(db, query, clock.today());
  const funnel = funnelPage(db, scope);
  const expiring = expiringTitles(db, scope, SOON, 8);
  return {
    funnel,
    svg: funnelSvg('四级梯队', tierSteps(funnel)),
    expiring: {
      ...expiring,
      days: SOON,
      rows: expiring.rows.map((row) => ({ ...row, label: schemeLabel(row.scheme) })),
    },
    gaps: dataGaps(db, scope),
    recent: recentEvents(db, scope, 8),
    where: scopeWords(scope),
    asOf: scope.asOf,
    mayImport: mayOpen(user.role, '_app.import._index'),
    maySetUp: mayOpen(user.role, '_app.parks.new'),
  };
}

export default function Overview() {
  return <OverviewView {...useLoaderData<typeof loader>()} />;
}
