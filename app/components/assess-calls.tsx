import type { AssessGround, PublicValue, PublicWindow } from '../queries/assess.server.ts';
import type { Assessed, Standing } from '../rules/ask/standing.ts';
import { addDays, type Day } from '../rules/day.ts';
import { OPERATOR_PARAMS } from '../rules/operator.ts';
import { StandingChip } from './assess-standing.tsx';

/** A call for applications that suits, with the days to be ready by. */
export interface Call {
  readonly window: PublicWindow;
  readonly label: string;
  readonly standing: Standing;
  readonly steps: readonly { readonly words: string; readonly on: Day }[];
}

/** Weeks before the last day, and what should be done by then. */
const BACK: readonly (readonly [weeks: number, words: string])[] = [
  [8, '核对差距，备齐年度审计和专项报告'],
  [4, '证明材料齐套'],
  [2, '园区或服务机构预审'],
  [1, '网上填报并提交'],
];

const SUITS: ReadonlySet<Standing> = new Set(['met', 'nearly', 'undetermined']);

/** Calls of the place and of the whole country for titles that are met, nearly met or not yet decided; past ones last. */
export function callsFor(
  { verdicts }: Assessed,
  windows: AssessGround['windows'],
  division: string,
): readonly Call[] {
  return verdicts
    .filter(({ standing }) => SUITS.has(standing))
    .flatMap(({ verdict, label, standing }) =>
      windows
        .filter(({ scheme, region }) => scheme === verdict.scheme && division.startsWith(region))
        .map((window) => ({
          window,
          label,
          standing,
          steps: (window.status === 'closed' ? [] : BACK).map(([weeks, words]) => ({
            words: `${weeks} 周前：${words}`,
            on: addDays(window.closesOn, -7 * weeks),
          })),
        })),
    )
    .sort((a, b) => Number(isPast(a)) - Number(isPast(b)));
}

const isPast = ({ window }: Call) => window.status === 'closed';

/** A call in one line, for paper. */
export const callText = ({ window, label }: Call): string =>
  `${label}：${window.label}，${periodText(window)}（${window.reference}）`;

const periodText = ({ opensOn, closesOn }: PublicWindow): string =>
  `${opensOn === null ? '' : `${opensOn} 至 `}${closesOn}${opensOn === null ? ' 截止' : ''}`;

const STATUS = { open: '正在受理', ahead: '尚未开始', closed: '已截止' } as const;

/** Which calls suit, matched without anybody applying first (免申即享), worked back from the last day. */
export function OpenCalls({ calls, division }: { calls: readonly Call[]; division: string }) {
  const open = calls.filter((call) => !isPast(call));
  const past = calls.filter(isPast);
  return (
    <section className="mb-8" aria-labelledby="calls">
      <h2 id="calls" className="text-lg">
        适合的申报（免申即享：按填的数据匹配）
      </h2>
      <p className="mb-3 text-ink-2">
        符合、接近或待定的称号，在全国{division ? '和所在地' : ''}
        正在或将要受理的申报，按截止日倒排。以主管部门通知为准。
      </p>
      {open.length === 0 ? (
        <p>系统登记的申报时间中，今后一年还没有适合的；通知发布后会更新。</p>
      ) : (
        <ul className="grid gap-3">
          {open.map((call) => (
            <OneCall key={call.window.key + call.label} call={call} />
          ))}
        </ul>
      )}
      {past.length > 0 && (
        <details className="mt-3">
          <summary className="text-accent">刚过去的 {past.length} 次申报（可据以估计下一次的时间）</summary>
          <ul className="mt-2 list-disc pl-5 text-ink-2">
            {past.map((call) => (
              <li key={call.window.key + call.label}>{callText(call)}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function OneCall({ call: { window, label, standing, steps } }: { call: Call }) {
  return (
    <li className="card p-4">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <b>{label}</b>
        <StandingChip standing={standing} />
        <span>{window.label}</span>
        <span className="text-ink-2">{window.regionLabel}</span>
      </p>
      <p className="mt-1">
        {periodText(window)}，{STATUS[window.status]}，距截止 {window.daysLeft} 天
      </p>
      <ol className="mt-2 grid gap-x-6 gap-y-1 text-ink-2 sm:grid-cols-2">
        {steps.map(({ words, on }) => (
          <li key={words}>
            <span className="tabular-nums">{on}</span> {words}
          </li>
        ))}
      </ol>
      <p className="mt-2 text-ink-3">
        依据：
        {window.link ? (
          <a href={window.link} rel="noreferrer">
            {window.reference}
          </a>
        ) : (
          window.reference
        )}
        {window.doubt && `；待核实：${window.doubt}`}
      </p>
    </li>
  );
}

/** Entered numbers with which one of the verdicts was judged. */
export function enteredFor({ verdicts }: Assessed, values: readonly PublicValue[]): readonly PublicValue[] {
  const judged = new Set(verdicts.map(({ verdict }) => verdict.rule));
  const used = new Set(
    OPERATOR_PARAMS.flatMap(({ param, rules }) => (rules.some((rule) => judged.has(rule)) ? [param.id] : [])),
  );
  return values.filter(({ key }) => used.has(key));
}

/** Numbers that no text gives and the operator of this system entered, with where they stand. */
export function EnteredValues({ values }: { values: readonly PublicValue[] }) {
  if (values.length === 0) return null;
  return (
    <section className="mb-8" aria-labelledby="entered">
      <h2 id="entered" className="mb-2 text-lg">
        由本系统运营方录入的数值
      </h2>
      <p className="mb-2 text-ink-2">所见文件没有写明这些数，结论按录入的数判定。</p>
      <dl className="divide-y divide-line border-y border-line">
        {values.map(({ key, label, shown, fromDay, reference }) => (
          <div key={key} className="flex flex-wrap items-baseline gap-x-4 py-2">
            <dt className="grow text-ink-2">{label}</dt>
            <dd>
              <b>{shown}</b>，{fromDay} 起，依据：{reference}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** An entered number in one line, for paper. */
export const enteredText = ({ label, shown, reference }: PublicValue): string =>
  `${label} ${shown}（${reference}）`;
