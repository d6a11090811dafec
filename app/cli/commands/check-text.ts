import fs from 'node:fs';
import { checkText, roundingChoices, roundingNamed } from '../../queries/check-text.server.ts';
import { reportText } from '../../services/report-text.server.ts';
import { CommandError, printJson, printLine, readArguments, say, type CommandIo } from '../command.ts';

export const usage = `
用法：tidu check-text 文件 [选项]

报告数字核验：找出文中互相对不上的数字，逐条写成向作者的提问。不改动、不保存文字。

  文件              txt 或 docx；- 为标准输入
  --rounding 办法   ${roundingChoices.map(({ value, label }) => `${value} ${label}`).join('、')}；缺省为四舍五入
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
  const { values, positionals } = readArguments(argv, { rounding: { type: 'string' } }, 1);
  const [file] = positionals;
  if (file === undefined) throw new CommandError('缺少要核验的文件');
  const rounding = roundingNamed(values.rounding ?? 'half-up');
  if (!rounding) {
    const names = roundingChoices.map(({ value, label }) => `${value}（${label}）`).join('、');
    throw new CommandError(`--rounding 应为 ${names} 之一，现为 ${values.rounding}`);
  }
  const text = reportText(file === '-' ? '' : file, await bytesOf(file, io));
  const { questions, figures } = checkText(text, rounding);
  for (const question of questions) {
    if (values.json) await printJson(io, question);
    else await printLine(io, `“${question.quote}”\n  ${question.question}`);
  }
  say(io, `读到数字 ${figures} 个，提问 ${questions.length} 处`);
  return 0;
}
