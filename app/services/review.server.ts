/** A review's way: drawn up, discussed, sealed. What is sealed is kept as it was, with a signature. */
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import { ensureSealKey, readSealKey, type SealKey } from '../db/seal-key.server.ts';
import type { Tx } from '../db/writer.server.ts';
import { canonicalJson } from '../pipeline/review/canonical.ts';
import { isQuarter, isWindow, periodOf, windowsOf } from '../pipeline/review/period.ts';
import { sealText, type SealContent } from '../pipeline/review/seal.ts';
import type { ReviewRequest, ReviewSwitches, ReviewTables, ReviewWindow } from '../pipeline/review/tables.ts';
import { operatorValuesOn } from './operator-values.server.ts';
import { rulesDigest } from './rules-digest.server.ts';
import { moveHead, readyHead } from './seals.server.ts';

/** Counts a review's tables; queries do it, and are handed in by whoever calls. */
export type CountReview = (db: Db, request: ReviewRequest) => ReviewTables;

export interface ReviewKey {
  readonly quarter: string;
  readonly window: ReviewWindow;
  readonly switches: ReviewSwitches;
}

/** Who acts, as the program knows them. */
export interface Actor {
  readonly username: string;
  readonly role: string;
}

interface Row {
  id: number;
  quarter: string;
  scope: string;
  title: string;
  drawnBy: string;
  drawnAt: string;
  discussedBy: string | null;
  discussedAt: string | null;
  discussion: string | null;
  revision: number;
  sealed: number;
}

const LONGEST = 4000;

/** The text under which a review's window and switches are stored; equal ones give equal texts. */
export const scopeKey = ({ window, switches }: Pick<ReviewKey, 'window' | 'switches'>): string =>
  canonicalJson({ window, ...switches });

const readRow = (tx: Tx, id: number): Row | undefined =>
  tx
    .prepare<Row>(
      `SELECT r.id, r.quarter, r.scope, r.title, r.drawnBy, r.drawnAt, r.discussedBy, r.discussedAt,
         r.discussion, r.revision, EXISTS (SELECT 1 FROM ReviewSeal s WHERE s.reviewId = r.id) AS sealed
       FROM Review r WHERE r.id = ?`,
    )
    .get(id);

/** The review as it may still be changed. @throws AppError */
function openRow(tx: Tx, id: number, expectedRevision: number | null): Row {
  const row = readRow(tx, id);
  if (!row) throw new AppError('not-found', '没有这份复盘');
  if (row.sealed) throw new AppError('refused', '复盘已封存，不能再改；更正自动列在封存页上');
  if (expectedRevision !== null && row.revision !== expectedRevision)
    throw new AppError('conflict', '这份复盘刚有他人办理，请刷新后再办理');
  return row;
}

/**
 * Draws a review up: its quarter, window and switches are fixed from now on; its numbers are those of the moment.
 * @param title as it is called in lists and on prints
 * @returns its id
 * @throws AppError `invalid`, or `conflict` where there is one of the same quarter and switches
 */
export async function drawUp(
  db: Db,
  clock: Clock,
  key: ReviewKey,
  { title, actor }: { title: string; actor: Actor },
): Promise<number> {
  if (!isQuarter(key.quarter) || !isWindow(key.window) || !windowsOf(key.quarter).includes(key.window))
    throw new AppError('invalid', '该季度没有这个区间');
  if (clock.today() < periodOf(key.quarter, key.window, clock.today()).from)
    throw new AppError('invalid', '该季度尚未开始');
  const scope = scopeKey(key);
  return db.write((tx) => {
    const known = tx.prepare('SELECT 1 FROM Review WHERE quarter = ? AND scope = ?').get(key.quarter, scope);
    if (known) throw new AppError('conflict', '同一季度、同一口径的复盘已经起草');
    return tx
      .prepare<{ id: number }>(
        'INSERT INTO Review (quarter, scope, title, drawnBy, drawnAt) VALUES (?, ?, ?, ?, ?) RETURNING id',
      )
      .get(key.quarter, scope, title, actor.username, clock.now())!.id;
  });
}

/** Puts down what the discussion found. @throws AppError */
export async function discuss(
  db: Db,
  clock: Clock,
  id: number,
  given: { note: string; actor: Actor; expectedRevision: number | null },
): Promise<void> {
  const note = given.note.normalize('NFC').trim();
  if (note === '') throw new AppError('invalid', '请填写讨论意见');
  if (note.length > LONGEST) throw new AppError('invalid', `讨论意见不超过 ${LONGEST} 字`);
  await db.write((tx) => {
    openRow(tx, id, given.expectedRevision);
    tx.prepare(
      'UPDATE Review SET discussedBy = ?, discussedAt = ?, discussion = ?, revision = revision + 1 WHERE id = ?',
    ).run(given.actor.username, clock.now(), note, id);
  });
}

/** Roles that may seal. */
export const SEALERS: readonly string[] = ['leadership', 'administrator'];

/** Why this user may not seal this review, or null. */
export function sealRefusal(row: Pick<Row, 'drawnBy' | 'discussedAt'>, actor: Actor): string | null {
  if (!SEALERS.includes(actor.role)) return '只有领导或系统管理员可以封存';
  if (row.discussedAt === null) return '尚未讨论，不能封存';
  return row.drawnBy === actor.username ? '起草人不能封存自己起草的复盘，请由他人封存' : null;
}

/** Times that counting is repeated because something was written meanwhile. */
const ATTEMPTS = 3;

