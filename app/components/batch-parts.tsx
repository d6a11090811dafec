/** Small parts that the pages of nomination batches share. */
import type { BatchPage, Gap, LogLine } from '../queries/batch-page.server.ts';
import { RESULT_SOFT } from './chips.tsx';
import { minuteText } from './format.ts';
import { Icon } from './icons.tsx';
import { gapText } from './quantity.ts';
import { RESULT_LABELS } from './terms.ts';

const BATCH_LOOK: Readonly<Record<string, string>> = {
  drawn: 'bg-sunken text-ink-2',
  checked: 'bg-sunken text-ink-2',
  steward: 'bg-manual-soft text-manual',
  section: 'bg-manual-soft text-manual',
  joint_meeting: 'bg-manual-soft text-manual',
  approved: 'bg-met-soft text-met',
  partially_approved: 'bg-met-soft text-met',
  submitted: 'bg-accent-soft text-accent-deep',
  closed: 'bg-waived-soft text-waived',
  returned: 'bg-unknown-soft text-unknown',
  withdrawn: 'bg-waived-soft text-waived',
};

/** Where a batch stands. */
export const BatchState = ({ state, label }: { state: string; label: string }) => (
  <span className={`chip ${BATCH_LOOK[state] ?? 'bg-sunken text-ink-2'}`}>{label}</span>
);

const ROW_LOOK: Readonly<
  Record<string, { look: string; icon: 'met' | 'warn' | 'unmet' | 'waived' | 'right' }>
> = {
  in: { look: 'bg-accent-soft text-accent-deep', icon: 'right' },
  held_back: { look: 'bg-unknown-soft text-unknown', icon: 'warn' },
  supplement: { look: 'bg-manual-soft text-manual', icon: 'warn' },
  cut: { look: 'bg-waived-soft text-waived', icon: 'waived' },
  approved: { look: 'bg-met-soft text-met', icon: 'met' },
  not_nominated: { look: 'bg-unmet-soft text-unmet', icon: 'unmet' },
  submitted: { look: 'bg-met-soft text-met', icon: 'met' },
};

/** Where an enterprise stands in a batch: mark, word and colour. */
export function RowState({ state, label }: { state: string; label: string }) {
  const { look, icon } = ROW_LOOK[state] ?? { look: 'bg-sunken text-ink-2', icon: 'right' };
  return (
    <span className={`chip ${look}`}>
      <Icon name={icon} className="size-3" />
      {label}
    </span>
  );
}

/** Gaps shown in a row; the rest are counted. */
const SHOWN = 2;

/** What stands between an enterprise and the title: what is unmet, else what is open. */
export function Gaps({ gaps, judged = true }: { gaps: readonly Gap[]; judged?: boolean }) {
  if (!judged) return <span className="text-ink-3">没有适用的规则</span>;
  if (gaps.length === 0) return <span className="text-met">全部达到</span>;
  const unmet = gaps.filter(({ result }) => result === 'unmet');
  const shown = unmet.length > 0 ? unmet : gaps;
  return (
    <span className="flex gap-1.5">
      {shown.slice(0, SHOWN).map((gap) => (
        <span key={gap.id} className={`chip ${RESULT_SOFT[gap.result]}`} title={gap.label}>
          <Icon name={gap.result} className="size-3" />
          <span className="max-w-36 truncate">{gap.label}</span>
          {gap.result === 'unmet' && gap.gap !== null ? (
            <b>差 {gapText(gap.gap, gap.unit)}</b>
          ) : (
            RESULT_LABELS[gap.result]
          )}
        </span>
      ))}
      {shown.length > SHOWN && <span className="text-ink-3">等 {shown.length} 项</span>}
    </span>
  );
}

/** The way of a batch with its present station. */
export function Stations({ stations, state }: Pick<BatchPage, 'stations' | 'state'>) {
  return (
    <ol className="mb-4 flex flex-wrap gap-y-2 overflow-x-auto" aria-label="批次进度">
      {stations.map(({ id, label, current, done }, i) => (
        <li
          key={id}
          aria-current={current ? 'step' : undefined}
          className="flex items-center whitespace-nowrap"
        >
          {i > 0 && (
            <span
              aria-hidden="true"
              className={`mx-2 h-px w-6 ${done || current ? 'bg-accent' : 'bg-line-strong'}`}
            />
          )}
          <span
            className={`inline-flex h-7 items-center gap-1.5 rounded-md border px-2.5 ${
              current
                ? 'border-accent bg-accent font-semibold text-white'
                : done
                  ? 'border-accent bg-accent-soft text-accent-deep'
                  : 'border-line bg-paper text-ink-3'
            }`}
          >
            {done && <Icon name="met" className="size-3" />}
            {current && state === 'returned' ? '退回修改' : label}
            {done && <span className="sr-only">（已过）</span>}
          </span>
        </li>
      ))}
      {state === 'withdrawn' && (
        <li className="ml-3 flex items-center">
          <BatchState state="withdrawn" label="已撤回" />
        </li>
      )}
    </ol>
  );
}

/** What was done, the latest first; refused attempts are struck through and say why. */
export function BatchLog({ log }: { log: readonly LogLine[] }) {
  if (log.length === 0) return <p className="text-ink-3">还没有记录。</p>;
  return (
    <ol className="relative ml-1.5 border-l border-line">
      {log.map((line) => (
        <li key={line.id} className="relative pb-3 pl-5 last:pb-0">
          <span
            aria-hidden="true"
            className={`absolute top-1.5 -left-[5px] size-2.5 rounded-full border-2 border-paper ${line.refusal ? 'bg-line-strong' : 'bg-accent'}`}
          />
          <p className="flex flex-wrap items-center gap-x-2">
            <span className={line.refusal ? 'text-ink-3 line-through' : 'font-semibold'}>{line.what}</span>
            {line.count > 0 && (
              <span className="text-ink-2">
                {line.names.join('、')}
                {line.count > line.names.length && ` 等 ${line.count} 家`}
              </span>
            )}
            {line.to && <span className="text-ink-3">→ {line.to}</span>}
          </p>
          {line.reason && <p className="text-ink-2">{line.reason}</p>}
          {line.refusal && <p className="text-unknown">未能办理：{line.refusal}</p>}
          <p className="text-xs text-ink-3">
            {line.actor}，<time dateTime={line.at}>{minuteText(line.at)}</time>
          </p>
        </li>
      ))}
    </ol>
  );
}
