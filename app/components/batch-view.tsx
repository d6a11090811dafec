import { Form, useLocation } from '@remix-run/react';
import type { BatchPage } from '../queries/batch-page.server.ts';
import { withQuery } from './address.ts';
import { BatchBar } from './batch-bar.tsx';
import { BatchMeeting, type Signing } from './batch-meeting.tsx';
import { BatchLog, BatchState, Stations } from './batch-parts.tsx';
import { batchColumns, selectable } from './batch-rows.tsx';
import { Button } from './button.tsx';
import { SchemeChip } from './chips.tsx';
import { ErrorSummary, Field, type FieldErrors, type Option } from './field.tsx';
import { whole } from './format.ts';
import { A } from './link.tsx';
import { Card, EmptyState, PageHead, Pairs } from './page.tsx';
import { PrintButton } from './print-button.tsx';
import { DataTable } from './table.tsx';
import { Tabs } from './tabs.tsx';
import { Blank, DateText } from './values.tsx';

interface Props {
  batch: BatchPage;
  signing: Signing;
  rowStates: readonly Option[];
  reasons: readonly Option[];
  today: string;
  mayHandle: boolean;
  mayEdit: boolean;
  accept: string;
  errors: FieldErrors;
  typed: Readonly<Record<string, string>>;
}

/** What each station asks of whom, in a sentence. */
const NEXT: Readonly<Record<string, string>> = {
  drawn: '加入企业后核对。',
  checked: '核对完毕：列入的企业可以送管家确认，暂缓的附有原因。',
  steward: '请管家勾选并确认列入的企业；有情况的暂缓或退回补充。全部确认后送科室审核。',
  section: '请科室审核，通过后提交联席会议。起草或修改过批次的人不能审核。',
  joint_meeting: '登记各部门的签署，附上会议纪要，再勾选会议同意推荐的企业，记录决定。',
  approved: '会议已同意推荐。企业材料齐备后报送；报送时的判定定格留存。',
  partially_approved: '会议同意推荐其中一部分。企业材料齐备后报送；报送时的判定定格留存。',
  submitted: '已报送主管部门。受理、公示、认定等结果登记在企业上，这里随之显示；全部有结果后办结。',
  closed: '批次已办结。',
  returned: '批次被退回。请按退回意见修改、重新核对后再送。',
  withdrawn: '批次已撤回。',
};

/** Steps that need a reason of their own. */
const BACK: readonly string[] = ['return', 'undo', 'withdraw'];

function RowTabs({ batch, rowStates, shown }: Pick<Props, 'batch' | 'rowStates'> & { shown: string }) {
  const { search } = useLocation();
  const tabs = rowStates.filter(({ value }) => batch.counts[value as keyof typeof batch.counts] > 0);
  return (
    <Tabs
      label="批次中的企业"
      tabs={[
        {
          to: withQuery(search, { rows: null, select: null }) || '?',
          label: '全部企业',
          count: batch.rows.length,
          current: shown === '',
        },
        ...tabs.map(({ value, label }) => ({
          to: withQuery(search, { rows: value, select: null }),
          label,
          count: batch.counts[value as keyof typeof batch.counts],
          current: shown === value,
        })),
      ]}
    />
  );
}

/** Steps back, folded away: each with a reason that stays in the log. */
function Back({ batch, typed }: Pick<Props, 'batch' | 'typed'>) {
  const offered = BACK.flatMap((type) => batch.steps.filter((step) => step.type === type));
  const open = offered.filter(({ reason }) => reason === null);
  if (open.length === 0) return null;
  return (
    <Card title="退回与撤回">
      <Form method="post" className="grid gap-3">
        <input type="hidden" name="revision" value={batch.revision} />
        <Field label="理由" name="why" maxLength={500} defaultValue={typed.why ?? ''} help="记入办理记录" />
        <p className="flex flex-wrap gap-2">
          {open.map(({ type, label }) => (
            <Button key={type} name="intent" value={type} look={type === 'withdraw' ? 'danger' : 'plain'}>
              {label}
            </Button>
          ))}
        </p>
      </Form>
    </Card>
  );
}

/** Enterprises that take up the quota. */
const taken = ({ counts }: BatchPage) => counts.in + counts.supplement + counts.approved + counts.submitted;

