import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { MovementView } from '../components/movement-view.tsx';
import { movementPage, periodChoices, readPeriod } from '../queries/movement-page.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { enter } from '../services/access.server.ts';

export const meta: MetaFunction = () => [{ title: '梯队变动表 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, '_app.movement._index');
  const scope = readScope(db, query, clock.today());
  return {
    page: movementPage(db, scope, readPeriod(query, scope.asOf)),
    choices: periodChoices(scope.asOf),
    where: scopeWords(scope),
  };
}

export default function Movement() {
  return <MovementView {...useLoaderData<typeof loader>()} />;
}
