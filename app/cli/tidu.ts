/** The `tidu` command: finds the command asked for, runs it, turns errors into words and exit codes. */
import { CommandError, type CommandIo, type CommandModule } from './command.ts';

import { forwardCommand, serverFor } from './forward.ts';

export type { CommandIo } from './command.ts';

interface Entry {
  readonly summary: string;
  /** Loaded only when it is asked for, so that judging facts from a pipe needs no database. */
  readonly load: () => Promise<CommandModule>;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  import: { summary: '导入 xlsx、xls、csv 或 ndjson', load: () => import('./commands/import.ts') },
  assess: { summary: '判定：给出的事实，或库中全部企业', load: () => import('./commands/assess.ts') },
  candidates: { summary: '候选名单，按接近程度排序', load: () => import('./commands/candidates.ts') },
  funnel: { summary: '漏斗：梯队、各称号阶段、转化', load: () => import('./commands/funnel.ts') },
  movement: { summary: '梯队变动表', load: () => import('./commands/movement.ts') },
  indicators: { summary: '指标：数值、同比、完成率、文字稿', load: () => import('./commands/indicators.ts') },
  'check-text': { summary: '报告数字核验：向作者提问', load: () => import('./commands/check-text.ts') },
  review: { summary: '季度复盘：查看、封存、导出', load: () => import('./commands/review.ts') },
  rules: { summary: '规则版本、条款、自动化覆盖', load: () => import('./commands/rules.ts') },
  machine: { summary: '状态机：JSON 与图', load: () => import('./commands/machine.ts') },
  export: { summary: '导出数据表，可以再导入', load: () => import('./commands/export.ts') },
  template: { summary: '导出导入模板', load: () => import('./commands/template.ts') },
  verify: { summary: '重放事件日志，与全部存储状态核对', load: () => import('./commands/verify.ts') },
  rebuild: { summary: '由事件日志重建全部存储状态', load: () => import('./commands/rebuild.ts') },
  verdicts: { summary: '更新全部企业的判定', load: () => import('./commands/verdicts.ts') },
  sweep: { summary: '每日清扫：到期、到期窗口、年报', load: () => import('./commands/sweep.ts') },
  backup: { summary: '备份数据库', load: () => import('./commands/backup.ts') },
  restore: { summary: '从备份恢复', load: () => import('./commands/restore.ts') },
  migrate: { summary: '升级数据库结构', load: () => import('./commands/migrate.ts') },
  enterprise: { summary: '更正代码、合并重复记录', load: () => import('./commands/enterprise.ts') },
  lists: { summary: '名单比对：比对、登记、确认、列出', load: () => import('./commands/lists.ts') },
  park: { summary: '园区：列出、新增、更名、移动、分派企业', load: () => import('./commands/park.ts') },
  user: { summary: '用户：user add', load: () => import('./commands/user.ts') },
  schema: { summary: '打印 JSON Schema：facts、verdict', load: () => import('./commands/schema.ts') },
  demo: { summary: '把演示园区装入数据库', load: () => import('./commands/demo.ts') },
};

const overview = (): string => {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    '梯度（tidu）：科技园区企业梯度培育管理',
    '',
    '用法：npm run -s tidu -- 命令 [选项]',
    '',
    ...lines,
    '',
    '每个命令都接受 --db 文件（缺省为 DATABASE_URL 所指）与 --help。',
    '结果写到标准输出，进度与提示写到标准错误。',
    '退出码：0 完成；1 完成，但有行被拒绝或核对未通过；2 调用或输入有误，什么也没有改变。',
    '',
  ].join('\n');
};

/** Runs one command. @returns the exit code: 0 done, 1 done with rejections or a failed check, 2 wrong call */
export async function main(argv: readonly string[], io: CommandIo): Promise<number> {
  const [name = '', ...rest] = argv;
  if (name === '' || name === 'help' || name === '--help' || name === '-h') {
    (name === '' ? io.stderr : io.stdout).write(overview());
    return name === '' ? 2 : 0;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!entry) {
    io.stderr.write(`没有这个命令：${name}\n\n${overview()}`);
    return 2;
  }
  try {
    const command = await entry.load();
    if (rest.includes('--help') || rest.includes('-h')) {
      io.stdout.write(`${command.usage.trim()}\n`);
      return 0;
    }
    const server = serverFor(name, rest);
    return await (server === null ? command.run(rest, io) : forwardCommand(server, argv, io));
  } catch (error) {
    io.stderr.write(`${describe(error)}\n`);
    return 2;
  }
}

/** What the user is told. An unforeseen error shows where it came from. */
function describe(error: unknown): string {
  if (error instanceof CommandError) return error.message;
  if (error instanceof Error && 'userMessage' in error) return String(error.userMessage);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

if (import.meta.main) {
  const { stdin, stdout, stderr } = process;
  // A reader that has seen enough (head) closes the pipe.
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
  process.exitCode = await main(process.argv.slice(2), { stdin, stdout, stderr });
}
