import { MOVEMENT_COLUMNS, readMovement, type LabelledRow } from '../../queries/movement.server.ts';
import {
  CommandError,
  dayOption,
  printJson,
  printLine,
  readArguments,
  textTable,
  timeOption,
  type CommandIo,
} from '../command.ts';
import { parkIdsAsked } from '../../services/parks.server.ts';
import { reading } from '../with-database.ts';

export const usage = `
用法：tidu movement --from 日期 --to 日期 [选项]

梯队变动表：期初 + 新认定 + 重新认定 + 迁入 − 到期 − 撤销 − 注销 − 迁出 = 期末；
就高表另有晋级转入与晋级转出。

  --from、--to      期间首日与末日，均含
  --known-at 时间   按当时所知；缺省为现在
  --park 园区       名称或代码，含其下级
  --json            一行 JSON
  --db 文件         数据库`;

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values } = readArguments(argv, {
    from: { type: 'string' },
    to: { type: 'string' },
    'known-at': { type: 'string' },
    park: { type: 'string' },
  });
  const from = dayOption(values.from, '--from');
  const to = dayOption(values.to, '--to');
  if (from === undefined || to === undefined) throw new CommandError('缺少 --from 或 --to');
  if (to < from) throw new CommandError('--to 早于 --from');
  return reading(values.db, async (db) => {
    const knownAt = timeOption(values['known-at']);
    const movement = readMovement(db, { from, to, knownAt, parkIds: parkIdsAsked(db, values.park) });
    if (values.json) await printJson(io, movement);
    else {
      await printLine(
        io,
        `${from} 至 ${to}\n就高\n${table(movement.headline, true)}\n累计\n${table(movement.schemes, false)}`,
      );
      await printLine(io, `口径：${movement.counting}`);
    }
    return 0;
  });
}

function table(rows: readonly LabelledRow[], headline: boolean): string {
  const columns = MOVEMENT_COLUMNS.filter(
    ({ id }) => headline || (id !== 'transferIn' && id !== 'transferOut'),
  );
  return textTable([
    ['', ...columns.map(({ label }) => label)],
    ...rows.map((row) => [row.label, ...columns.map(({ id }) => String(row[id]))]),
  ]);
}
