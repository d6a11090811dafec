import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { AdminLog } from '../components/admin-log.tsx';
import { Button, SubmitButton } from '../components/button.tsx';
import { ErrorSummary, Field } from '../components/field.tsx';
import { PageHead } from '../components/page.tsx';
import { DataTable, type Column } from '../components/table.tsx';
import { Blank } from '../components/values.tsx';
import { adminLog } from '../queries/admin-log.server.ts';
import { departments, type DepartmentRow } from '../queries/departments.server.ts';
import { enter, refusal } from '../services/access.server.ts';
import { addDepartment, endDepartment } from '../services/departments.server.ts';
import { redirectSaying } from '../services/flash.server.ts';

export const meta: MetaFunction = () => [{ title: '会签部门 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db } = await enter(request, '_app.departments');
  return { rows: departments(db), log: adminLog(db, 'department') };
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock, user } = await enter(request, '_app.departments');
  const form = await request.formData();
  const by = { clock, actor: user.username };
  const name = String(form.get('name') ?? '');
  const ended = form.get('end');
  try {
    if (ended !== null) await endDepartment(db, by, Number(ended));
    else await addDepartment(db, by, name);
    return redirectSaying(
      '/departments',
      ended === null ? `已加入“${name.trim()}”` : '已停用，以往的签署保留',
    );
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { [ended === null ? 'name' : '']: message }, name }, { status });
  }
}

const COLUMNS: readonly Column<DepartmentRow>[] = [
  { key: 'name', label: '部门', pin: true, cell: (row) => row.name },
  { key: 'users', label: '代表它签署的用户', wrap: true, cell: (row) => row.users ?? <Blank says="无" /> },
  {
    key: 'do',
    label: '操作',
    cell: (row) => (
      <Form method="post">
        <Button look="quiet" name="end" value={row.id} aria-label={`停用${row.name}`}>
          停用
        </Button>
      </Form>
    ),
  },
];

export default function Departments() {
  const { rows, log } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const errors: Record<string, string> = result?.errors ?? {};
  return (
    <>
      <PageHead
        title="会签部门"
        basis="推荐批次的联席会议只登记名单上部门的签署；停用后不再可选，以往的签署保留，再次加入即恢复"
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <DataTable
          caption="会签部门"
          flow
          columns={COLUMNS}
          rows={rows}
          rowKey={(row) => row.id}
          empty={<p className="px-4 py-3 text-ink-3">还没有部门。请加入参加联席会议、要签署意见的部门。</p>}
        />
        <Form method="post" noValidate className="card grid gap-4 p-6" key={rows.length}>
          <ErrorSummary errors={errors} />
          <Field
            label="部门名称"
            name="name"
            error={errors.name}
            maxLength={50}
            autoComplete="off"
            defaultValue={result?.name ?? ''}
          />
          <p>
            <SubmitButton>加入名单</SubmitButton>
          </p>
        </Form>
      </div>
      <AdminLog lines={log} />
    </>
  );
}
