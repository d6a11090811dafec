import { Form, useLocation } from '@remix-run/react';
import type { ProposalRow } from '../queries/library-history.server.ts';
import { Button } from './button.tsx';
import { minuteText } from './format.ts';
import { A } from './link.tsx';
import { EmptyState } from './page.tsx';
import { DataTable, type Column } from './table.tsx';
import { OUTCOME_LABELS } from './terms.ts';
import { Blank } from './values.tsx';

const proposalColumns = (mayDecide: boolean, open: boolean): readonly Column<ProposalRow>[] => {
  const columns: (Column<ProposalRow> | false)[] = [
    {
      key: 'name',
      label: '企业名称',
      pin: true,
      cell: (row) => (
        <>
          {open && mayDecide && (
            <input
              type="checkbox"
              name="proposal"
              value={row.id}
              form="decide"
              className="mr-2 align-middle"
              aria-label={`选择 ${row.name} ${row.schemeLabel}${row.kindLabel}`}
            />
          )}
          <A to={`/enterprises/${row.uscc}`}>{row.name}</A>
        </>
      ),
    },
    { key: 'what', label: '事项', cell: (row) => `${row.schemeLabel}${row.kindLabel}` },
    { key: 'reason', label: '理由', wrap: true, cell: (row) => row.reason },
    {
      key: 'verdict',
      label: '提请时判定',
      cell: (row) =>
        row.verdict ? (
          `${row.verdict.rule} ${OUTCOME_LABELS[row.verdict.outcome]}`
        ) : (
          <Blank says="没有适用规则" />
        ),
    },
    { key: 'proposer', label: '提请', cell: (row) => `${row.proposer} ${minuteText(row.proposedAt)}` },
    !open && {
      key: 'decision',
      label: '结果',
      wrap: true,
      cell: (row) =>
        [
          { approved: '批准', rejected: '不予批准', withdrawn: '撤回' }[row.decision ?? ''] ?? row.decision,
          row.decisionReason,
          `${row.decider} ${minuteText(row.decidedAt)}`,
        ]
          .filter(Boolean)
          .join('，'),
    },
  ];
  return columns.filter((column) => column !== false);
};

function Deciding() {
  const { search, pathname } = useLocation();
  return (
    <Form
      id="decide"
      method="post"
      action="/libraries/change"
      className="no-print mt-3 flex flex-wrap items-end gap-3 rounded-md border border-line bg-paper p-3"
      aria-label="审批勾选的提请"
    >
      <input type="hidden" name="back" value={pathname + search} />
      <label className="grow text-xs text-ink-3">
        <span className="mb-0.5 block">审批意见（不予批准时必填）；提请人不能审批自己的提请</span>
        <input name="reason" className="input text-base" maxLength={300} autoComplete="off" />
      </label>
      <Button look="primary" name="do" value="approved">
        批准
      </Button>
      <Button look="danger" name="do" value="rejected">
        不予批准
      </Button>
    </Form>
  );
}

/** Proposals that wait, to be ticked and decided, or those that were decided. */
export function LibraryProposals({
  rows,
  open,
  mayDecide,
}: {
  rows: readonly ProposalRow[];
  open: boolean;
  mayDecide: boolean;
}) {
  return (
    <>
      <DataTable
        caption={open ? '待审批的提请' : '已处理的提请'}
        columns={proposalColumns(mayDecide, open)}
        rows={rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title={open ? '没有待审批的提请' : '还没有处理过提请'} />}
      />
      {open && mayDecide && rows.length > 0 && <Deciding />}
    </>
  );
}
