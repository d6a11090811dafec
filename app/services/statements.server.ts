/** What a person states by hand about one enterprise: itself, a year's figures, a title. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { isAppError } from '../db/errors.ts';
import { ENTERPRISE_FIELDS, TITLE_FIELDS, YEAR_FIELDS, type FieldDefinition } from '../rules/facts/fields.ts';
import { checkUscc } from '../rules/facts/uscc.ts';
import { submit } from './door.server.ts';
import type { ChangeResult, FactChange } from './fact-change.ts';
import { recordFacts } from './facts.server.ts';
import { checkFacts, readFields, readStatedBy, type FieldErrors } from './forms.server.ts';

/** Fields of the enterprise that a form may state; the code has a way of its own. */
export const EDITABLE_FIELDS: readonly FieldDefinition[] = ENTERPRISE_FIELDS.filter(
  ({ key }) => key !== 'uscc' && key !== 'formerNames',
);

export type Stated =
  | { ok: true; message: string; uscc?: string }
  /** `status`: 409 where somebody else changed one of the fields meanwhile. */
  | { ok: false; errors: FieldErrors; status?: number };

/** Field of a form that holds the texts it was opened with, as JSON. */
const SHOWN = 'shown';

interface Context {
  db: Db;
  clock: Clock;
  actor: string;
}

const failed = (errors: FieldErrors): Stated => ({ ok: false, errors });

