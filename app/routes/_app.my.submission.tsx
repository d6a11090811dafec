import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { AnswersOffer } from '../components/answers-offer.tsx';
import { ButtonLink, SubmitButton } from '../components/button.tsx';
import { ErrorSummary, TextField } from '../components/field.tsx';
import { A } from '../components/link.tsx';
import { PageHead } from '../components/page.tsx';
import { DraftItems } from '../components/submission-view.tsx';
import { draftOf } from '../queries/submissions.server.ts';
import { ownEnterprise, refusal } from '../services/access.server.ts';
import { redirectSaying } from '../services/flash.server.ts';
import { keepAnswers } from '../services/submission-forms.server.ts';
import { dropFromDraft, submitDraft } from '../services/submissions.server.ts';

export const meta: MetaFunction = () => [{ title: '核对并提交 - 梯度' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { db, clock, enterpriseId } = await ownEnterprise(request, '_app.my.submission');
  return { draft: draftOf(db, enterpriseId), year: Number(clock.today().slice(0, 4)) - 1 };
}

export async function action({ request }: ActionFunctionArgs) {
  const { db, clock, user, enterpriseId } = await ownEnterprise(request, '_app.my.submission');
  const form = await request.formData();
  const actor = user.username;
  const note = String(form.get('note') ?? '');
  try {
    switch (form.get('intent')) {
      case 'drop':
        await dropFromDraft(db, { enterpriseId, path: String(form.get('path') ?? '') });
        return redirect('/my/submission');
      case 'take': {
        const done = await keepAnswers({ db, clock, actor }, enterpriseId, form);
        if (done.ok) return redirectSaying('/my/submission', done.message);
        return data({ errors: done.errors, note }, { status: 400 });
      }
      default: {
        const revision = Number(form.get('revision'));
        const id = await submitDraft(db, clock, { enterpriseId, revision, note, actor });
        return redirectSaying(`/my/submissions/${id}`, '已提交给园区，处理结果会显示在这里');
      }
    }
  } catch (error) {
    const { message, status } = refusal(error);
    return data({ errors: { '': message } as Record<string, string>, note }, { status });
  }
}

export default function MySubmission() {
  const { draft, year } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const count = draft?.items.length ?? 0;
  return (
    <>
      <PageHead
        before={<A to="/my">本企业</A>}
        title="核对并提交"
        note="提交前只有本企业能看到；提交后由园区逐项采纳或不采纳"
      >
        <ButtonLink to={`/my/figures/${year}`}>填报 {year} 年数据</ButtonLink>
      </PageHead>
      <ErrorSummary errors={result?.errors} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid min-w-0 gap-4">
          {draft ? <DraftItems draft={draft} /> : <p className="card p-4 text-ink-3">还没有要提交的数据。</p>}
          {draft && count > 0 && (
            <Form method="post" className="card grid gap-4 p-4">
              <input type="hidden" name="revision" value={draft.revision} />
              <TextField
                label="给园区的说明"
                name="note"
                optional
                maxLength={1000}
                defaultValue={result?.note ?? ''}
              />
              <p>
                <SubmitButton busy="正在提交…">提交给园区（{count} 项）</SubmitButton>
              </p>
            </Form>
          )}
        </div>
        <AnswersOffer />
      </div>
    </>
  );
}
