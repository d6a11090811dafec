import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { Button, SubmitButton } from '../components/button.tsx';
import { StatedByFields, UsccField } from '../components/facts-fields.tsx';
import { ErrorSummary, Field } from '../components/field.tsx';
import { A } from '../components/link.tsx';
import { Card, PageHead } from '../components/page.tsx';
import { enterpriseByCode } from '../queries/enterprise.server.ts';
import { enter } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { addFormerName, correctCodeFrom } from '../services/identity-forms.server.ts';
import { orRefusal } from '../services/statements.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `代码与合并 ${data?.head.name ?? ''} - 梯度` },
];

async function open(request: Request, uscc: string | undefined) {
  const visit = await enter(request, '_app.enterprises.$uscc.identity');
  const head = enterpriseByCode(visit.db, uscc ?? '');
  if (!head) throw new Response('没有这家企业：代码可能有误。', { status: 404 });
  return { ...visit, head };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { clock, head } = await open(request, params.uscc);
  const { uscc, usccFlag, name, formerNames, formerCodes } = head;
  return { today: clock.today(), head: { uscc, usccFlag, name, formerNames, formerCodes } };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, head } = await open(request, params.uscc);
  const form = await request.formData();
  const work = form.get('intent') === 'name' ? addFormerName : correctCodeFrom;
  const done = await orRefusal(work({ db, clock, actor: user.username }, head.id, form));
  if (done.ok) return redirectSaying(`/enterprises/${done.uscc ?? head.uscc}`, done.message);
  return data({ errors: done.errors, typed: typedValues(form) }, { status: 400 });
}

const list = (items: readonly string[]) => (items.length > 0 ? items.join('、') : '无');

export default function Identity() {
  const { head, today } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const { errors = {}, typed = {} } = result ?? {};
  const of = (intent: string) =>
    typed.intent === intent
      ? { errors, typed }
      : { errors: {} as Record<string, string>, typed: {} as typeof typed };
  const [code, name] = [of('code'), of('name')];
  return (
    <>
      <PageHead
        before={<A to={`/enterprises/${head.uscc}`}>{head.name}</A>}
        title="代码与合并"
        note={<span>任何一个曾用代码、曾用名都能找到本企业，地址也会转到现代码</span>}
      />
      <div className="grid max-w-4xl gap-4">
        <Card title="更正统一社会信用代码">
          <p className="mb-1">现代码：{head.uscc}</p>
          <p className="mb-3 text-ink-2">曾用代码：{list(head.formerCodes)}</p>
          {head.usccFlag && <p className="mb-3 text-unknown">{head.usccFlag}</p>}
          <Form method="post" noValidate className="grid max-w-md gap-4">
            <ErrorSummary errors={code.errors} />
            <input type="hidden" name="intent" value="code" />
            <UsccField value={code.typed.uscc} error={code.errors.uscc} />
            <Field
              label="更正理由"
              name="reason"
              error={code.errors.reason}
              help="例如：以营业执照为准"
              required
              autoComplete="off"
              defaultValue={code.typed.reason ?? ''}
            />
            <p>
              <SubmitButton>更正代码</SubmitButton>
            </p>
          </Form>
        </Card>
        <Card title="曾用名">
          <p className="mb-3 text-ink-2">已有记录：{list(head.formerNames)}</p>
          <Form method="post" noValidate className="grid gap-4">
            <ErrorSummary errors={name.errors} />
            <input type="hidden" name="intent" value="name" />
            <Field
              label="增加一个曾用名"
              name="formerName"
              className="max-w-md"
              error={name.errors.formerName}
              help="导入的表格用这个名称时也能对应到本企业"
              required
              maxLength={200}
              autoComplete="off"
              defaultValue={name.typed.formerName ?? ''}
            />
            <StatedByFields values={name.typed} errors={name.errors} today={today} />
            <p>
              <SubmitButton>增加曾用名</SubmitButton>
            </p>
          </Form>
        </Card>
        <Card title="合并重复记录">
          <p className="mb-3 text-ink-2">同一家企业有两条记录时，把它们合成一条。先预览，再确认。</p>
          <Form action={`/enterprises/${head.uscc}/merge`} className="flex max-w-md items-end gap-2">
            <Field
              label="另一条记录"
              name="other"
              className="grow"
              help="统一社会信用代码或完整名称"
              required
              autoComplete="off"
            />
            <Button className="mb-5 shrink-0">预览合并</Button>
          </Form>
        </Card>
      </div>
    </>
  );
}
