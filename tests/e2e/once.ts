// What all files of a run of browser tests need alike is made by the first that asks and copied for everybody.
import fs from 'node:fs';
import path from 'node:path';
import { inject } from 'vitest';
import { withLock } from '../../app/cli/lock.mjs';

/** Makes a database at a path, or adds to the one there; nobody else may have it open. */
export type Fill = (file: string) => Promise<unknown>;

/** The same database for every file of the run, with what stands beside it, such as files handed in. */
export const once =
  (name: string, make: Fill): Fill =>
  async (file) => {
    const master = path.join(inject('once'), name);
    const wait = () => {};
    await withLock(`${master}.lock`, wait, async () => {
      if (fs.existsSync(master)) return;
      const unfinished = `${master}.unfinished`;
      // Left by a file that failed to make it.
      fs.rmSync(unfinished, { recursive: true, force: true });
      fs.mkdirSync(unfinished);
      await make(path.join(unfinished, path.basename(file)));
      fs.renameSync(unfinished, master);
    });
    fs.cpSync(master, path.dirname(file), { recursive: true });
  };
