import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { DefinitionView } from '../components/definitions-view.tsx';
import { definitionChoices, definitionPage } from '../queries/definitions.server.ts';
import { enter, mayOpen } from '../services/access.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.page.definition.label ?? ''}的口径 - 梯度` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, user } = await enter(request, '_app.definitions.$id._index');
  const page = definitionPage(db, params.id ?? '');
  if (!page) throw new Response(`口径登记簿里没有标识为 ${params.id} 的指标。`, { status: 404 });
  return { page, choices: definitionChoices, mayWrite: mayOpen(user.role, '_app.definitions.$id.edit') };
}

export default function Definition() {
  return <DefinitionView {...useLoaderData<typeof loader>()} />;
}
