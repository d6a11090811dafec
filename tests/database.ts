import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openDatabase, type Db } from '../app/db/clients.server.ts';
import { systemClock } from '../app/db/clock.ts';
import { openForWriting } from '../app/db/connection.server.ts';
import { migrate } from '../app/db/migrate.server.ts';
import type { Tx } from '../app/db/writer.server.ts';
import { openKeeper, restating } from '../app/services/door/keeper.server.ts';

const opened: { db: Db; folder: string }[] = [];

let blank: Buffer | undefined;

/** The bytes of a database that has been migrated and nothing else: made once a process, for that takes a while. */
function blankDatabase(): Buffer {
  if (blank) return blank;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-test-'));
  const file = path.join(folder, 'blank.db');
  const connection = openForWriting(file);
  migrate(connection, systemClock);
  // The last connection that closes folds the log into the file.
  connection.close();
  blank = fs.readFileSync(file);
  fs.rmSync(folder, { recursive: true, force: true });
  return blank;
}

/** A database file of its own for one test, migrated and empty. Close them all with {@link closeTestDatabases}. */
export function testDatabase(): Db {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-test-'));
  const file = path.join(folder, 'test.db');
  fs.writeFileSync(file, blankDatabase());
  const db = openDatabase(file, { mode: 'write', migrate: true });
  opened.push({ db, folder });
  return db;
}

/** Closes and removes what {@link testDatabase} made: `afterEach(closeTestDatabases)`. */
export async function closeTestDatabases(): Promise<void> {
  for (const { db, folder } of opened.splice(0)) {
    await db.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Three parks. */
export function plantParks(tx: Tx): void {
  for (let id = 1; id <= 3; id += 1)
    tx.prepare('INSERT INTO Park (id, code, name) VALUES (?, ?, ?)').run(id, `p${id}`, `园区${id}`);
}

export interface Planted {
  readonly name?: string;
  readonly parkId?: number | null;
  readonly registeredOn?: string | null;
  readonly industry?: string | null;
  readonly locatedInPark?: boolean | null;
}

/** A bare enterprise `TEST…`, counted as one on record; its code is none that the facts would take. */
export function plantEnterprise(tx: Tx, id: number, values: Planted = {}): void {
  const { name = `企业${id}`, parkId, registeredOn, industry, locatedInPark } = values;
  const place = restating(openKeeper(tx, '2020-01-01T00:00:00.000Z', '2020-01-01'), null);
  tx.prepare(
    `INSERT INTO Enterprise (id, uscc, name, nameKey, parkId, registeredOn, industry, locatedInPark, createdAt, updatedAt)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '')`,
  ).run(
    id,
    `TEST${id}`,
    name,
    name,
    parkId ?? null,
    registeredOn ?? null,
    industry ?? null,
    locatedInPark == null ? null : Number(locatedInPark),
  );
  place(id);
}
