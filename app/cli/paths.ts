import path from 'node:path';

/** The folder that holds package.json, whatever the working directory. */
export const root = path.resolve(import.meta.dirname, '../..');

/** An absolute path inside the project. */
export const inRoot = (...parts: string[]) => path.join(root, ...parts);

/** Prints progress; standard output is kept for results. */
export const say = (text: string) => void process.stderr.write(`${text}\n`);
