import fs from 'node:fs';
import { TABLE_KINDS } from '../../services/export-facts.server.ts';
import { importTemplate } from '../../services/template.server.ts';
import { CommandError, oneOf, readArguments, say, type CommandIo } from '../command.ts';

export const usage = `
用法：tidu template 种类 --out 文件.xlsx

写出导入模板，含填写说明与下拉。种类：${TABLE_KINDS.join('、')}。`;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments(argv, { out: { type: 'string' } }, 1);
  const kind = oneOf(positionals[0], TABLE_KINDS, '种类');
  if (kind === undefined || values.out === undefined)
    throw new CommandError('用法：tidu template 种类 --out 文件.xlsx');
  fs.writeFileSync(values.out, await importTemplate(kind));
  say(io, `模板写到 ${values.out}`);
  return 0;
}
