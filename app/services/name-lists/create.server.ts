/** Taking an official list in: what it is, its rows as they stand, and then whom each of them means. */
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Db } from '../../db/clients.server.ts';
import type { Clock } from '../../db/clock.ts';
import { AppError } from '../../db/errors.ts';
import type { Tx } from '../../db/writer.server.ts';
import { isDay, type Day } from '../../rules/day.ts';
import { strictKey } from '../../rules/names/parts.ts';
import { SCHEME_BY_ID } from '../../rules/schemes.ts';
import type { FieldErrors } from '../forms.server.ts';
import { openSource, type TableRow } from '../import/source.server.ts';
import { isListKind, kindOf, onlyProposes } from '../../pipeline/list-kinds.ts';
import { matchRows } from './match.server.ts';
import { insertRows } from './rows.server.ts';
import { pastedRows, readListRow, understandTable, type ListTable, type ReadRow } from './understand.ts';

export interface ListFacts {
  readonly title: string;
  readonly scheme: string;
  readonly kind: string;
  readonly level: string | null;
  readonly docNo: string | null;
  /** Date of the list. */
  readonly listedOn: Day;
  readonly link: string | null;
  /** Day of grant where it is not the date of the list. */
  readonly grantedOn: Day | null;
  readonly validUntil: Day | null;
}

export type ListInput =
  | { readonly fileName: string; readonly bytes: Uint8Array }
  | { readonly text: string }
  /** A file of this machine. */
  | { readonly path: string };

/** Rows that a list may have. */
const MOST_ROWS = 50_000;
const ENDINGS = ['.xlsx', '.xls', '.csv', '.txt'];

/** What is wrong with the statements about a list, by field. */
export function listErrors(facts: ListFacts, today: Day): FieldErrors {
  const errors: FieldErrors = {};
  if (facts.title === '') errors.title = '请填写名单标题';
  if (facts.title.length > 200) errors.title = '名单标题不超过 200 字';
  if (!SCHEME_BY_ID.has(facts.scheme)) errors.scheme = '请选择称号';
  if (!isDay(facts.listedOn)) errors.listedOn = '名单日期应写作 2026-04-01';
  else if (facts.listedOn > today) errors.listedOn = '名单日期不能晚于今天';
  if (facts.link !== null && !/^https?:\/\/\S+$/.test(facts.link))
    errors.link = '网址应以 http:// 或 https:// 开头';
  if (!isListKind(facts.kind)) return { ...errors, kind: '请选择名单种类' };
  const kind = kindOf(facts.kind);
  for (const key of ['grantedOn', 'validUntil'] as const) {
    if (facts[key] === null) continue;
    if (!isDay(facts[key])) errors[key] = '日期应写作 2026-04-01';
    else if (!kind.certificate) errors[key] = `${kind.label}名单没有证书，认定公告发布后另行登记`;
  }
  if (facts.grantedOn !== null && facts.grantedOn > today) errors.grantedOn ??= '发证日期不能晚于今天';
  if (facts.validUntil !== null && facts.validUntil < (facts.grantedOn ?? facts.listedOn)) {
    errors.validUntil ??= '有效期截止日早于发证日期';
  }
  if (kind.settles && !facts.docNo && !facts.link) errors.docNo = `${kind.label}须有依据：请填写文号或网址`;
  if (kind.certificate && onlyProposes(facts.title) && !facts.docNo) {
    errors.kind = '标题说明这是公示或拟定名单：只能登记为公示，认定公告发布后另行登记';
  }
  return errors;
}

export interface Created {
  readonly id: number;
  /** It was on record already: nothing was taken in again. */
  readonly known: boolean;
  readonly rows: number;
}

interface Stored extends ListFacts {
  readonly fileName: string | null;
  readonly sheet: string | null;
  readonly sha256: string;
  readonly contentKey: string;
  readonly table: ListTable;
  readonly rows: readonly ReadRow[];
  readonly actor: string;
}

/**
 * Takes a list in and starts matching it; resolves once it is on record. The same list for the same scheme and kind,
 * in whatever file, is recognised, unless it bears another document number.
 * @param options.wait resolve only when it is matched (command line, tests)
 * @throws AppError `invalid`: what the first fault of the statements is, or that no names can be found in it
 */
export async function createList(
  db: Db,
  clock: Clock,
  facts: ListFacts,
  input: ListInput,
  { actor, wait = false }: { actor: string; wait?: boolean },
): Promise<Created> {
  const fault = Object.values(listErrors(facts, clock.today()))[0];
  if (fault !== undefined) throw new AppError('invalid', fault);
  const read = await readList(db, input);
  const stored: Stored = { ...facts, ...read, contentKey: contentKeyOf(read.rows), actor };
  const made = await db.write((tx) => knownList(tx, stored) ?? insertList(tx, clock, stored));
  if (made.known) return made;
  const matched = matchRows(db, made.id);
  if (wait) await matched;
  else matched.catch(() => undefined);
  return made;
}

