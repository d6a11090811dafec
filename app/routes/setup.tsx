import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Form, useActionData } from '@remix-run/react';
import { SubmitButton } from '../components/button.tsx';
import { ErrorSummary, Field } from '../components/field.tsx';
import { DoorFrame } from '../components/frame.tsx';
import { NewPassword } from '../components/new-password.tsx';
import { look, refusal } from '../services/access.server.ts';
import { createFirstAdministrator, hasAdministrator } from '../services/users.server.ts';

export const meta: MetaFunction = () => [{ title: '首次使用 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db } = await look(request, 'setup');
  if (hasAdministrator(db)) throw redirect('/login');
  return null;
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock } = await look(request, 'setup');
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const typed = { code: text('code'), username: text('username'), displayName: text('displayName') };
  const password = String(form.get('password') ?? '');
  const errors: Record<string, string> = {};
  if (typed.code === '') errors.code = '请输入启动码';
  if (typed.username === '') errors.username = '请输入用户名';
  if (password === '') errors.password = '请输入密码';
  else if (password !== String(form.get('again') ?? '')) errors.again = '两次输入的密码不一致';
  if (Object.keys(errors).length > 0) return data({ errors, typed }, { status: 400 });
  try {
    const displayName = typed.displayName || undefined;
    await createFirstAdministrator(db, clock, { ...typed, displayName, password });
    return redirect('/login?created=1');
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { '': message } as Record<string, string>, typed }, { status });
  }
}

export default function Setup() {
  const result = useActionData<typeof action>();
  const errors = result?.errors;
  return (
    <DoorFrame title="首次使用：创建系统管理员">
      <Form method="post" noValidate className="grid gap-4">
        <ErrorSummary errors={errors} />
        <Field
          label="启动码"
          name="code"
          error={errors?.code}
          help="在启动服务的窗口或日志中，形如 abcd-efgh-jkmn-pqrs；每次启动换新码"
          autoComplete="one-time-code"
          required
          defaultValue={result?.typed.code}
        />
        <Field
          label="用户名"
          name="username"
          error={errors?.username}
          autoComplete="username"
          required
          defaultValue={result?.typed.username}
        />
        <Field
          label="姓名"
          name="displayName"
          optional
          autoComplete="name"
          defaultValue={result?.typed.displayName}
        />
        <NewPassword errors={errors} />
        <SubmitButton>创建</SubmitButton>
      </Form>
    </DoorFrame>
  );
}
