import { useRef } from 'react';
import { Form, useLocation, useSubmit } from '@remix-run/react';
import type { EnterpriseName } from '../queries/replay-page.server.ts';
import type { GroupCounts, ReplayLine, ReplayRequest } from '../services/replay.server.ts';
import type { Deciding, Movement } from '../rules/replay.ts';
import { withQuery } from './address.ts';
import { Button } from './button.tsx';
import { OutcomeChip, RESULT_SOFT } from './chips.tsx';
import { ErrorSummary } from './field.tsx';
import { shareOf, whole } from './format.ts';
import { Icon } from './icons.tsx';
import { A, ExportLink, SwitchFields } from './link.tsx';
import { Card, EmptyState } from './page.tsx';
import { Pager } from './pager.tsx';
import { thresholdText } from './quantity.ts';
import { DataTable, type Column } from './table.tsx';
import { ACTION_LABELS } from './terms.ts';
import { Blank } from './values.tsx';

/** A threshold of the second version that may be tried with another number. */
export interface ThresholdField {
  name: string;
  id: string;
  condition: string;
  label: string;
  suffix: string;
  unit: string;
  value: number | null;
}

export interface ReplayFormProps {
  request: ReplayRequest;
  typed: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
  schemes: readonly { value: string; label: string }[];
  versions: readonly { value: string; label: string }[];
  fields: readonly ThresholdField[];
}

const Choice = ({
  name,
  label,
  value,
  options,
  onChange,
}: {
  name: string;
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange?: () => void;
}) => (
  <label className="block text-xs text-ink-3">
    <span className="mb-0.5 block">{label}</span>
    <select name={name} className="input min-w-40 text-base" defaultValue={value} onChange={onChange}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  </label>
);

