import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { DefinitionForm } from '../components/definitions-view.tsx';
import { definitionChoices, indicatorOptions } from '../queries/definitions.server.ts';
import { enter, refusal } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { definitionFromForm } from '../services/indicator-forms.server.ts';

export const meta: MetaFunction = () => [{ title: '登记指标 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db } = await enter(request, '_app.definitions.new');
  return { choices: definitionChoices, indicators: indicatorOptions(db) };
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock, user } = await enter(request, '_app.definitions.new');
  const form = await request.formData();
  try {
    const done = await definitionFromForm(db, clock, user.username, form, null);
    if (done.ok) return redirectSaying('/definitions?kind=entered', done.message);
    return data({ errors: { ...done.errors }, typed: typedValues(form) }, { status: 400 });
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { '': message } as Record<string, string>, typed: typedValues(form) }, { status });
  }
}

const FRESH: Readonly<Record<string, string>> = { rounding: 'halfUp', digits: '0', rateDigits: '1' };

export default function NewDefinition() {
  const page = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <DefinitionForm
      {...page}
      title="登记指标"
      id={null}
      builtin={false}
      values={result?.typed ?? FRESH}
      errors={result?.errors ?? {}}
    />
  );
}
