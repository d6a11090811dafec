/** What a judging leaves behind, for those who explain it. */
import type { Facts } from '../facts/parse.ts';
import type { CompiledRule, Panel } from './compile.ts';
import type { Slots } from './quantity.ts';
import type { Sheet } from './sheet.ts';
import type { Moment } from './types.ts';

/** Everything an explanation needs; the sheet must have been judged from the slots. */
export interface Judged {
  readonly panel: Panel;
  readonly compiled: CompiledRule;
  readonly facts: Facts;
  readonly moment: Moment;
  readonly slots: Slots;
  readonly sheet: Sheet;
}