/** The texts that the form was opened with; null where it does not tell. */
function shownIn(form: FormData): Record<string, unknown> | null {
  try {
    const shown: unknown = JSON.parse(String(form.get(SHOWN) ?? 'null'));
    return typeof shown === 'object' && shown !== null ? (shown as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/**
 * Keeps of a form only the fields that were changed in it, tells which were emptied, and which of them somebody else
 * has changed since the form was opened (`stale`): those are not overwritten unseen.
 * @param current the texts as they are on record now
 */
function changedOnly(form: FormData, current: Readonly<Record<string, string>>) {
  const shown = shownIn(form) ?? current;
  const changed = new FormData();
  const cleared: string[] = [];
  const stale: string[] = [];
  for (const [key, value] of form) {
    if (typeof value !== 'string' || key === SHOWN) continue;
    const [typed, before, now] = [value.trim(), String(shown[key] ?? ''), current[key] ?? ''];
    if (typed === before || (typed === now && key in current)) continue;
    if (before !== now && key in current) stale.push(key);
    if (typed === '' && now) cleared.push(key);
    changed.set(key, value);
  }
  return { changed, cleared, stale };
}

/** What the form is told about fields that somebody else has changed meanwhile. */
function staleErrors(
  stale: readonly string[],
  fields: readonly FieldDefinition[],
  current: Readonly<Record<string, string>>,
): Stated | null {
  if (stale.length === 0) return null;
  const label = (key: string) => fields.find((field) => field.key === key)?.label ?? key;
  const errors = Object.fromEntries(
    stale.map((key) => [
      key,
      `${label(key)}：您打开后已有人改为“${current[key] || '空'}”，核对后再次保存即以您填的为准`,
    ]),
  );
  return { ok: false, errors, status: 409 };
}

/** What came of a statement, in one sentence. */
function said(result: ChangeResult, done: string): Stated {
  if (result.outcome === 'rejected') return failed({ '': result.reason });
  const doubts = result.flags.map((flag) => flag.message).join('；');
  const head = result.outcome === 'unchanged' ? '与已有记录相同，未作改动' : done;
  return { ok: true, message: doubts ? `${head}。提示：${doubts}` : head };
}

async function record({ db, clock, actor }: Context, change: FactChange): Promise<ChangeResult> {
  const results = await db.write((tx) => recordFacts(tx, clock, [change], { actor }));
  return results[0]!;
}

/** Adds an enterprise; a code on record already (also a former one) is refused, with where it leads. */
export async function addEnterprise(context: Context, form: FormData): Promise<Stated> {
  const checked = checkUscc(String(form.get('uscc') ?? ''));
  const { input, errors } = readFields(form, EDITABLE_FIELDS);
  if (!checked.ok) errors.uscc = checked.reason;
  if (input.name === undefined) errors.name ??= '请填写企业名称';
  const { source, knownAt } = readStatedBy(form, context.clock.today(), errors);
  const facts = checkFacts(input, EDITABLE_FIELDS, '', errors);
  if (!facts || !checked.ok) return failed(errors);
  if (knownCode(context.db, checked.code)) {
    return failed({ uscc: `代码 ${checked.code} 已有记录，请改为更正该企业` });
  }
  const { provenance: _provenance, flags: _flags, ...values } = facts;
  const change = { kind: 'enterprise', uscc: checked.code, values, source, knownAt } as const;
  const done = said(await record(context, change), `已新增 ${facts.name ?? checked.code}`);
  return done.ok ? { ...done, uscc: checked.code } : done;
}

const knownCode = (db: Db, code: string): boolean =>
  db.raw.prepare('SELECT 1 FROM EnterpriseCode WHERE code = ?').get(code) !== undefined;

/** Corrects fields of the enterprise itself. `current`: the texts of its fields as they are now. */
export async function correctEnterprise(
  context: Context,
  enterpriseId: number,
  form: FormData,
  current: Readonly<Record<string, string>>,
): Promise<Stated> {
  const { changed, cleared, stale } = changedOnly(form, current);
  const conflict = staleErrors(stale, EDITABLE_FIELDS, current);
  if (conflict) return conflict;
  const { input, errors } = readFields(changed, EDITABLE_FIELDS);
  if (cleared.includes('name')) errors.name = '企业名称不能为空';
  const { source, knownAt } = readStatedBy(form, context.clock.today(), errors);
  const facts = checkFacts(input, EDITABLE_FIELDS, '', errors);
  if (!facts) return failed(errors);
  const { provenance: _provenance, flags: _flags, ...values } = facts;
  const clear = EDITABLE_FIELDS.map(({ key }) => key).filter((key) => cleared.includes(key));
  if (Object.keys(input).length + clear.length === 0) return { ok: true, message: '没有改动' };
  return said(
    await record(context, { kind: 'enterprise', enterpriseId, values, clear, source, knownAt }),
    '已更正企业信息',
  );
}

/** States or corrects figures of one year. `current`: the texts of its fields as they are now. */
export async function stateFigures(
  context: Context,
  enterpriseId: number,
  year: number,
  form: FormData,
  current: Readonly<Record<string, string>>,
): Promise<Stated> {
  const fields = FIGURE_FIELDS;
  const { changed, cleared, stale } = changedOnly(form, current);
  const conflict = staleErrors(stale, fields, current);
  if (conflict) return conflict;
  const { input, errors } = readFields(changed, fields);
  const { source, knownAt } = readStatedBy(form, context.clock.today(), errors);
  const facts = checkFacts({ years: { [year]: input } }, fields, `years.${year}.`, errors);
  if (!facts) return failed(errors);
  const clear = fields.map(({ key }) => key).filter((key) => cleared.includes(key));
  if (Object.keys(input).length + clear.length === 0) return { ok: true, message: '没有改动' };
  const values = facts.years?.[String(year)] ?? {};
  return said(
    await record(context, { kind: 'figures', enterpriseId, year, values, clear, source, knownAt }),
    `已保存 ${year} 年数据`,
  );
}

/** Figures that a form offers; the year's conversions are kept elsewhere and come by import. */
export const FIGURE_FIELDS: readonly FieldDefinition[] = YEAR_FIELDS.filter(
  ({ key }) => key !== 'conversions',
);

/** Records a title that an authority has announced. */
export async function stateTitle(context: Context, enterpriseId: number, form: FormData): Promise<Stated> {
  const { input, errors } = readFields(form, TITLE_FIELDS);
  const { source, knownAt } = readStatedBy(form, context.clock.today(), errors);
  if (!input.scheme) errors.scheme = '请选择称号';
  if (!input.grantedOn) errors.grantedOn ??= '请填写发证日期';
  const facts = checkFacts({ titles: [input] }, TITLE_FIELDS, 'titles.0.', errors);
  const title = facts?.titles?.[0];
  if (!title?.grantedOn) return failed(errors);
  const { scheme, ...certificate } = title;
  const result = await submit(context.db, context.clock, {
    enterpriseId,
    scheme,
    type: 'certify',
    effectiveOn: title.grantedOn,
    knownAt,
    actor: context.actor,
    reason: String(form.get('reason') ?? '').trim() || null,
    payload: { ...certificate, source },
  });
  if (!result.ok) return failed({ '': result.reason });
  if (result.unchanged) return { ok: true, message: '与已有记录相同，未作改动' };
  const doubts = result.flags.join('；');
  return { ok: true, message: doubts ? `已登记称号。提示：${doubts}` : '已登记称号' };
}

/** Turns a refusal of a service into the form's own error. */
export async function orRefusal(work: Promise<Stated>): Promise<Stated> {
  try {
    return await work;
  } catch (error) {
    if (isAppError(error)) return failed({ '': error.userMessage });
    throw error;
  }
}
