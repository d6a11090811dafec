/** Sessions: a random token in the browser's cookie, its hash in the database. */
import { createHash, randomBytes } from 'node:crypto';
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import { verifyPassword } from './passwords.server.ts';
import type { Role } from './roles.ts';
import { countAttempt, forgetAttempts, type Limit } from './throttle.server.ts';
import { readUserRow, tidyUsername } from './users.server.ts';

export interface SessionUser {
  readonly id: number;
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly enterpriseId: number | null;
  /** Signed in with a one-time password: it must be changed before anything else. */
  readonly mustChange: boolean;
  /** Id of this session. */
  readonly sessionId: string;
}

export const SESSION_COOKIE = 'tidu_session';

/** A working day; whoever comes back the next morning signs in again. */
const SESSION_SECONDS = 12 * 3600;

const hashed = (text: string) => createHash('sha256').update(text).digest('hex');
const later = (instant: string, seconds: number) =>
  new Date(Date.parse(instant) + seconds * 1000).toISOString();

/** The id of the session that a cookie header names, or null. */
export function sessionIdOf(cookieHeader: string | null): string | null {
  for (const part of cookieHeader?.split(';') ?? []) {
    const [name, value] = part.trim().split('=');
    if (name === SESSION_COOKIE && value && /^[\w-]{20,100}$/.test(value)) return hashed(value);
  }
  return null;
}

interface SessionRow extends Omit<SessionUser, 'mustChange'> {
  readonly mustChange: 0 | 1;
}

/** Who is signed in by this cookie header; null for nobody, an ended session or a disabled user. */
export function sessionUser(db: Db, clock: Clock, cookieHeader: string | null): SessionUser | null {
  const id = sessionIdOf(cookieHeader);
  if (id === null) return null;
  const row = readerOf(db.raw)
    .prepare<SessionRow>(
      `SELECT u.id, u.username, u.displayName, u.role, u.enterpriseId, u.mustChange, s.id AS sessionId
       FROM Session s JOIN User u ON u.id = s.userId
       WHERE s.id = ? AND s.expiresAt > ? AND u.disabled = 0`,
    )
    .get(id, clock.now());
  return row ? { ...row, mustChange: row.mustChange === 1 } : null;
}

export interface Login {
  readonly username: string;
  readonly password: string;
  /** The visitor's address. */
  readonly address: string;
}

/**
 * Signs in.
 * @returns the token for the cookie (see {@link sessionCookie})
 * @throws AppError `unauthenticated` when name or password is wrong, `too-many` after too many failures
 */
export async function login(db: Db, clock: Clock, input: Login): Promise<string> {
  const limits = limitsOf(input);
  const fits = async () => {
    const user = readUserRow(readerOf(db.raw), input.username);
    const right = await verifyPassword(user?.passwordHash ?? null, input.password);
    return right && user && user.disabled === 0 ? user : null;
  };
  // Counted before the password is checked: many attempts at once cannot slip through together.
  await db.write((tx) => countAttempt(tx, clock, limits, '登录失败次数过多'));
  const user = await fits();
  if (!user) throw new AppError('unauthenticated', '用户名或密码不正确');
  const token = randomBytes(32).toString('base64url');
  const now = clock.now();
  await db.write((tx) => {
    forgetAttempts(tx, limits);
    tx.prepare('DELETE FROM Session WHERE expiresAt <= ?').run(now);
    tx.prepare('INSERT INTO Session (id, userId, createdAt, expiresAt) VALUES (?, ?, ?, ?)').run(
      hashed(token),
      user.id,
      now,
      later(now, SESSION_SECONDS),
    );
  });
  return token;
}

/** Ends the session of a cookie header. */
export async function logout(db: Db, cookieHeader: string | null): Promise<void> {
  const id = sessionIdOf(cookieHeader);
  if (id !== null) await db.write((tx) => void tx.prepare('DELETE FROM Session WHERE id = ?').run(id));
}

/** The `Set-Cookie` header for a token; null takes the cookie back. `secure` where the site is reached by https. */
export function sessionCookie(token: string | null, secure: boolean): string {
  const life = token === null ? 0 : SESSION_SECONDS;
  const base = `${SESSION_COOKIE}=${token ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${life}`;
  return secure ? `${base}; Secure` : base;
}

/** A name from one address, and an address whatever the names; a name alone would let anybody lock it out. */
const limitsOf = ({ username, address }: Login): Limit[] => [
  { key: `user:${tidyUsername(username)}|${address}`, attempts: 5 },
  { key: `address:${address}`, attempts: 50 },
];
