import { restore } from '../../services/backup.server.ts';
import { systemClock } from '../../services/clock.server.ts';
import { CommandError, printJson, readArguments, type CommandIo } from '../command.ts';
import { databaseFile } from '../with-database.ts';

export const usage = `
用法：tidu restore 备份文件 [--db 文件]

用备份替换数据库；原有数据库改名保留在旁。服务运行期间会拒绝。`;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments(argv, {}, 1);
  const file = positionals[0];
  if (file === undefined) throw new CommandError('缺少备份文件');
  const target = databaseFile(values.db);
  const kept = restore(systemClock, file, target);
  await printJson(io, { ok: true, file: target, kept });
  return 0;
}
