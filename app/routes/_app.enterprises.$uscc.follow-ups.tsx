import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { FollowUpActions, FollowUpForm, FollowUps } from '../components/follow-up-view.tsx';
import { A } from '../components/link.tsx';
import { Card, PageHead } from '../components/page.tsx';
import { enterpriseByCode } from '../queries/enterprise.server.ts';
import { followUpChoices, followUpForm, followUpsOf } from '../queries/follow-ups.server.ts';
import { enter } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { followUpFromForm } from '../services/follow-up-forms.server.ts';
import { typedValues } from '../services/forms.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `走访与跟进 ${data?.name ?? ''} - 梯度` },
];

async function open(request: Request, uscc: string | undefined) {
  const visit = await enter(request, '_app.enterprises.$uscc.follow-ups');
  const head = enterpriseByCode(visit.db, uscc ?? '');
  if (!head) throw new Response('没有这家企业：代码可能有误。', { status: 404 });
  return { ...visit, head };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query, head } = await open(request, params.uscc);
  return {
    name: head.name,
    uscc: head.uscc,
    today: clock.today(),
    lines: followUpsOf(db, head.id, clock.today()),
    chosen: followUpForm(db, head.id, query.get('id')),
    ...followUpChoices(),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, head } = await open(request, params.uscc);
  const form = await request.formData();
  const done = await followUpFromForm({ db, clock, actor: user.username }, head.id, form);
  if (done.ok) return redirectSaying(`/enterprises/${head.uscc}#follow-ups`, done.message);
  return data(
    { errors: done.errors as Record<string, string>, typed: typedValues(form) },
    { status: done.status },
  );
}

export default function EnterpriseFollowUps() {
  const { name, uscc, today, lines, chosen, kinds, schemes } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const base = `/enterprises/${uscc}`;
  // What was typed about settling or voiding is no entry.
  const entry = result && 'note' in result.typed ? result : null;
  const values = entry?.typed ?? chosen ?? {};
  const line = lines.find(({ id }) => String(id) === values.id);
  return (
    <>
      <PageHead
        before={<A to={base}>{name}</A>}
        title="走访与跟进"
        asOf={today}
        basis="更正和作废都不覆盖，原文留存"
      />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <div className="grid gap-4" id="entry">
          <Card title={values.id ? '更正' : '记一次走访或联系'}>
            <FollowUpForm
              key={values.id ?? 'new'}
              {...{ kinds, schemes, today, values }}
              errors={entry?.errors ?? (line ? {} : (result?.errors ?? {}))}
            />
          </Card>
          {line && (
            <Card title="办结或作废" note={`${line.onDay} ${line.kindLabel}`}>
              <FollowUpActions line={line} errors={entry ? {} : (result?.errors ?? {})} />
              <p className="mt-3">
                <A to={`${base}/follow-ups`} className="btn btn-quiet">
                  取消
                </A>
              </p>
            </Card>
          )}
        </div>
        <Card title="全部记录" note={`${lines.length} 条，含作废`}>
          <FollowUps lines={lines} base={base} />
        </Card>
      </div>
    </>
  );
}
