import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { BatchView } from '../components/batch-view.tsx';
import { batchChoices, batchPage, mayHandle } from '../queries/batch-page.server.ts';
import { departments, signerOf } from '../queries/departments.server.ts';
import { enter, mayOpen } from '../services/access.server.ts';
import { askerOf, batchStep } from '../services/batches/forms.server.ts';
import { FILE_ACCEPT } from '../services/files.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.batch.title ?? '推荐批次'} - 梯度` },
];

async function open(request: Request, id: string | undefined) {
  const visit = await enter(request, '_app.batches.$id._index');
  const { db, clock, user } = visit;
  const batch = batchPage(db, Number(id), askerOf(user), clock.today());
  if (!batch) throw new Response('没有这个推荐批次。', { status: 404 });
  return { ...visit, batch };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { batch, db, clock, user } = await open(request, params.id);
  const edit = batch.steps.some(({ type, reason }) => type === 'edit' && reason === null);
  return {
    batch,
    reasons: batchChoices.reasons,
    rowStates: batchChoices.rowStates,
    accept: FILE_ACCEPT,
    today: clock.today(),
    signing: {
      departments: departments(db).map(({ name }) => ({ value: name, label: name })),
      own: signerOf(db, user.id),
      mayList: mayOpen(user.role, '_app.departments'),
    },
    mayHandle: mayHandle(user.role) || user.role === 'leadership',
    mayEdit: edit && mayOpen(user.role, '_app.batches.$id.edit'),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, batch } = await open(request, params.id);
  const form = await request.formData();
  const done = await batchStep({ db, clock, by: askerOf(user) }, batch.id, form);
  if (done.ok) return redirectSaying(`/batches/${batch.id}`, done.message);
  return data({ errors: done.errors, typed: typedValues(form) }, { status: done.status });
}

export default function Batch() {
  const result = useActionData<typeof action>();
  return (
    <BatchView
      {...useLoaderData<typeof loader>()}
      errors={result?.errors ?? {}}
      typed={result?.typed ?? {}}
    />
  );
}
