import { systemClock } from '../../services/clock.server.ts';
import { verify } from '../../services/verify.server.ts';
import { printJson, printLine, progress, readArguments, type CommandIo } from '../command.ts';
import { reading } from '../with-database.ts';

export const usage = `
用法：tidu verify [--json] [--db 文件]

重放全部事件，与存储的状态、停留区间、称号、存量汇总逐一核对。
退出码：0 全部相符；1 有不符之处。`;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values } = readArguments(argv, {});
  return reading(values.db, async (db) => {
    const { problems, ...counts } = verify(db, systemClock, progress(io, '已核对'));
    if (values.json) await printJson(io, { ok: problems.length === 0, ...counts, problems });
    else {
      for (const { enterpriseId, message } of problems) {
        await printLine(io, `${enterpriseId === null ? '全库' : `企业 ${enterpriseId}`}：${message}`);
      }
      const { enterprises, events, spans, pending } = counts;
      const due = pending > 0 ? `；${pending} 家有到期待办，运行每日清扫即可` : '';
      const result = problems.length === 0 ? '全部相符' : `${problems.length} 处不符`;
      await printLine(io, `企业 ${enterprises} 家，事件 ${events} 个，停留区间 ${spans} 段：${result}${due}`);
    }
    return problems.length === 0 ? 0 : 1;
  });
}
