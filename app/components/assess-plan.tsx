import { useDeferredValue, useMemo, useState } from 'react';
import type { AssessGround, PublicWindow } from '../queries/assess.server.ts';
import type { Answers } from '../rules/ask/answers.ts';
import { FIGURE_BY_KEY } from '../rules/facts/figures.ts';
import { schemeLabel, SCHEMES } from '../rules/index.ts';
import { operatorValuesFrom } from '../rules/operator.ts';
import { amountsOf, type Prices } from '../rules/plan/cost.ts';
import { project } from '../rules/plan/levers.ts';
import { plansFor, type Plan, type PlanInput, type Plans, type Step } from '../rules/plan/plan.ts';
import { forecastWords, leadOf, PlanInputsForm, pricesOf, withForecast } from './assess-plan-inputs.tsx';
import { keepPlanInputs, keptPlanInputs, type PlanInputs } from './assess-store.ts';
import { dayInText } from './format.ts';
import { valueText } from './quantity.ts';

const money = (fen: number) => valueText(fen / 100, 'CNY');

function stepText(step: Step): string {
  switch (step.kind) {
    case 'wait':
      return `只需等待：${step.label}，到时自然满足`;
    case 'title':
      return `${step.year} 年申请并取得${schemeLabel(step.scheme)}`;
    case 'inventions':
      return `现在起申请自主研发、与主导产品相关的发明专利，${dayInText(step.by)}前授权 ${step.count} 项`;
    case 'equity':
      return `${dayInText(step.by)}前完成股权融资 ${money(step.amount)}（合格机构投资者实缴，出让股权不超过 30%）`;
    default: {
      const { label, unit } = FIGURE_BY_KEY[step.key];
      const value = (amount: number) => (unit === 'CNY' ? money(amount) : String(amount / 100));
      if (step.from === null)
        return `${step.year} 年${label}${step.key === 'totalLiabilities' ? '不高于' : '达到'} ${value(step.to)}`;
      return `${step.year} 年${label}${step.to > step.from ? '增至' : '降至'} ${value(step.to)}（不作改变时为 ${value(step.from)}）`;
    }
  }
}

const AMOUNTS = {
  rdExpense: '研发费用共增',
  mainRevenue: '主营业务收入共增',
  totalLiabilities: '负债减少',
  equity: '股权融资',
} as const;

/** What a plan costs by the prices entered, and what stands beside it without a price. */
function costText(plan: Plan, prices: Prices, before: ReturnType<typeof project>): string {
  const amounts = Object.entries(amountsOf(plan.changes, before)).filter(([, amount]) => amount > 0);
  const { inventions, titles } = plan.cost;
  const priced: boolean[] = [
    ...amounts.map(([lever]) => prices[lever as keyof Prices] != null),
    ...(inventions > 0 ? [prices.invention != null] : []),
    ...(titles > 0 ? [prices.title != null] : []),
  ];
  const words = [
    ...amounts.map(([lever, amount]) => `${AMOUNTS[lever as keyof typeof AMOUNTS]} ${money(amount)}`),
    ...(inventions > 0 ? [`发明专利 ${inventions} 项`] : []),
    ...(titles > 0 ? [`先取得称号 ${titles} 项`] : []),
  ].join('，');
  if (priced.length === 0) return '不花钱';
  if (priced.every(Boolean)) return `${words}；按您填的单价合计 ${money(plan.cost.money)}`;
  return priced.some(Boolean) ? `${words}（有的没有填单价，不作合计）` : words;
}

interface Ways {
  readonly label: string;
  readonly plans: Plans;
}

/** Plans for every title wished for that has a rule. */
function waysOf(input: Omit<PlanInput, 'scheme'>, schemes: readonly string[]): Ways[] {
  return SCHEMES.filter(({ id }) => schemes.length === 0 || schemes.includes(id))
    .map(({ id, label }) => ({ label, plans: plansFor({ ...input, scheme: id }) }))
    .filter(({ plans }) => plans.ok || plans.blocking.length > 0);
}

