import type { ReactNode } from 'react';
import type { DifferenceDescription } from '../queries/rule-pages.server.ts';
import { Card } from './page.tsx';
import { Citation, Thresholds } from './rule-parts.tsx';

const CHANGE_LOOK = {
  新增: 'bg-met-soft text-met',
  取消: 'bg-unmet-soft text-unmet',
  改动: 'bg-accent-soft text-accent-deep',
} as const;

interface RowProps {
  kind: keyof typeof CHANGE_LOOK;
  label: string;
  before: ReactNode;
  after: ReactNode;
  citation: Parameters<typeof Citation>[0]['citation'];
}

function Row({ kind, label, before, after, citation }: RowProps) {
  return (
    <tr>
      <td className="py-1 align-top">
        <span className={`chip ${CHANGE_LOOK[kind]}`}>{kind}</span>
      </td>
      <th scope="row" className="wrap align-top">
        {label}
      </th>
      <td className="wrap align-top">{before}</td>
      <td className="wrap align-top">{after}</td>
      <td className="wrap align-top">
        <Citation citation={citation} />
      </td>
    </tr>
  );
}

const NONE = <span className="text-ink-3">无</span>;

type Stated = DifferenceDescription['added'][number];
const stated = ({ thresholds }: Stated) =>
  thresholds.length > 0 ? <Thresholds lines={thresholds} /> : <span className="text-ink-2">没有数值</span>;

type Changed = DifferenceDescription['changed'][number];

function changedSide(row: Changed, side: 'before' | 'after') {
  return (
    <>
      {row.thresholds.map((line) => (
        <p key={line.label}>
          {line.label} <b>{line[side] ?? '无'}</b>
        </p>
      ))}
      {row.logic && (
        <p className="text-ink-2">{side === 'before' ? row.beforeCitation.text : '计算口径或适用情形有变'}</p>
      )}
    </>
  );
}

/** What the version changes against the one before it, condition by condition. */
export function DifferenceCard({ difference }: { difference: DifferenceDescription }) {
  const { before, added, removed, changed, unchanged, items } = difference;
  const note = `${before.label}：改动 ${changed.length} 项，新增 ${added.length} 项，取消 ${removed.length} 项，不变 ${unchanged.length} 项`;
  return (
    <Card id="difference" title="与上一版相比" note={note} flush>
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="逐条差异">
        <table className="ledger">
          <caption className="sr-only">与上一版相比</caption>
          <thead>
            <tr>
              <th scope="col">变化</th>
              <th scope="col">条件</th>
              <th scope="col">上一版</th>
              <th scope="col">本版</th>
              <th scope="col">依据</th>
            </tr>
          </thead>
          <tbody>
            {changed.map((row) => (
              <Row
                key={row.id}
                kind="改动"
                label={row.label}
                before={changedSide(row, 'before')}
                after={changedSide(row, 'after')}
                citation={row.citation}
              />
            ))}
            {added.map((row) => (
              <Row key={row.id} kind="新增" {...row} before={NONE} after={stated(row)} />
            ))}
            {removed.map((row) => (
              <Row key={row.id} kind="取消" {...row} before={stated(row)} after={NONE} />
            ))}
          </tbody>
        </table>
      </div>
      {items.length > 0 && (
        <details className="border-t border-line px-4 py-2">
          <summary>评分指标变化 {items.length} 项</summary>
          <ul className="mt-2 gap-8 sm:columns-2">
            {items.map((item) => (
              <li key={item.id}>
                {item.label}：{item.before === null ? '无' : `${item.before} 分`} →{' '}
                {item.after === null ? '取消' : `${item.after} 分`}
                {item.before === item.after && '（分档有变）'}
              </li>
            ))}
          </ul>
        </details>
      )}
      {unchanged.length > 0 && (
        <details className="border-t border-line px-4 py-2">
          <summary>不变 {unchanged.length} 项</summary>
          <p className="mt-2 text-ink-2">{unchanged.map(({ label }) => label).join('；')}</p>
        </details>
      )}
    </Card>
  );
}
