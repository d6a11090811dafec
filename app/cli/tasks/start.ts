import { serve } from '../serve.ts';
import { say } from '../paths.ts';
import { ensureBuild } from './prepare.ts';

/** The production start: builds when the source has changed, then serves the configured database. */
export async function start(): Promise<number> {
  if (!(await ensureBuild())) return 1;
  return serve({ onListening: (url) => say(`梯度已启动：${url}（停止：Ctrl-C）`) });
}
