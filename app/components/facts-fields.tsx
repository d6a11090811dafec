import { useState } from 'react';
import type { FieldDefinition } from '../rules/facts/fields.ts';
import { checkUscc } from '../rules/facts/uscc.ts';
import { fieldUnit } from './facts-form.ts';
import { Field, SelectField, type FieldErrors } from './field.tsx';
import { SOURCE_LABELS } from './terms.ts';

interface Props {
  field: FieldDefinition;
  value: string | undefined;
  error: string | undefined;
  optional?: boolean;
}

const YES_NO = [
  { value: '是', label: '是' },
  { value: '否', label: '否' },
];

/** One fact as the form control that its type asks for. */
export function FactField({ field, value = '', error, optional = false }: Props) {
  const common = { name: field.key, label: field.label, error, optional, help: field.hint };
  if (field.type === 'flag') {
    return <SelectField {...common} help={undefined} options={YES_NO} blank="未知" defaultValue={value} />;
  }
  if (field.options) {
    return <SelectField {...common} options={field.options} blank="未知" defaultValue={value} />;
  }
  if (field.type === 'day') return <Field {...common} help={undefined} type="date" defaultValue={value} />;
  const number =
    field.type === 'money' || field.type === 'persons' || field.type === 'points' || field.type === 'whole';
  return (
    <Field
      {...common}
      unit={fieldUnit(field)}
      defaultValue={value}
      inputMode={number ? 'decimal' : undefined}
      autoComplete="off"
    />
  );
}

/** The figures of one year: those asked for, those that stand by themselves, and folded away those by basis. */
export function FigureGroups({
  fields,
  values,
  errors,
  asked = [],
}: {
  fields: readonly FieldDefinition[];
  values: Readonly<Record<string, string>>;
  errors: FieldErrors;
  /** Keys of the figures that the park has asked for. */
  asked?: readonly string[];
}) {
  const shown = (wanted: (key: string) => boolean) =>
    fields
      .filter(({ key }) => wanted(key))
      .map((field) => (
        <FactField key={field.key} field={field} value={values[field.key]} error={errors[field.key]} />
      ));
  const group = (nested: boolean) => shown((key) => !asked.includes(key) && key.includes('.') === nested);
  return (
    <>
      {asked.length > 0 && (
        <fieldset className="mb-6 rounded-md border-l-4 border-accent bg-accent-soft px-4 pt-3 pb-4">
          <legend className="sr-only">园区要求补充的</legend>
          <p aria-hidden="true" className="mb-3 font-semibold">
            园区要求补充的
          </p>
          <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
            {shown((key) => asked.includes(key))}
          </div>
        </fieldset>
      )}
      <div className="mb-6 grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">{group(false)}</div>
      <details className="mb-6" open={Object.keys(errors).some((key) => key.includes('.'))}>
        <summary className="text-accent">按口径归集的研发费用与科技人员（有则优先用于相应称号）</summary>
        <div className="mt-4 grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">{group(true)}</div>
      </details>
    </>
  );
}

/** A code box that says at once what is wrong with the code, before anything is sent. */
export function UsccField({ value = '', error }: { value?: string | undefined; error: string | undefined }) {
  const [said, setSaid] = useState<{ bad: boolean; text: string } | null>(null);
  const judge = (text: string, left: boolean) => {
    const typed = text.trim();
    if (typed === '' || (!left && typed.length < 18)) return setSaid(null);
    const checked = checkUscc(typed);
    setSaid(
      checked.ok
        ? checked.flag
          ? { bad: false, text: `${checked.flag}。请核对；确认无误也可保存，并会标记为存疑` }
          : null
        : { bad: true, text: checked.reason },
    );
  };
  return (
    <div>
      <Field
        label="统一社会信用代码"
        name="uscc"
        error={error}
        help="营业执照上的 18 位代码"
        required
        maxLength={40}
        autoComplete="off"
        spellCheck={false}
        defaultValue={value}
        onChange={(event) => judge(event.target.value, false)}
        onBlur={(event) => {
          // A line that appears would push a button away from under the pointer that is pressing it.
          if (!(event.relatedTarget instanceof HTMLButtonElement)) judge(event.target.value, true);
        }}
      />
      <p aria-live="polite" className={said?.bad ? 'mt-1 text-unmet' : 'mt-1 text-unknown'} hidden={!said}>
        {said?.text}
      </p>
    </div>
  );
}

/** Source and 知悉日期: asked of everything that is typed in. */
export function StatedByFields({
  values,
  errors,
  today,
}: {
  values: Record<string, string>;
  errors: FieldErrors;
  today: string;
}) {
  return (
    <fieldset className="grid gap-4 rounded-md bg-canvas p-4 sm:grid-cols-2">
      <legend className="sr-only">数据出处</legend>
      <SelectField
        label="数据来源"
        name="source"
        error={errors.source}
        help="可信度由高到低；同一数值以更可信的来源为准"
        options={Object.entries(SOURCE_LABELS).map(([value, label]) => ({ value, label }))}
        blank="请选择"
        required
        defaultValue={values.source ?? ''}
      />
      <Field
        label="知悉日期"
        name="knownAt"
        type="date"
        error={errors.knownAt}
        help="得知这一数值的日期，不晚于今天"
        required
        max={today}
        defaultValue={values.knownAt ?? today}
      />
    </fieldset>
  );
}
