import type { ReactNode } from 'react';
import type { ConditionVerdict, Verdict, VerdictLine } from '../rules/verdict.ts';
import { OutcomeChip, RESULT_SOFT, ResultMark, Seal, tierOf, type ResultId } from './chips.tsx';
import { factLabel } from './fact-labels.ts';
import { A } from './link.tsx';
import { Icon } from './icons.tsx';
import { actualText, gapText, inclusionText, requirementText, valueText } from './quantity.ts';
import { ACTION_LABELS, RESULT_LABELS, sourceLabel } from './terms.ts';

const missingText = (paths: readonly string[]) => [...new Set(paths.map(factLabel))].join('、');

const ORDER: readonly ResultId[] = ['unmet', 'unknown', 'manual', 'met', 'waived'];

const MARKS: Readonly<Record<string, string>> = {
  S: '已见原文',
  'M-h': '转引，可信度高',
  'M-m': '转引，可信度中',
  'M-l': '转引，可信度低',
};

/** How many conditions came out how: one bar, and the same in words. */
function Tally({ conditions }: { conditions: readonly ConditionVerdict[] }) {
  const counts = ORDER.map((result) => ({
    result,
    count: conditions.filter((condition) => condition.result === result).length,
  })).filter(({ count }) => count > 0);
  return (
    <ul className="flex flex-wrap gap-1.5" aria-label="各条件结果">
      {counts.map(({ result, count }) => (
        <li key={result} className={`chip ${RESULT_SOFT[result]}`}>
          <Icon name={result} className="size-3" />
          {RESULT_LABELS[result]} {count}
        </li>
      ))}
    </ul>
  );
}

/**
 * Own value against the threshold: the tick stands at two thirds, the bar reaches as far as the value does.
 * A picture of what the numbers beside it say, hence hidden from readers.
 */
function Gauge({ line }: { line: VerdictLine }) {
  const { actual, required, comparison, result } = line;
  if (typeof actual !== 'number' || typeof required !== 'number' || required <= 0 || comparison === '=')
    return null;
  const width = 72;
  const tick = 48;
  const length = Math.max(0, Math.min(1, (actual / required) * (tick / width))) * width;
  const fill =
    result === 'met' || result === 'waived' ? 'fill-met' : result === 'unmet' ? 'fill-unmet' : 'fill-ink-3';
  return (
    <svg width={width} height="12" viewBox={`0 0 ${width} 12`} aria-hidden="true">
      <rect x="0" y="4" width={width} height="4" rx="2" className="fill-sunken" />
      <rect x="0" y="4" width={length} height="4" rx="2" className={fill} />
      <rect x={tick - 1} y="0" width="2" height="12" className="fill-ink" />
    </svg>
  );
}

const Cell = ({
  says,
  children,
  className = '',
}: {
  says: string;
  children: ReactNode;
  className?: string;
}) => (
  <span className={className} data-blank={children === '' || undefined}>
    <span className="sr-only">{says}：</span>
    {children}
  </span>
);

