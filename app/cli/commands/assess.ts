import fs from 'node:fs';
import type { Verdict } from '../../rules/verdict.ts';
import {
  assessFacts,
  assessInputs,
  checkRequest,
  type Assessed,
  type AssessRequest,
} from '../../services/assess.server.ts';
import { readFactsText } from '../../services/facts-input.ts';
import {
  actionOption,
  CommandError,
  dayOption,
  printJson,
  printLine,
  readArguments,
  say,
  type CommandIo,
} from '../command.ts';

export const usage = `
用法：tidu assess [选项]

对给出的事实，或库中每一家企业，逐项判定并说明。

  --scheme 称号     如 hnte、srdi、giant；可写多次；缺省为全部
  --action 事项     new 新申请（缺省）、renewal 复核与重新认定、annual 年度
  --on 日期         按哪一天判定；缺省为今天
  --rule 版本       指定规则版本，如 giant@2026
  --in 文件         企业事实：NDJSON、一个 JSON 对象或数组；- 为标准输入；缺省读数据库
  --json            每个判定一行 JSON
  --db 文件         数据库

退出码：0 完成；1 完成，但有输入被拒绝；2 调用或输入有误。`;

interface Counts {
  enterprises: number;
  verdicts: number;
  rejected: number;
}

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values } = readArguments(argv, {
    scheme: { type: 'string', multiple: true },
    action: { type: 'string' },
    on: { type: 'string' },
    rule: { type: 'string' },
    in: { type: 'string' },
  });
  const schemes = (values.scheme ?? [])
    .flatMap((text) => text.split(','))
    .filter((text) => text !== '' && text !== 'all');
  const request = checkRequest({
    schemes,
    action: actionOption(values.action),
    on: dayOption(values.on, '--on') ?? (await today()),
    rule: values.rule,
  });
  const print = values.json ? printJson : printVerdict;
  const counts: Counts = { enterprises: 0, verdicts: 0, rejected: 0 };
  const skipped = new Map<string, number>();
  const tell: Tell = async (assessed) => {
    counts.enterprises += 1;
    for (const { reason } of assessed.skipped) skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
    for (const verdict of assessed.verdicts) {
      counts.verdicts += 1;
      await print(io, verdict);
    }
  };
  if (values.in === undefined) await fromDatabase(values.db, request, tell);
  else await fromInput(values.in, io, request, counts, tell);
  if (schemes.length > 0 || counts.verdicts === 0) {
    for (const [reason, count] of skipped) say(io, `${reason}（${count} 家）`);
  }
  say(
    io,
    `判定 ${counts.enterprises} 家，得出 ${counts.verdicts} 个结论${counts.rejected > 0 ? `，拒绝 ${counts.rejected} 份输入` : ''}`,
  );
  return exitCode(counts);
}

function exitCode(counts: Counts): number {
  const nothing = counts.verdicts === 0;
  if (counts.rejected > 0) return nothing ? 2 : 1;
  return nothing && counts.enterprises > 0 ? 2 : 0;
}

const today = async () => (await import('../../services/clock.server.ts')).systemClock.today();

type Tell = (assessed: Assessed) => Promise<void>;

async function fromDatabase(file: string | undefined, request: AssessRequest, tell: Tell): Promise<void> {
  const { reading } = await import('../with-database.ts');
  const { streamFacts } = await import('../../queries/facts.server.ts');
  const { operatorValuesOn } = await import('../../queries/operator-values.server.ts');
  await reading(file, async (db) => {
    const operatorValues = operatorValuesOn(db, request.on);
    for (const { facts } of streamFacts(db)) await tell(assessFacts(facts, { ...request, operatorValues }));
  });
}

async function fromInput(
  from: string,
  io: CommandIo,
  request: AssessRequest,
  counts: Counts,
  tell: Tell,
): Promise<void> {
  if (from !== '-' && !fs.existsSync(from)) throw new CommandError(`文件不存在：${from}`);
  const text = readFactsText(from === '-' ? io.stdin : fs.createReadStream(from));
  for await (const input of assessInputs(text, request)) {
    if (input.ok) await tell(input.assessed);
    else {
      counts.rejected += 1;
      say(io, `${input.at}：${input.reason}`);
    }
  }
  if (counts.enterprises + counts.rejected === 0) throw new CommandError('没有输入');
}

const OUTCOMES = { eligible: '符合', ineligible: '不符合', undetermined: '待定' } as const;
const MARKS = { met: '✓', waived: '○', unmet: '✗', unknown: '?', manual: '人工' } as const;

async function printVerdict(io: CommandIo, verdict: Verdict): Promise<void> {
  const { uscc, scheme, rule, on, outcome } = verdict;
  await printLine(io, `${uscc ?? '（无代码）'}  ${scheme}  ${rule}  ${on}  ${OUTCOMES[outcome]}`);
  for (const veto of verdict.vetoes) await printLine(io, `  一票否决  ${veto.label}（${veto.article}）`);
  for (const { result, label, gap, unit, missing, article } of verdict.conditions) {
    if (result === 'met' || result === 'waived') continue;
    const why =
      result === 'unmet' && gap !== null && gap > 0
        ? `，尚差 ${gap}${unit && unit !== 'ratio' ? ` ${unit}` : ''}`
        : missing.length > 0
          ? `，缺 ${missing.join('、')}`
          : '';
    await printLine(io, `  ${MARKS[result]}  ${label}${why}（${article}）`);
  }
}
