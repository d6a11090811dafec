/** The key with which reviews are sealed. It never stands in the database, so that a backup does not carry it. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { env } from '../env.server.ts';
import { AppError } from './errors.ts';

export interface SealKey {
  /** Tells keys apart without giving anything away; stored with each seal. */
  readonly id: string;
  /** HMAC-SHA-256 of a text, hexadecimal. */
  sign(text: string): string;
}

/** Where the key of a database lies when it is not in the environment. */
export const sealKeyFile = (databaseFile: string): string =>
  env().TIDU_SEAL_KEY_FILE ? path.resolve(env().TIDU_SEAL_KEY_FILE!) : `${databaseFile}.seal-key`;

const keyOf = (secret: string): SealKey => ({
  id: createHash('sha256').update(`tidu seal key id\n${secret}`).digest('hex').slice(0, 16),
  sign: (text) => createHmac('sha256', secret).update(text).digest('hex'),
});

/**
 * The key as it is there: from the environment, else from its file.
 * @throws AppError `database` where the file holds no key
 */
export function readSealKey(databaseFile: string): SealKey | null {
  const given = env().TIDU_SEAL_KEY;
  if (given) return keyOf(given);
  const file = sealKeyFile(databaseFile);
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError('database', `封存密钥读不出：${file}`, { cause: error });
  }
  if (text.length < 32) throw new AppError('database', `封存密钥文件已损坏：${file}`);
  return keyOf(text);
}

/** The key, made at its first use, readable by the program's own user alone. */
export function ensureSealKey(databaseFile: string): SealKey {
  const known = readSealKey(databaseFile);
  if (known) return known;
  const file = sealKeyFile(databaseFile);
  try {
    fs.writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new AppError('database', `封存密钥写不下：${file}`, { cause: error });
  }
  return readSealKey(databaseFile)!;
}
