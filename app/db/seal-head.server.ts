/** The file with the head of the chain of seals. It lies beside the key, since what the database alone says of its own end can be cut off. */
import fs from 'node:fs';
import path from 'node:path';
import { AppError } from './errors.ts';
import { sealKeyFile } from './seal-key.server.ts';

/** Where the head of a database's seals lies: in the folder of its key. */
export const sealHeadFile = (databaseFile: string): string =>
  path.join(path.dirname(sealKeyFile(databaseFile)), `${path.basename(databaseFile)}.seal-head`);

/**
 * The text of the head file; null where there is none.
 * @throws AppError `database` where it is there but cannot be read
 */
export function readSealHeadText(databaseFile: string): string | null {
  const file = sealHeadFile(databaseFile);
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError('database', `封存末号文件读不出：${file}`, { cause: error });
  }
}

/**
 * Puts the text in the place of the head file, whole or not at all, for the program's own user alone.
 * @throws AppError `database`
 */
export function writeSealHeadText(databaseFile: string, text: string): void {
  const file = sealHeadFile(databaseFile);
  const partial = `${file}.${process.pid}.partial`;
  try {
    fs.rmSync(partial, { force: true });
    const handle = fs.openSync(partial, 'wx', 0o600);
    try {
      fs.writeSync(handle, text);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    fs.renameSync(partial, file);
    syncFolder(path.dirname(file));
  } catch (error) {
    throw new AppError('database', `封存末号文件写不下：${file}`, { cause: error });
  }
}

/** Makes the renaming last. Windows opens no folder; there the file's own flush has to do. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}
