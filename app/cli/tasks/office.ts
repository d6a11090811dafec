import { ensureBuild } from './prepare.ts';
import { runSuites } from './suites.ts';
import { totalLine } from './test.ts';

/** The files that a review hands out, opened by LibreOffice where it is installed; says skipped where it is not. */
export async function office(): Promise<number> {
  if (!(await ensureBuild())) return 1;
  const summary = await runSuites(['--project', 'office']);
  for (const { name, reason } of summary.skipped) process.stdout.write(`跳过：${reason}（${name}）\n`);
  process.stdout.write(`${totalLine([summary])}\n`);
  return summary.failed > 0 ? 1 : 0;
}
