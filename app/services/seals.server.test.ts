// The head of the chain of seals: what is cut off the end of the chain shows, a crash heals, a restore is owned up to.
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeTestDatabases, testDatabase } from '../../tests/database.ts';
import { administrator, clock, leader, staff, switches } from '../../tests/review-desk.ts';
import { openDatabase, type Db } from '../db/clients.server.ts';
import { sealHeadFile } from '../db/seal-head.server.ts';
import { readSealKey, sealKeyFile } from '../db/seal-key.server.ts';
import { readReview } from '../queries/review.server.ts';
import { reviewPage, reviewsPage } from '../queries/review-page.server.ts';
import { backup, restore } from './backup.server.ts';
import { discuss, drawUp, seal } from './review.server.ts';
import { acknowledgeSeals, catchUpHead, readyHead } from './seals.server.ts';
import { verify } from './verify.server.ts';

const QUARTERS = ['2025Q1', '2025Q2', '2025Q3', '2025Q4', '2026Q1'];

let db: Db;
beforeEach(() => {
  db = testDatabase();
});
afterEach(closeTestDatabases);

async function drawn(quarter: string): Promise<number> {
  const id = await drawUp(
    db,
    clock,
    { quarter, window: 'quarter', switches },
    { title: quarter, actor: staff },
  );
  await discuss(db, clock, id, { note: '同意', actor: staff, expectedRevision: null });
  return id;
}
const setSeal = (id: number) =>
  seal(db, clock, id, { actor: leader, expectedRevision: null, count: readReview });
async function sealed(count: number): Promise<void> {
  for (const quarter of QUARTERS.slice(0, count)) await setSeal(await drawn(quarter));
}

const headFile = () => sealHeadFile(db.file);
const headText = () => fs.readFileSync(headFile(), 'utf8');
const head = () => JSON.parse(headText().split('\n')[0]!) as { seq: number; used: number };
const numbers = () =>
  (db.raw.prepare('SELECT seq FROM ReviewSeal ORDER BY seq').all() as { seq: number }[]).map(
    ({ seq }) => seq,
  );
const problems = () => verify(db, clock).problems.map(({ message }) => message);
const missing = () => reviewsPage(db, clock.today()).missing;
const onPage = (quarter: string) =>
  reviewPage(db, { quarter, window: 'quarter', switches, on: '2026-04-10', now: clock.now() });
/** The last seal gone, its review as it was before. */
const cut = (seq: number) =>
  db.write((tx) => {
    const { reviewId } = tx
      .prepare<{ reviewId: number }>('SELECT reviewId FROM ReviewSeal WHERE seq = ?')
      .get(seq)!;
    tx.prepare('DELETE FROM ReviewSeal WHERE seq = ?').run(seq);
    tx.prepare('UPDATE Review SET revision = revision - 1 WHERE id = ?').run(reviewId);
  });
const acknowledge = (reason = '有意恢复四月一日的备份', actor = administrator) =>
  acknowledgeSeals(db, clock, { actor, reason });

const LOST_3 = '数据库中缺少第 3 号封存：被直接删除，或恢复自更早的备份';

