import { systemClock } from '../../services/database.server.ts';
import { rebuild } from '../../services/rebuild.server.ts';
import { printJson, printLine, progress, readArguments, type CommandIo } from '../command.ts';
import { writing } from '../with-database.ts';

export const usage = `
用法：tidu rebuild [--json] [--db 文件]

由事件日志重建全部状态、停留区间、称号、最高称号与存量汇总。事件本身不变；中途失败则一切照旧。`;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values } = readArguments(argv, {});
  return writing(values.db, false, async (db) => {
    const result = await rebuild(db, systemClock, progress(io, '已重建'));
    const { enterprises, events, spans } = result;
    if (values.json) await printJson(io, result);
    else await printLine(io, `企业 ${enterprises} 家，事件 ${events} 个，停留区间 ${spans} 段：已重建`);
    return 0;
  });
}