/** One batch: where it stands, who is in it and how, what is next, and what was done. */
export function BatchView(props: Props) {
  const { batch, rowStates, mayHandle, mayEdit, today, errors, typed } = props;
  const { search } = useLocation();
  const query = new URLSearchParams(search);
  const shown = rowStates.some(({ value }) => value === query.get('rows')) ? query.get('rows')! : '';
  const rows = shown === '' ? batch.rows : batch.rows.filter(({ state }) => state === shown);
  const boxes = batch.rows.some(selectable) && batch.steps.length > 0;
  const all = query.get('select') === 'all';
  const chosen = new Set(all ? rows.filter(({ state }) => state === 'in').map(({ id }) => id) : []);
  // While it lasts, what the meeting says comes before the decision.
  const meeting = batch.state === 'joint_meeting';
  const late = batch.deadline !== null && batch.deadline < today && batch.submittedAt === null;
  return (
    <>
      <PageHead
        before={<A to="/batches">推荐批次</A>}
        title={
          <span className="flex flex-wrap items-center gap-3">
            {batch.title}
            <SchemeChip scheme={batch.scheme} label={batch.schemeLabel} />
            <BatchState state={batch.state} label={batch.stateLabel} />
          </span>
        }
        asOf={today}
        basis={`按 ${batch.applicationOn} 适用的规则逐家判定`}
      >
        {mayEdit && (
          <A to={`/batches/${batch.id}/edit`} className="btn">
            修改批次
          </A>
        )}
        <A to={`/batches/${batch.id}/papers`} className="btn">
          推荐表与汇总表
        </A>
        <PrintButton />
      </PageHead>
      <Stations stations={batch.stations} state={batch.state} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <Card>
          <Pairs
            items={[
              { label: '申报窗口', value: batch.windowLabel ?? <Blank says="未指定" /> },
              { label: '申报日期', value: <DateText day={batch.applicationOn} /> },
              {
                label: '报送截止',
                value: (
                  <span className={late ? 'font-semibold text-unmet' : undefined}>
                    <DateText day={batch.deadline} />
                    {late && '（已过）'}
                  </span>
                ),
              },
              {
                label: '限额',
                value:
                  batch.quota === null ? '不限' : `${whole(batch.quota)} 家，已占 ${whole(taken(batch))} 家`,
              },
              { label: '起草', value: batch.createdName },
              ...(batch.note ? [{ label: '说明', value: batch.note }] : []),
            ]}
          />
          <p className="mt-3 text-xs text-ink-3">取舍次序：{batch.orderText}</p>
        </Card>
        {meeting && <BatchMeeting {...props} />}
        <section aria-label="办理" className="min-w-0">
          <p className="no-print mb-3">
            <b>下一步</b>　{NEXT[batch.state]}
            {batch.own && ['section', 'joint_meeting'].includes(batch.state) && (
              <span className="ml-2 text-unknown">您起草或修改过这个批次，审批须由他人办理。</span>
            )}
          </p>
          <Form
            method="post"
            action={`/batches/${batch.id}`}
            key={`${batch.revision}${search}`}
            aria-label="办理批次"
          >
            <ErrorSummary errors={errors} />
            <input type="hidden" name="revision" value={batch.revision} />
            <BatchBar {...props} />
            <RowTabs batch={batch} rowStates={rowStates} shown={shown} />
            {boxes && (
              <p className="no-print mb-2 flex gap-3 text-xs">
                <A to={withQuery(search, { select: 'all' })} preventScrollReset>
                  勾选全部列入的企业
                </A>
                <A to={withQuery(search, { select: null }) || '?'} preventScrollReset>
                  全部取消
                </A>
              </p>
            )}
            <DataTable
              caption="批次中的企业"
              columns={batchColumns(batch, boxes, chosen)}
              rows={rows}
              rowKey={(row) => row.id}
              empty={<EmptyState title="这里没有企业" />}
            />
          </Form>
        </section>
        <div className="grid items-start gap-4 xl:grid-cols-2">
          {!meeting && <BatchMeeting {...props} />}
          <div className={meeting ? 'contents' : 'grid gap-4'}>
            {mayHandle || batch.steps.length > 0 ? <Back batch={batch} typed={typed} /> : null}
            <Card title="办理记录">
              <BatchLog log={batch.log} />
            </Card>
          </div>
        </div>
      </div>
    </>
  );
}
