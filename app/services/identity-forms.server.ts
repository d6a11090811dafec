/** Forms about who an enterprise is: its code, its former names, a duplicate of its record. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { checkUscc } from '../rules/facts/uscc.ts';
import { correctCode, mergeEnterprises } from './enterprise.server.ts';
import { recordFacts } from './facts.server.ts';
import { readStatedBy, type FieldErrors } from './forms.server.ts';
import type { Stated } from './statements.server.ts';

interface Context {
  db: Db;
  clock: Clock;
  actor: string;
}

const failed = (errors: FieldErrors): Stated => ({ ok: false, errors });

const reasonIn = (form: FormData, errors: FieldErrors): string => {
  const reason = String(form.get('reason') ?? '').trim();
  if (reason === '') errors.reason = '请填写理由，日后查证只能靠它';
  return reason;
};

/** Gives the enterprise its right code. */
export async function correctCodeFrom(
  { db, clock, actor }: Context,
  enterpriseId: number,
  form: FormData,
): Promise<Stated> {
  const errors: FieldErrors = {};
  const checked = checkUscc(String(form.get('uscc') ?? ''));
  if (!checked.ok) errors.uscc = checked.reason;
  const reason = reasonIn(form, errors);
  if (!checked.ok || errors.reason) return failed(errors);
  const flag = await correctCode(db, clock, { enterpriseId, newCode: checked.code, actor, reason });
  const message = '已更正统一社会信用代码，原代码仍可找到本企业';
  return { ok: true, message: flag ? `${message}。提示：${flag}` : message, uscc: checked.code };
}

/** Adds a name that the enterprise had before. */
export async function addFormerName(
  { db, clock, actor }: Context,
  enterpriseId: number,
  form: FormData,
): Promise<Stated> {
  const errors: FieldErrors = {};
  const name = String(form.get('formerName') ?? '').trim();
  if (name === '') errors.formerName = '请填写曾用名';
  if (name.length > 200) errors.formerName = '曾用名最多 200 个字';
  const { source, knownAt } = readStatedBy(form, clock.today(), errors);
  if (Object.keys(errors).length > 0) return failed(errors);
  const values = { formerNames: [name] };
  const [result] = await db.write((tx) =>
    recordFacts(tx, clock, [{ kind: 'enterprise', enterpriseId, values, source, knownAt }], { actor }),
  );
  if (result!.outcome === 'rejected') return failed({ '': result!.reason });
  return {
    ok: true,
    message: result!.outcome === 'unchanged' ? '这个曾用名已有记录' : `已增加曾用名“${name}”`,
  };
}

/** Merges a duplicate into the record that stays, after the preview was confirmed. */
export async function mergeFrom(
  { db, clock, actor }: Context,
  pair: { fromId: number; intoId: number },
  form: FormData,
): Promise<Stated> {
  const errors: FieldErrors = {};
  const reason = reasonIn(form, errors);
  if (errors.reason) return failed(errors);
  await mergeEnterprises(db, clock, { ...pair, actor, reason });
  return { ok: true, message: '已合并，并入记录的代码和名称仍可找到本企业' };
}
