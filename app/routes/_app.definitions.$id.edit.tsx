import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { DefinitionForm } from '../components/definitions-view.tsx';
import {
  definitionChoices,
  definitionFields,
  definitionPage,
  indicatorOptions,
} from '../queries/definitions.server.ts';
import { enter, refusal } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { definitionFromForm } from '../services/indicator-forms.server.ts';

export const meta: MetaFunction = () => [{ title: '更改口径 - 梯度' }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db } = await enter(request, '_app.definitions.$id.edit');
  const page = definitionPage(db, params.id ?? '');
  if (!page?.inForce) throw new Response('没有这项在用的口径。', { status: 404 });
  return {
    id: page.definition.id,
    label: page.definition.label,
    builtin: page.builtin,
    values: definitionFields(page),
    choices: definitionChoices,
    indicators: indicatorOptions(db),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user } = await enter(request, '_app.definitions.$id.edit');
  const form = await request.formData();
  const id = params.id ?? '';
  try {
    const done = await definitionFromForm(db, clock, user.username, form, id);
    if (done.ok) return redirectSaying(`/definitions/${encodeURIComponent(id)}`, done.message);
    return data({ errors: { ...done.errors }, typed: typedValues(form) }, { status: 400 });
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { '': message } as Record<string, string>, typed: typedValues(form) }, { status });
  }
}

export default function EditDefinition() {
  const { label, values, ...page } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <DefinitionForm
      {...page}
      title={`更改口径：${label}`}
      values={result?.typed ?? values}
      errors={result?.errors ?? {}}
    />
  );
}
