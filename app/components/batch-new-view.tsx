import { Form, useLocation } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { NotFound, PreviewRow } from '../services/batches/new-forms.server.ts';
import { Gaps } from './batch-parts.tsx';
import { Button, SubmitButton } from './button.tsx';
import { OutcomeChip } from './chips.tsx';
import { ErrorSummary, Field, SelectField, type FieldErrors, type Option } from './field.tsx';
import { Icon } from './icons.tsx';
import { A } from './link.tsx';
import { Card, PageHead } from './page.tsx';
import { DataTable, type Column } from './table.tsx';
import { Blank } from './values.tsx';

export type TermValues = Readonly<Record<string, string>>;

interface TermsProps {
  values: TermValues;
  errors: FieldErrors;
  windows: readonly Option[];
  orders: readonly Option[];
}

/** Fields of what a batch is about, apart from its enterprises. */
export function BatchTermFields({ values, errors, windows, orders }: TermsProps) {
  const text = (name: string) => ({ name, defaultValue: values[name] ?? '', error: errors[name] });
  return (
    <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-4">
      <Field label="批次名称" {...text('title')} className="sm:col-span-2" maxLength={100} />
      <SelectField
        label="申报窗口"
        {...text('windowId')}
        options={windows}
        blank="未指定"
        optional
        className="sm:col-span-2"
      />
      <Field label="申报日期" {...text('applicationOn')} type="date" help="按这一天判定每家企业" />
      <Field label="报送截止" {...text('deadline')} type="date" optional help="含当日" />
      <Field label="限额" {...text('quota')} inputMode="numeric" unit="家" optional help="不限时留空" />
      <Field label="说明" {...text('note')} optional maxLength={500} />
      <fieldset className="sm:col-span-2 lg:col-span-4">
        <legend className="mb-1 font-semibold">超过限额时的取舍次序</legend>
        {orders.map(({ value, label }, i) => (
          <label key={value} className="flex items-start gap-2 py-0.5">
            <input
              type="radio"
              name="orderBy"
              value={value}
              defaultChecked={(values.orderBy || orders[0]?.value) === value}
              className="mt-1"
              id={i === 0 ? 'orderBy' : undefined}
            />
            {label}
          </label>
        ))}
      </fieldset>
    </div>
  );
}

