import { useEffect, useRef } from 'react';
import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { ButtonLink } from '../components/button.tsx';
import { A } from '../components/link.tsx';
import { Card, PageHead } from '../components/page.tsx';
import { AssignForm, RejectedLines } from '../components/park-view.tsx';
import { parkById } from '../queries/parks-page.server.ts';
import { enter, mayOpen } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { assignFrom } from '../services/park-forms.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.park.name ?? '园区'} - 梯度` },
];

async function open(request: Request, id: string | undefined) {
  const visit = await enter(request, '_app.parks.$id._index');
  const park = parkById(visit.db, id);
  if (!park) throw new Response('没有这个园区。', { status: 404 });
  return { ...visit, park };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { clock, user, park } = await open(request, params.id);
  return { park, today: clock.today(), mayEdit: mayOpen(user.role, '_app.parks.$id.edit') };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, park } = await open(request, params.id);
  const form = await request.formData();
  const done = await assignFrom({ db, clock, actor: user.username }, park.id, form);
  if (done.ok && done.rejected.length === 0) return redirectSaying(`/parks/${park.id}`, done.message);
  if (!done.ok) {
    const nothing = { message: null, rejected: [] as { line: string; reason: string }[] };
    return data({ ...nothing, errors: done.errors, typed: typedValues(form) }, { status: 400 });
  }
  // What was taken is done; the lines that were not are given back to be corrected.
  const typed = { ...typedValues(form), lines: done.rejected.map(({ line }) => line).join('\n') };
  const errors = {} as Record<string, string>;
  return data({ message: done.message, rejected: [...done.rejected], errors, typed }, { status: 200 });
}

export default function ParkPage() {
  const { park, today, mayEdit } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const outcome = useRef<HTMLDivElement>(null);
  // The form is long: what came of it stands above, so go there.
  useEffect(() => {
    if (result?.message) outcome.current?.focus();
  }, [result]);
  return (
    <>
      <PageHead
        before={<A to="/parks">园区</A>}
        title={park.name}
        note={
          <>
            <span>代码 {park.code}</span>
            {park.parentName && <span>上级 {park.parentName}</span>}
            <span>{park.enterprises.toLocaleString('zh-CN')} 家</span>
          </>
        }
      >
        <ButtonLink to={`/enterprises?park=${encodeURIComponent(park.code)}`}>企业名单</ButtonLink>
        {mayEdit && <ButtonLink to={`/parks/${park.id}/edit`}>更名、移动</ButtonLink>}
      </PageHead>
      <div className="grid max-w-4xl gap-4">
        <div role="status" ref={outcome} tabIndex={-1} className="outline-none">
          {result?.message && <p className="font-semibold">{result.message}</p>}
        </div>
        {result && result.rejected.length > 0 && <RejectedLines rows={result.rejected} />}
        <Card title="分派企业到本园区">
          <AssignForm
            key={result?.typed.lines ?? ''}
            values={result?.typed ?? {}}
            errors={result?.errors ?? {}}
            today={today}
          />
        </Card>
      </div>
    </>
  );
}
