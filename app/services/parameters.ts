/** Values that are asked for by text, on the command line and by addresses alike: how each is written. */
import { z } from 'zod';
import { AppError } from '../db/errors.ts';
import { isDay } from '../rules/day.ts';

/** A calendar day. */
export const dayText = z.string().refine(isDay, '应写作 YYYY-MM-DD 且真实存在').meta({ format: 'date' });

/** A day (through its end) or an instant; the latter is brought to UTC. */
export const momentText = z.string().transform((text, context) => {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    if (isDay(text)) return text;
    context.addIssue({ code: 'custom', message: '应写作 YYYY-MM-DD 且真实存在' });
    return z.NEVER;
  }
  if (/^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text)))
    return new Date(text).toISOString();
  context.addIssue({ code: 'custom', message: '应为日期或时刻' });
  return z.NEVER;
});

/** A whole number above 0. */
export const countText = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, '应为正整数')
  .transform(Number);

/** One of the values allowed. */
export const choice = <const V extends string>(values: readonly V[]) =>
  z.enum(values, { error: `应为 ${values.join('、')} 之一` });

/** Kinds of application. */
export const actionText = choice(['new', 'renewal', 'annual']);

/**
 * Reads a text.
 * @param name how the user calls the value: `--on`, `on`
 * @throws AppError `invalid`, naming it and what was given
 */
export function readText<T>(type: z.ZodType<T, string>, text: string, name: string): T {
  const read = type.safeParse(text);
  if (read.success) return read.data;
  throw new AppError('invalid', `${name} ${read.error.issues[0]!.message}，现为 ${text}`);
}
