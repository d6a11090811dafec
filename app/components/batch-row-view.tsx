import { Form } from '@remix-run/react';
import type { BatchRowPage } from '../queries/batch-page.server.ts';
import { BatchLog, BatchState, RowState } from './batch-parts.tsx';
import { Button, SubmitButton } from './button.tsx';
import { ErrorSummary, Field, SelectField, type FieldErrors, type Option } from './field.tsx';
import { minuteText } from './format.ts';
import { A } from './link.tsx';
import { Card, EmptyState, PageHead, Pairs } from './page.tsx';
import { VerdictCard } from './verdict-card.tsx';

interface Props extends BatchRowPage {
  reasons: readonly Option[];
  accept: string;
  errors: FieldErrors;
  typed: Readonly<Record<string, string>>;
}

const isOpen = ({ offers }: Props, type: string) =>
  offers.some((offer) => offer.type === type && offer.reason === null);

const Revision = ({ batch }: Pick<Props, 'batch'>) => (
  <input type="hidden" name="revision" value={batch.revision} />
);

/** Asks for a supplement: the conditions that are open, and documents by name. Only these are opened again. */
function AskForm(props: Props) {
  const { row, typed } = props;
  const open = (row.verdict?.conditions ?? []).filter(
    ({ result }) => result !== 'met' && result !== 'waived',
  );
  return (
    <Card title="退回补充" note="只重新开放所要求的内容，其余保持锁定">
      <Form method="post" className="grid gap-3">
        <Revision batch={props.batch} />
        {open.length > 0 && (
          <fieldset>
            <legend className="mb-1 font-semibold">要补充的条件</legend>
            {open.map(({ id, label }) => (
              <label key={id} className="flex items-center gap-2 py-0.5">
                <input type="checkbox" name="condition" value={id} />
                {label}
              </label>
            ))}
          </fieldset>
        )}
        <div>
          <label htmlFor="documents" className="mb-1 block font-semibold">
            要补充的材料
          </label>
          <textarea
            id="documents"
            name="documents"
            rows={3}
            className="input"
            defaultValue={typed.documents ?? ''}
            aria-describedby="documents-help"
          />
          <p id="documents-help" className="mt-1 text-xs text-ink-3">
            一行一项，如“2025 年度审计报告”
          </p>
        </div>
        <Field label="说明" name="note" optional maxLength={500} defaultValue={typed.note ?? ''} />
        <p>
          <Button name="intent" value="ask">
            退回补充
          </Button>
        </p>
      </Form>
    </Card>
  );
}

/** Takes in what was asked for, item by item. */
function SupplyForm({ batch, row, accept, typed }: Props) {
  return (
    <Card title="补充" note="只能补充所要求的内容；涉及的条件按现有数据重新判定">
      <Form method="post" encType="multipart/form-data" className="grid gap-4">
        <Revision batch={batch} />
        {row.asked.map(({ key, label }) => (
          <fieldset key={key} className="grid gap-2 border-l-2 border-line pl-3">
            <legend className="font-semibold">{label}</legend>
            <Field
              label="补充说明"
              name={`answer:${key}`}
              maxLength={500}
              defaultValue={typed[`answer:${key}`] ?? ''}
            />
            <Field label="材料" name={`file:${key}`} type="file" accept={accept} optional />
          </fieldset>
        ))}
        <p>
          <SubmitButton>提交补充</SubmitButton>
          <input type="hidden" name="intent" value="supply" />
        </p>
      </Form>
    </Card>
  );
}

function ReleaseForm({ batch, row, typed }: Props) {
  return (
    <Card title="恢复列入">
      <Form method="post" className="grid gap-3">
        <Revision batch={batch} />
        <Field
          label="越过判定的理由"
          name="override"
          optional
          maxLength={500}
          defaultValue={typed.override ?? ''}
          help="恢复时重新核对；规则仍不允许时须写明理由，并记入企业的历史。一票否决不能越过。"
        />
        <p>
          <Button name="intent" value="release">
            恢复列入
          </Button>
          <span className="ml-3 text-xs text-ink-3">{row.reasonLabel}</span>
        </p>
      </Form>
    </Card>
  );
}

function HoldForm({ batch, reasons, typed }: Props) {
  return (
    <Card title="暂缓">
      <Form method="post" className="grid gap-3">
        <Revision batch={batch} />
        <SelectField
          label="理由"
          name="reason"
          options={reasons}
          blank="请选择"
          defaultValue={typed.reason ?? ''}
        />
        <Field label="说明" name="note" optional maxLength={500} defaultValue={typed.note ?? ''} />
        <p>
          <Button name="intent" value="hold">
            暂缓
          </Button>
        </p>
      </Form>
    </Card>
  );
}

