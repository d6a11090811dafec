import { Form } from '@remix-run/react';
import type { ReviewListLine, ReviewsPage } from '../queries/review-page.server.ts';
import { Button } from './button.tsx';
import { Field, type FieldErrors } from './field.tsx';
import { minuteText } from './format.ts';
import { A, SwitchFields } from './link.tsx';
import { Card, EmptyState, PageHead } from './page.tsx';
import { SealFaults, StatusChip } from './review-way.tsx';
import { DataTable, type Column } from './table.tsx';

const SEAL_WORDS = { genuine: '核验一致', altered: '与封存时不符', keyless: '缺密钥，无法核验' } as const;

const COLUMNS: readonly Column<ReviewListLine>[] = [
  {
    key: 'title',
    label: '复盘',
    wrap: true,
    cell: (row) => <A to={row.to}>{row.title}</A>,
  },
  { key: 'status', label: '状态', cell: (row) => <StatusChip status={row.status} /> },
  { key: 'drawn', label: '起草', cell: (row) => `${row.drawnBy}，${minuteText(row.drawnAt)}` },
  {
    key: 'seal',
    label: '封存',
    cell: (row) =>
      row.seal ? (
        <>
          第 {row.seal.seq} 号，{row.seal.sealedBy}，{minuteText(row.seal.sealedAt)}{' '}
          <span className={row.seal.state === 'genuine' ? 'text-met' : 'font-semibold text-unmet'}>
            {SEAL_WORDS[row.seal.state]}
          </span>
        </>
      ) : (
        '—'
      ),
  },
  { key: 'open', label: '未办结决定', unit: '项', num: true, cell: (row) => row.openDecisions },
];

interface Props {
  page: ReviewsPage;
  suppressBelow: number;
  maySet: boolean;
  today: string;
  errors: FieldErrors;
}

/** The way on after a loss: an administrator says why, and it stays on record. */
const Acknowledge = ({ error }: { error?: string }) => (
  <Form method="post" className="mt-3 text-ink">
    <p className="mb-2">
      先查明原因：能找回较新的备份或文件的，应当恢复。确属有意恢复较早备份的，写明原因并确认；确认永久留存，缺失的编号不再使用。
    </p>
    <div className="flex flex-wrap items-end gap-3">
      <div className="min-w-80 grow">
        <Field label="原因" name="reason" maxLength={500} error={error} />
      </div>
      <Button name="do" value="acknowledge">
        确认缺失，允许继续封存
      </Button>
    </div>
  </Form>
);

/** All reviews, and the quarters that can be looked at. */
export function ReviewsView({ page, suppressBelow, maySet, today, errors }: Props) {
  const sealed = page.reviews.filter(({ seal }) => seal !== null);
  return (
    <>
      <PageHead title="季度复盘" asOf={today} basis="起草后定口径，讨论后由他人封存；封存的数字不再变化" />
      <SealFaults faults={[...page.faults, ...page.missing]}>
        {page.missing.length > 0 &&
          (maySet ? (
            <Acknowledge error={errors.reason} />
          ) : (
            <p className="mt-1">查明原因之前不能再封存；由系统管理员在此确认。</p>
          ))}
      </SealFaults>
      <nav className="mb-4 flex flex-wrap gap-1.5" aria-label="季度">
        {page.quarters.map((quarter) => (
          <A
            key={quarter}
            to={`/reviews/${quarter}?asOf=`}
            className={`btn ${quarter === page.lastOver ? 'btn-primary' : ''}`}
          >
            {quarter}
          </A>
        ))}
      </nav>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <DataTable
          caption="复盘"
          flow
          columns={COLUMNS}
          rows={page.reviews}
          rowKey={(row) => row.id}
          empty={
            <EmptyState title="还没有起草的复盘">打开一个季度，选好口径，在页末“办理”中起草。</EmptyState>
          }
        />
        {sealed.length > 1 && (
          <Card title="比较两份封存的复盘">
            <Form action="/reviews/compare" className="flex flex-wrap items-end gap-3">
              <SwitchFields />
              {(['a', 'b'] as const).map((name, i) => (
                <label key={name} className="block text-xs text-ink-3">
                  <span className="mb-0.5 block">{i === 0 ? '先' : '后'}</span>
                  <select name={name} className="input text-base" defaultValue={sealed[1 - i]?.id}>
                    {sealed.map((row) => (
                      <option key={row.id} value={row.id}>
                        {row.title}
                      </option>
                    ))}
                  </select>
                </label>
              ))}
              <Button>比较</Button>
            </Form>
          </Card>
        )}
        {page.acknowledged.length > 0 && (
          <Card title="已确认的封存缺失">
            <ul className="grid gap-2">
              {page.acknowledged.map((note) => (
                <li key={note.at}>
                  {note.faults.join('；')}。
                  <span className="text-ink-2">
                    {note.by}，{minuteText(note.at)}：{note.reason}
                  </span>
                </li>
              ))}
            </ul>
          </Card>
        )}
        {maySet && (
          <Card title="小数隐去" note="同批入库去向与环节用时中，少于此数的不予显示；0 或 1 为不隐去">
            <Form method="post" className="flex flex-wrap items-end gap-3">
              <Field
                label="少于"
                name="suppressBelow"
                unit="家"
                inputMode="numeric"
                defaultValue={suppressBelow}
                error={errors.suppressBelow}
              />
              <Button>保存</Button>
            </Form>
          </Card>
        )}
      </div>
    </>
  );
}
