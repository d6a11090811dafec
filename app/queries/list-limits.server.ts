/** Limits of a 潜力清单 as they stand, with who set them and why. */
import { DEFAULT_LIMITS, limitWords, type ListLimits } from '../rules/lists.ts';
import { one, type Reading } from './sql.server.ts';

export interface LimitsShown extends ListLimits {
  /** Null for those the program starts with. */
  readonly set: { readonly by: string; readonly at: string; readonly reason: string } | null;
  readonly words: string;
}

/** Limits of a 潜力清单 as they stand. */
export function limitsOf(db: Reading, scheme: string): LimitsShown {
  const row = one<ListLimits & { reason: string; setBy: string; setAt: string }>(
    db,
    'SELECT maxUnmet, maxShort, maxUnknown, reason, setBy, setAt FROM ListRule WHERE scheme = ? ORDER BY id DESC LIMIT 1',
    scheme,
  );
  const { maxUnmet, maxShort, maxUnknown } = row ?? DEFAULT_LIMITS;
  const limits = { maxUnmet, maxShort, maxUnknown };
  return {
    ...limits,
    words: limitWords(limits),
    set: row ? { by: row.setBy, at: row.setAt, reason: row.reason } : null,
  };
}
