import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { EnterpriseForm } from '../components/enterprise-form.tsx';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { parkTree } from '../queries/scope.server.ts';
import { enter } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { addEnterprise, EDITABLE_FIELDS, orRefusal } from '../services/statements.server.ts';

export const meta: MetaFunction = () => [{ title: '新增企业 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock } = await enter(request, '_app.enterprises.new');
  return { today: clock.today(), fields: EDITABLE_FIELDS, parks: parkTree(db) };
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock, user } = await enter(request, '_app.enterprises.new');
  const form = await request.formData();
  const done = await orRefusal(addEnterprise({ db, clock, actor: user.username }, form));
  if (done.ok) return redirectSaying(`/enterprises/${done.uscc}`, done.message);
  return data({ errors: done.errors, typed: typedValues(form) }, { status: 400 });
}

export default function NewEnterprise() {
  const { today, fields, parks } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <>
      <PageHead before={<A to="/enterprises">企业</A>} title="新增企业" />
      <EnterpriseForm
        fields={fields}
        parks={parks}
        today={today}
        values={result?.typed ?? {}}
        errors={result?.errors ?? {}}
        withCode
        submit="新增企业"
      />
    </>
  );
}
