import type { ReactNode } from 'react';
import { Form } from '@remix-run/react';
import type { ReviewPage } from '../queries/review-page.server.ts';
import type { Decision } from '../queries/review-decisions.server.ts';
import { Button, SubmitButton } from './button.tsx';
import { ErrorSummary, Field, SelectField, type FieldErrors, type Option } from './field.tsx';
import { minuteText } from './format.ts';
import { Icon } from './icons.tsx';
import { Card } from './page.tsx';

const STATUS = {
  live: { label: '未起草', look: 'bg-sunken text-ink-2' },
  draft: { label: '已起草', look: 'bg-unknown-soft text-unknown' },
  discussed: { label: '已讨论', look: 'bg-manual-soft text-manual' },
  sealed: { label: '已封存', look: 'bg-met-soft text-met' },
} as const;

/** Where a review stands, as a chip. */
export const StatusChip = ({ status }: { status: ReviewPage['status'] }) => (
  <span className={`chip ${STATUS[status].look}`}>{STATUS[status].label}</span>
);

/** Whether the seal holds, said as loudly as it has to be. */
export function SealBanner({ seal }: { seal: NonNullable<ReviewPage['seal']> }) {
  if (seal.state === 'genuine') {
    return (
      <p className="mb-4 flex flex-wrap items-center gap-x-4 rounded-md border border-met bg-met-soft px-4 py-2 text-met">
        <span>
          <Icon name="met" className="mr-1 inline size-4" />第 {seal.seq} 号封存，核验一致
        </span>
        <span className="text-xs">
          {seal.sealedBy} {minuteText(seal.sealedAt)}；事件截至第 {seal.eventId} 号，事实截至第{' '}
          {seal.factRecordId} 号；规则 {seal.rulesHash.slice(0, 12)}；密钥 {seal.keyId}；校验码{' '}
          {seal.mac.slice(0, 16)}
        </span>
      </p>
    );
  }
  const keyless = seal.state === 'keyless';
  return (
    <div role="alert" className="mb-4 rounded-md border-2 border-unmet bg-unmet-soft px-4 py-3 text-unmet">
      <p className="text-lg font-semibold">
        <Icon name="warn" className="mr-1 inline size-5" />
        {keyless ? '这份封存无法核验' : '这份封存与封存时不符：数据库被直接改动过'}
      </p>
      <p className="mt-1">
        {keyless
          ? `缺少封存密钥 ${seal.keyId}。请恢复密钥文件，或以 TIDU_SEAL_KEY 给出密钥。`
          : '以下数字不可采信。请从备份恢复，或与封存时的印本核对，并运行 tidu verify。'}
      </p>
    </div>
  );
}

