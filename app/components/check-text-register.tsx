/** Which figures of a checked text were held against the register, what it has, and which could not be. */
import type { Comparison } from '../queries/check-text.server.ts';
import { whole } from './format.ts';
import { A } from './link.tsx';
import { Card, EmptyState } from './page.tsx';
import { DataTable, type Column } from './table.tsx';

const LOOKS: Record<Comparison['result'], { look: string; mark: string }> = {
  same: { look: 'text-met', mark: '✓' },
  different: { look: 'text-unmet', mark: '≠' },
  left: { look: 'text-ink-3', mark: '—' },
};

const COLUMNS: readonly Column<Comparison>[] = [
  { key: 'quote', label: '文中', wrap: true, cell: ({ quote }) => quote },
  {
    key: 'result',
    label: '结果',
    cell: ({ result, resultWords }) => (
      <span className={`whitespace-nowrap ${LOOKS[result].look}`}>
        <span aria-hidden="true">{LOOKS[result].mark}</span> {resultWords}
      </span>
    ),
  },
  {
    key: 'label',
    label: '指标与时点',
    wrap: true,
    cell: ({ label, days }) => [label, days].filter(Boolean).join('，'),
  },
  {
    key: 'words',
    label: '台账，或未比较的原因',
    wrap: true,
    cell: ({ words, link }) => (link ? <A to={link}>{words}</A> : words),
  },
];

interface Props {
  compared: readonly Comparison[];
  note: string;
  /** All figures of the text, of which those compared are the ones that the register knows by name. */
  figures: number;
}

export function RegisterCard({ compared, note, figures }: Props) {
  const others = figures - compared.length;
  return (
    <div id="register" tabIndex={-1} className="outline-offset-2 focus:outline-2">
      <Card title="与台账比较" note={note} flush>
        {compared.length > 0 && (
          <DataTable
            caption="文中数字与台账"
            flow
            columns={COLUMNS}
            rows={compared}
            rowKey={({ figure }) => figure.offset}
            empty={<EmptyState title="没有可比较的数" />}
          />
        )}
        <p className="px-4 py-2 text-xs text-ink-3">
          其余 {whole(others)} 个数字既不是称号家数，也不是口径登记簿中录入的指标，没有与台账比较。
        </p>
      </Card>
    </div>
  );
}
