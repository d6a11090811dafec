import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { A } from '../components/link.tsx';
import { Card, EmptyState, PageHead } from '../components/page.tsx';
import { StewardForm } from '../components/steward-view.tsx';
import { countEnterprises, enterpriseIds, readEnterpriseFilter } from '../queries/enterprises.server.ts';
import { readScope, scopeWords } from '../queries/scope.server.ts';
import { chooseSteward, namesOf, stewardCandidates } from '../queries/stewards.server.ts';
import { enter } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { filterLines } from '../services/page-lists.server.ts';
import { assignFiltered } from '../services/steward-forms.server.ts';

export const meta: MetaFunction = () => [{ title: '分配管家 - 梯度' }];

/** Lines shown of what was not taken. */
const SHOWN = 100;

interface Rejected {
  name: string;
  reason: string;
}

/** All that the filter of the address finds. */
async function open(request: Request) {
  const visit = await enter(request, '_app.enterprises.stewards');
  const { db, clock, user, query } = visit;
  const { scope } = chooseSteward(db, readScope(db, query, clock.today()), query, user);
  return { ...visit, scope, filter: readEnterpriseFilter(query) };
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, query, scope, filter } = await open(request);
  return {
    count: countEnterprises(db, filter, scope),
    filters: [scopeWords(scope), ...filterLines(query)],
    back: `/enterprises${query.size > 0 ? `?${query.toString()}` : ''}`,
    asOf: scope.asOf,
    today: clock.today(),
    candidates: stewardCandidates(db),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock, user, query, scope, filter } = await open(request);
  const ids = enterpriseIds(db, filter, scope);
  const form = await request.formData();
  const done = await assignFiltered({ db, clock, actor: user.username }, ids, form);
  const typed = typedValues(form);
  if (!done.ok) {
    const rejected: Rejected[] = [];
    return data({ message: null, rejected, errors: done.errors, typed }, { status: 400 });
  }
  if (done.rejected.length === 0) {
    const park = query.get('park');
    const to = new URLSearchParams({ ...(park ? { park } : {}), steward: String(done.userId) });
    return redirectSaying(`/enterprises?${to.toString()}`, done.message);
  }
  const shown = done.rejected.slice(0, SHOWN);
  const names = namesOf(
    db,
    shown.map(({ enterpriseId }) => enterpriseId),
  );
  const rejected: Rejected[] = shown.map(({ enterpriseId, reason }) => ({
    name: names.get(enterpriseId) ?? '',
    reason,
  }));
  const errors: Record<string, string> = {};
  return data({ message: done.message, rejected, errors, typed }, { status: 200 });
}

export default function AssignStewards() {
  const { count, filters, back, asOf, today, candidates } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <>
      <PageHead
        before={<A to={back}>企业</A>}
        title="按筛选分配管家"
        asOf={asOf}
        basis={filters.join('；')}
      />
      <div className="grid max-w-2xl gap-4">
        <div role="status">{result?.message && <p className="font-semibold">{result.message}</p>}</div>
        {result && result.rejected.length > 0 && (
          <Card title="未分配的企业">
            <ul className="grid gap-1">
              {result.rejected.map(({ name, reason }: Rejected) => (
                <li key={name + reason}>
                  {name}：{reason}
                </li>
              ))}
            </ul>
          </Card>
        )}
        {count === 0 ? (
          <EmptyState title="没有符合筛选的企业">
            <A to={back}>返回企业名单</A>
          </EmptyState>
        ) : (
          <Card title={`为 ${count.toLocaleString('zh-CN')} 家企业分配管家`} note="按当前筛选，一次完成">
            <StewardForm {...{ candidates, today, count }} values={result?.typed} errors={result?.errors} />
          </Card>
        )}
      </div>
    </>
  );
}
