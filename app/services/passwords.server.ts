/** Passwords: how they are hashed, what is asked of them, and one-time ones. */
import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { AppError } from '../db/errors.ts';

const MIN_LENGTH = 10;
const MAX_LENGTH = 200;

/** The same password typed on another keyboard is the same. */
const plain = (password: string) => password.normalize('NFC');

/** Argon2id with the parameters that OWASP names (19 MiB, 2 passes). Takes tens of milliseconds, off the main thread. */
export const hashPassword = (password: string): Promise<string> =>
  hash(plain(password), { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

let nobody: Promise<string> | undefined;

/** Checks a password; against nobody's hash it takes as long and is false, so that names cannot be found out by time. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const against = stored ?? (await (nobody ??= hashPassword('nobody')));
  const fits = await verify(against, plain(password).slice(0, MAX_LENGTH)).catch(() => false);
  return fits && stored !== null;
}

/** @throws AppError `invalid` with what is wrong with a new password */
export function requireGoodPassword(password: string, username: string): void {
  const length = [...password].length;
  if (length < MIN_LENGTH) throw new AppError('invalid', `密码至少 ${MIN_LENGTH} 个字符`);
  if (length > MAX_LENGTH) throw new AppError('invalid', `密码最多 ${MAX_LENGTH} 个字符`);
  if (password.toLowerCase().includes(username.toLowerCase())) {
    throw new AppError('invalid', '密码不能包含用户名');
  }
  if (new Set(password).size < 4) throw new AppError('invalid', '密码过于简单，请使用更多不同的字符');
}

/** Letters and digits that are not mistaken for one another when read aloud or copied by hand. */
const CLEAR = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A random text of four groups such as `k7mp-x3wd-9fha-2tqe` (79 bits). */
export function oneTimeText(): string {
  const group = () => Array.from({ length: 4 }, () => CLEAR[randomInt(CLEAR.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