/** What is compared: two versions, or one with other numbers. A plain GET form: the question is the address. */
export function ReplayForm({ request, typed, errors, schemes, versions, fields }: ReplayFormProps) {
  const { search } = useLocation();
  const submit = useSubmit();
  const form = useRef<HTMLFormElement>(null);
  const changed = Object.keys(request.set).length;
  const actions = Object.entries(ACTION_LABELS).map(([value, label]) => ({ value, label }));
  // Another scheme has other versions and thresholds: what was chosen of these is dropped.
  const another = (scheme: string) =>
    submit({ scheme, on: request.on, action: request.action }, { action: '/rules/replay' });
  return (
    <Form key={search} ref={form} action="/rules/replay" className="card mb-4 p-4" aria-label="比较什么">
      <ErrorSummary errors={errors} />
      <SwitchFields />
      <div className="flex flex-wrap items-end gap-3">
        <label className="block text-xs text-ink-3">
          <span className="mb-0.5 block">称号</span>
          <select
            name="scheme"
            className="input min-w-40 text-base"
            defaultValue={request.scheme}
            onChange={(event) => another(event.target.value)}
          >
            {schemes.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        </label>
        <Choice name="from" label="原来按" value={request.from} options={versions} />
        <Choice name="to" label="改为按" value={request.to} options={versions} />
        <Choice name="action" label="事项" value={request.action} options={actions} />
        <label className="block text-xs text-ink-3">
          <span className="mb-0.5 block">申请日</span>
          <input type="date" name="on" className="input w-36 text-base" defaultValue={request.on} />
        </label>
        <Choice
          name="strict"
          label="怎样算符合"
          value={request.strict ? '1' : '0'}
          options={[
            { value: '0', label: '没有不符合项' },
            { value: '1', label: '仅计确定符合' },
          ]}
        />
        <Button look="primary">比较</Button>
      </div>
      <details className="mt-3" open={changed > 0 || Object.keys(errors).length > 0}>
        <summary className="text-ink-2">
          改动门槛试算（共 {fields.length} 个，已改 {changed} 个）
        </summary>
        <div className="mt-3 grid grid-cols-[repeat(auto-fill,minmax(17rem,1fr))] gap-x-6 gap-y-3">
          {fields.map((field) => (
            <div key={field.name}>
              <label htmlFor={field.name} className="block text-xs text-ink-2">
                {field.condition}
                {field.label !== field.condition && `：${field.label}`}
              </label>
              <span className="flex items-center gap-2">
                <input
                  id={field.name}
                  name={field.name}
                  className={`input w-28 ${field.id in request.set ? 'border-giant bg-giant-soft' : ''}`}
                  inputMode="decimal"
                  autoComplete="off"
                  defaultValue={typed[field.id] ?? ''}
                  aria-invalid={errors[field.name] ? true : undefined}
                />
                <span className="text-xs text-ink-3">
                  {field.suffix}
                  {field.value === null ? '，原值待录入' : `，原为 ${thresholdText(field.value, field.unit)}`}
                </span>
              </span>
            </div>
          ))}
        </div>
      </details>
    </Form>
  );
}

const MOVEMENTS: readonly { id: Movement; label: string; look: string }[] = [
  { id: 'stays', label: '保持符合', look: 'text-ink' },
  { id: 'gains', label: '新增符合', look: 'text-met' },
  { id: 'loses', label: '不再符合', look: 'text-unmet' },
  { id: 'never', label: '始终不符合', look: 'text-ink-3' },
];

export interface ReplayFilterShown {
  movement: Movement;
  decides: string | null;
  section: string | null;
}

const listOf = (search: string, movement: Movement, changes: Readonly<Record<string, string | null>> = {}) =>
  `${withQuery(search, { show: movement, decides: null, section: null, page: null, ...changes })}#list`;

/** The four counts; each opens its list. */
function Counts({
  counts,
  judged,
  shown,
}: {
  counts: Record<Movement, number>;
  judged: number;
  shown: Movement;
}) {
  const { search } = useLocation();
  return (
    <ul className="mb-4 grid grid-cols-2 gap-4 lg:grid-cols-4">
      {MOVEMENTS.map(({ id, label, look }) => (
        <li key={id}>
          <A
            to={listOf(search, id)}
            className={`card block px-4 py-3 no-underline hover:bg-canvas ${shown === id ? 'border-accent!' : ''}`}
            aria-current={shown === id ? 'true' : undefined}
          >
            <span className="block text-ink-2">{label}</span>
            <span className={`text-2xl font-semibold ${look}`}>{whole(counts[id])}</span>
            <span className="ml-1 text-ink-2">家</span>
            <span className="ml-3 text-xs text-ink-3">{shareOf(counts[id], judged)}</span>
          </A>
        </li>
      ))}
    </ul>
  );
}

/** A count that opens its list; 0 opens nothing. */
function CountLink({
  count,
  movement,
  narrow,
}: {
  count: number;
  movement: Movement;
  narrow: Record<string, string>;
}) {
  const { search } = useLocation();
  if (count === 0) return <span className="text-ink-3">0</span>;
  return <A to={listOf(search, movement, narrow)}>{whole(count)}</A>;
}

const DECIDING: readonly Column<Deciding>[] = [
  { key: 'label', label: '条件', wrap: true, cell: (row) => row.label },
  {
    key: 'loses',
    label: '因此不再符合',
    unit: '家',
    num: true,
    cell: (row) => <CountLink count={row.loses} movement="loses" narrow={{ decides: row.id }} />,
  },
  { key: 'losesAlone', label: '仅此一项', unit: '家', num: true, cell: (row) => whole(row.losesAlone) },
  {
    key: 'gains',
    label: '因此新增',
    unit: '家',
    num: true,
    cell: (row) => <CountLink count={row.gains} movement="gains" narrow={{ decides: row.id }} />,
  },
  { key: 'gainsAlone', label: '仅此一项', unit: '家', num: true, cell: (row) => whole(row.gainsAlone) },
];

function DecidingTable({ deciding }: { deciding: readonly Deciding[] }) {
  return (
    <Card title="由哪项条件决定" note="一家可因几项，故各行之和可大于总数" flush>
      <DataTable
        caption="由哪项条件决定"
        flow
        columns={DECIDING}
        rows={deciding}
        rowKey={(row) => row.id}
        empty={<p className="p-4 text-ink-2">没有企业的结论改变。</p>}
      />
    </Card>
  );
}

/** A group by which the answer is told apart: its counts, its name, and what its numbers add to the address. */
export interface ReplayGroup extends GroupCounts {
  readonly name: string;
  readonly narrow: Readonly<Record<string, string>>;
}

const GROUP_COUNTS: readonly Column<ReplayGroup>[] = MOVEMENTS.map(({ id, label }) => ({
  key: id,
  label,
  unit: '家',
  num: true,
  cell: (row) => <CountLink count={row[id]} movement={id} narrow={row.narrow} />,
}));

function GroupTable({
  title,
  head,
  groups,
}: {
  title: string;
  head: string;
  groups: readonly ReplayGroup[];
}) {
  const sums = MOVEMENTS.map(({ id }) => whole(groups.reduce((sum, row) => sum + row[id], 0)));
  const columns: readonly Column<ReplayGroup>[] = [
    { key: 'name', label: head, wrap: true, cell: (row) => row.name },
    ...GROUP_COUNTS.map((column, i) => ({ ...column, total: sums[i] })),
  ];
  return (
    <Card title={title} flush>
      <DataTable
        caption={title}
        flow
        columns={columns}
        rows={groups}
        rowKey={(row) => row.code}
        empty={<p className="p-4 text-ink-2">所选范围没有企业。</p>}
      />
    </Card>
  );
}

export type ReplayRow = ReplayLine & EnterpriseName;

const SHOWN = 3;

const LIST: readonly Column<ReplayRow>[] = [
  {
    key: 'name',
    label: '企业名称',
    pin: true,
    cell: (row) => <A to={`/enterprises/${row.uscc}`}>{row.name}</A>,
  },
  { key: 'uscc', label: '统一社会信用代码', cell: (row) => row.uscc },
  { key: 'section', label: '行业门类', clip: true, cell: (row) => row.section ?? <Blank /> },
  { key: 'park', label: '园区', cell: (row) => row.park ?? <Blank /> },
  { key: 'before', label: '原结论', cell: (row) => <OutcomeChip outcome={row.before} /> },
  { key: 'after', label: '新结论', cell: (row) => <OutcomeChip outcome={row.after} /> },
  {
    key: 'deciding',
    label: '决定性条件',
    cell: ({ deciding }) => (
      <span className="flex gap-1.5">
        {deciding.slice(0, SHOWN).map((each) => (
          <span key={each.id} className={`chip ${RESULT_SOFT[each.result]}`}>
            <Icon name={each.result} className="size-3" />
            <span className="max-w-56 truncate">{each.label}</span>
          </span>
        ))}
        {deciding.length > SHOWN && <span className="text-ink-3">等 {deciding.length} 项</span>}
      </span>
    ),
  },
];

export interface ReplayResultProps {
  counts: Record<Movement, number>;
  judged: number;
  deciding: readonly Deciding[];
  sections: readonly ReplayGroup[];
  /** By steward; an enterprise with two counts under both. Empty where nobody is one. */
  stewards: readonly ReplayGroup[];
  filter: ReplayFilterShown;
  /** What the list is narrowed down to, in words. */
  narrowed: readonly string[];
  rows: readonly ReplayRow[];
  total: number;
  page: number;
  size: number;
  /** Address of the workbook. */
  workbook?: string;
}

/** The answer: four counts, what decides, where, and who. */
export function ReplayResultView(props: ReplayResultProps) {
  const { counts, judged, deciding, sections, stewards, filter, narrowed, rows, total, page, size } = props;
  const { search } = useLocation();
  const label = MOVEMENTS.find(({ id }) => id === filter.movement)!.label;
  return (
    <>
      <Counts counts={counts} judged={judged} shown={filter.movement} />
      <div className="mb-4 grid items-start gap-4 2xl:grid-cols-2">
        <DecidingTable deciding={deciding} />
        <GroupTable title="分行业" head="行业门类" groups={sections} />
        {stewards.length > 0 && <GroupTable title="分管家" head="管家" groups={stewards} />}
      </div>
      <div id="list" className="mb-2 flex flex-wrap items-center gap-3">
        <h2 className="text-lg">
          {label}的企业 {whole(total)} 家
        </h2>
        {narrowed.map((text) => (
          <span key={text} className="chip h-8 bg-accent-soft px-2.5 text-accent-deep">
            {text}
          </span>
        ))}
        {narrowed.length > 0 && (
          <A to={listOf(search, filter.movement, { steward: null })} className="btn btn-quiet">
            清除
          </A>
        )}
        <span className="ml-auto">
          <ExportLink to={props.workbook ?? '/rules/replay.xlsx'}>导出 Excel</ExportLink>
        </span>
      </div>
      <DataTable
        caption={`${label}的企业`}
        columns={LIST}
        rows={rows}
        rowKey={(row) => row.enterpriseId}
        empty={<EmptyState title="没有这样的企业" />}
      />
      <Pager page={page} size={size} total={total} />
    </>
  );
}
