import fs from 'node:fs';
import { listMachines, machineWithPicture, showMachine } from '../../queries/machine-catalogue.server.ts';
import {
  CommandError,
  oneOf,
  printJson,
  printLine,
  readArguments,
  say,
  textTable,
  type CommandIo,
} from '../command.ts';

export const usage = `
用法：tidu machine [list | show 名称] [--svg 文件] [--json]

状态机：list 列出全部，show 打印一个的 JSON；--svg 把图写到文件。`;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments(argv, { svg: { type: 'string' } }, 2);
  const what = oneOf(positionals[0], ['list', 'show'] as const, '子命令') ?? 'list';
  if (what === 'list') await list(io, values.json === true);
  else await show(io, positionals[1], values.svg);
  return 0;
}

async function list(io: CommandIo, json: boolean): Promise<void> {
  const machines = listMachines();
  if (json) {
    for (const machine of machines) await printJson(io, machine);
    return;
  }
  const rows = machines.map((m) => [m.name, m.label, `状态 ${m.states}`, m.schemes.join('、')]);
  await printLine(io, textTable(rows));
}

async function show(io: CommandIo, name: string | undefined, svg: string | undefined): Promise<void> {
  if (name === undefined) throw new CommandError('缺少名称；tidu machine list 列出全部');
  const none = () => new CommandError(`没有状态机“${name}”；tidu machine list 列出全部`);
  if (svg === undefined) {
    const machine = await machineWithPicture(name);
    if (!machine) throw none();
    return printJson(io, machine);
  }
  const shown = await showMachine(name);
  if (!shown) throw none();
  if (shown.svg === null) throw new CommandError(`状态机“${name}”由各称号并行组成，没有单独的图`);
  fs.writeFileSync(svg, shown.svg);
  say(io, `图写到 ${svg}`);
  await printJson(io, shown.machine);
}
