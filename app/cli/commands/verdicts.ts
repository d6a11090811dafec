import { systemClock } from '../../services/database.server.ts';
import { refreshVerdicts } from '../../services/verdicts.server.ts';
import { printJson, printLine, progress, readArguments, type CommandIo } from '../command.ts';
import { writing } from '../with-database.ts';

export const usage = `
用法：tidu verdicts [--all] [--json] [--db 文件]

更新库中全部企业的判定：事实、规则或录入值有变，或结论已过有效日的，重新判定。服务运行时自动进行。
  --all   全部重新判定，不论是否过期`;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values } = readArguments(argv, { all: { type: 'boolean' } });
  return writing(values.db, false, async (db) => {
    let judged = 0;
    const tell = progress(io, '已判定');
    await refreshVerdicts(db, systemClock, {
      thorough: true,
      ...(values.all ? { all: true } : {}),
      onProgress: (done, of) => {
        judged = done;
        tell(done, of);
      },
    });
    if (values.json) await printJson(io, { judged });
    else await printLine(io, judged === 0 ? '全部判定都是最新的' : `重新判定 ${judged} 家`);
    return 0;
  });
}
