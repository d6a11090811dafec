import { Form } from '@remix-run/react';
import { SubmitButton } from './button.tsx';
import { ErrorSummary, Field, type FieldErrors } from './field.tsx';
import { Icon } from './icons.tsx';
import { A } from './link.tsx';
import { Card, EmptyState, PageHead } from './page.tsx';

interface Column {
  label: string;
  required: boolean;
  form: string;
  hint: string;
}

interface Props {
  columns: readonly Column[];
  /** Labels of the indicators of which values are entered. */
  indicators: readonly string[];
  errors: FieldErrors;
}

/** Values of entered indicators from a workbook: the template, the file, and what each column takes. */
export function IndicatorValuesView({ columns, indicators, errors }: Props) {
  return (
    <>
      <PageHead
        title="批量录入指标数值"
        before={<A to="/indicators">指标</A>}
        basis="一行一个指标的一期数值；同一文件导入两次不会重复"
      />
      {indicators.length === 0 ? (
        <div className="card">
          <EmptyState title="还没有可录入的指标">
            先在 <A to="/definitions/new">口径登记簿</A> 登记指标，再下载模板填写。
          </EmptyState>
        </div>
      ) : (
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
          <Form method="post" encType="multipart/form-data" noValidate className="card p-6">
            <ErrorSummary errors={errors} />
            <Field
              label="文件"
              name="file"
              type="file"
              accept=".xlsx,.xls,.csv"
              error={errors.file}
              help="xlsx、xls 或 csv。有误的行连同原因写回一个工作簿，其余的行照常录入。"
              required
            />
            <p className="mt-6">
              <SubmitButton busy="正在录入…">录入</SubmitButton>
            </p>
          </Form>
          <Card title="模板" note={`${indicators.length} 项可录入的指标`}>
            <a href="/indicator-values/template" download className="inline-flex items-center gap-2">
              <Icon name="download" />
              指标数值模板.xlsx
            </a>
            <p className="mt-2 text-xs text-ink-3">下拉中是本园区登记的指标、园区和单位。</p>
          </Card>
        </div>
      )}
      <div className="mt-4">
        <Card title="各列怎么填" flush>
          <table className="ledger" data-flow>
            <caption className="sr-only">各列怎么填</caption>
            <thead>
              <tr>
                <th scope="col">列</th>
                <th scope="col">必填</th>
                <th scope="col">格式</th>
                <th scope="col">说明</th>
              </tr>
            </thead>
            <tbody>
              {columns.map(({ label, required, form, hint }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  <td>{required ? '是' : ''}</td>
                  <td>{form}</td>
                  <td className="wrap">{hint}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
      </div>
    </>
  );
}
