import { describeRule, listRules } from '../../queries/rule-pages.server.ts';
import {
  CommandError,
  oneOf,
  printJson,
  printLine,
  readArguments,
  textTable,
  type CommandIo,
} from '../command.ts';

export const usage = `
用法：tidu rules [list | show 版本 | coverage] [--json]

规则版本及其条款；coverage 逐条列出哪些自动判定、哪些由人工判断。`;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments(argv, {}, 2);
  const what = oneOf(positionals[0], ['list', 'show', 'coverage'] as const, '子命令') ?? 'list';
  if (what !== 'show' && positionals.length > 1) throw new CommandError(`多余的参数：${positionals[1]}`);
  if (what === 'list') await list(io, values.json === true);
  else if (what === 'coverage') await coverage(io, values.json === true);
  else await show(io, positionals[1], values.json === true);
  return 0;
}

async function list(io: CommandIo, json: boolean): Promise<void> {
  const rows = listRules();
  if (json) {
    for (const row of rows) await printJson(io, row);
    return;
  }
  const lines = rows.map((r) => [r.id, r.label, r.docNos.join('、'), `自动 ${r.automated}/${r.clauses}`]);
  await printLine(io, textTable([['版本', '名称', '文号', '条款'], ...lines]));
}

function ruleNamed(id: string | undefined) {
  if (id === undefined) throw new CommandError('缺少规则版本，如 giant@2026');
  const rule = describeRule(id);
  if (!rule) throw new CommandError(`没有名为 ${id} 的规则版本；tidu rules list 列出全部`);
  return rule;
}

async function show(io: CommandIo, id: string | undefined, json: boolean): Promise<void> {
  const rule = ruleNamed(id);
  if (json) return printJson(io, rule);
  await printLine(io, `${rule.id}  ${rule.label}（${rule.schemeLabel}）`);
  for (const text of rule.texts)
    await printLine(
      io,
      `依据：${Object.values(text)
        .filter((v) => typeof v === 'string')
        .join('  ')}`,
    );
  for (const condition of rule.conditions) await printLine(io, `  ${condition.id}  ${condition.label}`);
  for (const group of rule.score?.groups ?? []) {
    await printLine(
      io,
      `  ${group.label}（${group.max} 分）：${group.items.map((i) => `${i.label} ${i.max}`).join('、')}`,
    );
  }
  for (const note of rule.notes) await printLine(io, `  注：${note}`);
}

/** Every clause of every version, and how it is treated. */
async function coverage(io: CommandIo, json: boolean): Promise<void> {
  for (const { id } of listRules()) {
    const rule = ruleNamed(id);
    if (json) {
      for (const clause of rule.clauses) await printJson(io, { rule: id, ...clause });
      continue;
    }
    await printLine(io, `${rule.id}  ${rule.label}`);
    const rows = rule.clauses.map((clause) => [`  ${clause.treatmentLabel}`, clause.article, clause.says]);
    await printLine(io, textTable(rows));
  }
}
