import { systemClock } from '../../services/clock.server.ts';
import { factsList, TABLE_KINDS } from '../../services/export-facts.server.ts';
import { writeListFile } from '../../services/export.server.ts';
import { CommandError, oneOf, printJson, readArguments, type CommandIo } from '../command.ts';
import { reading } from '../with-database.ts';

export const usage = `
用法：tidu export 种类 --out 文件.xlsx [--db 文件]

把库中数据导出为表格，可以再导入。种类：${TABLE_KINDS.join('、')}。`;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments(argv, { out: { type: 'string' } }, 1);
  const kind = oneOf(positionals[0], TABLE_KINDS, '种类');
  const { out } = values;
  if (kind === undefined || out === undefined)
    throw new CommandError('用法：tidu export 种类 --out 文件.xlsx');
  return reading(values.db, async (db) => {
    const list = factsList(db, kind);
    const lines = ['全部未并入其他记录的企业；金额单位万元；空白为未知'];
    const rows = await writeListFile(out, list, { title: list.name, asOf: systemClock.today(), lines });
    await printJson(io, { rows, file: out });
    return 0;
  });
}
