import { whole } from './format.ts';
import { Card } from './page.tsx';
import { DataTable, type Column } from './table.tsx';
import type { LabelledJob } from './import-view.tsx';
import type { ImportRemarks, RowRemark } from '../services/import/remarks.ts';

const columns = (label: string, who: string): readonly Column<RowRemark>[] => [
  { key: 'line', label: '文件中第几行', num: true, cell: (row) => whole(row.line) },
  { key: 'who', label: who, cell: (row) => row.who || '—' },
  { key: 'reason', label, wrap: true, cell: (row) => row.reason },
];

function Rows({
  title,
  label,
  who,
  rows,
  all,
}: {
  title: string;
  label: string;
  /** What a row is about. */
  who: string;
  rows: readonly RowRemark[];
  all: number;
}) {
  if (rows.length === 0) return null;
  return (
    <section className="mt-6">
      <h2 className="mb-2 text-lg">{title}</h2>
      <DataTable
        caption={title}
        flow
        columns={columns(label, who)}
        rows={rows}
        rowKey={(row) => row.line}
        empty={null}
      />
      {all > rows.length && (
        <p className="mt-1 text-xs text-ink-3">
          共 {whole(all)} 行，这里列出前 {whole(rows.length)} 行
        </p>
      )}
    </section>
  );
}

/** Why rows were sent back or are doubtful, and which columns and sheets were not read. */
export function ImportRemarksView({ remarks, job }: { remarks: ImportRemarks; job: LabelledJob }) {
  const { unknownHeaders, otherSheets } = remarks;
  const values = job.kind === 'indicators';
  const who = values ? '指标' : '企业';
  return (
    <>
      <Rows title="退回的行" label="错误说明" who={who} rows={remarks.rejected} all={job.rejected} />
      <Rows title="存疑的行" label="存疑之处（已导入）" who={who} rows={remarks.doubtful} all={job.flagged} />
      {(unknownHeaders.length > 0 || otherSheets.length > 0) && (
        <div className="mt-6">
          <Card title={values ? '没有用到的内容' : '没有用于判定的内容'}>
            {unknownHeaders.length > 0 && (
              <p>
                {values ? '没有读入的列' : '未识别、作为附加信息保留的列'}：{unknownHeaders.join('、')}
              </p>
            )}
            {otherSheets.length > 0 && <p>未读的工作表：{otherSheets.join('、')}</p>}
          </Card>
        </div>
      )}
    </>
  );
}
