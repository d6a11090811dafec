import { Form } from '@remix-run/react';
import type { EnteredValue, OperatorLine, OperatorPage } from '../queries/operator-values.server.ts';
import { SubmitButton } from './button.tsx';
import { ErrorSummary, Field, type FieldErrors } from './field.tsx';
import { minuteText } from './format.ts';
import { A } from './link.tsx';
import { Card } from './page.tsx';
import { DataTable, type Column } from './table.tsx';

const COLUMNS: readonly Column<OperatorLine>[] = [
  { key: 'label', label: '数值', pin: true, cell: (row) => row.label },
  {
    key: 'rules',
    label: '用于',
    wrap: true,
    cell: (row) =>
      row.rules.length === 0
        ? '外币折算'
        : row.rules.map(({ id, label }, i) => (
            <span key={id}>
              {i > 0 && '、'}
              <A to={`/rules/${encodeURIComponent(id)}`}>{label}</A>
            </span>
          )),
  },
  { key: 'article', label: '条文', wrap: true, cell: (row) => row.article ?? '年平均汇率' },
  {
    key: 'value',
    label: '当前值',
    num: true,
    cell: ({ entered }) =>
      entered ? (
        <span className="chip bg-manual-soft text-manual">运营录入 {entered.shown}</span>
      ) : (
        <span className="chip bg-unknown-soft text-unknown">待录入</span>
      ),
  },
  { key: 'from', label: '起用日', cell: ({ entered }) => entered?.fromDay },
  { key: 'reference', label: '依据', wrap: true, cell: ({ entered }) => entered?.reference },
  {
    key: 'do',
    label: '操作',
    cell: (row) => (
      <A
        to={`?key=${encodeURIComponent(row.key)}#entry`}
        aria-label={`${row.entered ? '更正或更新' : '录入'} ${row.label}（${row.rules.map(({ label }) => label).join('、') || row.suffix}）`}
      >
        {row.entered ? '更新' : '录入'}
      </A>
    ),
  },
];

const HISTORY: readonly Column<EnteredValue>[] = [
  { key: 'at', label: '录入时间', pin: true, cell: (row) => minuteText(row.enteredAt) },
  { key: 'by', label: '录入人', cell: (row) => row.enteredBy },
  { key: 'label', label: '数值', cell: (row) => row.label },
  { key: 'shown', label: '值', num: true, cell: (row) => row.shown },
  { key: 'from', label: '起用日', cell: (row) => row.fromDay },
  { key: 'reference', label: '依据', wrap: true, cell: (row) => row.reference },
];

/** The form for one value; which one is chosen by the address. */
function EntryForm({
  line,
  errors,
  typed,
  today,
}: {
  line: OperatorLine;
  errors: FieldErrors;
  typed: Readonly<Record<string, string>>;
  today: string;
}) {
  return (
    <Card id="entry" title={`录入：${line.label}`} note={line.rules.map(({ label }) => label).join('、')}>
      <Form method="post" noValidate className="max-w-3xl">
        <ErrorSummary errors={errors} />
        <input type="hidden" name="key" value={line.key} />
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
          <Field
            label="数值"
            name="value"
            unit={line.suffix}
            inputMode="decimal"
            defaultValue={typed.value ?? ''}
            error={errors.value}
            autoComplete="off"
          />
          <Field
            label="起用日"
            name="fromDay"
            type="date"
            defaultValue={typed.fromDay ?? (line.rules.length === 0 ? `${line.key.slice(-4)}-01-01` : today)}
            error={errors.fromDay}
            help="自该日起的判定使用此值；此前的判定不变"
          />
          <Field
            label="依据"
            name="reference"
            className="sm:col-span-2"
            defaultValue={typed.reference ?? ''}
            error={errors.reference}
            maxLength={500}
            help="文号、公告或来源；在判定与规则页上与数值一同显示"
          />
        </div>
        <p className="mt-5">
          <SubmitButton>录入</SubmitButton>
        </p>
      </Form>
    </Card>
  );
}

/** Numbers that no text gives: what waits to be entered, what stands, and every entry ever made. */
export function OperatorValuesView({
  params,
  rates,
  history,
  chosen,
  errors,
  typed,
  today,
}: OperatorPage & {
  chosen: string | null;
  errors: FieldErrors;
  typed: Readonly<Record<string, string>>;
  today: string;
}) {
  const line = [...params, ...rates].find(({ key }) => key === chosen);
  const open = (lines: readonly OperatorLine[]) => lines.filter(({ entered }) => !entered).length;
  return (
    <div className="grid gap-4">
      {line && <EntryForm key={line.key} line={line} errors={errors} typed={typed} today={today} />}
      <Card title="条文未载明的数值" note={`${params.length} 项，待录入 ${open(params)} 项`} flush>
        <DataTable
          caption="条文未载明的数值"
          flow
          columns={COLUMNS}
          rows={params}
          rowKey={(row) => row.key}
          empty={<p className="p-4">没有需要录入的数值。</p>}
        />
      </Card>
      <Card
        title="年平均汇率"
        note={`融资记录涉及 ${rates.length} 个年度，待录入 ${open(rates)} 个；未录入时外币折算按未知处理`}
        flush
      >
        <DataTable
          caption="年平均汇率"
          flow
          columns={COLUMNS}
          rows={rates}
          rowKey={(row) => row.key}
          empty={<p className="p-4 text-ink-2">融资记录中还没有需要折算的年度。</p>}
        />
      </Card>
      <Card title="录入记录" note="只增不改；更正是新的一条" flush>
        <DataTable
          caption="录入记录"
          flow
          columns={HISTORY}
          rows={history}
          rowKey={(row) => row.id}
          empty={<p className="p-4 text-ink-2">还没有录入过。</p>}
        />
      </Card>
    </div>
  );
}
