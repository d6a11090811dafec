/** Parks as a tree (一区多园). */
import type { Db } from '../db/clients.server.ts';
import type { Reader } from '../db/connection.server.ts';
import { AppError } from '../db/errors.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';

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

/** The park of that name or code; a new one at the top of the tree where there is none. @returns its id */
export function ensurePark(tx: Tx, name: string): number {
  const found = findPark(tx, name);
  if (found) return found.id;
  return Number(tx.prepare('INSERT INTO Park (code, name) VALUES (?, ?)').run(name, name).lastInsertRowid);
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
export function createPark(db: Db, input: NewPark): Promise<number> {
  const code = input.code.trim();
  const name = input.name.trim();
  if (code === '' || name === '') throw new AppError('invalid', '园区代码和名称不能为空');
  return db.write((tx) => {
    if (findPark(tx, code) || findPark(tx, name)) throw new AppError('conflict', '园区代码或名称已被使用');
    if (input.parentId != null) requirePark(tx, input.parentId);
    const added = tx
      .prepare('INSERT INTO Park (code, name, parentId) VALUES (?, ?, ?)')
      .run(code, name, input.parentId ?? null);
    return Number(added.lastInsertRowid);
  });
}

/** Gives a park another name; its code stays, so tables that name it by code still find it. @throws AppError `invalid`, `conflict`, `not-found` */
export async function renamePark(db: Db, input: { parkId: number; name: string }): Promise<void> {
  const name = input.name.trim();
  if (name === '') throw new AppError('invalid', '园区名称不能为空');
  await db.write((tx) => {
    requirePark(tx, input.parkId);
    const holder = findPark(tx, name);
    if (holder && holder.id !== input.parkId) throw new AppError('conflict', '园区名称已被使用');
    tx.prepare('UPDATE Park SET name = ? WHERE id = ?').run(name, input.parkId);
  });
}

/** Hangs a park below another (null: at the top). @throws AppError `refused` when that would make a ring */
export function movePark(db: Db, input: { parkId: number; parentId: number | null }): Promise<void> {
  return db.write((tx) => {
    requirePark(tx, input.parkId);
    if (input.parentId !== null) {
      requirePark(tx, input.parentId);
      if (parkWithBelow(tx, input.parkId).includes(input.parentId)) {
        throw new AppError('refused', '园区不能移到自己或自己的下级之下');
      }
    }
    tx.prepare('UPDATE Park SET parentId = ? WHERE id = ?').run(input.parentId, input.parkId);
  });
}

function requirePark(tx: Tx, id: number): void {
  if (!tx.prepare('SELECT 1 FROM Park WHERE id = ?').get(id)) throw new AppError('not-found', '没有这个园区');
}

/** The ids of the park of that name or code and of all below it; null where there is none. */
export function parkIdsNamed(db: Db, nameOrCode: string): number[] | null {
  const reader = readerOf(db.raw);
  const park = findPark(reader, nameOrCode);
  return park ? parkWithBelow(reader, park.id) : null;
}
