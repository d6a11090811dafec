import { Form } from '@remix-run/react';
import type { BatchPage } from '../queries/batch-page.server.ts';
import { Button } from './button.tsx';
import { Field, SelectField, type Option } from './field.tsx';
import { minuteText, whole } from './format.ts';
import { Icon } from './icons.tsx';
import { A } from './link.tsx';
import { Card } from './page.tsx';

interface Props {
  batch: BatchPage;
  /** Endings of files that may be attached. */
  accept: string;
  typed: Readonly<Record<string, string>>;
  signing: Signing;
}

/** Who may be put down as having signed. */
export interface Signing {
  /** The park's list. */
  departments: readonly Option[];
  /** Whoever looks, and the department for which they sign. */
  own: { department: string | null; person: string } | undefined;
  /** May change the list. */
  mayList: boolean;
}

function Signatures({ batch }: { batch: BatchPage }) {
  if (batch.signatures.length === 0) return <p className="text-ink-3">还没有部门签署。</p>;
  return (
    <div className="overflow-x-auto">
      <table className="ledger">
        <caption className="sr-only">部门签署</caption>
        <thead>
          <tr>
            <th scope="col">部门</th>
            <th scope="col">签署人</th>
            <th scope="col">意见</th>
            <th scope="col">登记</th>
          </tr>
        </thead>
        <tbody>
          {batch.signatures.map((signature) => (
            <tr key={signature.id}>
              <th scope="row">{signature.department}</th>
              <td>{signature.person}</td>
              <td className="wrap">
                {signature.decision === 'agree' ? (
                  <span className="text-met">
                    <Icon name="met" className="mark" /> 同意
                  </span>
                ) : (
                  <span className="text-unmet">
                    <Icon name="unmet" className="mark" /> 不同意
                  </span>
                )}
                {signature.opinion && `：${signature.opinion}`}
              </td>
              <td className="text-xs text-ink-3">
                {signature.recordedBy}，{minuteText(signature.recordedAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SignForm({ batch, typed, signing }: Pick<Props, 'batch' | 'typed' | 'signing'>) {
  const { departments, own, mayList } = signing;
  const list = mayList ? <A to="/departments">维护部门名单</A> : '名单由科室审核人员或系统管理员维护';
  if (departments.length === 0)
    return <p className="no-print mt-4">还没有会签部门，先加入名单才能登记签署。{list}</p>;
  return (
    <Form
      method="post"
      action={`/batches/${batch.id}`}
      key={batch.revision}
      className="no-print mt-4 grid gap-3 sm:grid-cols-2"
      aria-label="登记签署"
    >
      <input type="hidden" name="revision" value={batch.revision} />
      <SelectField
        label="部门"
        name="department"
        options={departments}
        blank="请选择"
        help={list}
        defaultValue={typed.department ?? own?.department ?? ''}
      />
      <Field
        label="签署人"
        name="person"
        maxLength={50}
        defaultValue={typed.person ?? (own?.department ? own.person : '')}
      />
      <fieldset>
        <legend className="mb-1 font-semibold">意见</legend>
        <span className="flex gap-5">
          <label className="flex items-center gap-2">
            <input
              type="radio"
              name="decision"
              value="agree"
              defaultChecked={(typed.decision ?? 'agree') === 'agree'}
            />
            同意
          </label>
          <label className="flex items-center gap-2">
            <input
              type="radio"
              name="decision"
              value="disagree"
              defaultChecked={typed.decision === 'disagree'}
            />
            不同意
          </label>
        </span>
      </fieldset>
      <Field label="具体意见" name="opinion" optional maxLength={500} defaultValue={typed.opinion ?? ''} />
      <p>
        <Button name="intent" value="sign">
          登记签署
        </Button>
      </p>
    </Form>
  );
}

/** Files of the batch, and the field for the minutes while the meeting lasts. */
function Files({ batch, accept }: Pick<Props, 'batch' | 'accept'>) {
  const open = batch.steps.some(({ type, reason }) => type === 'minute' && reason === null);
  return (
    <>
      {batch.files.length === 0 && <p className="text-ink-3">没有附件。</p>}
      <ul className="grid gap-1">
        {batch.files.map((file) => (
          <li key={file.id} className="flex flex-wrap items-baseline gap-x-2">
            <span className="text-xs text-ink-3">{file.kind === 'minutes' ? '会议纪要' : '补充材料'}</span>
            <a href={`/batches/${batch.id}/files/${file.id}`} download>
              {file.name}
            </a>
            <span className="text-xs text-ink-3">
              {whole(Math.ceil(file.size / 1024))} KB，{file.addedBy}，{minuteText(file.addedAt)}，SHA-256{' '}
              <span className="font-mono">{file.sha256.slice(0, 12)}…</span>
            </span>
          </li>
        ))}
      </ul>
      {open && (
        <Form
          method="post"
          action={`/batches/${batch.id}`}
          encType="multipart/form-data"
          key={batch.revision}
          className="no-print mt-4 flex flex-wrap items-end gap-3"
          aria-label="附会议纪要"
        >
          <input type="hidden" name="revision" value={batch.revision} />
          <Field
            label="会议纪要"
            name="file"
            type="file"
            accept={accept}
            help="PDF、Word、图片等，20 MB 以内"
          />
          <Button name="intent" value="minute" className="mb-6">
            附上
          </Button>
        </Form>
      )}
    </>
  );
}

/** The joint meeting: who signed, and what was attached. */
export function BatchMeeting({ batch, accept, typed, signing }: Props) {
  const sign = batch.steps.find(({ type }) => type === 'sign');
  return (
    <div className={`grid items-start gap-4 ${batch.state === 'joint_meeting' ? 'xl:grid-cols-2' : ''}`}>
      <Card title="联席会议签署" note="至少两个部门同意，且没有部门不同意">
        <Signatures batch={batch} />
        {sign &&
          (sign.reason === null ? (
            <SignForm batch={batch} typed={typed} signing={signing} />
          ) : (
            <p className="mt-3 text-xs text-ink-2">{sign.reason}</p>
          ))}
      </Card>
      <Card title="附件">
        <Files batch={batch} accept={accept} />
      </Card>
    </div>
  );
}
