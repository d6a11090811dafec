import { Form } from '@remix-run/react';
import type { WindowLine } from '../queries/windows.server.ts';
import { Button, SubmitButton } from './button.tsx';
import { SchemeChip } from './chips.tsx';
import { ErrorSummary, Field, SelectField, type FieldErrors, type Option } from './field.tsx';
import { minuteText } from './format.ts';
import { A } from './link.tsx';
import { Card, EmptyState, PageHead } from './page.tsx';
import { DataTable, type Column } from './table.tsx';
import { WindowState } from './window-state.tsx';

interface Choices {
  schemes: readonly Option[];
  kinds: readonly Option[];
  regions: readonly Option[];
}

interface Props extends Choices {
  lines: readonly WindowLine[];
  /** The entry being corrected, by field. */
  chosen: Readonly<Record<string, string>> | null;
  errors: FieldErrors;
  typed: Readonly<Record<string, string>> | null;
  asOf: string;
}

const COLUMNS: readonly Column<WindowLine>[] = [
  { key: 'label', label: '名称', wrap: true, cell: (row) => row.label },
  {
    key: 'scheme',
    label: '称号',
    cell: (row) => <SchemeChip scheme={row.scheme} label={row.schemeLabel} />,
  },
  { key: 'kind', label: '事项', cell: (row) => row.kindLabel },
  { key: 'region', label: '地区', cell: (row) => row.regionLabel },
  { key: 'opensOn', label: '开始', cell: (row) => row.opensOn ?? '未公布' },
  {
    key: 'closesOn',
    label: '截止',
    cell: (row) => (
      <>
        {row.closesOn}
        {row.yearly && (
          <small className="ml-1 text-ink-3">每年{row.lastYear && `，至 ${row.lastYear} 年`}</small>
        )}
      </>
    ),
  },
  { key: 'state', label: '状态', cell: (row) => <WindowState window={row} /> },
  {
    key: 'reference',
    label: '依据',
    wrap: true,
    cell: (row) => (row.link ? <a href={row.link}>{row.reference}</a> : row.reference),
  },
  {
    key: 'do',
    label: '操作',
    cell: (row) => (
      <A to={`?id=${row.id}#entry`}>
        更正<span className="sr-only"> {row.label}</span>
      </A>
    ),
  },
];

/** Who entered it, and when. */
const entered = (values: Readonly<Record<string, string>>) =>
  `${values.enteredBy === 'system' ? '随程序提供' : `由 ${values.enteredBy} 登记`}，${minuteText(values.enteredAt)}`;

/** The form of one window; a correction ends the old entry and keeps it on record. */
function EntryForm({
  choices,
  values,
  errors,
}: {
  choices: Choices;
  values: Readonly<Record<string, string>>;
  errors: FieldErrors;
}) {
  const text = (name: string) => ({ name, defaultValue: values[name] ?? '', error: errors[name] });
  return (
    <Form method="post" noValidate className="max-w-4xl">
      <ErrorSummary errors={errors} />
      <input type="hidden" name="id" value={values.id ?? ''} />
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
        <SelectField label="称号" {...text('scheme')} options={choices.schemes} blank="请选择" />
        <SelectField label="事项" {...text('kind')} options={choices.kinds} />
        <SelectField label="地区" {...text('region')} options={choices.regions} />
        <Field label="名称" {...text('label')} className="sm:col-span-2 lg:col-span-3" maxLength={300} />
        <Field label="开始日期" {...text('opensOn')} type="date" optional help="通知未载明时留空" />
        <Field label="截止日期" {...text('closesOn')} type="date" help="含当日" />
        <div>
          <label className="mt-7 flex items-center gap-2">
            <input type="checkbox" name="yearly" defaultChecked={values.yearly === 'on'} />
            每年同一日期重复
          </label>
        </div>
        <Field
          label="最后年度"
          {...text('lastYear')}
          inputMode="numeric"
          optional
          help="重复事项不再适用时填写"
        />
        <Field
          label="依据"
          {...text('reference')}
          className="sm:col-span-2"
          maxLength={300}
          help="文号、公告或来源"
        />
        <Field label="网址" {...text('link')} type="url" optional className="sm:col-span-2" />
        <Field label="待核实" {...text('doubt')} optional help="原文未见或尚不确定之处" />
      </div>
      <p className="mt-5 flex gap-3">
        <SubmitButton>{values.id ? '保存更正' : '登记'}</SubmitButton>
        {values.id && (
          <>
            <Button look="danger" name="do" value="end">
              停用
            </Button>
            <A to="/windows" className="btn btn-quiet">
              取消
            </A>
          </>
        )}
      </p>
    </Form>
  );
}

/** Official windows, kept by operators. */
export function WindowsView({ lines, chosen, errors, typed, asOf, ...choices }: Props) {
  const values = typed ?? chosen ?? {};
  return (
    <>
      <PageHead
        before={<A to="/expiry">到期与窗口</A>}
        title="申报窗口"
        asOf={asOf}
        basis="按主管部门通知登记，含首日与末日；更正不覆盖，旧登记留存"
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <DataTable
          caption="申报窗口"
          flow
          columns={COLUMNS}
          rows={lines}
          rowKey={(row) => row.id}
          empty={<EmptyState title="还没有登记窗口" />}
        />
        <Card
          id="entry"
          title={values.id ? '更正窗口' : '登记窗口'}
          note={chosen && `${chosen.label}，${entered(chosen)}`}
        >
          <EntryForm key={values.id ?? 'new'} choices={choices} values={values} errors={errors} />
        </Card>
      </div>
    </>
  );
}
