import { Form } from '@remix-run/react';
import { Button } from './button.tsx';
import { ErrorSummary, Field, type FieldErrors } from './field.tsx';
import { A } from './link.tsx';
import { Card, PageHead } from './page.tsx';
import { LimitsForm } from './potential-limits.tsx';

const DOES: Readonly<Record<string, string>> = {
  enrol: '提请入培育库',
  remove: '提请退库',
  focus: '列入重点跟进',
  unfocus: '移出重点跟进',
  approved: '批准',
  rejected: '不予批准',
  withdraw: '撤回提请',
  limits: '更改限值',
};

interface Named {
  id: number;
  name: string;
  uscc: string;
}

export interface LibraryChangeProps {
  intent: string;
  back: string;
  /** What was done; null where nothing was. */
  message: string | null;
  rejected: readonly (Named & { reason: string })[];
  errors: FieldErrors;
  typed: Readonly<Record<string, string>>;
  /** Enterprises and proposals that were chosen, to try again. */
  enterprises: readonly Named[];
  proposals: readonly number[];
}

/** What came of a change that was not done as asked: what was left out and why, or the form to try again. */
export function LibraryChangeView(props: LibraryChangeProps) {
  const { intent, back, message, rejected, errors, typed, enterprises, proposals } = props;
  const does = DOES[intent] ?? '办理';
  return (
    <>
      <PageHead before={<A to={back}>培育与名单</A>} title={does} />
      <div className="grid max-w-4xl gap-4">
        {message !== null && (
          <Card title={message}>
            <ul className="grid gap-1">
              {rejected.map((row) => (
                <li key={`${row.id} ${row.reason}`} className="flex flex-wrap gap-x-3">
                  {row.uscc ? <A to={`/enterprises/${row.uscc}`}>{row.name}</A> : row.name}
                  <span className="text-unmet">{row.reason}</span>
                </li>
              ))}
            </ul>
            <p className="mt-3">
              <A to={back} className="btn">
                返回名单
              </A>
            </p>
          </Card>
        )}
        {message === null && intent === 'limits' && (
          <Card title={does}>
            <ErrorSummary errors={errors} />
            <LimitsForm scheme={typed.scheme ?? ''} values={typed} errors={errors} back={back} />
          </Card>
        )}
        {message === null && intent !== 'limits' && (
          <Card title={does} note={enterprises.length > 0 && `${enterprises.length} 家`}>
            <ErrorSummary errors={errors} />
            <Form method="post" action="/libraries/change" noValidate className="grid gap-3">
              <input type="hidden" name="scheme" value={typed.scheme ?? ''} />
              <input type="hidden" name="back" value={back} />
              {proposals.map((id) => (
                <input key={id} type="hidden" name="proposal" value={id} />
              ))}
              {enterprises.length > 0 && (
                <ul className="grid gap-1 sm:grid-cols-2">
                  {enterprises.map(({ id, name }) => (
                    <li key={id}>
                      <label className="flex items-baseline gap-2">
                        <input type="checkbox" name="enterprise" value={id} defaultChecked />
                        {name}
                      </label>
                    </li>
                  ))}
                </ul>
              )}
              <Field label="理由" name="reason" defaultValue={typed.reason ?? ''} maxLength={300} />
              <p className="flex gap-3">
                <Button look="primary" name="do" value={intent}>
                  {does}
                </Button>
                <A to={back} className="btn btn-quiet">
                  返回
                </A>
              </p>
            </Form>
          </Card>
        )}
      </div>
    </>
  );
}
