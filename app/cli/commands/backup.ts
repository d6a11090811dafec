import { backup } from '../../services/backup.server.ts';
import { CommandError, printJson, progress, readArguments, type CommandIo } from '../command.ts';
import { reading } from '../with-database.ts';

export const usage = `
用法：tidu backup 文件 [--db 文件]

把数据库某一时刻的完整副本写到一个新文件；服务运行时也可以。`;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments(argv, {}, 1);
  const file = positionals[0];
  if (file === undefined) throw new CommandError('缺少备份文件名');
  return reading(values.db, async (db) => {
    await backup(db, file, progress(io, '已写页'));
    await printJson(io, { ok: true, file });
    return 0;
  });
}
