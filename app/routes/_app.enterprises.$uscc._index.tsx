import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { EnterpriseView } from '../components/enterprise-view.tsx';
import { librarySchemes } from '../queries/enterprise-libraries.server.ts';
import { enterprisePage } from '../queries/enterprise-page.server.ts';
import { enterpriseByCode } from '../queries/enterprise.server.ts';
import { followUpChoices } from '../queries/follow-ups.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { stewardCandidates } from '../queries/stewards.server.ts';
import { enter, mayOpen } from '../services/access.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.page.head.name ?? '企业'} - 梯度` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app.enterprises.$uscc._index');
  const head = enterpriseByCode(db, params.uscc ?? '');
  if (!head) throw new Response('没有这家企业：代码可能有误。', { status: 404 });
  // An old code, or that of a record merged into this one, leads to the present address.
  if (head.uscc !== params.uscc) throw redirect(`/enterprises/${head.uscc}${new URL(request.url).search}`);
  const scope = readScope(db, query, clock.today());
  const action = query.get('action') === 'renewal' ? 'renewal' : 'new';
  return {
    page: enterprisePage(db, head, { on: scope.asOf, action }, true),
    mayEdit: mayOpen(user.role, '_app.enterprises.$uscc.edit'),
    assign: mayOpen(user.role, '_app.enterprises.$uscc.stewards')
      ? { candidates: stewardCandidates(db), today: clock.today() }
      : null,
    followUp: mayOpen(user.role, '_app.enterprises.$uscc.follow-ups')
      ? { ...followUpChoices(), today: clock.today() }
      : null,
    library: mayOpen(user.role, '_app.enterprises.$uscc.follow-ups') ? { schemes: librarySchemes() } : null,
  };
}

export default function Enterprise() {
  return <EnterpriseView {...useLoaderData<typeof loader>()} />;
}
