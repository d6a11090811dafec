import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { EnterpriseView } from '../components/enterprise-view.tsx';
import { MyDesk } from '../components/my-view.tsx';
import { enterprisePage } from '../queries/enterprise-page.server.ts';
import { loadFacts } from '../queries/facts.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { draftOf, ownRequests, submissionsOf } from '../queries/submissions.server.ts';
import { answersFrom } from '../rules/ask/known.ts';
import { ownEnterprise } from '../services/access.server.ts';
import { enterpriseById } from '../queries/enterprise.server.ts';

export const meta: MetaFunction = () => [{ title: '本企业 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, query, enterpriseId } = await ownEnterprise(request, '_app.my._index');
  const today = clock.today();
  const { asOf } = readScope(db, query, today);
  const action = query.get('action') === 'renewal' ? 'renewal' : 'new';
  return {
    page: enterprisePage(db, enterpriseById(db, enterpriseId)!, { on: asOf, action }, false),
    year: Number(today.slice(0, 4)) - 1,
    drafted: draftOf(db, enterpriseId)?.items.length ?? 0,
    requests: ownRequests(db, enterpriseId, today),
    submissions: submissionsOf(db, enterpriseId),
    known: answersFrom(loadFacts(db, enterpriseId), today),
  };
}

export default function My() {
  const { page, ...desk } = useLoaderData<typeof loader>();
  return <EnterpriseView page={page} mayEdit={false} desk={<MyDesk {...desk} />} />;
}