/** Says that seals are missing, above whatever is shown. */
export function SealFaults({ faults, children }: { faults: readonly string[]; children?: ReactNode }) {
  if (faults.length === 0) return null;
  return (
    <div role="alert" className="mb-4 rounded-md border-2 border-unmet bg-unmet-soft px-4 py-3 text-unmet">
      <p className="text-lg font-semibold">
        <Icon name="warn" className="mr-1 inline size-5" />
        封存记录不完整
      </p>
      <ul>
        {faults.map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
      {children}
    </div>
  );
}

interface WayProps {
  page: Pick<ReviewPage, 'status' | 'review' | 'seal' | 'people'>;
  /** Why the viewer may not seal, or null; absent where there is nothing to seal. */
  sealRefusal: string | null;
  mayDraw: boolean;
  errors: FieldErrors;
  typed: Readonly<Record<string, string>>;
}

/** The three steps of a review, and the next one to be taken. */
export function WayCard({ page, sealRefusal, mayDraw, errors, typed }: WayProps) {
  const { review, status } = page;
  const revision = <input type="hidden" name="revision" value={review?.revision ?? ''} />;
  return (
    <Card title="办理" note={<StatusChip status={status} />} id="way">
      <ErrorSummary errors={errors} />
      <ol className="grid gap-4 md:grid-cols-3">
        <li>
          <h3 className="font-semibold">1. 起草</h3>
          {review ? (
            <p className="text-ink-2">
              {page.people.drawn}，{minuteText(review.drawnAt)}
            </p>
          ) : mayDraw ? (
            <Form method="post" className="mt-2">
              <Field label="名称" name="title" defaultValue={typed.title ?? ''} optional maxLength={80} />
              <p className="mt-2">
                <SubmitButton>以本页口径起草</SubmitButton>
              </p>
              <input type="hidden" name="do" value="draw" />
            </Form>
          ) : (
            <p className="text-ink-3">尚未起草</p>
          )}
        </li>
        <li>
          <h3 className="font-semibold">2. 讨论</h3>
          {review?.discussedAt && (
            <p className="text-ink-2">
              {page.people.discussed}，{minuteText(review.discussedAt)}
              <span className="running mt-1 block whitespace-pre-line text-ink">{review.discussion}</span>
            </p>
          )}
          {review && status !== 'sealed' && (
            <Form method="post" className="mt-2">
              <label htmlFor="note" className="mb-1 block font-semibold">
                讨论意见
              </label>
              <textarea
                id="note"
                name="note"
                rows={3}
                className="input"
                defaultValue={typed.note ?? review.discussion ?? ''}
                maxLength={4000}
              />
              {revision}
              <p className="mt-2">
                <Button name="do" value="discuss">
                  记下讨论意见
                </Button>
              </p>
            </Form>
          )}
        </li>
        <li>
          <h3 className="font-semibold">3. 封存</h3>
          {page.seal ? (
            <p className="text-ink-2">
              {page.seal.sealedBy}，{minuteText(page.seal.sealedAt)}
            </p>
          ) : !review ? (
            <p className="text-ink-3">起草并讨论之后，由起草人以外的领导或系统管理员封存。</p>
          ) : sealRefusal ? (
            <p className="text-ink-3">{sealRefusal}</p>
          ) : (
            <Form method="post" className="mt-2">
              <p className="text-ink-2">封存后数字不再变化，此后的补录与更正另列。</p>
              {revision}
              <p className="mt-2">
                <Button look="primary" name="do" value="seal">
                  封存
                </Button>
              </p>
            </Form>
          )}
        </li>
      </ol>
    </Card>
  );
}

function DecisionLine({ own, overdue, mayFinish }: { own: Decision; overdue: boolean; mayFinish: boolean }) {
  return (
    <li className="border-b border-line px-4 py-2.5 last:border-b-0" id={`decision-${own.id}`}>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="grow">{own.text}</span>
        <span className="text-ink-2">{own.owner}</span>
        <span className={overdue ? 'chip bg-unmet-soft text-unmet' : 'text-ink-2'}>
          {overdue ? '逾期，' : ''}期限 {own.dueOn}
        </span>
        {own.doneAt ? (
          <span className="chip bg-met-soft text-met">已办结</span>
        ) : (
          <span className="chip bg-unknown-soft text-unknown">办理中</span>
        )}
      </div>
      {own.doneAt && (
        <p className="mt-1 text-ink-2">
          {own.result}（{own.doneBy}，{minuteText(own.doneAt)}）
        </p>
      )}
      {!own.doneAt && mayFinish && (
        <details className="no-print mt-1">
          <summary className="text-accent">办结</summary>
          <Form method="post" className="mt-2 flex max-w-2xl items-end gap-2">
            <input type="hidden" name="id" value={own.id} />
            <label className="grow">
              <span className="sr-only">办理结果</span>
              <input name="result" className="input" placeholder="办理结果" maxLength={500} required />
            </label>
            <Button name="do" value="finish">
              办结
            </Button>
          </Form>
        </details>
      )}
    </li>
  );
}

interface DecisionProps {
  decisions: readonly Decision[];
  openBefore: readonly Decision[];
  /** Whether decisions can be put down here: there is a review, and the viewer may. */
  open: boolean;
  owners: readonly Option[];
  today: string;
  user: { id: number; role: string };
  errors: FieldErrors;
  typed: Readonly<Record<string, string>>;
}

/** What was decided, and what is still open from the reviews before. */
export function DecisionsCard({
  decisions,
  openBefore,
  open,
  owners,
  today,
  user,
  errors,
  typed,
}: DecisionProps) {
  const mayFinish = (own: Decision) =>
    own.ownerId === user.id || user.role === 'leadership' || user.role === 'administrator';
  const list = (shown: readonly Decision[]) => (
    <ul>
      {shown.map((own) => (
        <DecisionLine
          key={own.id}
          own={own}
          overdue={own.doneAt === null && own.dueOn < today}
          mayFinish={mayFinish(own)}
        />
      ))}
    </ul>
  );
  return (
    <Card title="决定事项" note="责任人与期限列入待办，下次复盘再问" flush id="decisions">
      {openBefore.length > 0 && (
        <>
          <h3 className="px-4 pt-3 font-semibold">此前复盘未办结的</h3>
          {list(openBefore)}
        </>
      )}
      {decisions.length > 0 && (
        <>
          {openBefore.length > 0 && <h3 className="px-4 pt-3 font-semibold">本次</h3>}
          {list(decisions)}
        </>
      )}
      {decisions.length + openBefore.length === 0 && <p className="px-4 py-3 text-ink-3">还没有决定事项。</p>}
      {open && (
        <Form method="post" noValidate className="no-print border-t border-line p-4">
          <ErrorSummary errors={errors} />
          <div className="grid items-start gap-x-4 gap-y-3 md:grid-cols-[minmax(0,1fr)_12rem_11rem_auto]">
            <Field
              label="决定事项"
              name="text"
              defaultValue={typed.text ?? ''}
              error={errors.text}
              maxLength={500}
            />
            <SelectField
              label="责任人"
              name="ownerId"
              options={owners}
              blank="请选择"
              defaultValue={typed.ownerId ?? ''}
              error={errors.ownerId}
            />
            <Field
              label="完成期限"
              name="dueOn"
              type="date"
              defaultValue={typed.dueOn ?? ''}
              error={errors.dueOn}
            />
            <p className="md:mt-6">
              <Button name="do" value="decide">
                登记决定
              </Button>
            </p>
          </div>
        </Form>
      )}
    </Card>
  );
}
