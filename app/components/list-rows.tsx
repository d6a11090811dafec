import { Form } from '@remix-run/react';
import type { NameListRow } from '../queries/name-lists.server.ts';
import { Button } from './button.tsx';
import { A } from './link.tsx';
import type { Column } from './table.tsx';

/** A row with what was typed into it when it could not be taken. */
type Row = NameListRow & { typed: string };

const Hidden = ({ row }: { row: Row }) => (
  <>
    <input type="hidden" name="row" value={row.id} />
    <input type="hidden" name="revision" value={row.revision} />
  </>
);

/** What the list says, as it was written. */
function Listed({ row }: { row: Row }) {
  const more = [row.code, row.region, row.certificateNo && `证书 ${row.certificateNo}`, row.note].filter(
    Boolean,
  );
  return (
    <>
      <span title={row.text}>{row.name || '（未列名称）'}</span>
      {more.length > 0 && <small className="block text-ink-3">{more.join('，')}</small>}
    </>
  );
}

function Enterprise({ enterprise }: { enterprise: NonNullable<Row['enterprise']> }) {
  const more = [enterprise.uscc, enterprise.park, enterprise.standing].filter(Boolean);
  return (
    <>
      <A to={`/enterprises/${enterprise.uscc}`}>{enterprise.name}</A>
      <small className="block text-ink-3">{more.join('，')}</small>
    </>
  );
}

/** An enterprise that nobody proposed, by code or name. */
function Assign({ row }: { row: Row }) {
  return (
    <details className="mt-1" open={row.typed !== ''}>
      <summary className="cursor-pointer text-xs text-accent">指定其他企业</summary>
      <Form method="post" preventScrollReset className="mt-1 flex flex-wrap items-center gap-2">
        <Hidden row={row} />
        <input
          name="codeOrName"
          className="input w-60"
          aria-label={`第 ${row.line} 行是哪家企业`}
          placeholder="统一社会信用代码或名称"
          defaultValue={row.typed}
        />
        <label className="flex items-center gap-1 text-xs">
          <input type="checkbox" name="formerName" />
          名单所列为其曾用名
        </label>
        <Button name="do" value="assign">
          确认
        </Button>
      </Form>
    </details>
  );
}

/** Whom the row may mean, side by side, each with its button. */
function Candidates({ row }: { row: Row }) {
  return (
    <>
      {row.candidates.length > 0 && (
        <Form method="post" preventScrollReset className="grid gap-1.5">
          <Hidden row={row} />
          {row.candidates.map((candidate) => (
            <div key={candidate.id} className="flex items-center gap-3">
              <div className="min-w-0 grow">
                <Enterprise enterprise={candidate} />
                {(candidate.former || row.candidates.length > 1) && (
                  <small className="block text-ink-2">
                    {candidate.former && `曾用名：${candidate.matched}；`}
                    {candidate.why}
                  </small>
                )}
              </div>
              <Button name="do" value={`confirm:${candidate.id}`} data-do="confirm">
                是这家
                <span className="sr-only">
                  ：第 {row.line} 行是 {candidate.name}
                </span>
              </Button>
            </div>
          ))}
          <div className="flex items-center gap-3">
            {row.match === 'likely' && (
              <label className="flex grow items-center gap-1 text-xs">
                <input type="checkbox" name="formerName" />
                名单所列为其曾用名，一并记下
              </label>
            )}
            <Button look="quiet" name="do" value="deny" data-do="deny" className="ml-auto">
              都不是<span className="sr-only">：第 {row.line} 行</span>
            </Button>
          </div>
        </Form>
      )}
      <Assign row={row} />
    </>
  );
}

const OUTCOMES = {
  made: { label: '已登记', look: 'bg-met-soft text-met' },
  existing: { label: '已有记录', look: 'bg-sunken text-ink-2' },
  refused: { label: '未能登记', look: 'bg-unmet-soft text-unmet' },
} as const;
const VOIDED = { label: '已更正作废', look: 'bg-sunken text-ink-2' };

function Undo({ row }: { row: Row }) {
  return (
    <Button look="quiet" name="do" value="undo" data-do="undo" aria-label={`撤回第 ${row.line} 行`}>
      撤回
    </Button>
  );
}

/** What became of the row; what has an event is corrected where the title is kept. */
function Outcome({ row, scheme }: { row: Row & { outcome: keyof typeof OUTCOMES }; scheme: string }) {
  const { label, look } = row.voided ? VOIDED : OUTCOMES[row.outcome];
  return (
    <Form method="post" preventScrollReset>
      <Hidden row={row} />
      <span className="flex flex-wrap items-center gap-2">
        <span className={`chip ${look}`}>{label}</span>
        {row.outcome === 'made' && !row.voided && row.enterprise ? (
          <A to={`/enterprises/${row.enterprise.uscc}/titles/${scheme}#history`} className="text-xs">
            更正
          </A>
        ) : (
          <Undo row={row} />
        )}
      </span>
      {row.outcomeText && <small className="block text-unknown">{row.outcomeText}</small>}
    </Form>
  );
}

function State({ row, scheme }: { row: Row; scheme: string }) {
  if (row.outcome !== null) return <Outcome row={{ ...row, outcome: row.outcome }} scheme={scheme} />;
  if (row.decision === null)
    return <span className="text-ink-3">{row.match === 'not_ours' ? '无需处理' : '待处理'}</span>;
  const confirmed = row.decision === 'confirmed';
  return (
    <Form method="post" preventScrollReset className="flex flex-wrap items-center gap-2">
      <Hidden row={row} />
      <span className={`chip ${confirmed ? 'bg-accent-soft text-accent-deep' : 'bg-sunken text-ink-2'}`}>
        {confirmed ? '已确认' : '已否决'}
      </span>
      <small className="text-ink-3">{row.decidedBy}</small>
      <Undo row={row} />
    </Form>
  );
}

/** The columns of a review of a list of this scheme. */
export const listColumns = (scheme: string): readonly Column<Row>[] => [
  { key: 'line', label: '行', num: true, cell: (row) => row.line },
  { key: 'name', label: '名单所列', wrap: true, cell: (row) => <Listed row={row} /> },
  { key: 'reason', label: '理由', wrap: true, cell: (row) => row.reason },
  { key: 'enterprise', label: '园区企业', wrap: true, cell: (row) => <Meant row={row} /> },
  { key: 'state', label: '状态', wrap: true, cell: (row) => <State row={row} scheme={scheme} /> },
];

/** The enterprise decided upon, or those to choose from. */
function Meant({ row }: { row: Row }) {
  if (row.enterprise) return <Enterprise enterprise={row.enterprise} />;
  return row.decision === null ? <Candidates row={row} /> : <>—</>;
}