function Asked({ row }: Pick<Props, 'row'>) {
  if (row.asked.length === 0) return null;
  return (
    <Card title="要求补充的内容">
      <ul className="grid gap-1">
        {row.asked.map(({ key, label, answer }) => (
          <li key={key}>
            <b>{label}</b>：{answer ?? <span className="text-unknown">待补充</span>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** One enterprise in a batch: the verdict as it was, what was asked of it, and what can be done. */
export function BatchRowView(props: Props) {
  const { batch, row, files, log, errors, before, after, place, total } = props;
  const to = (id: number) => `/batches/${batch.id}/rows/${id}`;
  return (
    <>
      <PageHead
        before={<A to={`/batches/${batch.id}`}>{batch.title}</A>}
        title={
          <span className="flex flex-wrap items-center gap-3">
            {row.name}
            <RowState state={row.state} label={row.stateLabel} />
            <BatchState state={batch.state} label={batch.stateLabel} />
          </span>
        }
        note={
          <>
            <A to={`/enterprises/${row.uscc}`}>{row.uscc}</A>
            <span>
              第 {place} 家，共 {total} 家
            </span>
          </>
        }
        basis={
          row.frozenAt === null
            ? `核对时的判定，${minuteText(row.checkedAt)}；报送时定格`
            : `报送时定格的判定，${minuteText(row.frozenAt)}，此后数据变化不影响`
        }
      >
        {before !== null && (
          <A to={to(before)} className="btn" rel="prev">
            上一家
          </A>
        )}
        {after !== null && (
          <A to={to(after)} className="btn" rel="next">
            下一家
          </A>
        )}
      </PageHead>
      <ErrorSummary errors={errors} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 2xl:grid-cols-[minmax(0,1fr)_26rem]">
        <section className="grid gap-4" aria-labelledby="verdict">
          <h2 id="verdict" className="sr-only">
            判定
          </h2>
          {row.factsChanged && (
            <p className="rounded-md bg-unknown-soft px-4 py-2 text-unknown">
              {row.frozenAt === null
                ? '核对以后企业数据有变化，报送时按当时的数据重新判定。'
                : '报送以后企业数据有变化；下面仍是报送时的判定。'}
            </p>
          )}
          {row.verdict ? (
            <VerdictCard verdict={row.verdict} label={batch.schemeLabel} />
          ) : (
            <div className="card">
              <EmptyState title="没有适用的规则">{row.note}</EmptyState>
            </div>
          )}
        </section>
        <div className="grid gap-4">
          <Card title="在批次中">
            <Pairs
              items={[
                { label: '次序', value: row.rank ?? '—' },
                { label: '原因', value: row.why ?? '—' },
                ...(row.override ? [{ label: '越过判定的理由', value: row.override }] : []),
                {
                  label: '管家确认',
                  value: row.confirmedName
                    ? `${row.confirmedName}，${minuteText(row.confirmedAt)}`
                    : '未确认',
                },
                {
                  label: '报送后的结果',
                  value: row.result ? `${row.result.label}，${row.result.on}` : '—',
                },
                ...(row.factsDigest ? [{ label: '数据摘要', value: row.factsDigest.slice(0, 16) }] : []),
              ]}
            />
            {isOpen(props, 'confirm') && row.confirmedBy === null && (
              <Form method="post" className="mt-3">
                <Revision batch={batch} />
                <Button look="primary" name="intent" value="confirm">
                  确认这家企业
                </Button>
              </Form>
            )}
          </Card>
          <Asked row={row} />
          {isOpen(props, 'supply') && <SupplyForm {...props} />}
          {isOpen(props, 'release') && <ReleaseForm {...props} />}
          {isOpen(props, 'ask') && <AskForm {...props} />}
          {isOpen(props, 'hold') && <HoldForm {...props} />}
          {files.length > 0 && (
            <Card title="补充材料">
              <ul className="grid gap-1">
                {files.map((file) => (
                  <li key={file.id}>
                    <a href={`/batches/${batch.id}/files/${file.id}`} download>
                      {file.name}
                    </a>
                  </li>
                ))}
              </ul>
            </Card>
          )}
          <Card title="办理记录">
            <BatchLog log={log} />
          </Card>
        </div>
      </div>
    </>
  );
}
