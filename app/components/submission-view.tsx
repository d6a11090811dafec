import { Form } from '@remix-run/react';
import type {
  RequestLine,
  SubmissionLine,
  SubmittedItem,
  WholeSubmission,
} from '../queries/submissions.server.ts';
import { Button, SubmitButton } from './button.tsx';
import { FactName, FactValue } from './fact-value.tsx';
import { factLabel } from './fact-labels.ts';
import { ErrorSummary, type FieldErrors } from './field.tsx';
import { dayOf, minuteText } from './format.ts';
import { A } from './link.tsx';
import { DataTable, type Column } from './table.tsx';
import { SOURCE_LABELS, sourceLabel } from './terms.ts';
import { Blank } from './values.tsx';

const DECISIONS: Readonly<Record<string, { label: string; look: string }>> = {
  accepted: { label: '已采纳', look: 'bg-met-soft text-met' },
  rejected: { label: '未采纳', look: 'bg-unmet-soft text-unmet' },
  noted: { label: '另行处理', look: 'bg-waived-soft text-waived' },
};

const STATES: Readonly<Record<string, { label: string; look: string }>> = {
  submitted: { label: '待园区处理', look: 'bg-unknown-soft text-unknown' },
  decided: { label: '已处理', look: 'bg-met-soft text-met' },
  withdrawn: { label: '已撤回', look: 'bg-waived-soft text-waived' },
  draft: { label: '未提交', look: 'bg-sunken text-ink-2' },
};

const Mark = ({ of, id }: { of: typeof STATES; id: string }) => (
  <span className={`chip ${of[id]?.look ?? ''}`}>{of[id]?.label ?? id}</span>
);
export const SubmissionState = ({ state }: { state: string }) => <Mark of={STATES} id={state} />;

function OnRecord({ item }: { item: SubmittedItem }) {
  if (item.onRecord === null) return <Blank says="没有记录" />;
  return (
    <>
      <FactValue path={item.path} value={item.onRecord} />
      <span className="block text-xs text-ink-3">
        {sourceLabel(item.recordSource)} {item.recordKnownAt && dayOf(item.recordKnownAt)}
      </span>
    </>
  );
}

const BASE: readonly Column<SubmittedItem>[] = [
  { key: 'path', label: '数据', pin: true, wrap: true, cell: (item) => <FactName path={item.path} /> },
  {
    key: 'value',
    label: '企业提交',
    num: true,
    cell: (item) => (
      <b>
        <FactValue path={item.path} value={item.value} />
      </b>
    ),
  },
  { key: 'record', label: '现有记录', num: true, cell: (item) => <OnRecord item={item} /> },
];

const OUTCOME: Column<SubmittedItem> = {
  key: 'decision',
  label: '处理结果',
  wrap: true,
  cell: (item) =>
    item.decision === null ? (
      <span className="text-ink-3">待处理</span>
    ) : (
      <>
        <Mark of={DECISIONS} id={item.decision} />
        {item.reason && <span className="ml-2">{item.reason}</span>}
        {item.decidedBy && <span className="block text-xs text-ink-3">{item.decidedBy}</span>}
      </>
    ),
};

/** What became of a submission, as the enterprise sees it. */
export function SubmittedItems({ submission }: { submission: WholeSubmission }) {
  return (
    <DataTable
      caption="提交的数据"
      flow
      columns={[...BASE, OUTCOME]}
      rows={submission.items}
      rowKey={(item) => item.id}
      empty={<p className="p-4">没有数据。</p>}
    />
  );
}

const REMOVE: Column<SubmittedItem> = {
  key: 'do',
  label: '操作',
  cell: (item) => (
    <Form method="post">
      <input type="hidden" name="path" value={item.path} />
      <Button look="quiet" name="intent" value="drop" aria-label={`移除 ${factLabel(item.path)}`}>
        移除
      </Button>
    </Form>
  ),
};

/** The enterprise's draft: each figure can be taken out again before it is submitted. */
export function DraftItems({ draft }: { draft: WholeSubmission }) {
  return (
    <DataTable
      caption="待提交的数据"
      flow
      columns={[...BASE, REMOVE]}
      rows={draft.items}
      rowKey={(item) => item.id}
      empty={<p className="p-4 text-ink-3">还没有要提交的数据。</p>}
    />
  );
}

function Ruling({ item, typed }: { item: SubmittedItem; typed: Readonly<Record<string, string>> }) {
  const label = factLabel(item.path);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <select
        name={`decision-${item.id}`}
        aria-label={`${label}：如何处理`}
        className="input w-28"
        defaultValue={typed[`decision-${item.id}`] ?? ''}
      >
        <option value="">暂不处理</option>
        {!item.refused && <option value="accepted">采纳</option>}
        <option value="rejected">不采纳</option>
        <option value="noted">另行处理</option>
      </select>
      <input
        name={`reason-${item.id}`}
        aria-label={`${label}：理由`}
        placeholder="理由；不采纳时必填"
        maxLength={500}
        className="input w-52"
        defaultValue={typed[`reason-${item.id}`] ?? ''}
      />
      {item.refused && <span className="text-xs text-ink-3">{item.refused}</span>}
      {item.weaker && !item.refused && (
        <span className="text-xs text-unknown">现有记录来源更可信；按“企业自报”采纳后仍以现有记录为准</span>
      )}
    </div>
  );
}

