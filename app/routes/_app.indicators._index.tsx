import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { IndicatorsView } from '../components/indicators-view.tsx';
import { indicatorsPage, readMode } from '../queries/indicators-page.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { enter, mayOpen } from '../services/access.server.ts';

export const meta: MetaFunction = () => [{ title: '指标 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app.indicators._index');
  const scope = readScope(db, query, clock.today());
  return {
    ...indicatorsPage(db, scope, readMode(query)),
    asOf: scope.asOf,
    where: scopeWords(scope),
    search: `?${query.toString()}`,
    mayWrite: mayOpen(user.role, '_app.definitions.new'),
  };
}

export default function Indicators() {
  return <IndicatorsView {...useLoaderData<typeof loader>()} />;
}
