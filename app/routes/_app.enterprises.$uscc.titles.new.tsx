import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { SubmitButton } from '../components/button.tsx';
import { FactField, StatedByFields } from '../components/facts-fields.tsx';
import { ErrorSummary, Field, SelectField, type FieldErrors } from '../components/field.tsx';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { enterpriseByCode } from '../queries/enterprise.server.ts';
import { schemeOptions } from '../queries/schemes.server.ts';
import { TITLE_FIELDS } from '../rules/facts/fields.ts';
import { enter } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { orRefusal, stateTitle } from '../services/statements.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `登记称号 ${data?.name ?? ''} - 梯度` },
];

async function open(request: Request, uscc: string | undefined) {
  const visit = await enter(request, '_app.enterprises.$uscc.titles.new');
  const head = enterpriseByCode(visit.db, uscc ?? '');
  if (!head) throw new Response('没有这家企业：代码可能有误。', { status: 404 });
  return { ...visit, head };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { clock, head } = await open(request, params.uscc);
  return { today: clock.today(), schemes: schemeOptions(), name: head.name, uscc: head.uscc };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, head } = await open(request, params.uscc);
  const form = await request.formData();
  const done = await orRefusal(stateTitle({ db, clock, actor: user.username }, head.id, form));
  if (done.ok) return redirectSaying(`/enterprises/${head.uscc}`, done.message);
  return data({ errors: done.errors, typed: typedValues(form) }, { status: 400 });
}

export default function NewTitle() {
  const { today, schemes, name, uscc } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const values: Record<string, string> = result?.typed ?? {};
  const errors: FieldErrors = result?.errors ?? {};
  return (
    <>
      <PageHead before={<A to={`/enterprises/${uscc}`}>{name}</A>} title="登记称号" />
      <Form method="post" noValidate className="card max-w-3xl p-6">
        <ErrorSummary errors={errors} />
        <div className="mb-6 grid gap-x-6 gap-y-4 sm:grid-cols-2">
          <SelectField
            label="称号"
            name="scheme"
            error={errors.scheme}
            options={schemes}
            blank="请选择"
            required
            defaultValue={values.scheme ?? ''}
          />
          {TITLE_FIELDS.filter(({ key }) => key !== 'scheme').map((field) => (
            <FactField key={field.key} field={field} value={values[field.key]} error={errors[field.key]} />
          ))}
          <Field
            label="依据"
            name="reason"
            optional
            help="公告文号或说明"
            defaultValue={values.reason ?? ''}
            maxLength={500}
          />
        </div>
        <StatedByFields values={values} errors={errors} today={today} />
        <p className="mt-6">
          <SubmitButton>登记</SubmitButton>
        </p>
      </Form>
    </>
  );
}
