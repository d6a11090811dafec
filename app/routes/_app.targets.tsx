import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { TargetsView } from '../components/targets-view.tsx';
import { targetsPage } from '../queries/indicator-page.server.ts';
import { readMode } from '../queries/indicators-page.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { enter } from '../services/access.server.ts';

export const meta: MetaFunction = () => [{ title: '目标与预测 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, '_app.targets');
  const scope = readScope(db, query, clock.today());
  return { rows: targetsPage(db, scope, readMode(query)), asOf: scope.asOf, where: scopeWords(scope) };
}

export default function Targets() {
  return <TargetsView {...useLoaderData<typeof loader>()} />;
}
