import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { TargetForm } from '../components/indicator-forms.tsx';
import { entryForm, targetFields } from '../queries/definitions.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { enter, refusal } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { targetFromForm } from '../services/indicator-forms.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.label ?? '指标'}的目标 - 梯度` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, '_app.indicators.$id.target');
  const scope = readScope(db, query, clock.today());
  const page = entryForm(db, scope, params.id ?? '');
  if (!page) throw new Response('没有这项指标。', { status: 404 });
  const year = scope.asOf.slice(0, 4);
  const standing = query.get('target') ? targetFields(db, page.id, Number(query.get('target'))) : null;
  const values: Record<string, string> = standing ?? {
    ...page.fresh,
    fromOn: `${year}-01-01`,
    toOn: `${year}-12-31`,
    name: '年度任务',
  };
  return { ...page, values };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user } = await enter(request, '_app.indicators.$id.target');
  const form = await request.formData();
  const id = params.id ?? '';
  try {
    const done = await targetFromForm(db, clock, user.username, form, id);
    if (done.ok) return redirectSaying(`/indicators/${encodeURIComponent(id)}`, done.message);
    return data({ errors: { ...done.errors }, typed: typedValues(form) }, { status: 400 });
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { '': message } as Record<string, string>, typed: typedValues(form) }, { status });
  }
}

export default function Target() {
  const page = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return <TargetForm {...page} values={result?.typed ?? page.values} errors={result?.errors ?? {}} />;
}
