import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { BatchNewView } from '../components/batch-new-view.tsx';
import { batchChoices, batchWindows, newBatchTerms } from '../queries/batch-page.server.ts';
import { schemeOptions } from '../queries/schemes.server.ts';
import { isDay } from '../rules/day.ts';
import { SCHEME_BY_ID } from '../rules/schemes.ts';
import { enter, type SignedIn } from '../services/access.server.ts';
import { askerOf } from '../services/batches/forms.server.ts';
import { newBatchFromForm, previewRows, type NotFound } from '../services/batches/new-forms.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';

export const meta: MetaFunction = () => [{ title: '起草推荐批次 - 梯度' }];

interface Shown {
  scheme: string;
  values: Record<string, string>;
  ids: readonly number[];
  notFound: readonly NotFound[];
  names: string;
  errors: Record<string, string>;
}

/** Everything of the page, also where a form comes back. */
function page({ db, clock }: Pick<SignedIn, 'db' | 'clock'>, shown: Shown) {
  const { scheme, ids, values } = shown;
  return {
    ...shown,
    schemes: schemeOptions(),
    windows: batchWindows(db, scheme, clock.today()),
    orders: batchChoices.orders,
    rows: previewRows(db, clock, { scheme, ids, applicationOn: values.applicationOn ?? '' }),
  };
}

const FIRST = 'hnte';
const schemeOf = (text: string | null) => (text !== null && SCHEME_BY_ID.has(text) ? text : FIRST);

export async function loader({ request }: LoaderFunctionArgs) {
  const visit = await enter(request, '_app.batches.new');
  const { db, clock, query } = visit;
  const scheme = schemeOf(query.get('scheme'));
  const on = query.get('on');
  const values = newBatchTerms(db, scheme, clock.today());
  return page(visit, {
    scheme,
    values: isDay(on) ? { ...values, applicationOn: on } : values,
    ids: query.getAll('enterprise').map(Number).filter(Number.isSafeInteger),
    notFound: [],
    names: '',
    errors: {},
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const visit = await enter(request, '_app.batches.new');
  const { db, clock, user } = visit;
  const form = await request.formData();
  const done = await newBatchFromForm(db, clock, askerOf(user), form);
  if (done.kind === 'drawn') return redirectSaying(`/batches/${done.batchId}`, done.message);
  const typed = typedValues(form);
  const scheme = schemeOf(typed.scheme ?? null);
  // A selection handed over by a list brings no terms of its own; another scheme has another next window.
  const begin = newBatchTerms(db, scheme, clock.today());
  if (isDay(typed.on)) begin.applicationOn = typed.on;
  return data(
    page(visit, {
      scheme,
      values: { ...begin, ...typed },
      ids: done.ids,
      notFound: done.notFound,
      names: done.notFound.map(({ text }) => text).join('\n'),
      errors: { ...done.errors },
    }),
    { status: done.status },
  );
}

export default function NewBatch() {
  const begin = useLoaderData<typeof loader>();
  const back = useActionData<typeof action>();
  const shown = back ?? begin;
  return <BatchNewView key={shown.ids.join()} {...shown} />;
}
