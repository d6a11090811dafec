import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { UserView } from '../components/user-view.tsx';
import { adminLog } from '../queries/admin-log.server.ts';
import { departments } from '../queries/departments.server.ts';
import { enterpriseById } from '../queries/enterprise.server.ts';
import { enter } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { ROLE_LABELS } from '../services/roles.ts';
import { changeUser } from '../services/user-forms.server.ts';
import { listUsers } from '../services/users.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.account.username ?? '用户'} - 梯度` },
];

async function open(request: Request, id: string | undefined) {
  const visit = await enter(request, '_app.users.$id');
  const account = listUsers(visit.db).find((each) => String(each.id) === id);
  if (!account) throw new Response('没有这个用户。', { status: 404 });
  return { ...visit, account };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, user, account } = await open(request, params.id);
  const linked = account.enterpriseId === null ? null : enterpriseById(db, account.enterpriseId);
  return {
    account,
    own: account.id === user.id,
    roleLabel: ROLE_LABELS[account.role],
    enterprise: linked && { name: linked.name, uscc: linked.uscc },
    departments: departments(db).map(({ id, name }) => ({ value: String(id), label: name })),
    log: adminLog(db, 'account', account.id),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, account } = await open(request, params.id);
  const form = await request.formData();
  const done = await changeUser(db, { clock, actor: user.username }, account, form);
  if (!done.ok) {
    return data({ errors: done.errors, typed: typedValues(form), password: null }, { status: 400 });
  }
  // A password is shown in this one answer and kept nowhere.
  if (done.password === null) return redirectSaying(`/users/${account.id}`, done.message);
  return data({ errors: {}, typed: {}, password: done.password });
}

export default function UserPage() {
  const result = useActionData<typeof action>();
  return (
    <UserView
      {...useLoaderData<typeof loader>()}
      errors={result?.errors ?? {}}
      typed={result?.typed ?? {}}
      password={result?.password ?? null}
    />
  );
}
