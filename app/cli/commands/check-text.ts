import fs from 'node:fs';
import {
  checkText,
  roundingChoices,
  roundingNamed,
  type Comparison,
} from '../../queries/check-text.server.ts';
import { reportText } from '../../services/report-text.server.ts';
import {
  CommandError,
  dayOption,
  printJson,
  printLine,
  readArguments,
  say,
  type CommandIo,
} from '../command.ts';
import { parkIdsAsked } from '../../services/parks.server.ts';
import { reading } from '../with-database.ts';

export const usage = `
用法：tidu check-text 文件 [选项]

报告数字核验：找出文中互相对不上的数字，逐条写成向作者的提问。不改动、不保存文字。

  文件              txt 或 docx；- 为标准输入
  --rounding 办法   ${roundingChoices.map(({ value, label }) => `${value} ${label}`).join('、')}；缺省为四舍五入
  --as-of 日期      文中的称号家数、录入指标另与数据库截至该日的数比较，比较了哪些写到标准错误；缺省不比较
  --park 园区       比较的范围，名称或代码，含其下级
  --db 文件         数据库；只在比较时打开
  --json            每个问题一行 JSON：quote、offset、kind、expected、question`;

async function bytesOf(file: string, io: CommandIo): Promise<Uint8Array> {
  if (file !== '-') {
    if (!fs.existsSync(file)) throw new CommandError(`文件不存在：${file}`);
    return fs.readFileSync(file);
  }
  const pieces: Buffer[] = [];
  for await (const piece of io.stdin) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments(
    argv,
    { rounding: { type: 'string' }, 'as-of': { type: 'string' }, park: { type: 'string' } },
    1,
  );
  const [file] = positionals;
  if (file === undefined) throw new CommandError('缺少要核验的文件');
  const rounding = roundingNamed(values.rounding ?? 'halfUp');
  if (!rounding) {
    const names = roundingChoices.map(({ value, label }) => `${value}（${label}）`).join('、');
    throw new CommandError(`--rounding 应为 ${names} 之一，现为 ${values.rounding}`);
  }
  const text = reportText(file === '-' ? '' : file, await bytesOf(file, io));
  const asOf = dayOption(values['as-of'], '--as-of');
  if (asOf === undefined && values.park !== undefined) throw new CommandError('--park 须与 --as-of 同用');
  const { questions, figures, compared, comparedNote } =
    asOf === undefined
      ? checkText(text, rounding, null)
      : await reading(values.db, (db) =>
          checkText(text, rounding, { db, asOf, parkIds: parkIdsAsked(db, values.park) }),
        );
  for (const question of questions) {
    if (values.json) await printJson(io, question);
    else await printLine(io, `“${question.quote}”\n  ${question.question}`);
  }
  for (const each of compared ?? []) say(io, comparisonLine(each));
  say(
    io,
    `读到数字 ${figures} 个，${compared === null ? '' : `与台账${comparedNote}，`}提问 ${questions.length} 处`,
  );
  return 0;
}

const comparisonLine = ({ resultWords, quote, label, days, words }: Comparison): string =>
  `${resultWords}：“${quote}”，${label}${days}：${words}`;
