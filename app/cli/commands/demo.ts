import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { env } from '../../env.server.ts';
import {
  CommandError,
  countOption,
  dayOption,
  printJson,
  progress,
  readArguments,
  type CommandIo,
} from '../command.ts';
import { databaseFile } from '../with-database.ts';

export const usage = `
用法：tidu demo --db 文件 [--size N] [--seed N] [--on 日期]

把演示园区（虚构企业，缺省 1200 家）装入一个单独的数据库。同样规模和种子的演示数据已经装好时原样保留；
给出 --on 时只保留截至该日的。最后一行为 JSON，含演示登录。

  --size N          企业数，50 至 100000；超过 5000 家时，一年以前的历史以名单形式补录
  --seed N          种子：同一种子、规模和日期得到同样的数据
  --on 日期         历史截至该日（缺省今天，不早于 2022-01-01）`;

interface DemoOptions {
  readonly file: string;
  readonly seed?: number;
  /** Number of enterprises. */
  readonly size?: number;
  /** The day to which the park's history runs; today when missing. */
  readonly on?: string;
  readonly onProgress: (done: number, total: number) => void;
}

interface DemoModule {
  loadDemo(options: DemoOptions): Promise<{ logins: readonly unknown[] } & Record<string, unknown>>;
}

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values } = readArguments(argv, {
    size: { type: 'string' },
    seed: { type: 'string' },
    on: { type: 'string' },
  });
  const file = databaseFile(values.db);
  if (values.db === undefined && file === env().databaseFile) {
    throw new CommandError('演示数据要装入单独的数据库，请用 --db 指明');
  }
  const seed = countOption(values.seed, '--seed');
  const size = countOption(values.size, '--size');
  const on = dayOption(values.on, '--on');
  // Beside the schema, not below app: loaded by its place.
  const loader = pathToFileURL(path.resolve(import.meta.dirname, '../../../prisma/demo/load.ts')).href;
  const { loadDemo } = (await import(loader)) as DemoModule;
  await printJson(io, await loadDemo({ file, seed, size, on, onProgress: progress(io, '已装入') }));
  return 0;
}
