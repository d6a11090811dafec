import { assignToPark } from '../../services/park-assignment.server.ts';
import { changePark, createPark, findPark, parkTree, type ParkNode } from '../../services/parks.server.ts';
import { readerOf, systemClock, type Db } from '../../services/database.server.ts';
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
用法：tidu park list [--json]
      tidu park add 名称 [--code 代码] [--under 上级]
      tidu park rename 园区 新名称
      tidu park move 园区 [--under 上级]          不写 --under 即移到最上层
      tidu park assign 园区 企业… [--moved-on 日期 [--reason 说明]]

园区用代码或名称指明，企业用统一社会信用代码或名称。assign 缺省为补登或更正，不计迁入迁出；
写明 --moved-on 则为迁移，从该日起计入变动表。有未分派的企业时退出码为 1。

  --db 文件   数据库`;

const BY = { clock: systemClock, actor: '命令行' };

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments(
    argv,
    {
      code: { type: 'string' },
      under: { type: 'string' },
      'moved-on': { type: 'string' },
      reason: { type: 'string' },
    },
    5000,
  );
  const [what = 'list', park, ...rest] = positionals;
  if (what === 'list') return reading(values.db, (db) => list(io, parkTree(db), values.json === true));
  if (park === undefined) throw new CommandError('缺少园区；用法见 tidu park --help');
  const db = values.db;
  const under = values.under;
  switch (what) {
    case 'add':
      return writing(db, false, async (open) => {
        const parentId = under === undefined ? null : idOf(open, under);
        const parkId = await createPark(open, BY, { name: park, code: values.code ?? park, parentId });
        await printJson(io, { parkId, name: park });
        return 0;
      });
    case 'rename': {
      const [name] = rest;
      if (name === undefined) throw new CommandError('缺少新名称');
      return writing(db, false, async (open) => {
        await changePark(open, BY, { parkId: idOf(open, park), name });
        return 0;
      });
    }
    case 'move':
      return writing(db, false, async (open) => {
        await changePark(open, BY, {
          parkId: idOf(open, park),
          parentId: under === undefined ? null : idOf(open, under),
        });
        return 0;
      });
    case 'assign':
      return writing(db, false, (open) =>
        assign(open, io, {
          park,
          lines: rest,
          on: dayOption(values['moved-on'], '--moved-on'),
          reason: values.reason,
        }),
      );
    default:
      throw new CommandError(`没有这个子命令：${what}；可用 list、add、rename、move、assign`);
  }
}

function idOf(db: Db, nameOrCode: string): number {
  const park = findPark(readerOf(db.raw), nameOrCode);
  if (!park) throw new CommandError(`没有园区“${nameOrCode}”`);
  return park.id;
}

async function list(io: CommandIo, parks: readonly ParkNode[], json: boolean, depth = 0): Promise<number> {
  for (const { id, code, name, parentId, enterprises, children } of parks) {
    if (json) await printJson(io, { id, code, name, parentId, enterprises });
    else await printLine(io, `${'  '.repeat(depth)}${name}（${code}）${enterprises} 家`);
    await list(io, children, json, depth + 1);
  }
  return 0;
}

async function assign(
  db: Db,
  io: CommandIo,
  input: { park: string; lines: readonly string[]; on: string | undefined; reason: string | undefined },
): Promise<number> {
  const result = await assignToPark(db, systemClock, {
    parkId: idOf(db, input.park),
    lines: input.lines,
    manner:
      input.on === undefined
        ? { kind: 'correction', source: 'official', knownAt: systemClock.today() }
        : { kind: 'move', on: input.on, reason: input.reason ?? '' },
    actor: BY.actor,
  });
  for (const { line, reason } of result.rejected) say(io, `${line}：${reason}`);
  await printJson(io, { ...result, rejected: result.rejected.length });
  return result.rejected.length > 0 ? 1 : 0;
}
