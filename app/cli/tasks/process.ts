import { spawn, type StdioOptions } from 'node:child_process';
import { root } from '../paths.ts';

interface RunOptions {
  env?: NodeJS.ProcessEnv;
  /** 'inherit' shows the output as it comes; 'capture' returns it; 'result' shows progress and returns the result. */
  output?: 'inherit' | 'capture' | 'result';
}

export interface RunResult {
  code: number;
  /** What was captured: both streams in the order they came, or standard output alone. */
  output: string;
}

const streams = {
  inherit: 'inherit',
  capture: ['ignore', 'pipe', 'pipe'],
  result: ['ignore', 'pipe', 'inherit'],
} satisfies Record<string, StdioOptions>;

/**
 * Runs a JavaScript or TypeScript file under this very Node, without a shell.
 * @returns the exit code; a process ended by a signal counts as 1
 */
export function runNode(script: string, args: string[], options: RunOptions = {}): Promise<RunResult> {
  const { env = process.env, output: mode = 'inherit' } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      env,
      stdio: streams[mode],
    });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
