/** What a review's page shows, as it is handed out. */
import type { ReviewDocument } from '../pipeline/review/document.ts';
import type { ReviewPage } from './review-page.server.ts';
import { one, personOf, type Reading } from './sql.server.ts';

const nameOf = (db: Reading, username: string): string =>
  one<{ name: string }>(db, `SELECT ${personOf('w.who')} AS name FROM (SELECT ? AS who) w`, username)!.name;

/** The document of a page; a seal that does not hold any more says so. */
export function reviewDocument(db: Reading, { tables, seal, corrections }: ReviewPage): ReviewDocument {
  return {
    title: `${tables.period.label}梯次培育复盘`,
    tables,
    seal: seal && { ...seal, sealedBy: nameOf(db, seal.sealedBy) },
    corrections: (corrections ?? []).map(({ label, old, new: now, reason }) => ({
      label,
      before: old ?? '—',
      after: now ?? '—',
      reason,
    })),
  };
}
