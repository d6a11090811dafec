import { main } from '../tidu.ts';

/** The `tidu` command: results on standard output, progress on standard error. */
export const command = (args: string[]): Promise<number> =>
  main(args, { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr });
