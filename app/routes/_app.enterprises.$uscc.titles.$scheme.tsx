import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { TitleLifeView } from '../components/title-life-view.tsx';
import { enterpriseByCode } from '../queries/enterprise.server.ts';
import { readScope } from '../queries/scope.server.ts';
import { titleLife } from '../queries/title-life.server.ts';
import { SCHEME_BY_ID } from '../rules/schemes.ts';
import { enter } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { takeStep } from '../services/step.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.life.label ?? ''} ${data?.name ?? ''} - 梯度` },
];

async function open(request: Request, params: { uscc?: string; scheme?: string }) {
  const visit = await enter(request, '_app.enterprises.$uscc.titles.$scheme');
  const head = enterpriseByCode(visit.db, params.uscc ?? '');
  const scheme = params.scheme ?? '';
  if (!head || !SCHEME_BY_ID.has(scheme))
    throw new Response('没有这家企业，或没有这项称号。', { status: 404 });
  return { ...visit, head, scheme };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, query, head, scheme } = await open(request, params);
  const scope = readScope(db, query, clock.today());
  const life = await titleLife(db, { enterpriseId: head.id, scheme, on: scope.asOf });
  return { life, name: head.name, uscc: head.uscc, asOf: scope.asOf, today: clock.today() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, head, scheme } = await open(request, params);
  const form = await request.formData();
  const done = await takeStep({ db, clock, actor: user.username }, { enterpriseId: head.id, scheme }, form);
  if (done.ok) return redirectSaying(`/enterprises/${head.uscc}/titles/${scheme}`, done.message);
  return data({ errors: done.errors, typed: typedValues(form) }, { status: done.status });
}

export default function Title() {
  const result = useActionData<typeof action>();
  return (
    <TitleLifeView
      {...useLoaderData<typeof loader>()}
      errors={result?.errors ?? {}}
      typed={result?.typed ?? {}}
    />
  );
}
