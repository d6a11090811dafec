import { data, type ActionFunctionArgs, type MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLocation, useNavigate, useRouteLoaderData } from '@remix-run/react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { LocalSubmit, PostedNotice } from '../components/assess-button.tsx';
import { AssessHead } from '../components/assess-frame.tsx';
import { Questions } from '../components/assess-questions.tsx';
import { useAnswers } from '../components/assess-store.ts';
import { ErrorSummary } from '../components/field.tsx';
import { factsOf, readAnswers, type Answers } from '../rules/ask/answers.ts';
import { askNext, pageToShow, type AskInput } from '../rules/ask/ask.ts';
import { chosenStart, takePage, type Step } from '../rules/ask/form.ts';
import { operatorValuesFrom } from '../rules/operator.ts';
import { assessGround, type AssessGround } from '../queries/assess.server.ts';
import { look } from '../services/access.server.ts';
import type { loader as layoutLoader } from './assess.tsx';

export const meta: MetaFunction = () => [{ title: '回答问题 - 企业资质自测' }];

const inputOf = (answers: Answers, { today, values }: AssessGround): AskInput => ({
  facts: factsOf(answers),
  answered: new Set(Object.keys(answers.given)),
  schemes: answers.schemes,
  division: answers.division,
  on: today,
  thorough: answers.thorough,
  operatorValues: operatorValuesFrom(values),
});

/** Without scripts only: takes the page posted and gives the answers back. Nothing is stored, nothing logged. */
export async function action({ request }: ActionFunctionArgs) {
  const { db, clock } = await look(request, 'assess.ask');
  const form = await request.formData();
  const intent = form.get('intent');
  if (intent === 'start') return { answers: chosenStart(form, null), errors: {}, typed: {} } satisfies Step;
  const answers = readAnswers(String(form.get('state') ?? ''));
  if (intent === 'thorough') return { answers: { ...answers, thorough: true }, errors: {}, typed: {} };
  const input = inputOf(answers, assessGround(db, clock.today()));
  const page = pageToShow(String(form.get('topic') ?? ''), askNext(input), input);
  const step: Step = page ? takePage(answers, page, form) : { answers, errors: {}, typed: {} };
  return data(step, { status: Object.keys(step.errors).length > 0 ? 400 : 200 });
}

export default function Ask() {
  const ground = useRouteLoaderData<typeof layoutLoader>('routes/assess')!;
  const posted = useActionData<typeof action>() as Step | undefined;
  const { answers, save } = useAnswers(posted?.answers);
  if (!answers) return <Waiting />;
  return <Asking answers={answers} save={save} posted={posted} ground={ground} />;
}

/** Before the page has read what is kept in this browser; all that a visitor without scripts sees of a bare address. */
function Waiting() {
  return (
    <div className="assess-narrow">
      <AssessHead title="企业资质自测" />
      <p className="needs-script">正在读取本机保存的内容…</p>
      <noscript>
        <p>
          请从<a href="/assess">自测首页</a>开始。
        </p>
      </noscript>
    </div>
  );
}

interface AskingProps {
  answers: Answers;
  save: (answers: Answers) => void;
  posted: Step | undefined;
  ground: AssessGround;
}

function Asking({ answers, save, posted, ground }: AskingProps) {
  const navigate = useNavigate();
  const wished = useWishedTopic();
  const [step, setStep] = useState<Step | undefined>(posted);
  const input = inputOf(answers, ground);
  const asked = askNext(input);
  const page = pageToShow(wished, asked, input);
  const errors = step?.errors ?? {};
  const before =
    page && answers.asked.includes(page.id) ? answers.asked.indexOf(page.id) : answers.asked.length;
  const previous = answers.asked[before - 1];
  useFocusOnTurn(page?.id ?? '');

  if (!page) return <Nothing answers={answers} />;
  const take = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const next = takePage(answers, page, new FormData(event.currentTarget, submitter));
    setStep(next);
    if (Object.keys(next.errors).length > 0) return;
    save(next.answers);
    const { next: after } = askNext(inputOf(next.answers, ground));
    // The topic travels in the history entry, which no server sees.
    if (after) navigate('/assess/ask', { state: { topic: after.id } });
    else navigate('/assess/result');
  };
  const given = Object.keys(errors).length > 0 ? (step?.typed ?? {}) : answers.given;
  return (
    <div className="assess-narrow">
      <AssessHead
        before={
          <span className="needs-script">
            {previous ? (
              <Link to="/assess/ask" state={{ topic: previous }}>
                ← 上一题
              </Link>
            ) : (
              <Link to="/assess">← 选择称号</Link>
            )}
          </span>
        }
        title={page.title}
        lead={page.help}
      />
      <form
        method="post"
        action="/assess/ask"
        onSubmit={take}
        noValidate
        key={page.id}
        className="grid gap-6"
      >
        <ErrorSummary errors={errors} />
        <Questions questions={page.questions} given={given} errors={errors} />
        <input type="hidden" name="topic" value={page.id} />
        <input type="hidden" name="state" value={JSON.stringify(answers)} />
        <PostedNotice />
        <p className="flex flex-wrap gap-3">
          <LocalSubmit>继续</LocalSubmit>
          <LocalSubmit look="btn" name="intent" value="unclear">
            不清楚，先跳过
          </LocalSubmit>
        </p>
      </form>
      <Progress answers={answers} left={asked.left} />
    </div>
  );
}

/** How far it is, and the way out: the result so far. */
function Progress({ answers, left }: { answers: Answers; left: number }) {
  const done = Object.keys(answers.given).length;
  return (
    <section className="mt-10 border-t border-line pt-4" aria-label="进度">
      <p className="mb-2 text-ink-2">
        已答 {done} 项，最多还有 {left} 项会影响结论。
      </p>
      <progress max={done + left} value={done} aria-label="已答的项数" />
      <ToResult answers={answers}>现在就看结果</ToResult>
    </section>
  );
}

function ToResult({ answers, children }: { answers: Answers; children: string }) {
  const navigate = useNavigate();
  return (
    <form
      method="post"
      action="/assess/result"
      className="mt-4"
      onSubmit={(event) => {
        event.preventDefault();
        navigate('/assess/result');
      }}
    >
      <input type="hidden" name="state" value={JSON.stringify(answers)} />
      <LocalSubmit look="btn">{children}</LocalSubmit>
    </form>
  );
}

function Nothing({ answers }: { answers: Answers }) {
  return (
    <div className="assess-narrow">
      <AssessHead title="问题已经问完" lead="再多的数据也不会改变结论了。" />
      <ToResult answers={answers}>看结果</ToResult>
    </div>
  );
}

/** The topic that a link or the browser's history names; kept while an error link moves within the page. */
function useWishedTopic(): string | null {
  const { state, hash } = useLocation();
  const [kept, keep] = useState<string | null>(null);
  const named = (state as { topic?: unknown } | null)?.topic;
  const topic = typeof named === 'string' ? named : hash ? kept : null;
  if (topic !== kept) keep(topic);
  return topic;
}

/** A new question is a new page: its title takes the focus, as after loading one. */
function useFocusOnTurn(id: string): void {
  const last = useRef(id);
  useEffect(() => {
    if (last.current === id) return;
    last.current = id;
    window.scrollTo(0, 0);
    document.getElementById('content')?.focus();
  }, [id]);
}
