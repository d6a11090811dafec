import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { SubmitButton } from '../components/button.tsx';
import { FigureGroups, StatedByFields } from '../components/facts-fields.tsx';
import { fieldTexts } from '../components/facts-form.ts';
import { ErrorSummary, type FieldErrors } from '../components/field.tsx';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { enterpriseByCode } from '../queries/enterprise.server.ts';
import { loadFacts } from '../queries/facts.server.ts';
import { enter } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { FIGURE_FIELDS, orRefusal, stateFigures } from '../services/statements.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.name ?? ''} ${data?.year ?? ''} 年数据 - 梯度` },
];

async function open(request: Request, params: { uscc?: string; year?: string }) {
  const visit = await enter(request, '_app.enterprises.$uscc.figures.$year');
  const head = enterpriseByCode(visit.db, params.uscc ?? '');
  const year = Number(params.year);
  const last = Number(visit.clock.today().slice(0, 4));
  if (!head || !/^\d{4}$/.test(params.year ?? '') || year < 1990 || year > last) {
    throw new Response('没有这家企业，或年度不在可填范围内。', { status: 404 });
  }
  const facts = loadFacts(visit.db, head.id);
  return { ...visit, head, year, shown: fieldTexts(FIGURE_FIELDS, facts.years?.[String(year)]) };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { clock, head, year, shown } = await open(request, params);
  return { today: clock.today(), fields: FIGURE_FIELDS, shown, name: head.name, uscc: head.uscc, year };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, head, year, shown } = await open(request, params);
  const form = await request.formData();
  const done = await orRefusal(stateFigures({ db, clock, actor: user.username }, head.id, year, form, shown));
  if (done.ok) return redirectSaying(`/enterprises/${head.uscc}`, done.message);
  return data({ errors: done.errors, typed: typedValues(form) }, { status: done.status ?? 400 });
}

export default function Figures() {
  const { today, fields, shown, name, uscc, year } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const values = result?.typed ?? shown;
  const errors: FieldErrors = result?.errors ?? {};
  return (
    <>
      <PageHead before={<A to={`/enterprises/${uscc}`}>{name}</A>} title={`${year} 年数据`}>
        <A to={`/enterprises/${uscc}/figures/${year - 1}`} className="btn">
          {year - 1} 年
        </A>
      </PageHead>
      <Form method="post" noValidate key={year} className="card max-w-4xl p-6">
        <ErrorSummary errors={errors} />
        <input type="hidden" name="shown" value={JSON.stringify(shown)} readOnly />
        <p className="mb-4 text-ink-2">
          金额以万元填写，可带千分位。留空表示未知，与填 0 不同。只保存改动过的数值。
        </p>
        <FigureGroups fields={fields} values={values} errors={errors} />
        <StatedByFields values={values} errors={errors} today={today} />
        <p className="mt-6">
          <SubmitButton>保存</SubmitButton>
        </p>
      </Form>
    </>
  );
}
