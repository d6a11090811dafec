import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { BatchEditView } from '../components/batch-new-view.tsx';
import { batchChoices, batchTermValues, batchWindows } from '../queries/batch-page.server.ts';
import { loadBatch } from '../queries/batches.server.ts';
import { enter } from '../services/access.server.ts';
import { askerOf } from '../services/batches/forms.server.ts';
import { editBatchFromForm } from '../services/batches/new-forms.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';

export const meta: MetaFunction = () => [{ title: '修改推荐批次 - 梯度' }];

async function open(request: Request, id: string | undefined) {
  const visit = await enter(request, '_app.batches.$id.edit');
  const batch = loadBatch(visit.db, Number(id));
  if (!batch) throw new Response('没有这个推荐批次。', { status: 404 });
  return { ...visit, batch };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, batch } = await open(request, params.id);
  return {
    batchId: batch.id,
    title: batch.title,
    revision: batch.revision,
    values: batchTermValues(batch),
    windows: batchWindows(db, batch.scheme, clock.today()),
    orders: batchChoices.orders,
    rows: batch.rows.map(({ id, name, uscc, stateLabel }) => ({ id, name, uscc, stateLabel })),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, batch } = await open(request, params.id);
  const form = await request.formData();
  const ref = { batchId: batch.id, revision: Number(form.get('revision') ?? Number.NaN), by: askerOf(user) };
  const done = await editBatchFromForm(db, clock, ref, form);
  if (done.ok) return redirectSaying(`/batches/${batch.id}`, done.message);
  const { errors, notFound, status } = done;
  return data({ errors, notFound: [...notFound], typed: typedValues(form) }, { status });
}

export default function EditBatch() {
  const result = useActionData<typeof action>();
  const shown = useLoaderData<typeof loader>();
  return (
    <BatchEditView
      {...shown}
      values={result ? { ...shown.values, ...result.typed } : shown.values}
      errors={result?.errors ?? {}}
      notFound={result?.notFound ?? []}
      names={result?.typed.names ?? ''}
    />
  );
}