/** A box into which names or codes are pasted, with those that were not found. */
export function PasteField({
  notFound,
  typed,
  label = '粘贴企业名称或统一社会信用代码',
}: {
  notFound: readonly NotFound[];
  typed: string;
  label?: ReactNode;
}) {
  return (
    <div>
      <label htmlFor="names" className="mb-1 block font-semibold">
        {label}
      </label>
      <textarea
        id="names"
        name="names"
        rows={5}
        className="input"
        defaultValue={typed}
        aria-describedby="names-help"
        placeholder={'一行一家'}
      />
      <p id="names-help" className="mt-1 text-xs text-ink-3">
        一行一家；曾用名、曾用代码也能找到。不猜测：名称不符的会列出来。
      </p>
      {notFound.length > 0 && (
        <div className="mt-2 rounded-md border-l-4 border-unmet bg-unmet-soft px-4 py-2" role="alert">
          <ul>
            {notFound.map(({ text, reason }) => (
              <li key={text}>
                <b>{text}</b>：{reason}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

const COLUMNS: readonly Column<PreviewRow>[] = [
  {
    key: 'name',
    label: '企业名称',
    pin: true,
    cell: (row) => (
      <label className="flex items-center gap-2">
        <input type="checkbox" name="enterprise" value={row.id} defaultChecked />
        {row.name}
      </label>
    ),
  },
  {
    key: 'uscc',
    label: '统一社会信用代码',
    cell: (row) => (
      <A to={`/enterprises/${row.uscc}`} className="font-mono">
        {row.uscc}
      </A>
    ),
  },
  {
    key: 'outcome',
    label: '判定',
    cell: (row) =>
      row.outcome === null ? <Blank says="没有适用的规则" /> : <OutcomeChip outcome={row.outcome} />,
  },
  {
    key: 'gaps',
    label: '未达到或待定',
    cell: (row) => <Gaps gaps={row.open} judged={row.outcome !== null} />,
  },
  {
    key: 'barrier',
    label: '能否列入',
    wrap: true,
    cell: (row) =>
      row.barrier === null ? (
        <span className="text-met">
          <Icon name="met" className="mark" /> 可以列入
        </span>
      ) : (
        <span className="text-unknown">
          <Icon name="warn" className="mark" /> 将暂缓：{row.barrier}
        </span>
      ),
  },
];

interface Props extends TermsProps {
  schemes: readonly Option[];
  scheme: string;
  rows: readonly PreviewRow[];
  notFound: readonly NotFound[];
  /** What is still in the box of names. */
  names: string;
}

/** Draws up a batch: whom, for what, by when. The check of each enterprise stands beside its name before it is done. */
export function BatchNewView({ schemes, scheme, rows, notFound, names, ...terms }: Props) {
  const { values, errors } = terms;
  const { search } = useLocation();
  const movable = rows.filter(({ barrier }) => barrier === null).length;
  return (
    <>
      <PageHead
        before={<A to="/batches">推荐批次</A>}
        title="起草推荐批次"
        basis="按申报日期适用的规则和现有数据逐家核对；起草人不能审批自己起草的批次"
      />
      <Form method="post" action={`/batches/new${search}`} noValidate>
        <ErrorSummary errors={errors} />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <Card title="批次">
            <div className="grid gap-4">
              <SelectField
                label="称号"
                name="scheme"
                options={schemes}
                defaultValue={scheme}
                error={errors.scheme}
                className="max-w-xs"
              />
              <BatchTermFields {...terms} values={values} />
            </div>
          </Card>
          <Card
            id="enterprise"
            title="企业"
            note={
              rows.length > 0
                ? `共 ${rows.length} 家：可以列入 ${movable} 家，将暂缓 ${rows.length - movable} 家`
                : '从候选名单带来，或在这里粘贴'
            }
            actions={
              <A to={`/candidates/${scheme}`} className="btn">
                到候选名单勾选
              </A>
            }
          >
            <div className="grid gap-4">
              {rows.length > 0 && (
                <DataTable
                  caption="列入批次的企业"
                  columns={COLUMNS}
                  rows={rows}
                  rowKey={(row) => row.id}
                  empty={null}
                />
              )}
              <div className="max-w-2xl">
                <PasteField notFound={notFound} typed={names} />
                <p className="mt-3">
                  <Button name="intent" value="find">
                    加入并核对
                  </Button>
                </p>
              </div>
            </div>
          </Card>
        </div>
        <div className="mt-4 flex gap-3">
          <Button look="primary" name="intent" value="create">
            起草批次
          </Button>
          <A to="/batches" className="btn btn-quiet">
            取消
          </A>
        </div>
      </Form>
    </>
  );
}

/** Changes a draft: terms, who is taken out, who comes in. */
export function BatchEditView({
  title,
  batchId,
  revision,
  rows,
  notFound,
  names,
  ...terms
}: TermsProps & {
  title: string;
  batchId: number;
  revision: number;
  rows: readonly { id: number; name: string; uscc: string; stateLabel: string }[];
  notFound: readonly NotFound[];
  names: string;
}) {
  return (
    <>
      <PageHead
        before={<A to={`/batches/${batchId}`}>{title}</A>}
        title="修改批次"
        basis="保存后重新核对每家企业；修改过批次的人不能再审批"
      />
      <Form method="post" noValidate>
        <ErrorSummary errors={terms.errors} />
        <input type="hidden" name="revision" value={revision} />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <Card title="批次">
            <BatchTermFields {...terms} />
          </Card>
          <Card title="移出企业" note={`现有 ${rows.length} 家；勾选要移出的`}>
            <ul className="grid gap-x-6 sm:grid-cols-2 xl:grid-cols-3">
              {rows.map((row) => (
                <li key={row.id}>
                  <label className="flex items-center gap-2 py-1">
                    <input type="checkbox" name="drop" value={row.id} />
                    {row.name}
                    <span className="text-xs text-ink-3">{row.stateLabel}</span>
                  </label>
                </li>
              ))}
            </ul>
          </Card>
          <Card title="加入企业">
            <div className="max-w-2xl">
              <PasteField notFound={notFound} typed={names} />
            </div>
          </Card>
        </div>
        <p className="mt-4 flex gap-3">
          <SubmitButton>保存并核对</SubmitButton>
          <A to={`/batches/${batchId}`} className="btn btn-quiet">
            取消
          </A>
        </p>
      </Form>
    </>
  );
}
