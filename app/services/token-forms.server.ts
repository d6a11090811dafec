/** The form of a new token. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { isAppError } from '../db/errors.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { enterpriseIdOf } from './facts.server.ts';
import type { FieldErrors } from './forms.server.ts';
import { createToken } from './tokens.server.ts';

export type TokenMade =
  | { readonly ok: true; readonly name: string; readonly token: string }
  | { readonly ok: false; readonly errors: FieldErrors; readonly typed: Readonly<Record<string, string>> };

const FIELDS = ['name', 'role', 'uscc', 'parkId', 'expiresOn'] as const;

/** Makes a token as filled in, or says by field what is wrong. */
export async function tokenFromForm(db: Db, clock: Clock, actor: string, form: FormData): Promise<TokenMade> {
  const typed = Object.fromEntries(FIELDS.map((key) => [key, String(form.get(key) ?? '').trim()])) as Record<
    (typeof FIELDS)[number],
    string
  >;
  const errors: Record<string, string> = {};
  if (typed.name === '') errors.name = '请填写用途，如“市统计平台每日取数”';
  if (typed.role === '') errors.role = '请选择角色';
  const own = typed.role === 'enterprise';
  const enterpriseId = own ? enterpriseIdOf(readerOf(db.raw), { uscc: typed.uscc }) : null;
  if (own && enterpriseId === null) errors.uscc = '企业角色的令牌须填写已在册企业的统一社会信用代码';
  if (!own && typed.uscc !== '') errors.uscc = '只有企业角色的令牌指定企业';
  if (Object.keys(errors).length > 0) return { ok: false, errors, typed };
  try {
    const { token } = await createToken(db, clock, {
      name: typed.name,
      role: typed.role,
      enterpriseId,
      parkId: typed.parkId === '' ? null : Number(typed.parkId),
      expiresOn: typed.expiresOn || null,
      actor,
    });
    return { ok: true, name: typed.name, token };
  } catch (error) {
    if (isAppError(error)) return { ok: false, errors: { '': error.userMessage }, typed };
    throw error;
  }
}
