import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { Button } from '../components/button.tsx';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { ParkForm } from '../components/park-form.tsx';
import { parkById } from '../queries/parks-page.server.ts';
import { parkTree } from '../queries/scope.server.ts';
import { enter } from '../services/access.server.ts';
import { readerOf } from '../services/database.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { changeParkFrom } from '../services/park-forms.server.ts';
import { parkWithBelow } from '../services/parks.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `更名或移动 ${data?.park.name ?? '园区'} - 梯度` },
];

async function open(request: Request, id: string | undefined) {
  const visit = await enter(request, '_app.parks.$id.edit');
  const park = parkById(visit.db, id);
  if (!park) throw new Response('没有这个园区。', { status: 404 });
  return { ...visit, park };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, park } = await open(request, params.id);
  // Below itself a park cannot hang.
  const below = new Set(parkWithBelow(readerOf(db.raw), park.id));
  return { park, parents: parkTree(db).filter(({ id }) => !below.has(id)) };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, park } = await open(request, params.id);
  const form = await request.formData();
  const done = await changeParkFrom(db, { clock, actor: user.username }, park.id, form);
  if (done.ok) return redirectSaying('/parks', done.message);
  return data({ errors: done.errors, typed: typedValues(form) }, { status: 400 });
}

export default function EditPark() {
  const { park, parents } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <>
      <PageHead
        before={<A to={`/parks/${park.id}`}>{park.name}</A>}
        title="更名或移动园区"
        note={<span>代码 {park.code} 不变，表格里用代码仍能对应</span>}
      />
      <ParkForm
        values={result?.typed ?? { name: park.name, parentId: String(park.parentId ?? '') }}
        errors={result?.errors ?? {}}
        parents={parents}
        submit="保存"
      />
      <details className="mt-6 max-w-md">
        <summary>建错了，要删除</summary>
        <Form method="post" className="mt-2 grid gap-3">
          <p className="text-ink-2">
            只有名下没有企业和下级、也没有统计和指标的园区可以删除；删除会留下记录。名下有企业的，请先分派到别的园区。
          </p>
          <p>
            <Button name="intent" value="remove">
              删除园区“{park.name}”
            </Button>
          </p>
        </Form>
      </details>
    </>
  );
}
