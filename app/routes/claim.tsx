import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { ApplicantFields } from '../components/account-view.tsx';
import { SubmitButton } from '../components/button.tsx';
import { UsccField } from '../components/facts-fields.tsx';
import { ErrorSummary, Field } from '../components/field.tsx';
import { DoorFrame } from '../components/frame.tsx';
import { isDemo } from '../queries/settings.server.ts';
import { look, refusal } from '../services/access.server.ts';
import { claimAccount } from '../services/accounts.server.ts';
import { readApplicant } from '../services/applicant.server.ts';

export const meta: MetaFunction = () => [{ title: '申请企业账号 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db } = await look(request, 'claim');
  return { demo: isDemo(db) };
}

interface Answer {
  done?: true;
  errors?: Record<string, string>;
  typed?: Record<string, string>;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { db, clock } = await look(request, 'claim');
  const { typed, password, errors } = readApplicant(await request.formData(), {
    uscc: '请填写统一社会信用代码',
    contact: '请填写联系方式',
  });
  if (Object.keys(errors).length > 0) return data<Answer>({ errors, typed }, { status: 400 });
  const { uscc = '', contact = '', username = '', displayName = '' } = typed;
  try {
    const { address } = context;
    await claimAccount(db, clock, { uscc, contact, username, displayName, password, address });
    return data<Answer>({ done: true });
  } catch (error) {
    const { message, status } = refusal(error);
    return data<Answer>({ errors: { '': message }, typed }, { status });
  }
}

export default function Claim() {
  const { demo } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <DoorFrame title="申请企业账号" demo={demo}>
      {result?.done ? (
        <p role="status">
          申请已提交。园区核实后会通过您留下的联系方式告知，之后即可用刚才的用户名和密码
          <Link to="/login">登录</Link>。
        </p>
      ) : (
        <Form method="post" noValidate className="grid gap-4">
          <ErrorSummary errors={result?.errors} />
          <UsccField value={result?.typed?.uscc} error={result?.errors?.uscc} />
          <Field
            label="联系方式"
            name="contact"
            error={result?.errors?.contact}
            help="园区据此核实您是否属于这家企业"
            autoComplete="tel"
            required
            maxLength={200}
            defaultValue={result?.typed?.contact ?? ''}
          />
          <ApplicantFields errors={result?.errors} typed={result?.typed ?? {}} />
          <SubmitButton busy="正在提交…">提交申请</SubmitButton>
        </Form>
      )}
      <p className="mt-4 border-t border-line pt-4">
        有邀请码？<Link to="/join">直接建立账号</Link>，或<Link to="/login">返回登录</Link>
      </p>
    </DoorFrame>
  );
}
