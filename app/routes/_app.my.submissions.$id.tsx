import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { Button } from '../components/button.tsx';
import { ErrorSummary } from '../components/field.tsx';
import { minuteText } from '../components/format.ts';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { SubmissionState, SubmittedItems } from '../components/submission-view.tsx';
import { submissionById } from '../queries/submissions.server.ts';
import { ownEnterprise, refusal } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { withdrawSubmission } from '../services/submissions.server.ts';

export const meta: MetaFunction = () => [{ title: '提交结果 - 梯度' }];

async function open(request: Request, id: string | undefined) {
  const visit = await ownEnterprise(request, '_app.my.submissions.$id');
  const submission = submissionById(visit.db, id, { enterpriseId: visit.enterpriseId });
  if (!submission) throw new Response('没有这次提交。', { status: 404 });
  return { ...visit, submission };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  return { submission: (await open(request, params.id)).submission };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, enterpriseId, submission } = await open(request, params.id);
  try {
    const actor = user.username;
    await withdrawSubmission(db, clock, { submissionId: submission.id, enterpriseId, actor });
    return redirectSaying('/my', '已撤回，园区不再处理');
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { '': message } as Record<string, string> }, { status });
  }
}

export default function MySubmitted() {
  const { submission } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const untouched = submission.items.every((item) => item.decision === null);
  return (
    <>
      <PageHead
        before={<A to="/my">本企业</A>}
        title={
          <span className="flex flex-wrap items-center gap-3">
            提交结果
            <SubmissionState state={submission.state} />
          </span>
        }
        note={`${submission.submittedBy ?? ''} 于 ${minuteText(submission.submittedAt ?? '')} 提交`}
      >
        {submission.state === 'submitted' && untouched && (
          <Form method="post">
            <Button>撤回</Button>
          </Form>
        )}
      </PageHead>
      <ErrorSummary errors={result?.errors} />
      {submission.note && <p className="mb-3">说明：{submission.note}</p>}
      <SubmittedItems submission={submission} />
    </>
  );
}
