import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openDatabase, type Db } from '../app/db/clients.server.ts';

const opened: { db: Db; folder: string }[] = [];

/** A database file of its own for one test, migrated and empty. Close them all with {@link closeTestDatabases}. */
export function testDatabase(): Db {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidu-test-'));
  const db = openDatabase(path.join(folder, 'test.db'), { mode: 'write', create: true });
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
