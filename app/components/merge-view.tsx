import { ENTERPRISE_FIELDS, YEAR_FIELDS } from '../rules/facts/fields.ts';
import { factLabel } from './fact-labels.ts';
import { fieldText, fieldUnit } from './facts-form.ts';
import { minuteText } from './format.ts';
import { A } from './link.tsx';
import { Card, Pairs } from './page.tsx';
import { DataTable, type Column } from './table.tsx';
import { Blank, DateText } from './values.tsx';

interface RecordBrief {
  uscc: string;
  name: string;
  park: string | null;
  registeredOn: string | null;
  updatedAt: string;
}

const Brief = ({ record }: { record: RecordBrief }) => (
  <Pairs
    items={[
      { label: '名称', value: record.name || <Blank /> },
      { label: '统一社会信用代码', value: record.uscc },
      { label: '成立日期', value: <DateText day={record.registeredOn} /> },
      { label: '所属园区', value: record.park ?? <Blank /> },
      { label: '更新时间', value: minuteText(record.updatedAt) },
    ]}
  />
);

/** The two records of a merge: which stays, which goes, and a way to have it the other way round. */
export function WhichStays({
  here,
  other,
  from,
  into,
}: {
  here: string;
  other: string;
  from: RecordBrief;
  into: RecordBrief;
}) {
  const address = `/enterprises/${here}/merge?other=${other}`;
  return (
    <>
      <div className="grid items-start gap-4 md:grid-cols-2">
        <Card title="保留这条">
          <Brief record={into} />
        </Card>
        <Card title="并入后不再单列">
          <Brief record={from} />
        </Card>
      </div>
      <p>
        <A to={into.uscc === here ? `${address}&keep=other` : address} className="btn">
          对调：改为保留 {from.name || from.uscc}
        </A>
      </p>
    </>
  );
}

interface Difference {
  path: string;
  before: unknown;
  after: unknown;
}

const FIELDS = new Map(
  [...ENTERPRISE_FIELDS, ...YEAR_FIELDS.map((field) => ({ ...field, key: `years.${field.key}` }))].map(
    (field) => [field.key, field],
  ),
);

/** A value as its form shows it, with the unit; lists by their number. */
function Value({ path, value }: { path: string; value: unknown }) {
  if (value === null || value === undefined) return <Blank />;
  const field = FIELDS.get(path.replace(/^years\.\d{4}\./, 'years.'));
  if (!field) return <>{String(value)} 项</>;
  const option = field.options?.find((each) => each.value === value);
  return (
    <>
      {option?.label ?? fieldText(field, value)}
      {fieldUnit(field) && ` ${fieldUnit(field)}`}
    </>
  );
}

const COLUMNS: readonly Column<Difference>[] = [
  { key: 'path', label: '项目', cell: ({ path }) => factLabel(path) },
  { key: 'before', label: '现在', wrap: true, cell: (row) => <Value path={row.path} value={row.before} /> },
  { key: 'after', label: '合并后', wrap: true, cell: (row) => <Value path={row.path} value={row.after} /> },
];

/** What a merge changes in the record that stays. */
export const DifferenceTable = ({ rows }: { rows: readonly Difference[] }) => (
  <DataTable
    caption="合并后的变化"
    flow
    columns={COLUMNS}
    rows={rows}
    rowKey={(row) => row.path}
    empty={<p className="p-4 text-ink-2">保留的记录没有变化：另一条没有更多或更可信的内容。</p>}
  />
);
