/** Parks as a tree (一区多园). */
import type { Db } from '../db/clients.server.ts';
import type { Reader } from '../db/connection.server.ts';
import { AppError } from '../db/errors.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';
import { logAdmin, logBy, type By } from '../db/admin-log.server.ts';

export interface Park {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly parentId: number | null;
}

export interface ParkNode extends Park {
  readonly children: readonly ParkNode[];
  /** Enterprises whose park is this very one. */
  readonly enterprises: number;
}

/**
 * The park of that name or code; a new one at the top of the tree where there is none.
 * @param by who states it, and when
 * @returns its id
 */
export function ensurePark(tx: Tx, name: string, by: { now: string; actor: string }): number {
  const found = findPark(tx, name);
  if (found) return found.id;
  const added = tx.prepare('INSERT INTO Park (code, name) VALUES (?, ?)').run(name, name);
  const id = Number(added.lastInsertRowid);
  logAdmin(tx, by, { subject: 'park', subjectId: id, words: `新增园区“${name}”，因企业数据中写有此名` });
  return id;
}

/** Names of parks are one when they differ in blanks, width or case alone: 高新区（东）, 高新区(东). */
const parkKey = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s/g, '');

/** The park of that name or code. */
export function findPark(reader: Reader, nameOrCode: string): Park | undefined {
  const exact = reader
    .prepare<Park>('SELECT * FROM Park WHERE name = @key OR code = @key ORDER BY name = @key DESC LIMIT 1')
    .get({ key: nameOrCode });
  if (exact) return exact;
  const key = parkKey(nameOrCode);
  const alike = reader
    .prepare<Park>('SELECT * FROM Park ORDER BY id')
    .all()
    .filter((park) => parkKey(park.name) === key || parkKey(park.code) === key);
  return alike.length === 1 ? alike[0] : undefined;
}

/** All parks as trees, by name; counts are of unmerged enterprises. */
export function parkTree(db: Db): ParkNode[] {
  const rows = readerOf(db.raw)
    .prepare<Park & { enterprises: number }>(
      `SELECT p.*, (SELECT count(*) FROM Enterprise e WHERE e.parkId = p.id AND e.mergedIntoId IS NULL) AS enterprises
       FROM Park p ORDER BY p.name`,
    )
    .all();
  const under = (parentId: number | null): ParkNode[] =>
    rows.filter((row) => row.parentId === parentId).map((row) => ({ ...row, children: under(row.id) }));
  return under(null);
}

/** The ids of a park and of all below it. */
export function parkWithBelow(reader: Reader, parkId: number): number[] {
  return reader
    .prepare<{ id: number }>(
      `WITH RECURSIVE below(id) AS (SELECT ? UNION SELECT p.id FROM Park p JOIN below b ON p.parentId = b.id)
       SELECT id FROM below`,
    )
    .all(parkId)
    .map((row) => row.id);
}

export interface NewPark {
  readonly code: string;
  readonly name: string;
  readonly parentId?: number | null;
}

/** Adds a park. @throws AppError `invalid`, `conflict` (name or code taken), `not-found` (parent) */
export function createPark(db: Db, by: By, input: NewPark): Promise<number> {
  const code = input.code.trim();
  const name = input.name.trim();
  if (code === '' || name === '') throw new AppError('invalid', '园区代码和名称不能为空');
  return db.write((tx) => {
    for (const text of [code, name]) requireFree(tx, text, null);
    const parent = input.parentId == null ? null : requirePark(tx, input.parentId);
    const added = tx
      .prepare('INSERT INTO Park (code, name, parentId) VALUES (?, ?, ?)')
      .run(code, name, parent?.id ?? null);
    const id = Number(added.lastInsertRowid);
    const words = `新增园区“${name}”（代码 ${code}），${placeWords(parent)}`;
    logBy(tx, by, { subject: 'park', subjectId: id, words });
    return id;
  });
}

export interface ParkChange {
  readonly parkId: number;
  /** Another name; the code stays, so that tables that name the park by code still find it. */
  readonly name?: string;
  /** Another place in the tree; null for the top. */
  readonly parentId?: number | null;
}

