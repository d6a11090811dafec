/** Where a command reads and writes; tests pass their own. */
export interface CommandIo {
  stdin: NodeJS.ReadableStream;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
}

/** Runs one command. @returns the exit code: 0 done, 1 done with rejections, 2 wrong call */
export async function main(argv: string[], io: CommandIo): Promise<number> {
  io.stderr.write(`没有这个命令：${argv[0] ?? ''}\n`);
  return 2;
}