describe('a chain with its head', () => {
  test('says nothing while both agree, from before the first seal on', async () => {
    expect([problems(), missing()]).toEqual([[], []]);
    await sealed(2);
    expect([problems(), missing(), onPage('2025Q2').missing]).toEqual([[], [], []]);
    expect(head()).toMatchObject({ seq: 2, used: 2 });
  });

  test('the head lies beside the key, for its own user alone, and holds no secret', async () => {
    await sealed(1);
    expect(fs.statSync(headFile()).mode & 0o777).toBe(0o600);
    expect(path.dirname(headFile())).toBe(path.dirname(sealKeyFile(db.file)));
    expect(headText()).not.toContain(fs.readFileSync(sealKeyFile(db.file), 'utf8').trim());
    expect(fs.readdirSync(path.dirname(headFile())).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test('the last seal cut off is missed on the pages, by verify, and when sealing anew', async () => {
    await sealed(3);
    await cut(3);
    expect(onPage('2025Q3').status).toBe('discussed');
    expect(missing()).toEqual([LOST_3]);
    expect(onPage('2025Q3').missing).toEqual([LOST_3]);
    expect(problems()).toEqual([LOST_3]);
    const review = onPage('2025Q3').review!.id;
    await expect(setSeal(review)).rejects.toMatchObject({
      code: 'refused',
      userMessage: expect.stringContaining(LOST_3) as string,
    });
    expect(numbers()).toEqual([1, 2]);
  });

  test.each([
    [[3, 2], '第 2 至 3 号'],
    [[3, 2, 1], '第 1 至 3 号'],
  ])('%s cut off are all named', async (cuts, which) => {
    await sealed(3);
    for (const seq of cuts) await cut(seq);
    expect(problems()).toEqual([`数据库中缺少${which}封存：被直接删除，或恢复自更早的备份`]);
  });

  test('a seal in the place of another is told from it', async () => {
    await sealed(2);
    const kept = headText();
    await cut(2);
    fs.rmSync(headFile());
    await acknowledge();
    const { id } = onPage('2025Q2').review!;
    await discuss(db, clock, id, { note: '另议', actor: staff, expectedRevision: null });
    await setSeal(id);
    fs.writeFileSync(headFile(), kept);
    expect(missing()).toEqual(['第 2 号封存与封存末号文件所记的不是同一份：数据库被直接改动过']);
  });
});

describe('a stop between the commit and the head', () => {
  test.each([1, 2, 3])('is healed at the start: seal %i of three', async (count) => {
    await sealed(count - 1);
    const before = count === 1 ? null : headText();
    const id = await drawn(QUARTERS[count - 1]!);
    await setSeal(id);
    if (before === null) {
      // The head of before the first seal: written before the commit, so it is there.
      fs.writeFileSync(headFile(), await emptyHead());
    } else fs.writeFileSync(headFile(), before);
    expect([problems(), missing()]).toEqual([[], []]);
    await catchUpHead(db);
    expect(head()).toMatchObject({ seq: count, used: count });
    await cut(count);
    expect(problems()).toHaveLength(1);
  });

  test('is healed before the next seal, which then follows', async () => {
    await sealed(1);
    const before = headText();
    await setSeal(await drawn('2025Q2'));
    fs.writeFileSync(headFile(), before);
    await expect(setSeal(await drawn('2025Q3'))).resolves.toBe(3);
    expect(head().seq).toBe(3);
    expect(problems()).toEqual([]);
  });

  test('a head that cannot be written says so, and the seal stands', async () => {
    await sealed(1);
    const [id, before] = [await drawn('2025Q2'), headText()];
    // A folder in the way of the file that is written first.
    const partial = `${headFile()}.${process.pid}.partial`;
    fs.mkdirSync(path.join(partial, 'x'), { recursive: true });
    await expect(setSeal(id)).rejects.toMatchObject({
      code: 'database',
      userMessage: expect.stringContaining('第 2 号已封存') as string,
    });
    expect([numbers(), headText()]).toEqual([[1, 2], before]);
    expect(problems()).toEqual([]);
    fs.rmSync(partial, { recursive: true });
    await catchUpHead(db);
    expect(head().seq).toBe(2);
  });

  test('two behind is no crash, and neither is one that does not follow', async () => {
    await sealed(1);
    const before = headText();
    await setSeal(await drawn('2025Q2'));
    await setSeal(await drawn('2025Q3'));
    fs.writeFileSync(headFile(), before);
    const late = '封存末号文件停在第 1 号，数据库中已有第 3 号';
    expect(problems()).toEqual([expect.stringContaining(late)]);
    await catchUpHead(db);
    expect(head().seq).toBe(1);
    await cut(3);
    expect(problems()).toEqual([]);
    await db.write((tx) => void tx.prepare("UPDATE ReviewSeal SET mac = 'x' WHERE seq = 2").run());
    expect(missing()).toEqual([expect.stringContaining('封存末号文件停在第 1 号，数据库中已有第 2 号')]);
    await catchUpHead(db);
    expect(head().seq).toBe(1);
  });
});

/** A head as it stands before the first seal, under the key of this database. */
async function emptyHead(): Promise<string> {
  const kept = headText();
  const [last] = numbers().slice(-1);
  const row = db.raw.prepare('SELECT * FROM ReviewSeal WHERE seq = ?').get(last) as Record<string, unknown>;
  await cut(last!);
  fs.rmSync(headFile());
  await expect(
    db.write((tx) => {
      // Readied within a transaction that is then given up: the head alone remains.
      readyHead(tx, db.file, readSealKey(db.file)!);
      throw new Error('stop');
    }),
  ).rejects.toThrow('stop');
  const text = headText();
  fs.writeFileSync(headFile(), kept);
  await db.write((tx) => {
    tx.prepare('INSERT INTO ReviewSeal (seq, reviewId, content, keyId, mac) VALUES (?, ?, ?, ?, ?)').run(
      row.seq,
      row.reviewId,
      row.content,
      row.keyId,
      row.mac,
    );
    tx.prepare('UPDATE Review SET revision = revision + 1 WHERE id = ?').run(row.reviewId);
  });
  return text;
}

describe('the head file', () => {
  test('missing, it is missed as soon as there is a seal', async () => {
    await sealed(2);
    fs.rmSync(headFile());
    expect(problems()).toEqual(['缺少封存末号文件，无法判断最后的封存是否被删除']);
    await catchUpHead(db);
    expect(fs.existsSync(headFile())).toBe(false);
    await expect(setSeal(await drawn('2025Q3'))).rejects.toMatchObject({ code: 'refused' });
  });

  test.each([
    ['another number', (text: string) => text.replace('"seq":2', '"seq":1')],
    ['another signature', (text: string) => text.replace(/[0-9a-f]{64}\n$/, `${'0'.repeat(64)}\n`)],
    ['no head at all', () => 'x'],
    ['nothing', () => ''],
    ['more than a head', (text: string) => `${text}x`],
  ])('with %s in it is not believed', async (_, change) => {
    await sealed(2);
    fs.writeFileSync(headFile(), change(headText()));
    await cut(2);
    expect(problems()).toEqual(['封存末号文件被改动过或已损坏，无法判断最后的封存是否被删除']);
  });

  test('of another key cannot be held, and still says what is missing', async () => {
    await sealed(3);
    await cut(3);
    fs.rmSync(sealKeyFile(db.file));
    expect(missing()).toEqual([expect.stringContaining('封存末号文件无法核验'), LOST_3]);
    await expect(acknowledge()).rejects.toMatchObject({ code: 'database' });
  });

  test('of seals of before there was one is made at the start, silently', async () => {
    await sealed(1);
    // As sealed by the program of before: without the mark, signed with the key.
    const { createHmac } = await import('node:crypto');
    const secret = fs.readFileSync(sealKeyFile(db.file), 'utf8').trim();
    const row = db.raw.prepare('SELECT content FROM ReviewSeal').get() as { content: string };
    const content = row.content.replace('"skipped":0,', '');
    expect(content).not.toBe(row.content);
    const mac = createHmac('sha256', secret).update(content).digest('hex');
    await db.write((tx) => void tx.prepare('UPDATE ReviewSeal SET content = ?, mac = ?').run(content, mac));
    fs.rmSync(headFile());
    expect(problems()).toEqual([]);
    await catchUpHead(db);
    expect(head().seq).toBe(1);
  });
});

describe('a restore of an older backup', () => {
  async function restored(): Promise<void> {
    await sealed(2);
    const { file } = db;
    const copy = path.join(path.dirname(file), 'copy.db');
    await backup(db, copy);
    await setSeal(await drawn('2025Q3'));
    await db.close();
    restore(clock, copy, file);
    db = openDatabase(file, { mode: 'write' });
  }

  test('is told, and goes on only when an administrator says why', async () => {
    await restored();
    try {
      await catchUpHead(db);
      expect(problems()).toEqual([LOST_3]);
      const id = await drawn('2025Q4');
      await expect(setSeal(id)).rejects.toMatchObject({ code: 'refused' });
      await expect(acknowledge('说明', leader)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(acknowledge('  ')).rejects.toMatchObject({ code: 'invalid' });
      expect(missing()).toEqual([LOST_3]);
      expect(await acknowledge()).toEqual([LOST_3]);
      expect(problems()).toEqual([]);
      expect(reviewsPage(db, clock.today()).acknowledged).toEqual([
        { at: clock.now(), by: 'admin1', reason: '有意恢复四月一日的备份', faults: [LOST_3] },
      ]);
      await expect(acknowledge()).rejects.toMatchObject({ code: 'refused' });
      // The lost number is not given again, and the gap is no fault of the chain.
      await expect(setSeal(id)).resolves.toBe(4);
      expect(problems()).toEqual([]);
      expect(reviewsPage(db, clock.today()).faults).toEqual([]);
      await expect(setSeal(await drawn('2025Q3'))).resolves.toBe(5);
      expect(reviewsPage(db, clock.today()).acknowledged).toHaveLength(1);
      await cut(5);
      expect(problems()).toHaveLength(1);
    } finally {
      await db.close();
    }
  });

  test('with the head of that time is complete', async () => {
    await sealed(2);
    const [copy, { file }, kept] = [path.join(path.dirname(db.file), 'copy.db'), db, headText()];
    await backup(db, copy);
    await setSeal(await drawn('2025Q3'));
    await db.close();
    restore(clock, copy, file);
    fs.writeFileSync(sealHeadFile(file), kept);
    db = openDatabase(file, { mode: 'write' });
    try {
      expect(problems()).toEqual([]);
      await expect(setSeal(await drawn('2025Q3'))).resolves.toBe(3);
    } finally {
      await db.close();
    }
  });

  test('acknowledged, keeps the highest number ever given', async () => {
    await sealed(3);
    await cut(3);
    await acknowledge();
    expect(head()).toMatchObject({ seq: 2, used: 3 });
  });
});
