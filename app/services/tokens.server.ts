/** 接口令牌: with which other programs call /api/v1. The token is shown once; only its hash is kept. */
import { createHash, randomBytes } from 'node:crypto';
import { logBy } from '../db/admin-log.server.ts';
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { isDay, type Day } from '../rules/day.ts';
import { ROLE_LABELS, type Role } from './roles.ts';
import { countAttempt } from './throttle.server.ts';

/** What a token may act as: the interface reads, so nobody needs an administrator's. */
export const TOKEN_ROLES = [
  'staff',
  'section',
  'leadership',
  'enterprise',
] as const satisfies readonly Role[];
export type TokenRole = (typeof TOKEN_ROLES)[number];

/** Whoever calls with a token. */
export interface TokenHolder {
  readonly tokenId: number;
  readonly name: string;
  readonly role: TokenRole;
  readonly enterpriseId: number | null;
  /** Sees this park and those below it alone; null for no restriction. */
  readonly parkId: number | null;
}

const START = 'tidu_';
/** Characters of a token that are kept to recognise it by. */
const SHOWN = START.length + 6;
const FORM = /^tidu_[\w-]{43}$/;
/** Wrong tokens from one address before it has to wait. */
const ATTEMPTS = 50;

const hashed = (token: string) => createHash('sha256').update(token).digest('hex');

export interface NewToken {
  readonly name: string;
  readonly role: string;
  /** For the role `enterprise`, and for no other. */
  readonly enterpriseId?: number | null;
  readonly parkId?: number | null;
  /** Last day on which it may be used; absent for no end. */
  readonly expiresOn?: Day | null;
  readonly actor: string;
}

const isTokenRole = (text: string): text is TokenRole => (TOKEN_ROLES as readonly string[]).includes(text);

function checkToken(clock: Clock, input: NewToken) {
  const name = input.name.trim();
  if (name === '' || name.length > 100) throw new AppError('invalid', '请填写令牌的用途，不超过 100 字');
  if (!isTokenRole(input.role))
    throw new AppError('invalid', `令牌的角色应为 ${TOKEN_ROLES.join('、')} 之一`);
  const { enterpriseId = null, parkId = null, expiresOn = null } = input;
  if ((input.role === 'enterprise') !== (enterpriseId !== null)) {
    throw new AppError('invalid', '企业角色的令牌须指定企业，其他角色不能指定');
  }
  if (input.role === 'enterprise' && parkId !== null)
    throw new AppError('invalid', '企业角色的令牌只看本企业，不能再限定园区');
  if (expiresOn !== null && (!isDay(expiresOn) || expiresOn < clock.today()))
    throw new AppError('invalid', '有效期至应为今天或以后的日期');
  return { name, role: input.role, enterpriseId, parkId, expiresOn };
}

/**
 * Makes a token.
 * @returns it, shown this once
 * @throws AppError `invalid`, `not-found` (enterprise or park)
 */
export async function createToken(
  db: Db,
  clock: Clock,
  input: NewToken,
): Promise<{ tokenId: number; token: string }> {
  const { name, role, enterpriseId, parkId, expiresOn } = checkToken(clock, input);
  const token = START + randomBytes(32).toString('base64url');
  const tokenId = await db.write((tx) => {
    if (enterpriseId !== null && !tx.prepare('SELECT 1 FROM Enterprise WHERE id = ?').get(enterpriseId))
      throw new AppError('not-found', '没有这家企业');
    if (parkId !== null && !tx.prepare('SELECT 1 FROM Park WHERE id = ?').get(parkId))
      throw new AppError('not-found', '没有这个园区');
    const added = tx
      .prepare(
        `INSERT INTO ApiToken
           (name, prefix, tokenHash, role, enterpriseId, parkId, createdBy, createdAt, expiresOn)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        name,
        token.slice(0, SHOWN),
        hashed(token),
        role,
        enterpriseId,
        parkId,
        input.actor,
        clock.now(),
        expiresOn,
      );
    const id = Number(added.lastInsertRowid);
    const words = `建立接口令牌“${name}”（${token.slice(0, SHOWN)}…），角色${ROLE_LABELS[role]}`;
    logBy(tx, { clock, actor: input.actor }, { subject: 'token', subjectId: id, words });
    return id;
  });
  return { tokenId, token };
}

/** Ends a token at once. @throws AppError `conflict` when it was revoked already or is not there */
export function revokeToken(db: Db, clock: Clock, input: { tokenId: number; actor: string }): Promise<void> {
  return db.write((tx) => {
    const token = tx
      .prepare<{ name: string; prefix: string }>('SELECT name, prefix FROM ApiToken WHERE id = ?')
      .get(input.tokenId);
    const done = tx
      .prepare('UPDATE ApiToken SET revokedAt = ?, revokedBy = ? WHERE id = ? AND revokedAt IS NULL')
      .run(clock.now(), input.actor, input.tokenId);
    if (!token || done.changes === 0) throw new AppError('conflict', '这个令牌已经停用');
    const words = `停用接口令牌“${token.name}”（${token.prefix}…）`;
    logBy(tx, { clock, actor: input.actor }, { subject: 'token', subjectId: input.tokenId, words });
  });
}

const UNKNOWN = '令牌不正确、已停用或已过期';

/**
 * Who calls with this token; its use is noted to the minute. A right token is let in however many wrong ones came
 * from the same address: it cannot be guessed, and others there must not be able to shut it out.
 * @throws AppError `unauthenticated`, `too-many` after too many wrong ones from the address
 */
export async function tokenHolder(
  db: Db,
  clock: Clock,
  input: { token: string; address: string },
): Promise<TokenHolder> {
  const row = FORM.test(input.token)
    ? readerOf(db.raw)
        .prepare<TokenHolder & { lastUsedAt: string | null }>(
          `SELECT id AS tokenId, name, role, enterpriseId, parkId, lastUsedAt FROM ApiToken
           WHERE tokenHash = ? AND revokedAt IS NULL AND (expiresOn IS NULL OR expiresOn >= ?)`,
        )
        .get(hashed(input.token), clock.today())
    : undefined;
  if (!row) {
    const limits = [{ key: `token:${input.address}`, attempts: ATTEMPTS }];
    await db.write((tx) => countAttempt(tx, clock, limits, '令牌错误次数过多'));
    throw new AppError('unauthenticated', UNKNOWN);
  }
  const { lastUsedAt, ...holder } = row;
  const minute = `${clock.now().slice(0, 16)}:00.000Z`;
  if (lastUsedAt !== minute)
    await db.write((tx) => {
      tx.prepare('UPDATE ApiToken SET lastUsedAt = ? WHERE id = ?').run(minute, holder.tokenId);
    });
  return holder;
}
