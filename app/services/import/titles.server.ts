/** Imported titles go through the write door as announcements; a list read twice changes nothing. */
import type { Flag } from '../../rules/facts/parse.ts';
import type { Source, TitleFact } from '../../rules/facts/schema.ts';
import type { Clock, Tx } from '../database.server.ts';
import { submitAll, type EventInput } from '../door.server.ts';

export interface TitleOutcome {
  readonly outcomes: readonly (
    | { readonly outcome: 'created' | 'updated' | 'unchanged' }
    | { readonly outcome: 'rejected'; readonly reason: string }
  )[];
  readonly flags: readonly Flag[];
}

interface Origin {
  readonly clock: Clock;
  readonly actor: string;
  readonly fileName: string;
  readonly sheet: string | null;
  readonly source: Source | null;
  readonly knownAt: string | null;
}

interface Stated {
  readonly line: number;
  readonly source: Source | null;
  readonly knownAt: string | null;
}

/** Announces the titles of one row. Without a day of grant there is no day on which the event could take effect. */
export function recordTitles(
  tx: Tx,
  origin: Origin,
  enterpriseId: number,
  titles: readonly TitleFact[],
  stated: Stated,
): TitleOutcome {
  const flags: Flag[] = [];
  const inputs: EventInput[] = [];
  const known: boolean[] = [];
  for (const title of titles) {
    if (!title.grantedOn) {
      flags.push({ path: 'titles', message: `称号 ${title.scheme} 缺少发证日期，未登记` });
      continue;
    }
    known.push(onRecord(tx, enterpriseId, title));
    inputs.push(announcement(origin, enterpriseId, title, title.grantedOn, stated));
  }
  const outcomes = submitAll(tx, origin.clock, inputs).map((result, i) => {
    if (!result.ok) return { outcome: 'rejected', reason: result.reason } as const;
    for (const message of result.flags) flags.push({ path: 'titles', message });
    return { outcome: result.unchanged ? 'unchanged' : known[i] ? 'updated' : 'created' } as const;
  });
  return { outcomes, flags };
}

function announcement(
  origin: Origin,
  enterpriseId: number,
  title: TitleFact,
  grantedOn: string,
  stated: Stated,
): EventInput {
  const { scheme, level, no, validUntil, status } = title;
  const source = stated.source ?? origin.source;
  return {
    enterpriseId,
    scheme,
    type: 'certify',
    effectiveOn: grantedOn,
    knownAt: stated.knownAt ?? origin.knownAt,
    actor: origin.actor,
    evidence: { file: origin.fileName, ...(origin.sheet ? { sheet: origin.sheet } : {}), row: stated.line },
    payload: { level, no, grantedOn, validUntil, status: status ?? 'valid', ...(source ? { source } : {}) },
  };
}

/** Whether a title of that number, or of that day, stands already. */
function onRecord(tx: Tx, enterpriseId: number, title: TitleFact): boolean {
  return (
    tx
      .prepare(
        `SELECT 1 FROM Title WHERE enterpriseId = @enterpriseId AND scheme = @scheme
         AND ((@no IS NOT NULL AND no = @no) OR grantedOn = @grantedOn)`,
      )
      .get({ enterpriseId, scheme: title.scheme, no: title.no ?? null, grantedOn: title.grantedOn }) !==
    undefined
  );
}
