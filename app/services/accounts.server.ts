/**
 * How an enterprise comes to accounts of its own: by a code that the park hands over, or by claiming its
 * 统一社会信用代码, which somebody of the park checks and approves.
 */
import { createHash } from 'node:crypto';
import type { Db } from '../db/clients.server.ts';
import type { Clock } from '../db/clock.ts';
import { AppError } from '../db/errors.ts';
import { readerOf } from '../db/fact-rows.server.ts';
import type { Tx } from '../db/writer.server.ts';
import { addDays, type Day } from '../rules/day.ts';
import { checkUscc } from '../rules/facts/uscc.ts';
import { enterpriseIdOf } from './facts.server.ts';
import { hashPassword, oneTimeText, requireGoodPassword } from './passwords.server.ts';
import { countAttempt } from './throttle.server.ts';
import { addAccount, checkAccount } from './users.server.ts';

/** Days for which an invitation is good. */
export const INVITATION_DAYS = 14;

const digest = (code: string) =>
  createHash('sha256')
    .update(
      code
        .normalize('NFKC')
        .replace(/[^a-zA-Z0-9]/g, '')
        .toLowerCase(),
    )
    .digest('hex');

/**
 * Makes an invitation for an enterprise.
 * @returns the code, shown this once and kept nowhere, and the last day on which it is good
 */
export async function inviteEnterprise(
  db: Db,
  clock: Clock,
  input: { enterpriseId: number; actor: string },
): Promise<{ code: string; expiresOn: Day }> {
  const code = oneTimeText();
  const expiresOn = addDays(clock.today(), INVITATION_DAYS);
  await db.write((tx) => {
    tx.prepare(
      'INSERT INTO Invitation (enterpriseId, codeHash, createdBy, createdAt, expiresOn) VALUES (?, ?, ?, ?, ?)',
    ).run(input.enterpriseId, digest(code), input.actor, clock.now(), expiresOn);
  });
  return { code, expiresOn };
}

/** Takes an unused invitation back. @throws AppError `conflict` when it was used or taken back already */
export function revokeInvitation(
  db: Db,
  clock: Clock,
  input: { invitationId: number; enterpriseId: number; actor: string },
): Promise<void> {
  return db.write((tx) => {
    const done = tx
      .prepare(
        `UPDATE Invitation SET revokedAt = ?, revokedBy = ?
         WHERE id = ? AND enterpriseId = ? AND usedAt IS NULL AND revokedAt IS NULL`,
      )
      .run(clock.now(), input.actor, input.invitationId, input.enterpriseId);
    if (done.changes === 0) throw new AppError('conflict', '这个邀请码已被使用或收回');
  });
}

export interface Applicant {
  readonly username: string;
  readonly displayName: string;
  readonly password: string;
  /** The visitor's address, for counting attempts. */
  readonly address: string;
}

const BAD_CODE = '邀请码不正确、已使用或已过期，请向园区索取新的邀请码';

/** The enterprise a code invites; refused alike whatever is wrong with it. */
function invitedBy(
  tx: Pick<Tx, 'prepare'>,
  clock: Clock,
  code: string,
): { id: number; enterpriseId: number } {
  const found = tx
    .prepare<{ id: number; enterpriseId: number }>(
      `SELECT id, enterpriseId FROM Invitation
       WHERE codeHash = ? AND usedAt IS NULL AND revokedAt IS NULL AND expiresOn >= ?`,
    )
    .get(digest(code), clock.today());
  if (!found) throw new AppError('forbidden', BAD_CODE);
  return found;
}

/**
 * Makes an account out of an invitation, which is then used up.
 * @throws AppError `forbidden` for a code that is not good, `too-many`, `invalid`, `conflict` (name taken)
 */