/**
 * The rows of a list, read and understood; nothing is kept.
 * @throws AppError `invalid` where no names can be found in it
 */
export async function readList(db: Pick<Db, 'file'>, input: ListInput) {
  const read = await readInput(db, input);
  const rows = read.table.rows.flatMap((row) => readListRow(row, read.table.columns) ?? []);
  if (rows.length === 0) throw new AppError('invalid', '没有找到企业名称，请检查文件或粘贴的内容');
  if (rows.length > MOST_ROWS) throw new AppError('invalid', `名单超过 ${MOST_ROWS} 行，请分开登记`);
  return { ...read, rows };
}

async function readInput(db: Pick<Db, 'file'>, input: ListInput) {
  if ('text' in input) {
    const table = understandTable(pastedRows(input.text));
    if (!table) throw new AppError('invalid', '没有找到企业名称：请一行粘贴一家，或连同表头一起粘贴');
    return { table, fileName: null, sheet: null, sha256: digest(input.text) };
  }
  if ('path' in input) {
    const bytes = await fs.promises.readFile(input.path);
    return { ...(await readFile(input.path)), fileName: path.basename(input.path), sha256: digest(bytes) };
  }
  const ending = path.extname(input.fileName).toLowerCase();
  if (!ENDINGS.includes(ending)) {
    throw new AppError('invalid', `不能读取“${ending || '无扩展名'}”文件，请用 xlsx、xls 或 csv，或直接粘贴`);
  }
  if (input.bytes.byteLength === 0) throw new AppError('invalid', '文件是空的');
  const folder = path.join(path.dirname(db.file), 'files');
  await fs.promises.mkdir(folder, { recursive: true });
  const file = path.join(folder, `list-${randomUUID()}${ending}`);
  await fs.promises.writeFile(file, input.bytes);
  try {
    const found = await readFile(file);
    return { ...found, fileName: path.basename(input.fileName), sha256: digest(input.bytes) };
  } finally {
    await fs.promises.rm(file, { force: true }).catch(() => {});
  }
}

/** The sheet with the most rows among those that read like lists. */
async function readFile(file: string): Promise<{ table: ListTable; sheet: string | null }> {
  const source = await openSource(file);
  try {
    let best: { table: ListTable; sheet: string | null } | null = null;
    for (const [index, sheet] of source.sheets.entries()) {
      const rows: TableRow[] = [];
      for await (const piece of source.rows(index, 0)) {
        rows.push(...piece);
        if (rows.length > MOST_ROWS + 100)
          throw new AppError('invalid', `名单超过 ${MOST_ROWS} 行，请分开登记`);
      }
      const table = understandTable(rows);
      if (table && table.rows.length > (best?.table.rows.length ?? 0)) best = { table, sheet: sheet.name };
    }
    if (!best) throw new AppError('invalid', '没有找到企业名称所在的列：表头应有“企业名称”一类的字样');
    return best;
  } finally {
    await source.close();
  }
}

const digest = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

/** The same names and codes in any order and any file. */
function contentKeyOf(rows: readonly ReadRow[]): string {
  const keys = new Set(rows.map((row) => `${row.code ?? ''}|${strictKey(row.name)}`));
  return digest([...keys].sort().join('\n'));
}

function knownList(tx: Tx, list: Stored): Created | null {
  const found = tx
    .prepare<{ id: number; total: number }>(
      `SELECT id, total FROM NameList WHERE scheme = @scheme AND kind = @kind
         AND (contentKey = @contentKey OR sha256 = @sha256)
         AND (docNo IS NULL OR @docNo IS NULL OR docNo = @docNo) ORDER BY id LIMIT 1`,
    )
    .get({
      scheme: list.scheme,
      kind: list.kind,
      contentKey: list.contentKey,
      sha256: list.sha256,
      docNo: list.docNo,
    });
  return found ? { id: found.id, known: true, rows: found.total } : null;
}

function insertList(tx: Tx, clock: Clock, list: Stored): Created {
  const { table, rows, ...facts } = list;
  const made = tx
    .prepare(
      `INSERT INTO NameList (title, scheme, kind, level, docNo, listedOn, link, grantedOn, validUntil, fileName, sheet,
         sha256, contentKey, headers, columns, status, total, actor, createdAt)
       VALUES (@title, @scheme, @kind, @level, @docNo, @listedOn, @link, @grantedOn, @validUntil, @fileName, @sheet,
         @sha256, @contentKey, @headers, @columns, 'matching', @total, @actor, @now)`,
    )
    .run({
      ...facts,
      headers: table.headers && JSON.stringify(table.headers),
      columns: JSON.stringify(table.columns),
      total: rows.length,
      now: clock.now(),
    });
  const id = Number(made.lastInsertRowid);
  insertRows(tx, id, rows);
  return { id, known: false, rows: rows.length };
}
