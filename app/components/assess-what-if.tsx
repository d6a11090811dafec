import { useMemo, useState } from 'react';
import { Link } from '@remix-run/react';
import { answerProblem, factsOf, type Answers } from '../rules/ask/answers.ts';
import { questionFor, topicOf, type Question } from '../rules/ask/questions.ts';
import { outlinesOf, type Outline } from '../rules/ask/outline.ts';
import type { Facts } from '../rules/facts/parse.ts';
import type { OperatorValues } from '../rules/operator.ts';
import { STANDING_LABELS } from './assess-report.ts';
import { StandingChip } from './assess-standing.tsx';

const numeric = new Set(['money', 'persons', 'points', 'share', 'whole']);

/** The numbers that were answered: they can be turned. */
function leversOf(answers: Answers): { question: Question; label: string; value: string }[] {
  return Object.entries(answers.given).flatMap(([id, value]) => {
    const question = questionFor(id);
    if (!question || question.rows || typeof value !== 'string' || !numeric.has(question.type)) return [];
    const title = topicOf(question).title;
    return [
      {
        question,
        value,
        label: /^\d{4} 年$/.test(question.label) ? `${question.label}${title}` : question.label,
      },
    ];
  });
}

const UNITS: Readonly<Record<string, string>> = {
  money: '万元',
  persons: '人',
  points: '分',
  share: '%',
  whole: '',
};

interface Props {
  answers: Answers;
  today: string;
  operatorValues: OperatorValues | undefined;
}

/** Figures on one side, what becomes of every title on the other: judged anew at each keystroke, here in the browser. */
export function WhatIf({ answers, today, operatorValues }: Props) {
  const [changed, change] = useState<Readonly<Record<string, string>>>({});
  const levers = useMemo(() => leversOf(answers), [answers]);
  const ground = useMemo(
    () => ({ schemes: answers.schemes, division: answers.division, on: today, operatorValues }),
    [answers, today, operatorValues],
  );
  const before = useMemo(() => outlinesOf({ ...ground, facts: factsOf(answers) }), [ground, answers]);
  // What is typed need not change what is stated: a space, a comma, a number not yet whole.
  const stated = JSON.stringify(factsOf({ ...answers, given: { ...answers.given, ...changed } }));
  const after = useMemo(
    () => outlinesOf({ ...ground, facts: JSON.parse(stated) as Facts }),
    [ground, stated],
  );
  if (levers.length === 0)
    return (
      <p>
        还没有填写可以试算的数字。<Link to="/assess/ask">去填写</Link>
      </p>
    );
  return (
    <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
      <Turned before={before} after={after} />
      <section aria-labelledby="levers">
        <h2 id="levers" className="mb-3 text-lg">
          改这些数
        </h2>
        <div className="grid gap-3">
          {levers.map(({ question, label, value }) => {
            const typed = changed[question.key] ?? value;
            const problem = answerProblem(question, typed);
            return (
              <div key={question.key} className="flex flex-wrap items-center gap-x-3">
                <label htmlFor={question.key} className="min-w-0 flex-1">
                  {label}
                </label>
                <input
                  id={question.key}
                  className="input assess-input max-w-36 text-right"
                  inputMode="decimal"
                  autoComplete="off"
                  value={typed}
                  aria-invalid={problem ? true : undefined}
                  aria-describedby={problem ? `${question.key}-error` : undefined}
                  onChange={(event) => change({ ...changed, [question.key]: event.target.value })}
                />
                <span className="w-10 text-ink-2">{UNITS[question.type]}</span>
                {problem && (
                  <p id={`${question.key}-error`} className="w-full text-right text-unmet">
                    {problem}
                  </p>
                )}
              </div>
            );
          })}
        </div>
        <p className="mt-4">
          <button type="button" className="btn assess-button" onClick={() => change({})}>
            恢复填报的数
          </button>
        </p>
      </section>
      <Outcomes after={after} />
    </div>
  );
}

interface TurnedProps {
  before: readonly Outline[];
  after: readonly Outline[];
}

/** What turned, always in sight: on a phone the figures are longer than the screen. */
function Turned({ before, after }: TurnedProps) {
  const was = new Map(before.map(({ scheme, standing }) => [scheme, standing]));
  const turned = after.filter(({ scheme, standing }) => was.get(scheme) !== standing);
  return (
    <p className="sticky top-0 z-10 border-b border-line bg-paper py-3 md:col-span-2" role="status">
      {turned.length === 0
        ? '与填报的数结论相同'
        : turned
            .map(
              ({ scheme, standing, label }) =>
                `${label}：${STANDING_LABELS[was.get(scheme)!]} → ${STANDING_LABELS[standing]}`,
            )
            .join('；')}
    </p>
  );
}

/** Every title with what still stands in the way and what would do. */
function Outcomes({ after }: { after: readonly Outline[] }) {
  return (
    <section aria-labelledby="changes" className="md:sticky md:top-16 md:self-start">
      <h2 id="changes" className="mb-3 text-lg">
        结论
      </h2>
      <ul className="divide-y divide-line border-y border-line">
        {after.map(({ scheme, label, standing, missed }) => (
          <li key={scheme} className="py-2">
            <div className="flex items-center gap-3">
              <span className="grow font-semibold">{label}</span>
              <StandingChip standing={standing} />
            </div>
            <ul className="mt-1 text-ink-2">
              {missed.map((condition) => (
                <li key={condition.id}>
                  {condition.label}
                  {condition.inverse && <span className="text-accent-deep">：{condition.inverse}</span>}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
