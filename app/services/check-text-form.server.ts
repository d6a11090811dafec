/** The form of the figure checker: a text pasted or a file, how figures were rounded, what to compare with. */
import { AppError } from '../db/errors.ts';
import { ROUNDINGS, type Rounding } from '../pipeline/figures/exact.ts';
import { isDay, type Day } from '../rules/day.ts';
import { checkedText, reportText } from './report-text.server.ts';

export type CheckForm =
  | {
      ok: true;
      text: string;
      rounding: Rounding;
      /** The day of the register to compare with; null: not at all. */
      on: Day | null;
      /** Code of the park to compare within; '' for all. */
      within: string;
    }
  | { ok: false; errors: Record<string, string> };

/** Reads the form; a file handed in goes before what was pasted. */
export async function readCheckForm(form: FormData): Promise<CheckForm> {
  const field = (name: string) => String(form.get(name) ?? '').trim();
  const errors: Record<string, string> = {};
  const file = form.get('file');
  const handedIn = file instanceof File && file.name !== '';
  let text = '';
  try {
    text = handedIn
      ? reportText(file.name, new Uint8Array(await file.arrayBuffer()))
      : checkedText(String(form.get('text') ?? '').replaceAll('\r\n', '\n'));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (handedIn) errors.file = error.userMessage;
    else errors.text = error.userMessage === '没有文字' ? '请粘贴文字，或选择文件' : error.userMessage;
  }
  const on = field('on');
  const compares = field('compare') === 'on';
  if (compares && !isDay(on)) errors.on = '请填写截至日期';
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const rounding = ROUNDINGS.find((each) => each === field('rounding')) ?? 'halfUp';
  return { ok: true, text, rounding, on: compares && isDay(on) ? on : null, within: field('within') };
}
