import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { SubmitButton } from '../components/button.tsx';
import { ErrorSummary, Field } from '../components/field.tsx';
import { PageHead } from '../components/page.tsx';
import { enter, refusal } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { changeOwnPassword } from '../services/users.server.ts';

export const meta: MetaFunction = () => [{ title: '修改密码 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { user } = await enter(request, '_app.account');
  return { mustChange: user.mustChange, username: user.username };
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock, user } = await enter(request, '_app.account');
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '');
  const [current, next, again] = [text('current'), text('next'), text('again')];
  const errors: Record<string, string> = {};
  if (current === '') errors.current = '请输入原密码';
  if (next === '') errors.next = '请输入新密码';
  else if (next !== again) errors.again = '两次输入的新密码不一致';
  if (Object.keys(errors).length > 0) return data({ errors }, { status: 400 });
  try {
    await changeOwnPassword(db, clock, { userId: user.id, current, next, keepSession: user.sessionId });
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { '': message } as Record<string, string> }, { status });
  }
  return redirectSaying('/', '密码已修改，其他地方的登录已退出');
}

export default function Account() {
  const { mustChange, username } = useLoaderData<typeof loader>();
  const errors = useActionData<typeof action>()?.errors;
  return (
    <>
      <PageHead title="修改密码" />
      <Form method="post" noValidate className="card grid max-w-md gap-4 p-6">
        <ErrorSummary errors={errors} />
        {mustChange && (
          <p className="rounded-md bg-unknown-soft px-4 py-2 text-unknown">
            您使用的是一次性密码，请先设置自己的密码，再使用其他页面。
          </p>
        )}
        <input type="hidden" name="username" autoComplete="username" value={username} readOnly />
        <Field
          label={mustChange ? '一次性密码' : '原密码'}
          name="current"
          type="password"
          error={errors?.current}
          autoComplete="current-password"
          required
        />
        <Field
          label="新密码"
          name="next"
          type="password"
          error={errors?.next}
          help="至少 10 个字符"
          autoComplete="new-password"
          required
        />
        <Field
          label="再次输入新密码"
          name="again"
          type="password"
          error={errors?.again}
          autoComplete="new-password"
          required
        />
        <p>
          <SubmitButton>修改密码</SubmitButton>
        </p>
      </Form>
    </>
  );
}
