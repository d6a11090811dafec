import { useState } from 'react';
import { answerProblem, factsOf, type Answers } from '../rules/ask/answers.ts';
import { questionFor } from '../rules/ask/questions.ts';
import { readEntry } from '../rules/entry.ts';
import { scaleDecimal } from '../rules/facts/decimal.ts';
import { FIGURE_BY_KEY, type FigureKey } from '../rules/facts/figures.ts';
import type { Facts } from '../rules/facts/parse.ts';
import type { Prices } from '../rules/plan/cost.ts';
import type { PlanInputs } from './assess-store.ts';

/** What somebody can turn, with what one unit of it is. */
const LEVERS: readonly { key: keyof Prices; label: string; per: string; legal: string }[] = [
  { key: 'rdExpense', label: '研发费用', per: '每增加 1 万元', legal: '多数称号逐年考核，已过的年度不能补' },
  {
    key: 'mainRevenue',
    label: '主营业务收入占比',
    per: '主营每增加 1 万元',
    legal: '按申请前一年考核，不超过营业收入',
  },
  { key: 'totalLiabilities', label: '资产负债率', per: '负债每减少 1 万元', legal: '按申请前一年末考核' },
  { key: 'equity', label: '股权融资', per: '每 1 万元', legal: '合格机构投资者实缴，出让不超过 30%' },
  {
    key: 'invention',
    label: '自主Ⅰ类知识产权',
    per: '每项',
    legal: '受让的不计；授权后才算',
  },
  { key: 'title', label: '须先取得的称号', per: '每项申报', legal: '先认定、后申请，至少隔一个年度' },
];

/** Figures for which a forecast can be entered. */
const FORECAST: readonly FigureKey[] = [
  'operatingRevenue',
  'mainRevenue',
  'rdExpense',
  'totalAssets',
  'totalLiabilities',
  'employees',
  'developmentScore',
];
const FORECAST_YEARS = 3;

const priceKey = (key: string) => `price.${key}`;

/** A price as somebody types it in 万元, in 分; null where nothing or no number stands. */
function priceOf(typed: string | undefined): number | null {
  if (!typed || typed.trim() === '') return null;
  const entry = readEntry(typed, 'CNY');
  const read = entry.ok ? scaleDecimal(entry.value, 2) : entry;
  return read.ok ? read.value : null;
}

export const pricesOf = (inputs: PlanInputs): Prices =>
  Object.fromEntries(LEVERS.map(({ key }) => [key, priceOf(inputs[priceKey(key)])]));

/** The years from this one on for which a forecast can be entered. */
const forecastYears = (today: string): number[] =>
  Array.from({ length: FORECAST_YEARS }, (_, i) => Number(today.slice(0, 4)) + i);

/** What is known together with the forecasts that can be read. */
export function withForecast(answers: Answers, inputs: PlanInputs, today: string): Facts {
  const given: Record<string, Answers['given'][string]> = { ...answers.given };
  for (const key of forecastKeys(today)) {
    const typed = inputs[key];
    const question = questionFor(key);
    if (typed && question && answerProblem(question, typed) === null) given[question.key] = typed;
  }
  return factsOf({ ...answers, given });
}

const forecastKeys = (today: string): string[] =>
  forecastYears(today).flatMap((year) => FORECAST.map((key) => `years.${year}.${key}`));

/** Forecasts in words, for the sentence that says on what the plans stand. */
export const forecastWords = (inputs: PlanInputs, today: string): string =>
  forecastYears(today)
    .flatMap((year) => {
      const names = FORECAST.filter((key) => inputs[`years.${year}.${key}`]).map(
        (key) => FIGURE_BY_KEY[key].label,
      );
      return names.length > 0 ? [`${year} 年${names.join('、')}`] : [];
    })
    .join('，');

interface Props {
  inputs: PlanInputs;
  today: string;
  change: (key: string, value: string) => void;
}

/** Prices, lead times and forecasts: all of it optional, none of it invented. */
export function PlanInputsForm(props: Props) {
  return (
    <div className="no-print mb-6 grid gap-3">
      <Levers {...props} />
      <Forecast {...props} />
    </div>
  );
}

