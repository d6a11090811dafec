import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { minuteText } from '../components/format.ts';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { DecisionForm, SubmissionState } from '../components/submission-view.tsx';
import { submissionById } from '../queries/submissions.server.ts';
import { enter, refusal } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { typedValues } from '../services/forms.server.ts';
import { saveDecisions } from '../services/submission-forms.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.submission.name ?? ''} 提交的数据 - 梯度` },
];

async function open(request: Request, id: string | undefined) {
  const visit = await enter(request, '_app.submissions.$id');
  const submission = submissionById(visit.db, id);
  if (!submission) throw new Response('没有这次提交。', { status: 404 });
  return { ...visit, submission };
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  return { submission: (await open(request, params.id)).submission };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { db, clock, user, submission } = await open(request, params.id);
  const form = await request.formData();
  const typed = typedValues(form);
  try {
    const waiting = submission.items.filter((item) => item.decision === null);
    const done = await saveDecisions({ db, clock, actor: user.username }, submission.id, waiting, form);
    if (done.ok) return redirectSaying(`/submissions/${submission.id}`, done.message);
    return data({ errors: done.errors, typed }, { status: 400 });
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { '': message } as Record<string, string>, typed }, { status });
  }
}

export default function Submission() {
  const { submission } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  return (
    <>
      <PageHead
        before={<A to="/submissions">企业提交</A>}
        title={
          <span className="flex flex-wrap items-center gap-3">
            <A to={`/enterprises/${submission.uscc}`} className="!text-ink no-underline hover:underline">
              {submission.name}
            </A>
            <SubmissionState state={submission.state} />
          </span>
        }
        note={`${submission.submittedBy ?? ''} 于 ${minuteText(submission.submittedAt ?? '')} 提交`}
        basis="采纳的数值记入年度数据并注明来源；同一数值以更可信的来源为准"
      />
      {submission.note && <p className="mb-3">企业说明：{submission.note}</p>}
      <DecisionForm
        key={submission.revision}
        submission={submission}
        typed={result?.typed ?? {}}
        errors={result?.errors ?? {}}
      />
    </>
  );
}