/**
 * Gives a park another name, another place in the tree, or both at once.
 * @throws AppError `invalid`, `conflict` (name taken), `not-found`, `refused` when the tree would become a ring
 */
export async function changePark(db: Db, by: By, change: ParkChange): Promise<void> {
  const name = change.name?.trim();
  if (name === '') throw new AppError('invalid', '园区名称不能为空');
  await db.write((tx) => {
    const park = requirePark(tx, change.parkId);
    const log = (words: string) => logBy(tx, by, { subject: 'park', subjectId: park.id, words });
    if (change.parentId !== undefined && change.parentId !== park.parentId) {
      const to = change.parentId === null ? null : requirePark(tx, change.parentId);
      if (to && parkWithBelow(tx, park.id).includes(to.id)) {
        throw new AppError('refused', '园区不能移到自己或自己的下级之下');
      }
      const from = park.parentId === null ? null : requirePark(tx, park.parentId);
      tx.prepare('UPDATE Park SET parentId = ? WHERE id = ?').run(to?.id ?? null, park.id);
      log(`园区“${park.name}”移动：原${placeWords(from)}，现${placeWords(to)}`);
    }
    if (name !== undefined && name !== park.name) {
      requireFree(tx, name, park.id);
      tx.prepare('UPDATE Park SET name = ? WHERE id = ?').run(name, park.id);
      log(`园区“${park.name}”更名为“${name}”`);
    }
  });
}

const placeWords = (parent: Park | null) => (parent ? `属“${parent.name}”` : '位于最上层');

/** Rows that speak of a park. One of which none speaks was made by mistake and can go. */
const SPEAKING: readonly (readonly [table: string, column: string, words: string])[] = [
  ['Enterprise', 'parkId', '名下有企业'],
  ['Park', 'parentId', '有下级园区'],
  ['IndicatorValue', 'parkId', '有录入的指标'],
  ['IndicatorTarget', 'parkId', '有目标'],
  ['Batch', 'parkId', '有推荐批次'],
  ['ApiToken', 'parkId', '有限定于此的接口令牌'],
  ['StockChange', 'parkId', '在历史统计中'],
  ['FlowChange', 'parkId', '在历史变动中'],
];

/** Removes a park of which nothing speaks, as one made by mistake. @throws AppError `not-found`, `refused` */
export function removePark(db: Db, by: By, parkId: number): Promise<void> {
  return db.write((tx) => {
    const park = requirePark(tx, parkId);
    for (const [table, column, words] of SPEAKING) {
      if (tx.prepare(`SELECT 1 FROM ${table} WHERE ${column} = ? LIMIT 1`).get(parkId))
        throw new AppError('refused', `园区“${park.name}”${words}，不能删除`);
    }
    tx.prepare('DELETE FROM Park WHERE id = ?').run(parkId);
    logBy(tx, by, {
      subject: 'park',
      subjectId: parkId,
      words: `删除园区“${park.name}”（代码 ${park.code}）`,
    });
  });
}

/** Holds a name or code against those of all other parks. */
function requireFree(tx: Tx, text: string, parkId: number | null): void {
  const holder = findPark(tx, text);
  if (holder && holder.id !== parkId)
    throw new AppError('conflict', `园区代码或名称已被使用：已有园区“${holder.name}”（代码 ${holder.code}）`);
}

function requirePark(tx: Tx, id: number): Park {
  const park = tx.prepare<Park>('SELECT * FROM Park WHERE id = ?').get(id);
  if (!park) throw new AppError('not-found', '没有这个园区');
  return park;
}

/**
 * The ids of the park of a name or code and of all below it; null where none is asked for.
 * @throws AppError `invalid` for a park that is not there
 */
export function parkIdsAsked(db: Db, nameOrCode: string | null | undefined): readonly number[] | null {
  if (nameOrCode == null) return null;
  const reader = readerOf(db.raw);
  const park = findPark(reader, nameOrCode);
  if (!park) throw new AppError('invalid', `没有园区“${nameOrCode}”`);
  return parkWithBelow(reader, park.id);
}
