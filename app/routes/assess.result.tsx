import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useActionData, useNavigate, useRouteLoaderData } from '@remix-run/react';
import { LocalSubmit } from '../components/assess-button.tsx';
import {
  callsFor,
  callText,
  EnteredValues,
  enteredFor,
  enteredText,
  OpenCalls,
} from '../components/assess-calls.tsx';
import { AssessHead, DISCLAIMER } from '../components/assess-frame.tsx';
import { reportOf } from '../components/assess-report.ts';
import {
  GivenAnswers,
  PrintedReport,
  ReportButtons,
  Standings,
  StandingTally,
} from '../components/assess-result.tsx';
import { useAnswers } from '../components/assess-store.ts';
import { factsOf, readAnswers, type Answers } from '../rules/ask/answers.ts';
import { askNext } from '../rules/ask/ask.ts';
import { assessWished } from '../rules/ask/standing.ts';
import { operatorValuesFrom } from '../rules/operator.ts';
import type { AssessGround } from '../queries/assess.server.ts';
import { look } from '../services/access.server.ts';
import type { loader as layoutLoader } from './assess.tsx';

export const meta: MetaFunction = () => [{ title: '自测结果 - 企业资质自测' }];

/** Without scripts only: gives back what was posted, for the page to judge. Nothing is stored, nothing logged. */
export async function action({ request }: ActionFunctionArgs) {
  await look(request, 'assess.result');
  const form = await request.formData();
  return { answers: readAnswers(String(form.get('state') ?? '')) };
}

export default function AssessResult() {
  const ground = useRouteLoaderData<typeof layoutLoader>('routes/assess')!;
  const posted = useActionData<typeof action>() as { answers: Answers } | undefined;
  const { answers, save } = useAnswers(posted?.answers);
  if (!answers || Object.keys(answers.given).length === 0) return <Nothing ready={answers !== null} />;
  return <Result answers={answers} save={save} ground={ground} />;
}

function Nothing({ ready }: { ready: boolean }) {
  return (
    <div className="assess-narrow">
      <AssessHead title="自测结果" />
      {ready ? (
        <p>
          还没有填写任何内容。<Link to="/assess">开始自测</Link>
        </p>
      ) : (
        <p className="needs-script">正在读取本机保存的内容…</p>
      )}
      <noscript>
        <p>
          请从<a href="/assess">自测首页</a>开始。
        </p>
      </noscript>
    </div>
  );
}

interface ResultProps {
  answers: Answers;
  save: (answers: Answers) => void;
  ground: AssessGround;
}

function Result({ answers, save, ground }: ResultProps) {
  const { today, values, windows } = ground;
  const facts = factsOf(answers);
  const assessed = assessWished(facts, answers.schemes, today, operatorValuesFrom(values));
  const entered = enteredFor(assessed, values);
  const calls = callsFor(assessed, windows, answers.division);
  const report = reportOf(assessed, answers, today, {
    entered: entered.map(enteredText),
    calls: calls.filter(({ window }) => window.status !== 'closed').map(callText),
  });
  return (
    <>
      <PrintedReport report={report} />
      <div className="no-print">
        <AssessHead
          before={
            <Link to="/assess" className="needs-script">
              ← 重选称号或所在地
            </Link>
          }
          title="自测结果"
          lead={`按 ${today} 适用的规则测算。${DISCLAIMER}。`}
        />
        <StandingTally assessed={assessed} />
        <ReportButtons report={report} />
        <More answers={answers} save={save} ground={ground} />
        {facts.flags.length > 0 && (
          <ul className="mb-6 rounded-md border-l-4 border-unknown bg-unknown-soft px-4 py-3">
            {facts.flags.map(({ path, message }) => (
              <li key={path + message}>{message}</li>
            ))}
          </ul>
        )}
        <Standings assessed={assessed} />
        <OpenCalls calls={calls} division={answers.division} />
        <EnteredValues values={entered} />
        <GivenAnswers answers={answers} />
      </div>
    </>
  );
}

/** Questions that are still open: those that may turn an outcome, else those that only complete the gaps. */
function More({ answers, save, ground }: ResultProps) {
  const navigate = useNavigate();
  const input = {
    facts: factsOf(answers),
    answered: new Set(Object.keys(answers.given)),
    schemes: answers.schemes,
    division: answers.division,
    on: ground.today,
    operatorValues: operatorValuesFrom(ground.values),
  };
  const deciding = askNext(input).left;
  const all = askNext({ ...input, thorough: true }).left;
  if (all === 0) return null;
  const text =
    deciding > 0
      ? `还有 ${deciding} 项没有回答，可能改变结论。`
      : `结论已经确定。再答 ${all} 项，可以看到全部差距。`;
  return (
    <form
      method="post"
      action="/assess/ask"
      className="mb-6 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-line bg-canvas px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        save({ ...answers, thorough: deciding === 0 });
        navigate('/assess/ask');
      }}
    >
      <span>{text}</span>
      <input type="hidden" name="state" value={JSON.stringify(answers)} />
      <input type="hidden" name="intent" value={deciding > 0 ? 'more' : 'thorough'} />
      <LocalSubmit look="btn">继续回答</LocalSubmit>
    </form>
  );
}
