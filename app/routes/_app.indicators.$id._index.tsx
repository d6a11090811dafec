import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { IndicatorView } from '../components/indicator-view.tsx';
import { indicatorPage } from '../queries/indicator-page.server.ts';
import { readMode } from '../queries/indicators-page.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { enter, mayOpen } from '../services/access.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.line.label ?? '指标'} - 梯度` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app.indicators.$id._index');
  const scope = readScope(db, query, clock.today());
  const page = indicatorPage(db, scope, readMode(query), params.id ?? '');
  if (!page) throw new Response(`口径登记簿里没有标识为 ${params.id} 的指标。`, { status: 404 });
  const mayWrite = mayOpen(user.role, '_app.indicators.$id.value');
  return { ...page, asOf: scope.asOf, where: scopeWords(scope), mayWrite };
}

export default function Indicator() {
  return <IndicatorView {...useLoaderData<typeof loader>()} />;
}
