import { systemClock } from '../../services/database.server.ts';
import { sweep } from '../../services/sweep.server.ts';
import { printJson, printLine, progress, readArguments, type CommandIo } from '../command.ts';
import { writing } from '../with-database.ts';

export const usage = `
用法：tidu sweep [--json] [--db 文件]

每日清扫：登记到期、进入到期窗口、年报开始与逾期。服务运行时每天自动进行；同一天重复运行不再登记。`;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values } = readArguments(argv, {});
  return writing(values.db, false, async (db) => {
    const result = await sweep(db, systemClock, progress(io, '已清扫'));
    if (values.json) await printJson(io, result);
    else await printLine(io, `查看企业 ${result.enterprises} 家，登记事件 ${result.events} 个`);
    return 0;
  });
}
