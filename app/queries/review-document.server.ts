/** What a review's page shows, as it is handed out. */
import type { ReviewDocument } from '../pipeline/review/document.ts';
import type { ReviewPage } from './review-page.server.ts';

/** The document of a page; a seal that does not hold any more says so. */
export function reviewDocument({ tables, seal, corrections }: ReviewPage): ReviewDocument {
  return {
    title: `${tables.period.label}梯次培育复盘`,
    tables,
    seal,
    corrections: (corrections ?? []).map(({ label, old, new: now, reason }) => ({
      label,
      before: old ?? '—',
      after: now ?? '—',
      reason,
    })),
  };
}
