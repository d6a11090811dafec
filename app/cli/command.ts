/** What every command is made of: arguments, output, the database. */
import { once } from 'node:events';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { actionText, choice, countText, dayText, momentText, readText } from '../services/parameters.ts';

/** Where a command reads and writes; tests pass their own. */
export interface CommandIo {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

export interface CommandModule {
  readonly usage: string;
  run(argv: readonly string[], io: CommandIo): Promise<number>;
}

/** A wrong call, in words for the user; exit code 2. */
export class CommandError extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;

const COMMON = { db: { type: 'string' }, json: { type: 'boolean' } } as const;

/**
 * Reads arguments strictly; `--db` and `--json` are always there.
 * @throws CommandError naming the wrong option
 */
export function readArguments<const O extends Options>(argv: readonly string[], options: O, most = 0) {
  const parsed = parse(argv, options);
  if (parsed.positionals.length > most) throw new CommandError(`多余的参数：${parsed.positionals[most]}`);
  return parsed;
}

function parse<const O extends Options>(argv: readonly string[], options: O) {
  try {
    return parseArgs({
      args: [...argv],
      options: { ...COMMON, ...options },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const option = /'(-{1,2}[^'\s]+)/.exec(message)?.[1] ?? '';
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw new CommandError(`没有这个选项：${option}`);
    if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
      throw new CommandError(`选项 ${option} ${message.includes('does not take') ? '不带值' : '需要一个值'}`);
    }
    throw error;
  }
}

/** Writes a line of the result, waiting while the reader is slower. */
export async function printLine(io: CommandIo, line: string): Promise<void> {
  if (!io.stdout.write(`${line}\n`)) await once(io.stdout, 'drain');
}

export const printJson = (io: CommandIo, value: unknown): Promise<void> =>
  printLine(io, JSON.stringify(value));

/** Progress and remarks. */
export const say = (io: CommandIo, text: string): void => void io.stderr.write(`${text}\n`);

/** Progress at most twice a second, on one line where it is a terminal. */
export function progress(io: CommandIo, what: string): (done: number, total: number) => void {
  let last = 0;
  return (done, total) => {
    const now = performance.now();
    if (done < total && now - last < 500) return;
    last = now;
    say(io, `${what} ${done} / ${total}`);
  };
}

/** One of the values allowed. @throws AppError `invalid` */
export const oneOf = <const V extends string>(
  value: string | undefined,
  allowed: readonly V[],
  option: string,
): V | undefined => (value === undefined ? undefined : (readText(choice(allowed), value, option) as V));

/** A calendar day. @throws AppError `invalid` */
export const dayOption = (value: string | undefined, option: string): string | undefined =>
  value === undefined ? undefined : readText(dayText, value, option);

/** The kind of application, `--action`; a new one where none is named. @throws AppError `invalid` */
export const actionOption = (value: string | undefined): 'new' | 'renewal' | 'annual' =>
  value === undefined ? 'new' : readText(actionText, value, '--action');

/** A whole number above 0. @throws AppError `invalid` */
export const countOption = (value: string | undefined, option: string): number | undefined =>
  value === undefined ? undefined : readText(countText, value, option);

/** A day (through its end) or an instant, `--known-at`; null for all that is known now. @throws AppError `invalid` */
export const timeOption = (value: string | undefined): string | null =>
  value === undefined ? null : readText(momentText, value, '--known-at');

/** Columns side by side for the eye; Chinese characters take two places. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, places(cell))));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - places(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const places = (text: string) =>
  [...text].reduce((sum, c) => sum + (c.codePointAt(0)! > 0x2e7f || '“”—…（）'.includes(c) ? 2 : 1), 0);
