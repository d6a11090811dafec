import { spawn } from 'node:child_process';
import { root } from '../paths.ts';

interface RunOptions {
  env?: NodeJS.ProcessEnv;
  /** 'inherit' shows the output as it comes; 'capture' returns it. */
  output?: 'inherit' | 'capture';
}

export interface RunResult {
  code: number;
  /** Standard output and error in the order they came; empty when inherited. */
  output: string;
}

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
      stdio: mode === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
