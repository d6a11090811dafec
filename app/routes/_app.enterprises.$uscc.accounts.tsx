import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { AccountsCard, SupplementForm } from '../components/account-view.tsx';
import { A } from '../components/link.tsx';
import { Card, PageHead } from '../components/page.tsx';
import { Requests, SubmissionTable } from '../components/submission-view.tsx';
import { enterpriseByCode } from '../queries/enterprise.server.ts';
import { accountsOf, requestsOf, submissionsOf } from '../queries/submissions.server.ts';
import { enter, refusal } from '../services/access.server.ts';
import { inviteEnterprise, revokeInvitation } from '../services/accounts.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { askForFigures } from '../services/submission-forms.server.ts';
import { closeRequest } from '../services/submissions.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `账号与提交 ${data?.name ?? ''} - 梯度` },
];

async function open(request: Request, uscc: string | undefined) {
  const visit = await enter(request, '_app.enterprises.$uscc.accounts');
  const head = enterpriseByCode(visit.db, uscc ?? '');
  if (!head) throw new Response('没有这家企业：代码可能有误。', { status: 404 });
  return { ...visit, head };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { db, clock, head } = await open(request, params.uscc);
  const today = clock.today();
  const last = Number(today.slice(0, 4)) - 1;
  return {
    name: head.name,
    uscc: head.uscc,
    today,
    years: [last, last - 1, last - 2, last + 1],
    accounts: accountsOf(db, head.id, today),
    requests: requestsOf(db, head.id, today),
    submissions: submissionsOf(db, head.id),
  };
}

interface Answer {
  secret?: { code: string; expiresOn: string };
  errors?: Record<string, string>;
  typed?: { year: string; note: string; dueOn: string; figures: string[] };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, head } = await open(request, params.uscc);
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '');
  const by = { enterpriseId: head.id, actor: user.username };
  const here = `/enterprises/${head.uscc}/accounts`;
  const typed = {
    year: text('year'),
    note: text('note'),
    dueOn: text('dueOn'),
    figures: form.getAll('figure').map(String),
  };
  try {
    switch (text('intent')) {
      case 'invite':
        return data<Answer>({ secret: await inviteEnterprise(db, clock, by) });
      case 'revoke':
        await revokeInvitation(db, clock, { ...by, invitationId: Number(text('invitationId')) });
        return redirectSaying(here, '已收回邀请码');
      case 'close-request':
        await closeRequest(db, clock, { ...by, requestId: Number(text('requestId')) });
        return redirectSaying(here, '已撤销补充要求');
      default: {
        const done = await askForFigures({ db, clock, actor: user.username }, head.id, form);
        if (done.ok) return redirectSaying(here, done.message);
        return data<Answer>({ errors: { ...done.errors }, typed }, { status: 400 });
      }
    }
  } catch (error) {
    const { message, status } = refusal(error);
    return data<Answer>({ errors: { '': message }, typed }, { status });
  }
}

export default function Accounts() {
  const { name, uscc, today, years, accounts, requests, submissions } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <>
      <PageHead before={<A to={`/enterprises/${uscc}`}>{name}</A>} title="账号与提交" />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <div className="grid min-w-0 gap-4">
          <AccountsCard accounts={accounts} secret={result?.secret ?? null} />
          <Card title="提交记录" flush>
            <SubmissionTable rows={submissions} base="/submissions" withName={false} />
          </Card>
        </div>
        <div className="grid min-w-0 gap-4">
          <SupplementForm
            years={years}
            today={today}
            typed={result?.typed ?? { figures: [] }}
            errors={result?.errors ?? {}}
          />
          <Card title="已提出的要求">
            <Requests requests={requests} own={false} />
          </Card>
        </div>
      </div>
    </>
  );
}
