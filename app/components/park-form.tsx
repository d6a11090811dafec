import { Form } from '@remix-run/react';
import { SubmitButton } from './button.tsx';
import { ErrorSummary, Field, SelectField, type FieldErrors } from './field.tsx';

/** A park's name and its place in the tree; the code is fixed once given. */
export function ParkForm({
  values,
  errors,
  parents,
  withCode = false,
  submit,
}: {
  values: Record<string, string>;
  errors: FieldErrors;
  parents: readonly { id: number; name: string; depth: number }[];
  withCode?: boolean;
  submit: string;
}) {
  return (
    <Form method="post" noValidate className="card grid max-w-md gap-4 p-6">
      <ErrorSummary errors={errors} />
      <Field
        label="园区名称"
        name="name"
        error={errors.name}
        required
        maxLength={100}
        autoComplete="off"
        defaultValue={values.name ?? ''}
      />
      {withCode && (
        <Field
          label="园区代码"
          name="code"
          error={errors.code}
          help="出现在地址和表格里，以后不能改；不填则用名称"
          optional
          maxLength={50}
          autoComplete="off"
          defaultValue={values.code ?? ''}
        />
      )}
      <SelectField
        label="上级园区"
        name="parentId"
        error={errors.parentId}
        options={parents.map(({ id, name, depth }) => ({
          value: String(id),
          label: '　'.repeat(depth) + name,
        }))}
        blank="无，位于最上层"
        defaultValue={values.parentId ?? ''}
      />
      <p>
        <SubmitButton>{submit}</SubmitButton>
      </p>
    </Form>
  );
}
