import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ExpiryView } from '../components/expiry-view.tsx';
import { expiryPage } from '../queries/expiry-page.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { chooseSteward } from '../queries/stewards.server.ts';
import { enter, mayOpen } from '../services/access.server.ts';

export const meta: MetaFunction = () => [{ title: '到期与窗口 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app.expiry');
  const { scope, options, chosen } = chooseSteward(
    db,
    readScope(db, query, clock.today()),
    query,
    user,
    true,
  );
  return {
    ...expiryPage(db, scope, query),
    stewards: { options, value: chosen },
    mayKeep: mayOpen(user.role, '_app.windows'),
  };
}

export default function Expiry() {
  return <ExpiryView {...useLoaderData<typeof loader>()} />;
}
