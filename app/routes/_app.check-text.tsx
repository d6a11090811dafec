import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { CheckTextView } from '../components/check-text-view.tsx';
import { checkText, roundingChoices } from '../queries/check-text.server.ts';
import { parkTree, readScope } from '../queries/scope.server.ts';
import { enter, refusal } from '../services/access.server.ts';
import { readCheckForm } from '../services/check-text-form.server.ts';
import { typedValues } from '../services/forms.server.ts';

export const meta: MetaFunction = () => [{ title: '报告核验 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, '_app.check-text');
  const { asOf, park } = readScope(db, query, clock.today());
  return {
    roundings: roundingChoices,
    parks: parkTree(db).map(({ code, name, depth }) => ({ value: code, label: '　'.repeat(depth) + name })),
    defaults: { rounding: 'halfUp', compare: 'on', on: asOf, within: park ?? '' } as Record<string, string>,
  };
}

/** Reads the text, asks, and keeps nothing. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, clock } = await enter(request, '_app.check-text');
  const form = await request.formData();
  const typed = typedValues(form);
  try {
    const read = await readCheckForm(form);
    if (!read.ok) return data({ errors: read.errors, typed, checked: null }, { status: 400 });
    const { text, rounding, on, within } = read;
    const scope = readScope(db, new URLSearchParams({ park: within, asOf: on ?? '' }), clock.today());
    const register = on === null ? null : { db, asOf: on, parkIds: scope.parkIds };
    const where = on === null ? null : { on, parkName: scope.parkName ?? '全部园区' };
    const checked = { text, rounding, where, ...checkText(text, rounding, register) };
    return data({ errors: {} as Record<string, string>, typed: { ...typed, text }, checked });
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { text: message } as Record<string, string>, typed, checked: null }, { status });
  }
}

export default function CheckText() {
  const result = useActionData<typeof action>();
  const { defaults, ...choices } = useLoaderData<typeof loader>();
  return (
    <CheckTextView
      {...choices}
      values={result?.typed ?? defaults}
      errors={result?.errors ?? {}}
      checked={result?.checked ?? null}
    />
  );
}
