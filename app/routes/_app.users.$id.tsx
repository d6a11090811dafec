import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { SubmitButton } from '../components/button.tsx';
import { ErrorSummary, Field } from '../components/field.tsx';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { enterpriseById } from '../queries/enterprise.server.ts';
import { enter, refusal } from '../services/access.server.ts';
import { readerOf } from '../services/database.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { findNamed } from '../services/import/find.server.ts';
import { linkUser, listUsers } from '../services/users.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `关联企业 ${data?.username ?? ''} - 梯度` },
];

async function open(request: Request, id: string | undefined) {
  const visit = await enter(request, '_app.users.$id');
  const account = listUsers(visit.db).find((each) => String(each.id) === id);
  if (account?.role !== 'enterprise') throw new Response('没有这个企业用户。', { status: 404 });
  return { ...visit, account };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, account } = await open(request, params.id);
  const linked = account.enterpriseId === null ? null : enterpriseById(db, account.enterpriseId);
  return {
    username: account.username,
    enterprise: linked && { name: linked.name, uscc: linked.uscc },
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, account } = await open(request, params.id);
  const typed = String((await request.formData()).get('enterprise') ?? '');
  const found = findNamed(readerOf(db.raw), typed);
  if (!found.ok) return data({ errors: { enterprise: found.reason }, typed }, { status: 400 });
  try {
    await linkUser(db, { userId: account.id, enterpriseId: found.id });
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { enterprise: message }, typed }, { status });
  }
  return redirectSaying('/users', `用户 ${account.username} 已关联到 ${enterpriseById(db, found.id)!.name}`);
}

export default function LinkUser() {
  const { username, enterprise } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <>
      <PageHead before={<A to="/users">用户</A>} title={`${username} 关联的企业`} />
      <Form method="post" noValidate className="card grid max-w-md gap-4 p-6">
        <ErrorSummary errors={result?.errors} />
        <p>
          现在关联：
          {enterprise ? <A to={`/enterprises/${enterprise.uscc}`}>{enterprise.name}</A> : '无'}
        </p>
        <Field
          label="改为"
          name="enterprise"
          error={result?.errors.enterprise}
          help="统一社会信用代码或完整名称；该用户只能看到这一家"
          required
          autoComplete="off"
          defaultValue={result?.typed ?? ''}
        />
        <p>
          <SubmitButton>保存关联</SubmitButton>
        </p>
      </Form>
    </>
  );
}
