import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { SubmitButton } from '../components/button.tsx';
import { FigureGroups } from '../components/facts-fields.tsx';
import { fieldTexts } from '../components/facts-form.ts';
import { ErrorSummary } from '../components/field.tsx';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { askedFigures } from '../queries/submissions.server.ts';
import { ownEnterprise } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { FIGURE_FIELDS, orRefusal } from '../services/statements.server.ts';
import { keepFigures } from '../services/submission-forms.server.ts';
import { draftFacts } from '../services/submissions.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `填报 ${data?.year ?? ''} 年数据 - 梯度` },
];

async function open(request: Request, typed: string | undefined) {
  const visit = await ownEnterprise(request, '_app.my.figures.$year');
  const year = Number(typed);
  const last = Number(visit.clock.today().slice(0, 4));
  if (!/^\d{4}$/.test(typed ?? '') || year < last - 10 || year > last) {
    throw new Response('年度不在可填范围内。', { status: 404 });
  }
  return { ...visit, year };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, enterpriseId, year } = await open(request, params.year);
  const { facts, paths } = draftFacts(db, enterpriseId);
  return {
    year,
    fields: FIGURE_FIELDS,
    shown: fieldTexts(FIGURE_FIELDS, facts.years?.[String(year)]),
    asked: askedFigures(db, enterpriseId, year),
    drafted: paths.filter((path) => path.startsWith(`years.${year}.`)).length,
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, enterpriseId, year } = await open(request, params.year);
  const form = await request.formData();
  const done = await orRefusal(keepFigures({ db, clock, actor: user.username }, enterpriseId, year, form));
  if (done.ok) return redirectSaying('/my/submission', done.message);
  return data({ errors: done.errors, typed: typedValues(form) }, { status: 400 });
}

export default function MyFigures() {
  const { year, fields, shown, asked, drafted } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const errors = result?.errors ?? {};
  return (
    <>
      <PageHead
        before={<A to="/my">本企业</A>}
        title={`填报 ${year} 年数据`}
        note={drafted > 0 ? `草稿中有 ${drafted} 项，尚未提交` : '填写后先存为草稿，核对后再提交给园区'}
      >
        <A to={`/my/figures/${year - 1}`} className="btn">
          {year - 1} 年
        </A>
      </PageHead>
      <Form method="post" noValidate key={year} className="card max-w-4xl p-6">
        <ErrorSummary errors={errors} />
        <p className="mb-4 text-ink-2">
          金额以万元填写，可带千分位。已显示园区现有的数据；不清楚的留空，与填 0 不同。
        </p>
        <FigureGroups fields={fields} values={result?.typed ?? shown} errors={errors} asked={asked} />
        <p className="mt-6">
          <SubmitButton>存为草稿并核对</SubmitButton>
        </p>
      </Form>
    </>
  );
}
