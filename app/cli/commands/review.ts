import fs from 'node:fs';
import { reviewDocument } from '../../queries/review-document.server.ts';
import { readReview } from '../../queries/review.server.ts';
import { readReviewRequest, reviewPage, type ReviewPage } from '../../queries/review-page.server.ts';
import { readerOf, systemClock, type Db } from '../../services/database.server.ts';
import { findPark } from '../../services/parks.server.ts';
import { discuss, drawUp, seal, SEALERS } from '../../services/review.server.ts';
import { acknowledgeSeals } from '../../services/seals.server.ts';
import { exportReview, isReviewFormat, REVIEW_FORMATS } from '../../services/review-export.server.ts';
import { readUserRow, tidyUsername } from '../../services/users.server.ts';
import { CommandError, printJson, printLine, readArguments, textTable, type CommandIo } from '../command.ts';
import { reading, writing } from '../with-database.ts';

export const usage = `
用法：tidu review show 季度 [选项]
      tidu review seal 季度 [选项]
      tidu review export 季度 --format docx|xlsx|pptx|csv --out 文件 [选项]
      tidu review acknowledge --reason 原因 [选项]

季度写作 2026Q3。show 打印复盘的全部数表（--json），已封存的按封存时；seal 封存：没有起草的，先按所给口径
由命令行起草并记为已讨论；已在页面上起草的，须先讨论。封存的数字从此不变，此后的补录列为更正。export 写出与页面相同的报告、表格或幻灯片。
acknowledge 确认数据库中缺少的封存（如有意恢复了较早的备份），此后可以继续封存；确认连同原因永久留存。

  --window 区间     quarter（缺省）、half、cumulative、year
  --park 园区       名称或代码，含其下级
  --counting 计法   headline 就高（缺省）、held 累计
  --as 用户名       以此用户封存，须为领导或系统管理员，且不是起草人；缺省为命令行。确认缺失须为系统管理员
  --reason 原因     为什么缺少封存，如恢复自哪一天的备份
  --json            一行 JSON
  --db 文件         数据库

密钥：环境变量 TIDU_SEAL_KEY，或数据库旁的 .seal-key 文件（首次封存时生成）。最后一号封存另记在旁边的 .seal-head
文件。两者都须另行备份。
退出码：seal 在有更正或封存不符时仍为 0；show 在封存与存储不符或缺少时为 1。`;

/** Who seals at the command line: whoever may run it has the database file in hand. */
const OPERATOR = { username: '命令行', role: 'administrator' };
/** Who draws up what nobody drew up before: the program by itself. */
const PROGRAM = { username: '系统', role: 'administrator' };

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = readArguments(
    argv,
    {
      window: { type: 'string' },
      park: { type: 'string' },
      counting: { type: 'string' },
      as: { type: 'string' },
      format: { type: 'string' },
      out: { type: 'string' },
      reason: { type: 'string' },
    },
    2,
  );
  const [what, quarter] = positionals;
  if (what === 'acknowledge') {
    if (quarter !== undefined) throw new CommandError('review acknowledge 不带季度');
    return writing(values.db, false, (db) => acknowledge(db, values, io));
  }
  if (what !== 'show' && what !== 'seal' && what !== 'export')
    throw new CommandError('应为 review show、review seal、review export 或 review acknowledge');
  const asked = (db: Db) => requestOf(db, quarter, values);
  if (what === 'show') {
    return reading(values.db, async (db) => {
      const page = reviewPage(db, asked(db));
      await (values.json ? printJson(io, shown(page)) : printReview(io, page));
      return page.seal?.state === 'altered' || page.missing.length > 0 ? 1 : 0;
    });
  }
  if (what === 'export') {
    return reading(values.db, (db) => writeFile(reviewPage(db, asked(db)), values, io));
  }
  return writing(values.db, false, async (db) => {
    const page = await sealNow(db, asked(db), values.as);
    await (values.json ? printJson(io, shown(page)) : printReview(io, page));
    return 0;
  });
}

async function acknowledge(
  db: Db,
  { as, reason = '', json }: { as?: string; reason?: string; json?: boolean },
  io: CommandIo,
): Promise<number> {
  const actor = as === undefined ? OPERATOR : userNamed(db, as);
  const acknowledged = await acknowledgeSeals(db, systemClock, { actor, reason });
  if (json) await printJson(io, { acknowledged });
  else for (const fault of acknowledged) await printLine(io, `已确认：${fault}`);
  return 0;
}

