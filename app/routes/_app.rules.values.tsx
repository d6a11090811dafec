import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { A } from '../components/link.tsx';
import { OperatorValuesView } from '../components/operator-values-view.tsx';
import { PageHead } from '../components/page.tsx';
import { RuleTabs } from '../components/rule-tabs.tsx';
import { operatorPage } from '../queries/operator-values.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { enter, refusal } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { enterFromForm } from '../services/operator-values.server.ts';
import { hiddenRulePages } from '../services/rule-access.server.ts';

export const meta: MetaFunction = () => [{ title: '运营录入 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, user, query } = await enter(request, '_app.rules.values');
  const { asOf } = readScope(db, query, clock.today());
  return {
    ...operatorPage(db, asOf),
    asOf,
    chosen: query.get('key'),
    today: clock.today(),
    hidden: hiddenRulePages(user),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock, user } = await enter(request, '_app.rules.values');
  const form = await request.formData();
  try {
    const done = await enterFromForm(db, clock, user.username, form);
    if (done.ok) return redirectSaying('/rules/values', done.message);
    return data({ errors: done.errors as Record<string, string>, typed: typedValues(form) }, { status: 400 });
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { '': message } as Record<string, string>, typed: typedValues(form) }, { status });
  }
}

export default function Values() {
  const { asOf, hidden, ...page } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title="运营录入"
        before={<A to="/rules">规则</A>}
        asOf={asOf}
        basis="条文未载明或未见原文的数值，由本园区按依据录入；录入前按未知处理，录入后旧判定自动更新"
      />
      <RuleTabs hidden={hidden} />
      <OperatorValuesView {...page} errors={result?.errors ?? {}} typed={result?.typed ?? {}} />
    </>
  );
}
