import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { A } from '../components/link.tsx';
import { Card, PageHead } from '../components/page.tsx';
import { PastStewards, StewardForm, Stewards } from '../components/steward-view.tsx';
import { enterpriseByCode } from '../queries/enterprise.server.ts';
import { pastStewards, stewardCandidates, stewardsOn } from '../queries/stewards.server.ts';
import { enter } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { saveSteward } from '../services/steward-forms.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `服务管家 ${data?.name ?? ''} - 梯度` },
];

async function open(request: Request, uscc: string | undefined) {
  const visit = await enter(request, '_app.enterprises.$uscc.stewards');
  const head = enterpriseByCode(visit.db, uscc ?? '');
  if (!head) throw new Response('没有这家企业：代码可能有误。', { status: 404 });
  return { ...visit, head };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, head } = await open(request, params.uscc);
  return {
    name: head.name,
    uscc: head.uscc,
    today: clock.today(),
    stewards: stewardsOn(db, head.id, clock.today()),
    past: pastStewards(db, head.id),
    candidates: stewardCandidates(db),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, head } = await open(request, params.uscc);
  const form = await request.formData();
  const done = await saveSteward({ db, clock, actor: user.username }, head.id, form);
  if (done.ok) return redirectSaying(`/enterprises/${head.uscc}`, done.message);
  return data({ errors: done.errors, typed: typedValues(form) }, { status: 400 });
}

export default function EnterpriseStewards() {
  const { name, uscc, today, stewards, past, candidates } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <>
      <PageHead before={<A to={`/enterprises/${uscc}`}>{name}</A>} title="服务管家" asOf={today} />
      <div className="grid max-w-4xl items-start gap-4 md:grid-cols-2">
        <Card title="分配或结束">
          <StewardForm {...{ candidates, today }} values={result?.typed} errors={result?.errors} />
        </Card>
        <div className="grid gap-4">
          <Card title="现任">
            <Stewards stewards={stewards} />
          </Card>
          <Card title="历任">
            <PastStewards past={past} />
          </Card>
        </div>
      </div>
    </>
  );
}
