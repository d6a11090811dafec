import { CANDIDATES_SHOWN, rankCandidates, type Candidate } from '../../queries/candidate-ranking.server.ts';
import { checkRequest } from '../../services/assess.server.ts';
import { systemClock } from '../../services/clock.server.ts';
import { parkIdsAsked } from '../../services/parks.server.ts';
import {
  actionOption,
  CommandError,
  countOption,
  dayOption,
  printJson,
  printLine,
  readArguments,
  say,
  type CommandIo,
} from '../command.ts';
import { reading } from '../with-database.ts';

export const usage = `
用法：tidu candidates --scheme 称号 [选项]

尚未持有该称号的企业（renewal 为已持有的），按接近程度排序，并列出尚差什么；与页面候选名单同一判定、同一排序。
最近年度数据未报的，按上一完整年度预判，figuresOf 注明是哪一年。

  --scheme 称号     如 hnte、srdi、giant
  --action 事项     new（缺省）、renewal、annual
  --on 日期         缺省为今天
  --limit N         前 N 家，缺省 50
  --park 园区       名称或代码，含其下级
  --json            每家一行 JSON
  --db 文件         数据库`;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values } = readArguments(argv, {
    scheme: { type: 'string' },
    action: { type: 'string' },
    on: { type: 'string' },
    limit: { type: 'string' },
    park: { type: 'string' },
  });
  if (values.scheme === undefined) throw new CommandError('缺少 --scheme');
  const on = dayOption(values.on, '--on') ?? systemClock.today();
  const action = actionOption(values.action);
  checkRequest({ schemes: [values.scheme], action, on });
  const limit = countOption(values.limit, '--limit') ?? CANDIDATES_SHOWN;
  return reading(values.db, async (db) => {
    const parkIds = parkIdsAsked(db, values.park);
    const today = systemClock.today();
    const ranking = await rankCandidates(db, { scheme: values.scheme!, action, on, limit, parkIds, today });
    for (const candidate of ranking.candidates)
      await (values.json ? printJson(io, candidate) : printCandidate(io, candidate));
    for (const [reason, count] of ranking.skipped) say(io, `${reason}（${count} 家）`);
    say(io, `判定 ${ranking.judged} 家；已持有、不列入的 ${ranking.holders} 家`);
    return ranking.judged === 0 && ranking.skipped.size > 0 ? 2 : 0;
  });
}

const OUTCOMES = { eligible: '符合', ineligible: '不符合', undetermined: '待定' } as const;

async function printCandidate(io: CommandIo, c: Candidate): Promise<void> {
  const gaps = c.gaps.map((g) => (g.result === 'unmet' ? `✗${g.label}` : `?${g.label}`)).join('；');
  await printLine(
    io,
    `${c.rank}  ${c.uscc ?? ''}  ${c.name ?? ''}  ${c.rule}  ${OUTCOMES[c.outcome]}  未满足 ${c.unmet}，未知 ${c.unknown}，待人工 ${c.manual}${c.figuresOf === null ? '' : `，按 ${c.figuresOf} 年数据预判`}  ${gaps}`,
  );
}
