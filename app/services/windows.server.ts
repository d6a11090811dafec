/** Official windows, as operators keep them. Nothing is overwritten: a change ends the entry and adds another. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import type { Tx } from '../db/writer.server.ts';
import { REGIONS } from '../pipeline/regions.ts';
import { WINDOW_KINDS, type WindowEntry } from '../pipeline/windows.ts';
import { isDay, yearOf } from '../rules/day.ts';
import { SCHEME_BY_ID } from '../rules/schemes.ts';

export type NewWindow = Omit<WindowEntry, 'id'>;
export type WindowErrors = Partial<Record<keyof NewWindow | '', string>>;

const LONGEST = 300;
const DAY_FORM = '应写作 2026-04-01 这样的日期';

/** What is wrong with an entry, by field. */
export function windowErrors(input: NewWindow): WindowErrors {
  const errors: WindowErrors = {};
  if (!SCHEME_BY_ID.has(input.scheme)) errors.scheme = '请选择称号';
  if (!WINDOW_KINDS.some(({ id }) => id === input.kind)) errors.kind = '请选择事项';
  if (!REGIONS.some(({ code }) => code === input.region)) errors.region = '请选择地区';
  if (input.label === '') errors.label = '请填写名称';
  if (input.reference === '') errors.reference = '请填写依据：文号、公告或来源';
  for (const key of ['label', 'reference', 'link', 'doubt'] as const) {
    if ((input[key]?.length ?? 0) > LONGEST) errors[key] = `不超过 ${LONGEST} 字`;
  }
  if (input.link !== null && !/^https?:\/\/\S+$/.test(input.link))
    errors.link = '网址应以 http:// 或 https:// 开头';
  if (!isDay(input.closesOn)) errors.closesOn = `截止日期${DAY_FORM}`;
  if (input.opensOn !== null && !isDay(input.opensOn)) errors.opensOn = `开始日期${DAY_FORM}`;
  else if (input.opensOn !== null && isDay(input.closesOn) && input.opensOn > input.closesOn) {
    errors.opensOn = '开始日期不能晚于截止日期';
  }
  if (
    input.lastYear !== null &&
    !(input.yearly && isDay(input.closesOn) && input.lastYear >= yearOf(input.closesOn))
  ) {
    errors.lastYear = '最后年度须为每年重复的事项，且不早于首次截止的年度';
  }
  return errors;
}

const same = (a: NewWindow, b: NewWindow) =>
  (Object.keys(a) as (keyof NewWindow)[]).every((key) => a[key] === b[key]);

function inForce(tx: Tx, id: number): NewWindow | undefined {
  const row = tx
    .prepare<NewWindow & { yearly: unknown }>(
      `SELECT scheme, kind, region, label, opensOn, closesOn, yearly, lastYear, reference, link, doubt
       FROM OfficialWindow WHERE id = ? AND endedAt IS NULL`,
    )
    .get(id);
  return row && { ...row, yearly: Boolean(row.yearly) };
}

function end(tx: Tx, id: number, actor: string, at: string): void {
  tx.prepare('UPDATE OfficialWindow SET endedBy = ?, endedAt = ? WHERE id = ?').run(actor, at, id);
}

/**
 * Adds an entry, or puts it in the place of another.
 * @param replaces id of the entry it corrects
 * @throws AppError `invalid`; `conflict` where the entry to correct is no longer in force
 */
export async function keepWindow(
  db: Db,
  clock: Clock,
  input: NewWindow,
  { actor, replaces = null }: { actor: string; replaces?: number | null },
): Promise<void> {
  const first = Object.values(windowErrors(input))[0];
  if (first !== undefined) throw new AppError('invalid', first);
  await db.write((tx) => {
    const at = clock.now();
    if (replaces !== null) {
      const old = inForce(tx, replaces);
      if (!old) throw new AppError('conflict', '这一窗口已被他人更改或停用，请重新打开页面');
      if (same(input, old)) return;
      end(tx, replaces, actor, at);
    }
    tx.prepare(
      `INSERT INTO OfficialWindow (scheme, kind, region, label, opensOn, closesOn, yearly, lastYear, reference, link,
         doubt, enteredBy, enteredAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      input.scheme,
      input.kind,
      input.region,
      input.label,
      input.opensOn,
      input.closesOn,
      input.yearly ? 1 : 0,
      input.lastYear,
      input.reference,
      input.link,
      input.doubt,
      actor,
      at,
    );
  });
}

/** Takes an entry out of force; it stays on record. @throws AppError `conflict` where it is not in force */
export async function endWindow(db: Db, clock: Clock, id: number, actor: string): Promise<void> {
  await db.write((tx) => {
    if (!inForce(tx, id)) throw new AppError('conflict', '这一窗口已被他人更改或停用，请重新打开页面');
    end(tx, id, actor, clock.now());
  });
}

export type WindowOutcome =
  { readonly ok: true; readonly message: string } | { readonly ok: false; readonly errors: WindowErrors };

/** Keeps or ends a window as a form says. */
export async function windowFromForm(
  db: Db,
  clock: Clock,
  actor: string,
  form: FormData,
): Promise<WindowOutcome> {
  const text = (name: string) =>
    String(form.get(name) ?? '')
      .normalize('NFC')
      .trim();
  const id = Number(text('id')) || null;
  if (text('do') === 'end' && id !== null) {
    await endWindow(db, clock, id, actor);
    return { ok: true, message: '已停用该窗口' };
  }
  const lastYear = text('lastYear');
  const input: NewWindow = {
    scheme: text('scheme'),
    kind: text('kind') as NewWindow['kind'],
    region: text('region'),
    label: text('label'),
    opensOn: text('opensOn') || null,
    closesOn: text('closesOn'),
    yearly: form.get('yearly') === 'on',
    lastYear: lastYear === '' ? null : Number(lastYear),
    reference: text('reference'),
    link: text('link') || null,
    doubt: text('doubt') || null,
  };
  const errors = windowErrors(input);
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  await keepWindow(db, clock, input, { actor, replaces: id });
  return { ok: true, message: `已保存：${input.label}` };
}
