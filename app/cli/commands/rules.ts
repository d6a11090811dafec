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
用法：tidu rules [list | show 版本 | coverage | replay] [选项]

规则版本及其条款；show 含逐条门槛与和上一版的差异；coverage 逐条列出哪些自动判定、哪些由人工判断。

replay（修订影响）：全部企业在两个版本下各判一次，谁保持、新增、退出，由哪项条件决定。

  --scheme 称号     如 giant
  --from、--to      规则版本，如 giant@2022、giant@2026；--from 缺省同 --to
  --on 日期         按哪一天判定；缺省为今天
  --action 事项     new（缺省）、renewal、annual
  --set 数值=新值   改动 --to 版本的一个门槛，可写多次；单位为元、小数等，如 giant-2026.rd-total=10000000
  --strict          仅计确定符合的；缺省为没有不符合项的
  --park 园区       名称或代码，含其下级
  --show 去向       再列出企业：stays 保持、gains 新增、loses 退出、never 始终不符合
  --json            JSON；列出的企业每家一行
  --db 文件         数据库`;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  if (argv.includes('replay')) return (await import('../rules-replay.ts')).replay(argv, io);
  const { values, positionals } = readArguments(argv, {}, 2);
  const what = oneOf(positionals[0], ['list', 'show', 'coverage', 'replay'] as const, '子命令') ?? 'list';
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
  for (const { docNo, title, effectiveFrom, checkedOn, url } of rule.texts) {
    const where = `施行 ${effectiveFrom}，核对 ${checkedOn}，${url ?? '链接待核实'}`;
    await printLine(io, `依据：${docNo} ${title}（${where}）`);
  }
  const rows = rule.conditions.flatMap((condition) => [
    [condition.id, condition.label, condition.citation.text],
    ...condition.thresholds.map((line) => ['', `  ${line.label} ${line.text}`, `自 ${line.from}`]),
  ]);
  await printLine(io, textTable(rows));
  for (const group of rule.score?.groups ?? []) {
    await printLine(
      io,
      `  ${group.label}（${group.max} 分）：${group.items.map((i) => `${i.label} ${i.max}`).join('、')}`,
    );
  }
  if (rule.difference) {
    const { before, added, removed, changed, unchanged } = rule.difference;
    await printLine(io, `与 ${before.id} 相比：`);
    for (const { label } of added) await printLine(io, `  + ${label}`);
    for (const { label } of removed) await printLine(io, `  − ${label}`);
    for (const { label, thresholds, logic } of changed) {
      const words = thresholds.map((t) => `${t.label} ${t.before ?? '无'} → ${t.after ?? '无'}`);
      await printLine(io, `  ~ ${label}：${[...words, ...(logic ? ['口径或算法有变'] : [])].join('；')}`);
    }
    await printLine(io, `  不变 ${unchanged.length} 项`);
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
