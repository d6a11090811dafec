import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { AdminLog } from '../components/admin-log.tsx';
import { ButtonLink, SubmitButton } from '../components/button.tsx';
import { ErrorSummary, Field, SelectField } from '../components/field.tsx';
import { minuteText } from '../components/format.ts';
import { A } from '../components/link.tsx';
import { Card, PageHead } from '../components/page.tsx';
import { DataTable, type Column } from '../components/table.tsx';
import { AccountState, OneTimePassword } from '../components/user-view.tsx';
import { Blank } from '../components/values.tsx';
import { adminLog } from '../queries/admin-log.server.ts';
import { departments } from '../queries/departments.server.ts';
import { enterpriseByCode, enterpriseNames } from '../queries/enterprise.server.ts';
import { enter, refusal } from '../services/access.server.ts';
import { ROLE_LABELS, ROLES } from '../services/roles.ts';
import { createUser, listUsers } from '../services/users.server.ts';

export const meta: MetaFunction = () => [{ title: '用户 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db } = await enter(request, '_app.users._index');
  const users = listUsers(db);
  const names = enterpriseNames(
    db,
    users.flatMap(({ enterpriseId }) => (enterpriseId === null ? [] : [enterpriseId])),
  );
  const signFor = new Map(departments(db).map(({ id, name }) => [id, name]));
  return {
    roles: ROLES.map((value) => ({ value, label: ROLE_LABELS[value] })),
    users: users.map((each) => ({
      ...each,
      roleLabel: ROLE_LABELS[each.role],
      of:
        (each.enterpriseId === null ? null : names.get(each.enterpriseId)) ??
        (each.departmentId === null ? null : (signFor.get(each.departmentId) ?? null)),
    })),
    log: adminLog(db, 'account'),
  };
}

interface Outcome {
  errors?: Record<string, string>;
  typed?: Record<string, string>;
  /** Shown once, to be handed over. */
  secret?: { name: string; password: string };
}

type Visit = Awaited<ReturnType<typeof enter>>;

async function create({ db, clock }: Visit, form: FormData): Promise<Outcome> {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const typed = Object.fromEntries(
    ['username', 'displayName', 'role', 'uscc'].map((key) => [key, text(key)]),
  );
  const errors: Record<string, string> = {};
  if (!typed.username) errors.username = '请输入用户名';
  if (!typed.role) errors.role = '请选择角色';
  const enterprise = typed.role === 'enterprise' ? enterpriseByCode(db, typed.uscc ?? '') : null;
  if (typed.role === 'enterprise' && !enterprise) errors.uscc = '企业用户须填写已在册企业的统一社会信用代码';
  if (Object.keys(errors).length > 0) return { errors, typed };
  try {
    const { oneTimePassword } = await createUser(db, clock, {
      username: typed.username!,
      displayName: typed.displayName || undefined,
      role: typed.role!,
      enterpriseId: enterprise?.id ?? null,
    });
    return { secret: { name: typed.username!, password: oneTimePassword! } };
  } catch (error) {
    return { errors: { '': refusal(error).message }, typed };
  }
}

export async function action({ request }: ActionFunctionArgs) {
  const visit = await enter(request, '_app.users._index');
  const outcome = await create(visit, await request.formData());
  return data(outcome, { status: outcome.errors ? 400 : 200 });
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['users'][number];

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'username',
    label: '用户名',
    pin: true,
    cell: (row) => <A to={`/users/${row.id}`}>{row.username}</A>,
  },
  { key: 'displayName', label: '姓名', cell: (row) => row.displayName },
  { key: 'role', label: '角色', cell: (row) => row.roleLabel },
  { key: 'of', label: '企业或部门', cell: (row) => row.of ?? <Blank says="无" /> },
  { key: 'state', label: '状态', cell: (row) => <AccountState {...row} /> },
  { key: 'createdAt', label: '创建时间', cell: (row) => minuteText(row.createdAt) },
  {
    key: 'do',
    label: '操作',
    cell: (row) => (
      <A to={`/users/${row.id}`} aria-label={`重置密码、停用、更改：${row.username}`}>
        重置密码、停用、更改
      </A>
    ),
  },
];

export default function Users() {
  const { users, roles, log } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const { errors, typed = {} } = result ?? {};
  return (
    <>
      <PageHead title="用户">
        <ButtonLink to="/departments">会签部门</ButtonLink>
        <ButtonLink to="/users/tokens">接口令牌</ButtonLink>
      </PageHead>
      {result?.secret && <OneTimePassword {...result.secret} />}
      <div className="grid items-start gap-4 2xl:grid-cols-[minmax(0,1fr)_22rem]">
        <DataTable
          caption="用户"
          flow
          columns={COLUMNS}
          rows={users}
          rowKey={(row) => row.id}
          empty={<p className="p-4">没有用户。</p>}
        />
        <Card title="新增用户">
          <Form
            method="post"
            noValidate
            className="grid max-w-3xl gap-4 sm:grid-cols-2 2xl:grid-cols-1"
            key={result?.secret?.password ?? 'form'}
          >
            <div className="col-span-full empty:hidden">
              <ErrorSummary errors={errors} />
            </div>
            <Field
              label="用户名"
              name="username"
              error={errors?.username}
              required
              autoComplete="off"
              defaultValue={typed.username ?? ''}
            />
            <Field
              label="姓名"
              name="displayName"
              optional
              autoComplete="off"
              defaultValue={typed.displayName ?? ''}
            />
            <SelectField
              label="角色"
              name="role"
              error={errors?.role}
              options={roles}
              blank="请选择"
              required
              defaultValue={typed.role ?? ''}
            />
            <Field
              label="统一社会信用代码"
              name="uscc"
              error={errors?.uscc}
              help="仅企业用户填写，其只能看到这一家"
              optional
              autoComplete="off"
              defaultValue={typed.uscc ?? ''}
            />
            <p className="col-span-full">
              <input type="hidden" name="intent" value="create" />
              <SubmitButton>新增并生成一次性密码</SubmitButton>
            </p>
          </Form>
        </Card>
      </div>
      <AdminLog lines={log} />
    </>
  );
}