function Levers({ inputs, change }: Props) {
  // On a phone the ways come first; the boxes are one touch away.
  const [wide] = useState(() => window.matchMedia('(min-width: 40rem)').matches);
  return (
    <details className="card min-w-0 p-4" open={wide}>
      <summary className="font-semibold">可以改变的六项，各要多少钱、多久（选填）</summary>
      <p className="mt-2 mb-3 text-ink-2">
        “最省”按您填的单价算；没有填单价的，金额按金额本身比较，项数相同再比时间。
      </p>
      <div className="overflow-x-auto">
        <table className="ledger">
          <caption className="sr-only">可以改变的六项</caption>
          <thead>
            <tr>
              <th scope="col">改变什么</th>
              <th scope="col">成本（万元）</th>
              <th scope="col">需要多久</th>
              <th scope="col">规则上的限制</th>
            </tr>
          </thead>
          <tbody>
            {LEVERS.map(({ key, label, per, legal }) => (
              <tr key={key}>
                <th scope="row" className="wrap text-left">
                  {label}
                </th>
                <td>
                  <label className="flex items-center gap-2">
                    <span className="w-28 text-ink-2">{per}</span>
                    <input
                      className="input w-24 text-right"
                      inputMode="decimal"
                      autoComplete="off"
                      aria-label={`${label}：${per}的成本（万元）`}
                      value={inputs[priceKey(key)] ?? ''}
                      onChange={(event) => change(priceKey(key), event.target.value)}
                    />
                  </label>
                </td>
                <td>
                  <LeadTime lever={key} inputs={inputs} change={change} />
                </td>
                <td className="wrap text-ink-2">{legal}</td>
              </tr>
            ))}
            <tr>
              <th scope="row" className="text-left">
                从事细分市场的年限
              </th>
              <td className="text-ink-2">不花钱</td>
              <td className="text-ink-2">逐年增加</td>
              <td className="wrap text-ink-2">按申请前一年末满整年计</td>
            </tr>
          </tbody>
        </table>
      </div>
    </details>
  );
}

const LEAD: Readonly<Record<string, { label: string; options: readonly (readonly [string, string])[] }>> = {
  invention: {
    label: '发明专利从申请到授权',
    options: [
      ['1', '1 年'],
      ['2', '2 年'],
      ['3', '3 年'],
    ],
  },
  equity: {
    label: '融资从开始到实缴',
    options: [
      ['3', '3 个月'],
      ['6', '6 个月'],
      ['12', '12 个月'],
      ['18', '18 个月'],
    ],
  },
};

/** Lead times until something else is chosen. */
const USUAL: Readonly<Record<string, string>> = { invention: '2', equity: '6' };

export const leadOf = (inputs: PlanInputs, lever: 'invention' | 'equity'): number =>
  Number(inputs[`lead.${lever}`] || USUAL[lever]);

function LeadTime({ lever, inputs, change }: Omit<Props, 'today'> & { lever: string }) {
  const lead = LEAD[lever];
  if (!lead) return <span className="text-ink-2">{lever === 'title' ? '当年申请，年底前认定' : '当年'}</span>;
  return (
    <select
      className="input"
      aria-label={lead.label}
      value={inputs[`lead.${lever}`] || USUAL[lever]}
      onChange={(event) => change(`lead.${lever}`, event.target.value)}
    >
      {lead.options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

function Forecast({ inputs, today, change }: Props) {
  const years = forecastYears(today);
  return (
    <details className="card min-w-0 p-4">
      <summary className="font-semibold">以后各年的预测（选填）</summary>
      <p className="mt-2 mb-3 text-ink-2">没有填的，按最近一年不变计算。金额单位万元。</p>
      <div className="overflow-x-auto">
        <table className="ledger">
          <caption className="sr-only">以后各年的预测</caption>
          <thead>
            <tr>
              <th scope="col">项目</th>
              {years.map((year) => (
                <th scope="col" key={year}>
                  {year} 年
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {FORECAST.map((key) => (
              <tr key={key}>
                <th scope="row" className="text-left">
                  {FIGURE_BY_KEY[key].label}
                </th>
                {years.map((year) => (
                  <td key={year}>
                    <ForecastBox place={`years.${year}.${key}`} inputs={inputs} change={change} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function ForecastBox({ place, inputs, change }: Omit<Props, 'today'> & { place: string }) {
  const question = questionFor(place)!;
  const typed = inputs[place] ?? '';
  const problem = typed ? answerProblem(question, typed) : null;
  const [, year = '', key = ''] = place.split('.');
  return (
    <>
      <input
        className="input w-28 text-right"
        inputMode="decimal"
        autoComplete="off"
        aria-label={`${year} 年${FIGURE_BY_KEY[key as FigureKey].label}预测`}
        aria-invalid={problem ? true : undefined}
        value={typed}
        onChange={(event) => change(place, event.target.value)}
      />
      {problem && <span className="block text-unmet">{problem}</span>}
    </>
  );
}
