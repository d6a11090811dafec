import { Form, useLocation } from '@remix-run/react';
import type { LimitsShown } from '../queries/list-limits.server.ts';
import { SubmitButton } from './button.tsx';
import { Field, type FieldErrors } from './field.tsx';
import { minuteText } from './format.ts';

/** The limits of a 潜力清单 as a form. @param values what was typed, where it could not be taken */
export function LimitsForm({
  scheme,
  values,
  errors = {},
  back,
}: {
  scheme: string;
  values: Readonly<Record<string, string>>;
  errors?: FieldErrors;
  back: string;
}) {
  const text = (name: string) => ({
    name,
    defaultValue: values[name] ?? '',
    error: errors[name],
    inputMode: 'numeric' as const,
    autoComplete: 'off',
  });
  return (
    <Form method="post" action="/libraries/change" noValidate>
      <input type="hidden" name="do" value="limits" />
      <input type="hidden" name="scheme" value={scheme} />
      <input type="hidden" name="back" value={back} />
      <div className="grid gap-x-6 gap-y-3 sm:grid-cols-3">
        <Field label="未达到最多" unit="项" {...text('maxUnmet')} />
        <Field label="缺口合计最多" unit="%" {...text('maxShort')} help="各项缺口占门槛的比例相加" />
        <Field label="缺数据最多" unit="项" {...text('maxUnknown')} />
        <Field
          label="理由"
          name="reason"
          defaultValue={values.reason ?? ''}
          error={errors.reason}
          maxLength={300}
          className="sm:col-span-3"
        />
      </div>
      <p className="mt-3">
        <SubmitButton busy="正在更新名单…">保存并更新名单</SubmitButton>
      </p>
    </Form>
  );
}

/** What the list is made by, and for those who may, the form to change it. */
export function PotentialLimits({
  scheme,
  limits,
  mayWrite,
}: {
  scheme: string;
  limits: LimitsShown;
  mayWrite: boolean;
}) {
  const { pathname, search } = useLocation();
  const values = {
    maxUnmet: String(limits.maxUnmet),
    maxShort: String(limits.maxShort),
    maxUnknown: String(limits.maxUnknown),
  };
  return (
    <div className="mb-3 rounded-md border border-line bg-paper px-4 py-2">
      <p>
        <b>进入条件</b>　{limits.words}
        <span className="ml-3 text-xs text-ink-3">
          {limits.set
            ? `${limits.set.by} ${minuteText(limits.set.at)} 设定：${limits.set.reason}`
            : '随程序提供的起始限值，园区可以更改'}
        </span>
      </p>
      {mayWrite && (
        <details className="no-print mt-1">
          <summary className="text-accent">更改限值</summary>
          <div className="mt-3 max-w-3xl">
            <LimitsForm scheme={scheme} values={values} back={pathname + search} />
          </div>
        </details>
      )}
    </div>
  );
}