export async function joinByInvitation(
  db: Db,
  clock: Clock,
  input: Applicant & { code: string },
): Promise<{ userId: number; enterpriseId: number }> {
  await db.write((tx) => countAttempt(tx, clock, limitsOf('join', input.address), '尝试次数过多'));
  const { enterpriseId } = invitedBy(readerOf(db.raw), clock, input.code);
  const account = checkAccount({ ...input, role: 'enterprise', enterpriseId });
  requireGoodPassword(input.password, account.username);
  const passwordHash = await hashPassword(input.password);
  return db.write((tx) => {
    // Hashing takes a while: the code may have been used meanwhile.
    const invitation = invitedBy(tx, clock, input.code);
    const holder = enterpriseIdOf(tx, { enterpriseId: invitation.enterpriseId }) ?? invitation.enterpriseId;
    const userId = addAccount(tx, clock, {
      ...account,
      enterpriseId: holder,
      passwordHash,
      mustChange: false,
    });
    tx.prepare('UPDATE Invitation SET usedAt = ?, usedBy = ? WHERE id = ?').run(
      clock.now(),
      account.username,
      invitation.id,
    );
    return { userId, enterpriseId: holder };
  });
}

const limitsOf = (what: string, address: string) => [{ key: `${what}:${address}`, attempts: 20 }];

/** Claims that may wait at a time; beyond, the park has to look through them first. */
const MOST_WAITING = 500;

/**
 * Somebody says to belong to an enterprise. The answer never tells whether the park knows the code.
 * @throws AppError `invalid`, `too-many`
 */
export async function claimAccount(
  db: Db,
  clock: Clock,
  input: Applicant & { uscc: string; contact: string },
): Promise<void> {
  const checked = checkUscc(input.uscc);
  if (!checked.ok) throw new AppError('invalid', checked.reason);
  const contact = input.contact.trim();
  if (contact === '' || contact.length > 200) throw new AppError('invalid', '请填写联系方式，不超过 200 字');
  const { username, displayName } = checkAccount({ ...input, role: 'staff' });
  requireGoodPassword(input.password, username);
  await db.write((tx) => countAttempt(tx, clock, limitsOf('claim', input.address), '申请次数过多'));
  const passwordHash = await hashPassword(input.password);
  await db.write((tx) => {
    const waiting = tx
      .prepare<{ n: number }>("SELECT count(*) AS n FROM AccountClaim WHERE state = 'waiting'")
      .get()!.n;
    if (waiting >= MOST_WAITING) throw new AppError('too-many', '待审核的申请过多，请稍后再试或联系园区');
    tx.prepare(
      `INSERT INTO AccountClaim (uscc, username, displayName, contact, passwordHash, at, state)
       VALUES (?, ?, ?, ?, ?, ?, 'waiting')`,
    ).run(checked.code, username, displayName, contact, passwordHash, clock.now());
  });
}

interface ClaimRow {
  readonly id: number;
  readonly uscc: string;
  readonly username: string;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly state: string;
}

/**
 * The park decides a claim: approving makes the account, rejecting needs a reason. The password hash of a rejected
 * claim is forgotten.
 * @throws AppError `conflict` (decided already, name taken), `not-found` (no enterprise of that code), `invalid`
 */
export async function decideClaim(
  db: Db,
  clock: Clock,
  input: { claimId: number; approve: boolean; reason: string; actor: string },
): Promise<void> {
  const reason = input.reason.trim();
  if (!input.approve && reason === '') throw new AppError('invalid', '请写明不予通过的理由');
  return db.write((tx) => {
    const claim = tx.prepare<ClaimRow>('SELECT * FROM AccountClaim WHERE id = ?').get(input.claimId);
    if (claim?.state !== 'waiting') throw new AppError('conflict', '这项申请已经处理过');
    if (input.approve) {
      const enterpriseId = enterpriseIdOf(tx, { uscc: claim.uscc });
      if (enterpriseId === null) throw new AppError('not-found', '园区没有这个代码的企业，请先新增企业');
      const { username, displayName, passwordHash } = claim;
      addAccount(tx, clock, {
        username,
        displayName,
        passwordHash,
        role: 'enterprise',
        enterpriseId,
        mustChange: false,
      });
    }
    tx.prepare(
      `UPDATE AccountClaim SET state = ?, decidedBy = ?, decidedAt = ?, reason = ?, passwordHash = '' WHERE id = ?`,
    ).run(input.approve ? 'approved' : 'rejected', input.actor, clock.now(), reason || null, claim.id);
  });
}
