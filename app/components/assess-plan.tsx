import { useMemo, useState } from 'react';
import { factsOf, type Answers } from '../rules/ask/answers.ts';
import { FIGURE_BY_KEY } from '../rules/facts/figures.ts';
import { schemeLabel, SCHEMES } from '../rules/index.ts';
import { planFor, type Plan, type Step } from '../rules/plan/plan.ts';
import { dayInText } from './format.ts';
import { valueText } from './quantity.ts';
import { numberOf } from './assess-cost.ts';

const money = (fen: number) => valueText(fen / 100, 'CNY');

function stepText(step: Step): string {
  switch (step.kind) {
    case 'title':
      return `${step.year} 年申请并取得${schemeLabel(step.scheme)}`;
    case 'inventions':
      return `现在起申请自主研发、与主导产品相关的发明专利，${dayInText(step.by)}前授权 ${step.count} 项`;
    default: {
      const verb = step.from === null ? '达到' : step.to > step.from ? '增至' : '降至';
      const from = step.from === null ? '' : `（按最近一年不变为 ${money(step.from)}）`;
      return `${step.year} 年${FIGURE_BY_KEY[step.key].label}${verb} ${money(step.to)}${from}`;
    }
  }
}

/** The cost as far as the visitor named prices: R&D in addition is its own amount. */
function costText(steps: readonly Step[], perPatent: number | null): string {
  const rd = steps.reduce(
    (sum, step) =>
      step.kind === 'figure' && step.key === 'rdExpense' ? sum + step.to - (step.from ?? 0) : sum,
    0,
  );
  const patents = steps.reduce((sum, step) => (step.kind === 'inventions' ? sum + step.count : sum), 0);
  const parts = [
    rd > 0 ? `研发投入共增 ${money(rd)}` : '',
    patents > 0 && perPatent !== null ? `专利费用 ${money(patents * perPatent)}` : '',
  ].filter(Boolean);
  return parts.join('，');
}

/** For every title wished for: the earliest year and the least that has to change until then. */
export function WayThere({ answers, today }: { answers: Answers; today: string }) {
  const [years, setYears] = useState(2);
  const [price, setPrice] = useState('');
  const plans = useMemo(() => {
    const facts = factsOf(answers);
    return SCHEMES.filter(({ id }) => answers.schemes.length === 0 || answers.schemes.includes(id))
      .map(({ id, label }) => ({
        label,
        plan: planFor({ facts, on: today, inventionYears: years, scheme: id }),
      }))
      .filter(({ plan }) => plan.ok || plan.blocking.length > 0);
  }, [answers, today, years]);
  const perPatent = numberOf(price);
  return (
    <>
      <div className="mb-6 grid max-w-2xl gap-4 sm:grid-cols-2">
        <div>
          <label htmlFor="years" className="mb-1 block font-semibold">
            发明专利从申请到授权按几年算
          </label>
          <select
            id="years"
            className="input assess-input"
            value={years}
            onChange={(event) => setYears(Number(event.target.value))}
          >
            {[1, 2, 3].map((count) => (
              <option key={count} value={count}>
                {count} 年
              </option>
            ))}
          </select>
        </div>
        <div>
          <label htmlFor="price" className="mb-1 block font-semibold">
            每项专利费用（万元，选填）
          </label>
          <input
            id="price"
            className="input assess-input"
            inputMode="decimal"
            autoComplete="off"
            value={price}
            onChange={(event) => setPrice(event.target.value)}
          />
        </div>
      </div>
      <ul className="grid gap-4">
        {plans.map(({ label, plan }) => (
          <li key={plan.scheme} className="card p-4">
            <h2 className="text-lg">{label}</h2>
            <Way plan={plan} perPatent={perPatent} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Way({ plan, perPatent }: { plan: Plan; perPatent: number | null }) {
  if (!plan.ok)
    return (
      <p className="mt-1 text-ink-2">
        {plan.reason}
        {plan.blocking.length > 0 && `：${plan.blocking.join('；')}`}
      </p>
    );
  const cost = costText(plan.steps, perPatent);
  return (
    <>
      <p className="mt-1">
        <b>
          {plan.open.length > 0 && '待定各项若能满足，'}最早 {plan.year} 年申请
        </b>
        <span className="ml-3 text-ink-3">按规则 {plan.rule}</span>
      </p>
      {plan.notBefore.length > 0 && (
        <p className="mt-1 text-ink-2">
          {plan.year - 1} 年还不行：{plan.notBefore.join('；')}
        </p>
      )}
      {plan.steps.length === 0 ? (
        <p className="mt-2">不需要改变已填的数据。</p>
      ) : (
        <ol className="mt-2 list-decimal pl-5">
          {plan.steps.map((step, i) => (
            <li key={i}>{stepText(step)}</li>
          ))}
        </ol>
      )}
      {cost && <p className="mt-2 text-ink-2">{cost}</p>}
      {plan.open.length > 0 && (
        <p className="mt-2 text-unknown">仍待定（缺数据，或由主管部门判断）：{plan.open.join('；')}</p>
      )}
    </>
  );
}
