import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { Button, SubmitButton } from '../components/button.tsx';
import { ErrorSummary, Field, SelectField } from '../components/field.tsx';
import { minuteText } from '../components/format.ts';
import { A } from '../components/link.tsx';
import { Card, PageHead } from '../components/page.tsx';
import { DataTable, type Column } from '../components/table.tsx';
import { Blank } from '../components/values.tsx';
import { enterpriseByCode, enterpriseNames } from '../queries/enterprise.server.ts';
import { enter, refusal } from '../services/access.server.ts';
import { ROLE_LABELS, ROLES } from '../services/roles.ts';
import { createUser, listUsers, resetPassword, setDisabled } from '../services/users.server.ts';

export const meta: MetaFunction = () => [{ title: '用户 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, user } = await enter(request, '_app.users._index');
  const users = listUsers(db);
  const names = enterpriseNames(
    db,
    users.flatMap(({ enterpriseId }) => (enterpriseId === null ? [] : [enterpriseId])),
  );
  return {
    me: user.id,
    roles: ROLES.map((value) => ({ value, label: ROLE_LABELS[value] })),
    users: users.map((each) => ({
      ...each,
      roleLabel: ROLE_LABELS[each.role],
      enterprise: each.enterpriseId === null ? null : (names.get(each.enterpriseId) ?? null),
    })),
  };
}

interface Outcome {
  errors?: Record<string, string>;
  typed?: Record<string, string>;
  /** Shown once, to be handed over. */
  secret?: { name: string; password: string };
  message?: string;
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
  const { db, clock } = visit;
  const form = await request.formData();
  const userId = Number(form.get('userId'));
  const intent = form.get('intent');
  let outcome: Outcome;
  try {
    if (intent === 'create') outcome = await create(visit, form);
    else if (intent === 'reset') {
      const password = await resetPassword(db, clock, userId);
      outcome = { secret: { name: String(form.get('username') ?? ''), password } };
    } else {
      const disabled = intent === 'disable';
      await setDisabled(db, { userId, disabled });
      outcome = { message: disabled ? '已停用，其登录已退出' : '已启用' };
    }
  } catch (error) {
    outcome = { errors: { '': refusal(error).message } };
  }
  return data(outcome, { status: outcome.errors ? 400 : 200 });
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['users'][number];

const COLUMNS = (me: number): readonly Column<Row>[] => [
  { key: 'username', label: '用户名', pin: true, cell: (row) => row.username },
  { key: 'displayName', label: '姓名', cell: (row) => row.displayName },
  { key: 'role', label: '角色', cell: (row) => row.roleLabel },
  {
    key: 'enterprise',
    label: '企业',
    cell: (row) =>
      row.role === 'enterprise' ? (
        <A to={`/users/${row.id}`} aria-label={`更改 ${row.username} 关联的企业`}>
          {row.enterprise ?? '关联企业'}
        </A>
      ) : (
        <Blank says="无" />
      ),
  },
  {
    key: 'state',
    label: '状态',
    cell: (row) =>
      row.disabled ? (
        <span className="chip bg-waived-soft text-waived">已停用</span>
      ) : row.mustChange ? (
        <span className="chip bg-unknown-soft text-unknown">待改一次性密码</span>
      ) : (
        <span className="chip bg-met-soft text-met">正常</span>
      ),
  },
  { key: 'createdAt', label: '创建时间', cell: (row) => minuteText(row.createdAt) },
  {
    key: 'do',
    label: '操作',
    cell: (row) => (
      <Form method="post" className="flex gap-1">
        <input type="hidden" name="userId" value={row.id} />
        <input type="hidden" name="username" value={row.username} />
        <Button look="quiet" name="intent" value="reset" aria-label={`重置密码：${row.username}`}>
          重置密码
        </Button>
        {row.id !== me && (
          <Button
            look="quiet"
            name="intent"
            value={row.disabled ? 'enable' : 'disable'}
            aria-label={`${row.disabled ? '启用' : '停用'}：${row.username}`}
          >
            {row.disabled ? '启用' : '停用'}
          </Button>
        )}
      </Form>
    ),
  },
];

export default function Users() {
  const { users, roles, me } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const { errors, typed = {} } = result ?? {};
  return (
    <>
      <PageHead title="用户" />
      <div role="status">
        {result?.secret && (
          <p className="mb-4 rounded-md border border-met bg-met-soft px-4 py-3 text-met">
            用户 {result.secret.name} 的一次性密码：
            <code className="mx-1 rounded-sm bg-paper px-2 py-0.5 font-mono text-ink select-all">
              {result.secret.password}
            </code>
            只显示这一次，请当面交给本人；首次登录后须修改。
          </p>
        )}
        {result?.message && (
          <p className="mb-4 rounded-md bg-met-soft px-4 py-2 text-met">{result.message}</p>
        )}
      </div>
      <div className="grid items-start gap-4 2xl:grid-cols-[minmax(0,1fr)_22rem]">
        <DataTable
          caption="用户"
          flow
          columns={COLUMNS(me)}
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
    </>
  );
}
