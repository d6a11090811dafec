import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { BatchRowView } from '../components/batch-row-view.tsx';
import { batchChoices, batchRowPage } from '../queries/batch-page.server.ts';
import { enter } from '../services/access.server.ts';
import { askerOf, batchRowStep } from '../services/batches/forms.server.ts';
import { FILE_ACCEPT } from '../services/files.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.row.name ?? ''} ${data?.batch.title ?? ''} - 梯度` },
];

async function open(request: Request, params: { id?: string; row?: string }) {
  const visit = await enter(request, '_app.batches.$id.rows.$row');
  const { db, clock, user } = visit;
  const shown = batchRowPage(db, Number(params.id), Number(params.row), askerOf(user), clock.today());
  if (!shown) throw new Response('没有这个批次，或该企业不在其中。', { status: 404 });
  return { ...visit, shown };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shown } = await open(request, params);
  return { ...shown, reasons: batchChoices.reasons, accept: FILE_ACCEPT };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, shown } = await open(request, params);
  const { batch, row } = shown;
  const form = await request.formData();
  const done = await batchRowStep({ db, clock, by: askerOf(user) }, batch.id, row.id, form);
  if (done.ok) return redirectSaying(`/batches/${batch.id}/rows/${row.id}`, done.message);
  return data({ errors: done.errors, typed: typedValues(form) }, { status: done.status });
}

export default function BatchRow() {
  const result = useActionData<typeof action>();
  const shown = useLoaderData<typeof loader>();
  return (
    <BatchRowView
      key={`${shown.row.id} ${shown.batch.revision}`}
      {...shown}
      errors={result?.errors ?? {}}
      typed={result?.typed ?? {}}
    />
  );
}
