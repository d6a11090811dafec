import { Form } from '@remix-run/react';
import type { FieldDefinition } from '../rules/facts/fields.ts';
import { SubmitButton } from './button.tsx';
import { FactField, StatedByFields, UsccField } from './facts-fields.tsx';
import { ErrorSummary, SelectField, type FieldErrors } from './field.tsx';

const GROUPS = [
  { title: '基本信息', has: (key: string) => !key.includes('.') },
  { title: '上市情况', has: (key: string) => key.startsWith('listing.') },
  { title: '细分市场', has: (key: string) => key.startsWith('niche.') },
];

/** The park out of those there are; another one is added on the page of the parks first. */
function ParkField({
  parks,
  value = '',
  error,
}: {
  parks: readonly { name: string; depth: number }[];
  value: string | undefined;
  error: string | undefined;
}) {
  const options = parks.map(({ name, depth }) => ({ value: name, label: `${'　'.repeat(depth)}${name}` }));
  if (value && !parks.some(({ name }) => name === value)) options.unshift({ value, label: value });
  return (
    <SelectField
      name="park"
      label="所属园区"
      error={error}
      options={options}
      blank="未知"
      defaultValue={value}
    />
  );
}

/** What is known of an enterprise itself, to add or to correct. Only what is changed is stated anew. */
export function EnterpriseForm({
  fields,
  values,
  errors,
  today,
  submit,
  withCode = false,
  shown,
  parks,
}: {
  fields: readonly FieldDefinition[];
  values: Record<string, string>;
  errors: FieldErrors;
  today: string;
  submit: string;
  withCode?: boolean;
  /** The tree of parks, from the top; an enterprise is put into one of them. */
  parks: readonly { name: string; depth: number }[];
  /** The texts on record, by which the server sees what was changed here and what elsewhere meanwhile. */
  shown?: Record<string, string>;
}) {
  return (
    <Form method="post" noValidate className="card max-w-4xl p-6">
      <ErrorSummary errors={errors} />
      {shown && <input type="hidden" name="shown" value={JSON.stringify(shown)} readOnly />}
      {withCode && (
        <div className="mb-6 max-w-md">
          <UsccField value={values.uscc} error={errors.uscc} />
        </div>
      )}
      {GROUPS.map(({ title, has }) => (
        <fieldset key={title} className="mb-6">
          <legend className="mb-3 text-lg font-semibold">{title}</legend>
          <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
            {fields
              .filter(({ key }) => has(key))
              .map((field) =>
                field.key === 'park' ? (
                  <ParkField key="park" parks={parks} value={values.park} error={errors.park} />
                ) : (
                  <FactField
                    key={field.key}
                    field={field}
                    value={values[field.key]}
                    error={errors[field.key]}
                  />
                ),
              )}
          </div>
        </fieldset>
      ))}
      <StatedByFields values={values} errors={errors} today={today} />
      <p className="mt-6">
        <SubmitButton>{submit}</SubmitButton>
      </p>
    </Form>
  );
}
