import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { ClaimList } from '../components/account-view.tsx';
import { ErrorSummary } from '../components/field.tsx';
import { PageHead } from '../components/page.tsx';
import { Pager } from '../components/pager.tsx';
import { SubmissionTable } from '../components/submission-view.tsx';
import { Tabs } from '../components/tabs.tsx';
import { readPage, readScope, scopeWords } from '../queries/scope.server.ts';
import { submissionList, waitingClaims, waitingCounts } from '../queries/submissions.server.ts';
import { enter, refusal } from '../services/access.server.ts';
import { decideClaim } from '../services/accounts.server.ts';
import { redirectSaying } from '../services/flash.server.ts';

export const meta: MetaFunction = () => [{ title: '企业提交 - 梯度' }];

const SIZE = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, query } = await enter(request, '_app.submissions._index');
  const scope = readScope(db, query, clock.today());
  const asked = query.get('view');
  const view = asked === 'done' || asked === 'claims' ? asked : ('waiting' as const);
  const page = readPage(query);
  return {
    view,
    page,
    size: SIZE,
    counts: waitingCounts(db, scope),
    list: view === 'claims' ? null : submissionList(db, scope, view, { page, size: SIZE }),
    claims: view === 'claims' ? waitingClaims(db) : [],
    today: clock.today(),
    where: scopeWords(scope),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock, user } = await enter(request, '_app.submissions._index');
  const form = await request.formData();
  const approve = form.get('intent') === 'approve';
  const reason = String(form.get('reason') ?? '');
  try {
    await decideClaim(db, clock, {
      claimId: Number(form.get('claimId')),
      approve,
      reason,
      actor: user.username,
    });
    return redirectSaying('/submissions?view=claims', approve ? '已通过，账号可以登录' : '已退回申请');
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { '': message } as Record<string, string> }, { status });
  }
}

export default function Submissions() {
  const { view, page, size, counts, list, claims, today, where } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <>
      <PageHead title="企业提交" asOf={today} basis={`${where}；企业提交的数据经采纳后才计入判定`} />
      <ErrorSummary errors={result?.errors} />
      <Tabs
        label="企业提交"
        tabs={[
          { to: '?', label: '待处理', count: counts.submissions, current: view === 'waiting' },
          { to: '?view=done', label: '已处理', current: view === 'done' },
          { to: '?view=claims', label: '账号申请', count: counts.claims, current: view === 'claims' },
        ]}
      />
      {list && (
        <>
          <SubmissionTable rows={list.rows} base="/submissions" withName />
          <Pager page={page} size={size} total={list.total} />
        </>
      )}
      {view === 'claims' && <ClaimList claims={claims} />}
    </>
  );
}