/**
 * Seals a review: counts its tables anew at one position of the log and keeps them with a signature.
 * @param count counts the tables; called on one snapshot of the database
 * @returns number of the seal
 * @throws AppError `refused` where it may not be sealed, or earlier seals are missing; `conflict` where others keep
 *   writing
 */
export async function seal(
  db: Db,
  clock: Clock,
  id: number,
  given: { actor: Actor; expectedRevision: number | null; count: CountReview },
): Promise<number> {
  const key = ensureKey(db);
  const rulesHash = rulesDigest(operatorValuesOn(db, clock.today()));
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const counted = countAt(db, clock, id, given.count);
    const set = await db.write((tx) => {
      const row = openRow(tx, id, given.expectedRevision);
      const refusal = sealRefusal(row, given.actor);
      if (refusal !== null) throw new AppError('refused', refusal);
      const here = position(tx);
      if (here.eventId !== counted.eventId || here.factRecordId !== counted.factRecordId) return null;
      const used = readyHead(tx, db.file, key);
      return insertSeal(
        tx,
        row,
        { ...counted, rulesHash, sealedBy: given.actor.username, sealedAt: clock.now() },
        { key, used },
      );
    });
    if (set !== null) {
      moveHead(db.file, key, set);
      return set.seq;
    }
  }
  throw new AppError('conflict', '封存期间数据一直在变化，请待导入等工作结束后再封存');
}

/** The key; another one than sealed before is refused, since then one of them is lost. */
function ensureKey(db: Db) {
  const last = db.raw.prepare('SELECT keyId FROM ReviewSeal ORDER BY seq DESC LIMIT 1').get() as
    { keyId: string } | undefined;
  if (!last) return ensureSealKey(db.file);
  const key = readSealKey(db.file);
  if (!key)
    throw new AppError(
      'database',
      `缺少封存密钥 ${last.keyId}，不能封存；请恢复密钥文件或设置 TIDU_SEAL_KEY`,
    );
  return key;
}

const position = (tx: Pick<Tx, 'prepare'>) =>
  tx
    .prepare<{ eventId: number; factRecordId: number }>(
      `SELECT (SELECT coalesce(max(id), 0) FROM Event) AS eventId,
              (SELECT coalesce(max(id), 0) FROM FactRecord) AS factRecordId`,
    )
    .get()!;

/** The tables and the position of one snapshot. Nothing is awaited in it, so nobody else reads in it. */
function countAt(db: Db, clock: Clock, id: number, count: CountReview) {
  db.raw.exec('BEGIN');
  try {
    const reader = { prepare: db.raw.prepare.bind(db.raw) } as unknown as Tx;
    const row = readRow(reader, id);
    if (!row) throw new AppError('not-found', '没有这份复盘');
    const request = requestOf(row, clock);
    const { to } = periodOf(request.quarter, request.window, '9999-12-31');
    if (clock.today() < to) throw new AppError('refused', `${row.quarter} 到 ${to} 才结束，不能提前封存`);
    return { ...position(reader), tables: count(db, request) };
  } finally {
    db.raw.exec('COMMIT');
  }
}

/** What a stored review asks to be counted, today. */
export function requestOf(row: { quarter: string; scope: string }, clock: Clock): ReviewRequest {
  const { window, ...switches } = JSON.parse(row.scope) as ReviewSwitches & { window: ReviewWindow };
  return { quarter: row.quarter, window, switches, on: clock.today(), now: clock.now() };
}

type Sealed = Pick<
  SealContent,
  'tables' | 'eventId' | 'factRecordId' | 'rulesHash' | 'sealedBy' | 'sealedAt'
>;

function insertSeal(
  tx: Tx,
  row: Row,
  sealed: Sealed,
  { key, used }: { key: SealKey; used: number },
): { seq: number; mac: string } {
  const last = tx
    .prepare<{ seq: number; mac: string }>('SELECT seq, mac FROM ReviewSeal ORDER BY seq DESC LIMIT 1')
    .get();
  const seq = Math.max(last?.seq ?? 0, used) + 1;
  const { id, quarter, scope, title, drawnBy, drawnAt, discussedBy, discussedAt, discussion } = row;
  const content: SealContent = {
    ...sealed,
    seq,
    previous: last?.mac ?? null,
    skipped: seq - (last?.seq ?? 0) - 1,
    keyId: key.id,
    reviewId: id,
    quarter,
    scope,
    title,
    drawnBy,
    drawnAt,
    discussedBy: discussedBy!,
    discussedAt: discussedAt!,
    discussion: discussion!,
  };
  const text = sealText(content);
  const mac = key.sign(text);
  tx.prepare('INSERT INTO ReviewSeal (seq, reviewId, content, keyId, mac) VALUES (?, ?, ?, ?, ?)').run(
    seq,
    id,
    text,
    key.id,
    mac,
  );
  tx.prepare('UPDATE Review SET revision = revision + 1 WHERE id = ?').run(id);
  return { seq, mac };
}

const SUPPRESS_KEY = 'reviewSuppressBelow';
const MOST = 100;

/**
 * Keeps below how many a number of a cohort is not shown.
 * @throws AppError `forbidden` for anybody but administrators, `invalid`
 */
export async function keepSuppression(db: Db, actor: Actor, text: string): Promise<void> {
  if (actor.role !== 'administrator') throw new AppError('forbidden', '只有系统管理员可以设置');
  const value = text.normalize('NFKC').trim();
  if (!/^\d{1,3}$/.test(value) || Number(value) > MOST)
    throw new AppError('invalid', `应为 0 至 ${MOST} 的整数`);
  await db.write((tx) => {
    tx.prepare(
      'INSERT INTO Setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    ).run(SUPPRESS_KEY, value);
  });
}
