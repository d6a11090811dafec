import type { AdminLogLine } from '../queries/admin-log.server.ts';
import { minuteText } from './format.ts';
import { DataTable, type Column } from './table.tsx';

const COLUMNS: readonly Column<AdminLogLine>[] = [
  { key: 'at', label: '时间', cell: (row) => minuteText(row.at) },
  { key: 'actor', label: '经办', cell: (row) => row.actor },
  { key: 'words', label: '变更', wrap: true, cell: (row) => row.words },
];

/** Who changed what in the park's own set-up, the latest first. */
export function AdminLog({ lines }: { lines: readonly AdminLogLine[] }) {
  return (
    <section className="mt-6">
      <h2 className="mb-2 text-lg">变更记录</h2>
      <DataTable
        caption="变更记录"
        flow
        columns={COLUMNS}
        rows={lines}
        rowKey={(row) => row.id}
        empty={<p className="px-4 py-3 text-ink-3">还没有变更。</p>}
      />
    </section>
  );
}