/** For every title wished for: the earliest year and the cheapest way, and the least that has to change until then. */
export function WayThere({ answers, ground }: { answers: Answers; ground: AssessGround }) {
  const { today, values, windows } = ground;
  const [inputs, setInputs] = useState<PlanInputs>(keptPlanInputs);
  // Typing goes first; the search follows.
  const calm = useDeferredValue(inputs);
  const input = useMemo(
    () => ({
      facts: withForecast(answers, calm, today),
      on: today,
      inventionYears: leadOf(calm, 'invention'),
      equityMonths: leadOf(calm, 'equity'),
      prices: pricesOf(calm),
      operatorValues: operatorValuesFrom(values),
      closed: closedIn(windows, answers.division, today),
    }),
    [answers, calm, today, values, windows],
  );
  const ways = useMemo(() => waysOf(input, answers.schemes), [input, answers.schemes]);
  const before = useMemo(() => project(input, Number(today.slice(0, 4)) + 10), [input, today]);
  const change = (key: string, value: string) => {
    const next = { ...inputs, [key]: value };
    setInputs(next);
    keepPlanInputs(next);
  };
  const forecast = forecastWords(calm, today);
  return (
    <>
      <PlanInputsForm inputs={inputs} today={today} change={change} />
      <p className="mb-4">{forecast ? `${forecast}按您的预测，其余` : '以后各年'}按最近一年不变计算。</p>
      <ul className="grid gap-4">
        {ways.filter(takesSteps).map(({ label, plans }) => (
          <li key={plans.scheme} className="card min-w-0 p-4">
            <h2 className="text-lg">{label}</h2>
            {plans.ok ? (
              <Found
                plans={plans}
                costOf={(plan) => costText(plan, input.prices, before)}
                windows={windowsFor(windows, plans.scheme, answers.division)}
              />
            ) : (
              <p className="mt-1 text-ink-2">
                {plans.reason}
                {plans.blocking.length > 0 && `：${plans.blocking.join('；')}`}
              </p>
            )}
          </li>
        ))}
      </ul>
      <NothingToChange ways={ways.filter((way) => !takesSteps(way))} />
    </>
  );
}

const takesSteps = ({ plans }: Ways) => !plans.ok || plans.earliest.steps.length > 0;

const windowsFor = (windows: readonly PublicWindow[], of: string, division: string) =>
  windows.filter(({ scheme, region }) => scheme === of && division.startsWith(region));

/** Titles whose registered calls of this year are all over. */
function closedIn(windows: readonly PublicWindow[], division: string, today: string): ReadonlySet<string> {
  const year = today.slice(0, 4);
  const own = windows.filter(
    ({ region, closesOn }) => division.startsWith(region) && closesOn.startsWith(year),
  );
  const open = new Set(own.filter(({ status }) => status !== 'closed').map(({ scheme }) => scheme));
  return new Set(own.map(({ scheme }) => scheme).filter((scheme) => !open.has(scheme)));
}

/** Titles for which nothing need be changed, in short. */
function NothingToChange({ ways }: { ways: readonly Ways[] }) {
  if (ways.length === 0) return null;
  return (
    <section className="mt-6" aria-labelledby="unchanged">
      <h2 id="unchanged" className="mb-2 text-lg">
        不需要改变已填数据的称号
      </h2>
      <dl className="divide-y divide-line border-y border-line">
        {ways.flatMap(({ label, plans }) =>
          plans.ok
            ? [
                <div key={plans.scheme} className="flex flex-wrap items-baseline gap-x-4 py-2">
                  <dt className="font-semibold">{label}</dt>
                  <dd className="text-ink-2">
                    最早 {plans.earliest.year} 年申请
                    {plans.earliest.open.length > 0 && (
                      <span className="text-unknown">，但仍待定：{plans.earliest.open.join('；')}</span>
                    )}
                  </dd>
                </div>,
              ]
            : [],
        )}
      </dl>
    </section>
  );
}

interface FoundProps {
  plans: Plans & { ok: true };
  costOf: (plan: Plan) => string;
  windows: readonly PublicWindow[];
}

function Found({ plans: { earliest, cheapest }, costOf, windows }: FoundProps) {
  if (earliest === cheapest)
    return <Way plan={earliest} name="最早，也最省" cost={costOf(earliest)} windows={windows} />;
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <Way plan={earliest} name="最早" cost={costOf(earliest)} windows={windows} />
      <Way plan={cheapest} name="最省" cost={costOf(cheapest)} windows={windows} />
    </div>
  );
}

/** When applications are taken in a year, as registered; else when they were last taken. */
function whenText(year: number, windows: readonly PublicWindow[]): string {
  const days = ({ label, opensOn, closesOn, reference }: PublicWindow) =>
    `${label} ${opensOn ? `${opensOn} 至 ` : ''}${closesOn}${opensOn ? '' : ' 截止'}（${reference}）`;
  const own = windows.find(({ closesOn }) => closesOn.startsWith(String(year)));
  if (own) return days(own);
  const last = windows.findLast(({ closesOn }) => closesOn < String(year));
  return `${year} 年的申报时间还没有登记，以通知为准${last ? `；上一次是${days(last)}` : ''}`;
}

interface WayProps {
  plan: Plan;
  name: string;
  cost: string;
  windows: readonly PublicWindow[];
}

function Way({ plan, name, cost, windows }: WayProps) {
  return (
    <div className="mt-1">
      <p>
        <span className="chip bg-accent-soft text-accent-deep">{name}</span>{' '}
        <b>
          {plan.open.length > 0 && '待定各项若能满足，'}
          {name.startsWith('最早') && '最早 '}
          {plan.year} 年申请
        </b>
        <span className="ml-3 text-ink-3">按规则 {plan.rule}</span>
      </p>
      <p className="mt-1 text-ink-2">{whenText(plan.year, windows)}</p>
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
      <p className="mt-2 text-ink-2">代价：{cost}</p>
      {plan.open.length > 0 && (
        <p className="mt-2 text-unknown">仍待定（缺数据，或由主管部门判断）：{plan.open.join('；')}</p>
      )}
    </div>
  );
}
