import { findNamed } from '../../services/import/find.server.ts';
import { readerOf, systemClock, type Db } from '../../services/database.server.ts';
import { correctCode, mergeEnterprises, previewMerge } from '../../services/enterprise.server.ts';
import { CommandError, printJson, readArguments, say, type CommandIo } from '../command.ts';
import { writing } from '../with-database.ts';

export const usage = `
用法：tidu enterprise code 企业 新代码 --reason 理由
      tidu enterprise merge 并入的企业 --into 保留的企业 --reason 理由
      tidu enterprise merge 并入的企业 --into 保留的企业 --dry-run

企业用统一社会信用代码或名称指明。更正后原代码仍能找到本企业；合并不能撤销，
--dry-run 逐项打印保留的记录会怎样变化，什么也不改变。

  --db 文件   数据库`;

const ACTOR = '命令行';

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments(
    argv,
    { reason: { type: 'string' }, into: { type: 'string' }, 'dry-run': { type: 'boolean' } },
    3,
  );
  const [what, which, newCode] = positionals;
  if ((what !== 'code' && what !== 'merge') || which === undefined) {
    throw new CommandError('用法：tidu enterprise code|merge 企业 …，详见 --help');
  }
  const dryRun = values['dry-run'] === true && what === 'merge';
  if (!values.reason?.trim() && !dryRun) throw new CommandError('缺少 --reason：写明理由');
  const reason = values.reason ?? '';
  return writing(values.db, false, async (db) => {
    const id = idOf(db, which);
    if (what === 'code') {
      if (newCode === undefined) throw new CommandError('缺少新代码');
      const flag = await correctCode(db, systemClock, { enterpriseId: id, newCode, actor: ACTOR, reason });
      if (flag !== null) say(io, flag);
      return 0;
    }
    if (values.into === undefined) throw new CommandError('缺少 --into：保留的企业');
    const pair = { fromId: id, intoId: idOf(db, values.into), actor: ACTOR };
    if (dryRun) {
      for (const change of await previewMerge(db, systemClock, pair)) await printJson(io, change);
    } else await mergeEnterprises(db, systemClock, { ...pair, reason });
    return 0;
  });
}

function idOf(db: Db, codeOrName: string): number {
  const found = findNamed(readerOf(db.raw), codeOrName);
  if (!found.ok) throw new CommandError(found.reason);
  return found.id;
}
