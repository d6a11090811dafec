import { Form } from '@remix-run/react';
import type { ImportJobRow } from '../queries/imports.server.ts';
import { SubmitButton } from './button.tsx';
import { ErrorSummary, Field, SelectField, type FieldErrors, type Option } from './field.tsx';
import { minuteText, whole } from './format.ts';
import { Icon } from './icons.tsx';
import { A } from './link.tsx';
import { Card, PageHead } from './page.tsx';
import { DataTable, type Column } from './table.tsx';
import { SOURCE_LABELS } from './terms.ts';

export type LabelledJob = ImportJobRow & { kindLabel: string };

interface Props {
  kinds: readonly Option[];
  units: readonly Option[];
  parks: readonly Option[];
  jobs: readonly LabelledJob[];
  today: string;
  errors: FieldErrors;
  typed: Partial<Record<string, string>>;
}

const STATUS: Readonly<Record<ImportJobRow['status'], { label: string; look: string }>> = {
  running: { label: '正在导入', look: 'bg-accent-soft text-accent-deep' },
  done: { label: '已完成', look: 'bg-met-soft text-met' },
  failed: { label: '未完成', look: 'bg-unmet-soft text-unmet' },
};

export const JobStatus = ({ job }: { job: ImportJobRow }) => (
  <span className={`chip ${STATUS[job.status].look}`}>{STATUS[job.status].label}</span>
);

const COLUMNS: readonly Column<LabelledJob>[] = [
  { key: 'file', label: '文件', pin: true, cell: (row) => <A to={`/import/${row.id}`}>{row.fileName}</A> },
  { key: 'kind', label: '内容', cell: (row) => row.kindLabel },
  { key: 'status', label: '状态', cell: (row) => <JobStatus job={row} /> },
  { key: 'read', label: '读入', num: true, cell: (row) => whole(row.read) },
  { key: 'created', label: '新增', num: true, cell: (row) => whole(row.created) },
  { key: 'updated', label: '更新', num: true, cell: (row) => whole(row.updated) },
  { key: 'unchanged', label: '未变', num: true, cell: (row) => whole(row.unchanged) },
  {
    key: 'rejected',
    label: '退回',
    num: true,
    cell: (row) => (
      <span className={row.rejected > 0 ? 'font-semibold text-unmet' : ''}>{whole(row.rejected)}</span>
    ),
  },
  { key: 'flagged', label: '存疑', num: true, cell: (row) => whole(row.flagged) },
  { key: 'actor', label: '经办', cell: (row) => row.actor },
  { key: 'startedAt', label: '时间', cell: (row) => minuteText(row.startedAt) },
];

/** Bring figures in: a file, what it holds, where it comes from; templates beside it, past imports below. */
export function ImportView({ kinds, units, parks, jobs, today, errors, typed }: Props) {
  return (
    <>
      <PageHead title="导入" />
      <div className="mb-6 grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <Form method="post" encType="multipart/form-data" noValidate className="card p-6">
          <ErrorSummary errors={errors} />
          <Field
            label="文件"
            name="file"
            type="file"
            accept=".xlsx,.xls,.csv,.ndjson,.jsonl"
            error={errors.file}
            help="xlsx、xls、csv（UTF-8 或 GB18030）或 ndjson。同一文件导入两次不会重复。"
            required
          />
          <div className="mt-4 grid gap-x-6 gap-y-4 sm:grid-cols-2">
            <SelectField
              label="内容"
              name="kind"
              optional
              options={kinds}
              blank="按表头识别"
              defaultValue={typed.kind ?? ''}
            />
            <SelectField
              label="金额单位"
              name="unit"
              optional
              help="表头或表上方写明单位时以表内为准"
              options={units}
              blank="以表内所写为准"
              error={errors.unit}
              defaultValue={typed.unit ?? ''}
            />
            <SelectField
              label="所属园区"
              name="park"
              optional
              options={parks}
              blank="以表内所填为准"
              defaultValue={typed.park ?? ''}
            />
            <SelectField
              label="数据来源"
              name="source"
              optional
              help="表内有“数据来源”列时以表内为准"
              options={Object.entries(SOURCE_LABELS).map(([value, label]) => ({ value, label }))}
              blank="未注明"
              defaultValue={typed.source ?? ''}
            />
            <Field
              label="知悉日期"
              name="knownAt"
              type="date"
              optional
              max={today}
              error={errors.knownAt}
              defaultValue={typed.knownAt ?? ''}
            />
          </div>
          <p className="mt-6">
            <SubmitButton busy="正在上传…">开始导入</SubmitButton>
          </p>
        </Form>
        <Card title="模板" note="带填写说明和下拉选项">
          <ul className="grid gap-1">
            {kinds
              .filter(({ value }) => value !== 'facts')
              .map(({ value, label }) => (
                <li key={value}>
                  <a href={`/import/template/${value}`} download className="inline-flex items-center gap-2">
                    <Icon name="download" />
                    {label}模板.xlsx
                  </a>
                </li>
              ))}
          </ul>
          <p className="mt-3 text-xs text-ink-3">
            不用模板也可以：常见表头会自动识别，认不出的列作为附加信息保留。导出的表可以再导入。详见{' '}
            <A to="/help/import">帮助：导入</A>。
          </p>
        </Card>
      </div>
      <h2 className="mb-2 text-lg">最近导入</h2>
      <DataTable
        caption="最近导入"
        flow
        columns={COLUMNS}
        rows={jobs}
        rowKey={(row) => row.id}
        empty={<p className="px-4 py-3 text-ink-3">还没有导入过。</p>}
      />
    </>
  );
}
