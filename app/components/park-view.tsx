import { Form } from '@remix-run/react';
import { SubmitButton } from './button.tsx';
import { StatedByFields } from './facts-fields.tsx';
import { ErrorSummary, Field, type FieldErrors } from './field.tsx';
import { A } from './link.tsx';
import { DataTable, type Column } from './table.tsx';

interface ParkNode {
  id: number;
  code: string;
  name: string;
  enterprises: number;
  children: readonly ParkNode[];
}

interface ParkRow extends ParkNode {
  depth: number;
  /** With all below. */
  total: number;
}

const totalOf = (park: ParkNode): number =>
  park.children.reduce((sum, child) => sum + totalOf(child), park.enterprises);

const rowsOf = (parks: readonly ParkNode[], depth = 0): ParkRow[] =>
  parks.flatMap((park) => [{ ...park, depth, total: totalOf(park) }, ...rowsOf(park.children, depth + 1)]);

const columns = (mayEdit: boolean): readonly Column<ParkRow>[] => [
  {
    key: 'name',
    label: '园区',
    pin: true,
    cell: (row) => (
      <span style={{ paddingLeft: `${row.depth * 1.5}rem` }}>
        <A to={`/parks/${row.id}`}>{row.name}</A>
      </span>
    ),
  },
  { key: 'code', label: '园区代码', cell: (row) => row.code },
  {
    key: 'enterprises',
    label: '本园区',
    unit: '家',
    num: true,
    cell: (row) => row.enterprises.toLocaleString('zh-CN'),
  },
  {
    key: 'total',
    label: '含下级',
    unit: '家',
    num: true,
    cell: (row) => (
      <A to={`/enterprises?park=${encodeURIComponent(row.code)}`} aria-label={`${row.name}的企业名单`}>
        {row.total.toLocaleString('zh-CN')}
      </A>
    ),
  },
  {
    key: 'do',
    label: '操作',
    cell: (row) => (
      <span className="flex gap-3">
        <A to={`/parks/${row.id}`} aria-label={`分派企业到${row.name}`}>
          分派企业
        </A>
        {mayEdit && (
          <A to={`/parks/${row.id}/edit`} aria-label={`更名或移动${row.name}`}>
            更名、移动
          </A>
        )}
      </span>
    ),
  },
];

/** All parks, each below the one it belongs to. */
export const ParkTree = ({ parks, mayEdit }: { parks: readonly ParkNode[]; mayEdit: boolean }) => (
  <DataTable
    caption="园区"
    flow
    columns={columns(mayEdit)}
    rows={rowsOf(parks)}
    rowKey={(row) => row.id}
    empty={<p className="p-4">没有园区。</p>}
  />
);

interface Rejected {
  line: string;
  reason: string;
}

const REJECTED: readonly Column<Rejected>[] = [
  { key: 'line', label: '所填', cell: (row) => row.line },
  { key: 'reason', label: '错误说明', wrap: true, cell: (row) => row.reason },
];

/** Lines that were not taken, each with the reason. */
export const RejectedLines = ({ rows }: { rows: readonly Rejected[] }) => (
  <DataTable
    caption="未分派的行"
    flow
    columns={REJECTED}
    rows={rows}
    rowKey={(row) => row.line}
    empty={null}
  />
);

const MANNERS = [
  { value: 'correction', label: '补登或更正', help: '企业本来就在这里，不计迁入迁出' },
  { value: 'move', label: '迁移', help: '从所填日期起在这里，计入变动表' },
] as const;

/** Puts enterprises under a park, one a line. */
export function AssignForm({
  values,
  errors,
  today,
}: {
  values: Record<string, string>;
  errors: FieldErrors;
  today: string;
}) {
  const manner = values.manner ?? 'correction';
  return (
    <Form method="post" noValidate className="grid gap-4">
      <ErrorSummary errors={errors} />
      <div>
        <label htmlFor="lines" className="mb-1 block font-semibold">
          企业
        </label>
        <textarea
          id="lines"
          name="lines"
          rows={6}
          className="input h-auto py-2"
          aria-describedby="lines-help"
          aria-invalid={errors.lines ? true : undefined}
          defaultValue={values.lines ?? ''}
        />
        {errors.lines && <p className="mt-1 text-unmet">{errors.lines}</p>}
        <p id="lines-help" className="mt-1 text-xs text-ink-3">
          每行一家：统一社会信用代码或名称，可以从表格里整列粘贴
        </p>
      </div>
      <fieldset>
        <legend className="mb-1 font-semibold">性质</legend>
        {MANNERS.map(({ value, label, help }) => (
          <label key={value} className="flex items-baseline gap-2 py-0.5">
            <input type="radio" name="manner" value={value} defaultChecked={manner === value} />
            <span>
              {label}
              <span className="ml-2 text-xs text-ink-3">{help}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <StatedByFields values={values} errors={errors} today={today} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="迁移日期"
          name="movedOn"
          type="date"
          optional
          error={errors.movedOn}
          help="仅“迁移”填写，不晚于今天"
          max={today}
          defaultValue={values.movedOn ?? ''}
        />
        <Field
          label="迁移说明"
          name="reason"
          optional
          autoComplete="off"
          defaultValue={values.reason ?? ''}
        />
      </div>
      <p>
        <SubmitButton>分派</SubmitButton>
      </p>
    </Form>
  );
}
