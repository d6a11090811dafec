import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { SubmitButton } from '../components/button.tsx';
import { ErrorSummary, Field } from '../components/field.tsx';
import { DoorFrame } from '../components/frame.tsx';
import { isDemo } from '../queries/settings.server.ts';
import { look, refusal, safeNext } from '../services/access.server.ts';
import { env } from '../env.server.ts';
import { login, sessionCookie } from '../services/sessions.server.ts';
import { hasAdministrator } from '../services/users.server.ts';

export const meta: MetaFunction = () => [{ title: '登录 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, user, query } = await look(request, 'login');
  if (user) throw redirect(safeNext(query.get('next')));
  if (!hasAdministrator(db)) throw redirect('/setup');
  return { demo: isDemo(db), created: query.get('created') === '1', next: safeNext(query.get('next')) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { db, clock } = await look(request, 'login');
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '');
  const username = text('username').trim();
  const errors: Record<string, string> = {};
  if (username === '') errors.username = '请输入用户名';
  if (text('password') === '') errors.password = '请输入密码';
  if (Object.keys(errors).length > 0) return data({ errors, username }, { status: 400 });
  try {
    const token = await login(db, clock, { username, password: text('password'), address: context.address });
    return redirect(safeNext(text('next')), {
      headers: { 'Set-Cookie': sessionCookie(token, env().TIDU_HTTPS) },
    });
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { '': message } as Record<string, string>, username }, { status });
  }
}

export default function Login() {
  const { demo, created, next } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const errors = result?.errors;
  return (
    <DoorFrame title="登录" demo={demo}>
      {created && (
        <p role="status" className="mb-4 rounded-md bg-met-soft px-4 py-2 text-met">
          系统管理员已建立，请用刚才的用户名和密码登录。
        </p>
      )}
      <Form method="post" noValidate className="grid gap-4">
        <ErrorSummary errors={errors} />
        <input type="hidden" name="next" value={next} />
        <Field
          label="用户名"
          name="username"
          error={errors?.username}
          autoComplete="username"
          required
          defaultValue={result?.username ?? ''}
        />
        <Field
          label="密码"
          name="password"
          type="password"
          error={errors?.password}
          autoComplete="current-password"
          required
        />
        <SubmitButton busy="正在登录…">登录</SubmitButton>
      </Form>
      <p className="mt-4 text-xs text-ink-3">忘记密码请联系系统管理员重置。</p>
      <p className="mt-4 border-t border-line pt-4">
        企业想知道符合哪些称号？<Link to="/assess">自测，不用登录</Link>
        <br />
        企业要账号？<Link to="/join">使用邀请码</Link>或<Link to="/claim">申请</Link>
      </p>
    </DoorFrame>
  );
}
