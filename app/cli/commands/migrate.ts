import { printJson, readArguments, type CommandIo } from '../command.ts';
import { databaseFile, writing } from '../with-database.ts';

export const usage = `
用法：tidu migrate [--db 文件]

把数据库结构升级到本程序的版本；没有数据库时新建。服务运行期间会拒绝。`;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values } = readArguments(argv, {});
  return writing(values.db, true, async () => {
    await printJson(io, { ok: true, file: databaseFile(values.db) });
    return 0;
  });
}
