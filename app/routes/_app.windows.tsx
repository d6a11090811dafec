import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { WindowsView } from '../components/windows-view.tsx';
import { schemeOptions } from '../queries/schemes.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { windowChoices, windowForm, windowsPage } from '../queries/windows.server.ts';
import { enter, refusal } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { windowFromForm } from '../services/windows.server.ts';

export const meta: MetaFunction = () => [{ title: '申报窗口 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, '_app.windows');
  const { asOf } = readScope(db, query, clock.today());
  return {
    lines: windowsPage(db, asOf),
    chosen: windowForm(db, query.get('id')),
    schemes: schemeOptions(),
    ...windowChoices,
    asOf,
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock, user } = await enter(request, '_app.windows');
  const form = await request.formData();
  try {
    const done = await windowFromForm(db, clock, user.username, form);
    if (done.ok) return redirectSaying('/windows', done.message);
    return data({ errors: done.errors as Record<string, string>, typed: typedValues(form) }, { status: 400 });
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { '': message } as Record<string, string>, typed: typedValues(form) }, { status });
  }
}

export default function Windows() {
  const result = useActionData<typeof action>();
  return (
    <WindowsView
      {...useLoaderData<typeof loader>()}
      errors={result?.errors ?? {}}
      typed={result?.typed ?? null}
    />
  );
}
