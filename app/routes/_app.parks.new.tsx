import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { ParkForm } from '../components/park-form.tsx';
import { parkTree } from '../queries/scope.server.ts';
import { enter } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { addPark } from '../services/park-forms.server.ts';

export const meta: MetaFunction = () => [{ title: '新增园区 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db } = await enter(request, '_app.parks.new');
  return { parents: parkTree(db) };
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock, user } = await enter(request, '_app.parks.new');
  const form = await request.formData();
  const done = await addPark(db, { clock, actor: user.username }, form);
  if (done.ok) return redirectSaying('/parks', done.message);
  return data({ errors: done.errors, typed: typedValues(form) }, { status: 400 });
}

export default function NewPark() {
  const { parents } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <>
      <PageHead before={<A to="/parks">园区</A>} title="新增园区" />
      <ParkForm
        values={result?.typed ?? {}}
        errors={result?.errors ?? {}}
        parents={parents}
        withCode
        submit="新增园区"
      />
    </>
  );
}
