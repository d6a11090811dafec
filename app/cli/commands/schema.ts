import { SCHEMA_NAMES, schemaText } from '../../services/json-schema.server.ts';
import { CommandError, oneOf, printLine, readArguments, type CommandIo } from '../command.ts';

export const usage = `
用法：tidu schema facts|verdict

打印企业事实或判定结论的 JSON Schema，由程序校验所用的同一定义生成。`;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { positionals } = readArguments(argv, {}, 1);
  const name = oneOf(positionals[0], SCHEMA_NAMES, '名称');
  if (name === undefined) throw new CommandError(`缺少名称：${SCHEMA_NAMES.join('、')}`);
  await printLine(io, schemaText(name));
  return 0;
}
