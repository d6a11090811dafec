/** The chain of seals held against its key and its head: for `tidu verify`, at the start, and before another is set. */
import fs from 'node:fs';
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import type { Reader } from '../db/connection.server.ts';
import { AppError } from '../db/errors.ts';
import { readSealHeadText, sealHeadFile, writeSealHeadText } from '../db/seal-head.server.ts';
import { ensureSealKey, readSealKey, type SealKey } from '../db/seal-key.server.ts';
import { readSealEnd, readSeals } from '../db/seal-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';
import { chainFaults, stateOfSeal, type SealedRow } from '../pipeline/review/seal.ts';
import { headText, holdHead, readHead, type SealHead } from '../pipeline/review/seal-head.ts';

/**
 * What is wrong with the seals of a database, in words; nothing where none was ever set.
 * @param head the head's text from before the reader's snapshot, so that a seal set meanwhile is none too many
 */
export function sealProblems(
  reader: Reader,
  databaseFile: string,
  head: string | null = readSealHeadText(databaseFile),
): string[] {
  const seals = readSeals(reader);
  const key = readSealKey(databaseFile);
  const links = { links: seals, last: seals.at(-1) ?? null };
  const messages = [...chainFaults(seals), ...holdHead(readHead(head, key), links, key).faults];
  const rows = new Map(
    reader
      .prepare<SealedRow>(
        `SELECT id, quarter, scope, title, drawnBy, drawnAt, discussedBy, discussedAt, discussion FROM Review`,
      )
      .all()
      .map((row) => [row.id, row]),
  );
  for (const seal of seals) {
    const row = rows.get(seal.reviewId);
    const state = row ? stateOfSeal(seal, row, key) : 'altered';
    const name = `第 ${seal.seq} 号封存（${row?.title ?? '复盘不存在'}）`;
    if (state === 'altered') messages.push(`${name}与封存时不符：数据库被直接改动过`);
    if (state === 'keyless') messages.push(`${name}无法核验：缺少封存密钥 ${seal.keyId}`);
  }
  return messages;
}

/** The head as it stands and what is wrong with it, in the view of a transaction. */
function held(tx: Pick<Tx, 'prepare'>, file: string, key: SealKey | null) {
  const end = readSealEnd(tx);
  const found = readHead(readSealHeadText(file), key);
  return { end, found, ...holdHead(found, end, key) };
}

type Held = ReturnType<typeof held>;

/** What a head says that can be trusted; else as if none had been written. */
const trusted = ({ found, end }: Held) => {
  const head = found.state === 'genuine' ? found.head : null;
  return {
    used: Math.max(head?.used ?? 0, end.last?.seq ?? 0),
    acknowledged: head?.acknowledged ?? [],
  };
};

/** The head at the database's last seal. */
const headAt = (own: Held, key: SealKey): SealHead => ({
  ...trusted(own),
  seq: own.end.last?.seq ?? 0,
  mac: own.end.last?.mac ?? null,
  keyId: key.id,
});

/**
 * Readies the head for another seal: brings it up where the program stopped between a seal and its head, and writes
 * the first one before there is a seal, so that one without a head is never an accident. Files are written inside the
 * transaction, since no other seal may come in between.
 * @returns the highest number ever given
 * @throws AppError `refused` where the database and the head do not go together
 */
export function readyHead(tx: Tx, file: string, key: SealKey): number {
  const own = held(tx, file, key);
  if (own.faults.length > 0)
    throw new AppError(
      'refused',
      `${own.faults.join('；')}。查明原因后，由系统管理员在“季度复盘”页确认，才能再封存`,
    );
  if (own.behind || own.found.state === 'none') writeSealHeadText(file, headText(headAt(own, key), key));
  return trusted(own).used;
}

/**
 * Moves the head on to a seal, after its commit. A head that is further on already stays.
 * @throws AppError `database` where the file cannot be written; the seal stands all the same
 */
export function moveHead(file: string, key: SealKey, { seq, mac }: { seq: number; mac: string }): void {
  const found = readHead(readSealHeadText(file), key);
  if (found.state !== 'genuine' || found.head.seq >= seq) return;
  const head = { ...found.head, seq, mac, used: Math.max(found.head.used, seq) };
  try {
    writeSealHeadText(file, headText(head, key));
  } catch (error) {
    const reason = error instanceof AppError ? error.userMessage : String(error);
    throw new AppError('database', `第 ${seq} 号已封存，但${reason}`, { cause: error });
  }
}

/** Brings the head up to the last seal where the program stopped between the two; says nothing and mends nothing else. */
export async function catchUpHead(db: Db): Promise<void> {
  const key = readSealKey(db.file);
  if (!key) return;
  await db.write((tx) => {
    const own = held(tx, db.file, key);
    if (own.behind) writeSealHeadText(db.file, headText(headAt(own, key), key));
  });
}

/** Takes the head away: of a demo that is made anew, never of a database whose seals count. */
export const forgetHead = (file: string): void => fs.rmSync(sealHeadFile(file), { force: true });

const LONGEST = 500;

/**
 * Takes note, for good, that the database and the head do not go together, as after a restore on purpose, and lets
 * sealing go on from what is there. The numbers of what is lost are not given again.
 * @returns what was wrong
 * @throws AppError `forbidden` for anybody but administrators, `invalid` without a reason, `refused` where nothing is
 *   wrong, `database` without the key
 */
export async function acknowledgeSeals(
  db: Db,
  clock: Clock,
  { actor, reason }: { actor: { readonly username: string; readonly role: string }; reason: string },
): Promise<readonly string[]> {
  if (actor.role !== 'administrator') throw new AppError('forbidden', '只有系统管理员可以确认');
  const text = reason.normalize('NFC').trim();
  if (text === '') throw new AppError('invalid', '请填写原因，如：恢复自哪一天的备份');
  if (text.length > LONGEST) throw new AppError('invalid', `原因不超过 ${LONGEST} 字`);
  return db.write((tx) => {
    const { last } = readSealEnd(tx);
    const key = last === null ? ensureSealKey(db.file) : readSealKey(db.file);
    if (!key || (last && key.id !== last.keyId))
      throw new AppError('database', `缺少封存密钥 ${last!.keyId}，请先恢复密钥，再确认`);
    const own = held(tx, db.file, key);
    if (own.faults.length === 0) throw new AppError('refused', '封存记录没有需要确认的缺失');
    const head = headAt(own, key);
    const note = { at: clock.now(), by: actor.username, reason: text, faults: own.faults };
    writeSealHeadText(db.file, headText({ ...head, acknowledged: [...head.acknowledged, note] }, key));
    return own.faults;
  });
}
