import { Field, type FieldErrors } from './field.tsx';

/** A new password, typed twice. */
export function NewPassword({ errors }: { errors: FieldErrors | undefined }) {
  return (
    <>
      <Field
        label="密码"
        name="password"
        type="password"
        error={errors?.password}
        help="至少 10 个字符"
        autoComplete="new-password"
        required
      />
      <Field
        label="再次输入密码"
        name="again"
        type="password"
        error={errors?.again}
        autoComplete="new-password"
        required
      />
    </>
  );
}
