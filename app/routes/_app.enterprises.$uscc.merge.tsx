import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { SubmitButton } from '../components/button.tsx';
import { ErrorSummary, Field } from '../components/field.tsx';
import { A } from '../components/link.tsx';
import { DifferenceTable, WhichStays } from '../components/merge-view.tsx';
import { Card, PageHead } from '../components/page.tsx';
import { enterpriseByCode, enterpriseById } from '../queries/enterprise.server.ts';
import { enter } from '../services/access.server.ts';
import { readerOf } from '../services/database.server.ts';
import { previewMerge } from '../services/enterprise.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { mergeFrom } from '../services/identity-forms.server.ts';
import { findNamed } from '../services/import/find.server.ts';
import { orRefusal } from '../services/statements.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `合并 ${data?.into.name ?? ''} - 梯度` },
];

/** The two records of the address: `other` names the second, `keep=other` lets that one stay. */
async function open(request: Request, uscc: string | undefined) {
  const visit = await enter(request, '_app.enterprises.$uscc.merge');
  const here = enterpriseByCode(visit.db, uscc ?? '');
  if (!here) throw new Response('没有这家企业：代码可能有误。', { status: 404 });
  const found = findNamed(readerOf(visit.db.raw), visit.query.get('other') ?? '');
  if (!found.ok) throw new Response(`${found.reason}。请返回重填。`, { status: 404 });
  if (found.id === here.id) throw new Response('这个代码或名称就是本企业，不能与自身合并。', { status: 400 });
  const other = enterpriseById(visit.db, found.id)!;
  const keepOther = visit.query.get('keep') === 'other';
  return { ...visit, here, keepOther, from: keepOther ? here : other, into: keepOther ? other : here };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, user, here, keepOther, from, into } = await open(request, params.uscc);
  const pair = { fromId: from.id, intoId: into.id };
  const brief = ({ uscc, name, park, registeredOn, updatedAt, revision }: typeof from) => ({
    uscc,
    name,
    park,
    registeredOn,
    updatedAt,
    revision,
  });
  return {
    here: here.uscc,
    keepOther,
    from: brief(from),
    into: brief(into),
    changes: await previewMerge(db, clock, { ...pair, actor: user.username }),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, from, into } = await open(request, params.uscc);
  const form = await request.formData();
  const seen = `${from.revision}/${into.revision}`;
  if (form.get('seen') !== seen) {
    const errors = { '': '预览之后有人修改了其中一条记录，请核对新的预览后再确认' } as Record<string, string>;
    return data({ errors }, { status: 409 });
  }
  const pair = { fromId: from.id, intoId: into.id };
  const done = await orRefusal(mergeFrom({ db, clock, actor: user.username }, pair, form));
  if (done.ok) return redirectSaying(`/enterprises/${into.uscc}`, done.message);
  return data({ errors: done.errors }, { status: 400 });
}

export default function Merge() {
  const { here, keepOther, from, into, changes } = useLoaderData<typeof loader>();
  const errors = useActionData<typeof action>()?.errors;
  return (
    <>
      <PageHead before={<A to={`/enterprises/${here}/identity`}>代码与合并</A>} title="合并两条记录" />
      <div className="grid max-w-5xl grid-cols-[minmax(0,1fr)] gap-4">
        <WhichStays here={here} other={keepOther ? into.uscc : from.uscc} from={from} into={into} />
        <section>
          <h2 className="mb-2 text-lg">合并后，保留的记录有 {changes.length} 处变化</h2>
          <DifferenceTable rows={changes} />
        </section>
        <Card title="确认">
          <p className="mb-3 text-ink-2">
            合并记入历史，不能撤销。保留的记录只补空缺、采用更可信的来源；并入的记录不再出现在名单和统计里，其代码、名称、称号和账号转到保留的记录。
          </p>
          <Form method="post" noValidate className="grid max-w-md gap-4">
            <ErrorSummary errors={errors} />
            <input type="hidden" name="seen" value={`${from.revision}/${into.revision}`} />
            <Field label="合并理由" name="reason" error={errors?.reason} required autoComplete="off" />
            <p>
              <SubmitButton look="danger" busy="正在合并…">
                确认合并
              </SubmitButton>
            </p>
          </Form>
        </Card>
      </div>
    </>
  );
}
