import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { EnterpriseView } from '../components/enterprise-view.tsx';
import { enterprisePage } from '../queries/enterprise-page.server.ts';
import { enterpriseById } from '../queries/enterprise.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { enter } from '../services/access.server.ts';

export const meta: MetaFunction = () => [{ title: '本企业 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app.my');
  const head = user.enterpriseId === null ? null : enterpriseById(db, user.enterpriseId);
  if (!head) throw new Response('您的账号没有关联企业，请与园区联系。', { status: 404 });
  const scope = readScope(db, query, clock.today());
  const action = query.get('action') === 'renewal' ? 'renewal' : 'new';
  return { page: enterprisePage(db, head, { on: scope.asOf, action }) };
}

export default function My() {
  return <EnterpriseView page={useLoaderData<typeof loader>().page} mayEdit={false} />;
}