/** The deeper half of a line: arithmetic, period, what is missing, where the text stands. */
function Deeper({ line, children }: { line: VerdictLine; children?: ReactNode }) {
  const rows: { label: string; value: ReactNode }[] = [];
  const add = (label: string, value: ReactNode) => void rows.push({ label, value });
  if (line.formula) add('算法', line.formula);
  if (line.arithmetic) add('算式', <span className="font-mono text-xs">{line.arithmetic}</span>);
  if (line.period) add('期间', line.period);
  if (typeof line.required === 'number' && line.inclusive !== null) {
    add(
      '本数',
      `${requirementText(line.comparison, line.required, line.unit)}，${inclusionText(line.inclusive)}`,
    );
  }
  if (line.missing.length > 0) add('缺少', missingText(line.missing));
  if (line.note) add('说明', line.note);
  if (line.actual !== null) add('数据来源', sourceLabel(line.confidence));
  add(
    '依据',
    <>
      {line.article}
      {line.link && (
        <>
          {' '}
          <a href={line.link} rel="noreferrer" target="_blank">
            原文
          </a>
        </>
      )}
      <span className="ml-2 text-ink-3">{MARKS[line.ruleConfidence] ?? '待核实'}</span>
    </>,
  );
  return (
    <div className="border-t border-line bg-canvas py-2.5 pr-4 pl-10">
      <dl className="grid grid-cols-[4.5rem_1fr] gap-x-3 gap-y-1">
        {rows.map(({ label, value }) => (
          <div key={label} className="contents">
            <dt className="text-ink-3">{label}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
      {children}
    </div>
  );
}

/** The parts of a composed condition, indented by depth. */
function Parts({ parts }: { parts: ConditionVerdict['parts'] }) {
  if (parts.length === 0) return null;
  return (
    <ul className="mt-2 border-t border-line pt-2" aria-label="分项">
      {parts.map((part, i) => (
        <li key={i} className="flex flex-wrap items-baseline gap-x-3 py-0.5" data-depth={part.depth}>
          <span className={['', 'pl-5', 'pl-10', 'pl-16'][Math.min(3, Math.max(0, part.depth - 1))]}>
            <ResultMark result={part.result} /> {part.label}
          </span>
          {typeof part.required === 'number' && (
            <span className="text-ink-2">
              {actualText(part.actual, part.required, part.unit)} /{' '}
              {requirementText(part.comparison, part.required, part.unit)}
            </span>
          )}
          {part.arithmetic && <span className="font-mono text-xs text-ink-3">{part.arithmetic}</span>}
          {part.missing.length > 0 && <span className="text-unknown">缺少：{missingText(part.missing)}</span>}
        </li>
      ))}
    </ul>
  );
}

/** One condition: at a glance its threshold, own value, gap and article; opened, the arithmetic. */
export function ConditionLine({ condition }: { condition: ConditionVerdict }) {
  const gap = condition.result === 'met' ? '' : gapText(condition.gap, condition.unit);
  const open =
    condition.result === 'unknown' && condition.missing.length > 0
      ? `缺 ${factLabel(condition.missing[0]!)}${condition.missing.length > 1 ? ` 等 ${condition.missing.length} 项` : ''}`
      : RESULT_LABELS[condition.result];
  return (
    <details className="group border-b border-line last:border-b-0">
      <summary className="verdict-line hover:bg-canvas">
        <Icon name="right" className="size-3 shrink-0 text-ink-3 group-open:rotate-90" />
        <ResultMark result={condition.result} />
        <span className="min-w-0">
          <span className="block">{condition.label}</span>
          <span className="block text-xs text-ink-3">{condition.article}</span>
        </span>
        <Cell says="门槛" className="text-right whitespace-nowrap text-ink-2">
          {condition.required === null
            ? ''
            : requirementText(condition.comparison, condition.required, condition.unit)}
        </Cell>
        <Cell says="现值" className="text-right font-semibold whitespace-nowrap">
          {condition.actual === null ? '' : actualText(condition.actual, condition.required, condition.unit)}
        </Cell>
        <span className="max-lg:hidden">
          <Gauge line={condition} />
        </span>
        <Cell says="差距" className={`text-right ${gap ? 'font-semibold text-unmet' : 'text-ink-3'}`}>
          {gap ? `差 ${gap}` : open}
        </Cell>
      </summary>
      <Deeper line={condition}>
        {condition.inverse && (
          <p className="mt-2 rounded-sm bg-accent-soft px-3 py-1.5 text-accent-deep">
            <b>怎样达到</b>　{condition.inverse.text}
          </p>
        )}
        <Parts parts={condition.parts} />
      </Deeper>
    </details>
  );
}

/** A score as an interval: what is certain, what a person may still give, and where the line runs. */
function ScoreBar({ score }: { score: NonNullable<Verdict['score']> }) {
  const of = Math.max(
    1,
    score.groups.reduce((sum, group) => sum + group.of, 0),
  );
  return (
    <div className="border-b border-line px-4 py-3">
      <p className="mb-1.5">
        <b>评分</b>　
        {score.min === score.max
          ? valueText(score.min, 'points')
          : `${valueText(score.min, 'points')} – ${valueText(score.max, 'points')}`}
        <span className="ml-3 text-ink-3">
          满分 {of}
          {score.pass !== null && `，合格 ${score.pass} 分`}
        </span>
      </p>
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" className="h-2 w-full max-w-2xl" aria-hidden="true">
        <rect width="100" height="4" className="fill-sunken" />
        <rect
          width={(score.max / of) * 100}
          height="4"
          className="fill-manual-soft stroke-manual"
          strokeWidth="0.2"
        />
        <rect width={(score.min / of) * 100} height="4" className="fill-accent" />
        {score.pass !== null && (
          <rect x={(score.pass / of) * 100} width="0.4" height="4" className="fill-ink" />
        )}
      </svg>
      <details className="mt-2">
        <summary className="text-accent">各项得分</summary>
        <div className="mt-2 overflow-x-auto">
          <table className="ledger">
            <caption className="sr-only">各项得分</caption>
            <thead>
              <tr>
                <th scope="col">指标</th>
                <th scope="col" className="num">
                  最低
                </th>
                <th scope="col" className="num">
                  最高
                </th>
                <th scope="col" className="num">
                  满分
                </th>
                <th scope="col">依据</th>
              </tr>
            </thead>
            <tbody>
              {score.items.map((item) => (
                <tr key={item.id}>
                  <th scope="row">{item.label}</th>
                  <td className="num">{item.min}</td>
                  <td className="num">{item.max}</td>
                  <td className="num">{item.of}</td>
                  <td className="wrap">{item.article}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}

const rank = (condition: ConditionVerdict) => ORDER.indexOf(condition.result);

/**
 * The explanation of one verdict. What stands in the way comes first; what is met is folded below.
 * @param label the scheme's name
 * @param linked whether the rule's own page can be opened (it asks for a login)
 */
export function VerdictCard({
  verdict,
  label,
  folded = false,
  linked = true,
}: {
  verdict: Verdict;
  label: string;
  folded?: boolean;
  linked?: boolean;
}) {
  const tier = tierOf(verdict.scheme);
  const ordered = [...verdict.conditions].sort((a, b) => rank(a) - rank(b));
  return (
    <details className="card group/card" open={!folded} id={`verdict-${verdict.scheme}`}>
      <summary className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
        <Icon name="right" className="size-3 shrink-0 text-ink-3 group-open/card:rotate-90" />
        {tier && <Seal tier={tier} />}
        <h3 className="text-lg">{label}</h3>
        <OutcomeChip outcome={verdict.outcome} />
        <span className="text-xs text-ink-3">
          {ACTION_LABELS[verdict.action]}，按 {verdict.on}
        </span>
        <span className="ml-auto">
          <Tally conditions={verdict.conditions} />
        </span>
      </summary>
      <div className="border-t border-line">
        {verdict.vetoes.length > 0 && (
          <ul className="border-b border-line bg-unmet-soft px-4 py-2 text-unmet" aria-label="一票否决">
            {verdict.vetoes.map((veto) => (
              <li key={veto.id}>
                <b>一票否决</b>　{veto.label}：{veto.detail}
                <span className="ml-2 text-xs">{veto.article}</span>
              </li>
            ))}
          </ul>
        )}
        {verdict.score && <ScoreBar score={verdict.score} />}
        <div>
          {ordered.map((condition) => (
            <ConditionLine key={condition.id} condition={condition} />
          ))}
        </div>
        {verdict.advice.length > 0 && (
          <div className="border-t border-line">
            <p className="px-4 pt-2 text-xs text-ink-3">提示（不影响结论）</p>
            {verdict.advice.map((condition) => (
              <ConditionLine key={condition.id} condition={condition} />
            ))}
          </div>
        )}
        <p className="flex flex-wrap gap-x-4 border-t border-line px-4 py-2 text-xs text-ink-3">
          <span>
            规则版本{' '}
            {linked ? <A to={`/rules/${encodeURIComponent(verdict.rule)}`}>{verdict.rule}</A> : verdict.rule}
          </span>
          <span>事实不变时，结论有效至 {verdict.holdsUntil}</span>
          <span>预评估结果仅供参考，以主管部门认定为准</span>
        </p>
      </div>
    </details>
  );
}
