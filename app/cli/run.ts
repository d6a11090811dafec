// Runs one task under the bundled Node. Started by launch.mjs, which has installed what is needed.
import { say } from './paths.ts';
import { ensureClient } from './tasks/prepare.ts';

type Task = (args: string[]) => Promise<number>;

/** Each task is imported only when it is asked for, so that `tidu` does not load a build tool. */
const tasks: Record<string, () => Promise<Task>> = {
  tidu: async () => (await import('./tasks/command.ts')).command,
  build: async () => (await import('./tasks/prepare.ts')).build,
  demo: async () => (await import('./tasks/demo.ts')).demo,
  start: async () => (await import('./tasks/start.ts')).start,
  dev: async () => (await import('./tasks/dev.ts')).dev,
  test: async () => (await import('./tasks/test.ts')).test,
  office: async () => (await import('./tasks/office.ts')).office,
  check: async () => (await import('./tasks/check.ts')).check,
  bench: async () => (await import('./tasks/bench.ts')).bench,
};

// A reader that has seen enough (`tidu … | head`) closes the pipe: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const [name = '', ...args] = process.argv.slice(2);
const load = tasks[name];
if (!load) {
  say(`没有这个任务：${name || '（空）'}。可用：${Object.keys(tasks).join('、')}`);
  process.exitCode = 2;
} else {
  try {
    await ensureClient();
    const task = await load();
    process.exitCode = await task(args);
  } catch (error) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 2;
  }
}
