import fs from 'node:fs';
import { systemClock } from '../../services/database.server.ts';
import { IMPORT_KINDS, parseMapping, type Mapping } from '../../services/import/headers.ts';
import { importFile } from '../../services/import/import.server.ts';
import {
  CommandError,
  dayOption,
  oneOf,
  printJson,
  progress,
  readArguments,
  say,
  type CommandIo,
} from '../command.ts';
import { writing } from '../with-database.ts';

export const usage = `
用法：tidu import 文件 [选项]

读入 xlsx、xls、csv（UTF-8 或 GB18030，自动识别）或 ndjson（一行一家企业的事实）。
同一文件重复导入不改变任何内容。被拒绝的行连同原因写回一个工作簿，改好后可以直接再导入。

  --kind 种类       enterprises 企业、figures 年度数据、titles 称号、ip 知识产权、financing 融资、facts 事实；
                    缺省按表头判断
  --map 文件        外来表的列对应（JSON）：key、year、unit、notKnown、columns；
                    写明 columns 时只读所列各列
  --park 园区       表中企业所属园区（名称或代码）
  --source 来源     official、audit、statistics、self、thirdParty、inferred
  --known-at 日期   数据来源知悉该数据的日期
  --rejected 文件   被拒绝的行写到何处；缺省为 文件.rejected.xlsx
  --dry-run         只读取与检查，不写入
  --db 文件         数据库；没有时新建

最后一行为 JSON：created、updated、unchanged、rejected、flagged（行数，flagged 已计入前三者之一）、empty（空行，已计入 unchanged）。
退出码：0 全部导入；1 有行被拒绝；2 文件或调用有误，什么也没有改变。`;

const SOURCES = ['official', 'audit', 'statistics', 'self', 'thirdParty', 'inferred'] as const;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments(
    argv,
    {
      kind: { type: 'string' },
      map: { type: 'string' },
      park: { type: 'string' },
      source: { type: 'string' },
      'known-at': { type: 'string' },
      rejected: { type: 'string' },
      'dry-run': { type: 'boolean' },
    },
    1,
  );
  const file = positionals[0];
  if (file === undefined) throw new CommandError('缺少要导入的文件');
  const kind = oneOf(values.kind, IMPORT_KINDS, '--kind');
  const source = oneOf(values.source, SOURCES, '--source');
  const knownAt = dayOption(values['known-at'], '--known-at');
  if (!fs.existsSync(file)) throw new CommandError(`文件不存在：${file}`);
  const mapping = values.map === undefined ? null : readMapping(values.map);
  return writing(values.db, true, async (db) => {
    const report = await importFile(db, systemClock, {
      file,
      kind,
      mapping,
      park: values.park,
      source,
      knownAt,
      actor: '命令行',
      rejectedFile: values.rejected,
      dryRun: values['dry-run'],
      onProgress: progress(io, '已读'),
    });
    if (report.unknownHeaders.length > 0)
      say(io, `未识别、照原样保留的列：${report.unknownHeaders.join('、')}`);
    if (report.unitless.length > 0)
      say(io, `没有写明金额单位、按元读入的列：${report.unitless.join('、')}（用 --map 的 unit 可指明）`);
    if (report.otherSheets.length > 0) say(io, `未读的工作表：${report.otherSheets.join('、')}`);
    for (const { line, reason } of report.reasons.slice(0, 20)) say(io, `第 ${line} 行被拒绝：${reason}`);
    if (report.rejectedFile) say(io, `被拒绝的 ${report.rejected} 行写到 ${report.rejectedFile}`);
    const { created, updated, unchanged, rejected, flagged, empty } = report;
    await printJson(io, { created, updated, unchanged, rejected, flagged, empty });
    return rejected > 0 ? 1 : 0;
  });
}

function readMapping(file: string): Mapping {
  let json: unknown;
  try {
    json = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CommandError(`映射文件读不出：${file}（${(error as Error).message}）`);
  }
  return parseMapping(json);
}
