/** The form of somebody who wants an account. */
import type { FieldErrors } from './forms.server.ts';

const NAMES = ['displayName', 'username'] as const;

/** Reads name, user name and password; what is missing stands in `errors` under its field. */
export function readApplicant(form: FormData, more: Readonly<Record<string, string>>) {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const typed: Record<string, string> = {};
  for (const name of [...NAMES, ...Object.keys(more)]) typed[name] = text(name);
  const password = String(form.get('password') ?? '');
  const errors: FieldErrors = {};
  if (!typed.displayName) errors.displayName = '请填写姓名';
  if (!typed.username) errors.username = '请填写用户名';
  for (const [name, message] of Object.entries(more)) if (!typed[name]) errors[name] = message;
  if (password === '') errors.password = '请填写密码';
  else if (password !== String(form.get('again') ?? '')) errors.again = '两次输入的密码不一致';
  return { typed, password, errors };
}