const rulingColumn = (typed: Readonly<Record<string, string>>): Column<SubmittedItem> => ({
  key: 'rule',
  label: '处理',
  cell: (item) => (item.decision === null ? <Ruling item={item} typed={typed} /> : OUTCOME.cell(item)),
});

/** What the park decides: each figure beside the one on record. */
export function DecisionForm({
  submission,
  typed,
  errors,
}: {
  submission: WholeSubmission;
  typed: Readonly<Record<string, string>>;
  errors: FieldErrors;
}) {
  const open = submission.items.filter((item) => item.decision === null);
  const acceptable = open.filter((item) => !item.refused).length;
  return (
    <Form method="post" noValidate>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="revision" value={submission.revision} />
      <DataTable
        caption="提交的数据"
        flow
        columns={[...BASE, rulingColumn(typed)]}
        rows={submission.items}
        rowKey={(item) => item.id}
        empty={<p className="p-4">没有数据。</p>}
      />
      {open.length > 0 && (
        <div className="mt-4 flex flex-wrap items-end gap-3">
          <label className="block">
            <span className="mb-1 block font-semibold">采纳时记为</span>
            <select name="source" className="input w-40" defaultValue={typed.source ?? 'self'}>
              {Object.entries(SOURCE_LABELS).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <SubmitButton>保存处理结果</SubmitButton>
          {acceptable > 0 && (
            <Button name="intent" value="accept-all">
              采纳全部 {acceptable} 项
            </Button>
          )}
        </div>
      )}
    </Form>
  );
}

const waitingText = (line: SubmissionLine) =>
  line.state === 'submitted' ? `${line.waiting} 项待处理，共 ${line.items} 项` : `共 ${line.items} 项`;

const lineColumns = (base: string, withName: boolean): readonly Column<SubmissionLine>[] => [
  {
    key: 'open',
    label: '提交时间',
    pin: true,
    cell: (row) => <A to={`${base}/${row.id}`}>{row.submittedAt && minuteText(row.submittedAt)}</A>,
  },
  ...(withName
    ? [
        {
          key: 'name',
          label: '企业',
          cell: (row: SubmissionLine) => <A to={`/enterprises/${row.uscc}`}>{row.name}</A>,
        },
      ]
    : []),
  { key: 'by', label: '提交人', cell: (row) => row.submittedBy },
  { key: 'items', label: '数据', cell: waitingText },
  { key: 'state', label: '状态', cell: (row) => <SubmissionState state={row.state} /> },
];

/** Submissions as a list; `base` is where one of them opens. */
export function SubmissionTable({
  rows,
  base,
  withName,
}: {
  rows: readonly SubmissionLine[];
  base: string;
  withName: boolean;
}) {
  return (
    <DataTable
      caption="企业提交"
      flow
      columns={lineColumns(base, withName)}
      rows={rows}
      rowKey={(row) => row.id}
      empty={<p className="p-4 text-ink-3">没有提交记录。</p>}
    />
  );
}

/** What the park asked to be supplied. */
export function Requests({
  requests,
  own,
}: {
  requests: readonly RequestLine[];
  /** The enterprise itself looks: the figures are links to where they are filled in. */
  own: boolean;
}) {
  if (requests.length === 0) return <p className="text-ink-3">没有补充数据的要求。</p>;
  return (
    <ul className="grid gap-4">
      {requests.map((request) => (
        <li key={request.id}>
          <p className="flex flex-wrap items-center gap-2">
            {request.closedAt ? (
              <span className="chip bg-met-soft text-met">{request.answeredBy ? '已补充' : '已撤销'}</span>
            ) : (
              <span className="chip bg-unknown-soft text-unknown">
                {request.daysLeft === null
                  ? '待补充'
                  : request.daysLeft < 0
                    ? `逾期 ${-request.daysLeft} 天`
                    : `待补充，剩 ${request.daysLeft} 天`}
              </span>
            )}
            <b>{request.note}</b>
          </p>
          <p className="mt-1">
            {request.paths.map((path, i) => {
              const year = /^years\.(\d{4})\./.exec(path)?.[1];
              return (
                <span key={path}>
                  {i > 0 && '、'}
                  {own && year && !request.closedAt ? (
                    <A to={`/my/figures/${year}`}>{factLabel(path)}</A>
                  ) : (
                    factLabel(path)
                  )}
                </span>
              );
            })}
          </p>
          <p className="text-xs text-ink-3">
            {request.askedBy ?? '园区'} {request.askedOn} 提出{request.dueOn && `，${request.dueOn} 前`}
          </p>
          {!own && !request.closedAt && (
            <Form method="post">
              <input type="hidden" name="requestId" value={request.id} />
              <Button look="quiet" name="intent" value="close-request">
                撤销要求
              </Button>
            </Form>
          )}
        </li>
      ))}
    </ul>
  );
}
