/** The tokens of the interface, for the page that makes and ends them. */
import { all, personOf, type Reading } from './sql.server.ts';

export interface TokenRow {
  readonly id: number;
  readonly name: string;
  /** The first characters. */
  readonly prefix: string;
  readonly role: string;
  readonly enterprise: string | null;
  readonly park: string | null;
  /** The person's name. */
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresOn: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

/** Every token ever made: those in use first, the latest first among them. */
export const listTokens = (db: Reading): TokenRow[] =>
  all(
    db,
    `SELECT t.id, t.name, t.prefix, t.role, e.name AS enterprise, p.name AS park,
            ${personOf('t.createdBy')} AS createdBy, t.createdAt,
            t.expiresOn, t.lastUsedAt, t.revokedAt
     FROM ApiToken t LEFT JOIN Enterprise e ON e.id = t.enterpriseId LEFT JOIN Park p ON p.id = t.parkId
     ORDER BY t.revokedAt IS NOT NULL, t.id DESC`,
  );
