import fs from 'node:fs';
import { nameList, nameLists } from '../../queries/name-lists.server.ts';
import { systemClock, type Db } from '../../services/database.server.ts';
import { createList, readList, type ListFacts } from '../../services/name-lists/create.server.ts';
import { confirmHits } from '../../services/name-lists/decide.server.ts';
import { matchOnly } from '../../services/name-lists/match.server.ts';
import { recordList } from '../../services/name-lists/record.server.ts';
import {
  CommandError,
  dayOption,
  printJson,
  printLine,
  readArguments,
  say,
  type CommandIo,
} from '../command.ts';
import { reading, writing } from '../with-database.ts';

export const usage = `
用法：tidu lists [list]
      tidu lists match 文件 [--json]              只比对，什么也不写入
      tidu lists import 文件 --title 标题 --scheme 称号 --kind 种类 --listed-on 日期 [选项]
      tidu lists hits 编号                        确认全部确定命中
      tidu lists record 编号                      把已确认的行登记为事件

文件为 xlsx、xls 或 csv。疑似的行只能在页面上由人确认。同一份名单再次登记会认出来，不产生第二个事件。

  --kind 种类         accept 受理、recommend 省级推荐、publicise 公示、file 备案公告、certify 认定、
                      renew 复核通过、refuse 未通过、revoke 撤销
  --doc-no 文号       认定、复核通过、撤销须有文号或网址
  --link 网址
  --level 级别        national、provincial、municipal（认定、复核通过）
  --granted-on 日期   发证日期，缺省为名单日期（认定）
  --valid-until 日期  有效期截止日（认定、复核通过）
  --db 文件           数据库`;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments(
    argv,
    {
      title: { type: 'string' },
      scheme: { type: 'string' },
      kind: { type: 'string' },
      'listed-on': { type: 'string' },
      'doc-no': { type: 'string' },
      link: { type: 'string' },
      level: { type: 'string' },
      'granted-on': { type: 'string' },
      'valid-until': { type: 'string' },
    },
    2,
  );
  const [what = 'list', subject] = positionals;
  if (what === 'list') return reading(values.db, (db) => list(io, db));
  if (what === 'match')
    return reading(values.db, (db) => match(io, db, existing(subject), values.json === true));
  if (what === 'import') {
    const facts: ListFacts = {
      title: values.title ?? '',
      scheme: values.scheme ?? '',
      kind: values.kind ?? '',
      level: values.level ?? null,
      docNo: values['doc-no'] ?? null,
      listedOn: dayOption(values['listed-on'], '--listed-on') ?? '',
      link: values.link ?? null,
      grantedOn: dayOption(values['granted-on'], '--granted-on') ?? null,
      validUntil: dayOption(values['valid-until'], '--valid-until') ?? null,
    };
    const path = existing(subject);
    return writing(values.db, false, async (db) => {
      const made = await createList(db, systemClock, facts, { path }, { actor: ACTOR, wait: true });
      if (made.known) say(io, '这份名单已登记过，没有重复登记');
      return report(io, db, made.id);
    });
  }
  if (what !== 'hits' && what !== 'record') {
    throw new CommandError(`没有这个子命令：${what}；可用 list、match、import、hits、record`);
  }
  const id = Number(subject);
  return writing(values.db, false, async (db) => {
    if (!nameList(db, id)) throw new CommandError(`没有编号为 ${subject ?? ''} 的名单`);
    if (what === 'hits') await confirmHits(db, systemClock, id, ACTOR);
    else await printJson(io, await recordList(db, systemClock, id, ACTOR));
    return report(io, db, id);
  });
}

const ACTOR = '命令行';

function existing(file: string | undefined): string {
  if (file === undefined) throw new CommandError('缺少名单文件');
  if (!fs.existsSync(file)) throw new CommandError(`文件不存在：${file}`);
  return file;
}

async function report(io: CommandIo, db: Db, id: number): Promise<number> {
  const found = nameList(db, id)!;
  await printJson(io, { id, status: found.status, rows: found.total, ...found.counts });
  return 0;
}

async function list(io: CommandIo, db: Db): Promise<number> {
  for (const { id, title, scheme, kind, listedOn, total, counts } of nameLists(db, new URLSearchParams())
    .lists)
    await printJson(io, { id, title, scheme, kind, listedOn, rows: total, ...counts, listId: undefined });
  return 0;
}

const CLASSES = { hit: '确定命中', likely: '疑似', not_ours: '不是园区企业' } as const;

async function match(io: CommandIo, db: Db, path: string, json: boolean): Promise<number> {
  const { rows } = await readList(db, { path });
  const matches = await matchOnly(db, rows);
  const counts = { hit: 0, likely: 0, not_ours: 0 };
  for (const { ground: _ground, ...row } of matches) {
    counts[row.class] += 1;
    if (json) await printJson(io, row);
    else {
      const whom = row.candidates.map(({ name }) => name).join('、');
      await printLine(io, `${row.line}\t${row.name}\t${CLASSES[row.class]}\t${row.reason}\t${whom}`);
    }
  }
  say(io, `确定命中 ${counts.hit}，疑似 ${counts.likely}，不是园区企业 ${counts.not_ours}`);
  return 0;
}