function requestOf(
  db: Db,
  quarter: string | undefined,
  values: { window?: string; park?: string; counting?: string },
) {
  const query = new URLSearchParams();
  for (const key of ['window', 'counting'] as const) if (values[key]) query.set(key, values[key]);
  if (values.park !== undefined) query.set('park', parkCode(db, values.park));
  const today = systemClock.today();
  const request = readReviewRequest(quarter, query, { today, now: systemClock.now() });
  if (!request) throw new CommandError(`季度应写作 2026Q3，现为 ${quarter ?? '空'}`);
  if (values.window !== undefined && request.window !== values.window)
    throw new CommandError(`${request.quarter} 没有这个区间：${values.window}`);
  return request;
}

function parkCode(db: Db, name: string): string {
  const park = findPark(readerOf(db.raw), name);
  if (!park) throw new CommandError(`没有园区“${name}”`);
  return park.code;
}

type Request = ReturnType<typeof requestOf>;

async function sealNow(db: Db, request: Request, username: string | undefined): Promise<ReviewPage> {
  const actor = username === undefined ? OPERATOR : userNamed(db, username);
  if (!SEALERS.includes(actor.role)) throw new CommandError('只有领导或系统管理员可以封存');
  const page = reviewPage(db, request);
  const { period } = page.tables;
  // Before anything is drawn up: what is refused leaves nothing behind.
  if (period.running || period.from > request.on)
    throw new CommandError(`${request.quarter} 尚未结束，不能提前封存`);
  if (page.missing.length > 0) throw new CommandError(`${page.missing.join('；')}。确认之后才能再封存`);
  let { review } = page;
  if (review === null) {
    const { period, scope } = readReview(db, request);
    const title = `${period.label}复盘（${scope.words}）`;
    const id = await drawUp(db, systemClock, request, { title, actor: PROGRAM });
    await discuss(db, systemClock, id, {
      note: '由命令行封存，讨论未经程序记录',
      actor: PROGRAM,
      expectedRevision: null,
    });
    ({ review } = reviewPage(db, request));
  }
  await seal(db, systemClock, review!.id, { actor, expectedRevision: null, count: readReview });
  return reviewPage(db, request);
}

function userNamed(db: Db, username: string) {
  const user = readUserRow(readerOf(db.raw), tidyUsername(username));
  if (!user || user.disabled) throw new CommandError(`没有这个用户：${username}`);
  return { username: user.username, role: user.role };
}

/** Writes the file beside its place first: it is whole or not there. */
async function writeFile(
  page: ReviewPage,
  { format, out }: { format?: string; out?: string },
  io: CommandIo,
): Promise<number> {
  if (!isReviewFormat(format)) throw new CommandError(`--format 应为 ${REVIEW_FORMATS.join('、')} 之一`);
  if (!out) throw new CommandError('缺少 --out：写到哪个文件');
  const { bytes } = await exportReview(reviewDocument(page), format);
  await fs.promises.writeFile(`${out}.partial`, bytes);
  await fs.promises.rename(`${out}.partial`, out);
  await printLine(io, `已写出 ${out}`);
  return 0;
}

const shown = ({ tables, status, seal: mark, corrections, missing }: ReviewPage) => ({
  status,
  seal: mark,
  missing,
  corrections,
  tables,
});

async function printReview(io: CommandIo, page: ReviewPage): Promise<void> {
  const { tables, seal: mark, corrections, missing } = page;
  await printLine(io, `${tables.period.label}（${tables.period.from} 至 ${tables.period.to}）`);
  await printLine(io, `口径：${tables.scope.words}`);
  for (const { text } of tables.paragraphs) await printLine(io, text);
  for (const { columns, rows, total, unit } of tables.movement) {
    const lines = [...rows, total].map(({ label, cells }) => [label, ...cells.map(({ text }) => text)]);
    await printLine(io, `\n变动表（${unit}）`);
    await printLine(io, textTable([['', ...columns.map(({ label }) => label)], ...lines]));
  }
  for (const fault of missing) await printLine(io, `\n${fault}`);
  if (!mark) return printLine(io, '\n未封存');
  const state = {
    genuine: '核验一致',
    altered: '与封存时不符：数据库被直接改动过',
    keyless: '缺少密钥，无法核验',
  };
  await printLine(
    io,
    `\n第 ${mark.seq} 号封存，${mark.sealedBy}，${mark.sealedAt}，密钥 ${mark.keyId}：${state[mark.state]}`,
  );
  for (const own of corrections ?? [])
    await printLine(io, `更正：${own.label} ${own.old ?? '—'} → ${own.new ?? '—'}（${own.reason}）`);
}
