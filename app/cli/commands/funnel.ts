import { readFunnel, type Funnel } from '../../queries/funnel.server.ts';
import { systemClock } from '../../services/clock.server.ts';
import {
  dayOption,
  printJson,
  printLine,
  readArguments,
  textTable,
  timeOption,
  type CommandIo,
} from '../command.ts';
import { parkIdsAsked } from '../../services/parks.server.ts';
import { reading } from '../with-database.ts';

export const usage = `
用法：tidu funnel [选项]

某日的漏斗：就高与累计的梯队家数、各称号在各阶段的家数、转化。

  --as-of 日期      缺省为今天
  --known-at 时间   按当时所知；日期（至该日终）或时刻；缺省为现在
  --park 园区       名称或代码，含其下级
  --json            一行 JSON
  --db 文件         数据库`;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values } = readArguments(argv, {
    'as-of': { type: 'string' },
    'known-at': { type: 'string' },
    park: { type: 'string' },
  });
  const asOf = dayOption(values['as-of'], '--as-of') ?? systemClock.today();
  const knownAt = timeOption(values['known-at']);
  return reading(values.db, async (db) => {
    const funnel = readFunnel(db, { asOf, knownAt, parkIds: parkIdsAsked(db, values.park) });
    await (values.json ? printJson(io, funnel) : printFunnel(io, funnel));
    return 0;
  });
}

async function printFunnel(io: CommandIo, funnel: Funnel): Promise<void> {
  const { asOf, knownAt, enterprises, inTiers, tiers, schemes, counting } = funnel;
  await printLine(
    io,
    `截至 ${asOf}${knownAt ? `（按 ${knownAt} 所知）` : ''}：企业 ${enterprises} 家，梯队内 ${inTiers} 家`,
  );
  const tierRows = tiers.map((tier) => [tier.label, String(tier.headline), String(tier.held)]);
  await printLine(io, textTable([['梯队', '就高', '累计'], ...tierRows]));
  for (const scheme of schemes) {
    const stages = scheme.stages.filter((c) => c.count > 0).map((c) => `${c.label} ${c.count}`);
    await printLine(io, `${scheme.label}：${stages.join('，') || '—'}`);
  }
  await printLine(io, `口径：${counting}`);
}
