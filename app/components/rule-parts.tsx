/** Pieces of the pages about rules: a citation, the numbers of a condition, who decides a clause. */
import type { RuleDescription, ThresholdDescription } from '../queries/rule-pages.server.ts';

type Cited = RuleDescription['conditions'][number]['citation'];

const MARK_WORDS: Readonly<Record<string, string>> = {
  S: '已见原文',
  'M-h': '转引，可信度高',
  'M-m': '转引，可信度中',
  'M-l': '转引，可信度低',
};

export function Citation({ citation }: { citation: Cited }) {
  return (
    <>
      {citation.link ? (
        <a href={citation.link} target="_blank" rel="noreferrer">
          {citation.text}
        </a>
      ) : (
        citation.text
      )}
      <span className={`ml-2 text-xs ${citation.mark === 'S' ? 'text-ink-3' : 'text-unknown'}`}>
        {MARK_WORDS[citation.mark] ?? citation.mark}
      </span>
    </>
  );
}

/** Numbers of a condition: the number, whether it is itself included, from which day, from where. */
export function Thresholds({ lines, from }: { lines: readonly ThresholdDescription[]; from?: string }) {
  return (
    <>
      {lines.map((line, i) => (
        <p key={`${line.id}-${i}`}>
          {line.part && <span className="text-ink-3">{line.part}：</span>}
          {line.label}
          {line.band && <span className="text-ink-2">（{line.band}）</span>}{' '}
          <b className={line.value === null && !line.byOperator ? 'text-unknown' : ''}>{line.text}</b>
          {line.byOperator && (
            <span className="chip ml-2 bg-manual-soft text-manual">
              运营录入，自 {line.byOperator.fromDay}，依据 {line.byOperator.reference}
            </span>
          )}
          {!line.byOperator && line.from !== from && (
            <span className="ml-2 text-xs text-ink-3">自 {line.from}</span>
          )}
          {line.citation.mark !== 'S' && (
            <span className="ml-2 text-xs text-unknown">{MARK_WORDS[line.citation.mark]}</span>
          )}
        </p>
      ))}
    </>
  );
}

const TREATMENT_LOOK: Readonly<Record<string, string>> = {
  automated: 'bg-met-soft text-met',
  human: 'bg-manual-soft text-manual',
  operator: 'bg-unknown-soft text-unknown',
  'out-of-scope': 'bg-sunken text-ink-2',
};

/** Who decides a clause, in one word. */
export const TreatmentChip = ({ treatment, label }: { treatment: string; label: string }) => (
  <span className={`chip ${TREATMENT_LOOK[treatment] ?? ''}`}>{label}</span>
);
