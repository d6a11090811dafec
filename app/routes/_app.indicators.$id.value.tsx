import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { ValueForm } from '../components/indicator-forms.tsx';
import { entryForm } from '../queries/definitions.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { enter, refusal } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { valueFields } from '../services/import/indicator-columns.ts';
import { valueFromForm } from '../services/indicator-forms.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `录入${page?.label ?? '指标'} - 梯度` },
];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, '_app.indicators.$id.value');
  const scope = readScope(db, query, clock.today());
  const page = entryForm(db, scope, params.id ?? '');
  if (!page?.entered) throw new Response('没有这项可录入的指标。', { status: 404 });
  const values: Record<string, string> = {
    ...page.fresh,
    fromOn: `${scope.asOf.slice(0, 4)}-01-01`,
    toOn: '',
    knownAt: clock.today(),
  };
  return { ...page, values, fields: valueFields() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user } = await enter(request, '_app.indicators.$id.value');
  const form = await request.formData();
  const id = params.id ?? '';
  try {
    const done = await valueFromForm(db, clock, user.username, form, id);
    if (done.ok) return redirectSaying(`/indicators/${encodeURIComponent(id)}`, done.message);
    return data({ errors: { ...done.errors }, typed: typedValues(form) }, { status: 400 });
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { '': message } as Record<string, string>, typed: typedValues(form) }, { status });
  }
}

export default function EnterValue() {
  const page = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return <ValueForm {...page} values={result?.typed ?? page.values} errors={result?.errors ?? {}} />;
}
