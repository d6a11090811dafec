import { indicatorsPage, readMode, type IndicatorsPage } from '../../queries/indicators-page.server.ts';
import { parkTree, readScope } from '../../queries/scope.server.ts';
import { systemClock } from '../../services/clock.server.ts';
import {
  CommandError,
  dayOption,
  printJson,
  printLine,
  readArguments,
  textTable,
  type CommandIo,
} from '../command.ts';
import { parkIdsAsked } from '../../services/parks.server.ts';
import { reading } from '../with-database.ts';

export const usage = `
用法：tidu indicators [选项]

某日的指标：数值、同比、环比、目标完成率；录入指标取截至日前最近一期。

  --as-of 日期      缺省为今天
  --span 期间       ytd（本年累计，缺省）或 quarter（本季）
  --park 园区       名称或代码，含其下级
  --text            只出文字稿，一句一行
  --json            一项一行 JSON；与 --text 合用时一句一行
  --db 文件         数据库`;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values } = readArguments(argv, {
    'as-of': { type: 'string' },
    span: { type: 'string' },
    park: { type: 'string' },
    text: { type: 'boolean' },
  });
  const today = systemClock.today();
  const asOf = dayOption(values['as-of'], '--as-of') ?? today;
  const span = values.span ?? 'ytd';
  if (span !== 'ytd' && span !== 'quarter') throw new CommandError('--span 应为 ytd 或 quarter');
  return reading(values.db, async (db) => {
    const [parkId] = parkIdsAsked(db, values.park) ?? [];
    const park = parkTree(db).find(({ id }) => id === parkId)?.code ?? '';
    const query = new URLSearchParams({ asOf, span, park });
    const page = indicatorsPage(db, readScope(db, query, today), readMode(query));
    if (values.text) {
      for (const text of page.sentences) await (values.json ? printJson(io, { text }) : printLine(io, text));
    } else if (values.json) {
      for (const { lines } of page.groups) for (const line of lines) await printJson(io, line);
    } else await printTables(io, page);
    return 0;
  });
}

async function printTables(io: CommandIo, { groups, days }: IndicatorsPage): Promise<void> {
  await printLine(io, `计数期间 ${days}`);
  for (const { label, lines } of groups) {
    const rows = lines.map((line) => [
      line.label,
      line.days,
      line.text,
      line.yearChange.text,
      line.previousChange?.text ?? '不计',
      line.target ? `${line.target.text}，完成 ${line.target.completion}` : '',
    ]);
    await printLine(
      io,
      `${label}\n${textTable([['指标', '期间', '数值', '同比', '环比', '目标'], ...rows])}`,
    );
  }
}
