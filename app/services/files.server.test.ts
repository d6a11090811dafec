import fs from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { fixedClock } from '../db/clock.ts';
import { openDatabase } from '../db/clients.server.ts';
import { backup, restore } from './backup.server.ts';
import { FILE_LIMIT, filesFolder, keepFile, keptFile, recordFile } from './files.server.ts';
import { verify } from './verify.server.ts';

afterEach(closeTestDatabases);
const clock = fixedClock('2026-11-22T02:00:00.000Z');
const bytes = new TextEncoder().encode('abc');
/** Of `abc`, as FIPS 180 gives it. */
const DIGEST = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

test('a file is kept once under the digest of its content, whatever it is called', async () => {
  const db = testDatabase();
  const one = await keepFile(db, { name: 'C:\\纪要\\一.txt', bytes });
  const two = await keepFile(db, { name: '../../二.TXT', bytes });
  expect([one, two]).toEqual([
    { name: '一.txt', sha256: DIGEST, size: 3 },
    { name: '二.TXT', sha256: DIGEST, size: 3 },
  ]);
  expect(fs.readFileSync(keptFile(db, DIGEST), 'utf8')).toBe('abc');
  expect(fs.readdirSync(filesFolder(db.file), { recursive: true })).toHaveLength(2);
});

test.each([
  ['nothing', { name: 'a.pdf', bytes: new Uint8Array() }, '是空的'],
  ['too much', { name: 'a.pdf', bytes: new Uint8Array(FILE_LIMIT + 1) }, '超过 20 MB'],
  ['a script', { name: 'a.html', bytes }, '不能保存'],
  ['no ending', { name: 'a', bytes }, '不能保存'],
])('%s is not kept', async (_, file, message) => {
  const db = testDatabase();
  await expect(keepFile(db, file)).rejects.toThrow(message);
  expect(fs.existsSync(filesFolder(db.file))).toBe(false);
});

test('as much as the limit is kept', async () => {
  const db = testDatabase();
  expect((await keepFile(db, { name: 'a.pdf', bytes: new Uint8Array(FILE_LIMIT) })).size).toBe(FILE_LIMIT);
});

test.each(['../../etc/passwd', DIGEST.toUpperCase(), DIGEST.slice(1), ''])('%j is no file', (sha256) => {
  expect(() => keptFile(testDatabase(), sha256)).toThrow('文件已不在服务器上');
});

test('verify finds what is gone and what was changed; backup and restore carry the files', async () => {
  const db = testDatabase();
  const kept = await keepFile(db, { name: 'a.txt', bytes });
  await keepFile(db, { name: 'b.txt', bytes: new TextEncoder().encode('nobody names me') });
  await db.write((tx) => recordFile(tx, clock, kept, 'test'));
  await db.write((tx) => recordFile(tx, clock, kept, 'test'));
  expect(verify(db, clock).problems).toEqual([]);

  const folder = path.dirname(db.file);
  const copy = path.join(folder, 'copy.db');
  await backup(db, copy);
  const place = keptFile(db, kept.sha256);
  fs.writeFileSync(place, 'abd');
  expect(verify(db, clock).problems).toEqual([{ enterpriseId: null, message: `附件内容已变：${DIGEST}` }]);
  fs.rmSync(place);
  expect(verify(db, clock).problems).toEqual([{ enterpriseId: null, message: `附件不见了：${DIGEST}` }]);

  const target = path.join(folder, 'elsewhere', 'tidu.db');
  restore(clock, copy, target);
  const restored = openDatabase(target, { mode: 'read' });
  expect(verify(restored, clock).problems).toEqual([]);
  expect(fs.readdirSync(filesFolder(target), { recursive: true })).toHaveLength(2);
  await restored.close();
});
