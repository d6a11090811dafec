import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { EnterpriseForm } from '../components/enterprise-form.tsx';
import { fieldTexts } from '../components/facts-form.ts';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { enterpriseByCode } from '../queries/enterprise.server.ts';
import { parkTree } from '../queries/scope.server.ts';
import { loadFacts } from '../queries/facts.server.ts';
import { enter } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { correctEnterprise, EDITABLE_FIELDS, orRefusal } from '../services/statements.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `更正 ${data?.name ?? ''} - 梯度` }];

async function open(request: Request, uscc: string | undefined) {
  const visit = await enter(request, '_app.enterprises.$uscc.edit');
  const head = enterpriseByCode(visit.db, uscc ?? '');
  if (!head) throw new Response('没有这家企业：代码可能有误。', { status: 404 });
  return { ...visit, head, shown: fieldTexts(EDITABLE_FIELDS, loadFacts(visit.db, head.id)) };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, head, shown } = await open(request, params.uscc);
  const { name, uscc } = head;
  return { today: clock.today(), fields: EDITABLE_FIELDS, parks: parkTree(db), shown, name, uscc };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, head, shown } = await open(request, params.uscc);
  const form = await request.formData();
  const done = await orRefusal(correctEnterprise({ db, clock, actor: user.username }, head.id, form, shown));
  if (done.ok) return redirectSaying(`/enterprises/${head.uscc}`, done.message);
  return data({ errors: done.errors, typed: typedValues(form) }, { status: done.status ?? 400 });
}

export default function EditEnterprise() {
  const { today, fields, parks, shown, name, uscc } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <>
      <PageHead before={<A to={`/enterprises/${uscc}`}>{name}</A>} title="更正企业信息" />
      <EnterpriseForm
        fields={fields}
        parks={parks}
        today={today}
        values={result?.typed ?? shown}
        shown={shown}
        errors={result?.errors ?? {}}
        submit="保存更正"
      />
    </>
  );
}
