import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { DefinitionsView } from '../components/definitions-view.tsx';
import { definitionChoices, definitionList } from '../queries/definitions.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { enter, mayOpen } from '../services/access.server.ts';

export const meta: MetaFunction = () => [{ title: '口径登记簿 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app.definitions._index');
  return {
    rows: definitionList(db, query),
    choices: definitionChoices,
    mayWrite: mayOpen(user.role, '_app.definitions.new'),
    asOf: readScope(db, query, clock.today()).asOf,
  };
}

export default function Definitions() {
  return <DefinitionsView {...useLoaderData<typeof loader>()} />;
}
