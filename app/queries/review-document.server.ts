/** What a review's page shows, as it is handed out. */
import type { ReviewDocument } from '../pipeline/review/document.ts';
import type { ReviewPage } from './review-page.server.ts';
import { one, type Reading } from './sql.server.ts';

const nameOf = (db: Reading, username: string): string =>
  one<{ name: string }>(db, 'SELECT displayName AS name FROM User WHERE username = ?', username)?.name ??
  username;

/** The document of a page; a seal that does not hold any more is not printed as one. */
export function reviewDocument(db: Reading, { tables, seal, corrections }: ReviewPage): ReviewDocument {
  return {
    title: `${tables.period.label}梯次培育复盘`,
    tables,
    seal: seal && seal.state !== 'altered' ? { ...seal, sealedBy: nameOf(db, seal.sealedBy) } : null,
    corrections: (corrections ?? []).map(({ label, old, new: now, reason }) => ({
      label,
      before: old ?? '—',
      after: now ?? '—',
      reason,
    })),
  };
}
