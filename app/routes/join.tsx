import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { ApplicantFields } from '../components/account-view.tsx';
import { SubmitButton } from '../components/button.tsx';
import { ErrorSummary, Field } from '../components/field.tsx';
import { DoorFrame } from '../components/frame.tsx';
import { env } from '../env.server.ts';
import { isDemo } from '../queries/settings.server.ts';
import { look, refusal } from '../services/access.server.ts';
import { joinByInvitation } from '../services/accounts.server.ts';
import { readApplicant } from '../services/applicant.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { login, sessionCookie } from '../services/sessions.server.ts';

export const meta: MetaFunction = () => [{ title: '使用邀请码 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db } = await look(request, 'join');
  return { demo: isDemo(db) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { db, clock } = await look(request, 'join');
  const { typed, password, errors } = readApplicant(await request.formData(), { code: '请填写邀请码' });
  if (Object.keys(errors).length > 0) return data({ errors, typed }, { status: 400 });
  const { code = '', username = '', displayName = '' } = typed;
  try {
    await joinByInvitation(db, clock, { code, username, displayName, password, address: context.address });
    // Whoever has just chosen the password need not type it again.
    const token = await login(db, clock, { username, password, address: context.address });
    const answer = redirectSaying('/my', '账号已建立，已为您登录');
    answer.headers.append('Set-Cookie', sessionCookie(token, env().TIDU_HTTPS));
    return answer;
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { '': message } as Record<string, string>, typed }, { status });
  }
}

export default function Join() {
  const { demo } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <DoorFrame title="使用邀请码建立企业账号" demo={demo}>
      <Form method="post" noValidate className="grid gap-4">
        <ErrorSummary errors={result?.errors} />
        <Field
          label="邀请码"
          name="code"
          error={result?.errors.code}
          help="园区工作人员发给您的四组字母和数字"
          autoComplete="one-time-code"
          required
          defaultValue={result?.typed.code ?? ''}
        />
        <ApplicantFields errors={result?.errors} typed={result?.typed ?? {}} />
        <SubmitButton>建立账号</SubmitButton>
      </Form>
      <p className="mt-4 border-t border-line pt-4">
        没有邀请码？<Link to="/claim">申请企业账号</Link>，或<Link to="/login">返回登录</Link>
      </p>
    </DoorFrame>
  );
}
